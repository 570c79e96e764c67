"""The command `law`."""

import io
import json
from typing import Any

from django.core.management import call_command


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("law", *arguments, stdout=out)
    return out.getvalue()


def figures(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        printed(*arguments, "--json").splitlines()[-1]
    )["figures"]
    return found


def test_a_program_gets_each_figure_with_its_days_source_and_mark() -> None:
    [found] = [
        one for one in figures("--on", "2019-05-02") if one["what"] == "cam_mayor (ENG)"
    ]

    assert found["value"] == "£2,362.00 a council + 5.9p an elector"
    assert found["effective_from"] == "2017-01-27"
    assert found["effective_to"] == "2024-02-07"
    assert found["mark"] == "R"
    assert "SI 2017/67" in found["source"]


def test_the_figures_to_be_checked_are_asked_for_alone() -> None:
    assert {one["mark"] for one in figures("--unconfirmed")} == {"R2", "D", "G"}


def test_a_person_reads_topics_cautions_and_what_the_marks_mean() -> None:
    text = printed("--on", "2024-05-02")

    assert "Spending limits\n" in text
    assert "cam_mayor (ENG): £3,040.00 a council + 8p an elector" in text
    assert "Caution: £3,040 and 8p are the figures another order says" in text
    assert "R: read in the law or in official guidance" in text
    assert "£2,362.00 a council" not in text


def test_what_did_not_hold_on_a_day_is_not_printed_of_it_without_a_word() -> None:
    for found in figures("--on", "2017-05-04"):
        is_dated = found["effective_from"] is not None
        assert is_dated or found["mark"] != "R" or found["caution"], found["what"]
    said = {one["what"] for one in figures("--on", "2017-05-04")}
    assert not any("Digital" in what or "security" in what for what in said)
    assert any("security" in one["what"] for one in figures("--on", "2024-05-02"))


def test_what_stood_in_a_dated_page_is_sure_for_polls_after_it() -> None:
    [early] = [
        one for one in figures("--on", "2017-05-04") if "holds a bill" in one["what"]
    ]
    [late] = [
        one for one in figures("--on", "2024-05-02") if "holds a bill" in one["what"]
    ]

    assert "It was read as of 12 April 2024." in early["caution"]
    assert late["caution"] == ""


def test_the_sum_of_others_in_a_police_area_is_printed_with_its_source() -> None:
    [found] = [one for one in figures() if "commissioner of West" in one["what"]]

    assert (found["value"], found["mark"]) == ("£10,080.00", "R")
    assert "local-campaigning" in found["source"]
    assert "was not read" in found["caution"]
