"""Invoices for committed expenses, and payments of invoices."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.favours import follow_gift
from campaigns.actions.invoice_filing import InvoiceRefused, file_invoice
from campaigns.actions.once import made_before
from campaigns.actions.papers import (
    locked_invoice,
    record_paper,
    refuse_to_strike,
    strike,
)
from campaigns.actions.payers import refuse_others
from campaigns.actions.refunds_due import reckon_refunds_due
from campaigns.actions.spending import keeping_within_the_limit
from campaigns.clock import day_of
from campaigns.models import (
    CreditNote,
    Expense,
    Invoice,
    Payer,
    Payment,
    SpendingAuthority,
)
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.expense_table import InvoiceStanding, standing_of_invoice
from campaigns.reports.late_claims import claim_standing
from campaigns.rules.likely_days import refuse_unlikely
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal


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
    dispute_reason: str = "",
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> Invoice:
    """File a supplier's claim. After the last one the expense is what was invoiced.

    With a `dispute_reason` it is disputed from the beginning, and not paid until that
    ends. One that came too late is filed all the same, for it counts; to be paid it
    needs the leave of a court. Audit verb `invoice.recorded`.
    Refused: on an expense that is not committed, more than was committed (propose the
    difference as a further expense), after the last one, the same number twice, one
    that came before its own date or has still to come; a last one that makes a discount
    so large that its value passes the limit, unless the agent gives
    `over_limit_reason`.
    """
    with transaction.atomic(durable=True):
        return file_invoice(
            expense=expense,
            number=number,
            amount=amount,
            dated_on=dated_on,
            received_on=received_on,
            is_last=is_last,
            dispute_reason=dispute_reason,
            over_limit_reason=over_limit_reason,
            by=by,
            at=at,
        )


def void_invoice(
    invoice: Invoice,
    *,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> Invoice:
    """Strike an invoice out; after the last one the whole order counts again.

    Refused: no reason, voided before, paid or credited, or a limit that would then be
    passed, unless the agent gives `over_limit_reason`.
    """
    with transaction.atomic(durable=True):
        invoice, bearers = locked_invoice(invoice)
        refuse_to_strike(invoice, "invoice", reason, refused=InvoiceRefused)
        if invoice.payments.filter(voided_at__isnull=True).exists():
            raise InvoiceRefused(
                "already_paid", "It was paid: void its payments first."
            )
        if invoice.credits:
            raise InvoiceRefused(
                "credited", "It was credited: void its credit notes first."
            )
        with keeping_within_the_limit(
            invoice.expense, bearers, by=by, reason=over_limit_reason
        ) as decision:
            strike(invoice, reason=reason, at=at)
            follow_gift(invoice.expense, reason=reason.strip(), by=by, at=at)
        record_paper(
            "invoice.voided",
            invoice,
            invoice.expense,
            by=by,
            at=at,
            reason=invoice.void_reason,
            over_limit_reason=decision.reason,
        )
    return invoice


def strike_invoices(expense: Expense, *, reason: str, by: Actor, at: datetime) -> None:
    """Void the invoices of an expense and their credit notes, in the transaction that
    voids the expense. Nothing of them is paid."""
    live = expense.invoices.filter(voided_at__isnull=True)
    for invoice in live.prefetch_related("credit_notes"):
        papers: tuple[tuple[str, Invoice | CreditNote], ...] = (
            *(("credit_note.voided", note) for note in invoice.credits),
            ("invoice.voided", invoice),
        )
        for verb, paper in papers:
            strike(paper, reason=reason, at=at)
            record_paper(verb, paper, expense, by=by, at=at, reason=reason)


def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    method: str,
    paid_by: str = Payer.AGENT,
    authority: SpendingAuthority | None = None,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Payment:
    """File money that was paid. Audit verb `payment.recorded`.

    `paid_by` is a `Payer`; a petty expense is paid under an `authority` of the campaign
    that holds on that day, and a campaigner's under that by which it was spent.
    One that was credited may be paid in full all the same: what is above what is owed
    is due back. `source` makes it idempotent.
    Refused: whoever may not pay this (`rules.payments.refuse_payer`); more than is
    claimed by the invoice, a disputed or voided one, no method, a day to come or years
    before the poll; one that came or is paid after its last day, without the leave of a
    court (not asked of a campaigner, for whom it was not read: every report says so).
    """
    with transaction.atomic(durable=True):
        return file_payment(
            invoice=invoice,
            amount=amount,
            paid_on=paid_on,
            method=method,
            paid_by=paid_by,
            authority=authority,
            source=source,
            by=by,
            at=at,
        )


def file_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    method: str,
    paid_by: str = Payer.AGENT,
    authority: SpendingAuthority | None = None,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Payment:
    """The step of `record_payment`, within a transaction of others."""
    if not method.strip():
        raise PaymentRefused("no_method", "Say how it was paid.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise PaymentRefused("bad_amount", "A payment is of more than nothing.")
    if paid_on > day_of(at):
        raise PaymentRefused(
            "day_to_come", "A payment is filed once it was made, not before."
        )
    invoice, _ = locked_invoice(invoice)
    if made := made_before(Payment, invoice.expense.campaign, source):
        return made
    refuse_unlikely(paid_on, poll_on=invoice.expense.campaign.election.poll_on)
    _refuse_beyond_the_invoice(invoice, amount)
    if paid_by != Payer.CAMPAIGNER:
        _refuse_late(invoice, paid_on)
    refuse_others(invoice, amount, paid_on, paid_by=paid_by, authority=authority)
    payment = Payment(
        organisation_id=invoice.organisation_id,
        invoice=invoice,
        amount=amount,
        paid_on=paid_on,
        method=method.strip(),
        paid_by=paid_by,
        authority=authority,
        recorded_at=at,
        source=source,
    )
    payment.recorded_by(by)
    payment.save(force_insert=True)
    record_paper(
        "payment.recorded",
        payment,
        invoice.expense,
        by=by,
        at=at,
        paid_by=paid_by,
        authority=payment.authority_id,
        **reckon_refunds_due(invoice).said,
    )
    return payment


def _refuse_beyond_the_invoice(invoice: Invoice, amount: Decimal) -> None:
    if not invoice.stands:
        raise PaymentRefused("invoice_voided", "A voided invoice is not paid.")
    if invoice.disputed:
        raise PaymentRefused(
            "invoice_disputed", "The invoice is disputed: settle it before paying."
        )
    standing = standing_of_invoice(invoice)
    total = standing.paid + amount
    if total > standing.owed + standing.creditable:
        raise PaymentRefused(
            "more_than_invoiced",
            f"The payments would come to {pounds(total)}, but only "
            f"{pounds(standing.owed)} is owed on this invoice{_in_full(standing)}.",
        )


def _in_full(standing: InvoiceStanding) -> str:
    if not standing.creditable:
        return ""
    return (
        f", and {pounds(standing.creditable)} more was credited, which may have been "
        "paid all the same"
    )


def _refuse_late(invoice: Invoice, paid_on: date) -> None:
    deadlines = campaign_deadlines(invoice.expense.campaign)
    standing = claim_standing(invoice, deadlines, paid_on=paid_on)
    if standing.has_no_leave:
        raise PaymentRefused(
            "needs_leave",
            " ".join(standing.reasons)
            + f" {deadlines.basis} It may be paid only with the leave of a court, from "
            "the day of its order on: file that first.",
        )


def void_payment(payment: Payment, *, reason: str, by: Actor, at: datetime) -> Payment:
    """Strike a payment out. Audit verb `payment.voided`.

    Refused: no reason, voided before, money that came back of it by a credit note, or
    seen on a statement (undo that match first).
    """
    with transaction.atomic(durable=True):
        return strike_payment(payment, reason=reason, by=by, at=at)


def strike_payment(
    payment: Payment, *, reason: str, by: Actor, at: datetime
) -> Payment:
    """The step of `void_payment`, within a transaction of others."""
    invoice, _ = locked_invoice(payment.invoice)
    payment = Payment.objects.get(pk=payment.pk)
    refuse_to_strike(payment, "payment", reason, refused=PaymentRefused)
    if payment.statement_matches.filter(voided_at__isnull=True).exists():
        raise PaymentRefused(
            "on_a_statement", "A statement shows this payment: undo that match first."
        )
    standing = standing_of_invoice(invoice)
    if standing.paid + standing.refund_due < payment.amount:
        raise PaymentRefused(
            "refunded", "Money of it came back: void that refund first."
        )
    strike(payment, reason=reason, at=at)
    reckoned = reckon_refunds_due(invoice)
    record_paper(
        "payment.voided",
        payment,
        invoice.expense,
        by=by,
        at=at,
        reason=payment.void_reason,
        **reckoned.said,
    )
    return payment
