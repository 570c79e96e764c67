"""How often wrong short codes were tried lately, for whoever can draw a new one."""

from collections.abc import Collection

from django.db.models.functions import Now

from canvassing.models import CanvassSession, JoinGuesses
from canvassing.rules.short_codes import CODE_WINDOW, Guessed


def guessed_at(organisation_id: int, codes: Collection[str]) -> dict[str, Guessed]:
    """By the names of the codes, those in whose place any wrong one was tried."""
    tried = JoinGuesses.objects.of(organisation_id).filter(
        counted__in=codes, since__gte=Now() - CODE_WINDOW, wrong__gt=0
    )
    rows = tried.values_list("counted", "wrong")
    return {counted: Guessed(wrong) for counted, wrong in rows}


def code_guessed(session: CanvassSession) -> Guessed | None:
    """The same of one session's code; None where nobody guessed."""
    return guessed_at(session.organisation_id, [session.code_name]).get(
        session.code_name
    )
