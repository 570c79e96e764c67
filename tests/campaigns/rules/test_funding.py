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
COSTS = st.lists(
    st.tuples(st.sampled_from(["advertising", "staff"]), DAYS, POUNDS), max_size=20
)


def weeks_of(received=(), promised=(), paid=(), bound=(), planned=()):
    return funding_weeks(
        WEEKS,
        received=received,
        promised=promised,
        paid=paid,
        bound=bound,
        planned=planned,
    )


def costs(*of, head="staff"):
    return [(head, on, Decimal(amount)) for on, amount in of]


def test_the_week_is_named_in_which_the_money_runs_out():
    weeks = weeks_of(
        received=[(MONDAY, Decimal("1000.00"))],
        promised=[(MONDAY, Decimal("10000.00"))],
        paid=costs((date(2024, 4, 9), "300.00")),
        bound=costs((date(2024, 4, 2), "400.00")),
        planned=costs(*((week, "300.00") for week in WEEKS)),
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
        paid=costs((MONDAY, 400)),
        bound=costs((MONDAY, 400)),
        planned=costs((MONDAY, 400)),
    )[0]

    assert week.left == Decimal(100)
    assert runs_out_in([week]) is None


def test_an_order_that_was_not_planned_does_not_hide_behind_another_heads_plan():
    week = weeks_of(
        received=[(MONDAY, Decimal(1000))],
        bound=costs((MONDAY, 700), head="transport"),
        planned=costs((MONDAY, 700), head="staff"),
    )[0]

    assert week.due == Decimal(1400)
    assert week.left == Decimal(-400)


def test_what_is_promised_is_said_and_is_in_no_sum():
    week = weeks_of(promised=[(MONDAY, Decimal(10000))])[0]

    assert week.promised == Decimal(10000)
    assert (week.received, week.cash, week.left) == (0, 0, 0)


@given(MOVEMENTS, MOVEMENTS, COSTS, COSTS, COSTS)
def test_the_last_week_holds_every_penny(received, promised, paid, bound, planned):
    moved = (received, promised, paid, bound, planned)
    last = weeks_of(*moved)[-1]

    sums = (last.received, last.promised, last.paid, last.bound, last.planned)
    for found, of in zip(sums, moved, strict=True):
        assert found == sum((amount for *_, amount in of), Decimal(0))


@given(COSTS, COSTS, COSTS)
def test_no_cost_is_left_out_of_what_is_due(paid, bound, planned):
    for week in weeks_of(paid=paid, bound=bound, planned=planned):
        assert week.due >= max(week.paid, week.bound, week.planned)


TWICE = COSTS.flatmap(lambda moved: st.tuples(st.just(moved), st.permutations(moved)))


@given(TWICE)
def test_the_order_of_entry_changes_nothing(both):
    entered, shuffled = both

    one = weeks_of(paid=entered, bound=shuffled, planned=entered)
    assert one == weeks_of(paid=shuffled, bound=entered, planned=shuffled)
