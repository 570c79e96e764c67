"""Read a supplier's file of invoices, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from campaigns.importers.money_columns import (
    BadCell,
    Columns,
    ReadRows,
    Row,
    read_rows,
)
from campaigns.models import ExpenseCategory
from campaigns.rules.likely_days import UnlikelyDay, refuse_unlikely
from campaigns.rules.money import AmountRefused, pounds
from campaigns.rules.statement_cells import parse_day
from campaigns.rules.supplier_invoices import SumsRefused, is_credit, signed, whole

MOST: Final = Decimal("9_999_999.99")
MOST_INVOICES: Final = 3_000
LONGEST_NUMBER: Final = 60
LONGEST: Final = 300


def _lacks(found: Mapping[str, object]) -> str:
    if "number" not in found:
        return "Say which column holds the invoice number."
    if "day" not in found:
        return "Say which column holds the day of the invoice."
    if "gross" not in found and not {"net", "vat"} <= set(found):
        return "Say which column holds the total with VAT, or which hold net and VAT."
    return ""


COLUMNS = Columns(
    asked={
        "number": "Invoice number",
        "day": "Day of the invoice",
        "description": "What it is for",
        "net": "Net, without VAT",
        "vat": "VAT",
        "gross": "Total, VAT included",
        "kind": "Says invoice or credit note",
        "order": "Our order number",
        "credits": "Invoice that it credits",
        "used_from": "First day of use or delivery",
        "used_until": "Last day of use or delivery",
        "head": "Head of the return, for what is proposed",
    },
    headings={
        "number": (
            "invoicenumber", "invoiceno", "invoicenum", "invoiceref", "invoiceid",
            "documentnumber", "documentno", "docno", "number", "invoice", "reference",
        ),
        "day": (
            "invoicedate", "dateofinvoice", "documentdate", "issuedate", "dateissued",
            "taxdate", "taxpoint", "dated", "date", "day",
        ),
        "description": (
            "description", "details", "item", "itemdescription", "product", "service",
            "narrative", "particulars", "memo", "notes",
        ),
        "net": (
            "net", "netamount", "nettotal", "netvalue", "subtotal", "amountexvat",
            "exvat", "excludingvat", "goods",
        ),
        "vat": (
            "vat", "vatamount", "vattotal", "totalvat", "tax", "taxamount", "taxtotal",
        ),
        "gross": (
            "gross", "grossamount", "grosstotal", "total", "totalamount",
            "invoicetotal", "invoiceamount", "amountincvat", "incvat", "includingvat",
            "totalgbp", "amountgbp", "amount", "value",
        ),
        "kind": ("type", "documenttype", "doctype", "kind", "transactiontype"),
        "order": (
            "purchaseorder", "purchaseorderno", "purchaseordernumber", "po", "pono",
            "ponumber", "order", "orderno", "ordernumber", "orderref",
            "orderreference", "yourorder", "yourref", "yourreference",
            "customerorder", "customerreference", "customerref",
        ),
        "credits": (
            "credits", "creditsinvoice", "creditedinvoice", "originalinvoice",
            "originalinvoicenumber", "originalinvoiceno", "relatedinvoice",
            "againstinvoice", "appliesto",
        ),
        "used_from": (
            "usedfrom", "periodstart", "periodfrom", "servicefrom", "servicestart",
            "startdate", "deliverydate", "delivered", "from",
        ),
        "used_until": (
            "useduntil", "periodend", "periodto", "serviceto", "serviceend",
            "enddate", "until", "to",
        ),
        "head": ("headofreturn", "headofthereturn", "returnhead", "head"),
    },
    lacks=_lacks,
    most_rows=MOST_INVOICES,
    too_long=f"A file has at most {MOST_INVOICES:,} invoices: split it.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadInvoice:
    """A row as it will be filed: pounds, VAT included, and a credit below nought.

    `order` and `credits` are as the file has them; so are the days of use, if it tells
    the first: they are never taken from the day of the invoice. `head` is a category,
    or empty.
    """

    line_number: int
    number: str
    dated_on: date
    description: str
    amount: Decimal
    order: str
    credits: str
    used_from: date | None
    used_until: date | None
    head: str = ""

    @property
    def is_credit(self) -> bool:
        return self.amount < 0

    @property
    def key(self) -> tuple[str, bool]:
        """By which a supplier's papers are told apart."""
        return self.number.upper(), self.is_credit


ReadInvoices = ReadRows[ReadInvoice]


