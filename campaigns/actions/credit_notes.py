"""Credit notes: what a supplier takes back of an invoice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.favours import follow_gift
from campaigns.actions.papers import (
    locked_invoice,
    record_paper,
    record_papers,
    refuse_to_strike,
    strike,
)
from campaigns.actions.refunds_due import (
    Reckoned,
    reckon_refunds_due,
    save_refunds,
    strike_refunds,
)
from campaigns.actions.spending import (
    keeping_all_within_the_limit,
    keeping_within_the_limit,
    lock_bearers,
)
from campaigns.clock import day_of
from campaigns.models import Campaign, CreditNote, Expense, ExpenseKind, Invoice
from campaigns.reports.expense_table import InvoiceStanding, standing_of_invoice
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal

NOTHING = Decimal("0.00")
BATCH = 1_000


class CreditNoteRefused(Refusal):
    """The credit note cannot be filed or voided as asked."""


def record_credit_note(
    *,
    invoice: Invoice,
    number: str,
    amount: Decimal,
    dated_on: date,
    reason: str,
    is_favour: bool = False,
    refunded_on: date | None = None,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> CreditNote:
    """File what the supplier takes back: it is not owed, and no longer counts as paid.

    `is_favour` says that not every customer would get it: then the full price is the
    commercial value. What was paid already came back on `refunded_on`; without it that
    is due back. A lower price may count more, as a gift, so this runs under the lock of
    every campaign that bears the expense. A donation that was entered of a favour or
    discount is voided where that is not of its sum any more. Audit verb
    `credit_note.recorded`.
    Refused: no number or reason, the same number twice, an amount above what is left
    of the invoice, a day before the invoice or to come, money back that was not paid, a
    favour of what is a gift or discount already, a voided invoice, a limit that would
    be passed unless the agent gives `over_limit_reason`.
    """
    with transaction.atomic(durable=True):
        return file_credit_note(
            invoice=invoice,
            number=number,
            amount=amount,
            dated_on=dated_on,
            reason=reason,
            is_favour=is_favour,
            refunded_on=refunded_on,
            over_limit_reason=over_limit_reason,
            by=by,
            at=at,
        )


def file_credit_note(
    *,
    invoice: Invoice,
    number: str,
    amount: Decimal,
    dated_on: date,
    reason: str,
    is_favour: bool = False,
    refunded_on: date | None = None,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> CreditNote:
    """The step of `record_credit_note`, within a transaction of others."""
    filing = CreditNoteFiling([invoice], lock_bearers(invoice.expense), by=by, at=at)
    note = filing.take(
        invoice,
        number=number,
        amount=amount,
        dated_on=dated_on,
        reason=reason,
        is_favour=is_favour,
        refunded_on=refunded_on,
    )
    filing.save(over_limit_reason=over_limit_reason)
    return note


class CreditNoteFiling:
    """Credit notes of these invoices, each taken as if those before it were filed, and
    all saved together.

    Within a transaction that has locked `bearers`, who are all that bear any of them.
    Ten queries, however many credit notes, and some for each bearer.
    """

    def __init__(
        self,
        invoices: Iterable[Invoice],
        bearers: list[Campaign],
        *,
        by: Actor,
        at: datetime,
    ) -> None:
        self.bearers, self.by, self.at = bearers, by, at
        found = Invoice.objects.filter(pk__in={invoice.pk for invoice in invoices})
        found = found.select_related("expense")
        self._standing = {
            invoice.pk: standing_of_invoice(invoice)
            for invoice in found.prefetch_related("credit_notes", "payments")
        }
        self._taken: list[CreditNote] = []
        self._came: list[tuple[CreditNote, Decimal, date]] = []

    def take(
        self,
        invoice: Invoice,
        *,
        number: str,
        amount: Decimal,
        dated_on: date,
        reason: str,
        is_favour: bool = False,
        refunded_on: date | None = None,
    ) -> CreditNote:
        """One that is not saved yet. Refused as `record_credit_note` says."""
        number, reason = number.strip(), reason.strip()
        _refuse_unclear(number, amount, reason)
        standing = self._standing[invoice.pk]
        _refuse_second_gift(standing.invoice, is_favour=is_favour)
        _refuse_beyond_the_invoice(standing, number, amount)
        _refuse_odd_days(standing.invoice, (dated_on, refunded_on), self.at)
        refund = _refund(standing, amount, refunded_on)
        note = CreditNote(
            organisation_id=standing.invoice.organisation_id,
            invoice=standing.invoice,
            number=number,
            amount=amount,
            dated_on=dated_on,
            reason=reason,
            is_favour=is_favour,
            refunded=refund,
            came=refund if refunded_on else NOTHING,
            recorded_at=self.at,
        )
        note.recorded_by(self.by)
        self._taken.append(note)
        if refunded_on:
            self._came.append((note, refund, refunded_on))
        self._standing[invoice.pk] = replace(
            standing,
            credit_notes=(note, *standing.credit_notes),
            owed=standing.owed - amount,
            paid=standing.paid - note.refunded,
        )
        return note

    def save(self, *, over_limit_reason: str = "") -> None:
        """File what was taken. Audit verb, of each: `credit_note.recorded`. Refused: a
        limit that is passed by it, without the agent's reason."""
        if not self._taken:
            return
        touched = {
            note.invoice.expense_id: note.invoice.expense for note in self._taken
        }
        with keeping_all_within_the_limit(
            list(touched.values()), self.bearers, by=self.by, reason=over_limit_reason
        ) as decision:
            CreditNote.objects.bulk_create(self._taken, batch_size=BATCH)
            save_refunds(self._came, by=self.by, at=self.at)
            self._follow_gifts(touched.values())
        record_papers(
            "credit_note.recorded",
            [
                (
                    note,
                    note.invoice.expense,
                    {"refunded": str(note.refunded), "came": str(note.came)}
                    | self._reckoned(note).said
                    | decision.said,
                )
                for note in self._taken
            ],
            by=self.by,
            at=self.at,
        )

    def _reckoned(self, note: CreditNote) -> Reckoned:
        """What is due back on its invoice after all that was taken, and what of it
        comes back by this one."""
        filed = self._standing[note.invoice_id].credit_notes
        due = sum((one.due for one in filed if one.voided_at is None), NOTHING)
        changed = {f"creditnote:{note.pk}": (NOTHING, note.refunded)}
        return Reckoned(due, changed if note.refunded else {})

    def _follow_gifts(self, touched: Iterable[Expense]) -> None:
        """Of each that has a donation: few, if any."""
        for expense in touched:
            numbers = ", ".join(
                note.number
                for note in self._taken
                if note.invoice.expense_id == expense.pk
            )
            reason = f"Credit note {numbers} changed what is given"[:500]
            follow_gift(expense, reason=reason, by=self.by, at=self.at)


