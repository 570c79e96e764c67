"""The only upward hooks: upper apps register in `AppConfig.ready()`, we call.

Each hook is a list of functions, called in the order in which they were registered,
inside the caller's transaction unless it says otherwise.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.db.models import Q

    from campaigns.access import Actor
    from campaigns.models import Campaign, Elector, ElectorMerge, JobPart
    from campaigns.roles import Capability


class ElectorsChanged(Protocol):
    """Set-based news of an import: `table` is a temporary table of elector_id."""

    def __call__(self, *, organisation_id: int, table: str) -> None: ...


class ElectorsMerged(Protocol):
    """Re-point rows from the tombstone to the kept elector, or back when `undo`.

    Returns, for each table, the ids of the rows that were moved.
    """

    def __call__(
        self,
        *,
        kept: "Elector",
        tombstone: "Elector",
        merge: "ElectorMerge",
        undo: bool = False,
    ) -> dict[str, list[int]]: ...


class Eraser(Protocol):
    """Remove what an upper app holds about a person. Returns how many rows."""

    def __call__(self, *, elector: "Elector", by: "Actor", at: datetime) -> int: ...


class CampaignMade(Protocol):
    """A campaign was set up: give it what it begins with."""

    def __call__(
        self, *, campaign: "Campaign", by: "Actor", at: datetime
    ) -> object: ...


@dataclass(frozen=True)
class Stock:
    """Copies of something that was bought, and how many were used on which day."""

    name: str
    copies: int
    used: dict[date, int]


class StocksOf(Protocol):
    """The stocks by their keys, such as `leaflet:3`: of a campaign, or those named."""

    def __call__(
        self,
        *,
        organisation_id: int,
        campaign_id: int | None = None,
        keys: Collection[str] | None = None,
    ) -> dict[str, Stock]: ...


class RunPart(Protocol):
    """Do one part of a job; its result is stored on the part."""

    def __call__(
        self, part: "JobPart", progress: Callable[[int, int], None]
    ) -> dict[str, object]: ...


class CloseJob(Protocol):
    """Called once, after the last part of a job is done."""

    def __call__(self, job_id: int) -> dict[str, object]: ...


@dataclass(frozen=True)
class JobKind:
    """What a kind of job runs for each of its parts, and when all are done."""

    run_part: RunPart
    close: CloseJob | None = None
    queue: str = "committee-room"


@dataclass(frozen=True)
class MoneyPage:
    """A page of an upper app that the money desk leads to, for those who may."""

    label: str
    route: str
    capability: "Capability"


@dataclass
class Registry:
    electors_changed: list[ElectorsChanged] = field(default_factory=list)
    electors_merged: list[ElectorsMerged] = field(default_factory=list)
    erasers: list[Eraser] = field(default_factory=list)
    campaign_made: list[CampaignMade] = field(default_factory=list)
    # Further ways in which an actor reaches electors, such as a round issued to them.
    scopes: list[Callable[["Actor", "Campaign"], "Q"]] = field(default_factory=list)
    # What is used copy by copy, for spending.
    stocks: list[StocksOf] = field(default_factory=list)
    money_pages: list[MoneyPage] = field(default_factory=list)
    job_kinds: dict[str, JobKind] = field(default_factory=dict)


registry = Registry()
