"""By when bills, payments, return and declarations are due, or when they were done."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Max, Q

from campaigns.clock import day_of
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Declarant,
    ReturnState,
    ReturnVersion,
    SpendingAuthority,
)
from campaigns.reports.bank_holidays import bank_holidays
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.election_timetable import agents_appointment
from campaigns.rules.return_deadlines import candidate_declaration_by, return_deadlines

FILED_HERE = frozenset(("return", "declaration"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for one thing. Programs know it by `code`, which stays.

    `done` says when it was done, such as "Filed on 5 June 2024"; empty until then.
    `how` says of a day that does not hang on the result what it rests on.
    """

    code: str
    label: str
    day: date
    done: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class CampaignDeadlines:
    """What is due, in the order of the days.

    `basis` says from what they are counted, `caution` what of it was not read.
    """

    days: tuple[Deadline, ...]
    basis: str
    caution: str

    def last_day(self, code: str) -> date:
        return next(one.day for one in self.days if one.code == code)

    def pressing(self, *, on: date) -> tuple[Deadline, ...]:
        """What is overdue, of what we know to be done or not, and what is due next."""
        open_ = [one for one in self.days if not one.done]
        overdue = (one for one in open_ if one.code in FILED_HERE and one.day < on)
        coming = (one for one in open_ if one.day >= on)
        return (*overdue, *islice(coming, 1))


def campaign_deadlines(campaign: Campaign) -> CampaignDeadlines:
    """From the day of the result; until it is known, as if it were polling day, which
    gives the earliest days that can be. The candidate's declaration follows the return,
    once that is filed. Campaigners have a day of their own where the agent authorised
    any; before the poll, the agent's appointment has one, where it was read. Two
    queries.
    """
    election = campaign.election
    kind = parse_election_id(election.slug).kind
    declared_on = campaign.result_declared_on or election.poll_on
    holidays = bank_holidays(election.nation)
    due = return_deadlines(
        kind,
        poll_on=election.poll_on,
        declared_on=declared_on,
        bank_holidays=holidays,
    )
    done = _done(campaign)
    declaration_by = candidate_declaration_by(
        return_on=done.last_filed_on or due.return_by, bank_holidays=holidays
    )
    return CampaignDeadlines(
        days=(
            *_of_the_agent(campaign, kind, bank_holidays=holidays),
            Deadline("bills_received", "Bills received", due.invoices_by),
            Deadline(
                "personal_expenses",
                "Candidate’s statement of personal expenses",
                due.statements_by,
            ),
            *_of_campaigners(campaign, due.statements_by),
            Deadline("bills_paid", "Bills paid", due.payments_by),
            Deadline(
                "return",
                "Return, with the agent’s declaration",
                due.return_by,
                _told("Filed", done.first_filed_on),
            ),
            Deadline(
                "declaration",
                "Candidate’s declaration"
                if done.last_filed_on
                else "Candidate’s declaration, if the return goes in on its last day",
                declaration_by,
                _told("Signed", done.signed_at and day_of(done.signed_at)),
            ),
        ),
        basis=_basis(campaign, kind),
        caution=due.caution
        if due.mark.is_confirmed or due.caution
        else f"These days are not confirmed ({due.mark}: {due.mark.meaning}).",
    )


def _of_the_agent(
    campaign: Campaign, kind: PollKind, *, bank_holidays: Container[date]
) -> Iterator[Deadline]:
    """Done by the day that the agent typed: the appointment goes to the officer."""
    poll_on = campaign.election.poll_on
    done = _told("Appointed", campaign.agent_appointed_on)
    for one in agents_appointment(kind, poll_on=poll_on, bank_holidays=bank_holidays):
        sure = one.caution or f"Mark {one.mark}: {one.mark.meaning}."
        how = f"Until {one.until} on that day, before the poll. {sure}"
        yield Deadline(one.code, one.label, one.day, done, how)


def _of_campaigners(campaign: Campaign, by: date) -> Iterator[Deadline]:
    """Whoever the agent ever authorised makes a return of their own (s.75)."""
    authorised = SpendingAuthority.objects.of(campaign.organisation_id).filter(
        campaign=campaign, kind=AuthorityKind.CAMPAIGNER
    )
    if authorised.exists():
        yield Deadline("campaigners", "Returns of authorised campaigners", by)


@dataclass(frozen=True, slots=True)
class _Done:
    """Days on which a return was filed, and when the candidate signed what stands:
    the last filed version, before there is one the draft."""

    first_filed_on: date | None
    last_filed_on: date | None
    signed_at: datetime | None


def _done(campaign: Campaign) -> _Done:
    by_candidate = Q(declarations__declarant=Declarant.CANDIDATE)
    standing = list(
        ReturnVersion.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .exclude(state=ReturnState.REPLACED)
        .annotate(signed_at=Max("declarations__signed_at", filter=by_candidate))
        .order_by("version")
        .values_list("filed_on", "signed_at")
    )
    filed = [version for version in standing if version[0]]
    if not standing:
        return _Done(None, None, None)
    return _Done(filed[0][0] if filed else None, *(filed or standing)[-1])


def _told(what: str, on: date | None) -> str:
    return f"{what} on {on:%-d %B %Y}" if on else ""


def _basis(campaign: Campaign, kind: PollKind) -> str:
    if kind is PollKind.PARISH:
        return "Counted from polling day."
    if campaign.result_declared_on is None:
        return "As if the result were declared on polling day, the earliest it can be."
    day = campaign.result_declared_on
    return f"Counted from the result, declared on {day.day} {day:%B %Y}."
