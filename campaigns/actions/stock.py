"""Copies of what was bought: kept within the limit, and written off."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.expense_checks import ExpenseRefused
from campaigns.actions.spending import (
    keeping_within_the_limit,
    lock_bearers_of,
    locked,
)
from campaigns.models import Expense, ExpenseState
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.stock_use import stock_use, stocks_of
from campaigns.roles import Capability

MOST_REASONS = 500


@contextmanager
def keeping_stock_within_the_limit(
    *, organisation_id: int, stock: str, by: Actor, at: datetime, reason: str = ""
) -> Iterator[None]:
    """Write inside how copies were used; refused where that makes what they cost count
    more than before, in all that was used or may yet be, and passes a limit, unless the
    agent gives a `reason`. Audit verb, of each expense that needed it:
    `expense.used_past_the_limit`."""
    bought = Expense.objects.filter(organisation_id=organisation_id, stock=stock)
    bearers = lock_bearers_of(bought.exclude(state=ExpenseState.VOIDED))
    with ExitStack() as kept:
        decisions = [
            (
                expense,
                kept.enter_context(
                    keeping_within_the_limit(expense, bearers, by=by, reason=reason)
                ),
            )
            for expense in bought.filter(state=ExpenseState.COMMITTED)
        ]
        yield
    for expense, decision in decisions:
        if decision.reason:
            audit.record(
                "expense.used_past_the_limit",
                by=by,
                at=at,
                organisation_id=expense.organisation_id,
                campaign_id=expense.campaign_id,
                target=expense,
                over_limit_reason=decision.reason,
            )


def write_off_stock(
    expense: Expense, *, copies: int, reason: str, by: Actor, at: datetime
) -> Expense:
    """So many of the copies in hand will never be used: room is kept for them no more.

    Audit verb `expense.stock_written_off`.
    The reason stands after those of before. Refused: anybody but the agent, no reason,
    no copies, more than are in hand, reasons of over 500 characters in all.
    """
    if not by.can(
        Capability.COMMIT_EXPENSE,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
    ):
        raise ExpenseRefused("not_the_agent", "Only the election agent writes off.")
    if not reason.strip():
        raise ExpenseRefused("no_reason", "Say how it is known that they stay unused.")
    with transaction.atomic(durable=True):
        expense = locked(expense)
        use = stock_use(
            expense,
            stocks_of([expense]).get(expense.stock),
            campaign_periods(expense.campaign),
        )
        in_hand = use.in_hand if use else 0
        if not 0 < copies <= in_hand:
            raise ExpenseRefused(
                "copies", f"{in_hand:,} copies are in hand: write off some of those."
            )
        expense.stock_unused += copies
        expense.stock_unused_reason = _with(expense.stock_unused_reason, reason.strip())
        expense.save(update_fields=["stock_unused", "stock_unused_reason"])
        audit.record(
            "expense.stock_written_off",
            by=by,
            at=at,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
            target=expense,
            copies=copies,
            reason=reason.strip(),
        )
    return expense


def _with(before: str, reason: str) -> str:
    reasons = "; ".join(filter(None, (before, reason)))
    if len(reasons) > MOST_REASONS:
        raise ExpenseRefused(
            "long_reason",
            f"With the reasons of before that is over {MOST_REASONS} characters: "
            "say it shorter.",
        )
    return reasons
