"""Read where people vote from the file that a council's software gives away.

Two suppliers list every home with its station; a third kind of table, as parties keep
it, lists polling districts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.actions.polling_stations import set_stations
from campaigns.importers.layouts.base import numbered, plain_header
from campaigns.importers.station_homes import Home, districts_of_homes
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import Council, Election, Organisation
from campaigns.rules.polling_stations import Place, assign_stations
from campaigns.rules.postcodes import tidy_postcode
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

# What stands for nothing in these files.
BLANK: Final = frozenset(("", "n/a", "#n/a"))


class StationsFileRefused(Refusal):
    """The file does not say who votes where."""


@dataclass(frozen=True, slots=True)
class StationLayout:
    """Headers as `plain_header` has them. `home_postcode` is the first of these that
    holds one; `district` is empty where homes are listed."""

    name: str
    station: str
    address: tuple[str, ...]
    postcode: str = ""
    district: str = ""
    uprn: str = ""
    home_postcode: tuple[str, ...] = ()

    @property
    def signature(self) -> set[str]:
        return {self.station, self.district or self.uprn}


XPRESS: Final = StationLayout(
    "Xpress",
    station="pollingplacename",
    address=numbered("pollingplaceaddress", upto=4),
    postcode="pollingplacepostcode",
    uprn="propertyurn",
    home_postcode=numbered("addressline", upto=6)[::-1],
)
HALAROSE: Final = StationLayout(
    "Halarose Eros",
    station="pollingstationname",
    address=numbered("pollingstationaddress", upto=5),
    uprn="uprn",
    home_postcode=("housepostcode",),
)
BY_DISTRICT: Final = StationLayout(
    "Table of polling districts",
    station="pollingplacename",
    address=("pollingplaceaddress",),
    postcode="pollingplacepostcode",
    district="pollingdistrict",
)
LAYOUTS: Final = (BY_DISTRICT, XPRESS, HALAROSE)


@dataclass(frozen=True)
class StationsRead:
    """How many `districts` have a station; `split` and `untold` name those without."""

    layout: str
    stations: int
    districts: int
    split: Sequence[str]
    untold: Sequence[str]


def import_polling_stations(
    path: Path,
    *,
    organisation: Organisation,
    election: Election,
    council: Council,
    by: "Actor",
    at: datetime,
) -> StationsRead:
    """The stations of a council for one election, in place of those known before.

    Refused: a table of no known layout, or one of which nothing fits our register.
    """
    table = open_table(path, file_facts(path))
    layout, columns = _recognise(table)
    rows = _rows(table, layout, columns)
    if layout.district:
        told = assign_stations((row["district"], _place(row), 1) for row in rows)
    else:
        homes = [_home(row) for row in rows]
        found = districts_of_homes(homes, organisation=organisation, council=council)
        told = assign_stations(found)
    stations, districts, untold = set_stations(
        told.stations,
        organisation=organisation,
        election=election,
        council=council,
        by=by,
        at=at,
    )
    return StationsRead(layout.name, stations, districts, told.split, untold)


def _recognise(table: Table) -> tuple[StationLayout, Mapping[str, int]]:
    columns = {plain_header(text): place for place, text in enumerate(table.header)}
    for layout in LAYOUTS:
        if columns.keys() >= layout.signature:
            return layout, columns
    raise StationsFileRefused(
        "columns",
        "These are not the columns of a file of polling stations: one of Xpress, of"
        " Halarose, or a table with polling_district and polling_place_name.",
    )


def _rows(
    table: Table, layout: StationLayout, columns: Mapping[str, int]
) -> Iterator[dict[str, str]]:
    """Our names for what a row says; rows that name no station are passed over."""
    for _, cells in table.rows():
        said = {
            header: "" if (text := cells[place].strip()).lower() in BLANK else text
            for header, place in columns.items()
            if place < len(cells)
        }
        if name := said.get(layout.station, ""):
            yield {
                "name": name,
                "address": ", ".join(_filled(said, layout.address)),
                "postcode": tidy_postcode(said.get(layout.postcode, "")) or "",
                "district": said.get(layout.district, ""),
                "uprn": said.get(layout.uprn, "").lstrip("0"),
                "home": _postcode(_filled(said, layout.home_postcode)),
            }


def _filled(said: Mapping[str, str], headers: Iterable[str]) -> list[str]:
    return [text for header in headers if (text := said.get(header, ""))]


def _postcode(texts: Iterable[str]) -> str:
    return next(filter(None, map(tidy_postcode, texts)), "")


def _place(row: Mapping[str, str]) -> Place:
    return Place(row["name"][:200], row["address"][:300], row["postcode"])


def _home(row: Mapping[str, str]) -> Home:
    return Home(row["uprn"], row["home"], _place(row))
