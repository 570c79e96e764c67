"""Which way round a statement is, and where its balance breaks."""

from datetime import date
from decimal import Decimal

from campaigns.rules.statement_balances import Booked, breaks, gap, is_newest_first


def line(day: int, amount: int, balance: int | None) -> Booked:
    given = None if balance is None else Decimal(balance)
    return Booked(date(2024, 4, day), Decimal(amount), given)


OLDEST_FIRST = [line(1, 100, 100), line(2, -30, 70), line(2, -20, 50)]


def test_the_days_tell_which_line_came_first() -> None:
    assert not is_newest_first(OLDEST_FIRST)
    assert is_newest_first(OLDEST_FIRST[::-1])


def test_within_one_day_the_balances_tell_it() -> None:
    one_day = OLDEST_FIRST[1:]

    assert not is_newest_first(one_day)
    assert is_newest_first(one_day[::-1])
    assert not is_newest_first([line(2, 5, None), line(2, 6, None)])
    assert not is_newest_first([])


def test_a_balance_that_is_not_the_one_before_and_the_amount_breaks() -> None:
    assert breaks(OLDEST_FIRST) == 0
    assert breaks([OLDEST_FIRST[0], OLDEST_FIRST[2]]) == 1
    assert gap(Decimal(100), Decimal(-20), Decimal(50)) == Decimal(-30)


def test_where_no_balance_is_given_nothing_breaks() -> None:
    assert breaks([line(1, 100, 100), line(2, -30, None), line(3, -5, 60)]) == 0
