"""Streets, sides and households: how electors in walking order are grouped on paper."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple, Protocol, TypeVar

DIGITS: Final = re.compile(r"\d+")
NUMERALS: Final = re.compile(r"([0-9]+)")


class AtAddress(Protocol):
    """Anyone of whom we know where they live."""

    @property
    def district(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def address_id(self) -> int | None: ...
    @property
    def street(self) -> str: ...
    @property
    def locality(self) -> str: ...
    @property
    def house(self) -> str: ...
    @property
    def flat(self) -> str: ...


PersonT = TypeVar("PersonT", bound=AtAddress)


class Block(NamedTuple):
    """One side of one street in one polling district."""

    district: str
    street: str
    locality: str
    side: str

    @property
    def title(self) -> str:
        """`Quarry Lane, Bilston · odd numbers`."""
        place = ", ".join(filter(None, (self.street, self.locality)))
        return f"{place or 'No street given'}{f' · {self.side}' if self.side else ''}"


def side_of(house: str) -> str:
    """`odd numbers` or `even numbers`; nothing where a house has only a name."""
    found = DIGITS.search(house)
    if found is None:
        return ""
    return "odd numbers" if int(found[0]) % 2 else "even numbers"


def block_of(person: AtAddress) -> Block:
    return Block(person.district, person.street, person.locality, side_of(person.house))


def door(person: AtAddress) -> str:
    """What is on the door: `12`, `Flat 3, 12`, `Rose Cottage`."""
    flat = person.flat
    if flat and not flat.upper().startswith(("FLAT", "APARTMENT", "UNIT", "ROOM")):
        flat = f"Flat {flat}"
    return ", ".join(filter(None, (flat, person.house))) or "–"


def blocks(people: Iterable[PersonT]) -> Iterator[tuple[Block, list[PersonT]]]:
    """Each run of one street side, as long as it is walked without a break."""
    for block, run in groupby(people, key=block_of):
        yield block, list(run)


def households(people: Iterable[PersonT]) -> Iterator[list[PersonT]]:
    """The people of one dwelling together, by their numbers; whoever has no address
    stands alone."""
    for _, home in groupby(people, key=_home):
        yield sorted(home, key=lambda person: by_number(person.number))


def by_number(number: str) -> list[str | int]:
    """The order of elector numbers: `AB-9`, `AB-10`, `AB-10/1`."""
    parts = NUMERALS.split(number)
    return [int(part) if at % 2 else part for at, part in enumerate(parts)]


def _home(person: AtAddress) -> object:
    return object() if person.address_id is None else person.address_id
