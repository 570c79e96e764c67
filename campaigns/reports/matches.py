"""Uncertain matches with their evidence side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from campaigns.access import Actor
from campaigns.models import (
    Campaign,
    Elector,
    ElectorMerge,
    MatchProposal,
    ProposalState,
    RegisterEdition,
    RegisterEntry,
)
from campaigns.roles import Capability


@dataclass(frozen=True)
class Fact:
    """One thing the register says of each of the two, and whether it is the same."""

    label: str
    older: str
    newer: str

    @property
    def is_same(self) -> bool:
        return self.older == self.newer


def proposals_of(campaign: Campaign, *, by: Actor) -> QuerySet[MatchProposal]:
    """In its councils, decided or not, where the copies that serve it say all that is
    shown of the two: nobody learns here what another candidate's copy says.

    Those of a hidden person are for whoever may hide one.
    """
    others = _copies_of_others(campaign)
    proposals = (
        MatchProposal.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign)
        .alias(older_copy=_copy_of("older"), newer_copy=_copy_of("newer"))
        .exclude(edition__in=others)
        .exclude(older_copy__in=others)
        .exclude(newer_copy__in=others)
        .select_related(
            "council",
            "edition",
            "older__address",
            "older__polling_district",
            "newer__address",
            "newer__polling_district",
        )
    )
    if by.can(
        Capability.ERASE_ELECTORS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        return proposals
    return proposals.filter(
        older__hidden_at__isnull=True, newer__hidden_at__isnull=True
    )


def _copies_of_others(campaign: Campaign) -> QuerySet[RegisterEdition]:
    copies = RegisterEdition.objects.of(campaign.organisation_id)
    return copies.filter(campaign__isnull=False).exclude(campaign=campaign)


def _copy_of(elector: str) -> Coalesce:
    """The copy that an elector's facts are from: that of the entry opened last; 0 of
    one who has no entry left."""
    entries = RegisterEntry.objects.filter(
        organisation=OuterRef("organisation"), elector=OuterRef(elector)
    )
    last = Subquery(entries.order_by("-pk").values("from_edition")[:1])
    return Coalesce(last, 0, output_field=BigIntegerField())


def proposals_waiting(campaign: Campaign, *, by: Actor) -> QuerySet[MatchProposal]:
    """Likeliest first."""
    return (
        proposals_of(campaign, by=by)
        .filter(state=ProposalState.OPEN)
        .order_by("-score", "newer_id", "pk")
    )


def merges_made(campaign: Campaign, *, by: Actor) -> QuerySet[ElectorMerge]:
    """Decisions for "the same" that can be undone, newest first.

    None where another candidate's copy has told something of the person.
    """
    told_by_others = RegisterEntry.objects.of(campaign.organisation_id).filter(
        from_edition__in=_copies_of_others(campaign)
    )
    return (
        ElectorMerge.objects.of(campaign.organisation_id)
        .filter(proposal__in=proposals_of(campaign, by=by), undone_at__isnull=True)
        .exclude(before={})
        .exclude(kept__in=told_by_others.values("elector"))
        .select_related("kept", "proposal")
        .order_by("-merged_at", "-pk")
    )


def side_by_side(proposal: MatchProposal) -> list[Fact]:
    pairs: Iterable[tuple[str, str, str]] = zip(
        ("Name", "Address", "Elector number", "District", "Markers", "Turns 18"),
        _facts(proposal.older),
        _facts(proposal.newer),
        strict=True,
    )
    return [Fact(*pair) for pair in pairs if pair[1:] != ("–", "–")]


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