def void_credit_note(
    note: CreditNote,
    *,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> CreditNote:
    """Strike it out: the whole invoice is owed again. The donation that was entered of
    a favour or discount is voided where that is not of its sum any more. Audit verb
    `credit_note.voided`.

    Refused: no reason, voided before, its money seen on a statement (undo that match
    first), or a limit that would then be passed, unless the agent gives
    `over_limit_reason`.
    """
    with transaction.atomic(durable=True):
        return strike_credit_note(
            note, reason=reason, over_limit_reason=over_limit_reason, by=by, at=at
        )


def strike_credit_note(
    note: CreditNote,
    *,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> CreditNote:
    """The step of `void_credit_note`, within a transaction of others."""
    invoice, bearers = locked_invoice(note.invoice)
    note = CreditNote.objects.get(pk=note.pk)
    refuse_to_strike(note, "credit note", reason, refused=CreditNoteRefused)
    if note.statement_matches.filter(voided_at__isnull=True).exists():
        raise CreditNoteRefused(
            "on_a_statement", "A statement shows its money: undo that match first."
        )
    with keeping_within_the_limit(
        invoice.expense, bearers, by=by, reason=over_limit_reason
    ) as decision:
        strike(note, reason=reason, at=at)
        strike_refunds(note, reason=reason, by=by, at=at)
        reckoned = reckon_refunds_due(invoice)
        follow_gift(invoice.expense, reason=reason.strip(), by=by, at=at)
    record_paper(
        "credit_note.voided",
        note,
        invoice.expense,
        by=by,
        at=at,
        reason=note.void_reason,
        over_limit_reason=decision.reason,
        **reckoned.said,
    )
    return note


def _refuse_unclear(number: str, amount: Decimal, reason: str) -> None:
    if not number:
        raise CreditNoteRefused("no_number", "A credit note needs its number.")
    if not reason:
        raise CreditNoteRefused("no_reason", "Say what the supplier takes back.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise CreditNoteRefused(
            "bad_amount", "A credit note is for more than nothing, in pounds and pence."
        )


def _refuse_second_gift(invoice: Invoice, *, is_favour: bool) -> None:
    """The donation of a gift or discount is of its own value, without any favour."""
    if is_favour and invoice.expense.kind == ExpenseKind.NOTIONAL:
        raise CreditNoteRefused(
            "a_gift_already",
            "It is a gift or discount already: void it, and enter it anew at what is "
            "paid now.",
        )


def _refuse_beyond_the_invoice(
    standing: InvoiceStanding, number: str, amount: Decimal
) -> None:
    if not standing.invoice.stands:
        raise CreditNoteRefused("invoice_voided", "This invoice is voided.")
    live = [note for note in standing.credit_notes if note.voided_at is None]
    if any(note.number == number for note in live):
        raise CreditNoteRefused(
            "number_twice", f"Credit note {number} is filed already."
        )
    if amount > standing.owed:
        raise CreditNoteRefused(
            "more_than_left",
            f"Only {pounds(standing.owed)} is left of this invoice to be credited.",
        )


def _refuse_odd_days(
    invoice: Invoice, days: tuple[date | None, ...], at: datetime
) -> None:
    if any(day and not invoice.dated_on <= day <= day_of(at) for day in days):
        raise CreditNoteRefused(
            "days_out_of_order",
            "A credit note, and its money, come between the day of the invoice and "
            "today.",
        )


def _refund(
    standing: InvoiceStanding, amount: Decimal, refunded_on: date | None
) -> Decimal:
    """What comes back of the money paid, or is due back: that which the invoice no
    longer takes."""
    refund = max(NOTHING, amount - standing.unpaid)
    if refunded_on and not refund:
        raise CreditNoteRefused(
            "nothing_to_refund",
            "Nothing comes back of what is not paid: leave that day empty.",
        )
    return refund