def read_invoices(
    path: Path, columns: Mapping[str, str], *, received_on: date, poll_on: date
) -> ReadInvoices:
    """Its rows in the order of the file. A day years before the poll is a slip in the
    year, as in the form of an invoice. Refused as by `read_rows`."""
    lines: dict[tuple[str, bool], int] = {}

    def take(line: int, row: Row) -> ReadInvoice | None:
        found = _read(line, row, received_on=received_on, poll_on=poll_on)
        if found is not None:
            _refuse_number_twice(found, lines)
            lines[found.key] = line
        return found

    return read_rows(path, COLUMNS, columns, take)


def _refuse_number_twice(
    found: ReadInvoice, lines: Mapping[tuple[str, bool], int]
) -> None:
    """A file with a row for each thing sold tells no invoice's sum."""
    if before := lines.get(found.key):
        raise BadCell(
            "number_twice",
            f"it has the number of line {before:,}: a file has one row an invoice.",
        )


def _read(
    line: int, row: Row, *, received_on: date, poll_on: date
) -> ReadInvoice | None:
    """Nothing where it is about no money."""
    amount = _amount(row)
    if not amount:
        return None
    used_from, used_until = _days_of_use(row)
    return ReadInvoice(
        line_number=line,
        number=_number(row["number"]),
        dated_on=_dated_on(row["day"], received_on=received_on, poll_on=poll_on),
        description=row["description"][:LONGEST],
        amount=amount,
        order=row["order"][:LONGEST],
        credits=row["credits"][:LONGEST_NUMBER],
        used_from=used_from,
        used_until=used_until,
        head=_head(row["head"]),
    )


def _head(text: str) -> str:
    """By the words of the return or by our name. Staff are entered one by one."""
    if not text:
        return ""
    said = text.casefold()
    for value, label in ExpenseCategory.choices:
        if said in {value, label.casefold()} and value != ExpenseCategory.STAFF:
            return value
    raise BadCell("head", "its head is none of the return, staff apart.")


def _number(text: str) -> str:
    if not text:
        raise BadCell("no_number", "it has no invoice number.")
    if len(text) > LONGEST_NUMBER:
        raise BadCell(
            "number_too_long", f"its number has more than {LONGEST_NUMBER} signs."
        )
    return text


def _days_of_use(row: Row) -> tuple[date, date] | tuple[None, None]:
    """One day, such as that of the delivery, is both."""
    if not row["used_from"]:
        return None, None
    first = _day(row["used_from"], "first day of use")
    last = _day(row["used_until"], "last day of use") if row["used_until"] else first
    if last < first:
        raise BadCell("days_out_of_order", "its last day of use is before the first.")
    return first, last


def _dated_on(text: str, *, received_on: date, poll_on: date) -> date:
    day = _day(text, "day")
    if day > received_on:
        raise BadCell("day_to_come", "its day is after the one on which the file came.")
    try:
        refuse_unlikely(day, poll_on=poll_on)
    except UnlikelyDay as refusal:
        raise BadCell(
            refusal.code,
            "its day is more than six years before polling day: look at the year.",
        ) from refusal
    return day


def _day(text: str, what: str) -> date:
    day = parse_day(text)
    if day is None:
        raise BadCell("day", f"its {what} is not one such as 02/04/2024, day first.")
    return day


def _amount(row: Row) -> Decimal:
    net, vat = _sum(row["net"], "net"), _sum(row["vat"], "VAT")
    try:
        amount = whole(net, vat, _sum(row["gross"], "total"))
    except SumsRefused as refusal:
        raise BadCell(refusal.code, refusal.message) from refusal
    if amount is None:
        return _nothing(row)
    if abs(amount) > MOST:
        raise BadCell("amount", f"its total is more than {pounds(MOST)}.")
    return _turned(row["kind"], amount)


def _nothing(row: Row) -> Decimal:
    """A line of text bears no number; an invoice says its sum."""
    if row["number"]:
        raise BadCell("amount", "it says no total, or not both net and VAT.")
    return Decimal(0)


def _turned(kind: str, amount: Decimal) -> Decimal:
    if not kind:
        return amount
    credit = is_credit(kind)
    if credit is None:
        raise BadCell(
            "kind", "its kind is neither invoice nor credit note: leave such rows out."
        )
    return -abs(amount) if credit else amount


def _sum(text: str, what: str) -> Decimal | None:
    if not text:
        return None
    try:
        return signed(text)
    except AmountRefused as refusal:
        raise BadCell(
            "amount", f"its {what} is not a sum such as 1,234.56, -12.00 or (12.00)."
        ) from refusal
