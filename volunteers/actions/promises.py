"""The data promise: noted in the words that were shown, once for each wording."""

from collections.abc import Sequence
from datetime import datetime

from campaigns.access import Actor
from campaigns.actions import audit
from volunteers.models import Undertaking, Volunteer
from volunteers.rules.promises import CURRENT


def give_promises(volunteers: Sequence[Volunteer], *, by: Actor, at: datetime) -> None:
    """They ticked the current wording; where it stands already it is not noted again.

    Inside the caller's transaction. Audit verb: `promise.given`, one row a call.
    """
    standing = Undertaking.objects.filter(
        volunteer__in=volunteers, version=CURRENT.version, until_at=None
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
            version=CURRENT.version,
            text=CURRENT.text,
            given_at=at,
        )
        for volunteer in new.values()
    )
    audit.record(
        "promise.given",
        by=by,
        at=at,
        organisation_id=volunteers[0].organisation_id,
        version=CURRENT.version,
        volunteers=sorted(new),
    )
