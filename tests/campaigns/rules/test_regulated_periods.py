"""Regulated periods, with the examples of docs/rules/regulated-periods.md."""

from datetime import date

import pytest

from campaigns.rules.regulated_periods import (
    PeriodRefused,
    RegulatedPeriod,
    became_candidate_on,
    earliest_candidacy,
    long_period,
    month_of_parliament,
    regulated_period,
    short_period,
)
from tests.campaigns.rules.days import BANK_HOLIDAYS


@pytest.mark.parametrize(
    ("kind", "poll_on", "earliest_on"),
    [
        ("cam_mayor", date(2017, 5, 4), date(2017, 3, 27)),
        ("cam_mayor", date(2021, 5, 6), date(2021, 3, 29)),
        ("cam_mayor", date(2024, 5, 2), date(2024, 3, 26)),
        ("pcc", date(2024, 5, 2), date(2024, 3, 26)),
        ("local", date(2025, 5, 1), date(2025, 3, 25)),
        ("cam_mayor", date(2028, 5, 4), date(2028, 3, 27)),
    ],
    ids=str,
)
def test_one_can_be_a_candidate_from_25_working_days_before_the_poll(
    kind, poll_on, earliest_on
):
    found = earliest_candidacy(kind, poll_on=poll_on, bank_holidays=BANK_HOLIDAYS)

    assert found == earliest_on


@pytest.mark.parametrize(
    ("declared_on", "nominated_on", "candidate_on"),
    [
        pytest.param(None, None, date(2024, 3, 26), id="neither known"),
        pytest.param(date(2023, 9, 1), None, date(2024, 3, 26), id="long declared"),
        pytest.param(date(2024, 3, 26), None, date(2024, 3, 26), id="on the day"),
        pytest.param(date(2024, 3, 27), None, date(2024, 3, 27), id="a day later"),
        pytest.param(
            date(2024, 4, 3), date(2024, 4, 2), date(2024, 4, 2), id="nominated first"
        ),
        pytest.param(None, date(2024, 4, 5), date(2024, 4, 5), id="only nominated"),
    ],
)
def test_one_becomes_a_candidate_by_declaration_or_nomination(
    declared_on, nominated_on, candidate_on
):
    found = became_candidate_on(
        date(2024, 3, 26), declared_on=declared_on, nominated_on=nominated_on
    )

    assert found == candidate_on


def test_the_period_runs_from_the_next_day_to_polling_day():
    period = regulated_period(
        "cam_mayor", poll_on=date(2021, 5, 6), bank_holidays=BANK_HOLIDAYS
    )

    assert period == RegulatedPeriod(date(2021, 3, 30), date(2021, 5, 6))
    assert date(2021, 3, 29) not in period
    assert date(2021, 3, 30) in period
    assert date(2021, 5, 6) in period
    assert date(2021, 5, 7) not in period
    assert period.days == 38


def test_a_general_election_counts_from_the_day_after_dissolution():
    period = regulated_period(
        "parl",
        poll_on=date(2024, 7, 4),
        bank_holidays=BANK_HOLIDAYS,
        opened_on=date(2024, 5, 30),
    )

    assert period.first_on == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("parl", "opening_day_missing"), ("mayor_london", "rule_not_known")],
)
def test_a_period_whose_start_is_not_known_is_refused(kind, code):
    with pytest.raises(PeriodRefused) as refused:
        earliest_candidacy(kind, poll_on=date(2024, 7, 4), bank_holidays=BANK_HOLIDAYS)

    assert refused.value.code == code


def test_a_candidacy_on_polling_day_is_refused():
    with pytest.raises(PeriodRefused, match="before polling day"):
        short_period(candidate_on=date(2024, 5, 2), poll_on=date(2024, 5, 2))


@pytest.mark.parametrize(
    ("met_on", "first_on"),
    [
        (date(2010, 5, 18), date(2014, 12, 19)),
        (date(2019, 12, 17), date(2024, 7, 18)),
    ],
    ids=str,
)
def test_a_long_campaign_begins_after_55_months_of_a_parliament(met_on, first_on):
    poll_on = date(2015, 5, 7) if met_on.year == 2010 else date(2025, 1, 23)
    found = long_period(
        "parl", poll_on=poll_on, candidate_on=poll_on, parliament_met_on=met_on
    )

    assert found == RegulatedPeriod(first_on, poll_on)


def test_a_parliament_dissolved_early_has_no_long_campaign():
    asked = {"poll_on": date(2024, 7, 4), "parliament_met_on": date(2019, 12, 17)}

    assert long_period("parl", candidate_on=date(2024, 5, 30), **asked) is None
    assert long_period("parl", candidate_on=date(2024, 7, 17), **asked) is None
    assert long_period("parl", candidate_on=date(2024, 7, 18), **asked) is not None


def test_the_scottish_long_campaign_begins_four_months_before_the_poll():
    found = long_period("sp", poll_on=date(2021, 5, 6), candidate_on=date(2021, 3, 25))

    assert found == RegulatedPeriod(date(2021, 1, 6), date(2021, 3, 25))


def test_a_mayor_has_no_long_campaign():
    asked = {"poll_on": date(2024, 5, 2), "candidate_on": date(2024, 3, 26)}

    assert long_period("cam_mayor", **asked) is None


def test_a_long_campaign_without_the_day_parliament_met_is_refused():
    asked = {"poll_on": date(2024, 7, 4), "candidate_on": date(2024, 5, 30)}

    with pytest.raises(PeriodRefused, match="first met"):
        long_period("parl", **asked)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2024, 7, 17), 55),
        (date(2024, 7, 18), 56),
        (date(2024, 8, 17), 56),
        (date(2024, 8, 18), 57),
        (date(2024, 11, 18), 60),
    ],
    ids=str,
)
def test_the_56th_month_begins_with_the_long_campaign(day, month):
    assert month_of_parliament(met_on=date(2019, 12, 17), day=day) == month
