"""Polling districts and elector numbers for the people of a ward."""

from collections.abc import Iterator
from random import Random

from config.demo.people import Home, Person
from config.demo.region import Council

ELECTORS_A_DISTRICT = 1600
REDRAWN = 300  # how far on a ward with redrawn districts takes its letters


class Numbering:
    """Numbers one ward for one edition: districts along the streets, numbers in
    house order, those without an address at the end of the last district."""

    def __init__(self, council: Council, index: int, dice: Random) -> None:
        self.council, self.index, self.dice = council, index, dice
        self.highest: dict[tuple[str, int], int] = {}
        self.districts = 0

    def number(self, homes: list[Home], others: list[Person]) -> Iterator[Person]:
        people = sum(len(home.people) for home in homes)
        size = people / max(1, round(people / ELECTORS_A_DISTRICT))
        seen, number, street, district = 0, 0, "", ""
        for home in homes:
            if home.street != street:
                street = home.street
                if not district or seen > size * self.districts:
                    district, number = self.next_district(), 0
            for person in sorted(home.people, key=as_printed):
                seen += 1
                person.district = district or self.next_district()
                if number and self.dice.random() < 0.004:
                    self.insert(person, number)
                else:
                    number += 1
                    person.number, person.suffix = number, 0
                yield person
        for person in others:
            number += 1
            person.district = district or self.next_district()
            person.number, person.suffix = number, 0
            yield person

    def insert_after(self, neighbour: Person, person: Person) -> None:
        """Give a newcomer the neighbour's number with the next free suffix."""
        person.district = neighbour.district
        self.insert(person, neighbour.number)

    def insert(self, person: Person, number: int) -> None:
        key = (person.district, number)
        self.highest[key] = self.highest.get(key, 0) + 1
        person.number, person.suffix = number, self.highest[key]

    def next_district(self) -> str:
        part, self.districts = self.districts, self.districts + 1
        return self.council.district_style.format(
            ward=letters(self.index),
            letter=chr(ord("A") + part % 26),
            number=part + 1,
            half=part % 2 + 1,
        )


def as_printed(person: Person) -> tuple[str, str]:
    return person.surname, person.forename


def letters(index: int) -> str:
    return chr(ord("A") + index // 26) + chr(ord("A") + index % 26)
