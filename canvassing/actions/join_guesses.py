"""Wrong short codes are counted in the database: of each phone, place and code."""

from datetime import timedelta
from math import ceil
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from campaigns.rules.refusals import Refusal
from canvassing.models import CanvassSession, JoinGuesses, RoundIssue
from canvassing.rules.short_codes import (
    CODE_WINDOW,
    OF_A_PLACE,
    OF_ONE,
    SHARE_OF_A_CODE,
    SHARE_OF_A_PHONE,
    SHARE_OF_A_PLACE,
    WINDOW,
    Share,
    new_short_code,
    place_of,
)

# Counted before the code is looked at, so that a thousand guesses at once are counted
# one after the other. By the database's own clock; from the first wrong one, not from a
# right one that was taken back.
COUNT = """
INSERT INTO canvassing_joinguesses AS guesses (organisation_id, counted, since, wrong)
VALUES (%(organisation)s, %(counted)s, now(), 1)
ON CONFLICT (organisation_id, counted) DO UPDATE SET
    wrong = CASE WHEN guesses.wrong = 0 OR guesses.since < now() - %(window)s THEN 1
                 ELSE least(guesses.wrong + 1, 1000000) END,
    since = CASE WHEN guesses.wrong = 0 OR guesses.since < now() - %(window)s THEN now()
                 ELSE guesses.since END
RETURNING wrong, now() - since
"""
TAKE_BACK = """
UPDATE canvassing_joinguesses SET wrong = wrong - 1
WHERE organisation_id = %(organisation)s AND counted = ANY(%(counted)s::text[])
  AND wrong > 0
"""
# Before anything is counted: whoever has had their share writes nothing.
TRIED = """
SELECT counted, wrong, now() - since FROM canvassing_joinguesses
WHERE organisation_id = %(organisation)s AND counted = ANY(%(counted)s::text[])
  AND wrong > 0
"""
# A longer wait is said in hours: two and more of them.
LONGEST_IN_MINUTES: Final = timedelta(minutes=90)


class TooManyGuesses(Refusal):
    """Too many wrong codes, from this phone, from this place, or for this code."""


class Guess(NamedTuple):
    """A code that somebody said. `code` names the one that was asked for; `caller` is
    their internet address and `nonce` what their phone calls itself, if it does: of
    both only a keyed hash is kept."""

    organisation_id: int
    code: str
    caller: str
    nonce: str = ""

    def counted(self) -> dict[str, Share]:
        """By the names under which it is counted, how often it may be; the narrowest
        first."""
        place = place_of(self.caller)
        return {
            self._named(OF_ONE, f"{place} {self.nonce}"): SHARE_OF_A_PHONE,
            self._named(OF_A_PLACE, place): SHARE_OF_A_PLACE,
            self.code: SHARE_OF_A_CODE,
        }

    def _named(self, kind: str, who: str) -> str:
        found = salted_hmac("canvassing.join_guesses", who, algorithm="sha256")
        return f"{self.code}{kind}{found.hexdigest()[:40]}"


def count_a_guess(guess: Guess) -> None:
    """One more, which `forgive_a_guess` takes back where the code proves right.

    Committed by itself, whatever comes of the joining. What a phone or a place says
    that has had its share is not counted, and no place's share of a day is enough to
    shut a code for everybody: that takes several, or the end of one day and the
    beginning of the next. Refused: after as many wrong ones as `rules/short_codes.py`
    says.
    """
    shares = guess.counted()
    _refuse_used_up(shares, guess)
    for counted, share in shares.items():
        asked: dict[str, Any] = {"counted": counted, "window": share.window}
        with connection.cursor() as cursor:
            cursor.execute(COUNT, asked | {"organisation": guess.organisation_id})
            wrong, age = cursor.fetchone()
        # Of those who guess at the same moment.
        if wrong > share.most_after(age):
            raise _too_many(share, wrong - 1, age)


def _refuse_used_up(shares: dict[str, Share], guess: Guess) -> None:
    """For the narrowest share that is used up."""
    asked: dict[str, Any] = {"counted": list(shares)}
    with connection.cursor() as cursor:
        cursor.execute(TRIED, asked | {"organisation": guess.organisation_id})
        tried = {counted: (wrong, age) for counted, wrong, age in cursor.fetchall()}
    for counted, share in shares.items():
        wrong, age = tried.get(counted, (0, share.window))
        if age <= share.window and wrong >= share.most_after(age):
            raise _too_many(share, wrong, age)


def _too_many(share: Share, wrong: int, age: timedelta) -> TooManyGuesses:
    if share is SHARE_OF_A_CODE:
        words = _("Too many wrong codes were tried: ask the organiser for a new code.")
    else:
        words = _too_early(share.wait(wrong, age))
    return TooManyGuesses("too_many_guesses", words)


def _too_early(wait: timedelta) -> str:
    if wait <= LONGEST_IN_MINUTES:
        words = _(
            "Too many wrong codes: wait %(minutes)s min, or ask the organiser to let"
            " you try again."
        )
        return words % {"minutes": max(ceil(wait / timedelta(minutes=1)), 1)}
    words = _(
        "Too many wrong codes: wait about %(hours)s hours, or ask the organiser to let"
        " you try again."
    )
    return words % {"hours": ceil(wait / timedelta(hours=1))}


def forget_old_guesses() -> None:
    """Those of windows that are over."""
    JoinGuesses.objects.filter(
        Q(since__lt=Now() - CODE_WINDOW)
        | Q(since__lt=Now() - WINDOW, counted__contains=OF_ONE)
    ).delete()


def draw_code(owner: CanvassSession | RoundIssue) -> None:
    """Another code, inside the caller's transaction: whoever only guessed at the old
    one begins again."""
    owner.short_code = new_short_code()
    owner.save(update_fields=["short_code"])
    let_guessers_try(owner)
    guesses = JoinGuesses.objects.of(owner.organisation_id)
    guesses.filter(counted=owner.code_name).delete()


def let_guessers_try(owner: CanvassSession | RoundIssue) -> None:
    """No phone and no place waits any more; what all of them tried of the code still
    counts, so that its share of a day is the same."""
    of_whom = Q(counted__startswith=f"{owner.code_name}{OF_ONE}")
    of_whom |= Q(counted__startswith=f"{owner.code_name}{OF_A_PLACE}")
    JoinGuesses.objects.of(owner.organisation_id).filter(of_whom).delete()


def forgive_a_guess(guess: Guess) -> None:
    counted = list(guess.counted())
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE_BACK, {"organisation": guess.organisation_id, "counted": counted}
        )
