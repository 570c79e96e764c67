"""The seven councils and 192 wards of the demo, and how many electors each gets."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

SHOWN_WHOLE = ("E05001265", "E05011165")  # Friar Park and Shard End
SHOWN_IN_PART = "E05001305"  # Blakenall


@dataclass(frozen=True)
class Council:
    """A council of the region, with what is invented about its register.

    `area` is a postcode area that Royal Mail does not use, one for each council.
    `district_style` is how it writes the code of a polling district.
    """

    gss: str
    name: str
    layout: str
    area: str
    district_style: str
    communities: Mapping[str, int]

    @property
    def slug(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Ward:
    """A real ward; `electorate` is a rough estimate, the point is in degrees."""

    gss: str
    name: str
    council: str
    councillors: int
    electorate: int
    lat: float
    lon: float


COUNCILS = (
    Council(
        "E08000025", "Birmingham", "eros", "BM", "{ward}{letter}",
        {"english": 55, "pakistani": 19, "indian": 9, "bangladeshi": 4, "irish": 4,
         "caribbean": 4, "nigerian": 2, "polish": 2, "romanian": 1},
    ),
    Council(
        "E08000026", "Coventry", "xpress14", "CY", "{ward}{number}",
        {"english": 67, "indian": 12, "pakistani": 5, "irish": 5, "polish": 5,
         "nigerian": 4, "romanian": 2},
    ),
    Council(
        "E08000027", "Dudley", "xpress13", "DU", "{ward}{number}",
        {"english": 86, "pakistani": 5, "indian": 3, "welsh": 3, "polish": 2,
         "caribbean": 1},
    ),
    Council(
        "E08000028", "Sandwell", "xpress14", "SD", "{ward}{letter}",
        {"english": 63, "indian": 16, "pakistani": 7, "caribbean": 5, "polish": 5,
         "nigerian": 2, "bangladeshi": 2},
    ),
    Council(
        "E08000029", "Solihull", "xpress14", "SU", "{ward}-{number}/{half}",
        {"english": 82, "irish": 6, "indian": 6, "pakistani": 3, "welsh": 2,
         "polish": 1},
    ),
    Council(
        "E08000030", "Walsall", "elector8", "WL", "{ward}{number}/{letter}",
        {"english": 76, "pakistani": 8, "indian": 8, "bangladeshi": 3, "polish": 3,
         "caribbean": 2},
    ),
    Council(
        "E08000031", "Wolverhampton", "xpress14", "WP", "{ward}-{letter}",
        {"english": 64, "indian": 19, "caribbean": 5, "polish": 4, "pakistani": 3,
         "nigerian": 2, "romanian": 2, "welsh": 1},
    ),
)  # fmt: skip


@cache
def wards() -> tuple[Ward, ...]:
    """All wards, by council and name."""
    with Path(__file__).with_name("wards.csv").open(encoding="utf-8") as lines:
        return tuple(
            Ward(
                row["ward_gss"],
                row["ward_name"],
                row["lad_gss"],
                int(row["councillors"]),
                int(row["electorate_est"]),
                float(row["label_lat"]),
                float(row["label_lon"]),
            )
            for row in csv.DictReader(lines)
        )


def wards_of(council: Council) -> list[Ward]:
    return [ward for ward in wards() if ward.council == council.gss]


def electors_by_ward(electors: int) -> dict[str, int]:
    """Share `electors` out over the wards: ward GSS code -> electors, exact in all.

    Two wards are full before the others, one has a tenth, and the rest share
    what is left by size; with the whole electorate every ward has its own.
    """
    shown = dict.fromkeys(SHOWN_WHOLE, 0.33) | {SHOWN_IN_PART: 0.1}
    sizes = {ward.gss: ward.electorate for ward in wards()}
    shares = {
        gss: min(sizes.pop(gss), round(electors * part)) for gss, part in shown.items()
    }
    left, all_left = electors - sum(shares.values()), sum(sizes.values())
    passed = 0
    for gss, size in sizes.items():
        shares[gss] = (passed + size) * left // all_left - passed * left // all_left
        passed += size
    return shares


@cache
def reach(ward: Ward) -> float:
    """Half the distance to the nearest other ward's point, in degrees of latitude."""
    squeeze = cos(radians(ward.lat))
    return min(
        hypot(other.lat - ward.lat, (other.lon - ward.lon) * squeeze) / 2
        for other in wards()
        if other is not ward
    )
