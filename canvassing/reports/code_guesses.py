"""How often wrong short codes were tried lately, for whoever can draw a new one."""

from collections import Counter
from collections.abc import Collection

from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from canvassing.models import CanvassSession, JoinGuesses
from canvassing.rules.short_codes import (
    CODE_WINDOW,
    OF_A_PLACE,
    SHARE_OF_A_PLACE,
    Guessed,
)

AGE = ExpressionWrapper(Now() - F("since"), output_field=DurationField())


def guessed_at(organisation_id: int, codes: Collection[str]) -> dict[str, Guessed]:
    """By the names of the codes, those in whose place any wrong one was tried."""
    waiting = Q(counted__contains=OF_A_PLACE, wrong__gte=SHARE_OF_A_PLACE.most)
    tried = (
        JoinGuesses.objects.of(organisation_id)
        .filter(Q(counted__in=codes, wrong__gt=0) | waiting)
        .filter(since__gte=Now() - CODE_WINDOW)
        .annotate(age=AGE)
        .values_list("counted", "wrong", "age")
    )
    wrong_of: Counter[str] = Counter()
    shut_out: Counter[str] = Counter()
    for counted, wrong, age in tried:
        code, of_a_place, _who = counted.partition(OF_A_PLACE)
        if not of_a_place:
            wrong_of[code] = wrong
        elif wrong >= SHARE_OF_A_PLACE.most_after(age):
            shut_out[code] += 1
    return {
        code: Guessed(wrong_of[code], shut_out[code])
        for code in wrong_of.keys() | shut_out.keys()
    }


def code_guessed(session: CanvassSession) -> Guessed | None:
    """The same of one session's code; None where nobody guessed."""
    return guessed_at(session.organisation_id, [session.code_name]).get(
        session.code_name
    )
