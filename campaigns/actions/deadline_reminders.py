"""Reminders of deadlines: written down once each, claimed, and switched off."""

from datetime import datetime

import structlog
from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.outgoing_mails import claim, try_for_another_day
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    DeadlineReminder,
    Organisation,
    RemindersOff,
    User,
)
from campaigns.reports.deadlines_to_remind import notices_due, readers, told_of
from campaigns.roles import Capability
from campaigns.rules.deadline_reminders import EARLIEST_HOUR
from campaigns.rules.refusals import Refusal

log = structlog.get_logger("committee_room.reminders")


class RemindersRefused(Refusal):
    """The reminders cannot be switched like that."""


def write_deadline_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Write down every notice that is due, each once however often this runs.

    Returns how many are due now, those that were written before among them; none
    before seven in the morning. A campaign whose deadlines cannot be worked out is
    left alone. What is sent is not audited: the row itself says it.
    """
    if at.astimezone(UK).hour < EARLIEST_HOUR:
        return 0
    running = Campaign.objects.of(organisation).filter(closed_at__isnull=True)
    return sum(
        _write(campaign, at)
        for campaign in running.select_related("election", "organisation")
    )


def _write(campaign: Campaign, at: datetime) -> int:
    try:
        due = list(notices_due(campaign, at=at))
    except Refusal as refusal:
        log.warning("no deadlines", campaign=campaign.pk, code=refusal.code)
        return 0
    rows = [
        DeadlineReminder(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            user=reader.user,
            code=notice.due.code,
            label=notice.due.label,
            due_on=notice.due.day,
            days_before=notice.days_before,
            asked_at=at,
        )
        for notice in due
        for reader in notice.readers
    ]
    return len(DeadlineReminder.objects.bulk_create(rows, ignore_conflicts=True))


def claim_reminder(
    *, organisation: Organisation, at: datetime
) -> DeadlineReminder | None:
    """The next one to send, ours for a while; one that has nothing to tell any more is
    removed instead."""
    return claim(
        DeadlineReminder.objects.of(organisation).select_related(
            "user", "campaign__election", "campaign__organisation"
        ),
        is_wanted=lambda reminder: told_of(reminder, at=at) is not None,
    )


@transaction.atomic(durable=True)
def try_again(campaign: Campaign, *, by: Actor, at: datetime) -> int:
    """Try for another day what was not sent; returns how many. Again: no harm.

    Audited as `reminders.tried_again`, with how many.
    """
    ours = DeadlineReminder.objects.of(campaign.organisation_id)
    count = try_for_another_day(ours.filter(campaign=campaign))
    if count:
        _record("reminders.tried_again", campaign, by=by, at=at, reminders=count)
    return count


@transaction.atomic(durable=True)
def switch_reminders(
    campaign: Campaign, *, user: User, on: bool, by: Actor, at: datetime
) -> None:
    """Somebody gets reminders of this campaign's deadlines, or none. Again: no harm.

    Audited as `reminders.switched_on` or `_off`. Refused: somebody whom no deadline
    concerns; somebody else's, but for the agent.
    """
    if not any(reader.user == user for reader in readers(campaign, at=at)):
        raise RemindersRefused("not_a_reader", "They are not written to here.")
    if not may_switch(by, user, campaign=campaign):
        raise RemindersRefused(
            "not_yours", "Only the agent switches the reminders of others."
        )
    switched = {"organisation_id": campaign.organisation_id, "campaign": campaign}
    if on:
        changed, _ = RemindersOff.objects.filter(**switched, user=user).delete()
    else:
        off = RemindersOff(**switched, user=user, off_at=at)
        off.recorded_by(by)
        changed = _insert_once(off)
    if changed:
        verb = f"reminders.switched_{'on' if on else 'off'}"
        _record(verb, campaign, by=by, at=at, user=user.pk)


def _insert_once(off: RemindersOff) -> int:
    before = RemindersOff.objects.filter(campaign=off.campaign, user=off.user)
    if before.exists():
        return 0
    return len(RemindersOff.objects.bulk_create([off], ignore_conflicts=True))


def may_switch(actor: Actor, user: User, *, campaign: Campaign) -> bool:
    """Their own, or the agent's decision."""
    return (actor.kind, actor.id) == ("user", user.pk) or actor.can(
        Capability.DECLARE_MONEY,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )


def _record(
    verb: str, campaign: Campaign, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=campaign,
        **data,
    )
