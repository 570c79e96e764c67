"""Small invented registers, as each supplier would write them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from campaigns.access import system
from campaigns.actions.register import ImportOutcome
from campaigns.importers.register import import_register
from campaigns.models import Council, Elector, Organisation
from tests.cast import NOW

XPRESS_HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,"
    "Elector DOB,Elector Surname,Elector Forename,PostCode,Address1,Address2,Address3,"
    "Address4,Address5,Address6"
)
SINGLE_NAME_HEADER = XPRESS_HEADER.replace(
    "Elector Surname,Elector Forename", "Elector Name"
)
XPRESS_UPDATE_HEADER = (
    "CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,"
    "PropertyAddress2,PropertyAddress3,PropertyAddress4,PropertyAddress5,"
    "PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,ElectorNumber,"
    "ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,"
    "ElectorChangedMonth,ElectorDeletedMonth,MarkersRegisterText,RecordCount,"
    "RecordTotal,CurrentRegisterMonth"
)
EROS_HEADER = (
    "PD,ENO,Status,Title,First Name,Initials,Surname,Suffix,Date Of Attainment,"
    "Franchise Flag,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,"
    "Address 7,Address 8,Address 9,Postcode"
)
EROS_UPDATE_HEADER = (
    EROS_HEADER.replace("Postcode", "Post Code")
    + ",Register Code,Clerical Error,Opt Out Flag"
)
ELECTOR8_HEADER = (
    "PDCode,RollNo,ElectorTitle,ElectorSurname,ElectorForename,ElectorMiddleName,"
    "IERStatus,DateOfAttainment,FranchiseMarker,RegisteredAddress1,"
    "RegisteredAddress2,RegisteredAddress3,RegisteredAddress4,RegisteredAddress5,"
    "RegisteredAddress6,PostCode,Euro,Parl,County,Ward,SubHouse,House,"
    "MethodOfVerification,ElectorID,UPRN"
)


@dataclass(frozen=True)
class Line:
    """Somebody on a register; `change` is add, amend or delete in an update."""

    number: str
    surname: str
    forename: str
    middle: str = ""
    home: tuple[str, ...] = ("1 Alder Street", "Wolverhampton")
    postcode: str = "WV1 1AA"
    markers: str = ""
    attains: str = ""
    title: str = ""
    prefix: str = "AAA"
    suffix: str = ""
    supplier_id: str = ""
    uprn: str = ""
    change: str = ""

    def now(self, change: str, **facts: object) -> "Line":
        """The same line in an update."""
        return replace(self, change=change, **facts)  # type: ignore[arg-type]


def padded(lines: Sequence[str], length: int) -> list[str]:
    return [*lines, *[""] * (length - len(lines))]


def xpress(line: Line) -> list[str]:
    home = padded([*line.home, line.postcode.replace(" ", "\u00a0")], 6)
    given = f"{line.forename} {line.middle}"
    return [
        *(line.prefix, line.number, line.suffix or "0", line.markers, line.attains),
        *(line.surname, given, line.postcode, *home),
    ]


def single_name(line: Line) -> list[str]:
    row = xpress(line)
    return [*row[:5], f"{line.surname} {row[6]}".strip(), *row[7:]]


def xpress_update(line: Line) -> list[str]:
    months = {"add": "3 0 0", "amend": "0 3 0", "delete": "0 0 3"}[line.change].split()
    number = f"{line.prefix}-{line.number}"
    number += f"/{line.suffix}" if line.suffix else ""
    return [
        *("Council", "00XX", line.prefix, "", *padded(line.home, 5), line.postcode),
        *("", "", number, f"{line.forename} {line.middle}".strip(), line.surname),
        *(line.attains, *months, line.markers, "1", "1", "March"),
    ]


def eros(line: Line) -> list[str]:
    home = padded([part.upper() for part in line.home] + [line.postcode], 9)
    number = f"{line.number}/{line.suffix}" if line.suffix else line.number
    letter = {"": "", "add": "A", "amend": "M", "delete": "D"}[line.change]
    row = [line.prefix, number, letter, line.title, line.forename, line.middle]
    row += [line.surname, "", line.attains, line.markers, *home, line.postcode]
    return [*row, line.prefix, "", ""] if line.change else row


def elector8(line: Line) -> list[str]:
    letter = {"": [], "add": ["N"], "amend": ["A"], "delete": ["D"]}[line.change]
    roll = f"{line.number}.{line.suffix or '000'}"
    return [
        *(*letter, line.prefix, roll, line.title, line.surname.upper(), line.forename),
        *(line.middle, "V", line.attains, line.markers, *padded(line.home, 6)),
        *(line.postcode, "", "", "", "", "", "", "D", line.supplier_id, line.uprn),
    ]


def strand_without_header(line: Line) -> list[str]:
    number = f"{line.number}/{line.suffix}" if line.suffix else line.number
    change = {"": [], "add": ["+Mar"], "amend": ["=Mar"], "delete": ["-Mar"]}
    return [
        *(line.prefix, number, *change[line.change], line.markers, line.attains),
        *(line.surname, f"{line.forename} {line.middle}".strip()),
        *(*padded(line.home, 8), "", "", "Alder Street", "", "", "", "", line.postcode),
    ]


LAYOUTS = {
    "xpress_full": (XPRESS_HEADER, xpress, "cp1252"),
    "xpress_full_single_name": (SINGLE_NAME_HEADER, single_name, "cp1252"),
    "xpress_update": (XPRESS_UPDATE_HEADER, xpress_update, "cp1252"),
    "eros_full": (EROS_HEADER, eros, "utf-8"),
    "eros_update": (EROS_UPDATE_HEADER, eros, "utf-8"),
    "elector8_full": (ELECTOR8_HEADER, elector8, "utf-8-sig"),
    "elector8_update": ("ChangeTypeID," + ELECTOR8_HEADER, elector8, "utf-8-sig"),
    "strand_full_no_header": ("", strand_without_header, "cp1252"),
    "strand_update_no_header": ("", strand_without_header, "cp1252"),
}
UPDATES = {
    "xpress_full": "xpress_update",
    "xpress_full_single_name": "xpress_update",
    "eros_full": "eros_update",
    "elector8_full": "elector8_update",
    "strand_full_no_header": "strand_update_no_header",
}


def written(layout: str, lines: Iterable[Line]) -> bytes:
    """A whole file in a supplier's layout and encoding."""
    header, cells, encoding = LAYOUTS[layout]
    out = io.StringIO()
    writer = csv.writer(out)
    if header:
        writer.writerow(header.split(","))
    writer.writerows(map(cells, lines))
    return out.getvalue().encode(encoding)


class Registrar:
    """Loads invented registers of one council, one after another."""

    def __init__(
        self, folder: Path, organisation: Organisation, council: Council
    ) -> None:
        self.folder, self.organisation, self.council = folder, organisation, council
        self.files = 0

    def load_text(self, content: bytes, **options: object) -> ImportOutcome:
        self.files += 1
        path = self.folder / f"register-{self.files}.csv"
        path.write_bytes(content)
        return import_register(
            path,
            organisation=self.organisation,
            council=self.council,
            by=system(self.organisation),
            at=NOW,
            **options,
        )

    def load(
        self, *lines: Line, layout: str = "xpress_full", **options: object
    ) -> ImportOutcome:
        options.setdefault("published_on", date(2023, 12, 1))
        return self.load_text(written(layout, lines), **options)

    def update(
        self, *lines: Line, layout: str = "xpress_update", **options: object
    ) -> ImportOutcome:
        options.setdefault("published_on", date(2024, 3, 1))
        return self.load_text(written(layout, lines), **options)

    def elector(self, number: str) -> Elector:
        return Elector.objects.get(
            organisation=self.organisation, elector_number=number, on_register=True
        )
