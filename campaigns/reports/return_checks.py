"""What the agent should look at before the return is filed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    DonorKind,
    Expense,
    ExpenseCategory,
    ExpenseKind,
    ExpenseState,
)
from campaigns.reports.campaign_deadlines import CampaignDeadlines
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.counted_expenses import NOTHING, expenses_of, given_in, lines_of
from campaigns.reports.donation_position import donations_to_decide
from campaigns.reports.return_form import Line, SpendingReturn, in_words
from campaigns.reports.return_items import NO_RECEIPT
from campaigns.reports.return_spending import UNDECLARED
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.expenses import may_be_personal
from campaigns.rules.money import pounds
from campaigns.rules.payments import needs_bill
from campaigns.rules.permissible_donations import is_controlled


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is not right, or not yet. What `blocks` keeps it from being
    signed and filed; programs know it by `code`. `key` names the row at which it is
    put right, such as `expense:12`."""

    code: str
    message: str
    blocks: bool = False
    key: str = ""


def return_checks(
    campaign: Campaign,
    made: SpendingReturn,
    *,
    at: datetime,
    deadlines: CampaignDeadlines,
) -> tuple[Check, ...]:
    """The graver ones first. Seven queries at most, and six more where stock was
    bought."""
    today, ours = at.astimezone(UK).date(), _to_look_at(campaign)
    found = (
        *_of_particulars(campaign, made, today),
        *_of_donations(campaign, made, ours, today),
        *_of_items(campaign, made, ours),
        *_of_copies(campaign, today),
        *_of_receipts(made),
        *_of_claims(made),
        *_of_days(campaign, deadlines, today),
    )
    return tuple(sorted(found, key=lambda check: not check.blocks))


def sections_to_look_at(
    made: SpendingReturn, checks: Iterable[Check]
) -> frozenset[str]:
    """The codes of the sections with a line at which something is put right."""
    keys = {check.key for check in checks if check.key}
    return frozenset(
        section.code
        for section in made.sections
        if any(line.key in keys for line in section.lines)
    )


def _of_particulars(
    campaign: Campaign, made: SpendingReturn, today: date
) -> Iterator[Check]:
    named = {one.key: one.values["value"] for one in made.section("particulars").lines}
    if not named["candidate"]:
        yield Check("no_candidate", "Our candidate is not named.", blocks=True)
    if not named["agent"]:
        yield Check("no_agent", "The election agent is not named.", blocks=True)
    if today <= campaign.election.poll_on:
        yield Check("poll_to_come", "The poll is still to come.", blocks=True)


def _of_donations(
    campaign: Campaign, made: SpendingReturn, ours: list[Expense], today: date
) -> Iterator[Check]:
    standings = donations_to_decide(campaign, on=today)
    held = [one.donation.amount for one in standings if one.must_return]
    if held:
        yield Check(
            "not_permitted",
            _of_them(
                len(held),
                f"donation, {pounds(sum(held, Decimal()))}, must go back: its giver",
                f"donations, {pounds(sum(held, Decimal()))} in all, must go back: "
                "their givers",
            )
            + " may not give over £50.",
            blocks=True,
        )
    late = [one for one in standings if one.is_kept_unchecked]
    if late:
        yield Check(
            "unchecked",
            f"{_many(len(late), 'donation')} over £50 and kept past 30 days without a "
            "check of who gave it: look, then accept each, or pay it back.",
            blocks=True,
        )
    others = [one for one in standings if not one.must_return and one not in late]
    lapsed = [one for one in others if one.days_over]
    if lapsed:
        yield Check(
            "lapsed",
            f"{_many(len(lapsed), 'donation')} in the return as taken as accepted: "
            "nobody decided within 30 days.",
        )
    waiting = [one for one in others if not one.days_over]
    if waiting:
        yield Check(
            "undecided", f"{_many(len(waiting), 'donation')} waiting for a decision."
        )
    yield from _of_addresses(made)
    yield from _of_gifts(
        made,
        [one for one in ours if _gives(one)],
        waiting=[one.donation for one in standings if not one.days_over],
    )


