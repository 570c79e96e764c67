"""Wrong short codes are counted in the database, for each link and each caller."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from campaigns.rules.refusals import Refusal
from canvassing.models import JoinGuesses

MOST_WRONG = 10

# Counted before the code is looked at, so that a thousand guesses at once are counted
# one after the other. By the database's own clock.
COUNT = """
INSERT INTO canvassing_joinguesses AS guesses (organisation_id, counted, since, wrong)
SELECT %(organisation)s, counted, now(), 1
FROM unnest(%(counted)s::text[]) AS counted
ORDER BY counted
ON CONFLICT (organisation_id, counted) DO UPDATE SET
    wrong = CASE WHEN guesses.since < now() - interval '15 minutes' THEN 1
                 ELSE least(guesses.wrong + 1, 1000000) END,
    since = CASE WHEN guesses.since < now() - interval '15 minutes' THEN now()
                 ELSE guesses.since END
RETURNING wrong
"""
TAKE_BACK = """
UPDATE canvassing_joinguesses SET wrong = wrong - 1
WHERE organisation_id = %(organisation)s AND counted = ANY(%(counted)s::text[])
  AND wrong > 0
"""


class TooManyGuesses(Refusal):
    """Ten wrong codes in a quarter of an hour, on this link or from this caller."""


class Guess(NamedTuple):
    """A code that somebody said for a link; `caller` is their internet address, of
    which only a keyed hash is kept."""

    organisation_id: int
    link: str
    caller: str

    def counted(self) -> dict[str, Any]:
        place = salted_hmac("canvassing.join_guesses", self.caller, algorithm="sha256")
        return {
            "organisation": self.organisation_id,
            "counted": [f"from:{place.hexdigest()}", self.link],
        }


def count_a_guess(guess: Guess) -> None:
    """One more, which `forgive_a_guess` takes back where the code proves right.

    Committed by itself, whatever comes of the joining. Refused: after ten wrong ones.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, guess.counted())
        if max(wrong for (wrong,) in cursor.fetchall()) > MOST_WRONG:
            raise TooManyGuesses(
                "too_many_guesses",
                _(
                    "Too many wrong codes. Wait a quarter of an hour, or ask the"
                    " organiser."
                ),
            )


def forget_old_guesses() -> None:
    """Those of windows that are over."""
    over = Now() - timedelta(minutes=15)
    JoinGuesses.objects.filter(since__lt=over).delete()


def forget_guesses_on(links: Collection[str]) -> None:
    """Of these links, whose code is another now."""
    JoinGuesses.objects.filter(counted__in=links).delete()


def forgive_a_guess(guess: Guess) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE_BACK, guess.counted())
