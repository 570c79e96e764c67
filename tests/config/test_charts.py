"""Charts drawn by the server, and numbers as pages write them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from config.templatetags.charts import step_of
from config.templatetags.desk import count, percent, pounds, pounds_off


@dataclass
class Day:
    on: date
    conversations: int
    pledges: int


def drawn(days: list[Day]) -> str:
    template = Template("{% load charts %}{% day_chart days %}")
    return template.render(Context({"days": days}))


def test_the_chart_says_itself_in_words_and_as_a_table() -> None:
    first = date(2024, 4, 22)
    svg = drawn([Day(first, 1200, 30), Day(first + timedelta(days=1), 60, 4)])

    assert "1,260 conversations and 34 pledges in 2 days" in svg
    assert '<th scope="row">Mon 22 April</th>' in svg
    assert svg.count("<rect") == 2


def test_the_hours_of_polling_day_are_named_as_people_say_them() -> None:
    begins = datetime(2024, 5, 2, 11, tzinfo=UTC)
    hours = [{"begins": begins, "voted": 30, "pledges": 12}]
    template = Template("{% load charts %}{% hour_chart hours 'promise' %}")

    svg = template.render(Context({"hours": [SimpleNamespace(**hours[0])]}))

    assert "11 am to midday: 30 have voted, 12 promises of them" in svg


@pytest.mark.parametrize("days", [[], [Day(date(2024, 4, 22), 0, 0)]])
def test_a_campaign_that_has_not_begun_has_a_chart_as_well(days: list[Day]) -> None:
    assert "<svg" in drawn(days)


def test_no_chart_carries_a_style_attribute() -> None:
    assert "style=" not in drawn([Day(date(2024, 4, 22), 5, 1)])


def test_the_map_shows_each_ward_with_its_words() -> None:
    square = [[-2.0, 52.5], [-1.9, 52.5], [-1.9, 52.6], [-2.0, 52.6], [-2.0, 52.5]]
    ward = {
        "boundary": {"type": "Polygon", "coordinates": [square]},
        "share": 0.5,
        "words": "Penn: 5 of 10 pledges",
        "url": "/penn/",
    }
    template = Template("{% load charts %}{% ward_map wards %}")

    svg = template.render(Context({"wards": [ward, {**ward, "boundary": None}]}))

    assert svg.count("<path") == 1
    assert 'class="step-3"' in svg
    assert "Penn: 5 of 10 pledges" in svg


@pytest.mark.parametrize(
    ("share", "step"), [(None, 0), (0, 1), (0.2, 2), (0.79, 4), (1, 5)]
)
def test_a_share_has_one_of_five_shades(share: float | None, step: int) -> None:
    assert step_of(share) == step


def test_numbers_are_written_as_people_read_them() -> None:
    assert count(12345) == "12,345"
    assert count(None) == "–"
    assert pounds(Decimal("1234.5")) == "£1,234.50"
    assert pounds(Decimal("-3")) == "−£3.00"
    assert pounds(0) == "£0.00"
    assert pounds_off(Decimal("3")) == "−£3.00"
    assert percent(1, 11) == "9.1 %"
    assert percent(64, 100) == "64 %"
    assert percent(1, 0) == "–"


def test_the_share_chart_draws_a_piece_for_each_campaign_and_says_the_sums() -> None:
    weeks = [
        SimpleNamespace(monday=date(2024, 4, 15), hours=[30, 12]),
        SimpleNamespace(monday=date(2024, 4, 22), hours=[20, 0]),
    ]
    template = Template("{% load charts %}{% share_chart names weeks %}")
    svg = template.render(Context({"names": ["Mayor", "By-election"], "weeks": weeks}))

    assert svg.count("<rect") == 3
    assert "Week from 15 April, By-election: 12 hours" in svg
    assert 'data-label="Mayor">50</td>' in svg
