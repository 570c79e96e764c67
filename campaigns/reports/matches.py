"""Uncertain matches with their evidence side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from campaigns.models import (
    Campaign,
    Elector,
    ElectorMerge,
    MatchProposal,
    ProposalState,
)


@dataclass(frozen=True)
class Fact:
    """One thing the register says of each of the two, and whether it is the same."""

    label: str
    older: str
    newer: str

    @property
    def is_same(self) -> bool:
        return self.older == self.newer


def proposals_of(campaign: Campaign) -> QuerySet[MatchProposal]:
    """Of the councils it fights in, decided or not."""
    return (
        MatchProposal.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign)
        .select_related(
            "council",
            "edition",
            "older__address",
            "older__polling_district",
            "newer__address",
            "newer__polling_district",
        )
    )


def proposals_waiting(campaign: Campaign) -> QuerySet[MatchProposal]:
    """Likeliest first."""
    return (
        proposals_of(campaign)
        .filter(state=ProposalState.OPEN)
        .order_by("-score", "newer_id", "pk")
    )


def merges_made(campaign: Campaign) -> QuerySet[ElectorMerge]:
    """Decisions for "the same", newest first: each can be undone."""
    return (
        ElectorMerge.objects.of(campaign.organisation_id)
        .filter(proposal__council__campaign=campaign, undone_at__isnull=True)
        .select_related("kept", "tombstone", "proposal")
        .order_by("-merged_at", "-pk")
    )


def side_by_side(proposal: MatchProposal) -> list[Fact]:
    pairs: Iterable[tuple[str, str, str]] = zip(
        ("Name", "Address", "Elector number", "District", "Markers", "Turns 18"),
        _facts(proposal.older),
        _facts(proposal.newer),
        strict=True,
    )
    return [Fact(*pair) for pair in pairs]


def _facts(elector: Elector) -> tuple[str, ...]:
    attains = f"{elector.attains_on:%-d %B %Y}" if elector.attains_on else "–"
    return (
        elector.full_name,
        str(elector.address or "no address"),
        elector.elector_number,
        str(elector.polling_district or "–"),
        elector.markers or "–",
        attains,
    )
