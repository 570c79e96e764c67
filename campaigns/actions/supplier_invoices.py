"""Loading a supplier's file of invoices, each once, and filing what waited."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.credit_notes import CreditNoteFiling, file_credit_note
from campaigns.actions.expenses import draft_expense, propose_drafts
from campaigns.actions.invoice_filing import InvoiceFiling, file_invoice
from campaigns.actions.spending import bearers_of, lock_bearers_of
from campaigns.actions.supplier_credits import credited_by, note_typed, papers_of
from campaigns.actions.supplier_invoice_plan import (
    WRITTEN,
    FileFields,
    Outcome,
    Plan,
    PlannedRow,
    SupplierInvoicesRefused,
    plan,
)
from campaigns.importers.supplier_invoices import ReadInvoice, ReadInvoices
from campaigns.models import (
    Campaign,
    CreditNote,
    Expense,
    ExpenseState,
    Invoice,
    InvoiceFile,
    InvoiceFileRow,
    InvoiceSupplier,
)
from campaigns.reports.open_orders import orders_of
from campaigns.rules.refusals import Refusal
from campaigns.rules.statement_matching import name_key

# What the row of a line became, by the names of the model.
Became = dict[int, dict[str, Any]]
BATCH = 1_000
LOOK_AGAIN = "The accounts have changed since it was looked at: look again."


def keep_supplier(
    *, campaign: Campaign, name: str, by: Actor, at: datetime
) -> InvoiceSupplier:
    """The supplier of this name, as it is spelt here. Audit: `invoice_supplier.opened`.

    Refused: no name.
    """
    name = " ".join(name.split())
    if not name:
        raise SupplierInvoicesRefused("no_name", "Say whose invoices they are.")
    with transaction.atomic():
        supplier, is_new = InvoiceSupplier.objects.get_or_create(
            campaign=campaign,
            key=name_key(name),
            defaults={
                "organisation_id": campaign.organisation_id,
                "name": name,
                "opened_at": at,
                "by_kind": by.kind,
                "by_id": by.id,
                "by_label": by.label,
            },
        )
        if is_new:
            _record("invoice_supplier.opened", supplier, supplier, by=by, at=at)
    return supplier


def file_invoices(
    read: ReadInvoices,
    *,
    supplier: InvoiceSupplier,
    told: FileFields,
    looked_at: str = "",
    by: Actor,
    at: datetime,
    before_commit: Callable[[dict[str, int]], None] = lambda counts: None,
) -> dict[str, int]:
    """File the rows that are not known yet, and count what each became (`Outcome`).

    Under the lock of every campaign that bears an order of this one, so that two clerks
    with one file wait for each other. A file that brings nothing leaves no trace.
    Audit: `supplier_invoices.loaded`, and those of what it files.
    Refused, and nothing written: a row that cannot be read, filed or decided, and
    another plan than the one that was `looked_at` (its digest).
    """
    read.problems.refuse_any()
    with transaction.atomic():
        bearers = _lock(supplier)
        planned = plan(read, supplier=supplier, told=told)
        _refuse_undecided(planned, looked_at)
        counts = planned.counts()
        if any(counts[outcome] for outcome in WRITTEN):
            _file(planned, read.sha256, supplier, told, bearers, by=by, at=at)
        before_commit(counts)
    return counts


def _lock(supplier: InvoiceSupplier) -> list[Campaign]:
    """Who bears any order, in the order of their ids, as everybody locks them.

    Refused: where an order that somebody else bears was committed while this waited,
    for that campaign is not locked.
    """
    orders = Expense.objects.filter(
        campaign=supplier.campaign_id, state=ExpenseState.COMMITTED
    )
    bearers = lock_bearers_of(orders)
    Campaign.objects.select_for_update(no_key=True).get(pk=supplier.campaign_id)
    locked = [campaign.pk for campaign in bearers]
    if bearers_of(orders).exclude(pk__in=locked).exists():
        raise SupplierInvoicesRefused("changed", LOOK_AGAIN)
    return bearers


def _refuse_undecided(planned: Plan, looked_at: str) -> None:
    if planned.missing:
        raise SupplierInvoicesRefused("not_decided", planned.missing)
    if looked_at and looked_at != planned.digest:
        raise SupplierInvoicesRefused("changed", LOOK_AGAIN)


def _file(
    planned: Plan,
    sha256: str,
    supplier: InvoiceSupplier,
    told: FileFields,
    bearers: list[Campaign],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """All invoices at once, all that is proposed, then the credits, which may be of
    invoices that the file brings."""
    file = InvoiceFile(
        organisation_id=supplier.organisation_id,
        supplier=supplier,
        file_name=told.file_name,
        file_sha256=sha256,
        received_on=told.received_on,
        loaded_at=at,
    )
    file.recorded_by(by)
    file.save(force_insert=True)
    replaced = [row.replaces for row in planned.rows if row.replaces]
    InvoiceFileRow.objects.filter(pk__in=replaced).update(replaced_at=at)
    written = [row for row in planned.rows if row.outcome in WRITTEN]
    became = _file_invoices(written, file, bearers, by=by, at=at)
    became |= _propose(written, file, by=by, at=at)
    became |= _file_credits(written, became, bearers, by=by, at=at)
    became |= {
        row.read.line_number: {"aside": row.why}
        for row in written
        if row.outcome is Outcome.ASIDE
    }
    InvoiceFileRow.objects.bulk_create(
        (_row(row.read, file, **became[row.read.line_number]) for row in written),
        batch_size=BATCH,
    )
    counts = {name: count for name, count in planned.counts().items() if count}
    _record("supplier_invoices.loaded", file, supplier, by=by, at=at, **counts)


@contextmanager
def _naming(line: int) -> Iterator[None]:
    """A refusal names the line."""
    try:
        yield
    except Refusal as refusal:
        raise SupplierInvoicesRefused(
            refusal.code, f"Line {line:,} cannot be filed: {refusal.message}"
        ) from refusal


def _file_invoices(
    rows: Sequence[PlannedRow],
    file: InvoiceFile,
    bearers: list[Campaign],
    *,
    by: Actor,
    at: datetime,
) -> Became:
    on_orders = [(row, row.expense) for row in rows if row.expense is not None]
    expenses = [expense for _, expense in on_orders]
    filing = InvoiceFiling(expenses, bearers, by=by, at=at)
    became: Became = {}
    for row, expense in on_orders:
        with _naming(row.read.line_number):
            invoice = filing.take(expense, **_paper(row.read, file, row.is_last))
        became[row.read.line_number] = {"invoice": invoice}
    filing.save()
    return became


def _propose(
    rows: Sequence[PlannedRow],
    file: InvoiceFile,
    *,
    by: Actor,
    at: datetime,
) -> Became:
    became: Became = {}
    for row in rows:
        if row.used is None:
            continue
        read = row.read
        with _naming(read.line_number):
            became[read.line_number] = {
                "expense": draft_expense(
                    campaign=file.supplier.campaign,
                    description=read.description or f"Invoice {read.number}",
                    supplier=file.supplier.name,
                    category=row.head,
                    amount=read.amount,
                    incurred_on=read.dated_on,
                    used_from=row.used[0],
                    used_until=row.used[1],
                    by=by,
                    at=at,
                )
            }
    propose_drafts([one["expense"] for one in became.values()], by=by, at=at)
    return became


def _paper(
    row: ReadInvoice | InvoiceFileRow, file: InvoiceFile, is_last: bool
) -> dict[str, Any]:
    return {
        "number": row.number,
        "amount": row.amount,
        "dated_on": row.dated_on,
        "received_on": file.received_on,
        "is_last": is_last,
    }


def _file_credits(
    rows: Sequence[PlannedRow],
    became: Became,
    bearers: list[Campaign],
    *,
    by: Actor,
    at: datetime,
) -> Became:
    """Of invoices that were here, and of those that the file's rows `became`."""
    credits: list[tuple[ReadInvoice, Invoice]] = []
    for row in rows:
        if row.credited is not None:
            credits.append((row.read, row.credited))
        elif row.credited_row is not None:
            made = became[row.credited_row.line_number]["invoice"]
            credits.append((row.read, made))
    filing = CreditNoteFiling([paper for _, paper in credits], bearers, by=by, at=at)
    found: Became = {}
    for read, paper in credits:
        with _naming(read.line_number):
            found[read.line_number] = {"credit_note": filing.take(paper, **_note(read))}
    filing.save()
    return found


