"""Who, of those left over at one address, is whom. docs/rules/matching.md"""

from datetime import date

import pytest
from rapidfuzz.distance import JaroWinkler

from campaigns.rules.matching import Match, Person, Verdict, match_household


def person(
    ref: int,
    name_key: str,
    title: str = "",
    attains_on: date | None = None,
    *,
    markers: str = "",
    printed: str = "",
) -> Person:
    return Person(ref, name_key, title, attains_on, markers, printed)


def match(
    older: list[Person],
    newer: list[Person],
    *,
    others_stayed: bool = False,
    common: str = "MOHAMMED,MOHAMMED A",
) -> list[Match]:
    return match_household(
        older,
        newer,
        similarity=JaroWinkler.similarity,
        others_stayed=others_stayed,
        is_common=lambda name: name in common.split(","),
    )


def sure(matches: list[Match]) -> set[tuple[int, int]]:
    return {(m.older, m.newer) for m in matches if m.verdict is Verdict.SAME}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SMITH JOHN ALBERT", "SMITH JOHN A"),
        ("SMITH JOHN ALBERT", "SMITH JOHN"),
        ("AHMEDKHAN ALI", "AHMED KHAN ALI"),
        ("KHAN MOHAMMED", "KHAN MOHAMMAD"),
        ("SMITH STEVEN", "SMITH STEPHEN"),
        ("SMITH GEOFFREY", "SMITH JEFFREY"),
        ("THOMPSON MARY", "THOMSON MARY"),
    ],
)
def test_a_name_spelt_differently_is_the_same_person(before: str, after: str) -> None:
    assert sure(match([person(1, before)], [person(2, after)])) == {(1, 2)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SMITH JOHN", "SMITH PETER"),
        ("SMITH JOHN", "KHAN ALI"),
        ("SMITH JOHN ALBERT", "JONES JOHN PETER"),
    ],
)
def test_other_people_of_the_home_are_not(before: str, after: str) -> None:
    assert match([person(1, before)], [person(2, after)]) == []


def test_a_father_and_a_son_told_apart_by_a_middle_name_wait() -> None:
    matches = match([person(1, "SMITH JOHN A")], [person(2, "SMITH JOHN B")])

    assert [m.verdict for m in matches] == [Verdict.PERHAPS]


def test_a_new_surname_is_sure_where_others_stayed() -> None:
    before, after = [person(1, "KHAN MOHAMMED")], [person(2, "ALI MOHAMMED")]

    assert sure(match(before, after, others_stayed=True)) == {(1, 2)}
    assert sure(match(before, after)) == set()
    assert len(match(before, after)) == 1


def test_a_new_surname_is_sure_with_rare_given_names() -> None:
    assert sure(match([person(1, "KHAN ZENOBIA")], [person(2, "ALI ZENOBIA")]))
    assert sure(
        match([person(1, "KHAN MOHAMMED ISA")], [person(2, "ALI MOHAMMED ISA")])
    )


def test_a_common_forename_with_one_initial_is_no_proof() -> None:
    matches = match([person(1, "KHAN MOHAMMED A")], [person(2, "ALI MOHAMMED A")])

    assert [m.verdict for m in matches] == [Verdict.PERHAPS]
    assert "Same middle names" in matches[0].evidence


def test_a_title_of_the_other_sex_or_another_birthday_contradicts() -> None:
    june, july = date(2024, 6, 1), date(2024, 7, 1)

    assert not sure(
        match([person(1, "SMITH DANIEL", "Mr")], [person(2, "SMITH DANIELLE", "Miss")])
    )
    assert not match(
        [person(1, "SMITH JOHN", attains_on=june)],
        [person(2, "SMITH JOHN", attains_on=july)],
    )
    assert not match(
        [person(1, "SMITH JOHN")], [person(2, "SMITH JOHN", attains_on=june)]
    )


def test_as_many_namesakes_as_before_keep_their_order() -> None:
    before = [person(1, "SMITH JOHN"), person(2, "SMITH JOHN")]
    after = [person(3, "SMITH JOHN"), person(4, "SMITH JOHN")]

    assert sure(match(before, after)) == {(1, 3), (2, 4)}


def test_namesakes_are_told_apart_by_title_and_markers_before_their_order() -> None:
    before = [person(1, "MAZUR JAN"), person(2, "MAZUR JAN", markers="G")]
    after = [
        person(3, "MAZUR JAN", markers="G", printed="Jan MAZUR"),
        person(4, "MAZUR JAN", printed="Jan Mazur"),
    ]

    assert sure(match(before, after)) == {(1, 4), (2, 3)}


def test_namesakes_of_whom_one_is_now_spelt_differently_wait_for_a_person() -> None:
    before = [
        person(1, "BIBI ABDUL", printed="Abdul Bibi"),
        person(2, "BIBI ABDUL", printed="Abdul Bibi"),
    ]
    after = [
        person(3, "BIBI ABDUL", printed="Abdul BIBI"),
        person(4, "BIBI ABDUL", printed="Abdul Bibi"),
    ]

    matches = match(before, after)

    assert {m.verdict for m in matches} == {Verdict.PERHAPS}
    assert {(m.older, m.newer) for m in matches} == {(1, 3), (1, 4), (2, 3), (2, 4)}


def test_fewer_namesakes_than_before_wait_for_a_person() -> None:
    before = [person(1, "SMITH JOHN"), person(2, "SMITH JOHN")]

    matches = match(before, [person(3, "SMITH JOHN")])

    assert {m.verdict for m in matches} == {Verdict.PERHAPS}
    assert len(matches) == 2


def test_nobody_is_matched_for_sure_twice() -> None:
    before = [person(1, "KHAN ZENOBIA"), person(2, "KHAN ZENOBIA A")]

    matches = match(before, [person(3, "KHAN ZENOBIA A")])

    assert sure(matches) == {(2, 3)}
