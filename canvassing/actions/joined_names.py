"""Whoever joined with a number that we hold under another name: the same person? Once
it is said that they are, nobody asks about that name again."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from canvassing.models import (
    BankCaller,
    FieldPhone,
    RoundIssue,
    RoundKnocker,
    StallHelper,
)
from volunteers.actions.joining import remember_names
from volunteers.models import Volunteer

JOINED: Final = (FieldPhone, RoundKnocker, BankCaller, StallHelper)


@transaction.atomic
def same_on_round(
    issue: RoundIssue, volunteer_id: int, *, by: Actor, at: datetime
) -> bool:
    """An organiser says that whoever joined this round, with a phone or beside one, is
    who we hold. False, and nothing done, where nobody asks. Audit verb:
    `volunteer.recognised`."""
    theirs = {"issue": issue, "volunteer": volunteer_id}
    return _recognise(
        FieldPhone.objects.filter(**theirs),
        RoundKnocker.objects.filter(**theirs),
        campaign_id=issue.campaign_id,
        by=by,
        at=at,
    )


@transaction.atomic
def same_person(
    joined: BankCaller | StallHelper, *, campaign: Campaign, by: Actor, at: datetime
) -> bool:
    """The same of a caller, or of a stall's helper."""
    rows = type(joined)._default_manager.filter(pk=joined.pk)
    return _recognise(rows, campaign_id=campaign.pk, by=by, at=at)


def _recognise(
    *joined: "QuerySet[FieldPhone] | QuerySet[RoundKnocker] | QuerySet[BankCaller]"
    " | QuerySet[StallHelper]",
    campaign_id: int,
    by: Actor,
    at: datetime,
) -> bool:
    named = [row for rows in joined for row in rows.exclude(joined_as="")]
    for rows in joined:
        rows.exclude(joined_as="").update(joined_as="")
    if not named:
        return False
    remember_names(named[0].volunteer_id, {row.joined_as for row in named})
    audit.record(
        "volunteer.recognised",
        by=by,
        at=at,
        organisation_id=named[0].organisation_id,
        campaign_id=campaign_id,
        volunteer=named[0].volunteer_id,
    )
    return True


def forget_joined_names(volunteer: Volunteer) -> None:
    """Whoever is erased joined nowhere under a name."""
    for model in JOINED:
        theirs = model._default_manager.filter(volunteer=volunteer)
        theirs.exclude(joined_as="").update(joined_as="")
