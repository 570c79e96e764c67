"""Reading intentions: what an answer says about a pledge, and what contradicts itself.

The rules in words, with examples: docs/rules/intentions.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

INTENTION = "intention"
WONT_SAY = "wont_say"


@dataclass(frozen=True, slots=True)
class IntentionMeaning:
    """What one of a campaign's intention codes means.

    `kind` is intention, undecided, wont_say, not_voting or not_eligible; `names_us` is
    whether it names a candidate of ours, or our party. `strength` runs from 1, certain,
    to 5; None where it means nothing.
    """

    id: int
    kind: str
    names_us: bool
    candidate_id: int | None
    strength: int | None
    counts_as_spoken: bool
    counts_as_pledge: bool
    retired_at: datetime | None = None

    def is_retired(self, at: datetime) -> bool:
        return self.retired_at is not None and self.retired_at <= at

    @property
    def pledge(self) -> bool | None:
        """What the answer alone says about a pledge: made, withdrawn or nothing.

        A pledge stands until it is withdrawn. Whoever names another, is undecided, will
        not vote or may not vote has withdrawn it; "won't say" and a lean towards us
        that is no pledge leave it as it was.
        """
        if self.counts_as_pledge:
            return True
        if self.kind == WONT_SAY or (self.kind == INTENTION and self.names_us):
            return None
        return False


@dataclass(frozen=True, slots=True)
class OutcomeMeaning:
    """What one of a campaign's outcome codes means."""

    id: int
    counts_as_spoken: bool
    retired_at: datetime | None = None

    def is_retired(self, at: datetime) -> bool:
        return self.retired_at is not None and self.retired_at <= at


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a campaign, by code, and the ids of its candidates.

    Retired codes are among them: what people said of old is still what they said.
    """

    intentions: Mapping[str, IntentionMeaning]
    outcomes: Mapping[str, OutcomeMeaning]
    candidate_ids: frozenset[int]

    @property
    def spoken_outcomes(self) -> list[int]:
        """Ids of the outcomes by which somebody was spoken to."""
        return [code.id for code in self.outcomes.values() if code.counts_as_spoken]


def contradicts(intention: IntentionMeaning, *, pledge: bool | None) -> bool:
    """A pledge to us by somebody who in the same breath answers otherwise."""
    return pledge is True and intention.pledge is False
