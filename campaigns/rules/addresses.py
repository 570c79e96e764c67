"""Addresses: one key for one dwelling however it is spelt, and walking order."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple


class ParsedAddress(NamedTuple):
    """A dwelling read from its printed lines.

    `key` is the same for the same dwelling, `building_key` for the flats of one
    building, `street_key` for one street of a council. `doorstep` sorts the doors of
    a street in walking order: odd side, even side, then houses with a name only;
    within a side by number, then flat. It fits in 41 bits.
    """

    key: str
    building_key: str
    street_key: str
    flat: str
    number: str
    street: str
    locality: str
    printed: str
    doorstep: int


class Place(NamedTuple):
    """What a walk position says: the street's id, `side` (0 odd, 1 even, 2 houses with
    a name only) and the house's number, which is 0 where it has only a name."""

    street: int
    side: int
    number: int


class Line(NamedTuple):
    """One printed line, read as far as it goes, and tidied."""

    flat: str
    number: str
    street: str
    words: str
    tidied: str
    street_tidied: str


ODD: Final = 0
EVEN: Final = 1
NAMED: Final = 2
STREET_WORDS = {
    "AV": "AVENUE", "AVE": "AVENUE", "CL": "CLOSE", "CRES": "CRESCENT", "CT": "COURT",
    "DR": "DRIVE", "GDNS": "GARDENS", "GR": "GROVE", "GRN": "GREEN", "LN": "LANE",
    "PL": "PLACE", "RD": "ROAD", "SQ": "SQUARE", "ST": "STREET", "TER": "TERRACE",
    "TERR": "TERRACE", "WK": "WALK", "WY": "WAY",
}  # fmt: skip
STREET_ENDS = frozenset(STREET_WORDS.values()) | {
    "ROW", "HILL", "MEWS", "PARADE", "RISE", "VIEW", "CROFT", "DRIVEWAY", "BANK",
}  # fmt: skip
FLAT = r"(?:FLAT|APARTMENT|APT|UNIT|ROOM|STUDIO|SUITE|MAISONETTE)"
NUMBER = r"\d+[A-Z]?(?:-\d+[A-Z]?)?"
STARTS_WITH_FLAT = re.compile(rf"{FLAT} ")
FLAT_ALONE = re.compile(rf"{FLAT} ?([A-Z0-9/&-]+)\Z")
FLAT_THEN_REST = re.compile(rf"{FLAT} ([A-Z0-9-]+) (\d.*)\Z")
NUMBER_THEN_FLAT = re.compile(rf"({NUMBER}) {FLAT} ([A-Z0-9-]+)(?: (.+))?\Z")
NUMBER_THEN_STREET = re.compile(rf"({NUMBER}) (\D.*)\Z")
NUMBER_ALONE = re.compile(rf"{NUMBER}\Z")
JUNK = re.compile(r"[^A-Z0-9/&-]+")
HYPHEN_BETWEEN_WORDS = re.compile(r"(?<![0-9A-Z])-|-(?!\d)|(?<!\d)(?<!\d[A-Z])-")
CAPITALS = re.compile(r"[^\W\d_]+(?:['’]S\b)?")
DIGITS_AND_LETTER = re.compile(r"(\d*)([A-Z]?)")


def parse_address(lines: Sequence[str], postcode: str) -> ParsedAddress:
    """Read a dwelling from its printed lines (without blank ones and the postcode).

    The street is the first line with a house number, else the first that ends like
    a street, else the last but one; what stands before it is the flat or the house
    name, what stands behind it the locality.
    """
    read = [read_line(line) for line in lines]
    at = 0 if read[0].number and read[0].street else _street_at(read)
    flat, number, street_key, words, _, street = read[at]
    names = []
    for before in read[:at] if at else ():
        flat, number = flat or before.flat, number or before.number
        if not before.flat and not before.number:
            names.append(before)
    name = " ".join([line.words for line in names])
    street_key = street_key or words
    building = f"{postcode}|{street_key}|"
    return ParsedAddress(
        f"{building}{number}|{name}|{flat}",
        f"{building}{number or name}",
        street_key,
        flat,
        number or " ".join([line.tidied for line in names]),
        street,
        ", ".join([line.tidied for line in read[at + 1 :]]),
        ", ".join([line.tidied for line in read]),
        doorstep(number, flat, name),
    )


