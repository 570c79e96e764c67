"""Polling districts to put into a ward by hand, with what speaks for which."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q

from campaigns.models import Campaign, Elector, PollingDistrict, Ward, WardSource

# Below this share of a district's postcodes in one ward, somebody is asked.
DOUBTFUL_SHARE = 0.75


@dataclass(frozen=True)
class DistrictInDoubt:
    """`wards` are those of its council; `electors` are the people it would move."""

    district: PollingDistrict
    electors: int
    wards: list[Ward]


def districts_in_doubt(campaign: Campaign) -> list[DistrictInDoubt]:
    """In no ward first, then by the smallest majority of postcodes. Three queries."""
    districts = list(
        PollingDistrict.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign, until_edition__isnull=True)
        .filter(
            Q(ward__isnull=True)
            | Q(ward_source=WardSource.POSTCODES, ward_share__lt=DOUBTFUL_SHARE)
        )
        .select_related("council", "ward")
        .order_by(F("ward_share").asc(nulls_first=True), "council__name", "code")
    )
    counts = dict(
        Elector.objects.of(campaign.organisation_id)
        .filter(polling_district__in=districts, on_register=True)
        .values_list("polling_district_id")
        .annotate(Count("pk"))
    )
    wards: dict[int, list[Ward]] = defaultdict(list)
    councils = {district.council_id for district in districts}
    for ward in (
        Ward.objects.filter(council__in=councils).defer("boundary").order_by("name")
    ):
        wards[ward.council_id].append(ward)
    return [
        DistrictInDoubt(one, counts.get(one.pk, 0), wards[one.council_id])
        for one in districts
    ]
