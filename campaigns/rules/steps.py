"""The working of a sum of money, step by step, so that a report can show it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working: a sentence with its figures, and what it comes to."""

    sentence: str
    amount: Decimal

    def __str__(self) -> str:
        return self.sentence
