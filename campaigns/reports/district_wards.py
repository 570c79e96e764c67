"""Polling districts to put into a ward by hand, with what speaks for which."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from campaigns.models import Campaign, Elector, PollingDistrict, Ward, WardSource

# Below this share of a district's postcodes in one ward, somebody is asked.
DOUBTFUL_SHARE = 0.75
MOST_FOUND = 50


@dataclass(frozen=True)
class DistrictToPlace:
    """`wards` are those of its council; `electors` are the people it would move."""

    district: PollingDistrict
    electors: int
    wards: list[Ward]


def districts_of(campaign: Campaign) -> QuerySet[PollingDistrict]:
    """In force now: in no ward first, then by the smallest majority of postcodes."""
    return (
        PollingDistrict.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign, until_edition__isnull=True)
        .select_related("council", "ward")
        .order_by(F("ward_share").asc(nulls_first=True), "council__name", "code")
    )


def districts_in_doubt(campaign: Campaign) -> list[DistrictToPlace]:
    """In no ward, or in one by a small majority of postcodes. Three queries."""
    return _to_place(
        districts_of(campaign).filter(
            Q(ward__isnull=True)
            | Q(ward_source=WardSource.POSTCODES, ward_share__lt=DOUBTFUL_SHARE)
        )
    )


def districts_named(campaign: Campaign, code: str) -> list[DistrictToPlace]:
    """Whose code begins so, wherever they are, to be put right. Three queries."""
    found = districts_of(campaign).filter(code__istartswith=code)
    return _to_place(found.order_by("code", "council__name")[:MOST_FOUND])


def _to_place(found: QuerySet[PollingDistrict]) -> list[DistrictToPlace]:
    districts = list(found)
    counts = dict(
        Elector.objects.filter(
            organisation__in={one.organisation_id for one in districts},
            polling_district__in=districts,
            on_register=True,
        )
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
        DistrictToPlace(one, counts.get(one.pk, 0), wards[one.council_id])
        for one in districts
    ]
