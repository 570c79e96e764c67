"""Which invoice a supplier's credit takes back, and whether it can."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Exists, OuterRef

from campaigns.importers.supplier_invoices import ReadInvoice
from campaigns.models import CreditNote, Invoice, InvoiceFileRow, InvoiceSupplier
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.rules.money import pounds
from campaigns.rules.statement_matching import name_key, says_reference

# A row of a file below nought.
Credit = ReadInvoice | InvoiceFileRow


@dataclass(eq=False, slots=True)
class Credited:
    """An invoice that stands, or the `row` of a file that will be one; what of it is
    left to be credited (`owed`)."""

    number: str
    dated_on: date
    owed: Decimal
    invoice: Invoice | None = None
    row: ReadInvoice | None = None

    @classmethod
    def of_row(cls, row: ReadInvoice) -> "Credited":
        return cls(row.number, row.dated_on, row.amount, row=row)

    @classmethod
    def of_invoice(cls, invoice: Invoice) -> "Credited":
        now = standing_of_invoice(invoice)
        return cls(invoice.number, invoice.dated_on, now.owed, invoice=invoice)


Papers = defaultdict[str, list[Credited]]


def papers_of(supplier: InvoiceSupplier) -> Papers:
    """The invoices that stand, by number, on an order that has the supplier's name, or
    from one of its files whatever the order has. Three queries."""
    rows = InvoiceFileRow.objects.filter(supplier=supplier, invoice=OuterRef("pk"))
    invoices = (
        Invoice.objects.filter(
            organisation_id=supplier.organisation_id,
            expense__campaign=supplier.campaign_id,
            voided_at__isnull=True,
        )
        .annotate(was_in_a_file=Exists(rows))
        .select_related("expense")
        .prefetch_related("credit_notes", "payments")
        .order_by("pk")
    )
    found: Papers = defaultdict(list)
    for invoice in invoices:
        has_its_name = name_key(invoice.expense.supplier) == supplier.key
        if has_its_name or invoice.was_in_a_file:
            found[invoice.number.upper()].append(Credited.of_invoice(invoice))
    return found


def credited_by(credit: Credit, papers: Papers) -> tuple[Credited | None, str]:
    """The one invoice of which it can be a credit note, or why there is none."""
    found = [
        paper
        for number in _numbers_named(credit, papers)
        for paper in papers.get(number, [])
    ]
    if not found:
        return None, "It is a credit, and it names no invoice that is filed here."
    if len(found) > 1:
        return None, "It is a credit, and it speaks of several invoices that are here."
    why = _why_not(credit, found[0])
    return (None, why) if why else (found[0], "")


def note_typed(credit: Credit, papers: Papers) -> CreditNote | None:
    """The credit note that was filed under its number with its sum, if there is one."""
    for paper in (paper for some in papers.values() for paper in some):
        for note in paper.invoice.credits if paper.invoice else ():
            same_number = note.number.upper() == credit.number.upper()
            if same_number and note.amount == -credit.amount:
                return note
    return None


def _numbers_named(credit: Credit, papers: Papers) -> set[str]:
    """By its own column, else by its number, else in its words."""
    if credit.credits:
        return {credit.credits.upper()}
    if papers.get(credit.number.upper()):
        return {credit.number.upper()}
    said = _signs(credit.description)
    return {
        number
        for number in papers
        if _signs(number) in said and says_reference(credit.description, number)
    }


@lru_cache(maxsize=8_192)
def _signs(text: str) -> str:
    """Its letters and figures: a number whose own are not among them is not looked for,
    of which a long file has millions."""
    return re.sub(r"[^A-Z0-9]+", "", text.upper())


def _why_not(credit: Credit, paper: Credited) -> str:
    if credit.dated_on < paper.dated_on:
        return f"It is a credit from before invoice {paper.number}."
    if -credit.amount > paper.owed:
        return f"Only {pounds(paper.owed)} of invoice {paper.number} is left."
    return ""
