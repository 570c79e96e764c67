"""A leaflet with a round of two streets that goes out by a link, in a few words."""

from datetime import timedelta
from typing import Any

from campaigns.access import system
from campaigns.models import Campaign, Ward
from canvassing.actions.leaflet_issues import issue_leaflet_round
from canvassing.models import Leaflet, LeafletRound, LeafletStreet, RoundIssue
from tests.canvassing.field_helpers import item
from tests.cast import NOW, ON_THE_LEAFLET

# Their letter boxes, as they are walked.
STREETS = (("Oak Road", "odd 1 to 9", 5), ("Elm Grove", "houses with a name", 3))


def make_leaflet_round(
    campaign: Campaign, ward: Ward, *, copies: int = 100
) -> LeafletRound:
    ours: dict[str, Any] = {"organisation": campaign.organisation}
    leaflet = Leaflet.objects.create(
        campaign=campaign,
        name="Spring",
        copies=copies,
        imprint=ON_THE_LEAFLET,
        made_at=NOW - timedelta(days=3),
        **ours,
    )
    made = LeafletRound.objects.create(
        campaign=campaign,
        leaflet=leaflet,
        ward=ward,
        name="Hill Top",
        made_at=NOW - timedelta(days=3),
        **ours,
    )
    LeafletStreet.objects.bulk_create(
        LeafletStreet(
            leaflet_round=made,
            position=place,
            street=street,
            numbers=numbers,
            doors=boxes,
            not_at="3" if place == 1 else "",
            **ours,
        )
        for place, (street, numbers, boxes) in enumerate(STREETS, start=1)
    )
    return made


def make_streets(leaflet_round: LeafletRound, count: int) -> None:
    """So many more, at the end of the walk."""
    last = leaflet_round.streets.count()
    LeafletStreet.objects.bulk_create(
        LeafletStreet(
            organisation=leaflet_round.organisation,
            leaflet_round=leaflet_round,
            position=place,
            street=f"Lane {place}",
            doors=1,
        )
        for place in range(last + 1, last + 1 + count)
    )


def send_out(leaflet_round: LeafletRound, **fields: Any) -> RoundIssue:
    fields.setdefault("volunteer", None)
    fields.setdefault("copies", 8)
    fields.setdefault("expires_at", NOW + timedelta(days=7))
    fields.setdefault("by", system(leaflet_round.organisation))
    return issue_leaflet_round(leaflet_round, at=NOW, **fields)


def said_of(street: LeafletStreet, **said: Any) -> dict[str, Any]:
    return item("street", street=street.pk, **said)
