"""Rounds that are out, on so many phones, for the measures of the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from bench.scene import Scene, largest_wards, ward_sizes
from campaigns.clock import now
from campaigns.keys import hash_of, new_key
from campaigns.models import Ward
from canvassing.actions.round_issues import issue_round
from canvassing.actions.rounds import cut_rounds
from canvassing.models import CanvassRound, FieldPhone, IssueKind, RoundIssue
from canvassing.rules.rounds import USUAL_SIZE
from volunteers.models import Volunteer

PHONES_A_ROUND = 6
# Of everybody behind a round's doors, in walking order, who has not been spoken to.
PEOPLE = """
SELECT s.elector_id
FROM canvassing_rounddoor d
JOIN canvassing_electorstanding s ON s.organisation_id = d.organisation_id
     AND s.campaign_id = d.campaign_id AND s.address_id = d.address_id
     AND s.is_current AND NOT s.is_anonymous AND s.household_no_contact = 0
JOIN campaigns_elector e ON e.id = s.elector_id AND e.address_id = d.address_id
WHERE d.organisation_id = %s AND d.round_id = %s
ORDER BY d.position, s.elector_id
"""


@dataclass
class Out:
    """A phone that has a round: its key, and the electors behind the round's doors."""

    phone: FieldPhone
    key: str
    electors: Sequence[int]


def phones_out(scene: Scene, number: int, *, size: int = USUAL_SIZE) -> list[Out]:
    """So many phones, six on each round of about `size` households, in as many wards
    as that takes."""
    stand_still(scene)
    out: list[Out] = []
    wards = largest_wards(scene, len(ward_sizes(scene)))
    volunteer = Volunteer.objects.create(
        organisation=scene.campaign.organisation,
        name="Robin Wren",
        joined_on=scene.at.date(),
    )
    for canvass_round in _rounds(scene, wards, size):
        issue = issue_round(
            canvass_round,
            kind=IssueKind.MEETING_POINT,
            expires_at=scene.at + timedelta(days=1),
            by=scene.by,
            at=scene.at,
        )
        electors = _people(canvass_round)
        places = range(min(PHONES_A_ROUND, number - len(out)))
        share = len(electors) // PHONES_A_ROUND
        for place in places:
            theirs = electors[place * share : (place + 1) * share]
            out.append(_phone(issue, volunteer, theirs))
        if len(out) == number:
            return out
    return out


def stand_still(scene: Scene) -> None:
    """The organisation's clock stands at the scene's day, by which rounds are out."""
    organisation = scene.campaign.organisation
    organisation.clock_offset = scene.at - now()
    organisation.save(update_fields=["clock_offset"])


def _rounds(scene: Scene, wards: Sequence[Ward], size: int):
    of: dict[str, Any] = {"campaign": scene.campaign, "by": scene.by, "at": scene.at}
    for ward in wards:
        cut_rounds(ward=ward, size=size, **of)
        yield from CanvassRound.objects.filter(
            campaign=scene.campaign, ward=ward, retired_at=None
        ).exclude(issues__closed_at=None, issues__isnull=False)


def _people(canvass_round: CanvassRound) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [canvass_round.organisation_id, canvass_round.pk])
        return [elector for (elector,) in cursor.fetchall()]


def _phone(issue: RoundIssue, volunteer: Volunteer, electors: Sequence[int]) -> Out:
    key = new_key()
    phone = FieldPhone.objects.create(
        organisation_id=issue.organisation_id,
        campaign_id=issue.campaign_id,
        issue=issue,
        volunteer=volunteer,
        key_hash=hash_of(key),
        joined_at=issue.issued_at,
        last_seen_at=issue.issued_at,
    )
    return Out(phone, key, electors)
