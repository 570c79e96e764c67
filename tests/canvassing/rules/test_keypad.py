"""What a typist's code means."""

import pytest

from canvassing.rules.keypad import (
    PaperWish,
    TypedCodeRefused,
    asked_for,
    read_code,
    refuse_what_is_typed_for_more,
    sent_code,
    shortcuts,
    split_marks,
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


@pytest.mark.parametrize(
    "code", ["-OFF", "off", "X-Door", "ALL", "P1-ALL", "agreed", "SB", "sent back"]
)
def test_no_code_is_a_word_that_means_more_on_paper(code: str) -> None:
    with pytest.raises(TypedCodeRefused, match="choose another code"):
        refuse_what_is_typed_for_more(code)


@pytest.mark.parametrize("code", ["P1", "O", "TAKEOFF", "all_in", "S", "-L"])
def test_a_code_that_means_nothing_more_may_be_chosen(code: str) -> None:
    refuse_what_is_typed_for_more(code)


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
        (" p1-door ", "p1", "-DOOR"),
        ("-off", "", "-OFF"),
        ("NI -NOTNOW", "NI", "-NOTNOW"),
        ("-OFF-VIEWS", "", "-OFF-VIEWS"),
        ("-DOOR-DOOR", "", "-DOOR"),
        ("P1/L-VIEWS", "P1/L", "-VIEWS"),
        ("-off-all", "", "-OFF-ALL"),
        ("P1-ALL-DOOR", "P1", "-DOOR-ALL"),
        ("NI-NOTNOW-VIEWS-ALL", "NI", "-NOTNOW-ALL-VIEWS"),
        ("-OFF-DOOR-ALL-OFF", "", "-OFF-ALL-DOOR-ALL"),
        ("-Z", "-Z", ""),
        ("", "", ""),
    ],
)
def test_wishes_stand_behind_a_code_or_alone(
    typed: str, code: str, wishes: str
) -> None:
    written = split_marks(typed)

    assert (written.code, "".join(written.wishes)) == (code, wishes)
    assert not written.has_agreed


def test_a_letter_and_a_hyphen_are_no_wish() -> None:
    """`L` may be a party, and `-L` is a slip of the hand."""
    assert split_marks("-L") == ("-L", (), False)
    with pytest.raises(TypedCodeRefused, match="What they ask of us is -OFF, -DOOR"):
        read_code("-L", outcomes=OUTCOMES, intentions=["L"], spoken="spoken")


def test_consent_is_a_mark_behind_a_code() -> None:
    assert split_marks("p1-agreed-door") == ("p1", (PaperWish.NO_VISITS,), True)


def test_that_a_vote_is_sent_back_has_a_code_that_is_no_other() -> None:
    assert sent_code(["P1", "U"]) == "SB"
    assert sent_code(["P1", "sb"]) == "SENT"
    assert "SB" not in shortcuts(["stood_by"], [])


@pytest.mark.parametrize("typed", ["-ALL", "P1-ALL", "-VIEWS-ALL"])
def test_a_household_asks_for_something_that_a_household_can_ask(typed: str) -> None:
    with pytest.raises(TypedCodeRefused, match="-ALL goes with -OFF, -DOOR or -NOTNOW"):
        split_marks(typed)


def test_wishes_are_read_back_in_words() -> None:
    asked = [PaperWish.NO_VISITS, PaperWish.NO_VIEWS]
    words = "they asked: do not knock, for good; do not record my views"
    assert asked_for(asked) == words
    assert asked_for([]) == ""
