"""Where electors vote, by polling district."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import (
    Council,
    Election,
    Organisation,
    PollingDistrict,
    PollingStation,
)


def stations_by_district(
    *, organisation_id: int, election_id: int, council_id: int
) -> dict[str, str]:
    """District code -> name, address and postcode of its station, where known."""
    stations = PollingStation.objects.of(organisation_id).filter(
        election=election_id, council=council_id
    )
    return {
        code: ", ".join(filter(None, (place.name, place.address, place.postcode)))
        for place in stations
        for code in place.district_codes
    }


@dataclass(frozen=True)
class CouncilStations:
    """`without`: codes of districts whose station is not known."""

    council: Council
    stations: list[PollingStation]
    without: list[str]


def stations_of_councils(
    councils: Sequence[Council], *, organisation: Organisation, election: Election
) -> list[CouncilStations]:
    """Two queries."""
    stations: dict[int, list[PollingStation]] = defaultdict(list)
    known = PollingStation.objects.of(organisation).filter(
        election=election, council__in=councils
    )
    for station in known.order_by("name", "pk"):
        stations[station.council_id].append(station)
    codes = _open_codes(councils, organisation)
    return [
        CouncilStations(
            council,
            stations[council.pk],
            sorted(
                codes[council.pk]
                - {c for one in stations[council.pk] for c in one.district_codes}
            ),
        )
        for council in councils
    ]


def _open_codes(
    councils: Sequence[Council], organisation: Organisation
) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    districts = PollingDistrict.objects.of(organisation).filter(
        council__in=councils, until_edition__isnull=True
    )
    for council, code in districts.values_list("council_id", "code"):
        found[council].add(code)
    return found
