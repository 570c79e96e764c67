"""Invoices for committed expenses, and payments of invoices."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.spending import (
    keeping_within_the_limit,
    lock_bearers,
    locked,
)
from campaigns.models import Expense, ExpenseState, Invoice, Payment
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal


class InvoiceRefused(Refusal):
    """The invoice cannot be recorded or voided as asked."""


class PaymentRefused(Refusal):
    """The payment cannot be recorded or voided as asked."""


def record_invoice(
    *,
    expense: Expense,
    number: str,
    amount: Decimal,
    dated_on: date,
    received_on: date,
    is_last: bool = True,
    disputed: bool = False,
    by: Actor,
    at: datetime,
) -> Invoice:
    """File a supplier's claim. After the last one the expense is what was invoiced.

    Refused: on an expense that is not committed, more than was committed (propose the
    difference as a further expense), after the last one, the same number twice; a last
    one that makes a discount so large that its value passes the limit.
    """
    number = number.strip()
    if not number:
        raise InvoiceRefused("no_number", "An invoice needs its number or date mark.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise InvoiceRefused("bad_amount", "An invoice is for more than nothing.")
    with transaction.atomic(durable=True):
        bearers = lock_bearers(expense)
        expense = Expense.objects.get(pk=expense.pk)
        _refuse_beyond_the_order(expense, number, amount)
        invoice = Invoice(
            organisation_id=expense.organisation_id,
            expense=expense,
            number=number,
            amount=amount,
            dated_on=dated_on,
            received_on=received_on,
            is_last=is_last,
            disputed=disputed,
            recorded_at=at,
        )
        invoice.recorded_by(by)
        with keeping_within_the_limit(expense, bearers):
            invoice.save(force_insert=True)
        _record("invoice.recorded", invoice, expense, by=by, at=at, is_last=is_last)
    return invoice


def _refuse_beyond_the_order(expense: Expense, number: str, amount: Decimal) -> None:
    if expense.state != ExpenseState.COMMITTED:
        raise InvoiceRefused(
            "not_committed",
            "Only a committed expense can be invoiced: commit it first.",
        )
    live = expense.invoices.filter(voided_at__isnull=True)
    if live.filter(is_last=True).exists():
        raise InvoiceRefused("was_last", "The last invoice has come: void it first.")
    if live.filter(number=number).exists():
        raise InvoiceRefused("number_twice", f"Invoice {number} is filed already.")
    total = amount + (live.aggregate(sum=Sum("amount"))["sum"] or 0)
    if total > expense.amount:
        raise InvoiceRefused(
            "more_than_committed",
            f"The invoices would come to {pounds(total)}, but only "
            f"{pounds(expense.amount)} was committed: propose the rest as a further "
            "expense, so that it is checked against the limit.",
        )


def void_invoice(invoice: Invoice, *, reason: str, by: Actor, at: datetime) -> Invoice:
    """Strike an invoice out; after the last one the whole order counts again.

    Refused: no reason, voided before, paid, or a limit that would then be passed.
    """
    if not reason.strip():
        raise InvoiceRefused("no_reason", "Say why the invoice is voided.")
    with transaction.atomic(durable=True):
        bearers = lock_bearers(invoice.expense)
        invoice = Invoice.objects.select_related("expense").get(pk=invoice.pk)
        if invoice.voided_at is not None:
            raise InvoiceRefused("already_voided", "This invoice is voided already.")
        if invoice.payments.filter(voided_at__isnull=True).exists():
            raise InvoiceRefused(
                "already_paid", "It was paid: void its payments first."
            )
        invoice.voided_at, invoice.void_reason = at, reason.strip()
        with keeping_within_the_limit(invoice.expense, bearers):
            invoice.save(update_fields=["voided_at", "void_reason"])
        _record(
            "invoice.voided",
            invoice,
            invoice.expense,
            by=by,
            at=at,
            reason=invoice.void_reason,
        )
    return invoice


def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    method: str,
    by: Actor,
    at: datetime,
) -> Payment:
    """File money that left the account.

    Refused: more than the invoice, a disputed or voided one, no method.
    """
    with transaction.atomic(durable=True):
        return file_payment(
            invoice=invoice, amount=amount, paid_on=paid_on, method=method, by=by, at=at
        )


def file_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    method: str,
    by: Actor,
    at: datetime,
) -> Payment:
    """The step of `record_payment`, within a transaction of others."""
    if not method.strip():
        raise PaymentRefused("no_method", "Say how it was paid.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise PaymentRefused("bad_amount", "A payment is of more than nothing.")
    expense = locked(invoice.expense)
    invoice = Invoice.objects.get(pk=invoice.pk)
    _refuse_beyond_the_invoice(invoice, amount)
    payment = Payment(
        organisation_id=invoice.organisation_id,
        invoice=invoice,
        amount=amount,
        paid_on=paid_on,
        method=method.strip(),
        recorded_at=at,
    )
    payment.recorded_by(by)
    payment.save(force_insert=True)
    _record("payment.recorded", payment, expense, by=by, at=at)
    return payment


def _refuse_beyond_the_invoice(invoice: Invoice, amount: Decimal) -> None:
    if invoice.voided_at is not None:
        raise PaymentRefused("invoice_voided", "A voided invoice is not paid.")
    if invoice.disputed:
        raise PaymentRefused(
            "invoice_disputed", "The invoice is disputed: settle it before paying."
        )
    live = invoice.payments.filter(voided_at__isnull=True)
    total = amount + (live.aggregate(sum=Sum("amount"))["sum"] or 0)
    if total > invoice.amount:
        raise PaymentRefused(
            "more_than_invoiced",
            f"The payments would come to {pounds(total)}, but the invoice is for "
            f"{pounds(invoice.amount)}.",
        )


def void_payment(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Payment:
    """Strike a payment out. Refused: no reason, voided before, or seen on a statement
    (undo that match first)."""
    with transaction.atomic(durable=True):
        return strike_payment(payment, reason=reason, by=by, at=at)


def strike_payment(
    payment: Payment, *, reason: str, by: Actor, at: datetime
) -> Payment:
    """The step of `void_payment`, within a transaction of others."""
    if not reason.strip():
        raise PaymentRefused("no_reason", "Say why the payment is voided.")
    expense = locked(payment.invoice.expense)
    payment = Payment.objects.get(pk=payment.pk)
    if payment.voided_at is not None:
        raise PaymentRefused("already_voided", "This payment is voided already.")
    if payment.statement_matches.filter(voided_at__isnull=True).exists():
        raise PaymentRefused(
            "on_a_statement", "A statement shows this payment: undo that match first."
        )
    payment.voided_at, payment.void_reason = at, reason.strip()
    payment.save(update_fields=["voided_at", "void_reason"])
    _record(
        "payment.voided", payment, expense, by=by, at=at, reason=payment.void_reason
    )
    return payment


def _record(
    verb: str,
    paper: Invoice | Payment,
    expense: Expense,
    *,
    by: Actor,
    at: datetime,
    **data: object,
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=expense.organisation_id,
        campaign_id=expense.campaign_id,
        target=paper,
        expense=expense.pk,
        amount=str(paper.amount),
        **data,
    )