def _note(row: ReadInvoice | InvoiceFileRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "amount": -row.amount,
        "dated_on": row.dated_on,
        "reason": row.description or "As the supplier's file has it",
    }


def _row(row: ReadInvoice, file: InvoiceFile, **became: Any) -> InvoiceFileRow:
    return InvoiceFileRow(
        organisation_id=file.organisation_id,
        file=file,
        supplier=file.supplier,
        campaign_id=file.supplier.campaign_id,
        line_number=row.line_number,
        number=row.number,
        dated_on=row.dated_on,
        description=row.description,
        amount=row.amount,
        credits=row.credits,
        **became,
    )


def settle_row(
    row: InvoiceFileRow, *, expense: Expense | None = None, by: Actor, at: datetime
) -> InvoiceFileRow:
    """File what waited: an invoice on the expense that was proposed for it, or on the
    committed `expense` that is named; a credit on the invoice that is here by now.
    What was typed in meanwhile under its number, with its sum, is not filed again.

    Audit: `supplier_invoice.settled`, and that of the paper. Refused: what is filed
    already or replaced, an expense that is not committed, another one while that which
    was proposed for it stands, a credit that still fits no invoice.
    """
    with transaction.atomic(durable=True):
        _lock(row.supplier)
        row = InvoiceFileRow.objects.select_related(
            "file", "supplier__campaign", "invoice", "credit_note", "expense"
        ).get(pk=row.pk)
        if row.is_filed:
            raise SupplierInvoicesRefused("filed_already", "It is filed already.")
        if row.replaced_at is not None:
            raise SupplierInvoicesRefused("replaced", "A later file has it anew.")
        invoice, note = None, None
        if row.is_credit:
            note = _settle_credit(row, by=by, at=at)
        else:
            invoice = _settle_invoice(row, expense or row.expense, by=by, at=at)
        row.invoice, row.credit_note, row.expense, row.aside = invoice, note, None, ""
        row.save(update_fields=["invoice", "credit_note", "expense", "aside"])
        _record("supplier_invoice.settled", row, row.supplier, by=by, at=at)
    return row


