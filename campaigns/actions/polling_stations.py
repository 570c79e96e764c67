"""Polling stations of a council for one election, told by a file."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.actions import audit
from campaigns.actions.districts import open_districts
from campaigns.models import Council, Election, Organisation, PollingStation
from campaigns.rules.polling_stations import Place
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class StationsRefused(Refusal):
    """None of the stations is for a district of ours."""


@transaction.atomic
def set_stations(
    stations: Mapping[str, Place],
    *,
    organisation: Organisation,
    election: Election,
    council: Council,
    by: "Actor",
    at: datetime,
) -> tuple[int, int, list[str]]:
    """District code -> its station, in place of all that were known of the council.

    Codes of no district of ours are passed over. Returns how many stations there are,
    how many districts have one, and the codes of those that have none. Refused: where
    no district would have one. Audit: `polling_stations.read`.
    """
    ours = set(open_districts(organisation, council).values_list("code", flat=True))
    if not ours & stations.keys():
        raise StationsRefused(
            "nothing_fits", f"Nothing in it fits a polling district of {council}."
        )
    districts: dict[Place, list[str]] = defaultdict(list)
    for code in sorted(ours & stations.keys()):
        districts[stations[code]].append(code)
    PollingStation.objects.of(organisation).filter(
        election=election, council=council
    ).delete()
    PollingStation.objects.bulk_create(
        PollingStation(
            organisation=organisation,
            council=council,
            election=election,
            name=place.name,
            address=place.address,
            postcode=place.postcode,
            district_codes=codes,
        )
        for place, codes in districts.items()
    )
    audit.record(
        "polling_stations.read",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        target=council,
        election=election.slug,
        stations=len(districts),
    )
    untold = sorted(ours - stations.keys())
    return len(districts), len(ours) - len(untold), untold
