"""One round, door by door: who lives there now, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from campaigns.models import Campaign
from canvassing.models import CanvassRound
from canvassing.reports.whom_to_see import SINCE_CUT, parameters_of, to_see_of_round
from canvassing.rules.households import by_number, door

DOORS: Final = """
SELECT d.round_id, a.id, d.position, a.street, a.locality, a.number, a.flat,
       a.postcode, a.printed, a.latitude, a.longitude
FROM canvassing_rounddoor d
JOIN campaigns_address a ON a.id = d.address_id
WHERE d.organisation_id = %(organisation)s AND d.round_id = ANY(%(rounds)s::bigint[])
ORDER BY d.round_id, d.position
"""
# Whoever lives there now: who has moved in since is seen, who has left is not.
ELECTORS: Final = """
SELECT d.round_id, s.address_id, s.elector_id, e.elector_number,
       concat_ws(' ', nullif(e.forename, ''), nullif(e.middle_names, ''), e.surname),
       s.votes_by, s.posted, {to_see},
       NOT (s.no_contact = ANY(%(may_contact)s)
            AND s.household_no_contact = ANY(%(may_contact)s)),
       s.last_contact_at, s.last_contact_at >= {since},
       s.last_spoken_at >= {since}, coalesce(o.label, ''), coalesce(i.code, '')
FROM canvassing_rounddoor d
JOIN canvassing_canvassround r ON r.id = d.round_id
JOIN campaigns_elector e
  ON e.organisation_id = d.organisation_id AND e.address_id = d.address_id
JOIN canvassing_electorstanding s
  ON s.organisation_id = d.organisation_id AND s.campaign_id = d.campaign_id
 AND s.elector_id = e.id
LEFT JOIN canvassing_contact c ON c.id = s.last_contact_id
LEFT JOIN canvassing_outcomecode o ON o.id = c.outcome_id
LEFT JOIN canvassing_intentioncode i ON i.id = s.intention_id
WHERE d.organisation_id = %(organisation)s AND d.round_id = ANY(%(rounds)s::bigint[])
  AND s.ward_id = r.ward_id AND s.address_id = d.address_id
  AND s.is_current AND NOT s.is_anonymous
"""


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Somebody on the register at a door of the round. `to_see` as the round was cut;
    `keep_away`: they or their household asked that nobody call; `called_on` and
    `spoken_to` since the day of the cut, None for never."""

    elector_id: int
    number: str
    name: str
    votes_by: int
    posted: bool
    to_see: bool
    keep_away: bool
    last_contact_at: datetime | None
    called_on: bool | None
    spoken_to: bool | None
    outcome: str
    intention: str


@dataclass(frozen=True, slots=True)
class DoorOfRound:
    """A door in its place in the walk, with everybody there by their numbers."""

    electors: tuple[AtTheDoor, ...]
    address_id: int
    position: int
    street: str
    locality: str
    house: str
    flat: str
    postcode: str
    printed: str
    latitude: float | None
    longitude: float | None
    district: str = ""
    number: str = ""

    @property
    def door(self) -> str:
        return door(self)

    @property
    def left_to_see(self) -> int:
        return sum(person.to_see for person in self.electors)

    @property
    def state(self) -> str:
        """empty (nobody is left), away (all asked for nobody to call), spoken,
        tried, done (nobody left to see) or open."""
        if not self.electors:
            return "empty"
        if all(person.keep_away for person in self.electors):
            return "away"
        if any(one.spoken_to for one in self.electors):
            return "spoken"
        if any(one.called_on for one in self.electors):
            return "tried"
        return "open" if any(one.to_see for one in self.electors) else "done"


def doors_of_round(round_: CanvassRound) -> list[DoorOfRound]:
    """In walking order; two queries."""
    return doors_of_rounds([round_], campaign=round_.campaign)[round_.pk]


def doors_of_rounds(
    rounds: Sequence[CanvassRound], *, campaign: Campaign
) -> dict[int, list[DoorOfRound]]:
    """By round, in walking order; two queries."""
    ids = [round_.pk for round_ in rounds]
    parameters = parameters_of(campaign) | {"rounds": ids}
    homes: dict[tuple[int, int], list[AtTheDoor]] = {}
    query = ELECTORS.format(to_see=to_see_of_round(), since=SINCE_CUT)
    for round_id, address, *person in _run(query, parameters):
        homes.setdefault((round_id, address), []).append(AtTheDoor(*person))
    found: dict[int, list[DoorOfRound]] = {pk: [] for pk in ids}
    for round_id, *place in _run(DOORS, parameters):
        people = _in_order(homes.get((round_id, place[0]), []))
        found[round_id].append(DoorOfRound(people, *place))
    return found


def _in_order(people: list[AtTheDoor]) -> tuple[AtTheDoor, ...]:
    return tuple(sorted(people, key=lambda person: by_number(person.number)))


def _run(query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
