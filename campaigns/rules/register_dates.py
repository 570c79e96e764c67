"""Which day a register file is of, from the little that files say about it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip
DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
WORDED = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? +)?({'|'.join(MONTHS)}) +(\d{{4}})\b",
    re.IGNORECASE,
)


class PublishedOn(NamedTuple):
    on: date
    assumed: bool


def month_number(text: str) -> int | None:
    """`March`, `mar` -> 3: the first three letters are used."""
    short = text.strip().lower()[:3]
    found = [
        n for n, name in enumerate(MONTHS, 1) if len(short) == 3 and name[:3] == short
    ]
    return found[0] if found else None


def date_in_titles(titles: Sequence[str]) -> date | None:
    """`Date Published 01/12/2023`, `… March 2024` (the first of the month)."""
    for title in titles:
        try:
            if found := DAY.search(title):
                day, month, year = map(int, found.groups())
                return date(year, month, day)
            if found := WORDED.search(title):
                named, worded, year_text = found.groups()
                number = MONTHS.index(worded.lower()) + 1
                return date(int(year_text), number, int(named or 1))
        except ValueError:
            continue
    return None


def month_after(month: int, base: PublishedOn | None, *, today: date) -> PublishedOn:
    """A month without its year: the first one from the register it changes, or the last
    one gone by where that register's own date is only assumed."""
    if base and not base.assumed:
        year = base.on.year + (month < base.on.month)
        return PublishedOn(date(year, month, 1), assumed=False)
    year = today.year - (month > today.month)
    return PublishedOn(date(year, month, 1), assumed=True)
