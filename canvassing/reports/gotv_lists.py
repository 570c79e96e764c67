"""What pages say of lists: how they reconcile, and who is still open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from campaigns.models import Campaign, Ward
from canvassing.models import GotvList, GotvListWard
from canvassing.reports.gotv_selection import selection
from canvassing.reports.list_electors import (
    ListedElector,
    count,
    electors,
    of_list,
    of_rule,
)
from canvassing.rules.gotv import REASONS, GotvRule, Reason
from canvassing.rules.households import Block, blocks, households

PER_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Sum:
    """Some wards of a list together: listed + excluded = electors."""

    electors: int
    listed: int
    households: int
    excluded: list[tuple[str, int]]

    @property
    def left_out(self) -> int:
        return sum(number for _, number in self.excluded)

    @property
    def reconciles(self) -> bool:
        return self.listed + self.left_out == self.electors


def sum_of(rows: Iterable[GotvListWard]) -> Sum:
    """The reasons in the order in which they are asked, in words."""
    rows = list(rows)
    counts = {
        reason: sum(row.excluded.get(reason, 0) for row in rows) for reason in Reason
    }
    return Sum(
        electors=sum(row.electors for row in rows),
        listed=sum(row.listed for row in rows),
        households=sum(row.households for row in rows),
        excluded=[(REASONS[r], number) for r, number in counts.items() if number],
    )


def count_for_rule(
    campaign: Campaign, *, rule: GotvRule, channel: str, wards: Sequence[Ward]
) -> int:
    """How many electors a rule would list now."""
    chosen = selection(campaign, rule=rule, channel=channel)
    return count(of_rule(chosen, [ward.pk for ward in wards]))


@dataclass(frozen=True, slots=True)
class WardPage:
    """A page of a ward's list in walking order, of those who are still open."""

    open_now: int
    page: int
    pages: int
    blocks: list[tuple[Block, list[list[ListedElector]]]]

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def ward_page(gotv_list: GotvList, ward: Ward, *, page: int) -> WardPage:
    """Two queries; `page` counts from 1, and one beyond the last is the last."""
    source = of_list(gotv_list, [ward.pk])
    open_now = count(source)
    pages = max(1, -(-open_now // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = electors(source.page(PER_PAGE, skip=PER_PAGE * (page - 1)))
    return WardPage(
        open_now,
        page,
        pages,
        [(block, list(households(people))) for block, people in blocks(shown)],
    )
