"""Leaflets: the stock of each, its rounds, and the copies delivered by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import (
    Count,
    Exists,
    F,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.registry import Stock as PrintedStock
from canvassing.models import (
    Leaflet,
    LeafletDelivery,
    LeafletMiss,
    LeafletRound,
    LeafletStreet,
)

STOCK: Final = "leaflet:"


@dataclass(frozen=True)
class Stock:
    """Where the copies of a leaflet are: with deliverers, delivered, in the office."""

    leaflet: Leaflet
    out: int
    delivered: int

    @property
    def office(self) -> int:
        return self.leaflet.copies - self.out - self.delivered


def _delivered(**of: object) -> QuerySet[LeafletDelivery]:
    return LeafletDelivery.objects.filter(withdrawn_at__isnull=True, **of)


def _sum(rows: QuerySet[Model], what: str) -> int:
    return rows.aggregate(number=Coalesce(Sum(what), 0))["number"] or 0


def in_the_office(leaflet: Leaflet) -> int:
    """Copies that can be handed out."""
    rounds = LeafletRound.objects.filter(leaflet=leaflet)
    return leaflet.copies - _sum(rounds, "copies_out") + _sum(rounds, "copies_back")


def with_deliverer(leaflet_round: LeafletRound) -> int:
    """Copies that went out with the round and are neither delivered nor back."""
    now = LeafletRound.objects.get(pk=leaflet_round.pk)
    delivered = _delivered(leaflet_street__leaflet_round=leaflet_round)
    return now.copies_out - now.copies_back - _sum(delivered, "copies")


def stocks(campaign: Campaign) -> list[Stock]:
    """Each leaflet of the campaign, the latest first."""
    gone = (
        LeafletRound.objects.filter(leaflet=OuterRef("pk"))
        .order_by()
        .values("leaflet")
        .annotate(number=Sum(F("copies_out") - F("copies_back")))
    )
    delivered = (
        _delivered(leaflet_street__leaflet_round__leaflet=OuterRef("pk"))
        .order_by()
        .values("leaflet_street__leaflet_round__leaflet")
        .annotate(number=Sum("copies"))
    )
    leaflets = Leaflet.objects.of(campaign.organisation_id).filter(campaign=campaign)
    return [
        Stock(one, one.gone - one.delivered, one.delivered)
        for one in leaflets.annotate(
            gone=Coalesce(Subquery(gone.values("number")), 0),
            delivered=Coalesce(Subquery(delivered.values("number")), 0),
        ).order_by("-pk")
    ]


def with_progress(rounds: QuerySet[LeafletRound]) -> QuerySet[LeafletRound]:
    """Each with its `number` of streets, those `done`, letter `boxes`, and copies
    `delivered`."""
    live = Q(streets__deliveries__withdrawn_at__isnull=True)
    streets = (
        LeafletStreet.objects.filter(leaflet_round=OuterRef("pk"))
        .order_by()
        .values("leaflet_round")
    )
    doors = streets.annotate(number=Sum("doors")).values("number")
    return rounds.annotate(
        number=Count("streets", distinct=True),
        done=Count("streets__deliveries", filter=live, distinct=True),
        delivered=Coalesce(Sum("streets__deliveries__copies", filter=live), 0),
        boxes=Coalesce(Subquery(doors), 0),
    )


def handed_out(campaign: Campaign) -> QuerySet[LeafletRound]:
    """The campaign's rounds with copies out, in whatever ward."""
    return (
        LeafletRound.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, handed_out_at__isnull=False)
        .select_related("leaflet", "campaign", "ward", "deliverer", "local_round")
        .defer("ward__boundary")
    )


def rounds_handed_out(campaign: Campaign, *, text: str = "") -> QuerySet[LeafletRound]:
    """Those with copies out, by leaflet and ward, with their progress; with `text`
    those whose leaflet, ward or name has each of its words."""
    ours = handed_out(campaign)
    for word in text.split():
        ours = ours.filter(
            Q(name__icontains=word)
            | Q(ward__name__icontains=word)
            | Q(leaflet__name__icontains=word)
        )
    return with_progress(ours).order_by("-leaflet", "ward__name", "pk")


def streets_of(
    leaflet_round: LeafletRound, *, is_done: bool
) -> QuerySet[LeafletStreet]:
    """Those that are done, or those that are not, as they are walked."""
    done = _delivered(leaflet_street=OuterRef("pk"))
    streets = leaflet_round.streets.filter(Exists(done) if is_done else ~Exists(done))
    return streets.select_related("leaflet_round__campaign").order_by("position")


def streets_with_deliveries(leaflet_round: int) -> list[LeafletStreet]:
    """All of a round, by its id, as they are walked; `done` is a list of the delivery,
    if any, and `missed` of why some of it was not. Three queries."""
    done = Prefetch(
        "deliveries", _delivered().select_related("deliverer"), to_attr="done"
    )
    standing = LeafletMiss.objects.filter(withdrawn_at__isnull=True)
    missed = Prefetch("misses", standing, to_attr="missed")
    streets = LeafletStreet.objects.filter(leaflet_round=leaflet_round)
    return list(streets.prefetch_related(done, missed).order_by("position"))


def copies_by_day(leaflet: Leaflet) -> list[tuple[date, int]]:
    """The copies delivered on each day on which there were any, the latest first."""
    rows = _delivered(leaflet_street__leaflet_round__leaflet=leaflet)
    days = rows.order_by().values_list("delivered_on").annotate(Sum("copies"))
    return sorted(days, reverse=True)


def copies_put_through(
    campaign: Campaign, volunteers: Collection[int], since: datetime
) -> dict[int, int]:
    """The copies that each of these delivered since that day, by the volunteer's id."""
    rows = _delivered(
        organisation=campaign.organisation_id,
        campaign=campaign,
        deliverer__in=volunteers,
        delivered_on__gte=day_of(since),
    )
    return dict(rows.order_by().values_list("deliverer").annotate(Sum("copies")))


def stock_key(leaflet: int) -> str:
    """How spending names the copies of a leaflet."""
    return f"{STOCK}{leaflet}"


def leaflet_stocks(
    *,
    organisation_id: int,
    campaign_id: int | None = None,
    keys: Collection[str] | None = None,
) -> dict[str, PrintedStock]:
    """Leaflets as spending sees them: all of a campaign, or those that `keys` name,
    each with the copies delivered by day. Two queries."""
    found = Leaflet.objects.of(organisation_id)
    if campaign_id is not None:
        found = found.filter(campaign=campaign_id)
    if keys is not None:
        numbers = (key.removeprefix(STOCK) for key in keys if key.startswith(STOCK))
        found = found.filter(pk__in=[int(one) for one in numbers if one.isdecimal()])
    leaflets = list(found.order_by("-pk"))
    by_day: dict[int, dict[date, int]] = {one.pk: {} for one in leaflets}
    rows = _delivered(leaflet_street__leaflet_round__leaflet__in=leaflets).order_by()
    for leaflet, day, copies in rows.values_list(
        "leaflet_street__leaflet_round__leaflet", "delivered_on"
    ).annotate(copies=Sum("copies")):
        by_day[leaflet][day] = copies
    return {
        stock_key(one.pk): PrintedStock(one.name, one.copies, by_day[one.pk])
        for one in leaflets
    }
