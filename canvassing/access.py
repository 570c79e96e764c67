"""Who reaches which list, letter run and round: by the wards that are on it."""

from django.db.models import QuerySet

from campaigns.access import Actor, wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from canvassing.models import (
    CanvassRound,
    GotvList,
    GotvListWard,
    LeafletRound,
    LetterRun,
)


def lists_for(actor: Actor, *, campaign: Campaign) -> QuerySet[GotvList]:
    """The campaign's lists that hold at least one of the actor's wards."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
    rows = GotvListWard.objects.filter(ward__in=theirs)
    return GotvList.objects.filter(
        organisation=campaign.organisation_id,
        campaign=campaign,
        pk__in=rows.values("gotv_list"),
    ).select_related("job", "campaign")


def wards_of_list(actor: Actor, gotv_list: GotvList) -> QuerySet[GotvListWard]:
    """How each of the actor's wards on a list reconciles, by the wards' names."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=gotv_list.campaign)
    return (
        GotvListWard.objects.filter(gotv_list=gotv_list, ward__in=theirs)
        .select_related("ward__council")
        .defer("ward__boundary")
        .order_by("ward__council__name", "ward__name")
    )


def letter_runs_for(actor: Actor, *, campaign: Campaign) -> QuerySet[LetterRun]:
    """The letter runs of the lists that the actor reaches."""
    return LetterRun.objects.filter(
        organisation=campaign.organisation_id,
        gotv_list__in=lists_for(actor, campaign=campaign),
    ).select_related("gotv_list__campaign__election", "expense", "job")


def rounds_for(
    actor: Actor, *, campaign: Campaign, capability: Capability = Capability.MAKE_LISTS
) -> QuerySet[CanvassRound]:
    """The campaign's rounds in the actor's wards, with those that were cut anew."""
    theirs = wards_for(actor, capability, campaign=campaign)
    return (
        CanvassRound.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__in=theirs)
        .select_related("ward__council", "campaign", "local_round")
        .defer("ward__boundary")
    )


def leaflet_rounds_for(actor: Actor, *, campaign: Campaign) -> QuerySet[LeafletRound]:
    """The campaign's leaflet rounds in the actor's wards."""
    theirs = wards_for(actor, Capability.MAKE_LISTS, campaign=campaign)
    return (
        LeafletRound.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__in=theirs)
        .select_related("leaflet", "campaign", "ward", "deliverer", "local_round")
        .defer("ward__boundary")
    )
