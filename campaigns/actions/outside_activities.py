"""What another body does for the candidate as a campaign of its own, counting nothing.

Each may spend a small sum so; above it the law wants the agent's written authority,
and then it counts as ours (Representation of the People Act 1983, s.75).
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.once import made_before
from campaigns.models import Campaign, OutsideActivity
from campaigns.reports.others_campaigns import permitted_sum, spent_by_body
from campaigns.roles import Capability
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal


class OutsideActivityRefused(Refusal):
    """It is no campaign of another body's own, or is not told clearly."""


def record_outside_activity(
    *,
    campaign: Campaign,
    body: str,
    description: str,
    value: Decimal,
    reason: str,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> OutsideActivity:
    """Write down what a body spends on its own account, and why it is not ours.

    Under the campaign's lock, so that two clerks keep to one sum. `source` makes it
    idempotent. Audit verb
    `outside_activity.recorded`.
    Refused: whoever may not propose expenses, no body, description or reason, a value
    that is not money, more in all than the body may spend without authority. Where
    that sum was not read, it is recorded and every report warns of it.
    """
    _refuse_unless_proposer(campaign, by)
    activity = OutsideActivity(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        body=" ".join(body.split()),
        description=description.strip(),
        value=value,
        reason=reason.strip(),
        recorded_at=at,
        source=source,
    )
    activity.recorded_by(by)
    _refuse_unclear(activity)
    with transaction.atomic(durable=True):
        Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        if made := made_before(OutsideActivity, campaign, source):
            return made
        _refuse_beyond_the_sum(activity)
        activity.save(force_insert=True)
        _record("outside_activity.recorded", activity, by=by, at=at)
    return activity


def void_outside_activity(
    activity: OutsideActivity, *, reason: str, by: Actor, at: datetime
) -> OutsideActivity:
    """Strike it out with a reason; the row stays. Audit verb
    `outside_activity.voided`. Refused: no reason, or voided before."""
    _refuse_unless_proposer(activity.campaign, by)
    if not reason.strip():
        raise OutsideActivityRefused("no_reason", "Say why it is voided.")
    with transaction.atomic(durable=True):
        activity = OutsideActivity.objects.select_for_update().get(pk=activity.pk)
        if activity.voided_at is not None:
            raise OutsideActivityRefused("already_voided", "It is voided already.")
        activity.voided_at, activity.void_reason = at, reason.strip()
        activity.save(update_fields=["voided_at", "void_reason"])
        _record("outside_activity.voided", activity, by=by, at=at, reason=reason)
    return activity


def _refuse_unless_proposer(campaign: Campaign, by: Actor) -> None:
    if not by.can(
        Capability.PROPOSE_EXPENSE,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise OutsideActivityRefused("not_allowed", "You may not enter this here.")


def _refuse_unclear(activity: OutsideActivity) -> None:
    for field, what in (
        ("body", "whose campaign it is"),
        ("description", "what they do"),
        ("reason", "why it is their own campaign and not ours"),
    ):
        if not getattr(activity, field):
            raise OutsideActivityRefused(f"no_{field}", f"Say {what}.")
    value = activity.value
    if not value.is_finite() or value <= 0 or value != to_the_penny(value):
        raise OutsideActivityRefused(
            "bad_value", "What it costs them must be an amount such as £80.00."
        )


def _refuse_beyond_the_sum(activity: OutsideActivity) -> None:
    permitted = permitted_sum(activity.campaign)
    if permitted.amount is None:
        return
    spent = spent_by_body(activity.campaign, activity.body) + activity.value
    if spent > permitted.amount:
        raise OutsideActivityRefused(
            "over_the_permitted_sum",
            f"With this {activity.body} would spend {pounds(spent)}, and without the "
            f"agent's written authority may spend {pounds(permitted.amount)} "
            "(Representation of the People Act 1983, s.75): authorise them in writing, "
            "and enter what they spend as an expense under that authority.",
        )


def _record(
    verb: str, activity: OutsideActivity, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=activity.organisation_id,
        campaign_id=activity.campaign_id,
        target=activity,
        value=str(activity.value),
        **data,
    )
