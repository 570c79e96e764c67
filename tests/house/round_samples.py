"""A round of one door, a local round, and a leaflet with a round, as samples."""

from typing import Any

from campaigns.models import Campaign, Elector, Ward
from canvassing.models import (
    CanvassRound,
    Leaflet,
    LeafletRound,
    LeafletStreet,
    LocalRound,
    RoundDoor,
)
from tests.cast import NOW, make_address, make_district


def round_samples(campaign: Campaign, ward: Ward, elector: Elector) -> dict[str, Any]:
    ours: dict[str, Any] = {"organisation": campaign.organisation}
    local = LocalRound.objects.create(
        council=ward.council, name="Hill Top", made_at=NOW, **ours
    )
    leaflet = Leaflet.objects.create(
        campaign=campaign, name="Spring", copies=500, made_at=NOW, **ours
    )
    leaflet_round = LeafletRound.objects.create(
        campaign=campaign,
        leaflet=leaflet,
        ward=ward,
        name="Hill Top",
        made_at=NOW,
        **ours,
    )
    street = LeafletStreet.objects.create(
        leaflet_round=leaflet_round, position=1, street="Oak Road", doors=9, **ours
    )
    round_ = canvass_round(campaign, ward, elector, "Bilston North 1")
    return {
        "round": round_,
        "round-detail.pk": round_,
        "local_round": local.pk,
        "leaflet": leaflet.pk,
        "leaflet-round.round": leaflet_round.pk,
        "leaflet-round-hand-out.round": leaflet_round.pk,
        "leaflet-round-take-back.round": leaflet_round.pk,
        "leafletround-detail.pk": leaflet_round.pk,
        "street": street.pk,
    }


def grow_rounds(campaign: Campaign, ward: Ward, elector: Elector, nth: int) -> None:
    """One more of everything that the pages of rounds and leaflets list."""
    ours: dict[str, Any] = {"organisation": campaign.organisation}
    canvass_round(campaign, ward, elector, f"Bilston North {nth + 2}")
    first = CanvassRound.objects.filter(campaign=campaign).earliest("pk")
    RoundDoor.objects.create(
        campaign=campaign,
        round=first,
        address=make_address(make_district(campaign.organisation, ward)),
        position=nth + 2,
        is_live=True,
        **ours,
    )
    LocalRound.objects.create(
        council=ward.council, name=f"Round {nth}", made_at=NOW, **ours
    )
    leaflet_round = LeafletRound.objects.filter(campaign=campaign).earliest("pk")
    LeafletStreet.objects.create(
        leaflet_round=leaflet_round,
        position=nth + 2,
        street=f"Elm Grove {nth}",
        doors=3,
        **ours,
    )
    more = Leaflet.objects.create(
        campaign=campaign, name=f"Leaflet {nth}", copies=9, made_at=NOW, **ours
    )
    for leaflet in (more, leaflet_round.leaflet):
        LeafletRound.objects.create(
            campaign=campaign,
            leaflet=leaflet,
            ward=ward,
            name=f"Round {nth}",
            made_at=NOW,
            **ours,
        )


def canvass_round(campaign: Campaign, ward: Ward, elector: Elector, name: str) -> int:
    round_ = CanvassRound.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        ward=ward,
        name=name,
        doors=1,
        made_at=NOW,
    )
    RoundDoor.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        round=round_,
        address_id=elector.address_id,
        position=1,
        is_live=True,
    )
    return round_.pk
