"""Copies of what was bought that will never be used: written off, and taken back."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import (
    keeping_within_the_limit,
    lock_bearers,
    locked,
)
from campaigns.models import Expense
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.stock_use import StockUse, stock_use, stocks_of
from campaigns.roles import Capability


def write_off_stock(
    expense: Expense, *, copies: int, reason: str, by: Actor, at: datetime
) -> Expense:
    """So many of the copies in hand will never be used: room is kept for them no more.

    Audit verb `expense.stock_written_off`.
    The reason stands after those of before. Refused: anybody but the agent, no reason,
    no copies, more than are in hand.
    """
    _refuse_unfit(expense, reason, by=by)
    with transaction.atomic(durable=True):
        expense = locked(expense)
        use = _use_of(expense)
        in_hand = use.in_hand if use else 0
        if not 0 < copies <= in_hand:
            raise ExpenseRefused(
                "copies", f"{in_hand:,} copies are in hand: write off some of those."
            )
        _keep(expense, expense.stock_unused + copies, reason.strip())
        _record("expense.stock_written_off", expense, copies, reason, by=by, at=at)
    return expense


def take_back_write_off(
    expense: Expense,
    *,
    copies: int,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> Expense:
    """So many of the copies that were written off are in hand after all: room is kept
    for them again, under the lock of every campaign that bears the expense.

    Audit verb `expense.write_off_taken_back`. Why they were written off stays, and this
    reason stands after it. Refused: anybody but the agent, no reason, no copies, more
    than stand written off, a limit that would be passed if they were used, unless the
    agent gives `over_limit_reason`.
    """
    _refuse_unfit(expense, reason, by=by)
    with transaction.atomic(durable=True):
        bearers = lock_bearers(expense)
        expense = locked(expense)
        use = _use_of(expense)
        written_off = use.written_off if use else 0
        if not 0 < copies <= written_off:
            raise ExpenseRefused(
                "copies",
                f"{written_off:,} copies are written off: take back some of those.",
            )
        said = f"{copies:,} taken back: {reason.strip()}"
        with keeping_within_the_limit(
            expense, bearers, by=by, reason=over_limit_reason
        ) as decision:
            _keep(expense, written_off - copies, said)
        _record(
            "expense.write_off_taken_back",
            expense,
            copies,
            reason,
            by=by,
            at=at,
            **decision.said,
        )
    return expense


def _refuse_unfit(expense: Expense, reason: str, *, by: Actor) -> None:
    if not by.can(
        Capability.COMMIT_EXPENSE,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused(
            "not_the_agent", "Only the election agent writes off, and takes that back."
        )
    if not reason.strip():
        raise ExpenseRefused("no_reason", "Say how that is known.")


def _use_of(expense: Expense) -> StockUse | None:
    stock = stocks_of([expense]).get(expense.stock)
    return stock_use(expense, stock, campaign_periods(expense.campaign))


def _keep(expense: Expense, unused: int, reason: str) -> None:
    """The reason stands after those of before."""
    expense.stock_unused = unused
    reasons = filter(None, (expense.stock_unused_reason, reason))
    expense.stock_unused_reason = "; ".join(reasons)
    expense.save(update_fields=["stock_unused", "stock_unused_reason"])


def _record(
    verb: str,
    expense: Expense,
    copies: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    **said: object,
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
        target=expense,
        copies=copies,
        reason=reason.strip(),
        **said,
    )
