"""Looking for somebody at a street stall: counted, logged, and what is shown is sealed
for whoever looked, so that nobody opens a person whom they did not find."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self
from uuid import UUID, uuid4, uuid5

from django.core import signing
from django.db import connection, transaction
from django.utils.translation import gettext as _

from campaigns.access import Actor
from campaigns.actions import audit
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallHelper
from canvassing.reports.stall_find import FoundAtStall, find_at_stall
from canvassing.rules.stalls import KEY_LASTS, MOST_FINDS, WINDOW

SALT: Final = "canvassing.stall"
SEALED_FOR: Final = int(KEY_LASTS.total_seconds())

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
    """Somebody who stands at the stall, as their helper found them: one visit each
    time that they are found. `uuid` is that of the contact which it becomes."""

    elector_id: int
    uuid: UUID

    @classmethod
    def of(cls, elector_id: int) -> Self:
        return cls(elector_id, uuid4())

    def again(self) -> Self:
        """The visit anew, once what was filed of it is taken back."""
        return replace(self, uuid=uuid5(self.uuid, "again"))

    def sealed_for(self, helper: StallHelper) -> str:
        """What stands in the address of their page: good for this helper alone."""
        return _sealed(helper, [self.elector_id, self.uuid.hex])


def visit_sealed(text: str, helper: StallHelper) -> Visit:
    """Refused: what was not sealed for this helper, or is of yesterday."""
    elector_id, uuid = _unsealed(text, helper, of=2)
    return Visit(elector_id, UUID(uuid))


def found_sealed(text: str, helper: StallHelper) -> list[Visit]:
    """Those that `sealed_found` holds. Refused as above."""
    [visits] = _unsealed(text, helper, of=1)
    return [Visit(elector_id, UUID(uuid)) for elector_id, uuid in visits]


def sealed_found(visits: Iterable[Visit], helper: StallHelper) -> str:
    return _sealed(helper, [[[one.elector_id, one.uuid.hex] for one in visits]])


def look_for(
    words: str, *, helper: StallHelper, by: Actor, at: datetime
) -> FoundAtStall:
    """Find a few electors of the stall's wards, and log who was shown to whom.

    Refused: after thirty looks within a quarter of an hour. Audit verb:
    `stall.looked`, with how many were shown and their ids, never what was typed.
    """
    _count(helper)
    campaign = helper.link.session.campaign
    with transaction.atomic():
        found = find_at_stall(words, by=by, campaign=campaign)
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
            "not_found_by_you", _("You have not found this person yet: search again.")
        )
    return said
