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


def round_samples(campaign: Campaign, ward: Ward) -> dict[str, Any]:
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
        handed_out_at=NOW,
        **ours,
    )
    street = LeafletStreet.objects.create(
        leaflet_round=leaflet_round, position=1, street="Oak Road", doors=9, **ours
    )
    address = make_address(make_district(campaign.organisation, ward))
    return {
        "round-detail.pk": canvass_round(campaign, ward, address.pk, "Hill Top 1"),
        "local_round": local.pk,
        "leaflet": leaflet.pk,
        "leaflet-round.round": leaflet_round.pk,
        "leaflet-round-paper.round": leaflet_round.pk,
        "leaflet-round-hand-out.round": leaflet_round.pk,
        "leaflet-round-send-out.round": leaflet_round.pk,
        "leaflet-round-take-back.round": leaflet_round.pk,
        "leaflet-spending-round.round": leaflet_round.pk,
        "leaflet-spending-done.round": leaflet_round.pk,
        "leaflet-spending-not-done.round": leaflet_round.pk,
        "leafletround-detail.pk": leaflet_round.pk,
        "leafletspending-detail.pk": leaflet_round.pk,
        "leafletspending-done.pk": leaflet_round.pk,
        "leafletspending-not-done.pk": leaflet_round.pk,
        "street": street.pk,
    }


def grow_rounds(campaign: Campaign, ward: Ward, elector: Elector, nth: int) -> None:
    """One more of everything that the pages of rounds and leaflets list."""
    ours: dict[str, Any] = {"organisation": campaign.organisation}
    for round_ in CanvassRound.objects.filter(campaign=campaign):
        RoundDoor.objects.create(
            campaign=campaign,
            round=round_,
            address=make_address(make_district(campaign.organisation, ward)),
            position=nth + 2,
            is_live=True,
            **ours,
        )
    assert elector.address_id
    canvass_round(campaign, ward, elector.address_id, f"Hill Top {nth + 2}")
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
            handed_out_at=NOW,
            **ours,
        )


def canvass_round(campaign: Campaign, ward: Ward, address: int, name: str) -> int:
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
        address_id=address,
        position=1,
        is_live=True,
    )
    return round_.pk
