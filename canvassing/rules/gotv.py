"""Who goes on a get-out-the-vote list: the rule, and the reasons for leaving out.

An elector is listed, or left out under the first reason that applies, in the order of
`Reason`; so each elector of a ward is counted exactly once. See docs/rules/gotv.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Final

from campaigns.rules.refusals import Refusal


class RuleRefused(Refusal):
    """A rule that says nothing, or something that does not exist."""


class Reason(StrEnum):
    """Why an elector of the ward is not on the list, in the order of asking."""

    ENDED = "ended"
    ANONYMOUS = "anonymous"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_CHECKING = "needs_checking"
    VOTED = "voted"
    POSTED = "posted"
    NO_CONTACT_PERSON = "no_contact_person"
    NO_CONTACT_HOUSEHOLD = "no_contact_household"
    NO_CONTACT_CHANNEL = "no_contact_channel"
    NO_PLEDGE = "no_pledge"
    TOO_WEAK = "too_weak"
    OTHER_SECOND_PREFERENCE = "other_second_preference"
    NOT_CONTACTED_SINCE = "not_contacted_since"
    VOTES_OTHERWISE = "votes_otherwise"
    OTHER_VOTE_HISTORY = "other_vote_history"
    OTHER_TURNOUT = "other_turnout"


REASONS: Final[Mapping[Reason, str]] = {
    Reason.ENDED: "no longer on the register, or hidden",
    Reason.ANONYMOUS: "anonymous entry",
    Reason.NOT_ELIGIBLE: "may not vote in this poll",
    Reason.NEEDS_CHECKING: "right to vote needs checking",
    Reason.VOTED: "has voted",
    Reason.POSTED: "has sent their postal vote back",
    Reason.NO_CONTACT_PERSON: "asked not to be contacted",
    Reason.NO_CONTACT_HOUSEHOLD: "household asked not to be contacted",
    Reason.NO_CONTACT_CHANNEL: "asked not to be contacted this way",
    Reason.NO_PLEDGE: "no pledge, and no answer that the rule takes",
    Reason.TOO_WEAK: "not strong enough, or strength not known",
    Reason.OTHER_SECOND_PREFERENCE: "another second preference, or none known",
    Reason.NOT_CONTACTED_SINCE: "not contacted since the day in the rule",
    Reason.VOTES_OTHERWISE: "votes in another way",
    Reason.OTHER_VOTE_HISTORY: "voted otherwise last time, or not known",
    Reason.OTHER_TURNOUT: "did otherwise at the earlier poll, or not known",
}

# What a list can be taken away as.
FORMATS: Final[Mapping[str, str]] = {
    "csv": "CSV",
    "xlsx": "Excel workbook",
    "walk_sheets": "Walk sheets (PDF)",
}
WAYS_TO_VOTE: Final = ("in_person", "post", "proxy")
STRENGTHS: Final = range(1, 6)
TRUE_WORDS: Final = {"yes": True, "true": True, "": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class GotvRule:
    """What an elector must be, besides being reachable and able to vote.

    Pledged (`pledges`) or of one of the intention `codes`; and each of the rest that
    is set: strength from 1 (certain) to `strength`; `second`, a candidate's name;
    contacted on or after `since`; `votes_by`, some of in_person, post and proxy
    (whoever votes by postal proxy is under proxy); `voted_last_time`, intention codes
    of what they say they voted; `voted_on` and `not_voted_on`, days of earlier polls at
    one of which they are marked as having voted, or known not to have.
    """

    pledges: bool = True
    codes: tuple[str, ...] = ()
    strength: int | None = None
    second: str | None = None
    since: date | None = None
    votes_by: tuple[str, ...] = ()
    voted_last_time: tuple[str, ...] = ()
    voted_on: tuple[date, ...] = ()
    not_voted_on: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not self.pledges and not self.codes:
            raise RuleRefused(
                "empty_rule", "A list takes pledges, or at least one intention code."
            )
        if self.strength is not None and self.strength not in STRENGTHS:
            raise RuleRefused("strength", "Strength runs from 1 (certain) to 5.")
        for way in self.votes_by:
            if way not in WAYS_TO_VOTE:
                raise RuleRefused(
                    "votes_by", f"{way!r} is not one of {', '.join(WAYS_TO_VOTE)}."
                )

    def as_json(self) -> dict[str, object]:
        """What is stored: only what differs from the rule that takes every pledge."""
        plain = GotvRule()
        return {
            field.name: _as_json(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(plain, field.name)
        }

    def __str__(self) -> str:
        """The rule as `parse_rule` reads it."""
        words = ["pledges"] if self.pledges else ["pledges=no"]
        for name, value in self.as_json().items():
            if name != "pledges":
                text = ",".join(value) if isinstance(value, list) else value
                words.append(f"{name}={text}")
        return "; ".join(words)


NAMES: Final = tuple(field.name for field in fields(GotvRule))


def rule_from_json(stored: Mapping[str, object]) -> GotvRule:
    """The rule that `as_json` gave, or that a program sent.

    Refused: a name that no rule has, or a value that is not of its kind.
    """
    if unknown := sorted(set(stored) - set(NAMES)):
        raise RuleRefused(
            "rule", f"{unknown[0]!r} is not part of a rule: {', '.join(NAMES)}."
        )
    try:
        return GotvRule(
            pledges=_truth(stored.get("pledges", True)),
            codes=_words(stored.get("codes", ())),
            strength=_number(stored.get("strength")),
            second=_text(stored.get("second")),
            since=_day(stored.get("since")),
            votes_by=_words(stored.get("votes_by", ())),
            voted_last_time=_words(stored.get("voted_last_time", ())),
            voted_on=_days(stored.get("voted_on", ())),
            not_voted_on=_days(stored.get("not_voted_on", ())),
        )
    except (TypeError, ValueError) as error:
        raise RuleRefused("rule", f"The rule cannot be read: {error}.") from error


def parse_rule(text: str) -> GotvRule:
    """The rule as typed: `pledges; codes=P,D; strength=2; since=2024-04-01`.

    Parts stand between semicolons, several values between commas. Without `pledges` and
    without `codes` it takes pledges; `codes` alone takes those codes only.
    """
    said: dict[str, object] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, value = part.partition("=")
        said[name.strip()] = value.strip()
    said.setdefault("pledges", "codes" not in said)
    return rule_from_json(said)


def _as_json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return [_as_json(part) for part in value] if isinstance(value, tuple) else value


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in TRUE_WORDS:
        raise ValueError(f"{value!r} is neither yes nor no")
    return TRUE_WORDS[str(value).lower()]


def _words(value: object) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise TypeError(f"{value!r} is not a list")
    return tuple(word for part in parts if (word := str(part).strip()))


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _days(value: object) -> tuple[date, ...]:
    return tuple(date.fromisoformat(word) for word in _words(value))
