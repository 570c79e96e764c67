"""A rule in plain words, as it stands on a list and on its walk sheets."""

from datetime import date
from typing import Final

from canvassing.rules.gotv import GotvRule

WAYS: Final = {"in_person": "in person", "post": "by post", "proxy": "by proxy"}


def sentence(rule: GotvRule, *, pledge_word: str = "pledge") -> str:
    """`Pledges of strength 1 or 2 who vote by post, and have not voted.`"""
    parts = [_who(rule, pledge_word)]
    if rule.strength is not None:
        parts.append(_strength(rule.strength))
    if rule.second is not None:
        parts.append(f"whose second preference is {rule.second}")
    if rule.since is not None:
        parts.append(f"contacted since {day(rule.since)}")
    if rule.votes_by:
        parts.append(f"who vote {either([WAYS[way] for way in rule.votes_by])}")
    if rule.voted_last_time:
        parts.append(f"who last time voted {either(rule.voted_last_time)}")
    if rule.voted_on:
        parts.append(f"who voted on {either([day(on) for on in rule.voted_on])}")
    if rule.not_voted_on:
        days = either([day(on) for on in rule.not_voted_on])
        parts.append(f"who did not vote on {days}")
    return f"{', '.join(parts)}; not yet voted, and not asked to be left alone."


def _who(rule: GotvRule, pledge_word: str) -> str:
    answered = f"everyone who answered {either(rule.codes)}" if rule.codes else ""
    if not rule.pledges:
        return f"E{answered[1:]}"
    everyone = f"Every {pledge_word}"
    return f"{everyone} and {answered}" if answered else everyone


def _strength(at_most: int) -> str:
    return "of strength 1" if at_most == 1 else f"of strength 1 to {at_most}"


def day(on: date) -> str:
    """`2 May 2024`."""
    return f"{on.day} {on:%B %Y}"


def either(words: list[str] | tuple[str, ...]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
