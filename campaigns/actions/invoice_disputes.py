"""Disputes over invoices: raised with a reason, and ended with another."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.favours import follow_gift
from campaigns.actions.papers import locked_invoice, record_paper
from campaigns.actions.spending import keeping_within_the_limit
from campaigns.clock import day_of
from campaigns.models import DisputeOutcome, Invoice
from campaigns.reports.expense_table import claimed_of, standing_of_invoice
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal

ENDED = ("dispute_outcome", "dispute_ended_on", "dispute_end_reason", "settled_amount")


class DisputeRefused(Refusal):
    """The dispute cannot be raised or ended as asked."""


def dispute_invoice(
    invoice: Invoice, *, reason: str, by: Actor, at: datetime
) -> Invoice:
    """Say that we do not owe what an invoice claims; until that ends it is not paid.

    It goes on counting whole. Audit verb `invoice.disputed`.
    Refused: no reason; a voided or a paid invoice; one that is or was disputed.
    """
    if not reason.strip():
        raise DisputeRefused("no_reason", "Say what is disputed.")
    with transaction.atomic(durable=True):
        invoice, _ = locked_invoice(invoice)
        _refuse_unless_open(invoice)
        if invoice.disputed or invoice.dispute_outcome:
            raise DisputeRefused(
                "disputed_before", "An invoice is disputed once: this one was."
            )
        if not standing_of_invoice(invoice).unpaid:
            raise DisputeRefused("paid", "It is paid: void the payment first.")
        invoice.disputed, invoice.dispute_reason = True, reason.strip()
        invoice.save(update_fields=["disputed", "dispute_reason"])
        record_paper(
            "invoice.disputed",
            invoice,
            invoice.expense,
            by=by,
            at=at,
            reason=invoice.dispute_reason,
        )
    return invoice


def end_dispute(
    invoice: Invoice,
    *,
    outcome: str,
    amount: Decimal | None = None,
    ended_on: date,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> Invoice:
    """Settle a disputed invoice at `amount`, or let it stand as it came.

    A settled one is owed, and counts, at what was settled, which may be nothing, less
    its credit notes, those of before too. Under
    the lock of every campaign that bears it. Audit verb `invoice.dispute_ended`.
    Refused: an invoice that is not disputed; no reason; a sum where nothing is settled,
    or none where it is; less than was paid; more than was committed; a day before the
    invoice came, or to come; what makes the expense pass a limit, unless the agent
    gives `over_limit_reason`.
    """
    _refuse_unclear(outcome, amount, reason)
    with transaction.atomic(durable=True):
        invoice, bearers = locked_invoice(invoice)
        _refuse_unless_open(invoice)
        if not invoice.disputed:
            raise DisputeRefused("not_disputed", "This invoice is not disputed.")
        if not invoice.received_on <= ended_on <= day_of(at):
            raise DisputeRefused(
                "days_out_of_order",
                "A dispute ends between the day the invoice came and today.",
            )
        if amount is not None:
            _refuse_odd_sum(invoice, amount)
        invoice.disputed, invoice.settled_amount = False, amount
        invoice.dispute_outcome, invoice.dispute_ended_on = outcome, ended_on
        invoice.dispute_end_reason = reason.strip()
        with keeping_within_the_limit(
            invoice.expense, bearers, by=by, reason=over_limit_reason
        ) as decision:
            invoice.save(update_fields=["disputed", *ENDED])
            follow_gift(invoice.expense, reason=reason.strip(), by=by, at=at)
        record_paper(
            "invoice.dispute_ended",
            invoice,
            invoice.expense,
            by=by,
            at=at,
            outcome=outcome,
            settled=None if amount is None else str(amount),
            reason=invoice.dispute_end_reason,
            over_limit_reason=decision.reason,
        )
    return invoice


def _refuse_unless_open(invoice: Invoice) -> None:
    if not invoice.stands:
        raise DisputeRefused("invoice_voided", "This invoice is voided.")


def _refuse_unclear(outcome: str, amount: Decimal | None, reason: str) -> None:
    if outcome not in DisputeOutcome:
        raise DisputeRefused("unknown_outcome", f"{outcome!r} is no end of a dispute.")
    if not reason.strip():
        raise DisputeRefused("no_reason", "Say how the dispute came to its end.")
    if (outcome == DisputeOutcome.SETTLED) != (amount is not None):
        raise DisputeRefused(
            "sum_and_outcome", "Say the sum where it is settled, and only there."
        )
    if amount is not None and (amount < 0 or amount != to_the_penny(amount)):
        raise DisputeRefused(
            "bad_amount", "What is settled is nothing or more, in pounds and pence."
        )


def _refuse_odd_sum(invoice: Invoice, amount: Decimal) -> None:
    standing = standing_of_invoice(invoice)
    gone = invoice.claim - standing.unpaid
    if amount < gone:
        raise DisputeRefused(
            "less_than_paid",
            f"{pounds(gone)} of it was paid or credited: it cannot be settled at less.",
        )
    expense = invoice.expense
    total = claimed_of(expense) - invoice.claim + amount
    if total > expense.amount:
        raise DisputeRefused(
            "more_than_committed",
            f"The invoices would come to {pounds(total)}, but only "
            f"{pounds(expense.amount)} was committed: settle at no more, and propose "
            "the rest as a further expense, so that it is checked against the limit.",
        )
