"""One row of another tool's file of contacts, read as far as it can be understood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from campaigns.rules.addresses import parse_address
from campaigns.rules.elector_numbers import (
    ElectorNumber,
    NumberRefused,
    parse_elector_number,
    parse_roll,
)
from campaigns.rules.names import name_key, split_given
from campaigns.rules.postcodes import tidy_postcode
from campaigns.rules.refusals import Refusal

UK = ZoneInfo("Europe/London")
# A day without an hour was some time of that day.
MIDDAY = time(12)

# What other tools call each column, in plain letters.
WHO = {
    "number": ("electornumber", "electorno", "fullelectorno", "voternumber", "rollno"),
    "number_prefix": ("electornumberprefix", "electornoprefix", "pd"),
    "number_suffix": ("electornumbersuffix", "electornosuffix"),
    "surname": ("surname", "lastname", "electorsurname"),
    "forename": ("forename", "firstname", "electorforename"),
    "middle_names": ("middlenames", "middlename"),
    "name": ("name", "electorname", "fullname"),
    "address": ("address", "registeredaddress", "roadaddress"),
    **{f"address{n}": (f"address{n}",) for n in range(1, 10)},
    "postcode": ("postcode", "pcode"),
}
COLUMNS = {
    **WHO,
    "outcome": ("outcome", "result", "response"),
    "intention": ("intention", "votingintention", "code", "vi", "gvi"),
    "pledge": ("pledge", "pledged", "promise"),
    "second_preference": ("secondpreference", "2ndpreference"),
    "voted_last_time": ("votedlasttime", "lastvote", "usualparty"),
    "said_at": ("saidat", "date", "datecontacted", "contactedon", "datelastknocked"),
    "uuid": ("uuid", "contactuuid"),
    "note": ("note", "notes", "comments"),
    "consent_wording": ("consentwording", "consentwords"),
    "consented_at": ("consentedat", "consentedon", "consentdate"),
}
# Why a row is held, by code: because of whom it names, or as it cannot be read. They
# quote nothing of it.
ROW_REASONS = {
    "number_unknown": "No elector has this number in that register.",
    "name_differs": "The elector with this number has another name.",
    "nobody_there": "Nobody of this name is registered at this address.",
    "several_there": "Several people of this name are registered at this address.",
    "nobody_in_postcode": "Nobody of this name is registered in this postcode.",
    "several_in_postcode": (
        "Several people of this name are registered in this postcode: add the street."
    ),
    "nobody_named": "It names nobody: no number, or name and address.",
    "number": "Its elector number cannot be read.",
    "pledge": "Its pledge is neither yes nor no.",
    "said_at": "Its date is not a day such as 2024-04-20.",
    "uuid": "Its id is not a UUID.",
    "consent": "Its consent lacks the words agreed to, or the day.",
}
YES = frozenset(("yes", "y", "true", "1", "pledged", "pledge", "promised"))
NO = frozenset(("no", "n", "false", "0", "withdrawn"))
UNKNOWN = frozenset(("", "none", "unknown", "-"))
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](.+))?\Z")


class RowRefused(Refusal):
    """The row cannot be understood; the sentence says which part of it."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a row names: by elector number, or by name and address; where both are
    there, both must fit. `postcode` stands alone, where no street is told."""

    number: ElectorNumber | None
    name_key: str
    address_key: str
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """What one row says. Codes are still those of the other tool.

    Who it is about is told by `number`, or by `name_key` with `address_key`; where both
    are there, both must fit. `text` is the row as it stands in the file, `content` its
    cells by our names. A row that brings no id is known by its text.
    """

    line: int
    text: str
    content: str
    uuid: UUID
    brings_id: bool
    number: ElectorNumber | None
    name_key: str
    address_key: str
    outcome: str
    intention: str
    pledge: bool | None
    second_preference: str
    voted_last_time: str
    said_at: datetime
    note: str
    # That we keep what they think, in words of the other tool's; both or neither.
    consent_wording: str = ""
    consented_at: datetime | None = None


def may_be(said: str, known: str) -> bool:
    """Whether the name in a file may be that of the register, both as name keys.

    The surname is the same, and the forename too, or one of them is an initial of the
    other; a name that is not given contradicts nothing. `MARSH I` may be `MARSH IVY
    ANN`; `MARSH TOM`, who may have her number now, is not.
    """
    surname, _, given = said.partition(" ")
    known_surname, _, known_given = known.partition(" ")
    if not surname:
        return True
    first, known_first = given.partition(" ")[0], known_given.partition(" ")[0]
    shorter, longer = sorted((first, known_first), key=len)
    is_initial = len(shorter) <= 1 and longer.startswith(shorter)
    return surname == known_surname and (first == known_first or is_initial)


def plain(header: str) -> str:
    """`Elector No. Prefix` -> `electornoprefix`."""
    return "".join(c for c in header.casefold() if c.isalnum())


def made_id(source: str, text: str) -> UUID:
    """The id of a row that brings none: the same each time the file is read, whatever
    its columns are taken for by then. `source` is the campaign and its register."""
    return uuid5(NAMESPACE_URL, f"{source}\n{text}")


def read_row(
    line: int, cells: Mapping[str, str], *, source: str, text: str
) -> ContactRow:
    """Read a row given as cells by our names of their columns, and as its text.

    Refused: no elector named, a number, date, pledge or uuid that cannot be read, a
    consent without its words or its day.
    """
    cells = {name: cell.strip() for name, cell in cells.items()}
    wording, consented_at = _consent(cells)
    filled = sorted((name, cell) for name, cell in cells.items() if cell)
    content = "\n".join(f"{name}: {cell}" for name, cell in filled)
    who = read_who(cells)
    return ContactRow(
        line=line,
        text=text,
        content=content,
        uuid=_uuid(cells.get("uuid", "")) or made_id(source, text),
        brings_id=bool(cells.get("uuid", "")),
        number=who.number,
        name_key=who.name_key,
        address_key=who.address_key,
        outcome=cells.get("outcome", ""),
        intention=cells.get("intention", ""),
        pledge=_pledge(cells.get("pledge", "")),
        second_preference=cells.get("second_preference", ""),
        voted_last_time=cells.get("voted_last_time", ""),
        said_at=_said_at(cells.get("said_at", "")),
        note=cells.get("note", ""),
        consent_wording=wording,
        consented_at=consented_at,
    )


def read_named(cells: Mapping[str, str]) -> Who:
    """Whom a row names, as far as it does. Refused: a number that cannot be read."""
    return Who(_number(cells), _name_key(cells), *_address(cells))


def read_who(cells: Mapping[str, str]) -> Who:
    """Whom a row names. Refused: nobody, a number that cannot be read."""
    who = read_named(cells)
    if who.number is None and not (who.name_key and who.address_key):
        raise RowRefused("nobody_named", ROW_REASONS["nobody_named"])
    return who


def _number(cells: Mapping[str, str]) -> ElectorNumber | None:
    whole, prefix = cells.get("number", ""), cells.get("number_prefix", "")
    if not whole:
        return None
    try:
        if prefix and not whole.startswith(prefix):
            return parse_roll(prefix, whole, cells.get("number_suffix", ""))
        return parse_elector_number(whole)
    except NumberRefused as refusal:
        raise RowRefused(refusal.code, refusal.message) from refusal


def _name_key(cells: Mapping[str, str]) -> str:
    """Surname and forename; a whole name is taken as forename first."""
    if surname := cells.get("surname", ""):
        return name_key(surname, split_given(cells.get("forename", ""))[0])
    given, _, surname = cells.get("name", "").rpartition(" ")
    return name_key(surname, split_given(given)[0]) if given else ""


def _address(cells: Mapping[str, str]) -> tuple[str, str]:
    """The key of a dwelling, or a postcode alone."""
    names = ("address", *(f"address{n}" for n in range(1, 10)))
    parts = (part.strip() for name in names for part in cells.get(name, "").split(","))
    lines = [part for part in parts if part]
    postcode = tidy_postcode(cells.get("postcode", ""))
    if postcode is None and lines:
        postcode = tidy_postcode(lines.pop())
    if lines and postcode:
        return parse_address(lines, postcode).key, ""
    return "", "" if lines else postcode or ""


def _pledge(text: str) -> bool | None:
    word = text.casefold()
    if word not in YES | NO | UNKNOWN:
        raise RowRefused("pledge", f"{text!r} is neither yes nor no to a pledge.")
    return None if word in UNKNOWN else word in YES


def _said_at(text: str) -> datetime:
    """ISO 8601, or day first as people write it; UK time unless it names another."""
    try:
        if found := DAY_FIRST.match(text):
            day = date(int(found[3]), int(found[2]), int(found[1]))
            hour = time.fromisoformat(found[4]) if found[4] else MIDDAY
            said = datetime.combine(day, hour)
        elif len(text) == len("2024-05-02"):
            said = datetime.combine(date.fromisoformat(text), MIDDAY)
        else:
            said = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a day such as 2024-04-20."
        raise RowRefused("said_at", message) from error
    return said if said.tzinfo else said.replace(tzinfo=UK)


def read_day(text: str) -> date | None:
    """ISO 8601, with a time or without one, or day first as people write it; None where
    nothing is told. Refused: what is no day."""
    if not text:
        return None
    try:
        if found := DAY_FIRST.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[: len("2024-05-02")])
    except ValueError as error:
        raise RowRefused("day", "That is not a day such as 2024-04-20.") from error


def _consent(cells: Mapping[str, str]) -> tuple[str, datetime | None]:
    wording, day = cells.get("consent_wording", ""), cells.get("consented_at", "")
    if bool(wording) != bool(day):
        raise RowRefused("consent", ROW_REASONS["consent"])
    return wording, _said_at(day) if day else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise RowRefused("uuid", f"{text!r} is not a UUID.") from error
