"""What was paid above what is owed: due back by a credit note, and come in parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Sum

from campaigns.access import Actor
from campaigns.actions.once import made_before
from campaigns.actions.papers import (
    locked_invoice,
    record_paper,
    record_papers,
    refuse_to_strike,
    strike,
)
from campaigns.clock import day_of
from campaigns.models import CreditNote, Invoice, Refund
from campaigns.reports.counted_expenses import NOTHING
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal


class RefundRefused(Refusal):
    """The refund cannot have come as told, or not be voided."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is due back on an invoice in all, and by which notes something else than
    before comes back: what it was, and is."""

    due: Decimal
    changed: Mapping[str, tuple[Decimal, Decimal]]

    @property
    def said(self) -> dict[str, object]:
        """What the audit says of it, beside what caused it."""
        changed = {row: list(map(str, sums)) for row, sums in self.changed.items()}
        return {"refund_due": str(self.due), "refunds_changed": changed}


def reckon_refunds_due(invoice: Invoice) -> Reckoned:
    """A step of whatever changes what was paid or credited: what was paid above what is
    owed, and has not come, is due back by the credit notes, the oldest first."""
    found = Invoice.objects.prefetch_related("payments", "credit_notes")
    invoice = found.get(pk=invoice.pk)
    standing = standing_of_invoice(invoice)
    notes = sorted(invoice.credits, key=lambda note: note.pk)
    over = standing.paid - standing.owed + sum((one.refunded for one in notes), NOTHING)
    left = due = max(NOTHING, over - sum((one.came for one in notes), NOTHING))
    changed: dict[str, tuple[Decimal, Decimal]] = {}
    for note in notes:
        back = min(note.amount - note.came, left)
        left -= back
        if note.refunded != note.came + back:
            changed[f"creditnote:{note.pk}"] = note.refunded, note.came + back
            note.refunded = note.came + back
            note.save(update_fields=["refunded"])
    return Reckoned(due, changed)


def receive_refund(
    note: CreditNote,
    *,
    amount: Decimal,
    came_on: date,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Refund:
    """What was paid too much has come back, all of it or a part; the rest stays due.
    `source` makes it idempotent. Audit verb `refund.recorded`. Refused: nothing or
    less, more than is due by the note, a day before the note or before the last
    payment, or to come."""
    with transaction.atomic(durable=True):
        invoice, _ = locked_invoice(note.invoice)
        if made := made_before(Refund, invoice.expense.campaign, source):
            return made
        return file_refund(
            note, amount=amount, came_on=came_on, source=source, by=by, at=at
        )


def file_refund(
    note: CreditNote,
    *,
    amount: Decimal,
    came_on: date,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Refund:
    """The step of `receive_refund`, within a transaction of others."""
    note = CreditNote.objects.select_related("invoice__expense").get(pk=note.pk)
    if note.voided_at or not note.due:
        raise RefundRefused("nothing_due", "Nothing is due back by it.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise RefundRefused("bad_amount", "A refund is of more than nothing.")
    if amount > note.due:
        raise RefundRefused(
            "more_than_due",
            f"{pounds(note.due)} is due back by it, not {pounds(amount)}.",
        )
    _refuse_odd_day(note, amount, came_on, at)
    note.came += amount
    note.save(update_fields=["came"])
    came = [(note, amount, came_on)]
    [refund] = save_refunds(came, source=source, by=by, at=at)
    return refund


def save_refunds(
    came: list[tuple[CreditNote, Decimal, date]],
    *,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> list[Refund]:
    """Money that came by these notes, which say so already; one alone may have a
    `source`. Audit verb `refund.recorded`, with what is still due."""
    refunds = [
        Refund(
            organisation_id=note.organisation_id,
            credit_note=note,
            amount=amount,
            came_on=came_on,
            recorded_at=at,
            source=source,
        )
        for note, amount, came_on in came
    ]
    for refund in refunds:
        refund.recorded_by(by)
    made = Refund.objects.bulk_create(refunds)
    record_papers(
        "refund.recorded",
        [
            (
                refund,
                refund.credit_note.invoice.expense,
                {
                    "credit_note": refund.credit_note_id,
                    "due": str(refund.credit_note.due),
                },
            )
            for refund in made
        ],
        by=by,
        at=at,
    )
    return made


def _refuse_odd_day(
    note: CreditNote, amount: Decimal, came_on: date, at: datetime
) -> None:
    paid = note.invoice.payments.filter(voided_at__isnull=True)
    last_on = paid.aggregate(last_on=Max("paid_on"))["last_on"] or note.dated_on
    if not max(note.dated_on, last_on) <= came_on <= day_of(at):
        raise RefundRefused(
            "days_out_of_order",
            f"The {pounds(amount)} came between the day of the credit note, or of the "
            "last payment, and today.",
        )


def void_refund(refund: Refund, *, reason: str, by: Actor, at: datetime) -> Refund:
    """It did not come after all: it is due again. Audit verb `refund.voided`. Refused:
    no reason, voided before, seen on a statement (undo that match first)."""
    with transaction.atomic(durable=True):
        return strike_refund(refund, reason=reason, by=by, at=at)


def strike_refund(refund: Refund, *, reason: str, by: Actor, at: datetime) -> Refund:
    """The step of `void_refund`, within a transaction of others."""
    invoice, _ = locked_invoice(refund.credit_note.invoice)
    refund = Refund.objects.select_related("credit_note__invoice__expense").get(
        pk=refund.pk
    )
    refuse_to_strike(refund, "refund", reason, refused=RefundRefused)
    note = refund.credit_note
    shown = note.statement_matches.filter(voided_at__isnull=True)
    on_lines = shown.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    if note.came - refund.amount < on_lines:
        raise RefundRefused(
            "on_a_statement", "A statement shows this refund: undo that match first."
        )
    strike(refund, reason=reason, at=at)
    note.came -= refund.amount
    note.save(update_fields=["came"])
    record_paper(
        "refund.voided",
        refund,
        invoice.expense,
        by=by,
        at=at,
        credit_note=note.pk,
        reason=refund.void_reason,
        **reckon_refunds_due(invoice).said,
    )
    return refund


def strike_refunds(note: CreditNote, *, reason: str, by: Actor, at: datetime) -> None:
    """With the note that is voided: what came by it is forgotten too. Audit verb, of
    each: `refund.voided`."""
    refunds = list(note.refunds.filter(voided_at__isnull=True))
    for refund in refunds:
        strike(refund, reason=reason, at=at)
    said = {"credit_note": note.pk, "reason": reason.strip()}
    record_papers(
        "refund.voided",
        [(refund, note.invoice.expense, said) for refund in refunds],
        by=by,
        at=at,
    )
