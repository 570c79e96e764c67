"""The candidate's return of election expenses, made from rows: every section and line.

Nothing is typed for it: it is the books in the order of the return, each line naming
the rows it comes from. The order in which they were entered never shows. What the law
asks for, with examples: docs/rules/return.md.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from campaigns.clock import UK
from campaigns.models import Campaign
from campaigns.reports.campaign_deadlines import CampaignDeadlines
from campaigns.reports.campaign_limit import notice_in_force
from campaigns.reports.counted_expenses import NOTHING
from campaigns.reports.documents import documents_for_return
from campaigns.reports.return_authorised import authority_sections
from campaigns.reports.return_claims import claim_sections
from campaigns.reports.return_donations import (
    donation_sections,
    donations_of,
    small_sum,
    waiting_sums,
)
from campaigns.reports.return_form import (
    POUNDS,
    Column,
    Line,
    Section,
    SpendingReturn,
    in_words,
    numbers_of,
)
from campaigns.reports.return_items import items_of
from campaigns.reports.return_papers import paper_section
from campaigns.reports.return_spending import LETTERS, head_sections, notional_section
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
    spending_position,
)
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.expenses import VAT_NOT_READ
from campaigns.rules.figures import cautions_on
from campaigns.rules.money import pounds
from campaigns.rules.payments import bill_figure

# What stands on the return of the warnings that the spending report has.
LEGAL = frozenset(
    (
        "no_limit",
        "estimate",
        "figure",
        "period",
        "over_limit",
        "committed_over_limit",
        "others_sum_not_read",
        "candidates_sum_not_read",
        "paid_before_the_agent",
        "campaigners_late",
        "since_when",
    )
)
NOT_THE_FORM = (
    "The schedules follow the guidance on what a return holds; the columns of the "
    "official form were not read: compare them with the returning officer’s."
)
FACTS = (Column("what", ""), Column("value", ""))
SMALL = "Donations of £50 or less, together"
SMALL_WAITING = "Donations of £50 or less, not decided yet"
DUE_BACK = "Due back from suppliers, paid above what is owed: no spending"
WAITING = "Donations over £50, not decided yet"

# Code, what it says, its value, and the rows it comes from.
Fact = tuple[str, str, str, tuple[str, ...]]
# Code, what it is, pounds, and pounds in the long campaign.
Sum = tuple[str, str, Decimal | None, Decimal | None]


def spending_return(
    campaign: Campaign, *, at: datetime, deadlines: CampaignDeadlines | None = None
) -> SpendingReturn:
    """The return as the books stand; `at` says which claims are late and which
    donations have been kept too long. Nineteen queries at most."""
    as_of = at.astimezone(UK).date()
    position = spending_position(campaign, at=at, deadlines=deadlines)
    documents = documents_for_return(campaign)
    items, donations = items_of(position, documents), donations_of(campaign)
    heads = tuple(head_sections(position, items))
    given = tuple(donation_sections(donations, documents, as_of=as_of))
    numbers = numbers_of((*heads, *given))
    sections = (
        *heads,
        notional_section(items, numbers),
        *claim_sections(position, items, numbers, as_of=as_of),
        *given,
        *authority_sections(position, items, numbers),
    )
    small = small_sum(donations, on=as_of)
    waiting = waiting_sums(donations, on=as_of)
    said = (section.lines for section in sections if section.code != "deputies")
    return SpendingReturn(
        as_of=as_of.isoformat(),
        is_nil=not any(said) and all(one.returned_on for one in donations),
        warnings=(
            *(found.message for found in position.warnings if found.code in LEGAL),
            *filter(
                None,
                (
                    position.deadlines.caution,
                    _about_bills(campaign),
                    VAT_NOT_READ,
                    NOT_THE_FORM,
                ),
            ),
        ),
        sections=(
            _particulars(position),
            _summary(position, sections, small=small, waiting=waiting),
            *sections,
            paper_section(campaign, (*heads, *given), documents),
        ),
    )


def _about_bills(campaign: Campaign) -> str:
    election = campaign.election
    figure = bill_figure(parse_election_id(election.slug).kind)
    return cautions_on((figure,), election.poll_on)


def _particulars(position: SpendingPosition) -> Section:
    facts = (*_who(position), *_limits(position))
    return Section(
        "particulars",
        "Candidate, agent and election",
        FACTS,
        tuple(
            Line(code, {"what": what, "value": value}, rows)
            for code, what, value, rows in facts
        ),
    )


def _who(position: SpendingPosition) -> Iterator[Fact]:
    campaign = position.campaign
    us = (f"campaign:{campaign.pk}",)
    ours = list(campaign.candidates.filter(is_ours=True).order_by("position", "pk"))
    names = [candidate.name for candidate in ours] or [""]
    rows = tuple(f"candidate:{candidate.pk}" for candidate in ours)
    yield "candidate", "Candidate", names[0], rows
    yield "party", "Party", ours[0].party if ours else "", rows
    if campaign.joint_candidates > 1:
        others = f", with {', '.join(names[1:])}" if names[1:] else ""
        joint = f"One of {campaign.joint_candidates}{others}"
        yield "joint", "Joint candidates", joint, us
    yield "agent", "Election agent", campaign.agent_name, us
    if appointed_on := campaign.agent_appointed_on:
        yield "appointed", "Agent appointed", in_words(appointed_on), us
    election = campaign.election
    yield "election", "Election", election.name, (f"election:{election.pk}",)
    yield "poll", "Polling day", in_words(election.poll_on), ()
    declared_on = campaign.result_declared_on
    said = in_words(declared_on) if declared_on else "not entered yet"
    yield "declared", "Result declared", said, us
    due = {deadline.code: deadline.day for deadline in position.deadlines.days}
    yield "due", "Return due", in_words(due["return"]), ()


def _limits(position: SpendingPosition) -> Iterator[Fact]:
    notice = notice_in_force(position.campaign)
    rows = (f"limit_notice:{notice.pk}",) if notice else ()
    for part in position.periods:
        name = f", {part.name}" if part.name else ""
        days = f"{in_words(part.period.first_on)} to {in_words(part.period.last_on)}"
        yield f"period{name}", f"Regulated period{name}", days, ()
        limit = pounds(part.limit) if part.limit is not None else part.basis.missing
        yield f"limit{name}", f"Limit{name}", limit, rows
        yield f"basis{name}", f"Limit worked from{name}", _working(part), rows
    if position.basis.electors:
        electors = f"{position.basis.electors:,}"
        yield "electors", "Electors", electors, rows


def _working(part: PeriodPosition) -> str:
    found = part.basis.limit
    basis = part.basis.basis[:1].upper() + part.basis.basis[1:]
    if found is None:
        return basis
    steps = "; ".join(step.sentence for step in found.working)
    sure = f"{found.source} (mark {found.mark}: {found.mark.meaning})"
    return f"{basis}. {steps}. {sure}"


def _summary(
    position: SpendingPosition,
    sections: tuple[Section, ...],
    *,
    small: Decimal,
    waiting: tuple[Decimal, Decimal],
) -> Section:
    """What the schedules come to, against the limit."""
    found = {section.code: section for section in sections}
    long_too = (Column("long", "Long campaign", POUNDS),) if position.long else ()
    columns = (Column("what", "Sum"), Column("amount", "Pounds", POUNDS), *long_too)
    sums: tuple[Sum, ...] = (
        *_against_the_limit(position, found),
        *_beside(found),
        ("small", SMALL, small, None),
        ("small_waiting", SMALL_WAITING, waiting[0], None),
        ("waiting", WAITING, waiting[1], None),
    )
    lines = (
        Line(code, {"what": what, "amount": _sum(amount), "long": _sum(long)})
        for code, what, amount, long in sums
    )
    return Section("summary", "Summary", columns, tuple(lines))


def _against_the_limit(
    position: SpendingPosition, found: dict[str, Section]
) -> Iterator[Sum]:
    long, is_long = position.long, position.long is not None
    for category, letter in LETTERS.items():
        head = found[category]
        in_long = head.total("long") if is_long else None
        yield category, f"{letter}. {category.label}", head.total("counted"), in_long
    counted = sum((found[one].total("counted") for one in LETTERS), NOTHING)
    in_long = (
        sum((found[one].total("long") for one in LETTERS), NOTHING) if long else None
    )
    yield "counted", "Together, towards the limit", counted, in_long
    limits = position.limit, long.limit if long else None
    yield "limit", "Limit", *limits
    left, left_long = map(_left, limits, (counted, in_long))
    yield "left", "Left under the limit", left, left_long


def _left(limit: Decimal | None, used: Decimal | None) -> Decimal | None:
    return None if limit is None or used is None else limit - used


def _beside(found: dict[str, Section]) -> Iterator[Sum]:
    for code, what, column in (
        ("personal", "Candidate’s personal expenses", "amount"),
        ("notional", "Notional spending, whole value", "value"),
        ("unpaid", "Unpaid claims", "unpaid"),
        ("disputed", "Disputed claims", "unpaid"),
        ("late", "Late claims, unpaid", "unpaid"),
        ("donations", "Donations accepted, over £50", "amount"),
        ("returned", "Donations not permitted, or returned", "amount"),
        ("campaigners", "Spent by authorised local campaigners", "counted"),
        ("petty", "Petty expenses paid by written authority", "paid"),
    ):
        yield code, what, found[code].total(column), None
    due = (found[code].total("due_back") for code in (*LETTERS, "personal"))
    yield "due_back", DUE_BACK, sum(due, NOTHING), None


def _sum(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)
