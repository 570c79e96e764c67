"""What each row of a supplier's file would become; nothing is written."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from campaigns.actions.supplier_credits import Credited, Papers, credited_by, papers_of
from campaigns.importers.supplier_invoices import ReadInvoice, ReadInvoices
from campaigns.models import Expense, ExpenseCategory, Invoice, InvoiceSupplier
from campaigns.reports.open_orders import Order, orders_of
from campaigns.reports.supplier_invoices import ASIDE, REPLACED, invoice_rows
from campaigns.rules.money import pounds
from campaigns.rules.refusals import Refusal
from campaigns.rules.supplier_invoices import order_named

# What may be chosen for a row besides the id of an expense with an order: to propose it
# under its head, or `propose:advertising` under that one, or to leave it out.
PROPOSE_IT: Final = "propose"
LEAVE_OUT: Final = "later"
Choices = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class FileFields:
    """What is told of a file by whoever loads it.

    `received_on` is the day on which its invoices came; `category` the head of what is
    proposed for those that name no order, and `used` its first and last day of use
    where the file tells none; `choices` what was chosen for single lines: the id of an
    expense, `propose`, `propose:advertising` or `later`.
    """

    file_name: str
    received_on: date
    category: str
    choices: Choices
    used: tuple[date, date] | None = None


class SupplierInvoicesRefused(Refusal):
    """The file cannot be loaded, or a row of it not be filed, as asked."""


class Outcome(StrEnum):
    """What becomes of a row; what is to be chosen keeps the file from being loaded."""

    KNOWN = "known"
    INVOICE = "invoice"
    CREDIT = "credit_note"
    PROPOSE = "proposed"
    ASIDE = "aside"
    LATER = "left_out"
    CHOOSE = "to_choose"


WRITTEN: Final = (Outcome.INVOICE, Outcome.CREDIT, Outcome.PROPOSE, Outcome.ASIDE)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and what it becomes: an invoice on `expense`, a credit note of `credited`
    or of the invoice of another row (`credited_row`), an expense under the category
    `head` that is `used` from one day until another, or nothing for a reason (`why`).

    It takes the place of the row of an earlier file whose id is in `replaces`, of which
    nothing stands. One that `clashes` has a number that is here with another sum.
    """

    read: ReadInvoice
    outcome: Outcome
    expense: Expense | None = None
    credited: Invoice | None = None
    credited_row: ReadInvoice | None = None
    why: str = ""
    head: str = ""
    # Whether the invoice brings its order to its whole sum, so that no more is to come.
    is_last: bool = False
    replaces: int | None = None
    clashes: bool = False
    used: tuple[date, date] | None = None

    @property
    def said(self) -> str:
        """All that loading it would do."""
        ids = [one and one.pk for one in (self.expense, self.credited)]
        credited = self.credited_row and self.credited_row.line_number
        does = (self.outcome.value, *ids, credited, self.is_last, self.replaces)
        return f"{self.read.line_number} {does} {self.head} {self.used}"

    @property
    def head_label(self) -> str:
        return ExpenseCategory(self.head).label


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row in the order of the file."""

    rows: list[PlannedRow]

    @property
    def is_new(self) -> bool:
        """Whether it holds anything that is not known."""
        return any(row.outcome is not Outcome.KNOWN for row in self.rows)

    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def missing(self) -> str:
        """What keeps it from being loaded, in one sentence."""
        for row in self.rows:
            if row.outcome is Outcome.CHOOSE:
                return f"Line {row.read.line_number:,} is to be decided: {row.why}"
        return ""

    @property
    def digest(self) -> str:
        """Two plans of one file with one digest do the same."""
        said = "\n".join(row.said for row in self.rows)
        return hashlib.sha256(said.encode()).hexdigest()


def plan(read: ReadInvoices, *, supplier: InvoiceSupplier, told: FileFields) -> Plan:
    """What loading the file would do, with what a person told of it and its lines.

    Five queries, however many rows.
    """
    return _Planner(supplier, told).plan(read)


class _Planner:
    """Takes the rows one by one, as if those before were filed."""

    def __init__(self, supplier: InvoiceSupplier, told: FileFields) -> None:
        self.supplier, self.told = supplier, told
        self.orders = {
            order.expense.pk: order for order in orders_of(supplier.campaign)
        }
        self.numbered = {one.expense.order_number: one for one in self.orders.values()}
        self.theirs = [
            order
            for order in self.orders.values()
            if order.is_open and order.supplier_key == supplier.key
        ]
        self.left = {pk: order.left for pk, order in self.orders.items()}
        self.papers = papers_of(supplier)
        self.before = _rows_before(supplier)
        filed = {key: row.amount for key, row in self.before.items() if row.stands}
        self.known = _typed(self.papers) | filed

    def plan(self, read: ReadInvoices) -> Plan:
        """Invoices before the credits that may speak of them."""
        by_line: dict[int, PlannedRow] = {}
        for row in sorted(read.rows, key=lambda row: row.is_credit):
            planned = self._known(row) or self._fresh(row)
            by_line[row.line_number] = planned
            if planned.outcome is Outcome.INVOICE:
                self.papers[row.key[0]].append(Credited.of_row(row))
        return Plan([by_line[row.line_number] for row in read.rows])

    def _known(self, row: ReadInvoice) -> PlannedRow | None:
        """What was struck out is not filed again, unless the supplier corrected it."""
        there = self.known.get(row.key)
        if there is None:
            struck = self.before.get(row.key)
            is_same = struck is not None and struck.amount == row.amount
            return PlannedRow(row, Outcome.KNOWN) if is_same else None
        if there == row.amount:
            return PlannedRow(row, Outcome.KNOWN)
        if self._chosen(row) == LEAVE_OUT:
            return None
        kind = "credit note" if row.is_credit else "invoice"
        return PlannedRow(
            row,
            Outcome.CHOOSE,
            why=f"{kind} {row.number} of {self.supplier} is here with "
            f"{pounds(abs(there))}, not {pounds(abs(row.amount))}: leave it out, or "
            "have what is here voided first.",
            clashes=True,
        )

    def _fresh(self, row: ReadInvoice) -> PlannedRow:
        planned, struck = self._new(row), self.before.get(row.key)
        if struck is None or planned.outcome not in WRITTEN:
            return planned
        return replace(planned, replaces=struck.id)

    def _chosen(self, row: ReadInvoice) -> str:
        return self.told.choices.get(row.line_number, "")

    def _new(self, row: ReadInvoice) -> PlannedRow:
        chosen = self._chosen(row)
        if chosen == LEAVE_OUT:
            return PlannedRow(row, Outcome.LATER)
        if row.is_credit:
            return self._credit(row)
        way, _, head = chosen.partition(":")
        if way == PROPOSE_IT:
            return self._propose(row, head)
        if chosen:
            order = self.orders.get(int(chosen)) if chosen.isdecimal() else None
            return self._on(row, order, "the order that was chosen is not here.")
        if row.order:
            return self._on_named(row)
        return self._unnamed(row)

    def _on_named(self, row: ReadInvoice) -> PlannedRow:
        number = order_named(row.order, campaign=self.supplier.campaign.slug)
        order = self.numbered.get(number) if number else None
        if order and order.supplier_key != self.supplier.key:
            return _to_choose(
                row,
                f"order {order.reference} is with {order.expense.supplier}, not with "
                f"{self.supplier}.",
            )
        return self._on(row, order, "the order that it names is none that stands here.")

    def _unnamed(self, row: ReadInvoice) -> PlannedRow:
        """A new expense, unless that would be a second one for what was ordered."""
        for order in self.theirs:
            if self.left[order.expense.pk] == row.amount:
                return _to_choose(
                    row,
                    f"it names no order, and {order.reference} of this supplier has "
                    "just this left.",
                )
        return self._propose(row)

    def _propose(self, row: ReadInvoice, head: str = "") -> PlannedRow:
        """What counts rests on the days of use, so that they are never guessed."""
        used = self.told.used
        if row.used_from and row.used_until:
            used = row.used_from, row.used_until
        if used is None:
            return _to_choose(
                row,
                "it would be proposed as an expense, and nothing says when it is used: "
                "say the days of use, or choose an order.",
            )
        head = head or row.head or self.told.category
        return PlannedRow(row, Outcome.PROPOSE, head=head, used=used)

    def _on(self, row: ReadInvoice, order: Order | None, lost: str) -> PlannedRow:
        if order is None:
            return _to_choose(row, lost)
        expense = order.expense
        if order.is_closed:
            return _to_choose(row, f"the last invoice of {order.reference} has come.")
        left = self.left[expense.pk]
        if row.amount > left:
            return _to_choose(
                row, f"only {pounds(left)} of {order.reference} is not invoiced yet."
            )
        self.left[expense.pk] = left - row.amount
        return PlannedRow(
            row, Outcome.INVOICE, expense=expense, is_last=row.amount == left
        )

    def _credit(self, row: ReadInvoice) -> PlannedRow:
        credited, why = credited_by(row, self.papers)
        if credited is None:
            return PlannedRow(row, Outcome.ASIDE, why=why)
        credited.owed += row.amount
        return PlannedRow(
            row, Outcome.CREDIT, credited=credited.invoice, credited_row=credited.row
        )


def _typed(papers: Papers) -> dict[tuple[str, bool], Decimal]:
    """What was typed in, by number; one invoice may be split over several orders."""
    sums: dict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    for number, some in papers.items():
        for invoice in filter(None, (paper.invoice for paper in some)):
            sums[number, False] += invoice.amount
            for note in invoice.credits:
                sums[note.number.upper(), True] -= note.amount
    return dict(sums)


class _Before(NamedTuple):
    """A row that an earlier file brought; whether something of it `stands`."""

    id: int
    amount: Decimal
    stands: bool


def _rows_before(supplier: InvoiceSupplier) -> dict[tuple[str, bool], _Before]:
    """The newest of each number."""
    rows = invoice_rows(supplier.campaign, supplier=supplier).exclude(state=REPLACED)
    return {
        (number.upper(), amount < 0): _Before(pk, amount, state != ASIDE)
        for pk, number, amount, state in rows.values_list(
            "pk", "number", "amount", "state"
        )
    }


def _to_choose(row: ReadInvoice, why: str) -> PlannedRow:
    return PlannedRow(row, Outcome.CHOOSE, why=why)