def _street_at(read: Sequence[Line]) -> int:
    for at, line in enumerate(read):
        if line.number and line.street:
            return at
    for at, line in enumerate(read):
        if line.number and at + 1 < len(read):
            return at + 1
    for at, line in enumerate(read):
        if line.words.rpartition(" ")[2] in STREET_ENDS:
            return at
    return max(len(read) - 2, 0)


def read_line(line: str) -> Line:
    """What one line says: a flat, a number with or without its street, or words."""
    number, _, street = line.partition(" ")
    if number.isdecimal() and street[:1].isalpha():
        street_key, tidied, starts_with_flat = _street(street)
        if not starts_with_flat:
            return Line("", number, street_key, "", f"{number} {tidied}", tidied)
    return _read_unusual_line(line)


@lru_cache(maxsize=1_024)
def _street(text: str) -> tuple[str, str, bool]:
    words = plain(text)
    return words, tidy_line(text), bool(STARTS_WITH_FLAT.match(words))


@lru_cache(maxsize=1_024)
def _read_unusual_line(line: str) -> Line:
    words = plain(line)
    flat, number, street = _parts(words)
    before = len(words.split()) - len(street.split()) if street else 0
    tidied = tidy_line(line)
    return Line(
        flat, number, street, words, tidied, " ".join(tidied.split(" ")[before:])
    )


def _parts(words: str) -> tuple[str, str, str]:
    """Flat, number and street of a line in plain words; each may be empty."""
    if found := NUMBER_THEN_FLAT.match(words):
        return found[2], found[1], found[3] or ""
    if found := NUMBER_THEN_STREET.match(words):
        return "", found[1], found[2]
    if found := FLAT_THEN_REST.match(words):
        rest = NUMBER_THEN_STREET.match(found[2])
        return (found[1], rest[1], rest[2]) if rest else (found[1], "", found[2])
    if found := FLAT_ALONE.match(words):
        return found[1], "", ""
    return "", words if NUMBER_ALONE.match(words) else "", ""


@lru_cache(maxsize=1_024)
def plain(line: str) -> str:
    """Upper-case ASCII words of a line, with the kind of street written out."""
    if not line.isascii():
        decomposed = unicodedata.normalize("NFKD", line)
        line = decomposed.encode("ascii", "ignore").decode() or line
    text = JUNK.sub(" ", line.upper().replace("'", "").replace(".", "")).strip()
    if "-" in text:
        text = " ".join(HYPHEN_BETWEEN_WORDS.sub(" ", text).split())
    rest, space, last = text.rpartition(" ")
    return f"{rest} {STREET_WORDS.get(last, last)}" if space else text


@lru_cache(maxsize=1_024)
def tidy_line(line: str) -> str:
    """A line as people write it; only one that is all capitals changes its letters."""
    line = " ".join(line.split())
    if not line.isupper():
        return line
    return " ".join(
        word if any(map(str.isdigit, word)) else CAPITALS.sub(_capitalised, word)
        for word in line.split(" ")
    )


def _capitalised(word: re.Match[str]) -> str:
    return word[0].capitalize()


@lru_cache(maxsize=1_024)
def doorstep(number: str, flat: str, name: str) -> int:
    """Where a door comes in the walk along its street."""
    if number:
        digits, letter = _digits_and_letter(number, limit=2**17)
        side = ODD if digits % 2 else EVEN
    else:
        digits, letter, side = _first_letters(name), 0, NAMED
    flat_digits, flat_letter = _digits_and_letter(flat, limit=2**12)
    position = side
    for value, bits in ((digits, 17), (letter, 5), (flat_digits, 12), (flat_letter, 5)):
        position = position << bits | value
    return position


def read_walk_position(position: int) -> Place:
    """The reverse of `(street id << 41) + doorstep`, as far as a walk needs it."""
    side = position >> 39 & 3
    number = position >> 22 & (2**17 - 1)
    return Place(position >> 41, side, 0 if side == NAMED else number)


def _digits_and_letter(text: str, *, limit: int) -> tuple[int, int]:
    digits, letter = DIGITS_AND_LETTER.match(text).groups()  # type: ignore[union-attr]
    return min(int(digits or 0), limit - 1), ord(letter) - 64 if letter else 0


def _first_letters(name: str) -> int:
    value = 0
    for character in f"{name.removeprefix('THE '):\0<3}"[:3]:
        value = value * 27 + (ord(character) - 64 if "A" <= character <= "Z" else 0)
    return value