def _of_gifts(
    made: SpendingReturn, giving: list[Expense], *, waiting: list[Donation]
) -> Iterator[Check]:
    """What was given is a donation whether it was kept, went back or still waits; and
    what was kept or waits is spending too, but for what covers an expense that counts
    nothing here. Of what another campaign was given we may bear a share: the donation
    is theirs. Two queries, where something given is no donation."""
    ours = {f"expense:{one.pk}": one for one in giving}
    kept = _in_kind(made, "donations")
    kept |= {f"donation:{one.pk}": one.amount for one in waiting if one.in_kind}
    given = kept | _in_kind(made, "returned")
    for one in ours.values():
        given.pop(f"donation:{one.donation_id}", None)
    missing = _not_donated(giving)
    if is_controlled(missing - sum(given.values(), NOTHING)):
        yield Check(
            "gifts",
            f"Gifts and discounts of {pounds(missing)} are not entered as donations in "
            "kind: each over £50 is a donation too.",
        )
    lines = [line for line in made.section("notional").lines if line.key in ours]
    gifts = sum((Decimal(line.values["value"]) for line in lines), NOTHING)
    for key in ours.keys() - {line.key for line in lines}:
        kept.pop(f"donation:{ours[key].donation_id}", None)
    used = sum(kept.values(), NOTHING)
    if is_controlled(used - gifts):
        yield Check(
            "gifts_uncounted",
            f"Donations in kind come to {pounds(used)}, gifts and discounts to "
            f"{pounds(gifts)}: what was given and used is spending too, at its value.",
        )


def _not_donated(giving: list[Expense]) -> Decimal:
    """What was given, over £50 each, by what is committed and covers no donation."""
    found = [
        one
        for one in giving
        if one.donation_id is None and one.state == ExpenseState.COMMITTED
    ]
    prefetch_related_objects(found, "invoices__credit_notes")
    return sum(filter(is_controlled, map(given_in, found)), NOTHING)


def _in_kind(made: SpendingReturn, code: str) -> dict[str, Decimal]:
    return {
        line.key: Decimal(line.values["amount"])
        for line in made.section(code).lines
        if line.values["nature"] != "Money"
    }


def _gives(expense: Expense) -> bool:
    has_favour: bool = expense.has_favour  # type: ignore[attr-defined]
    return (
        has_favour
        or expense.kind == ExpenseKind.NOTIONAL
        or expense.donation_id is not None
    )


def _of_addresses(made: SpendingReturn) -> Iterator[Check]:
    """Of what was kept and what went back, each donor whom nobody could find by it."""
    unnamed = [
        f"{line.values['number']} {line.values['donor']}"
        for code in ("donations", "returned")
        for line in made.section(code).lines
        if not line.values["address"]
        and not line.values.get("receipts")
        and line.values["kind"] != DonorKind.ANONYMOUS.label
    ]
    if unnamed:
        yield Check(
            "no_donor_address",
            f"{_many(len(unnamed), 'donation')} without the donor’s address "
            f"({', '.join(unnamed)}): open it under Donations and enter it, or attach "
            "the copy of the certificate of anonymous registration.",
        )


def _to_look_at(campaign: Campaign) -> list[Expense]:
    """What stands of the campaign's own expenses and is proposed, personal or given,
    and whether it `has_favour`. One query."""
    favours = CreditNote.objects.filter(
        invoice__expense=OuterRef("pk"),
        invoice__voided_at__isnull=True,
        is_favour=True,
        voided_at__isnull=True,
    )
    found = (
        Expense.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .exclude(state=ExpenseState.VOIDED)
        .annotate(has_favour=Exists(favours))
        .filter(
            Q(state=ExpenseState.PROPOSED)
            | Q(kind__in=(ExpenseKind.PERSONAL, ExpenseKind.NOTIONAL))
            | Q(donation__isnull=False)
            | Q(has_favour=True)
        )
    )
    return list(found.order_by("pk"))


