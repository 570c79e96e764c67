"""The rounds of a campaign: by ward, and how far each has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import (
    Case,
    Count,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from campaigns.access import Actor, wards_for
from campaigns.models import Campaign, Ward
from campaigns.roles import Capability
from canvassing.models import CanvassRound, RoundIssue
from canvassing.reports.whom_to_see import SINCE_CUT, parameters_of, to_see_of_round

PROGRESS: Final = """
SELECT r.id, count(s.elector_id), count(DISTINCT s.address_id),
       count(*) FILTER (WHERE {to_see}),
       count(*) FILTER (WHERE s.last_contact_at >= {since}),
       count(*) FILTER (WHERE s.last_spoken_at IS NOT NULL)
FROM canvassing_canvassround r
JOIN canvassing_rounddoor d
  ON d.organisation_id = r.organisation_id AND d.round_id = r.id
LEFT JOIN canvassing_electorstanding s
  ON s.organisation_id = r.organisation_id AND s.campaign_id = r.campaign_id
 AND s.ward_id = r.ward_id AND s.address_id = d.address_id
 AND s.is_current AND NOT s.is_anonymous
WHERE r.organisation_id = %(organisation)s AND r.campaign_id = %(campaign)s
  AND r.id = ANY(%(rounds)s)
GROUP BY r.id
"""
PLACES: Final = """
SELECT d.round_id, a.latitude, a.longitude
FROM canvassing_rounddoor d
JOIN campaigns_address a ON a.id = d.address_id
WHERE d.organisation_id = %(organisation)s AND d.round_id = ANY(%(rounds)s)
  AND a.latitude IS NOT NULL
ORDER BY d.round_id, d.position
"""


@dataclass(frozen=True)
class WardRounds:
    """A ward with its live rounds and their doors, and how many of them are out."""

    ward: Ward
    rounds: int
    doors: int
    out: int
    cut_at: datetime | None

    @property
    def inside(self) -> int:
        """How many may be sent out."""
        return self.rounds - self.out


@dataclass(frozen=True)
class RoundProgress:
    """A round by its electors now: at `homes` doors live `electors`; of these, whom it
    is `to_see`, who was `called_on` since its day, and who was ever spoken to.

    `issue` is what nobody has closed yet: the round `is_out` until its time is over.
    """

    round: CanvassRound
    number: int
    issue: RoundIssue | None
    is_out: bool
    electors: int = 0
    homes: int = 0
    to_see: int = 0
    called_on: int = 0
    spoken_to: int = 0


@dataclass(frozen=True)
class Sorted:
    """A ward's rounds by what there is to do, each kind in the order of the walk: those
    that `went_out` and are not back, those with somebody `to_see`, and the others."""

    went_out: list[RoundProgress]
    to_see: list[RoundProgress]
    done: list[RoundProgress]


@dataclass(frozen=True)
class DotGroup:
    """Doors of one colour on a map: latitude and longitude of each, and what they are
    called, labelled and lead to."""

    kind: str
    words: str
    places: Sequence[tuple[float, float]]
    label: str = ""
    url: str = ""


def wards_with_rounds(
    *, by: Actor, campaign: Campaign, at: datetime
) -> list[WardRounds]:
    """Every ward in reach by council and name, those with rounds before the others;
    a round whose time is over is out no more."""
    live = Q(canvassround__campaign=campaign, canvassround__retired_at__isnull=True)
    out = (
        RoundIssue.objects.filter(
            campaign=campaign,
            closed_at__isnull=True,
            expires_at__gt=at,
            round__ward=OuterRef("pk"),
        )
        .order_by()
        .values("round__ward")
        .annotate(number=Count("pk"))
        .values("number")
    )
    wards = (
        wards_for(by, Capability.MAKE_LISTS, campaign=campaign)
        .select_related("council")
        .defer("boundary")
        .annotate(
            number=Count("canvassround", filter=live),
            number_of_doors=Coalesce(Sum("canvassround__doors", filter=live), 0),
            cut_at=Max("canvassround__made_at", filter=live),
            out=Coalesce(Subquery(out), 0),
        )
        .order_by(Case(When(number=0, then=1), default=0), "council__name", "name")
    )
    return [
        WardRounds(
            ward,
            ward.number,
            ward.number_of_doors,
            ward.out,
            ward.cut_at,
        )
        for ward in wards
    ]


def live_rounds(campaign: Campaign, ward: Ward) -> QuerySet[CanvassRound]:
    """In the order in which they were cut: local rounds, then along the walk."""
    rounds = CanvassRound.objects.of(campaign.organisation_id).filter(
        campaign=campaign, ward=ward, retired_at__isnull=True
    )
    return rounds.select_related("local_round").order_by("pk")


def progress_of(
    campaign: Campaign, rounds: Sequence[CanvassRound], *, at: datetime
) -> list[RoundProgress]:
    """In the order given, numbered as on the map; two queries."""
    out = RoundIssue.objects.of(campaign.organisation_id).filter(
        round__in=rounds, closed_at__isnull=True
    )
    issues = {one.round_id: one for one in out.select_related("volunteer", "team")}
    query = PROGRESS.format(to_see=to_see_of_round(), since=SINCE_CUT)
    figures = {pk: rest for pk, *rest in _run(query, campaign, rounds)}
    return [
        RoundProgress(
            one,
            number,
            issue := issues.get(one.pk),
            issue is not None and issue.is_out(at),
            *figures.get(one.pk, ()),
        )
        for number, one in enumerate(rounds, start=1)
    ]


def sorted_by_need(rows: Iterable[RoundProgress]) -> Sorted:
    found = Sorted([], [], [])
    for row in rows:
        inside = found.to_see if row.to_see else found.done
        (found.went_out if row.issue else inside).append(row)
    return found


def places_of(
    campaign: Campaign, rounds: Sequence[CanvassRound]
) -> dict[int, list[tuple[float, float]]]:
    """By round, latitude and longitude of the doors whose place is known."""
    found: dict[int, list[tuple[float, float]]] = {}
    for pk, latitude, longitude in _run(PLACES, campaign, rounds):
        found.setdefault(pk, []).append((latitude, longitude))
    return found


def _run(
    query: str, campaign: Campaign, rounds: Sequence[CanvassRound]
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            query, parameters_of(campaign) | {"rounds": [one.pk for one in rounds]}
        )
        return list(cursor.fetchall())
