"""By when a campaign's bills, payments, return and declarations are due."""

from dataclasses import dataclass
from datetime import date

from campaigns.models import Campaign
from campaigns.reports.bank_holidays import bank_holidays
from campaigns.rules.election_kinds import PollKind, parse_election_id
from campaigns.rules.return_deadlines import candidate_declaration_by, return_deadlines


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for one thing. Programs know it by `code`, which stays."""

    code: str
    label: str
    day: date


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


def campaign_deadlines(campaign: Campaign) -> CampaignDeadlines:
    """From the day of the result; until it is known, as if it were polling day, which
    gives the earliest days that can be.
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
    declaration_by = candidate_declaration_by(
        return_on=due.return_by, bank_holidays=holidays
    )
    return CampaignDeadlines(
        days=(
            Deadline("bills_received", "Bills received", due.invoices_by),
            Deadline(
                "personal_expenses",
                "Candidate’s statement of personal expenses",
                due.statements_by,
            ),
            Deadline("bills_paid", "Bills paid", due.payments_by),
            Deadline("return", "Return, with the agent’s declaration", due.return_by),
            Deadline(
                "declaration",
                "Candidate’s declaration, if the return goes in last",
                declaration_by,
            ),
        ),
        basis=_basis(campaign, kind),
        caution=due.caution
        if due.mark.is_confirmed or due.caution
        else f"These days are not confirmed ({due.mark}: {due.mark.meaning}).",
    )


def _basis(campaign: Campaign, kind: PollKind) -> str:
    if kind is PollKind.PARISH:
        return "Counted from polling day."
    if campaign.result_declared_on is None:
        return "As if the result were declared on polling day, the earliest it can be."
    day = campaign.result_declared_on
    return f"Counted from the result, declared on {day.day} {day:%B %Y}."
