"""Wrong short codes are counted in the database: of each phone, place and code."""

from datetime import timedelta
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
    MOST_OF_A_CODE,
    MOST_OF_A_PHONE,
    MOST_OF_A_PLACE,
    MOST_OF_A_PLACE_IN_A_DAY,
    WINDOW,
    new_short_code,
    place_of,
)

# Counted before the code is looked at, so that a thousand guesses at once are counted
# one after the other. By the database's own clock.
COUNT = """
INSERT INTO canvassing_joinguesses AS guesses (organisation_id, counted, since, wrong)
VALUES (%(organisation)s, %(counted)s, now(), 1)
ON CONFLICT (organisation_id, counted) DO UPDATE SET
    wrong = CASE WHEN guesses.since < now() - %(window)s THEN 1
                 ELSE least(guesses.wrong + 1, 1000000) END,
    since = CASE WHEN guesses.since < now() - %(window)s THEN now()
                 ELSE guesses.since END
RETURNING wrong
"""
TAKE_BACK = """
UPDATE canvassing_joinguesses SET wrong = wrong - 1
WHERE organisation_id = %(organisation)s AND counted = ANY(%(counted)s::text[])
  AND wrong > 0
"""
# Before anything is counted: whoever has had their share writes nothing.
USED_UP = """
SELECT said.counted
FROM unnest(%(counted)s::text[], %(most)s::int[], %(windows)s::interval[])
     WITH ORDINALITY AS said (counted, most, in_time, place)
JOIN canvassing_joinguesses guesses ON guesses.counted = said.counted
     AND guesses.organisation_id = %(organisation)s
     AND guesses.since >= now() - said.in_time AND guesses.wrong >= said.most
ORDER BY said.place
LIMIT 1
"""
# What a hash of a phone or a place begins with, after the name of the code: of a
# quarter of an hour, and of a day.
OF_ONE: Final = " from "
OF_A_DAY: Final = " all day by "


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

    def counted(self) -> list[tuple[str, int, timedelta]]:
        """Under which names, how often, and in how long; the narrowest first."""
        place = place_of(self.caller)
        phone = f"{place} {self.nonce}"
        return [
            (self._named(OF_ONE, phone), MOST_OF_A_PHONE, WINDOW),
            (self._named(OF_ONE, place), MOST_OF_A_PLACE, WINDOW),
            (self._named(OF_A_DAY, place), MOST_OF_A_PLACE_IN_A_DAY, CODE_WINDOW),
            (self.code, MOST_OF_A_CODE, CODE_WINDOW),
        ]

    def _named(self, kind: str, who: str) -> str:
        found = salted_hmac("canvassing.join_guesses", who, algorithm="sha256")
        return f"{self.code}{kind}{found.hexdigest()[:40]}"


def count_a_guess(guess: Guess) -> None:
    """One more, which `forgive_a_guess` takes back where the code proves right.

    Committed by itself, whatever comes of the joining. What a phone or a place says
    that has had its share is not counted, and no place's share of a day is enough to
    shut a code for everybody: that takes several. Refused: after as many wrong ones as
    `rules/short_codes.py` says.
    """
    shares = guess.counted()
    if used_up := _used_up(shares, guess.organisation_id):
        raise TooManyGuesses("too_many_guesses", _sentence(used_up, guess))
    for counted, most, window in shares:
        asked: dict[str, Any] = {"counted": counted, "window": window}
        with connection.cursor() as cursor:
            cursor.execute(COUNT, asked | {"organisation": guess.organisation_id})
            wrong = cursor.fetchone()[0]
        # Of those who guess at the same moment.
        if wrong > most:
            raise TooManyGuesses("too_many_guesses", _sentence(counted, guess))


def _used_up(shares: list[tuple[str, int, timedelta]], organisation_id: int) -> str:
    """The narrowest share that is, or nothing."""
    counted, most, windows = (list(column) for column in zip(*shares, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            USED_UP,
            {
                "organisation": organisation_id,
                "counted": counted,
                "most": most,
                "windows": windows,
            },
        )
        found = cursor.fetchone()
    return found[0] if found else ""


def _sentence(counted: str, guess: Guess) -> str:
    if counted == guess.code or OF_A_DAY in counted:
        return _("Too many wrong codes were tried: ask the organiser for a new code.")
    return _("Too many wrong codes. Wait a quarter of an hour, or ask the organiser.")


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
    at_it = Q(counted=owner.code_name) | Q(
        counted__startswith=f"{owner.code_name}{OF_ONE}"
    )
    at_it |= Q(counted__startswith=f"{owner.code_name}{OF_A_DAY}")
    JoinGuesses.objects.of(owner.organisation_id).filter(at_it).delete()


def forgive_a_guess(guess: Guess) -> None:
    counted = [name for name, _most, _window in guess.counted()]
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE_BACK, {"organisation": guess.organisation_id, "counted": counted}
        )
