"""What is said on doorsteps and on the phone: invented answers, in true proportions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from canvassing.models import IntentionKind, OutcomeKind
from config.demo.calendar import Outing

OUTCOMES: dict[str, float] = {
    OutcomeKind.SPOKEN: 36,
    OutcomeKind.NOT_IN: 54,
    OutcomeKind.REFUSED: 4,
    OutcomeKind.NO_ACCESS: 3,
    OutcomeKind.LANGUAGE: 1.5,
    OutcomeKind.MOVED: 1.2,
    OutcomeKind.DECEASED: 0.3,
}
NO_VIEW: dict[str, float] = {
    IntentionKind.UNDECIDED: 17,
    IntentionKind.WONT_SAY: 9,
    IntentionKind.NOT_VOTING: 7,
    IntentionKind.NOT_ELIGIBLE: 0.5,
}
HOMES_AN_HOUR = {"doors": 36, "phones": 24, "stall": 9}


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody in a home that is visited; `key` is the same from load to load."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. Parties by name, '' for none; `strength` 1 (certain) to 5."""

    voter: Voter
    at: datetime
    outcome: str
    intention: str = ""
    party: str = ""
    strength: int = 0
    pledge: bool | None = None
    second_party: str = ""


@dataclass
class Rounds:
    """The homes of a ward in walking order, visited outing by outing.

    `support` is the share for our party among those who say. Whoever has been
    spoken to is left in peace when the ward is walked again.
    """

    homes: list[list[Voter]]
    ours: str
    rivals: tuple[str, ...]
    support: float
    asks_second: bool
    position: int = 0

    def walk(self, outing: Outing, dice: Random) -> Iterator[Said]:
        """The answers of one outing; those spoken to are not visited again."""
        hours = (outing.ends_at - outing.starts_at) / timedelta(hours=1)
        wanted = int(HOMES_AN_HOUR[outing.kind] * hours * outing.places / 8)
        for nth in range(min(wanted, len(self.homes))):
            if self.position >= len(self.homes):
                self.position = 0
            home = self.homes[self.position]
            at = outing.starts_at + (outing.ends_at - outing.starts_at) * nth / wanted
            met = [*self.knock(home, at, dice)]
            yield from met
            spoken = {said.voter for said in met if said.outcome == OutcomeKind.SPOKEN}
            home[:] = [voter for voter in home if voter not in spoken]
            self.position += 1
        self.homes = [home for home in self.homes if home]

    def knock(self, home: list[Voter], at: datetime, dice: Random) -> Iterator[Said]:
        """One door: one person answers, or nobody; others may come to it too."""
        outcome = pick(OUTCOMES, dice)
        if outcome != OutcomeKind.SPOKEN:
            whole_home = outcome in (OutcomeKind.NOT_IN, OutcomeKind.NO_ACCESS)
            for voter in home if whole_home else home[:1]:
                yield Said(voter, at, outcome)
            return
        for position, voter in enumerate(home):
            if position == 0 or dice.random() < 0.4:
                yield self.answer(voter, at + timedelta(seconds=40 * position), dice)

    def answer(self, voter: Voter, at: datetime, dice: Random) -> Said:
        outcome = OutcomeKind.SPOKEN
        if dice.random() < sum(NO_VIEW.values()) / 100:
            return Said(voter, at, outcome, pick(NO_VIEW, dice))
        ours = dice.random() < self.support
        party = self.ours if ours else dice.choice(self.rivals)
        strength = dice.choice((1, 1, 2, 2, 3, 4))
        pledge = (strength <= 2 or dice.random() < 0.2) if ours else None
        second = self.second(party, dice) if self.asks_second else ""
        intention = IntentionKind.INTENTION
        return Said(voter, at, outcome, intention, party, strength, pledge, second)

    def second(self, first: str, dice: Random) -> str:
        others = [party for party in (self.ours, *self.rivals) if party != first]
        return dice.choice(others) if dice.random() < 0.7 else ""


def pick(weights: dict[str, float], dice: Random) -> str:
    return dice.choices([*weights], [*weights.values()])[0]
