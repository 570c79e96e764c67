"""Who may vote in which poll, with the examples of docs/rules/franchise.md."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.franchise import (
    RULES,
    Verdict,
    eligibility_by_markers,
    may_vote,
    too_young,
)

MAYOR_2024 = {"poll_on": date(2024, 5, 2), "poll_kind": "cam_mayor"}
MAYOR_2028 = {"poll_on": date(2028, 5, 4), "poll_kind": "cam_mayor"}
WESTMINSTER_2024 = {"poll_on": date(2024, 7, 4), "poll_kind": "parl"}


@pytest.mark.parametrize(
    ("markers", "mayor_2024", "mayor_2028", "westminster"),
    [
        ("", "yes", "yes", "yes"),
        ("F", "no", "no", "yes"),
        ("G", "yes", "check", "no"),
        ("B", "yes", "yes", "no"),
        ("L", "yes", "yes", "no"),
        ("N", "yes", "yes", "check"),
        ("Z", "yes", "yes", "yes"),
        ("(z)", "yes", "yes", "yes"),
        ("K", "check", "check", "check"),
        ("E", "check", "check", "check"),
        ("M", "check", "check", "check"),
        ("D", "check", "check", "check"),
        ("U", "check", "check", "check"),
        ("G, Z", "yes", "check", "no"),
        ("FK", "no", "no", "check"),
        ("g", "yes", "check", "no"),
        ("PENDING", "check", "check", "no"),
        ("7", "check", "check", "check"),
        ("?", "check", "check", "check"),
    ],
)
def test_markers_say_who_votes_in_which_poll(
    markers, mayor_2024, mayor_2028, westminster
):
    assert may_vote(markers, None, **MAYOR_2024).verdict == mayor_2024
    assert may_vote(markers, None, **MAYOR_2028).verdict == mayor_2028
    assert may_vote(markers, None, **WESTMINSTER_2024).verdict == westminster


@pytest.mark.parametrize(
    ("poll_on", "verdict"),
    [(date(2024, 5, 6), "yes"), (date(2024, 5, 7), "check")],
    ids=str,
)
def test_the_old_rule_for_eu_citizens_ended_on_7_may_2024(poll_on, verdict):
    answer = may_vote("G", None, poll_on=poll_on, poll_kind="local")

    assert answer.verdict == verdict


@pytest.mark.parametrize(
    ("attains_on", "verdict"),
    [
        (date(2024, 5, 1), "yes"),
        (date(2024, 5, 2), "yes"),
        (date(2024, 5, 3), "no"),
    ],
    ids=str,
)
def test_an_attainer_votes_on_the_day_of_attainment_and_after(attains_on, verdict):
    assert may_vote("", attains_on, **MAYOR_2024).verdict == verdict


@pytest.mark.parametrize("nation", ["SCT", "WLS"])
def test_where_younger_people_vote_an_attainer_is_to_be_checked(nation):
    later = date(2027, 1, 1)
    council = {"poll_on": date(2026, 5, 7), "poll_kind": "local", "nation": nation}
    westminster = WESTMINSTER_2024 | {"nation": nation}

    assert may_vote("", later, **council).verdict == "check"
    assert may_vote("", later, **westminster).verdict == "no"


def test_m_is_a_qualifying_foreign_national_in_scotland_only():
    poll = {"poll_on": date(2022, 5, 5), "poll_kind": "local"}

    assert may_vote("M", None, nation="SCT", **poll).verdict == "yes"
    assert may_vote("M", None, nation="ENG", **poll).verdict == "check"


def test_for_devolved_parliaments_only_an_unmarked_entry_is_eligible():
    poll = {"poll_on": date(2026, 5, 7), "poll_kind": "senedd", "nation": "WLS"}

    verdicts = {letter: may_vote(letter, None, **poll).verdict for letter in "FGL"}

    assert may_vote("", None, **poll).may_vote
    assert verdicts == {"F": "no", "G": "check", "L": "check"}


def test_an_entry_to_be_checked_may_not_vote_and_says_why():
    answer = may_vote("K", None, **MAYOR_2024)

    assert not answer.may_vote
    assert answer.reason == ("It is not known what the marker K means for this poll.")


def test_a_whole_register_is_answered_by_its_distinct_markers():
    answers = eligibility_by_markers(["", "G", "F", "K"], **MAYOR_2024)

    assert {markers: answer.verdict for markers, answer in answers.items()} == {
        "": "yes",
        "G": "yes",
        "F": "no",
        "K": "check",
    }
    assert too_young(poll_kind="cam_mayor").verdict == "no"


KNOWN = {rule.letter for rule in RULES} | {"Z"}
POLL_KINDS = ["cam_mayor", "local", "parl", "pcc", "senedd", "gla_list"]


@given(
    st.text(max_size=6),
    st.dates(date(2010, 1, 1), date(2035, 1, 1)),
    st.sampled_from(POLL_KINDS),
    st.sampled_from(["ENG", "WLS", "SCT", "NIR"]),
)
def test_an_unknown_marker_is_never_taken_as_eligible(markers, poll_on, kind, nation):
    answer = may_vote(
        f"{markers}K", None, poll_on=poll_on, poll_kind=kind, nation=nation
    )

    assert answer.verdict is not Verdict.YES


def test_no_two_rules_contradict_each_other():
    days = [date(2024, 5, 6), date(2024, 5, 7)]
    for day in days:
        for nation in ("ENG", "WLS", "SCT", "NIR"):
            fitting = [
                (rule.letter, rule.franchise)
                for rule in RULES
                if rule.fits(rule.franchise, nation, day)
            ]
            assert len(fitting) == len(set(fitting))
