"""Statements of banks and cards: read whole or not at all, each line once."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from campaigns.actions.money_mappings import ToldColumns, remember_columns
from campaigns.importers.money_columns import MoneyFileRefused
from campaigns.importers.statement_jobs import STATEMENT_FILES
from campaigns.importers.statements import COLUMNS, read_statement
from campaigns.importers.tables import TableRefused
from campaigns.models import (
    AuditEntry,
    Campaign,
    Job,
    Statement,
    StatementAccount,
    StatementLine,
)
from tests.campaigns.purchases import clerk
from tests.campaigns.statement_helpers import (
    APRIL,
    account_of,
    booked,
    load,
    written,
)
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(campaign: Campaign) -> StatementAccount:
    return account_of(campaign)


def test_two_equal_lines_of_one_day_are_both_kept(
    account: StatementAccount, tmp_path: Path
) -> None:
    loaded = load(written(tmp_path, APRIL), account)

    assert (loaded.new, loaded.known, loaded.still) == (4, 0, 1)
    assert booked(account) == [
        ("3 Apr", "PLOVER PRESS PP-1203", "-400.00"),
        ("5 Apr", "DORA DONOR", "100.00"),
        ("8 Apr", "BUS FARES", "-5.00"),
        ("8 Apr", "BUS FARES", "-5.00"),
    ]


def test_the_same_file_twice_adds_nothing(
    account: StatementAccount, tmp_path: Path
) -> None:
    load(written(tmp_path, APRIL), account)

    again = load(written(tmp_path, APRIL, "again.csv"), account)

    assert (again.new, again.known) == (0, 4)
    assert StatementLine.objects.count() == 4
    assert Statement.objects.count() == 1
    assert AuditEntry.objects.filter(verb="statement.loaded").count() == 1


def test_an_overlapping_file_adds_what_is_new(
    account: StatementAccount, tmp_path: Path
) -> None:
    load(written(tmp_path, APRIL), account)
    later = (
        "Date,Description,Paid out,Paid in,Balance\n"
        "09/04/2024,HALL,40.00,,650.00\n"
        "08/04/2024,BUS FARES,5.00,,690.00\n"
        "08/04/2024,BUS  FARES,5.00,,695.00\n"
    )

    loaded = load(written(tmp_path, later), account)

    assert (loaded.new, loaded.known) == (1, 2)


def test_another_account_has_its_own_lines(
    campaign: Campaign, account: StatementAccount, tmp_path: Path
) -> None:
    load(written(tmp_path, APRIL), account)

    assert load(written(tmp_path, APRIL), account_of(campaign, "Card", "card")).new == 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("31/02/2024,HALL,1.00,,", "Line 7 cannot be read: its day is not one"),
        ("24/04/2024,HALL,1.00,,", "Line 7 cannot be read: its day is still to come"),
        ("08/04/2024,HALL,one,,", "Line 7 cannot be read: its sum paid out is not"),
        ("08/04/2024,HALL,1.00,2.00,", "both paid out and paid in"),
        ("08/04/2024,HALL, LARGE,1.00,,5", "6 columns where the header has 5"),
        ("08/04/2024,HALL,99999999.00,,", "more than £9,999,999.99"),
    ],
)
def test_a_bad_row_is_named_in_one_sentence_and_nothing_is_written(
    account: StatementAccount, tmp_path: Path, row: str, words: str
) -> None:
    with pytest.raises(MoneyFileRefused) as refused:
        load(written(tmp_path, f"{APRIL}{row}\n"), account)

    assert words in refused.value.message
    assert "HALL" not in refused.value.message
    assert not StatementLine.objects.exists()


def test_a_file_in_the_banks_own_encoding_is_read(
    account: StatementAccount, tmp_path: Path
) -> None:
    text = "Date;Details;Value\n02-Apr-24;Café Zoë;-£3.20\n"

    load(written(tmp_path, text.encode("cp1252")), account)

    assert booked(account) == [("2 Apr", "Café Zoë", "-3.20")]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Name,Amount\n02/04/2024,Hall,(40.00)\n",
        "Date,Name,Amount\n02/04/2024,Hall,40.00-\n",
        "Transaction Date,Memo,Amount,CR/DR\n02/04/2024,Hall,40.00,DR\n",
        "Date,Name,Amount\n02/04/2024,Hall,40.00 DR\n",
        "Date,Narrative,Debit Amount,Credit Amount\n2 Apr 2024,Hall,-40.00,\n",
        "Sort code: 00-00-00\n\nDate\tName\tMoney out\tMoney in\n2/4/24\tHall\t40\t\n",
    ],
)
def test_money_out_is_below_nought_however_it_is_written(
    account: StatementAccount, tmp_path: Path, text: str
) -> None:
    load(written(tmp_path, text), account)

    assert booked(account) == [("2 Apr", "Hall", "-40.00")]


def test_a_card_that_writes_purchases_without_a_minus_is_turned(
    tmp_path: Path,
) -> None:
    text = "Date,Merchant,Amount,Balance\n02/04/2024,Hall,40.00,90.00\n"

    read = read_statement(
        written(tmp_path, text),
        COLUMNS.guessed(["Date", "Merchant", "Amount", "Balance"]),
        is_reversed=True,
        today=date(2024, 4, 23),
    )

    assert [(line.amount, line.balance) for line in read.rows] == [
        (Decimal("-40.00"), Decimal("-90.00"))
    ]


def checked(path: Path, account: StatementAccount) -> dict[str, Any]:
    job = Job(
        organisation=account.organisation,
        parameters={"account": account.pk, "name": path.name},
    )
    return STATEMENT_FILES.check(path, job)


def test_columns_are_told_once_for_an_account(
    campaign: Campaign, account: StatementAccount, tmp_path: Path
) -> None:
    path = written(tmp_path, "When,Who,How much\n02/04/2024,Hall,-40.00\n")
    assert checked(path, account)["missing"] == ("Say which column holds the day.")

    columns = {"day": "When", "description": "Who", "amount": "How much"}
    remember_columns(
        ["When", "Who", "How much"],
        ToldColumns(columns),
        source=account,
        by=clerk(campaign),
        at=NOW,
    )

    assert checked(path, account)["new"] == 1
    other = account_of(campaign, "Card", "card")
    assert checked(path, other)["missing"]


def test_what_is_no_table_is_refused(account: StatementAccount, tmp_path: Path) -> None:
    for content in (b"", b"%PDF-1.7 statement", b"hello\n"):
        with pytest.raises(TableRefused):
            load(written(tmp_path, content), account)
