"""From a record to a clean line of the register, whatever its supplier's habits."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from campaigns.importers.layouts.base import FIELDS, Change
from campaigns.importers.recognise import Recognised
from campaigns.rules.addresses import parse_address
from campaigns.rules.elector_numbers import (
    ElectorNumber,
    NumberRefused,
    parse_elector_number,
    parse_roll,
)
from campaigns.rules.names import given_key, letters, split_given, split_whole, tidy
from campaigns.rules.postcodes import postcode_at_end, tidy_postcode

DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
OPTED_OUT = re.compile(r"\(z\)\s*", re.IGNORECASE)
NO_ADDRESS = re.compile(r"OTHER (?:ELECTOR|VOTER)", re.IGNORECASE)
NOT_MARKERS = re.compile(r"[^A-Z?]")
# The marker we write for a date that cannot be read: nobody knows what it means,
# so the person is shown for checking and is not taken as eligible.
UNREADABLE = "?"
# What some suppliers print where there is no name: it is none.
UNNAMED = "ANONYMOUS"
WITNESS = frozenset({"WITNESS", "PROTECTED"})
BLANKS = frozenset({"", "n/a", "N/A", "N/a"})


class LineRejected(Exception):
    """This one line cannot go in; the others can."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Warned(NamedTuple):
    """Something to look at on a line that did go in."""

    line: int
    code: str
    message: str


class CleanLine(NamedTuple):
    """One line as it is staged. `home` numbers the homes of the file, None: no address.

    `printed_surname` and `printed_forename` are None where they equal the tidied ones.
    """

    line: int
    change: Change
    prefix: str
    number: str
    suffix: str
    title: str
    surname: str
    forename: str
    middle_names: str
    name_key: str
    printed_surname: str | None
    printed_forename: str | None
    markers: str
    attains_on: date | None
    supplier_id: str
    is_anonymous: bool
    home: int | None


class CleanHome(NamedTuple):
    """One home as it is staged."""

    home: int
    prefix: str
    uprn: str
    postcode: str
    key: str
    building_key: str
    street_key: str
    flat: str
    number: str
    street: str
    locality: str
    printed: str
    doorstep: int


# The cells that `clean` takes from a record, in this order, in one go.
TAKEN = (
    "prefix", "number", "suffix", "reference", "title", "whole_name", "surname",
    "forename", "middle", "markers", "opt_out", "attains_on", "supplier_id",
)  # fmt: skip


class Cleaner:
    """Cleans the records of one file. `homes` and `warnings` fill up as it goes."""

    def __init__(self, recognised: Recognised, *, columns: int, upsert: bool) -> None:
        """`columns`: of the header. `upsert`: what is not known is added."""
        self.columns = columns
        self.homes: list[CleanHome] = []
        self.warnings: list[Warned] = []
        self._home = 0
        self._last_address: tuple[str, ...] | None = None
        self._last_home: int | None = None
        self._layout = recognised.layout
        self._default: Change = "amend" if upsert else ""
        # What a file does not have is read from a blank cell behind the others.
        place = {name: recognised.place(name) for name in FIELDS}
        at = {name: columns if p is None else p for name, p in place.items()}
        self._take = itemgetter(*(at[name] for name in TAKEN))
        self._change_at = [at[name] for name in self._layout.change_fields]
        lines = recognised.places.get("address", ())
        self._address = itemgetter(at["postcode"], at["uprn"], *lines)

    def clean(self, line: int, cells: list[str]) -> CleanLine:
        """Raises LineRejected."""
        if len(cells) != self.columns:
            _fit(cells, self.columns)
        cells.append("")
        (prefix, roll, suffix, reference, title, whole_name, surname, given, middle,
         markers, opt_out, attains, supplier_id) = self._take(cells)  # fmt: skip
        change = self._change(cells) if self._change_at else self._default
        number = read_number(reference or roll, prefix, suffix, whole=bool(reference))
        if whole_name:
            surname, given = split_whole(whole_name)
        shown, printed, surname_key, opted_out = read_surname(surname)
        forename, middle_names, printed_forename, key = read_given(given, middle)
        if surname_key.startswith(UNNAMED) or {surname_key, key} == WITNESS:
            shown = forename = middle_names = surname_key = key = ""
            printed = printed_forename = None
        is_anonymous = not surname_key and not key
        if markers or opt_out or opted_out:
            markers = clean_markers(markers, opted_out + opt_out)
        attains_on = None
        if attains and attains not in BLANKS:
            attains_on = read_date(attains)
            if attains_on is None:
                markers += UNREADABLE
                self._warn(line, "date", f"{attains!r} is not a date of attainment.")
        return CleanLine(
            line, change, *number, title, shown, forename, middle_names,
            "" if is_anonymous else f"{surname_key} {key}", printed, printed_forename,
            markers, attains_on, supplier_id, is_anonymous,
            None if is_anonymous else self._home_of(line, number.prefix, cells),
        )  # fmt: skip

    def _warn(self, line: int, code: str, message: str) -> None:
        self.warnings.append(Warned(line, code, message))

    def _change(self, cells: Sequence[str]) -> Change:
        given = [cells[at].strip() for at in self._change_at]
        change = self._layout.change_of(*given) if self._layout.change_of else None
        if change is None:
            shown = " ".join(given).strip()
            raise LineRejected("change", f"{shown!r} is not a kind of change we know.")
        if change == "drop":
            raise LineRejected("cancelled_out", "Added and deleted in the same month.")
        return change

    def _home_of(self, line: int, prefix: str, cells: Sequence[str]) -> int | None:
        address = self._address(cells)
        if address != self._last_address:
            self._last_address = address
            self._last_home = self._new_home(line, prefix, address)
        return self._last_home

    def _new_home(self, line: int, prefix: str, address: tuple[str, ...]) -> int | None:
        postcode_text, uprn, *cells = address
        lines = [
            text for cell in cells if cell and (text := cell.strip()) not in BLANKS
        ]
        if not lines or (lines[0][0] in "Oo" and NO_ADDRESS.match(lines[0])):
            return None
        postcode = self._postcode(line, postcode_text.strip(), lines)
        if not lines:
            return None
        self._home += 1
        parsed = parse_address(_joined(lines), postcode)
        uprn = uprn.strip().lstrip("0")
        self.homes.append(CleanHome(self._home, prefix, uprn, postcode, *parsed))
        return self._home

    def _postcode(self, line: int, text: str, lines: list[str]) -> str:
        """Tidied, or as given with a warning. Takes its repetition off the lines."""
        if lines[-1] == text:
            lines.pop()
        else:
            squeezed = "".join(text.split()).upper()
            while lines and "".join(lines[-1].split()).upper() == squeezed:
                lines.pop()
        if not text and lines:
            found = postcode_at_end(lines[-1])
            if found:
                rest = lines[-1].upper().rfind(found.split()[0])
                lines[-1] = lines[-1][:rest].rstrip(" ,")
                lines[:] = list(filter(None, lines))
                return found
        if not text:
            self._warn(line, "postcode", "There is no postcode.")
            return ""
        postcode = tidy_postcode(text)
        if postcode is None:
            self._warn(line, "postcode", f"{text!r} is not a postcode.")
            return " ".join(text.upper().split())
        return postcode


