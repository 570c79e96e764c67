"""The postal wave: pledges with a postal vote, and who has sent theirs back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from campaigns.access import Actor
from campaigns.models import Campaign, Elector, Ward
from canvassing.models import ElectorStanding, NoContact, VotesBy
from canvassing.reports.elector_search import reachable_electors

BY_POST = (VotesBy.POST, VotesBy.POSTAL_PROXY)
NOT_AT_ALL = NoContact.ALL


@dataclass(frozen=True)
class WardWave:
    """Pledges who vote by post in a ward, and how many say that it is sent."""

    ward: Ward
    pledges: int
    sent: int

    @property
    def to_remind(self) -> int:
        return self.pledges - self.sent


def ward_waves(*, by: Actor, campaign: Campaign) -> list[WardWave]:
    """Wards with such pledges, those with the most still to remind first."""
    counted = (
        _pledges_by_post(by, campaign)
        .order_by()
        .values("ward")
        .annotate(pledges=Count("elector_id"), sent=Count("elector_id", filter=SENT))
    )
    wards = Ward.objects.defer("boundary").in_bulk([row["ward"] for row in counted])
    rows = [
        WardWave(wards[row["ward"]], row["pledges"], row["sent"]) for row in counted
    ]
    return sorted(rows, key=lambda row: (-row.to_remind, row.ward.name))


def to_remind(
    *, by: Actor, campaign: Campaign, ward: Ward
) -> QuerySet[ElectorStanding]:
    """Those of a ward who have not said that it is sent, in walking order. Nobody who
    asked not to be contacted in any way."""
    return (
        _pledges_by_post(by, campaign)
        .filter(ward=ward)
        .exclude(SENT)
        .exclude(no_contact=NOT_AT_ALL)
        .exclude(household_no_contact=NOT_AT_ALL)
        .order_by("polling_district_id", "walk_position", "elector_id")
    )


def postal_voters(electors: Collection[int], *, campaign: Campaign) -> set[int]:
    """Which of these vote by post, somebody who was merged as whoever they are now."""
    named = Elector.objects.of(campaign.organisation_id).filter(pk__in=electors)
    now = dict(named.values_list("pk", Coalesce("merged_into", "pk")))
    by_post = ElectorStanding.objects.of(campaign.organisation_id).filter(
        campaign=campaign, elector__in=now.values(), votes_by__in=BY_POST
    )
    theirs = set(by_post.values_list("elector", flat=True))
    return {given for given, elector in now.items() if elector in theirs}


# Sent as they said, or known to have voted by other means.
SENT = Q(posted=True) | Q(voted_at__isnull=False)


def _pledges_by_post(by: Actor, campaign: Campaign) -> QuerySet[ElectorStanding]:
    return reachable_electors(by=by, campaign=campaign).filter(
        pledged=True, votes_by__in=BY_POST
    )
