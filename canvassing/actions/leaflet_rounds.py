"""Make the rounds on which a leaflet goes out in a ward."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from campaigns.access import Actor, wards_for
from campaigns.actions import audit
from campaigns.models import Campaign, Ward
from campaigns.reports.imprints import imprint_of
from campaigns.roles import Capability
from campaigns.rules.imprints import ImprintRefused, missing_in_text
from canvassing.actions.leaflet_costs import propose_leaflet_cost
from canvassing.models import (
    Leaflet,
    LeafletDelivery,
    LeafletRound,
    LeafletStreet,
    LocalRound,
)
from canvassing.reports.leaflet_doors import letter_boxes
from canvassing.reports.round_doors import local_stretches, street_keys
from canvassing.rules.leaflet_streets import streets_of_leaflets
from canvassing.rules.local_rounds import by_local_round
from canvassing.rules.round_names import name_rounds
from canvassing.rules.rounds import Door, RoundsRefused, cut

USUAL_SIZE: Final = 150
Planned = tuple[str, int | None, Sequence[Door]]


def add_leaflet(
    *,
    campaign: Campaign,
    name: str,
    copies: int,
    imprint: str = "",
    price: Decimal | None = None,
    supplier: str = "",
    supplier_address: str = "",
    ordered_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Leaflet:
    """Write down a leaflet, its copies, and the imprint that is printed on it, if it is
    at hand; with a `price` in pounds for all copies its cost is proposed at once.
    Refused: one of that name, no name, no copies, an imprint that lacks something, a
    printer without a price, a closed campaign, whoever may not set the campaign up; and
    as `propose_leaflet_cost` refuses. Audit verb: `leaflet.added`."""
    name = " ".join(name.split())
    _refuse_whoever_may_not(campaign, by)
    refuse_closed(campaign)
    imprint = checked_imprint(imprint, campaign) if imprint.strip() else ""
    if not name or not 0 < copies < 2**31:
        raise RoundsRefused("leaflet", "A leaflet has a name and at least one copy.")
    if price is None and supplier.strip():
        raise RoundsRefused("price", "Say what the printer charges, or neither yet.")
    with transaction.atomic():
        leaflet, is_new = Leaflet.objects.get_or_create(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            name=name,
            defaults={"copies": copies, "imprint": imprint, "made_at": at},
        )
        if not is_new:
            raise RoundsRefused("name", f"There is a leaflet {name} already.")
        audit.record(
            "leaflet.added",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=leaflet,
            copies=copies,
        )
        if price is not None:
            propose_leaflet_cost(
                leaflet,
                price=price,
                supplier=supplier,
                supplier_address=supplier_address,
                ordered_on=ordered_on,
                by=by,
                at=at,
            )
    return leaflet


def write_imprint(leaflet: Leaflet, *, imprint: str, by: Actor, at: datetime) -> None:
    """Write down the imprint that is printed on a leaflet. Refused: one that lacks
    something, whoever may not set the campaign up. Audit verb: `leaflet.imprint`."""
    campaign = leaflet.campaign
    _refuse_whoever_may_not(campaign, by)
    checked = checked_imprint(imprint, campaign)
    with transaction.atomic():
        Leaflet.objects.filter(pk=leaflet.pk).update(imprint=checked)
        audit.record(
            "leaflet.imprint",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=leaflet,
        )


def _refuse_whoever_may_not(campaign: Campaign, by: Actor) -> None:
    if not by.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise RoundsRefused("not_allowed", "You may not add or change leaflets here.")


def checked_imprint(text: str, campaign: Campaign) -> str:
    """What is printed on a leaflet, in one line; refused while something is missing."""
    campaigns_own = imprint_of(campaign)
    missing = missing_in_text(
        text,
        promoter_is_candidate=campaigns_own.promoter.strip()
        == campaigns_own.on_behalf_of.strip()
        != "",
    )
    if missing:
        raise ImprintRefused(
            "imprint_incomplete",
            f"The imprint on the leaflet lacks: {', '.join(missing)}. Type it on the "
            "leaflet’s page as it is printed; if it is printed so, it must not go out.",
        )
    return " ".join(text.split())


def make_leaflet_rounds(
    *,
    leaflet: Leaflet,
    ward: Ward,
    size: int = USUAL_SIZE,
    by: Actor,
    at: datetime,
) -> list[LeafletRound]:
    """A ward's letter boxes as rounds of streets: the local party's own first, the rest
    in rounds of about `size`, in place of rounds made before.

    Refused: a ward out of reach, a closed campaign, a ward where nobody lives, rounds
    of which some were handed out. Audit verb: `leaflet_rounds.made`.
    """
    campaign = leaflet.campaign
    refuse_closed(campaign)
    wards = wards_for(by, Capability.MAKE_LISTS, campaign=campaign)
    if not wards.filter(pk=ward.pk).exists():
        raise RoundsRefused("ward", f"{ward} is not one of your wards here.")
    with transaction.atomic():
        Leaflet.objects.select_for_update().get(pk=leaflet.pk)
        _clear(leaflet, ward)
        doors, unwanted = letter_boxes(campaign, ward)
        if not doors:
            raise RoundsRefused("nobody", f"Nobody is registered in {ward}.")
        planned = _planned(campaign, ward, doors, size=size)
        rounds = _write(leaflet, ward, planned, unwanted=unwanted, at=at)
        audit.record(
            "leaflet_rounds.made",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=leaflet,
            ward=ward.gss,
            rounds=len(rounds),
        )
    return rounds


def refuse_closed(campaign: Campaign) -> None:
    if campaign.closed_at:
        raise RoundsRefused("campaign_closed", f"{campaign.name} is closed.")


def _clear(leaflet: Leaflet, ward: Ward) -> None:
    before = LeafletRound.objects.of(leaflet.organisation_id).filter(
        leaflet=leaflet, ward=ward
    )
    done = LeafletDelivery.objects.filter(leaflet_street__leaflet_round__in=before)
    if before.filter(handed_out_at__isnull=False).exists() or done.exists():
        raise RoundsRefused(
            "handed_out", f"Rounds of {leaflet} in {ward} were handed out already."
        )
    before.delete()


def _write(
    leaflet: Leaflet,
    ward: Ward,
    planned: Sequence[Planned],
    *,
    unwanted: Collection[int],
    at: datetime,
) -> list[LeafletRound]:
    rounds = LeafletRound.objects.bulk_create(
        LeafletRound(
            organisation_id=leaflet.organisation_id,
            campaign_id=leaflet.campaign_id,
            leaflet=leaflet,
            ward=ward,
            name=name,
            local_round_id=local,
            made_at=at,
        )
        for name, local, _ in planned
    )
    LeafletStreet.objects.bulk_create(
        LeafletStreet(
            organisation_id=leaflet.organisation_id,
            leaflet_round=one,
            position=position,
            **street._asdict(),
        )
        for one, (_, _, doors) in zip(rounds, planned, strict=True)
        for position, street in enumerate(
            streets_of_leaflets(doors, unwanted=unwanted), start=1
        )
    )
    return rounds


def _planned(
    campaign: Campaign, ward: Ward, doors: list[Door], *, size: int
) -> list[Planned]:
    """Name, local round and doors of each round, in the order of the walk."""
    stretches = local_stretches(campaign, ward)
    keys = street_keys(campaign, ward, {one.street_key for one in stretches})
    own, rest = by_local_round(doors, stretches, street_keys=keys)
    names = LocalRound.objects.in_bulk(list(own))
    planned: list[Planned] = [(names[pk].name, pk, own[pk]) for pk in own]
    pieces = cut(rest, size=size)
    words = name_rounds(ward.name, pieces, taken=[name for name, _, _ in planned])
    return planned + [
        (word, None, piece) for word, piece in zip(words, pieces, strict=True)
    ]
