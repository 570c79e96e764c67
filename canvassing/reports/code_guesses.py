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
    rows = list(tried)
    shut_out = Counter(
        counted.partition(OF_A_PLACE)[0]
        for counted, wrong, age in rows
        if OF_A_PLACE in counted and wrong >= SHARE_OF_A_PLACE.most_after(age)
    )
    return {
        counted: Guessed(wrong, shut_out[counted])
        for counted, wrong, _age in rows
        if OF_A_PLACE not in counted
    }


def code_guessed(session: CanvassSession) -> Guessed | None:
    """The same of one session's code; None where nobody guessed."""
    return guessed_at(session.organisation_id, [session.code_name]).get(
        session.code_name
    )
