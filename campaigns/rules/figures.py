"""A figure of the law with its dates, its source and its mark."""

from dataclasses import dataclass
from datetime import date

from campaigns.rules.marks import Mark, Source


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is used here; `value` as people read it, such as `£2,362.00`.

    It holds from `effective_from` until the day before `effective_to`; without them
    its days were not read. A `caution` is shown with whatever is worked from it.
    """

    topic: str
    what: str
    value: str
    mark: Mark
    source: Source
    effective_from: date | None = None
    effective_to: date | None = None
    caution: str = ""
