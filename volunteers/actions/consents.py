"""What volunteers agree to: being asked by a channel, and the data promise."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from campaigns.actions import audit
from campaigns.clock import day_of
from volunteers.models import Consent, Undertaking, Volunteer
from volunteers.rules.promises import promise_on

if TYPE_CHECKING:
    from campaigns.access import Actor

# A promise is asked for anew after this long: a house rule.
PROMISE_HOLDS: Final = timedelta(days=365)


@transaction.atomic
def set_consents(
    volunteer: Volunteer,
    *,
    channels: Collection[str],
    source: str,
    by: "Actor",
    at: datetime,
) -> None:
    """From now on exactly these channels. Audit: `volunteer.consents`."""
    live = volunteer.consents.filter(withdrawn_at__isnull=True)
    taken_back = live.exclude(channel__in=channels).update(withdrawn_at=at)
    new = set(channels) - set(live.values_list("channel", flat=True))
    Consent.objects.bulk_create(
        (
            Consent(
                organisation_id=volunteer.organisation_id,
                volunteer=volunteer,
                channel=channel,
                source=source,
                given_at=at,
            )
            for channel in sorted(new)
        ),
        ignore_conflicts=True,
    )
    if new or taken_back:
        audit.record(
            "volunteer.consents",
            by=by,
            at=at,
            organisation_id=volunteer.organisation_id,
            target=volunteer,
            channels=sorted(channels),
        )


@transaction.atomic
def give_promise(volunteer: Volunteer, *, by: "Actor", at: datetime) -> Undertaking:
    """The promise of this day, in the words they saw. Audit: `volunteer.promised`."""
    promise = promise_on(day_of(at))
    given = Undertaking.objects.create(
        organisation_id=volunteer.organisation_id,
        volunteer=volunteer,
        version=promise.version,
        text=promise.worded_for(volunteer.organisation.name),
        given_at=at,
        until_at=at + PROMISE_HOLDS,
    )
    audit.record(
        "volunteer.promised",
        by=by,
        at=at,
        organisation_id=volunteer.organisation_id,
        target=volunteer,
        version=promise.version,
    )
    return given
