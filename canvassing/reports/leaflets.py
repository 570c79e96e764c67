"""Leaflets: the stock of each, its rounds, and the copies delivered by day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    Count,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from campaigns.models import Campaign
from canvassing.models import Leaflet, LeafletDelivery, LeafletRound, LeafletStreet


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


def copies_by_day(leaflet: Leaflet) -> list[tuple[date, int]]:
    """The copies delivered on each day on which there were any, the latest first."""
    rows = _delivered(leaflet_street__leaflet_round__leaflet=leaflet)
    days = rows.order_by().values_list("delivered_on").annotate(Sum("copies"))
    return sorted(days, reverse=True)


def leaflets_used(campaign: Campaign, first: date, last: date) -> Decimal:
    """Copies delivered from the first day to the last, both included: what counts as
    used in that span, whenever it was printed and paid."""
    rows = LeafletDelivery.objects.of(campaign.organisation_id).filter(
        campaign=campaign,
        withdrawn_at__isnull=True,
        delivered_on__gte=first,
        delivered_on__lte=last,
    )
    return Decimal(_sum(rows, "copies"))
