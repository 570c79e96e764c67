"""The benchmark's table: what was promised stands beside what was measured."""

import pytest

from bench.measures import Goal, Measured
from bench.memory_growth import memory_growth
from bench.table import lines


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal("ratio", 4), 4.0, True),
        (Goal("ratio", 4), 4.01, False),
        (Goal("ratio", 1.6, at_least=True), 1.6, True),
        (Goal("ratio", 1.6, at_least=True), 1.5, False),
    ],
)
def test_a_goal_is_met_up_to_its_limit(goal: Goal, value: float, met: bool) -> None:
    assert goal.is_met(value) is met


def test_a_miss_is_shown_in_the_table_and_in_the_json() -> None:
    slow = Measured(9.0, 2.0, 100, goal=Goal("ratio", 4))

    header, row = lines({"register_import": slow})

    assert header.startswith("measure")
    assert " ".join(row.split()) == ("register_import 9.00 2.00 4.50 ≤ 4 × MISSED 100")
    assert slow.as_json()["met"] == {"ratio": False}


def test_further_figures_have_lines_of_their_own() -> None:
    matched = Measured(
        1.0,
        1.0,
        more={"stayed": 0.999},
        goals={"stayed": Goal("share", 0.998, at_least=True)},
    )

    *_, last = lines({"december_rematch": matched})

    assert last.split() == ["stayed", "0.999", "≥", "0.998", "met"]


def test_memory_growth_tells_of_the_step_that_grew_most() -> None:
    tenth = {"a": Measured(peak_mb=100), "b": Measured(peak_mb=50)}
    whole = {"a": Measured(peak_mb=105), "b": Measured(peak_mb=100), "c": Measured()}

    grown = memory_growth(whole, tenth)

    assert grown.ratio == 2.0
    assert grown.peak_mb == 105
    assert grown.note.startswith("most in b: 50 MB")
