"""The rule of a list: read, stored, said in words, and refused where it makes none."""

from datetime import date

import pytest

from canvassing.rules.gotv import (
    REASONS,
    GotvRule,
    Reason,
    RuleRefused,
    parse_rule,
    rule_from_json,
)
from canvassing.rules.gotv_sentences import sentence

FULL = GotvRule(
    pledges=True,
    codes=("P", "D"),
    strength=2,
    second="Rowan Ash",
    since=date(2024, 4, 1),
    votes_by=("post", "in_person"),
    voted_last_time=("P",),
    voted_on=(date(2021, 5, 6), date(2023, 5, 4)),
    not_voted_on=(date(2022, 5, 5),),
)


@pytest.mark.parametrize(
    "rule", [GotvRule(), FULL, GotvRule(pledges=False, codes=("D",))], ids=str
)
def test_a_rule_survives_being_stored_and_being_typed(rule: GotvRule) -> None:
    assert rule_from_json(rule.as_json()) == rule
    assert parse_rule(str(rule)) == rule


def test_the_rule_that_takes_every_pledge_stores_nothing() -> None:
    assert GotvRule().as_json() == {}
    assert parse_rule("") == parse_rule("pledges") == GotvRule()


def test_codes_alone_take_no_pledges() -> None:
    assert parse_rule("codes=P, D") == GotvRule(pledges=False, codes=("P", "D"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pledges=no", "empty_rule"),
        ("pledges; strength=6", "strength"),
        ("pledges; strength=strong", "rule"),
        ("pledges; votes_by=pigeon", "votes_by"),
        ("pledges; since=yesterday", "rule"),
        ("pledges; voted_on=last May", "rule"),
        ("pledges=perhaps", "rule"),
        ("colour=red", "rule"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(text: str, code: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        parse_rule(text)

    assert refusal.value.code == code


def test_a_program_that_sends_something_else_is_refused() -> None:
    with pytest.raises(RuleRefused):
        rule_from_json({"codes": 7})


def test_a_rule_is_said_in_plain_words() -> None:
    assert sentence(GotvRule(), pledge_word="promise") == (
        "Every promise; not yet voted, and not asked to be left alone."
    )
    assert sentence(FULL) == (
        "Every pledge and everyone who answered P or D, of strength 1 to 2, whose"
        " second preference is Rowan Ash, contacted since 1 April 2024, who vote by"
        " post or in person, who last time voted P, who voted on 6 May 2021 or 4 May"
        " 2023, who did not vote on 5 May 2022; not yet voted, and not asked to be left"
        " alone."
    )
    assert sentence(GotvRule(pledges=False, codes=("A", "B", "C"))).startswith(
        "Everyone who answered A, B or C;"
    )


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
