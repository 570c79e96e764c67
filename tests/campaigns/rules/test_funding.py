"""Cash, orders and plan week by week, with the example of docs/rules/budget.md."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.funding import funding_weeks, runs_out_in

MONDAY = date(2024, 4, 1)
WEEKS = [MONDAY + timedelta(weeks=n) for n in range(5)]

POUNDS = st.integers(-1_000_000, 10_000_000).map(lambda pence: Decimal(pence) / 100)
DAYS = st.dates(date(2024, 1, 1), date(2024, 7, 1))
MOVEMENTS = st.lists(st.tuples(DAYS, POUNDS), max_size=20)


def weeks_of(received=(), paid=(), bound=(), planned=()):
    return funding_weeks(
        WEEKS, received=received, paid=paid, bound=bound, planned=planned
    )


def test_the_week_is_named_in_which_the_money_runs_out():
    weeks = weeks_of(
        received=[(MONDAY, Decimal("1000.00"))],
        paid=[(date(2024, 4, 9), Decimal("300.00"))],
        bound=[(date(2024, 4, 2), Decimal("400.00"))],
        planned=[(week, Decimal("300.00")) for week in WEEKS],
    )

    assert [str(week.cash) for week in weeks] == ["1000.00"] + ["700.00"] * 4
    assert [str(week.left) for week in weeks] == [
        "600.00",
        "400.00",
        "100.00",
        "-200.00",
        "-500.00",
    ]
    assert runs_out_in(weeks).week_on == date(2024, 4, 22)


def test_what_is_ordered_and_planned_is_not_paid_twice():
    week = weeks_of(
        received=[(MONDAY, Decimal(500))],
        paid=[(MONDAY, Decimal(400))],
        bound=[(MONDAY, Decimal(400))],
        planned=[(MONDAY, Decimal(400))],
    )[0]

    assert week.left == Decimal(100)
    assert runs_out_in([week]) is None


@given(MOVEMENTS, MOVEMENTS, MOVEMENTS, MOVEMENTS)
def test_the_last_week_holds_every_penny(received, paid, bound, planned):
    last = weeks_of(received, paid, bound, planned)[-1]

    sums = (last.received, last.paid, last.bound, last.planned)
    for found, moved in zip(sums, (received, paid, bound, planned), strict=True):
        assert found == sum((amount for _, amount in moved), Decimal(0))


TWICE = MOVEMENTS.flatmap(
    lambda moved: st.tuples(st.just(moved), st.permutations(moved))
)


@given(TWICE)
def test_the_order_of_entry_changes_nothing(both):
    entered, shuffled = both

    assert weeks_of(entered, shuffled) == weeks_of(shuffled, entered)
