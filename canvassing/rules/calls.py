"""When a phone bank calls, whom it may call, and what an outcome leads to.

The rules in words, with their sources and examples: docs/rules/phones.md.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.rules.marked import gettext_noop
from campaigns.rules.refusals import Refusal
from canvassing.rules import shut_out

UK: Final = ZoneInfo("Europe/London")
# PECR 2003 reg. 21(3): a number listed for less than 28 days may still be called, so
# that a screening holds for 28 days, its own counted.
SCREENING_HOLDS: Final = timedelta(days=28)
LEASE: Final = timedelta(minutes=10)
# A call-back that its caller has not made by then is anybody's.
PROMISE_HOLDS: Final = timedelta(minutes=30)
MOST_DAYS_AHEAD: Final = 60
# A slip of the finger is put right by its caller; later, by an organiser.
UNDO_WITHIN: Final = timedelta(minutes=5)

SPOKEN, NO_ANSWER, ENGAGED = "spoken", "no_answer", "engaged"
CALL_BACK, WRONG_NUMBER, REFUSED = "call_back", "wrong_number", "refused"
LANGUAGE, MOVED, DECEASED = "language", "moved", "deceased"
DO_NOT_CALL: Final = "do_not_call"
# After these, the next of the household may be called on the number.
LEAVES_THE_NUMBER: Final = (MOVED, DECEASED)
WAITING, DONE, TRIED_OUT, GONE = "waiting", "done", "tried_out", "gone"

# What a call is filed as among the outcomes of contacts, by their kinds.
CONTACT_KINDS: Final = {
    SPOKEN: "spoken",
    NO_ANSWER: "not_in",
    ENGAGED: "not_in",
    CALL_BACK: "not_in",
    WRONG_NUMBER: "no_access",
    REFUSED: "refused",
    LANGUAGE: "language",
    MOVED: "moved",
    DECEASED: "deceased",
    DO_NOT_CALL: "refused",
}


# Why what came of a call is held: its code, and the sentence.
CLAIMED_SINCE, TAKEN_BACK = "claimed_since", "taken_back"
CALLER_LEFT, BANK_OVER = "caller_left", "bank_over"
HELD_REASONS: Final = {
    CLAIMED_SINCE: gettext_noop(
        "Its time was over, and somebody else has had this call since."
    ),
    TAKEN_BACK: gettext_noop("An organiser had taken this call back."),
    CALLER_LEFT: gettext_noop("Whoever sent this had signed out of the phone bank."),
    BANK_OVER: gettext_noop("The phone bank was over when this arrived."),
    **shut_out.HELD_REASONS,
}


class CallRefused(Refusal):
    """A call that cannot be made, filed or promised as it was asked."""


class CallBackRefused(CallRefused):
    """The time at which they are to be called back will not do: there are others."""


def first_day_of_screening(on: date) -> date:
    """A number screened on that day or later may be called on this one."""
    return on - SCREENING_HOLDS + timedelta(days=1)


def screening_holds(screened_on: date | None, *, on: date) -> bool:
    """Screened on 1 April: holds until 28 April, that day included."""
    return screened_on is not None and first_day_of_screening(on) <= screened_on <= on


@dataclass(frozen=True, slots=True)
class CallingHours:
    """From `begins` until `ends` on each day, by the clock of the United Kingdom, of a
    bank that runs from `starts_at` until `ends_at` (None: without an end)."""

    begins: time
    ends: time
    starts_at: datetime
    ends_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        if at < self.starts_at or (self.ends_at is not None and at >= self.ends_at):
            return False
        local = at.astimezone(UK).time()
        return self.begins <= local < self.ends

    def opens_at(self, at: datetime) -> datetime | None:
        """The next moment from `at` on at which calls are made; None where none is."""
        if self.is_open(at):
            return at
        soonest = max(at, self.starts_at)
        day = soonest.astimezone(UK).date()
        for candidate in (day, day + timedelta(days=1)):
            opens = max(_instant(candidate, self.begins), soonest)
            if self.is_open(opens):
                return opens
        return None

    def closes_at(self, at: datetime) -> datetime:
        """When the calls of this day end."""
        closes = _instant(at.astimezone(UK).date(), self.ends)
        return min(closes, self.ends_at) if self.ends_at else closes


def _instant(day: date, clock: time) -> datetime:
    """As an instant, so that days of 23 and 25 hours are compared rightly."""
    return datetime.combine(day, clock, UK).astimezone(ZoneInfo("UTC"))


@dataclass(frozen=True, slots=True)
class RetryRules:
    """After how long somebody is tried again, and how often at the most."""

    no_answer: timedelta
    engaged: timedelta
    most_tries: int


@dataclass(frozen=True, slots=True)
class AfterCall:
    """What becomes of a queued call: `state`, and when and by whom it is made again."""

    state: str
    due_at: datetime | None = None
    is_promised: bool = False


def after_call(
    outcome: str,
    *,
    tries: int,
    at: datetime,
    rules: RetryRules,
    hours: CallingHours,
    call_back_at: datetime | None = None,
) -> AfterCall:
    """`tries` counts this call. Only no answer, engaged and call back come again: a
    call back whatever the number of tries, as it was asked for. Whoever moved away or
    has died leaves the number to the next of the household. Refused: a call back at no
    time, at one that is past, months away, or when nobody calls.
    """
    if outcome == CALL_BACK:
        promised = _promised(call_back_at, at=at, hours=hours)
        return AfterCall(WAITING, promised, is_promised=True)
    if outcome in LEAVES_THE_NUMBER:
        return AfterCall(GONE)
    pause = {NO_ANSWER: rules.no_answer, ENGAGED: rules.engaged}.get(outcome)
    if pause is None:
        return AfterCall(DONE)
    if tries >= rules.most_tries:
        return AfterCall(TRIED_OUT)
    return AfterCall(WAITING, at + pause)


def can_be_undone(called_at: datetime | None, *, at: datetime) -> bool:
    """Said at 18:00: until 18:05, that moment included."""
    return called_at is not None and at - called_at <= UNDO_WITHIN


def _promised(
    call_back_at: datetime | None, *, at: datetime, hours: CallingHours
) -> datetime:
    if call_back_at is None:
        raise CallBackRefused(
            "no_time", gettext_noop("Say when they are to be called back.")
        )
    if call_back_at <= at:
        raise CallBackRefused(
            "past", gettext_noop("That time is past: choose a later one.")
        )
    if call_back_at > at + timedelta(days=MOST_DAYS_AHEAD):
        raise CallBackRefused(
            "far_away", gettext_noop("That is too far away: choose an earlier day.")
        )
    if not hours.is_open(call_back_at):
        raise CallBackRefused(
            "closed_then",
            gettext_noop("This phone bank makes no calls then: choose another time."),
        )
    return call_back_at
