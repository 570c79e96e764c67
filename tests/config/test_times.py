"""Times of day are said in one way on every page, in both languages."""

from datetime import UTC, datetime, time

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "midnight"),
        (time(9), "9 am"),
        (time(12), "midday"),
        (time(12, 30), "12.30 pm"),
        (time(15), "3 pm"),
        (time(18, 5), "6.05 pm"),
        (time(0, 20), "12.20 am"),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(at: time, words: str) -> None:
    assert Template('{{ at|time:"g.i a" }}').render(Context({"at": at})) == words


def test_a_moment_is_said_by_the_clock_on_the_wall_with_its_day() -> None:
    at = datetime(2024, 5, 2, 11, 0, tzinfo=UTC)
    template = Template(
        '{{ at|date:"l j F Y, g.i a" }}; {{ at|date:"j M" }}; {{ at|time:"g.i a" }}'
    )
    said = template.render(Context({"at": at}))
    assert said == "Thursday 2 May 2024, midday; 2 May; midday"


def test_a_time_is_welsh_on_a_welsh_page() -> None:
    template = Template('{{ at|time:"g.i a" }}')
    with translation.override("cy"):
        said = [template.render(Context({"at": time(hour)})) for hour in (12, 15)]
    assert said == ["canol dydd", "3yh"]


def test_what_is_no_time_has_none() -> None:
    assert Template('{{ at|date:"g.i a" }}').render(Context({"at": None})) == ""
