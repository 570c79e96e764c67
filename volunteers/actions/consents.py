"""What volunteers agree to: being asked by a channel, and the data promise."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language

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
def give_promises(
    volunteers: Sequence[Volunteer], *, by: "Actor", at: datetime
) -> None:
    """They ticked the wording of the day, in the language in which they are answered;
    where it holds already it is not noted again.

    Audit verb: `promise.given`, one row a call.
    """
    promise = promise_on(day_of(at))
    standing = Undertaking.objects.filter(
        Q(until_at=None) | Q(until_at__gt=at),
        volunteer__in=volunteers,
        version=promise.version,
    )
    given = (
        set(standing.values_list("volunteer_id", flat=True)) if volunteers else set()
    )
    new = {one.pk: one for one in volunteers if one.pk not in given}
    if not new:
        return
    Undertaking.objects.bulk_create(
        Undertaking(
            organisation_id=volunteer.organisation_id,
            volunteer=volunteer,
            version=promise.version,
            text=promise.worded_for(
                volunteer.organisation.name, language=get_language()
            ),
            given_at=at,
            until_at=at + PROMISE_HOLDS,
        )
        for volunteer in new.values()
    )
    audit.record(
        "promise.given",
        by=by,
        at=at,
        organisation_id=volunteers[0].organisation_id,
        version=promise.version,
        volunteers=sorted(new),
    )
