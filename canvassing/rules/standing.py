"""Standing in numbers: eligibility and channels as the narrow row keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from campaigns.rules.franchise import Verdict, eligibility_by_markers, may_vote

# As `canvassing.models.standing.Eligible` counts them.
ELIGIBLE = {Verdict.NO: 0, Verdict.YES: 1, Verdict.CHECK: 2}


@dataclass(frozen=True, slots=True)
class MarkerVerdicts:
    """For each string of markers: eligible when of age, and when too young.

    Three columns of one length, to be joined to the rows of a register.
    """

    markers: list[str]
    of_age: list[int]
    too_young: list[int]

    @classmethod
    def for_poll(
        cls, markers: Iterable[str], *, poll_on: date, poll_kind: str, nation: str
    ) -> Self:
        """Too young is an entry whose date of attainment is after `poll_on`."""
        strings = list(markers)
        of_age = eligibility_by_markers(
            strings, poll_on=poll_on, poll_kind=poll_kind, nation=nation
        )
        too_young = [
            may_vote(
                string, date.max, poll_on=poll_on, poll_kind=poll_kind, nation=nation
            )
            for string in strings
        ]
        return cls(
            strings,
            [ELIGIBLE[of_age[string].verdict] for string in strings],
            [ELIGIBLE[answer.verdict] for answer in too_young],
        )
