"""Whom a stall's helper finds: a few people by name, street or postcode, or nobody."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from django.db.models import Q

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.rules.names import letters
from campaigns.rules.postcodes import AT_END, tidy_postcode
from canvassing.models import ElectorStanding
from canvassing.reports.elector_search import at_address, named, reachable_electors
from canvassing.rules.stalls import MOST_FOUND, SHORTEST_NAME, SHORTEST_STREET

HOUSE_NUMBER: Final = re.compile(r"\d+[A-Za-z]?")


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


def find_at_stall(
    name: str, place: str, *, by: Actor, campaign: Campaign
) -> FoundAtStall:
    """Electors of the actor's wards whom both fit: a name, and a house number, street
    or postcode; either may be empty. Two queries."""
    conditions = _conditions(" ".join(name.split()), " ".join(place.split()))
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


def _conditions(name: str, place: str) -> list[Q]:
    """None where what was typed tells too little: a letter, a house number alone."""
    postcode, rest = _parted(place)
    is_number = bool(HOUSE_NUMBER.fullmatch(rest))
    if (name and len(letters(name)) < SHORTEST_NAME) or (
        rest and not is_number and len(letters(rest)) < SHORTEST_STREET
    ):
        return []
    conditions = [named(name)] if name else []
    if postcode:
        conditions.append(Q(address__postcode=postcode))
    if is_number and conditions:
        conditions.append(Q(address__number__iexact=rest))
    elif rest and not is_number:
        conditions.append(at_address(rest))
    return conditions


def _parted(place: str) -> tuple[str, str]:
    """`12 Mill Street, B34 7AA`: the postcode, and what stands before it."""
    if postcode := tidy_postcode(place):
        return postcode, ""
    found = AT_END.search(place.upper())
    if found is None:
        return "", place
    return f"{found[1]} {found[2]}", place[: found.start()].rstrip(" ,")