def _fit(cells: list[str], columns: int) -> None:
    """Blank cells beyond the header go; any other number of cells is refused."""
    while len(cells) > columns and not cells[-1].strip():
        cells.pop()
    if len(cells) != columns:
        raise LineRejected(
            "columns", f"{len(cells)} columns where the header has {columns}."
        )


def read_number(roll: str, prefix: str, suffix: str, *, whole: bool) -> ElectorNumber:
    try:
        if whole:
            return parse_elector_number(roll)
        return parse_roll(prefix.strip(), roll.strip(), suffix.strip())
    except NumberRefused as refusal:
        raise LineRejected(refusal.code, refusal.message) from refusal


def _joined(lines: list[str]) -> list[str]:
    """A house number in a cell of its own goes in front of its street.

    Of two bare numbers the first is the flat's.
    """
    whole: list[str] = []
    for text in lines:
        if whole and whole[-1].replace("-", "").isalnum() and whole[-1][0].isdecimal():
            before = whole.pop()
            if text[0].isdecimal():
                whole.append(f"Flat {before}")
            else:
                text = f"{before} {text}"
        whole.append(text)
    return whole


@lru_cache(maxsize=2_048)
def read_surname(printed: str) -> tuple[str, str | None, str, str]:
    """Tidied; as printed where that differs; its key; Z for the open register mark."""
    printed = printed.strip()
    surname = OPTED_OUT.sub("", printed)
    shown = tidy(surname)
    different = surname if surname != shown else None
    return shown, different, letters(surname), "Z" if surname != printed else ""


@lru_cache(maxsize=2_048)
def read_given(given: str, middle: str) -> tuple[str, str, str | None, str]:
    """Forename and middle names, tidied; as printed where that differs; their key."""
    printed = f"{given.strip()} {middle.strip()}".strip()
    forename, middle_names = split_given(tidy(printed))
    return (
        forename,
        middle_names,
        printed if printed != forename else None,
        given_key(printed),
    )


@lru_cache(maxsize=1_024)
def clean_markers(markers: str, opt_out: str) -> str:
    """Marker letters in capitals, each once, in the order printed."""
    found = NOT_MARKERS.sub("", markers.upper())
    if opt_out.strip().upper() in {"Z", "Y", "YES", "TRUE", "1"}:
        found += "Z"
    return "".join(dict.fromkeys(found))


@lru_cache(maxsize=1_024)
def read_date(text: str) -> date | None:
    text = text.split(" ")[0] if text[:4].isdecimal() else text.strip()
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    return None
