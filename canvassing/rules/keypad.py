"""What a typist's code means: an answer, what came of an attempt, or a wish."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from campaigns.rules.refusals import Refusal
from canvassing.rules.scripts import POSTED, may_be_asked


class TypedCodeRefused(Refusal):
    """The code is none of this campaign's."""


class TypedCode(NamedTuple):
    """The codes of a contact: an outcome, and the intention if there is one."""

    outcome: str
    intention: str = ""


class PaperWish(StrEnum):
    """What somebody asks of us, as it is written on paper: alone, or behind a code, and
    with -ALL for everybody at their address. No usual code has a hyphen in it, and none
    is such a word: a letter is a party's, and a hyphen is soon typed too many."""

    OFF_THE_LIST = "-OFF"
    NO_VISITS = "-DOOR"
    NO_VISITS_NOW = "-NOTNOW"
    NO_VIEWS = "-VIEWS"
    ALL_OFF_THE_LIST = "-OFF-ALL"
    NO_VISITS_TO_ANY = "-DOOR-ALL"
    NO_VISITS_TO_ANY_NOW = "-NOTNOW-ALL"

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


HOUSEHOLD: Final = "-ALL"
FOR_HOUSEHOLD: Final = (
    "With -OFF, -DOOR or -NOTNOW: everybody at this address (-OFF-ALL)"
)
# That we keep what they think, where it needs their consent.
AGREED: Final = "-AGREED"
SAID_AGREED: Final = "They agreed, in our words, that we keep what they think"
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
    HOUSEHOLD: "after -OFF, -DOOR, -NOTNOW: the whole household",
}


# That a postal vote is sent back: the first of these that is no code of the campaign.
SENT_BACK: Final = ("SB", "SENT", "SENT BACK")
SAID_SENT: Final = "Votes by post, and has sent it back"


def sent_code(codes: Iterable[str]) -> str:
    """What is typed where somebody says that their postal vote is sent back, in a
    campaign with these codes, of which one may be older than the word."""
    taken = {code.upper() for code in codes}
    return next((way for way in SENT_BACK if way not in taken), SENT_BACK[-1])


def refuse_what_is_not_asked(
    *, says_vote: bool, says_sent: bool, packs_are_out: bool, sent: str
) -> None:
    """Refused: how somebody votes who has their ballot paper at home, and `sent` of
    anybody else. The rule is that of the doors (`may_be_asked`)."""
    known = {"packs_are_out": packs_are_out, "has_posted": False, "keeps_views": True}
    if says_vote and not may_be_asked("intention", **known):
        raise TypedCodeRefused(
            "postal_vote",
            "They vote by post and the packs are out, so how they vote is not asked:"
            f" type {sent} if they have sent it back.",
        )
    if says_sent and not may_be_asked(POSTED, **known):
        raise TypedCodeRefused(
            "no_postal_vote",
            f"{sent} is for somebody who votes by post, once the packs are out.",
        )


MARK: Final = re.compile(
    rf"({'|'.join((*OF_ONE, HOUSEHOLD, AGREED))})\s*\Z", re.IGNORECASE
)


def refuse_what_is_typed_for_more(code: str) -> None:
    """Refused as a code of a campaign: what ends like a mark, as `X-ALL`, the word of
    one without its hyphen, as `OFF`, and what says that a postal vote is sent back."""
    if MARK.search(f"-{code}") or code.strip().upper() in SENT_BACK:
        raise TypedCodeRefused(
            "reserved", f"On paper “{code}” means something else: choose another code."
        )


class Written(NamedTuple):
    """A code, the wishes behind it, and whether they agreed that we keep views."""

    code: str
    wishes: tuple[PaperWish, ...] = ()
    has_agreed: bool = False


def split_marks(typed: str) -> Written:
    """A code and the marks behind it: `P1-DOOR` is P1 and do not knock, `-OFF-VIEWS`
    are two wishes and no code, `-OFF-ALL` is one of a household. Refused: -ALL where
    nothing that it goes with is asked."""
    text, marks = typed.strip(), []
    while last := MARK.search(text):
        marks.append(last[1].upper())
        text = text[: last.start()].rstrip()
    others = (HOUSEHOLD, AGREED)
    wishes = [PaperWish(mark) for mark in reversed(marks) if mark not in others]
    if HOUSEHOLD in marks:
        if not AWAY.keys() & set(wishes):
            raise TypedCodeRefused(
                "household",
                "-ALL goes with -OFF, -DOOR or -NOTNOW: type -OFF-ALL, for example.",
            )
        wishes = [
            PaperWish(wish + HOUSEHOLD) if wish in AWAY else wish for wish in wishes
        ]
    return Written(text, tuple(dict.fromkeys(wishes)), AGREED in marks)


def asked_for(wishes: Iterable[PaperWish]) -> str:
    """As it is read back: `they asked: do not knock, for good`."""
    words = "; ".join(WISHED[wish][:1].lower() + WISHED[wish][1:] for wish in wishes)
    return f"they asked: {words}" if words else ""


def shortcuts(outcomes: Iterable[str], intentions: Iterable[str]) -> dict[str, str]:
    """A short way to type each outcome: `not_in` is NI, and `moved` is MO where M is an
    answer. Returns shortcut -> outcome; what is taken before is no shortcut, nor is
    that a postal vote is sent back.
    """
    taken = {*(code.upper() for code in intentions), *SENT_BACK}
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
        sentence = f"There is no code {typed.strip()!r}."
        if "-" in text:
            sentence += f" What they ask of us is {', '.join(OF_ONE)}."
        raise TypedCodeRefused("unknown_code", sentence)
    return TypedCode(outcome)
