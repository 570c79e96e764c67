"""Which questions are asked, and which answers they allow."""

import pytest

from canvassing.rules.scripts import (
    QuestionRule,
    ScriptRule,
    branches_backwards,
    questions_shown,
    wrong_answer,
)

INTENTION = QuestionRule(1, "intention", "intention")
POSTER = QuestionRule(2, "poster", "choice", ("yes", "no"), "intention", ("P1",))
WHERE = QuestionRule(3, "where", "several", ("window", "gate"), "poster", ("yes",))
SCRIPT = ScriptRule(9, {one.key: one for one in (INTENTION, POSTER, WHERE)})


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, ["intention"]),
        ({"intention": ["U"]}, ["intention"]),
        ({"intention": ["P1"]}, ["intention", "poster"]),
        ({"intention": ["P1"], "poster": ["yes"]}, ["intention", "poster", "where"]),
        # The poster is not asked for any more, so that where it goes is not either.
        ({"intention": ["U"], "poster": ["yes"]}, ["intention"]),
    ],
)
def test_a_question_is_asked_where_the_one_it_hangs_on_was_answered_so(
    given: dict[str, list[str]], shown: list[str]
) -> None:
    assert questions_shown(SCRIPT, given) == shown


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ((), ""),
        ((("poster", ("yes",)),), ""),
        ((("where", ("gate", "window")),), ""),
        ((("poster", ("no", "yes")),), "one_answer"),
        ((("poster", ("maybe",)),), "unknown_answer"),
        ((("colour", ("red",)),), "unknown_question"),
        ((("intention", ("P1",)),), "unknown_question"),
    ],
)
def test_only_answers_that_a_question_has_are_kept(
    answers: tuple[tuple[str, tuple[str, ...]], ...], wrong: str
) -> None:
    assert wrong_answer(SCRIPT, answers) == wrong


def test_answers_without_their_script_are_not_kept() -> None:
    assert wrong_answer(None, (("poster", ("yes",)),)) == "unknown_script"
    assert wrong_answer(None, ()) == ""


def test_a_question_cannot_hang_on_a_later_one() -> None:
    assert branches_backwards([INTENTION, POSTER, WHERE]) == []
    assert branches_backwards([POSTER, INTENTION, WHERE]) == ["poster"]
