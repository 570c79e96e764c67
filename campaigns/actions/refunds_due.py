"""What was paid above what is owed, and is due back by a credit note of the invoice."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from campaigns.access import Actor
from campaigns.actions.papers import locked_invoice, record_paper
from campaigns.clock import day_of
from campaigns.models import CreditNote, Invoice
from campaigns.reports.counted_expenses import NOTHING
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal


class RefundRefused(Refusal):
    """The refund cannot have come as told."""


def creditable(invoice: Invoice) -> Decimal:
    """What credit notes took off and nobody paid yet: so much more than is owed may
    have been paid, by a payment of the invoice in full."""
    return sum((note.amount - note.refunded for note in _open(invoice)), NOTHING)


def reckon_refunds_due(invoice: Invoice) -> Decimal:
    """A step of whatever changes what was paid or credited: what was paid above what is
    owed is due back by the credit notes whose money has not come, the oldest first.
    Returns what is due in all."""
    found = Invoice.objects.prefetch_related("payments", "credit_notes")
    invoice = found.get(pk=invoice.pk)
    standing, notes = standing_of_invoice(invoice), _open(invoice)
    left = due = max(NOTHING, standing.paid + standing.refund_due - standing.owed)
    for note in notes:
        back = min(note.amount, left)
        left -= back
        if note.refunded != back:
            note.refunded, note.overpaid = back, bool(back)
            note.save(update_fields=["refunded", "overpaid"])
    return due


def _open(invoice: Invoice) -> list[CreditNote]:
    notes = (note for note in invoice.credits if note.refunded_on is None)
    return sorted(notes, key=lambda note: note.pk)


def receive_refund(
    note: CreditNote, *, refunded_on: date, by: Actor, at: datetime
) -> CreditNote:
    """What was paid too much has come back, all of it. Audit verb
    `credit_note.refunded`. Refused: nothing is due by it, a day before the note or
    before the last payment, or to come. What did not come after all is due again once
    the note is voided and filed anew, without a day."""
    with transaction.atomic(durable=True):
        locked_invoice(note.invoice)
        return note_refund(note, refunded_on=refunded_on, by=by, at=at)


def note_refund(
    note: CreditNote, *, refunded_on: date, by: Actor, at: datetime
) -> CreditNote:
    """The step of `receive_refund`, within a transaction of others."""
    note = CreditNote.objects.select_related("invoice__expense").get(pk=note.pk)
    if note.voided_at or note.refunded_on or not note.refunded:
        raise RefundRefused("nothing_due", "Nothing is due back by it.")
    paid = note.invoice.payments.filter(voided_at__isnull=True)
    last_on = paid.aggregate(last_on=Max("paid_on"))["last_on"] or note.dated_on
    if not max(note.dated_on, last_on) <= refunded_on <= day_of(at):
        raise RefundRefused(
            "days_out_of_order",
            f"The {pounds(note.refunded)} came between the day of the credit note, or "
            "of the last payment, and today.",
        )
    note.refunded_on = refunded_on
    note.save(update_fields=["refunded_on"])
    _record("credit_note.refunded", note, by=by, at=at)
    return note


def take_back_refund(note: CreditNote, *, by: Actor, at: datetime) -> None:
    """A step of undoing the match by which it came: it is due again. Audit verb
    `credit_note.due_again`."""
    note.refunded_on = None
    note.save(update_fields=["refunded_on"])
    _record("credit_note.due_again", note, by=by, at=at)


def _record(verb: str, note: CreditNote, *, by: Actor, at: datetime) -> None:
    record_paper(
        verb, note, note.invoice.expense, by=by, at=at, refunded=str(note.refunded)
    )
