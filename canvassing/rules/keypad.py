"""What a typist's code means: an answer, what came of an attempt, or a wish."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from campaigns.rules.refusals import Refusal


class TypedCodeRefused(Refusal):
    """The code is none of this campaign's."""


class TypedCode(NamedTuple):
    """The codes of a contact: an outcome, and the intention if there is one."""

    outcome: str
    intention: str = ""


class PaperWish(StrEnum):
    """What somebody asks of us, as it is written on paper: alone, or behind a code, and
    with -H for everybody at their address. No usual code has a hyphen in it."""

    OFF_THE_LIST = "-L"
    NO_VISITS = "-K"
    NO_VISITS_NOW = "-E"
    NO_VIEWS = "-V"
    ALL_OFF_THE_LIST = "-L-H"
    NO_VISITS_TO_ANY = "-K-H"
    NO_VISITS_TO_ANY_NOW = "-E-H"

    @classmethod
    def of(
        cls, channel: str, *, is_now: bool, of_household: bool = False
    ) -> "PaperWish":
        """What a wish to be left alone, altogether or at the door, is written as."""
        known = {away: wish for wish, away in AWAY.items()}
        return known[Away(channel, is_now, of_household)]


class Away(NamedTuple):
    """By which channel they want to be left alone (empty: all), whether in this
    campaign only, and whether all at their address do."""

    channel: str
    is_now: bool
    of_household: bool = False


HOUSEHOLD: Final = "-H"
FOR_HOUSEHOLD: Final = "With -L, -K or -E: everybody at this address (-L-H)"
AWAY: Final = {
    PaperWish.OFF_THE_LIST: Away("", is_now=False),
    PaperWish.NO_VISITS: Away("door", is_now=False),
    PaperWish.NO_VISITS_NOW: Away("door", is_now=True),
    PaperWish.ALL_OFF_THE_LIST: Away("", is_now=False, of_household=True),
    PaperWish.NO_VISITS_TO_ANY: Away("door", is_now=False, of_household=True),
    PaperWish.NO_VISITS_TO_ANY_NOW: Away("door", is_now=True, of_household=True),
}
# What one person asks for themselves.
OF_ONE: Final = {
    PaperWish.OFF_THE_LIST: "Take me off your list: no visits, calls, letters, e-mail",
    PaperWish.NO_VISITS: "Do not knock, for good",
    PaperWish.NO_VISITS_NOW: "Do not knock, for this election",
    PaperWish.NO_VIEWS: "Do not record my views",
}
WISHED: Final = {
    **OF_ONE,
    PaperWish.ALL_OFF_THE_LIST: (
        "Take all of us off your list: no visits, calls, letters, e-mail"
    ),
    PaperWish.NO_VISITS_TO_ANY: "Do not knock for any of us, for good",
    PaperWish.NO_VISITS_TO_ANY_NOW: "Do not knock for any of us, for this election",
}

# The same in the few words for which a card has room.
WISHED_ON_A_CARD: Final[dict[str, str]] = {
    PaperWish.OFF_THE_LIST: "off the list",
    PaperWish.NO_VISITS: "no visits",
    PaperWish.NO_VISITS_NOW: "no visits this election",
    PaperWish.NO_VIEWS: "no views kept",
    HOUSEHOLD: "after -L, -K, -E: the whole household",
}


def split_wishes(typed: str) -> tuple[str, tuple[PaperWish, ...]]:
    """A code and the wishes behind it: `P1-K` is P1 and do not knock, `-L-V` are two
    wishes and no code, `-L-H` is one of a household. Refused: -H where nothing that it
    goes with is asked."""
    text, marks = typed.strip(), []
    while (last := text[-2:].upper()) in (*OF_ONE, HOUSEHOLD):
        marks.append(last)
        text = text[:-2].rstrip()
    wishes = [PaperWish(mark) for mark in reversed(marks) if mark != HOUSEHOLD]
    if HOUSEHOLD in marks:
        if not AWAY.keys() & set(wishes):
            raise TypedCodeRefused(
                "household", "-H goes with -L, -K or -E: type -L-H, for example."
            )
        wishes = [
            PaperWish(wish + HOUSEHOLD) if wish in AWAY else wish for wish in wishes
        ]
    return text, tuple(dict.fromkeys(wishes))


def asked_for(wishes: Iterable[PaperWish]) -> str:
    """As it is read back: `they asked: do not knock, for good`."""
    words = "; ".join(WISHED[wish][:1].lower() + WISHED[wish][1:] for wish in wishes)
    return f"they asked: {words}" if words else ""


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
