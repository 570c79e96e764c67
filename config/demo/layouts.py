"""How each supplier's software prints a register: invented people in real columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.demo.people import Person

ADD, AMEND, DELETE = "add", "amend", "delete"
XPRESS_MONTHS = {ADD: (3, 0, 0), AMEND: (0, 3, 0), DELETE: (0, 0, 3)}
EROS_LETTERS = {"": "", ADD: "A", AMEND: "M", DELETE: "D"}
ELECTOR8_LETTERS = {ADD: "N", AMEND: "A", DELETE: "D"}

Cells = Callable[[Person, str, str], Sequence[object]]


@dataclass(frozen=True)
class Layout:
    """`cells(person, change, postcode)` is one line; `update` names the layout of
    the supplier's monthly file."""

    header: str
    encoding: str
    cells: Cells
    update: str = ""
    preamble: str = ""
    quote_all: bool = False


def spread(lines: list[str], columns: int) -> list[str]:
    return lines + [""] * (columns - len(lines))


def address(person: Person) -> list[str]:
    if person.home:
        return person.home.lines()
    return ["OTHER ELECTORS"] if "F" in person.markers else []


def british(iso: str) -> str:
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" if iso else ""


def xpress(person: Person, name: Sequence[str], postcode: str) -> list[object]:
    lines = address(person)
    if postcode:
        lines.append(postcode.replace(" ", "\u00a0"))
    return [
        person.district,
        person.number,
        person.suffix,
        person.markers,
        british(person.attains),
        *name,
        postcode,
        *spread(lines, 6),
    ]


def xpress14(person: Person, change: str, postcode: str) -> list[object]:
    given = f"{person.given} " if person.middle else person.given
    return xpress(person, (person.surname, given), postcode)


def xpress13(person: Person, change: str, postcode: str) -> list[object]:
    return xpress(person, (f"{person.surname} {person.given}".strip(),), postcode)


def xpress_update(person: Person, change: str, postcode: str) -> list[object]:
    home = person.home
    return [
        "Council",
        "00XX",
        person.district,
        home.street if home else "",
        *spread(address(person), 5),
        postcode,
        home.flat if home else "",
        home.number if home else "",
        person.ref,
        person.given,
        person.surname,
        british(person.attains),
        *XPRESS_MONTHS[change],
        person.markers,
        1,
        1,
        "March",
    ]


def eros(person: Person, change: str, postcode: str) -> list[object]:
    lines = [line.upper() for line in address(person)]
    if postcode:
        lines.append(postcode)
    return [
        person.district,
        f"{person.number}/{person.suffix}" if person.suffix else person.number,
        EROS_LETTERS[change],
        person.title,
        person.forename,
        person.middle[:1],
        person.surname,
        "",
        british(person.attains),
        person.markers,
        *spread(lines, 9),
        postcode,
    ]


def eros_update(person: Person, change: str, postcode: str) -> list[object]:
    return [*eros(person, change, postcode), person.district, "", ""]


def elector8(person: Person, change: str, postcode: str) -> list[object]:
    home = person.home
    return [
        person.district,
        f"{person.number}.{person.suffix or '000'}",
        person.title,
        person.surname.upper(),
        person.forename,
        person.middle,
        "V",
        british(person.attains),
        person.markers,
        *spread(address(person), 6),
        postcode,
        "WEST MIDLANDS",
        "",
        "",
        "",
        home.flat if home else "",
        home.number if home else "",
        "D",
        f"E{person.id}",
        home.uprn if home else "",
    ]


def elector8_update(person: Person, change: str, postcode: str) -> list[object]:
    return [ELECTOR8_LETTERS[change], *elector8(person, change, postcode)]


XPRESS_START = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,"
    "Elector DOB"
)
XPRESS_END = "PostCode,Address1,Address2,Address3,Address4,Address5,Address6"
XPRESS_UPDATE = (
    "CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,"
    "PropertyAddress2,PropertyAddress3,PropertyAddress4,PropertyAddress5,"
    "PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,ElectorNumber,"
    "ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,"
    "ElectorChangedMonth,ElectorDeletedMonth,MarkersRegisterText,RecordCount,"
    "RecordTotal,CurrentRegisterMonth"
)
EROS_START = (
    "PD,ENO,Status,Title,First Name,Initials,Surname,Suffix,Date Of Attainment,"
    "Franchise Flag,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,"
    "Address 7,Address 8,Address 9"
)
ELECTOR8 = (
    "PDCode,RollNo,ElectorTitle,ElectorSurname,ElectorForename,ElectorMiddleName,"
    "IERStatus,DateOfAttainment,FranchiseMarker,RegisteredAddress1,"
    "RegisteredAddress2,RegisteredAddress3,RegisteredAddress4,RegisteredAddress5,"
    "RegisteredAddress6,PostCode,Euro,Parl,County,Ward,SubHouse,House,"
    "MethodOfVerification,ElectorID,UPRN"
)

LAYOUTS = {
    "xpress14": Layout(
        f"{XPRESS_START},Elector Surname,Elector Forename,{XPRESS_END}",
        "cp1252",
        xpress14,
        update="xpress-update",
    ),
    "xpress13": Layout(
        f"{XPRESS_START},Elector Name,{XPRESS_END}",
        "cp1252",
        xpress13,
        update="xpress-update",
    ),
    "xpress-update": Layout(
        XPRESS_UPDATE,
        "cp1252",
        xpress_update,
        quote_all=True,
    ),
    "eros": Layout(f"{EROS_START},Postcode", "utf-8", eros, update="eros-update"),
    "eros-update": Layout(
        f"{EROS_START},Post Code,Register Code,Clerical Error,Opt Out Flag",
        "utf-8",
        eros_update,
        preamble="Ref: ALL\r\nMonthly Additions Amendments Deletions March 2024\r\n",
    ),
    "elector8": Layout(ELECTOR8, "utf-8-sig", elector8, update="elector8-update"),
    "elector8-update": Layout(f"ChangeTypeID,{ELECTOR8}", "utf-8-sig", elector8_update),
}
