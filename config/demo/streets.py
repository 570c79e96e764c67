"""Invented streets, their homes and postcodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import cos, radians
from random import Random

from config.demo.people import Home
from config.demo.region import Council, Ward, reach

FIRST_PARTS = """
    Amber Barrow Candle Dapple Elder Fallow Gander Hollow Ivory Juniper Kestrel
    Linnet Mallow Nettle Orchard Pebble Quarry Rowan Saffron Tansy Umber Velvet
    Willow Yarrow Bramble Cinder Fennel Lantern Marten Plover
"""
LAST_PARTS = "wick mere gate beck shaw holt dale thorpe combe stead brook garth"
TYPES = """
    Road Street Avenue Close Lane Drive Grove Crescent Way Gardens Terrace Place
    Walk
"""
STEMS = [first + last for last in LAST_PARTS.split() for first in FIRST_PARTS.split()]
STRIDE = 131  # shares no factor with the number of stems: no ward repeats a name soon

INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
HOMES_A_POSTCODE = 15


@dataclass(frozen=True, slots=True)
class Postcode:
    code: str
    lat: float
    lon: float
    street: int


class Ground:
    """The streets of one ward, laid out as far as they are asked for."""

    def __init__(self, council: Council, ward: Ward, index: int, dice: Random) -> None:
        self.council, self.ward, self.dice = council, ward, dice
        self.outward = f"{council.area}{index + 1}"
        self.first_id = int(council.gss[-2:]) * 100_000 + index * 1000
        self.uprns = count(int(f"9{council.gss[-2:]}{index:02}0000000"), 13)
        self.postcodes: list[Postcode] = []

    def streets(self) -> Iterator[list[Home]]:
        """Street by street, the homes in the order of their numbers."""
        start = self.dice.randrange(len(STEMS))
        for nth in count():
            stem = STEMS[(start + nth * STRIDE) % len(STEMS)]
            yield self.street(nth, f"{stem} {self.dice.choice(TYPES.split())}")

    def street(self, nth: int, name: str) -> list[Home]:
        middle = self.spot((self.ward.lat, self.ward.lon), 0.75)
        codes: dict[tuple[int, int], str] = {}
        homes: list[Home] = []
        for position in range(self.dice.randint(24, 70)):
            block = (position % 2, position // 2 // HOMES_A_POSTCODE)
            if block not in codes:
                codes[block] = self.postcode(nth, middle)
            homes += self.homes_at(position + 1, name, codes[block])
        return homes

    def homes_at(self, number: int, street: str, postcode: str) -> Iterator[Home]:
        """One house, or the flats of one building."""
        roll = self.dice.random()
        flats = range(1, self.dice.randint(3, 9)) if roll < 0.05 else ()
        printed = f"{number}A" if roll > 0.985 else str(number)
        for flat in flats or ("",):
            yield Home(
                f"{next(self.uprns)}",
                printed,
                str(flat),
                street,
                self.council.name,
                postcode,
            )

    def postcode(self, street: int, middle: tuple[float, float]) -> str:
        nth = len(self.postcodes)
        letters = INWARD_LETTERS[nth // 20 % 20] + INWARD_LETTERS[nth % 20]
        code = f"{self.outward} {nth // 400}{letters}"
        lat, lon = self.spot(middle, 0.2)
        self.postcodes.append(Postcode(code, lat, lon, self.first_id + street))
        return code

    def spot(self, around: tuple[float, float], part: float) -> tuple[float, float]:
        """A point near `around`, within `part` of the ward's reach."""
        lat, lon = around
        side = reach(self.ward) * part * 0.7
        squeeze = cos(radians(lat))
        return (
            lat + self.dice.uniform(-side, side),
            lon + self.dice.uniform(-side, side) / squeeze,
        )
