"""How well editions were matched, against the truth written beside the files.

`truth_*.csv` has one line per person: the number in each edition and what happened.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from campaigns.models import MatchProposal, RegisterEdition
from campaigns.reports.electorate import entries_as_of

OUTCOMES = ("stayed", "respelt", "renamed", "moved")
NAMES = {"spelt differently": "respelt", "new surname": "renamed"}


@dataclass
class Figures:
    """Counts of people; add two together with `+=` on their counters."""

    people: Counter[str]
    matched: Counter[str]
    proposed: Counter[str]
    matches: int = 0
    wrong: int = 0

    def share(self, outcome: str, *, with_proposals: bool = False) -> float:
        found = self.matched[outcome]
        if with_proposals:
            found += self.proposed[outcome]
        return found / self.people[outcome] if self.people[outcome] else 1.0

    @property
    def wrong_per_20000(self) -> float:
        return self.wrong / self.matches * 20_000 if self.matches else 0.0

    def as_dict(self) -> dict[str, float]:
        return {
            "stayed": self.share("stayed"),
            "respelt": self.share("respelt"),
            "renamed": self.share("renamed"),
            "renamed_with_proposals": self.share("renamed", with_proposals=True),
            "moved_proposed": self.share("moved", with_proposals=True),
            "wrong_per_20000": self.wrong_per_20000,
        }


def electors_by_number(edition: RegisterEdition) -> dict[str, int]:
    """Elector number as printed -> elector id, as the edition left the register."""
    rows = entries_as_of(edition).values_list("prefix", "number", "suffix", "elector")
    return {
        f"{prefix}-{number}/{suffix}" if suffix else f"{prefix}-{number}": elector
        for prefix, number, suffix, elector in rows.iterator()
    }


def measure(
    truth: Path,
    *,
    full: RegisterEdition,
    update: RegisterEdition | None,
    december: RegisterEdition,
) -> Figures:
    """Figures of one council: its first register, its update, the next December's."""
    first = electors_by_number(full)
    second = electors_by_number(update) if update else {}
    after = electors_by_number(december)
    proposed = set(
        MatchProposal.objects.filter(
            organisation=december.organisation_id, edition=december
        ).values_list("older", "newer")
    )
    figures = Figures(Counter(), Counter(), Counter())
    owner: dict[int, str] = {}
    known: list[tuple[str, int, int, str]] = []
    with truth.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            before = first.get(row["full_ref"]) or second.get(row["update_ref"])
            if before:
                owner[before] = row["person"]
            now = after.get(row["next_ref"])
            if now:
                outcome = NAMES.get(row["next_change"], row["next_change"])
                known.append((row["person"], before or 0, now, outcome))
    for person, before, now, outcome in known:
        figures.people[outcome] += 1
        if now in owner:
            figures.matches += 1
            figures.wrong += owner[now] != person
        if before == now:
            figures.matched[outcome] += 1
        elif (before, now) in proposed:
            figures.proposed[outcome] += 1
    return figures
