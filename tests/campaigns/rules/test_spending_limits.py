"""Spending limits, with the examples of docs/rules/spending-limits.md."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.marks import Mark
from campaigns.rules.spending_limits import LimitRefused, limit
from campaigns.rules.spending_rate_lookup import POLLS
from campaigns.rules.spending_rates import RATES

VECTORS = [
    ("C&P mayor 2021", "cam_mayor", "2021-05-06", 604_960, 6, "49864.64", "R"),
    ("WM mayor 2017", "cam_mayor", "2017-05-04", 1_953_400, 7, "131784.60", "R"),
    ("WM mayor 2024", "cam_mayor", "2024-05-02", 2_018_546, 7, "182763.68", "D"),
    ("district 2021", "local", "2021-05-06", 7_500, None, "1331.00", "R2"),
    ("district 2026", "local", "2026-05-07", 7_500, None, "1560.00", "R"),
    ("Brentford", "ukpge_short_borough", "2024-07-04", 77_874, None, "17619.92", "R2"),
    ("Feltham", "ukpge_short_borough", "2024-07-04", 75_503, None, "17430.24", "R2"),
    ("town mayor 2019", "la_mayor", "2019-05-02", 100_000, None, "8262.00", "D"),
    ("town mayor 2024", "la_mayor", "2024-05-02", 100_000, None, "11040.00", "R"),
    ("London mayor 2024", "mayor_london", "2024-05-02", None, None, "760410.00", "R2"),
    ("Assembly seat", "gla_constituency", "2024-05-02", None, None, "63360.00", "R2"),
    ("Assembly list", "gla_list", "2024-05-02", None, None, "597460.00", "R2"),
    ("London mayor 2016", "mayor_london", "2016-05-05", None, None, "420000.00", "R2"),
    ("by-election 2022", "uk_byelection", "2022-06-23", None, None, "100000.00", "R2"),
    ("by-election 2025", "uk_byelection", "2025-05-01", None, None, "180050.00", "G"),
    ("Holyrood county", "sp_short_county", "2021-05-06", 60_000, None, "14100.00", "R"),
    ("Holyrood burgh", "sp_short_burgh", "2021-05-06", 60_000, None, "12300.00", "R"),
    ("Holyrood by-el.", "sp_byelection", "2021-05-06", None, None, "100000.00", "R"),
    ("Senedd", "senedd_individual", "2026-05-07", None, None, "52500.00", "R2"),
    ("Stormont", "nia_county", "2011-05-05", 60_000, None, "11350.00", "R2"),
    ("parish", "parish", "2026-05-07", 2_000, None, "1120.00", "G"),
]


@pytest.mark.parametrize(
    ("kind", "poll", "electors", "councils", "amount", "mark"),
    [pytest.param(*row, id=name) for name, *row in VECTORS],
)
def test_a_limit_is_worked_from_the_rate_of_its_poll(
    kind, poll, electors, councils, amount, mark
):
    found = limit(
        kind=kind,
        poll_on=date.fromisoformat(poll),
        electors=electors,
        councils=councils,
    )

    assert found.amount == Decimal(amount)
    assert found.mark == mark
    assert found.is_confirmed == (mark == "R")
    assert bool(found.warnings) != found.is_confirmed
    assert found.source.text


def test_the_working_says_each_step_with_its_figures():
    found = limit(
        kind="cam_mayor", poll_on=date(2021, 5, 6), electors=604_960, councils=6
    )

    assert [step.sentence for step in found.working] == [
        "6 councils × £2,362.00 = £14,172.00",
        "604,960 electors × 5.9p = £35,692.64",
        "Together £49,864.64",
    ]
    assert found.working[-1].amount == found.amount


@pytest.mark.parametrize(
    ("joint", "amount"),
    [(1, "1560.00"), (2, "1170.00"), (3, "1040.00"), (4, "1040.00")],
)
def test_joint_candidates_each_have_less(joint, amount):
    found = limit(kind="local", poll_on=date(2026, 5, 7), electors=7_500, joint=joint)

    assert found.amount == Decimal(amount)


def test_a_third_less_is_exactly_a_third_and_rounds_down():
    found = limit(kind="local", poll_on=date(2026, 5, 7), electors=7_501, joint=3)

    assert found.amount == Decimal("1040.05")  # £1,560.08 × 2/3 = £1,040.0533…
    assert found.working[-1].sentence == "Rounded down to the penny: £1,040.05"


def test_a_limit_rounds_down_part_of_a_penny():
    found = limit(kind="la_mayor", poll_on=date(2019, 5, 2), electors=1)

    assert found.amount == Decimal("2362.05")  # £2,362.059


@pytest.mark.parametrize("kind", ["cam_mayor", "pcc", "ukpge_short_county"])
def test_joint_candidates_are_refused_where_there_is_no_such_rule(kind):
    with pytest.raises(LimitRefused) as refused:
        limit(
            kind=kind,
            poll_on=date(2022, 5, 5),
            electors=7_500,
            councils=7,
            area="Kent",
            joint=2,
        )

    assert refused.value.code == "no_joint_candidates"


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        (56, "27732.00"),
        (57, "32354.00"),
        (58, "36976.00"),
        (59, "41598.00"),
        (60, "46220.00"),
    ],
)
def test_a_long_campaign_grows_with_the_month_of_dissolution(month, amount):
    found = limit(
        kind="ukpge_long_borough",
        poll_on=date(2024, 12, 12),
        electors=75_000,
        month=month,
    )

    assert found.amount == Decimal(amount)


@pytest.mark.parametrize("month", [None, 55, 61])
def test_a_long_campaign_needs_the_month_of_dissolution(month):
    with pytest.raises(LimitRefused, match="from 56 to 60"):
        limit(
            kind="ukpge_long_county",
            poll_on=date(2024, 12, 12),
            electors=75_000,
            month=month,
        )


BOUNDARIES = [
    ("cam_mayor", "ENG", date(2024, 2, 7), "2421.00", "3120.00"),
    ("local", "ENG", date(2014, 8, 4), "650.00", "800.00"),
    ("local", "WLS", date(2014, 8, 4), "650.00", "800.00"),
    ("local", "ENG", date(2023, 11, 21), "876.00", "1040.00"),
    ("ukpge_short_county", None, date(2014, 8, 4), "7220.00", "8790.00"),
    ("ukpge_short_borough", None, date(2023, 11, 21), "8760.00", "11470.00"),
    ("uk_byelection", None, date(2023, 11, 21), "100000.00", "180050.00"),
]


@pytest.mark.parametrize(
    ("kind", "nation", "changed", "before", "after"),
    BOUNDARIES,
    ids=lambda value: str(value),
)
def test_a_rate_ends_the_day_before_the_next_begins(
    kind, nation, changed, before, after
):
    def on(day):
        known = {"electors": 1_000, "councils": 1}
        return limit(kind=kind, nation=nation, poll_on=day, **known).amount

    # One council of £2,362 with 5.9p makes £2,421; the others likewise.
    assert on(changed - timedelta(days=1)) == Decimal(before)
    assert on(changed) == Decimal(after)


@pytest.mark.parametrize(
    ("kind", "nation", "poll_on", "figures"),
    [
        ("local", "WLS", date(2022, 5, 5), ["£740.00 and 6p", "£806.00 and 7p"]),
        ("local", "SCT", date(2017, 5, 4), ["£600.00 and 5p", "£705.00 and 6p"]),
        ("local", "ENG", date(2021, 3, 1), ["£740.00 and 6p", "£806.00 and 7p"]),
        ("la_mayor", "ENG", date(2024, 3, 25), ["£2,362.00", "£3,040.00"]),
    ],
)
def test_where_two_figures_fit_the_limit_is_said_not_to_be_known(
    kind, nation, poll_on, figures
):
    with pytest.raises(LimitRefused, match="is not known") as refused:
        limit(kind=kind, nation=nation, poll_on=poll_on, electors=7_500)

    assert refused.value.code == "figure_not_known"
    assert all(figure in refused.value.message for figure in figures)


@pytest.mark.parametrize(
    ("area", "poll_on", "amount"),
    [
        ("West Midlands", date(2021, 5, 6), "357435.00"),
        ("Avon and Somerset", date(2024, 5, 2), "305130.00"),
        ("BEDFORDSHIRE", date(2024, 5, 2), "114570.00"),
        ("Dyfed Powys", date(2023, 12, 11), "72622.00"),
    ],
)
def test_a_commissioners_limit_is_that_of_the_police_area(area, poll_on, amount):
    found = limit(kind="pcc", area=area, poll_on=poll_on)

    assert found.amount == Decimal(amount)
    assert found.is_confirmed


@pytest.mark.parametrize(
    ("area", "says"),
    [
        ("West Midlands", "£489,400.00 or £489,410.00 would fit"),
        ("Cheshire", "£195,410.00 would fit the uprating but may not be used"),
        ("Greater Manchester", "has a mayor"),
    ],
)
def test_a_commissioners_limit_that_was_not_read_is_refused(area, says):
    with pytest.raises(LimitRefused, match=says):
        limit(kind="pcc", area=area, poll_on=date(2023, 12, 12))


def test_a_commissioners_limit_doubles_when_a_candidate_dies():
    known = {"poll_on": date(2021, 5, 6), "area": "West Midlands"}
    found = limit(kind="pcc", candidate_died=True, **known)

    assert found.amount == Decimal("714870.00")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "galactic_senate"}, "unknown_type"),
        ({"nation": "FRA"}, "unknown_nation"),
        ({"nation": "SCT"}, "unknown_nation"),
        ({"poll_on": date(2017, 1, 26)}, "date_not_covered"),
        ({"electors": None}, "electors_missing"),
        ({"electors": 0}, "bad_electors"),
        ({"councils": None}, "councils_missing"),
        ({"councils": -7}, "bad_councils"),
        ({"joint": 0}, "bad_joint"),
        ({"candidate_died": True}, "no_doubling"),
        ({"kind": "pcc"}, "area_missing"),
        ({"kind": "pcc", "area": "Mercia"}, "unknown_area"),
        ({"kind": "sp_long"}, "figure_not_known"),
        ({"kind": "nia_county"}, "date_not_covered"),
    ],
    ids=str,
)
def test_what_is_not_known_is_refused_with_a_code_and_a_sentence(asked, code):
    usual = {
        "kind": "cam_mayor",
        "poll_on": date(2024, 5, 2),
        "electors": 2_018_546,
        "councils": 7,
    }

    with pytest.raises(LimitRefused) as refused:
        limit(**(usual | asked))

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_a_poll_close_to_a_day_that_was_not_read_is_warned_about():
    asked = {"kind": "local", "electors": 7_500}

    close = limit(poll_on=date(2023, 12, 31), **asked)
    clear = limit(poll_on=date(2024, 1, 1), **asked)

    assert "were not read exactly" in close.warnings[0]
    assert clear.warnings == ()


def test_every_kind_of_poll_has_a_rate_and_every_rate_a_kind():
    assert {rate.kind for rate in RATES} == set(POLLS)


def test_every_rate_has_a_source_and_ends_after_it_begins():
    for rate in RATES:
        assert rate.source.text
        assert isinstance(rate.mark, Mark)
        if rate.effective_from and rate.effective_to:
            assert rate.effective_from < rate.effective_to


@given(st.integers(1, 3_000_000), st.integers(1, 3_000_000), st.integers(1, 12))
def test_more_electors_never_mean_a_lower_limit(some, more, councils):
    few, many = sorted((some, more))

    def of(electors):
        return limit(
            kind="cam_mayor",
            poll_on=date(2017, 5, 4),
            electors=electors,
            councils=councils,
        ).amount

    assert of(few) <= of(many)


@given(st.integers(1, 100_000), st.integers(1, 10))
def test_more_joint_candidates_never_mean_a_higher_limit_each(electors, joint):
    def of(candidates):
        return limit(
            kind="local",
            poll_on=date(2024, 5, 2),
            electors=electors,
            joint=candidates,
        ).amount

    assert of(joint + 1) <= of(joint)
