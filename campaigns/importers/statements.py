"""Read the statement of a bank account or card, whole or not at all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from campaigns.importers.money_columns import (
    MOST_ROWS,
    BadCell,
    Columns,
    MoneyFileRefused,
    Problems,
    Row,
    open_money_table,
    refuse_ragged,
    refuse_unreadable,
)
from campaigns.rules.money import AmountRefused, pounds
from campaigns.rules.statement_balances import Booked, breaks, is_newest_first
from campaigns.rules.statement_cells import direction, parse_day, parse_signed

MOST: Final = Decimal("9_999_999.99")
LONGEST: Final = 300


def _lacks(found: Mapping[str, object]) -> str:
    if "day" not in found:
        return "Say which column holds the day."
    if "description" not in found:
        return "Say which column holds the description."
    if not {"amount", "paid_out", "paid_in"} & set(found):
        return "Say which column holds the amount, or which hold paid out and paid in."
    return ""


COLUMNS = Columns(
    asked={
        "day": "Day",
        "description": "Description",
        "reference": "Reference, in another column",
        "amount": "Amount, in and out in one column",
        "paid_out": "Paid out",
        "paid_in": "Paid in",
        "direction": "Says CR or DR of the amount",
        "balance": "Balance after it",
    },
    headings={
        "day": (
            "date", "transactiondate", "postingdate", "posteddate", "dateposted",
            "bookingdate", "completeddate", "datecompleted", "datecompletedutc",
            "valuedate", "day",
        ),
        "description": (
            "description", "transactiondescription", "details", "narrative",
            "transactiondetails", "counterparty", "counterpartyname", "payee",
            "merchant", "merchantname", "name", "memo", "particulars", "text",
        ),
        "reference": (
            "reference", "ref", "transactionreference", "paymentreference",
            "narrative", "memo", "notes",
        ),
        "amount": (
            "amount", "amountgbp", "transactionamount", "value", "valuegbp", "sum",
            "billingamount", "netamount",
        ),
        "paid_out": (
            "paidout", "moneyout", "debit", "debitamount", "debits", "withdrawal",
            "withdrawals", "withdrawn", "out", "payments", "amountout", "debitgbp",
        ),
        "paid_in": (
            "paidin", "moneyin", "credit", "creditamount", "credits", "deposit",
            "deposits", "in", "receipts", "amountin", "creditgbp",
        ),
        "direction": (
            "crdr", "drcr", "creditdebit", "debitcredit", "debitorcredit",
            "creditdebitindicator", "direction",
        ),
        "balance": (
            "balance", "runningbalance", "balancegbp", "accountbalance",
            "balanceafter", "closingbalance",
        ),
    },
    lacks=_lacks,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it will be filed: money out is below nought."""

    line_number: int
    day: date
    description: str
    amount: Decimal
    balance: Decimal | None
    nth: int

    @property
    def key(self) -> tuple[date, Decimal, str, int]:
        return self.day, self.amount, self.description, self.nth

    @property
    def paid_out(self) -> Decimal:
        return max(-self.amount, Decimal(0))


@dataclass
class ReadStatement:
    """A file as it is understood: its lines, the oldest first, and what is wrong.

    `still` counts the rows in which no money moved, such as an opening balance;
    `breaks` the balances that are not the one before and the amount.
    """

    sha256: str
    lines: list[ReadLine] = field(default_factory=list)
    still: int = 0
    breaks: int = 0
    problems: Problems = field(default_factory=Problems)


def read_statement(
    path: Path, columns: Mapping[str, str], *, is_reversed: bool, today: date
) -> ReadStatement:
    """Take every row apart; what cannot be read is told, not skipped in silence.

    Refused: what is no table, too few columns, or more rows than any statement has.
    """
    table, sha256 = open_money_table(path, COLUMNS)
    places = COLUMNS.places(table.header, columns)
    read = ReadStatement(sha256)
    seen: Counter[tuple[date, Decimal, str]] = Counter()
    for number, cells in table.rows():
        row = Row(cells, places)
        if not row:
            continue
        if len(read.lines) + read.problems.count >= MOST_ROWS:
            raise MoneyFileRefused(
                "too_long", f"A statement has at most {MOST_ROWS:,} lines: split it."
            )
        try:
            refuse_ragged(cells, len(table.header))
            refuse_unreadable(cells)
            found = _read(row, is_reversed=is_reversed, today=today)
        except BadCell as refusal:
            read.problems.add(number, refusal.message)
            continue
        if found is None:
            read.still += 1
            continue
        day, amount, text, balance = found
        seen[day, amount, text] += 1
        nth = seen[day, amount, text]
        read.lines.append(ReadLine(number, day, text, amount, balance, nth))
    _put_in_order(read)
    return read


def _put_in_order(read: ReadStatement) -> None:
    booked = [Booked(line.day, line.amount, line.balance) for line in read.lines]
    if is_newest_first(booked):
        read.lines.reverse()
        booked.reverse()
    read.breaks = breaks(booked)


Found = tuple[date, Decimal, str, Decimal | None]


def _read(row: Row, *, is_reversed: bool, today: date) -> Found | None:
    """Nothing where no money moved."""
    amount = _amount(row)
    if not amount:
        return None
    day = parse_day(row["day"])
    if day is None:
        raise BadCell("day", "its day is not one such as 02/04/2024, day first.")
    if day > today:
        raise BadCell("day_to_come", "its day is still to come.")
    text = " ".join(dict.fromkeys(filter(None, (row["description"], row["reference"]))))
    balance = _sum(row["balance"], "balance") if row["balance"] else None
    if is_reversed:
        amount, balance = -amount, None if balance is None else -balance
    return day, amount, text[:LONGEST] or "(no description)", balance


def _amount(row: Row) -> Decimal:
    if text := row["amount"]:
        amount = _sum(text, "amount")
        return _turned(row, amount) if row["direction"] else amount
    out, into = row["paid_out"], row["paid_in"]
    paid_out = _sum(out, "sum paid out") if out else Decimal(0)
    paid_in = _sum(into, "sum paid in") if into else Decimal(0)
    if paid_out and paid_in:
        raise BadCell("both", "it is both paid out and paid in.")
    # Some banks write a minus before what they call paid out; it is out all the same.
    return paid_in - abs(paid_out)


def _turned(row: Row, amount: Decimal) -> Decimal:
    way = direction(row["direction"])
    if way is None:
        raise BadCell("direction", "it says neither CR nor DR of its amount.")
    return way * abs(amount)


def _sum(text: str, what: str) -> Decimal:
    try:
        amount = parse_signed(text)
    except AmountRefused as refusal:
        raise BadCell(
            "amount", f"its {what} is not a sum such as 1,234.56, -12.00 or (12.00)."
        ) from refusal
    if abs(amount) > MOST:
        raise BadCell("amount", f"its {what} is more than {pounds(MOST)}.")
    return amount
