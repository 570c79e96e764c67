"""Days and sums as banks print them; the examples are those of the docs."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.money import AmountRefused
from campaigns.rules.statement_cells import direction, parse_day, parse_signed


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1,234.56", 123456),
        ("£1,234.56", 123456),
        ("-£12.00", -1200),
        ("£-12.00", -1200),
        ("−12.00", -1200),
        ("12.00-", -1200),
        ("+12.5", 1250),
        ("(1,234.56)", -123456),
        ("£12.00 DR", -1200),
        ("5.00CR", 500),
        ("40.10 OD", -4010),
        ("GBP 7", 700),
        ("0.00", 0),
    ],
)
def test_a_sum_is_read_with_its_sign(text: str, pence: int) -> None:
    assert parse_signed(text) == Decimal(pence) / 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "1.234,56",
        "12.345",
        "1,23.00",
        "5-6",
        "--5",
        "(5.00",
        "1e5",
        "CR",
    ],
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(AmountRefused):
        parse_signed(text)


@pytest.mark.parametrize("text", ["-5.00 DR", "(5.00)-", "-5.00-", "(-5.00)"])
def test_a_sign_said_twice_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(AmountRefused):
        parse_signed(text)


@pytest.mark.parametrize(
    "text",
    [
        "02/04/2024",
        "2/4/2024",
        "02/04/24",
        "2 Apr 2024",
        "02-Apr-24",
        "2 April 2024",
        "2024-04-02",
        "2024-04-02T09:30:00Z",
        "02/04/2024 09:30",
        "02.04.2024",
        "20240402",
    ],
)
def test_a_day_is_read_day_first(text: str) -> None:
    assert parse_day(text) == date(2024, 4, 2)


@pytest.mark.parametrize("text", ["", "04/25/2024", "31/02/2024", "2/4", "02/04/0024"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_a_column_of_cr_and_dr_says_which_way() -> None:
    assert [direction(text) for text in ("CR", "Dr.", "debit", "Paid in", "BAC")] == [
        1,
        -1,
        -1,
        1,
        None,
    ]
