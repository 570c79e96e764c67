"""The days that a campaign's periods and deadlines begin with, typed once known."""

from datetime import date, datetime, timedelta

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import lock_campaign, telling_of_a_limit_passed
from campaigns.clock import day_of
from campaigns.models import Campaign, ExpenseKind
from campaigns.reports.campaign_periods import opens_with
from campaigns.reports.candidate_payments import paid_by_candidate, paid_by_others
from campaigns.rules.early_payments import is_before_the_agent
from campaigns.rules.election_kinds import parse_election_id
from campaigns.rules.likely_days import LONGEST
from campaigns.rules.refusals import Refusal

LATEST_RESULT = timedelta(days=60)
FIELDS = (
    "became_candidate_on",
    "period_opened_on",
    "parliament_met_on",
    "agent_appointed_on",
    "result_declared_on",
)


class RegulatedDaysRefused(Refusal):
    """The days cannot be those of this poll."""


def set_regulated_days(
    *,
    campaign: Campaign,
    became_candidate_on: date | None,
    period_opened_on: date | None = None,
    parliament_met_on: date | None = None,
    agent_appointed_on: date | None = None,
    result_declared_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Campaign:
    """Say when our candidate became one, when Parliament was dissolved and first met,
    when an agent was appointed, and when the result was declared.

    None where it is not known. What counts is worked out anew from the next question
    on, committed expenses too; nothing that was committed is taken back, and a limit
    that is then passed is told of. Audit verb `campaign.regulated_days_set`, with the
    days before and after.
    Refused: a day on or after the poll or years before it, an opening day in a poll
    that has none, a dissolution of a Parliament that had not met, an appointment that
    is not after all that the candidate paid as before it, or is after what others paid,
    a result before the poll, months after it or still to come.
    """
    days = (
        became_candidate_on,
        period_opened_on,
        parliament_met_on,
        agent_appointed_on,
    )
    for day in days:
        _refuse_unlikely(day, campaign.election.poll_on)
    _refuse_early_result(result_declared_on, campaign.election.poll_on)
    if result_declared_on and result_declared_on > day_of(at):
        raise RegulatedDaysRefused(
            "day_to_come", "Enter the day of the result once it is declared."
        )
    _refuse_disorder(campaign, period_opened_on, parliament_met_on)
    with transaction.atomic(durable=True):
        campaign = lock_campaign(campaign)
        if agent_appointed_on != campaign.agent_appointed_on:
            _refuse_paid_since(campaign, agent_appointed_on)
            _refuse_paid_before(campaign, agent_appointed_on)
        before = {field: _text(getattr(campaign, field)) for field in FIELDS}
        with telling_of_a_limit_passed(
            campaign, because="regulated days", by=by, at=at
        ):
            for field, day in zip(FIELDS, (*days, result_declared_on), strict=True):
                setattr(campaign, field, day)
            campaign.save(update_fields=FIELDS)
        audit.record(
            "campaign.regulated_days_set",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=campaign,
            before=before,
            after={field: _text(getattr(campaign, field)) for field in FIELDS},
        )
    return campaign


def _refuse_unlikely(day: date | None, poll_on: date) -> None:
    if day is not None and not poll_on - LONGEST <= day < poll_on:
        raise RegulatedDaysRefused(
            "day_far_from_poll",
            f"{day.day} {day:%B %Y} is no such day: it comes before polling day, and "
            "no more than six years before it.",
        )


def _refuse_early_result(day: date | None, poll_on: date) -> None:
    if day is not None and not poll_on <= day <= poll_on + LATEST_RESULT:
        raise RegulatedDaysRefused(
            "result_far_from_poll",
            "The result is declared on polling day or in the two months after it.",
        )


def _refuse_disorder(
    campaign: Campaign, opened_on: date | None, met_on: date | None
) -> None:
    if opened_on and not opens_with(parse_election_id(campaign.election.slug)):
        raise RegulatedDaysRefused(
            "no_such_day", "No dissolution or list opens the period of this poll."
        )
    if opened_on and met_on and opened_on <= met_on:
        raise RegulatedDaysRefused(
            "days_out_of_order", "Parliament is dissolved after it first met."
        )


def _refuse_paid_since(campaign: Campaign, appointed_on: date | None) -> None:
    """What the candidate paid before there was an agent was so only by that day."""
    early = paid_by_candidate(campaign).exclude(
        invoice__expense__kind=ExpenseKind.PERSONAL
    )
    last = early.order_by("-paid_on").first()
    if last and not is_before_the_agent(last.paid_on, appointed_on):
        raise RegulatedDaysRefused(
            "paid_before_the_agent",
            f"The candidate paid {last}, before an agent was appointed: void that "
            "payment first, or enter a later day of the appointment.",
        )


def _refuse_paid_before(campaign: Campaign, appointed_on: date | None) -> None:
    """Nobody but the candidate pays before there is an agent."""
    if appointed_on is None:
        return
    early = paid_by_others(campaign).filter(paid_on__lt=appointed_on)
    first = early.order_by("paid_on", "pk").first()
    if first:
        raise RegulatedDaysRefused(
            "others_paid_before_the_agent",
            f"Before that day only the candidate pays, and {first} was paid by "
            "somebody else: void that payment and say who paid, or enter a day of the "
            "appointment that is not after it.",
        )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
