"""Invented people and the homes they live in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from config.demo.names import Names
from config.demo.region import Council

SIZES_OF_HOUSEHOLDS = (1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5)
EU_CITIZENS = ("polish", "romanian")
TITLES = {"m": ("Mr",), "f": ("Mrs", "Ms", "Miss")}


@dataclass(slots=True)
class Home:
    """A dwelling; `uprn` is its invented property number."""

    uprn: str
    number: str
    flat: str
    street: str
    town: str
    postcode: str
    people: list["Person"] = field(default_factory=list)

    def lines(self) -> list[str]:
        first = f"{self.number} {self.street}"
        flat = [f"Flat {self.flat}"] if self.flat else []
        return [*flat, first, self.town]


@dataclass(slots=True)
class Person:
    """Someone on a register: the line of now, and what it was in the first edition."""

    id: str
    title: str
    forename: str
    middle: str
    surname: str
    markers: str = ""
    attains: str = ""
    home: Home | None = None
    district: str = ""
    number: int = 0
    suffix: int = 0
    first: tuple[str, str, str, str] = ("", "", "", "")
    update: tuple[str, str] | None = None
    fate: str = "stayed"

    @property
    def ref(self) -> str:
        """The elector number as a person writes it, such as `BW1-4/1`."""
        tail = f"/{self.suffix}" if self.suffix else ""
        return f"{self.district}-{self.number}{tail}"

    @property
    def given(self) -> str:
        return f"{self.forename} {self.middle}" if self.middle else self.forename


class Census:
    """Makes the people of one council, each with an id of their own."""

    def __init__(self, council: Council, dice: Random, encoding: str) -> None:
        self.dice = dice
        self.names = Names(dice, encoding)
        self.communities = list(council.communities)
        self.weights = list(council.communities.values())
        self.code = council.gss[-2:]
        self.count = 0

    def household(self, home: Home) -> Iterator[Person]:
        """A new household for `home`, mostly of one surname."""
        community = self.dice.choices(self.communities, self.weights)[0]
        surname = self.names.surname(community)
        for _ in range(self.dice.choice(SIZES_OF_HOUSEHOLDS)):
            shared = self.dice.random() < 0.8
            yield self.person(
                community, surname if shared else self.names.surname(community), home
            )

    def person(self, community: str, surname: str, home: Home | None) -> Person:
        dice = self.dice
        sex = "m" if dice.random() < 0.49 else "f"
        if dice.random() < 0.01:
            surname = f"{surname}-{self.names.surname('english')}"
        made = Person(
            self.next_id(),
            dice.choice(TITLES[sex]),
            self.names.forename(community, sex),
            self.names.middle(community, sex),
            surname,
            self.markers(community),
            home=home,
        )
        if dice.random() < 0.012:
            made.attains = self.eighteenth_birthday()
        return made

    def markers(self, community: str) -> str:
        roll = self.dice.random()
        if community in EU_CITIZENS and roll < 0.7:
            return "G"
        if roll > 0.9998:
            return "K" if roll > 0.9999 else "L"
        return ""

    def eighteenth_birthday(self) -> str:
        year = self.dice.choice((2024, 2024, 2025))
        return f"{year}-{self.dice.randint(1, 12):02}-{self.dice.randint(1, 28):02}"

    def overseas(self) -> Person:
        made = self.person("english", self.names.surname("english"), None)
        made.markers, made.attains = "F", ""
        return made

    def anonymous(self) -> Person:
        return Person(self.next_id(), "", "", "", "", "N")

    def next_id(self) -> str:
        self.count += 1
        return f"{self.code}{self.count:08}"
