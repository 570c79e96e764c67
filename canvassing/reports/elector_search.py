"""Find electors by name, address, elector number or postcode."""

import re
from enum import Enum

from django.db.models import Q, QuerySet

from campaigns.access import Actor, wards_for
from campaigns.models import Campaign, Ward
from campaigns.reports.elector_numbers import holders_of
from campaigns.roles import Capability
from campaigns.rules.addresses import STREET_ENDS, parse_address, plain
from campaigns.rules.elector_numbers import (
    ElectorNumber,
    NumberRefused,
    parse_elector_number,
)
from campaigns.rules.names import letters, search_key
from campaigns.rules.postcodes import tidy_postcode, without_postcode
from canvassing.models import ElectorStanding

Standings = QuerySet[ElectorStanding]
NUMBER_WITH_A_SPACE = re.compile(r"([A-Z]{1,4}\d*[A-Z]?)\s+(\d+(?:/\d+)?)\Z")
SHORTEST_NAME = 2
# What every line about an elector shows.
SHOWN = ("elector", "address", "ward", "polling_district", "intention")


class Looked(Enum):
    """What the words were taken for."""

    POSTCODE = "postcode"
    NUMBER = "elector number"
    ADDRESS = "address"
    NAME = "name"
    NOTHING = "nothing"


def reachable_electors(*, by: Actor, campaign: Campaign) -> Standings:
    """Electors on the register, of the wards in which the actor may see people.

    An anonymous entry, and whoever was hidden or has left, is never among them.
    """
    wards = wards_for(by, Capability.SEE_ELECTORS, campaign=campaign)
    return (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, is_current=True, is_anonymous=False)
        .filter(ward_id__in=list(wards.values_list("pk", flat=True)))
        .select_related(*SHOWN)
    )


def electors_who_left(*, by: Actor, campaign: Campaign) -> Standings:
    """Whoever is on the register no longer, as it last had them, for those who settle
    what is still said of them: who sets up the campaign, or hides and erases electors.
    Nobody else sees them; an anonymous entry, or who was hidden, is never among them.
    """
    everybody = ElectorStanding.objects.of(campaign.organisation_id)
    may = any(
        by.can(one, organisation_id=campaign.organisation_id, campaign_id=campaign.pk)
        for one in (Capability.MANAGE_CAMPAIGN, Capability.ERASE_ELECTORS)
    )
    if not may:
        return everybody.none()
    return everybody.filter(
        campaign=campaign,
        is_current=False,
        is_anonymous=False,
        elector__is_anonymous=False,
        elector__on_register=False,
        elector__hidden_at=None,
        elector__merged_into=None,
    ).select_related("elector__address", "ward")


def electors_of_ward(ward: Ward, *, by: Actor, campaign: Campaign) -> Standings:
    """In walking order."""
    return (
        reachable_electors(by=by, campaign=campaign)
        .filter(ward=ward)
        .order_by("polling_district_id", "walk_position", "elector_id")
    )


def find_electors(
    words: str, *, by: Actor, campaign: Campaign
) -> tuple[Looked, Standings]:
    """What the words were taken for, and whom they find, in a useful order."""
    everybody = reachable_electors(by=by, campaign=campaign)
    words = " ".join(words.split())
    if postcode := tidy_postcode(words):
        found = everybody.filter(address__postcode=postcode)
        return Looked.POSTCODE, found.order_by("walk_position", "elector_id")
    if number := _number(words):
        holders = holders_of(
            number,
            organisation_id=campaign.organisation_id,
            council_ids=campaign.councils.values_list("pk", flat=True),
        )
        found = everybody.filter(elector__in=holders)
        return Looked.NUMBER, found.order_by("ward_id", "walk_position")
    if _is_address(words):
        found = everybody.filter(at_address(words))
        return Looked.ADDRESS, found.order_by("ward_id", "walk_position")
    postcode, name = without_postcode(words)
    if len(letters(name)) < SHORTEST_NAME:
        return Looked.NOTHING, everybody.none()
    found = everybody.filter(
        named(name), elector__organisation=campaign.organisation_id
    )
    if postcode:
        found = found.filter(address__postcode=postcode)
    return Looked.NAME, found.order_by("elector__name_key", "elector_id")


def _number(words: str) -> ElectorNumber | None:
    """`bw1-4/1` and `BW1 4/1` as the register prints them; else nothing."""
    typed = NUMBER_WITH_A_SPACE.sub(r"\1-\2", words.upper())
    try:
        return parse_elector_number(typed)
    except NumberRefused:
        return None


def _is_address(words: str) -> bool:
    return words[0:1].isdecimal() or plain(words).rpartition(" ")[2] in STREET_ENDS


def at_address(words: str) -> Q:
    """A street, with a house number or without one, as dwellings are keyed."""
    parsed = parse_address([words], "")
    number = f"|{parsed.number}|" if parsed.number else ""
    return Q(address__key__contains=f"|{parsed.street_key}{number}")


def named(words: str) -> Q:
    """Surname first or last, or a surname of several words."""
    parts = search_key(words).split()
    turned = [parts[-1], *parts[:-1]]
    return (
        Q(elector__name_key__startswith=" ".join(parts))
        | Q(elector__name_key__startswith=" ".join(turned))
        | Q(elector__name_key__startswith=letters(words))
    )
