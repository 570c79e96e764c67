"""Second preferences, in elections that ask for them."""

from django.db.models import Count

from campaigns.models import Campaign, Candidate
from campaigns.reports.kept_counts import LARGE, Wards, kept
from canvassing.models import ElectorStanding
from canvassing.reports.progress import within


def second_preferences(
    campaign: Campaign, wards: Wards, *, electors: int
) -> list[tuple[Candidate, int]] | None:
    """Each candidate, and how many electors name them second; ours first. Two queries.

    Null where the election asks for none. Of a large campaign, by its number of
    `electors`, the counts of the whole may be half a minute old.
    """
    if not campaign.asks_second_preference:
        return None
    counts = kept(
        f"second-preferences:{campaign.pk}",
        lambda: _counted(campaign, wards),
        wards=wards,
        when=lambda _: electors >= LARGE,
    )
    stand = campaign.candidates.order_by("-is_ours", "position", "pk")
    return [(candidate, counts.get(candidate.pk, 0)) for candidate in stand]


def _counted(campaign: Campaign, wards: Wards) -> dict[int, int]:
    rows = (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(within(wards), campaign=campaign, is_current=True)
        .filter(second_preference__isnull=False)
        .values_list("second_preference_id")
        .annotate(electors=Count("elector_id"))
        .order_by()
    )
    return dict(rows)
