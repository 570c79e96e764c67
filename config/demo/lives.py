"""What happens to people between two registers."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from config.demo.layouts import ADD, AMEND, DELETE
from config.demo.name_lists import RESPELT
from config.demo.names import plain
from config.demo.numbers import Numbering
from config.demo.people import Census, Home, Person

MOVERS_WAITING = 1000


def month(
    homes: list[Home], census: Census, numbering: Numbering
) -> Iterator[tuple[Person, str]]:
    """A month of additions, amendments and deletions, as they happen."""
    roll = census.dice.random
    for home in homes:
        for person in list(home.people):
            rolled = roll()
            if rolled < 0.004:
                home.people.remove(person)
                person.update = ("", DELETE)
                yield person, DELETE
            elif rolled < 0.007:
                person.surname = census.names.surname("english")
                person.update = (person.ref, AMEND)
                yield person, AMEND
        if home.people and roll() < 0.006:
            yield newcomer(home, census, numbering), ADD


def newcomer(home: Home, census: Census, numbering: Numbering) -> Person:
    neighbour = home.people[-1]
    person = census.person("english", neighbour.surname, home)
    numbering.insert_after(neighbour, person)
    home.people.append(person)
    person.update = (person.ref, ADD)
    return person


@dataclass
class Year:
    """A year of life in a council: wards in turn, people moving between them.

    `movers` look for a home, in a later ward if need be; `gone` have left the
    register since it was last emptied.
    """

    census: Census
    movers: deque[Person] = field(default_factory=deque)
    gone: list[Person] = field(default_factory=list)

    def pass_over(self, homes: list[Home]) -> None:
        roll = self.census.dice.random
        for home in homes:
            if home.people and roll() < 0.09:
                self.change_hands(home)
            else:
                self.grow_older(home)
        while len(self.movers) > MOVERS_WAITING:
            self.gone.append(self.movers.popleft())

    def change_hands(self, home: Home) -> None:
        """Everybody goes, some to another home of the council; others come."""
        roll = self.census.dice.random
        together = roll() < 0.2
        for person in home.people:
            moving = together or roll() < 0.3
            (self.movers if moving else self.gone).append(person)
        wanted = self.movers and self.movers[0].home is not home and roll() < 0.5
        coming = self.arrivals(home) if wanted else self.census.household(home)
        home.people = list(coming)

    def arrivals(self, home: Home) -> Iterator[Person]:
        """Who has waited longest, with those who left the same home together."""
        old_home = self.movers[0].home
        while self.movers and self.movers[0].home is old_home:
            person = self.movers.popleft()
            person.home, person.fate = home, "moved"
            yield person

    def grow_older(self, home: Home) -> None:
        for person in list(home.people):
            rolled = self.census.dice.random()
            if rolled < 0.02:
                home.people.remove(person)
                self.gone.append(person)
            elif rolled < 0.03:
                person.fate = "new surname"
                person.surname = self.census.names.surname("english")
            elif rolled < 0.05:
                person.fate = "spelt differently"
                respell(person)
            if person.attains and person.attains < "2024-12-01":
                person.attains = ""

    def empty(self) -> list[Person]:
        """Those who left since the last time."""
        gone, self.gone = self.gone, []
        return gone

    def end(self) -> None:
        """Whoever is still looking has moved out of the council."""
        self.gone.extend(self.movers)
        self.movers.clear()


def respell(person: Person) -> None:
    """The same person's name as another clerk would type it."""
    if person.forename in RESPELT:
        person.forename = RESPELT[person.forename]
    elif plain(person.forename) != person.forename:
        person.forename = plain(person.forename)
    elif "-" in person.surname:
        person.surname = person.surname.replace("-", " ")
    elif "'" in person.surname:
        person.surname = person.surname.replace("'", "")
    elif person.middle:
        person.middle = "" if len(person.middle) == 1 else person.middle[0]
    else:
        person.surname = person.surname.upper()
