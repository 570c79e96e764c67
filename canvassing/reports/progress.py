"""How far a campaign has come, ward by ward."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from campaigns.access import Actor, wards_for
from campaigns.models import Campaign, Council, Ward, WardTarget
from campaigns.reports.kept_counts import LARGE, Wards, kept
from campaigns.roles import Capability
from canvassing.models import ElectorStanding, Eligible

COUNTS: dict[str, Count] = {
    "electors": Count("elector_id"),
    "spoken_to": Count("last_spoken_at"),
    "pledges": Count("elector_id", filter=Q(pledged=True)),
    "voted": Count("voted_at"),
    "pledges_voted": Count("voted_at", filter=Q(pledged=True)),
    "to_check": Count("elector_id", filter=Q(eligible=Eligible.CHECK)),
}


@dataclass(frozen=True)
class WardProgress:
    """One ward: all in electors. `target` is null where none was set."""

    ward: Ward
    electors: int
    spoken_to: int
    pledges: int
    voted: int
    pledges_voted: int
    to_check: int
    target: int | None

    @property
    def pledges_open(self) -> int:
        """Pledges not known to have voted."""
        return self.pledges - self.pledges_voted

    @property
    def behind(self) -> int:
        """Pledges still wanted."""
        return max((self.target or 0) - self.pledges, 0)

    @property
    def share(self) -> float | None:
        """Pledges for each one wanted, at most 1; null where there is no target."""
        return min(self.pledges / self.target, 1.0) if self.target else None


@dataclass(frozen=True)
class Totals:
    """All wards together, in electors; `target` adds up the wards' own."""

    electors: int
    spoken_to: int
    pledges: int
    voted: int
    pledges_voted: int
    to_check: int
    target: int

    @property
    def pledges_open(self) -> int:
        return self.pledges - self.pledges_voted


def ward_progress(
    *, by: Actor, campaign: Campaign, with_boundaries: bool = False
) -> list[WardProgress]:
    """Every ward of the campaign that the actor may see, by council and name.

    Three queries, one of which reads each standing of the campaign once; the counts of
    a large campaign may be half a minute old.
    """
    wards = wards_for(by, Capability.SEE_CAMPAIGN, campaign=campaign)
    if not with_boundaries:
        wards = wards.defer("boundary")
    counts = _counts(campaign)
    targets = dict(
        WardTarget.objects.filter(campaign=campaign).values_list("ward_id", "pledges")
    )
    return [
        WardProgress(
            ward=ward,
            **{name: counts.get(ward.pk, {}).get(name, 0) for name in COUNTS},
            target=targets.get(ward.pk),
        )
        for ward in wards.select_related("council").order_by("council__name", "name")
    ]


def _counts(campaign: Campaign) -> dict[int, Mapping[str, Any]]:
    """By ward."""

    def is_large(counts: dict[int, Mapping[str, Any]]) -> bool:
        electors: int = sum(row["electors"] for row in counts.values())
        return electors >= LARGE

    return kept(
        f"ward-counts:{campaign.pk}",
        lambda: {row["ward_id"]: row for row in _counted(campaign)},
        when=is_large,
    )


def within(wards: Wards) -> Q:
    return Q() if wards is None else Q(ward__in=wards)


def _counted(campaign: Campaign) -> Iterable[Mapping[str, Any]]:
    return (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, is_current=True)
        .values("ward_id")
        .annotate(**COUNTS)
        .order_by()
    )


def totals(wards: Iterable[WardProgress]) -> Totals:
    rows = list(wards)
    return Totals(
        electors=sum(row.electors for row in rows),
        spoken_to=sum(row.spoken_to for row in rows),
        pledges=sum(row.pledges for row in rows),
        voted=sum(row.voted for row in rows),
        pledges_voted=sum(row.pledges_voted for row in rows),
        to_check=sum(row.to_check for row in rows),
        target=sum(row.target or 0 for row in rows),
    )


def by_council(wards: Iterable[WardProgress]) -> list[tuple[Council, Totals]]:
    """The wards of each council together, in the order of `wards`."""
    grouped: dict[Council, list[WardProgress]] = {}
    for row in wards:
        grouped.setdefault(row.ward.council, []).append(row)
    return [(council, totals(rows)) for council, rows in grouped.items()]


def furthest_behind(wards: Iterable[WardProgress], most: int = 8) -> list[WardProgress]:
    """The wards that lack the most pledges; of equals, those with the lower share."""
    short = [row for row in wards if row.behind]
    return sorted(short, key=lambda row: (-row.behind, row.share or 0))[:most]


def most_still_to_vote(
    wards: Iterable[WardProgress], most: int = 8
) -> list[WardProgress]:
    """The wards with the most pledges who are not known to have voted."""
    waiting = [row for row in wards if row.pledges_open]
    return sorted(waiting, key=lambda row: -row.pledges_open)[:most]
