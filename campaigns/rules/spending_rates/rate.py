"""One row of the spending tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.rules.marks import Mark, Source

NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one kind of candidate in one nation may spend between two days.

    `fixed` and `per_council` are pounds, `pence_per_elector` pence. A `caution` is
    shown as a warning with every limit worked from the rate; a `note` is not. A rate
    with `not_usable` gives no limit, and the text says why.
    """

    kind: str
    nation: str
    effective_from: date | None
    effective_to: date | None
    fixed: Decimal
    pence_per_elector: Decimal
    mark: Mark
    source: Source
    per_council: Decimal = NOUGHT
    area: str = ""
    sure_from: date | None = None
    sure_until: date | None = None
    caution: str = ""
    note: str = ""
    not_usable: str = ""

    def covers(self, day: date) -> bool:
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day < self.effective_to
        )

    def is_sure_on(self, day: date) -> bool:
        """Are this rate's dates beyond doubt for a poll on that day?"""
        return (self.sure_from is None or self.sure_from <= day) and (
            self.sure_until is None or day < self.sure_until
        )