def _settle_invoice(
    row: InvoiceFileRow, expense: Expense | None, *, by: Actor, at: datetime
) -> Invoice:
    typed = _typed(row)
    _refuse_twice(row, typed.expense if typed else expense)
    if typed:
        return typed
    orders = {order.expense.pk: order for order in orders_of(row.supplier.campaign)}
    order = orders.get(expense.pk) if expense else None
    if order is None:
        raise SupplierInvoicesRefused(
            "not_committed",
            "The agent has not committed it: wait for that, or choose an order.",
        )
    is_last = row.amount == order.left
    said = _paper(row, row.file, is_last)
    return file_invoice(expense=order.expense, by=by, at=at, **said)


def _typed(row: InvoiceFileRow) -> Invoice | None:
    """What was filed meanwhile under its number, with its sum."""
    papers = papers_of(row.supplier)[row.number.upper()]
    found = (paper.invoice for paper in papers if paper.invoice)
    return next((one for one in found if one.amount == row.amount), None)


def _refuse_twice(row: InvoiceFileRow, expense: Expense | None) -> None:
    """What was proposed for it counts beside any other expense that bears it."""
    own = row.expense
    if own is None or own == expense or own.state == ExpenseState.VOIDED:
        return
    raise SupplierInvoicesRefused(
        "counts_twice",
        f"An expense was {own.get_state_display().lower()} for it: have that voided "
        "first, so that it does not count twice.",
    )


def _settle_credit(row: InvoiceFileRow, *, by: Actor, at: datetime) -> CreditNote:
    papers = papers_of(row.supplier)
    if typed := note_typed(row, papers):
        return typed
    credited, why = credited_by(row, papers)
    if credited is None or credited.invoice is None:
        raise SupplierInvoicesRefused("fits_no_invoice", why)
    return file_credit_note(invoice=credited.invoice, by=by, at=at, **_note(row))


def _record(
    verb: str,
    target: InvoiceSupplier | InvoiceFile | InvoiceFileRow,
    supplier: InvoiceSupplier,
    *,
    by: Actor,
    at: datetime,
    **data: object,
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=supplier.organisation_id,
        campaign_id=supplier.campaign_id,
        target=target,
        **data,
    )
