"""All that is known about one volunteer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.models import Campaign
from campaigns.phone_numbers import as_written
from volunteers.models import (
    Consent,
    Invitation,
    ShiftSignUp,
    Team,
    Undertaking,
    Volunteer,
)
from volunteers.reports.hours import doors_of, hours_of
from volunteers.reports.people import why_no_elector_data

SHOWN = 30
DOORS_FOR = timedelta(weeks=4)


@dataclass(frozen=True)
class PersonPage:
    """`barrier` says why they may not hold elector data by themselves; empty: they
    may. `doors` are those of the last four weeks in this campaign."""

    sign_ups: list[ShiftSignUp]
    undertakings: list[Undertaking]
    consents: list[Consent]
    invitations: list[Invitation]
    teams: list[Team]
    hours: float
    doors: int
    missed: int
    mobile: str
    barrier: str
    has_link: bool


def person_page(
    volunteer: Volunteer, *, campaign: Campaign, at: datetime
) -> PersonPage:
    sign_ups = (
        volunteer.sign_ups.select_related("shift__ward", "shift__campaign")
        .defer("shift__ward__boundary")
        .order_by("-shift__starts_at", "-pk")
    )
    since = at - DOORS_FOR
    return PersonPage(
        sign_ups=list(sign_ups[:SHOWN]),
        undertakings=list(volunteer.undertakings.order_by("-given_at")),
        consents=list(volunteer.consents.order_by("-given_at", "channel")),
        invitations=list(volunteer.invitations.order_by("-asked_at")[:SHOWN]),
        teams=list(volunteer.teams.order_by("name")),
        hours=hours_of(volunteer),
        doors=doors_of([volunteer.pk], campaign, since).get(volunteer.pk, 0),
        missed=volunteer.sign_ups.filter(came=False, withdrawn_at__isnull=True).count(),
        mobile=as_written(volunteer.mobile) if volunteer.mobile else "",
        barrier=why_no_elector_data(volunteer, at=at),
        has_link=volunteer.links.filter(
            revoked_at__isnull=True, expires_at__gt=at
        ).exists(),
    )
