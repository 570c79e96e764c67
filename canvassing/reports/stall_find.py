"""Whom a stall's helper finds: a few people by name, street or postcode, or nobody."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from django.db.models import Q

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.rules.addresses import STREET_ENDS, plain
from campaigns.rules.names import letters
from campaigns.rules.postcodes import without_postcode
from canvassing.models import ElectorStanding
from canvassing.reports.elector_search import at_address, named, reachable_electors
from canvassing.rules.stalls import MOST_FOUND, SHORTEST_NAME, SHORTEST_STREET

HOUSE_NUMBER: Final = re.compile(r"\d+[A-Za-z]?")
# Where a place begins: at a flat, a figure or a comma.
PLACE: Final = re.compile(r"\bflat \d|\d|,", re.IGNORECASE)


class Looked(Enum):
    """What came of looking."""

    FOUND = "found"
    NOBODY = "nobody"
    TOO_MANY = "too_many"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class FoundAtStall:
    """`people` are the few who fit; where more do, none of them."""

    looked: Looked
    people: list[ElectorStanding] = field(default_factory=list)


def find_at_stall(words: str, *, by: Actor, campaign: Campaign) -> FoundAtStall:
    """Electors of the actor's wards whom all of it fits: a name, a house number, street
    or postcode. Two queries."""
    conditions = _conditions(words)
    if not conditions:
        return FoundAtStall(Looked.TOO_LITTLE)
    rows = reachable_electors(by=by, campaign=campaign).filter(
        *conditions, elector__organisation=campaign.organisation_id
    )
    people = list(rows.order_by("elector__name_key", "elector_id")[: MOST_FOUND + 1])
    if len(people) > MOST_FOUND:
        return FoundAtStall(Looked.TOO_MANY)
    return FoundAtStall(Looked.FOUND if people else Looked.NOBODY, people)


def shown_before(
    elector_ids: list[int], *, by: Actor, campaign: Campaign
) -> list[ElectorStanding]:
    """Those of them who are still to be seen, in the same order."""
    rows = reachable_electors(by=by, campaign=campaign).filter(elector__in=elector_ids)
    found = {row.elector_id: row for row in rows}
    return [found[one] for one in elector_ids if one in found]


def _conditions(words: str) -> list[Q]:
    """None where what was typed tells too little: a letter, a house number alone."""
    postcode, rest = without_postcode(words)
    name, place = _parted(rest)
    is_number = bool(HOUSE_NUMBER.fullmatch(place))
    if (name and len(letters(name)) < SHORTEST_NAME) or (
        place and not is_number and len(letters(place)) < SHORTEST_STREET
    ):
        return []
    conditions = [_named_or_at(name)] if name else []
    if postcode:
        conditions.append(Q(address__postcode=postcode))
    if is_number and conditions:
        conditions.append(Q(address__number__iexact=place))
    elif place and not is_number:
        conditions.append(at_address(place))
    return conditions


def _parted(words: str) -> tuple[str, str]:
    """`Marsh, Mill Street` and `Marsh 12 Mill Street`: the name, and the place."""
    place = PLACE.search(words)
    if place is None:
        return words, ""
    return words[: place.start()].strip(" ,"), words[place.start() :].strip(" ,")


def _named_or_at(name: str) -> Q:
    """Somebody called Lane, or who lives in Mill Lane."""
    first, _, last = plain(name).rpartition(" ")
    is_street = first and last in STREET_ENDS
    return named(name) | at_address(name) if is_street else named(name)
