"""Counts of a large campaign, which are kept for a while."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

LARGE = 200_000  # electors, from which on the counts of a campaign are kept
KEPT_FOR = 30  # seconds

# Wards by id that are asked about; None where it is the whole campaign.
Wards = frozenset[int] | None

T = TypeVar("T")


def kept(
    key: str,
    look: Callable[[], T],
    *,
    wards: Wards = None,
    when: Callable[[T], bool],
) -> T:
    """Counting a region takes a third of a second, so that it is kept for a while;
    counts of some wards are not."""
    if wards is not None:
        return look()
    memory = caches["process"]
    found: T | None = memory.get(key)
    if found is None:
        found = look()
        if when(found):
            memory.set(key, found, KEPT_FOR)
    return found