def _of_items(
    campaign: Campaign, made: SpendingReturn, ours: list[Expense]
) -> Iterator[Check]:
    committed = (one for one in ours if one.state == ExpenseState.COMMITTED)
    yield from _of_personal(
        one for one in committed if one.kind == ExpenseKind.PERSONAL
    )
    proposed = sum(one.state == ExpenseState.PROPOSED for one in ours)
    if proposed:
        yield Check(
            "proposed",
            f"{_many(proposed, 'expense')} only proposed: commit or void each.",
        )
    undeclared = [
        line
        for line in made.section("notional").lines
        if line.values["declared"] in ("", UNDECLARED)
    ]
    if undeclared:
        yield Check(
            "undeclared",
            _of_them(
                len(undeclared),
                "gift or discount has a value that nobody has",
                "gifts or discounts have values that nobody has",
            )
            + " declared yet: open each expense to declare it.",
        )
    items = [
        line
        for code in (*ExpenseCategory, "personal")
        for line in made.section(code).lines
    ]
    unaddressed = sum(not line.values.get("address") for line in items)
    if unaddressed:
        yield Check(
            "no_address", f"{_many(unaddressed, 'item')} without a supplier’s address."
        )
    kind = parse_election_id(campaign.election.slug).kind
    unbilled = [
        line
        for line in made.section("unpaid").lines
        if not line.values["bill"]
        and needs_bill(Decimal(line.values["amount"]), kind=kind)
    ]
    if unbilled:
        yield Check("no_bill", f"{_many(len(unbilled), 'item')} without a bill.")


def _of_personal(committed: Iterable[Expense]) -> Iterator[Check]:
    """Committed before it was asked under which heads these fall."""
    for expense in committed:
        if not may_be_personal(expense.category, stock=expense.stock):
            yield Check(
                "not_personal",
                f"“{expense.description}” counts nothing as a personal expense, which "
                "is only the candidate’s own travel and living, under Transport or "
                "Accommodation: void it and enter it anew.",
                blocks=True,
                key=f"expense:{expense.pk}",
            )


def _of_copies(campaign: Campaign, today: date) -> Iterator[Check]:
    """Copies that nobody accounts for: what they cost may count, or may not."""
    if today <= campaign.election.poll_on:
        return
    bought = (
        expenses_of(campaign).filter(state=ExpenseState.COMMITTED).exclude(stock="")
    )
    for line in lines_of(bought, campaign, campaign_periods(campaign)):
        if line.use and line.use.in_hand and not line.exclusion:
            said = (
                f"{_of_them(line.use.in_hand, 'copy', 'copies')} of "
                f"“{line.expense.description}” "
                f"{'is' if line.use.in_hand == 1 else 'are'} neither delivered nor "
                "written off"
            )
            if line.is_borne:
                whose = f"{said}: ask the agent of {line.expense.campaign}."
                yield Check("copies_in_hand", whose)
            else:
                todo = f"{said}: mark what was delivered, and write off the rest."
                key = f"expense:{line.expense.pk}"
                yield Check("copies_in_hand", todo, blocks=True, key=key)


def _of_receipts(made: SpendingReturn) -> Iterator[Check]:
    lines = [
        line
        for code in (*ExpenseCategory, "personal")
        for line in made.section(code).lines
        if NO_RECEIPT in line.values["receipts"]
    ]
    if lines:
        yield Check(
            "no_receipt",
            f"{_many(len(lines), 'item')} without a receipt: the return needs an "
            "invoice or receipt of each (see Receipts).",
        )


def _of_claims(made: SpendingReturn) -> Iterator[Check]:
    for code, what in (
        ("unpaid", "not paid yet"),
        ("disputed", "disputed: to be paid only by leave of a court"),
        ("late", "late: to be paid only by leave of a court"),
    ):
        section = made.section(code)
        billed: list[Line] = [line for line in section.lines if line.values["bill"]]
        if billed:
            yield Check(code, f"{_many(len(billed), 'bill')} {what}.")


def _of_days(
    campaign: Campaign, deadlines: CampaignDeadlines, today: date
) -> Iterator[Check]:
    if campaign.result_declared_on is None:
        yield Check(
            "no_result", "The day of the result is not entered: it sets the deadlines."
        )
    due = {one.code: one for one in deadlines.days}["return"]
    if today > due.day and not due.done:
        yield Check("overdue", f"The return was due on {in_words(due.day)}.")


def _many(number: int, what: str) -> str:
    return _of_them(number, f"{what} is", f"{what}s are")


def _of_them(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {more}"
