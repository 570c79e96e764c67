"""Names tidied for people and folded for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.names import letters, name_key, split_whole, tidy


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("MCDONALD", "McDonald"),
        ("O'BRIEN", "O'Brien"),
        ("SMITH-JONES", "Smith-Jones"),
        ("van der Berg", "van der Berg"),
        ("  Siân  ", "Siân"),
    ],
)
def test_only_capitals_are_rewritten(printed: str, shown: str) -> None:
    assert tidy(printed) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wałęsa", "WALESA"),
        ("Ahmed-Khan", "Ahmed Khan"),
        ("O’Brien", "OBRIEN"),
        ("Zoë", "Zoe"),
        ("Ørsted", "Orsted"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same_letters(one: str, other: str) -> None:
    assert letters(one) == letters(other)


def test_names_in_another_script_stay_apart() -> None:
    assert letters("Ελένη") != letters("Μαρία")


def test_a_key_has_one_word_for_the_surname() -> None:
    assert name_key("Ahmed-Khan", "Mary Ann", "J.") == "AHMEDKHAN MARY ANN J"
    assert split_whole("Begum Manjit Kumar") == ("Begum", "Manjit Kumar")


@given(st.text(max_size=40))
def test_any_text_can_be_a_name(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert " " not in letters(text)
