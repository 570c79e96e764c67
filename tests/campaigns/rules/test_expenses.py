"""What counts towards the limit, with the examples of docs/rules/expenses.md."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.exclusions import (
    Exclusion,
    ExclusionRefused,
    exclusion_caution,
    refuse_exclusion,
)
from campaigns.rules.expenses import (
    ExpenseRefused,
    SpendingHead,
    counted_value,
)
from campaigns.rules.notional_value import counts_as_used_on_behalf, notional_value
from campaigns.rules.regulated_periods import RegulatedPeriod

PERIOD = RegulatedPeriod(date(2024, 3, 27), date(2024, 5, 2))


@pytest.mark.parametrize(
    ("market_value", "paid", "counts"),
    [
        pytest.param("50.00", "0.00", "0.00", id="free, £50"),
        pytest.param("50.01", "0.00", "50.01", id="free, over £50"),
        pytest.param("600.00", "540.00", "0.00", id="exactly 10 %"),
        pytest.param("600.00", "539.99", "60.01", id="over 10 % and over £50"),
        pytest.param("100.00", "60.00", "0.00", id="40 %, but £40"),
        pytest.param("1000.00", "949.00", "0.00", id="£51, but 5.1 %"),
    ],
)
def test_a_gift_or_discount_counts_if_over_10_percent_and_over_50_pounds(
    market_value, paid, counts
):
    found = notional_value(market_value=Decimal(market_value), paid=Decimal(paid))

    assert found == Decimal(counts)


@pytest.mark.parametrize(
    ("used_on", "is_encouraged", "counts"),
    [
        (date(2022, 11, 23), False, True),
        (date(2022, 11, 24), False, False),
        (date(2022, 11, 24), True, True),
    ],
    ids=str,
)
def test_what_others_use_counts_only_if_encouraged(used_on, is_encouraged, counts):
    found = counts_as_used_on_behalf(used_on=used_on, is_encouraged=is_encouraged)

    assert found is counts


@pytest.mark.parametrize(
    ("used_from", "used_until", "counted", "outside"),
    [
        pytest.param("2024-03-26", "2024-03-26", "0", "370", id="the day before"),
        pytest.param("2024-03-27", "2024-03-27", "370", "0", id="the first day"),
        pytest.param("2024-05-02", "2024-05-02", "370", "0", id="polling day"),
        pytest.param("2024-05-03", "2024-05-03", "0", "370", id="the day after"),
        pytest.param("2024-02-19", "2024-05-02", "185", "185", id="37 days of 74"),
        pytest.param("2024-05-02", "2024-05-03", "185", "185", id="one day of two"),
    ],
)
def test_an_expense_counts_for_its_use_in_the_period(
    used_from, used_until, counted, outside
):
    found = counted_value(
        paid=Decimal("370.00"),
        used_from=date.fromisoformat(used_from),
        used_until=date.fromisoformat(used_until),
        period=PERIOD,
    )

    assert found.counted == Decimal(counted)
    assert found.outside == Decimal(outside)


def test_leaflets_bought_before_count_for_the_copies_used_in_the_period():
    found = counted_value(
        paid=Decimal("900.00"),
        used_from=date(2024, 3, 1),
        used_until=date(2024, 4, 30),
        period=PERIOD,
        inside=Fraction(20_000, 30_000),
    )

    assert found.counted == Decimal("600.00")


def test_what_others_bear_is_not_ours_and_the_working_says_so():
    found = counted_value(
        paid=Decimal("100.00"),
        used_from=date(2024, 4, 1),
        used_until=date(2024, 4, 1),
        period=PERIOD,
        shares=[Fraction(1, 3), Fraction(1, 3)],
    )

    assert found.counted == Decimal("33.34")
    assert found.borne == (Decimal("33.33"), Decimal("33.33"))
    assert [step.sentence for step in found.working] == [
        "Value £100.00",
        "Used in the period, all: £100.00",
        "Our share, 1/3: £33.34",
    ]


def test_a_gift_counts_at_its_market_value():
    found = counted_value(
        paid=Decimal("0.00"),
        market_value=Decimal("300.00"),
        used_from=date(2024, 4, 1),
        used_until=date(2024, 4, 1),
        period=PERIOD,
    )

    assert found.counted == Decimal("300.00")


@pytest.mark.parametrize("excluded", Exclusion)
def test_what_the_law_excludes_counts_for_nothing(excluded):
    found = counted_value(
        paid=Decimal("120.00"),
        used_from=date(2024, 4, 1),
        used_until=date(2024, 4, 1),
        period=PERIOD,
        excluded=excluded,
    )

    assert found.counted == 0
    assert found.outside == found.value
    assert found.working[-1].sentence == (
        f"{excluded} ({excluded.basis.source.text}): £0.00"
    )


@pytest.mark.parametrize(
    ("excluded", "nation", "poll_on", "said"),
    [
        (Exclusion.VOLUNTEER_TIME, "ENG", date(2024, 5, 2), ""),
        (Exclusion.SECURITY, "ENG", date(2024, 5, 2), ""),
        (Exclusion.SECURITY, "ENG", date(2024, 3, 25), "exact day was not read"),
        (Exclusion.SECURITY, "ENG", date(2017, 5, 4), "after your poll"),
        (Exclusion.SECURITY, "WLS", date(2024, 5, 2), "Scotland and Wales"),
        (Exclusion.SECURITY, "SCT", date(2024, 5, 2), "Scotland and Wales"),
        (Exclusion.CAR, "ENG", date(2024, 5, 2), "not read in the law"),
    ],
)
def test_an_exclusion_that_was_not_read_or_does_not_hold_for_the_poll_warns(
    excluded, nation, poll_on, said
):
    found = exclusion_caution(excluded, nation=nation, poll_on=poll_on)

    assert said in found
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    ("kind", "poll_on", "refused"),
    [
        ("cam_mayor", date(2017, 5, 4), True),
        ("parl", date(2024, 3, 19), True),
        ("sp", date(2021, 5, 6), True),
        ("cam_mayor", date(2024, 3, 20), False),
        ("cam_mayor", date(2024, 5, 2), False),
        ("senedd", date(2021, 5, 6), False),
    ],
)
def test_security_is_not_excluded_in_a_poll_before_the_order(kind, poll_on, refused):
    def ask():
        refuse_exclusion(Exclusion.SECURITY, kind=kind, poll_on=poll_on)
        refuse_exclusion(Exclusion.DEPOSIT, kind=kind, poll_on=poll_on)

    if refused:
        with pytest.raises(ExclusionRefused, match="SI 2024/428"):
            ask()
    else:
        ask()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"used_until": date(2024, 3, 31)}, "bad_dates"),
        ({"inside": Fraction(3, 2)}, "bad_part"),
        ({"shares": [Fraction(2, 3), Fraction(1, 2)]}, "bad_shares"),
        ({"shares": [Fraction(3, 2), Fraction(-1)]}, "bad_shares"),
    ],
    ids=str,
)
def test_figures_that_do_not_fit_together_are_refused(asked, code):
    usual = {
        "paid": Decimal("10.00"),
        "used_from": date(2024, 4, 1),
        "used_until": date(2024, 4, 1),
        "period": PERIOD,
    }

    with pytest.raises(ExpenseRefused) as refused:
        counted_value(**(usual | asked))

    assert refused.value.code == code


@given(
    st.decimals(min_value=0, max_value=10**7, places=2),
    st.dates(date(2024, 1, 1), date(2024, 4, 30)),
    st.integers(0, 120),
    st.lists(st.fractions(0, Fraction(1, 4)), max_size=4),
)
def test_the_parts_of_an_expense_always_add_up_to_it(paid, used_from, days, shares):
    used_until = date.fromordinal(used_from.toordinal() + days)

    found = counted_value(
        paid=paid,
        used_from=used_from,
        used_until=used_until,
        period=PERIOD,
        shares=shares,
    )

    assert found.counted + found.outside + sum(found.borne) == found.value
    assert 0 <= found.counted <= found.value


def test_every_head_of_the_return_says_what_it_covers():
    assert all(head.covers for head in SpendingHead)
