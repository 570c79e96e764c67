"""Read the statement of a bank account or card, whole or not at all."""

from collections import Counter
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
from campaigns.rules.money import AmountRefused, pounds
from campaigns.rules.statement_balances import Booked, breaks, is_newest_first
from campaigns.rules.statement_cells import direction, parse_day, parse_signed

MOST_ROWS: Final = 20_000
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
    most_rows=MOST_ROWS,
    too_long=f"A statement has at most {MOST_ROWS:,} lines: split it.",
    may_be_reversed=True,
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


ReadStatement = ReadRows[ReadLine]


def read_statement(
    path: Path, columns: Mapping[str, str], *, is_reversed: bool, today: date
) -> ReadStatement:
    """Its lines, the oldest first. Refused as by `read_rows`."""
    seen: Counter[tuple[date, Decimal, str]] = Counter()

    def take(number: int, row: Row) -> ReadLine | None:
        found = _read(row, is_reversed=is_reversed, today=today)
        if found is None:
            return None
        day, amount, text, balance = found
        seen[day, amount, text] += 1
        return ReadLine(number, day, text, amount, balance, seen[day, amount, text])

    read = read_rows(path, COLUMNS, columns, take)
    if is_newest_first(_booked(read)):
        read.rows.reverse()
    return read


def broken_balances(read: ReadStatement) -> int:
    """How many balances are not the one before and the amount."""
    return breaks(_booked(read))


def _booked(read: ReadStatement) -> list[Booked]:
    return [Booked(line.day, line.amount, line.balance) for line in read.rows]


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
