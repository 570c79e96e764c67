"""What a typist's code means."""

import pytest

from canvassing.rules.keypad import (
    PaperWish,
    TypedCodeRefused,
    asked_for,
    read_code,
    shortcuts,
    split_wishes,
)

OUTCOMES = ["spoken", "not_in", "no_access", "refused", "moved"]
INTENTIONS = ["P1", "U", "R"]


@pytest.mark.parametrize(
    ("typed", "outcome", "intention"),
    [
        ("p1", "spoken", "P1"),
        (" U ", "spoken", "U"),
        ("ni", "not_in", ""),
        ("NA", "no_access", ""),
        ("not_in", "not_in", ""),
        ("R", "spoken", "R"),
        ("refused", "refused", ""),
    ],
)
def test_a_code_is_an_answer_an_outcome_or_its_initials(
    typed: str, outcome: str, intention: str
) -> None:
    code = read_code(typed, outcomes=OUTCOMES, intentions=INTENTIONS, spoken="spoken")

    assert code == (outcome, intention)


def test_an_unknown_code_is_refused_by_its_name() -> None:
    with pytest.raises(TypedCodeRefused, match="no code 'Q9'"):
        read_code("Q9", outcomes=OUTCOMES, intentions=INTENTIONS, spoken="spoken")


def test_initials_that_are_an_answer_make_way_for_the_first_two_letters() -> None:
    short = shortcuts(OUTCOMES, INTENTIONS)

    assert short == {
        "S": "spoken",
        "NI": "not_in",
        "NA": "no_access",
        "RE": "refused",
        "M": "moved",
    }


@pytest.mark.parametrize(
    ("typed", "code", "wishes"),
    [
        ("P1", "P1", ""),
        (" p1-k ", "p1", "-K"),
        ("-l", "", "-L"),
        ("NI -E", "NI", "-E"),
        ("-L-V", "", "-L-V"),
        ("-K-K", "", "-K"),
        ("P1/L-V", "P1/L", "-V"),
        ("-l-h", "", "-L-H"),
        ("P1-H-K", "P1", "-K-H"),
        ("NI-E-V-H", "NI", "-E-H-V"),
        ("-L-K-H-L", "", "-L-H-K-H"),
        ("-Z", "-Z", ""),
        ("", "", ""),
    ],
)
def test_wishes_stand_behind_a_code_or_alone(
    typed: str, code: str, wishes: str
) -> None:
    said, found = split_wishes(typed)

    assert (said, "".join(found)) == (code, wishes)


@pytest.mark.parametrize("typed", ["-H", "P1-H", "-V-H"])
def test_a_household_asks_for_something_that_a_household_can_ask(typed: str) -> None:
    with pytest.raises(TypedCodeRefused, match="-H goes with -L, -K or -E"):
        split_wishes(typed)


def test_wishes_are_read_back_in_words() -> None:
    asked = [PaperWish.NO_VISITS, PaperWish.NO_VIEWS]
    words = "they asked: do not knock, for good; do not record my views"
    assert asked_for(asked) == words
    assert asked_for([]) == ""
