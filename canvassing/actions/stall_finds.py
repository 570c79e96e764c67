"""Looking for somebody at a street stall: counted, logged, and what is shown is sealed
for whoever looked, so that nobody opens a person whom they did not find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID, uuid4

from django.core import signing
from django.db import connection, transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallHelper
from canvassing.reports.stall_find import FoundAtStall, find_at_stall
from canvassing.rules.stalls import MOST_FINDS, WINDOW

SALT: Final = "canvassing.stall"
# Seconds: as long as the cookie of the page.
SEALED_FOR: Final = 12 * 60 * 60

# Counted before it is looked, so that many at once are counted one after the other.
COUNT: Final = """
UPDATE canvassing_stallhelper SET
    finds = CASE WHEN finds_since > now() - %(window)s::interval THEN finds + 1
                 ELSE 1 END,
    finds_since = CASE WHEN finds_since > now() - %(window)s::interval
                       THEN finds_since ELSE now() END
WHERE id = %(helper)s
RETURNING finds
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who stands at the stall, as their helper found them. `uuid` is that of
    the contact which it becomes, `at` when they were found, by the business's time."""

    elector_id: int
    uuid: UUID
    at: datetime

    @classmethod
    def of(cls, elector_id: int, *, at: datetime) -> Self:
        return cls(elector_id, uuid4(), at)

    def sealed_for(self, helper: StallHelper) -> str:
        """What stands in the address of their page: good for this helper alone."""
        said = [self.elector_id, self.uuid.hex, self.at.isoformat()]
        return _sealed(helper, said)


def visit_sealed(text: str, helper: StallHelper) -> Visit:
    """Refused: what was not sealed for this helper, or is of yesterday."""
    elector_id, uuid, at = _unsealed(text, helper, of=3)
    return Visit(elector_id, UUID(uuid), datetime.fromisoformat(at))


def found_sealed(text: str, helper: StallHelper) -> list[int]:
    """The ids that `sealed_found` holds. Refused as above."""
    [electors] = _unsealed(text, helper, of=1)
    return [int(one) for one in electors]


def sealed_found(electors: Sequence[int], helper: StallHelper) -> str:
    return _sealed(helper, [list(electors)])


def look_for(
    name: str, place: str, *, helper: StallHelper, by: Actor, at: datetime
) -> FoundAtStall:
    """Find a few electors of the stall's wards, and log who was shown to whom.

    Refused: after thirty looks within a quarter of an hour. Audit verb:
    `stall.looked`, with how many were shown and their ids, never what was typed.
    """
    _count(helper)
    campaign = helper.link.session.campaign
    with transaction.atomic():
        found = find_at_stall(name, place, by=by, campaign=campaign)
        audit.record(
            "stall.looked",
            by=by,
            at=at,
            organisation_id=helper.organisation_id,
            campaign_id=campaign.pk,
            target=helper.link,
            came_of_it=found.looked.value,
            electors=[row.elector_id for row in found.people],
        )
    return found


def _count(helper: StallHelper) -> None:
    """Committed by itself, whatever comes of the look."""
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {"helper": helper.pk, "window": WINDOW}
        cursor.execute(COUNT, parameters)
        if cursor.fetchone()[0] > MOST_FINDS:
            raise StallRefused(
                "too_many_finds",
                _(
                    "You have looked for many people in a short time. Wait a quarter of"
                    " an hour, or ask the organiser."
                ),
            )


def _sealed(helper: StallHelper, said: list[Any]) -> str:
    return signing.dumps([helper.pk, *said], salt=SALT)


def _unsealed(text: str, helper: StallHelper, *, of: int) -> list[Any]:
    said: list[Any]
    try:
        whose, *said = signing.loads(text, salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature:
        whose, said = None, []
    if whose != helper.pk or len(said) != of:
        raise StallRefused(
            "not_found_by_you", _("This is nobody whom you found: look once more.")
        )
    return said
