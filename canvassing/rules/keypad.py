"""What a typist's code means: an answer, or what came of an attempt."""

from collections.abc import Iterable
from typing import NamedTuple

from campaigns.rules.refusals import Refusal


class TypedCodeRefused(Refusal):
    """The code is none of this campaign's."""


class TypedCode(NamedTuple):
    """The codes of a contact: an outcome, and the intention if there is one."""

    outcome: str
    intention: str = ""


def shortcuts(outcomes: Iterable[str], intentions: Iterable[str]) -> dict[str, str]:
    """A short way to type each outcome: `not_in` is NI, and `moved` is MO where M is an
    answer. Returns shortcut -> outcome; what is taken before is no shortcut.
    """
    taken = {code.upper() for code in intentions}
    short: dict[str, str] = {}
    for outcome in outcomes:
        words = outcome.upper().split("_")
        ways = ("".join(word[:1] for word in words), outcome.upper()[:2])
        if free := [way for way in ways if way not in taken | short.keys()]:
            short[free[0]] = outcome
    return short


def read_code(
    typed: str, *, outcomes: Iterable[str], intentions: Iterable[str], spoken: str
) -> TypedCode:
    """An intention code (somebody was spoken to), an outcome, or its shortcut.

    `spoken` is the outcome that stands with an answer. Refused: any other text.
    """
    outcomes, intentions = list(outcomes), list(intentions)
    text = typed.strip().upper()
    for code in intentions:
        if text == code.upper():
            return TypedCode(spoken, code)
    by_name = {outcome.upper(): outcome for outcome in outcomes}
    outcome = by_name.get(text) or shortcuts(outcomes, intentions).get(text)
    if outcome is None:
        raise TypedCodeRefused("unknown_code", f"There is no code {typed.strip()!r}.")
    return TypedCode(outcome)
