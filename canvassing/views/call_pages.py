"""What a caller's page asks before it is shown: the key in its cookie, and the bank."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.clock import now
from canvassing.access import caller_with, may_call_now
from canvassing.actions.call_claims import live_claim
from canvassing.actions.phone_banks import is_on
from canvassing.models import BankCaller
from canvassing.rules.shut_out import BLOCKED, STOOD_DOWN
from canvassing.rules.under_18 import REFUSED

COOKIE: Final = "phone_bank"
COOKIE_PATH: Final = "/field/calls/"
COOKIE_LIVES: Final = 12 * 60 * 60  # seconds: an evening, not a week
JOIN_AGAIN: Final = gettext_noop("Open the link you were given once more.")


class CallerRequest(HttpRequest):
    """A request that `caller_page` has let through."""

    caller: BankCaller
    business_now: datetime
    # Why no number is shown to them, as a sentence; empty where they go on.
    shut_because: str


View = Callable[..., HttpResponse]


def keep_key(
    response: HttpResponse, key: str, *, cookie: str = COOKIE, path: str = COOKIE_PATH
) -> None:
    """In a cookie that no script reads, for the pages under `path` alone."""
    response.set_cookie(
        cookie,
        key,
        max_age=COOKIE_LIVES,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def caller_page(*, shut_too: bool = False) -> Callable[[View], View]:
    """The view gets a `CallerRequest`. Whoever has no key, left, was blocked, or whose
    bank is closed or over, is told so and nothing else. A page that takes what came of
    a call is for all of them who had a key, and shows them nobody: what was said is not
    lost.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **named: Any) -> HttpResponse:
            key = request.COOKIES.get(COOKIE, "")
            caller = caller_with(key) if key else None
            if caller is None:
                return shut(request, _(JOIN_AGAIN))
            at = localtime(now(caller.bank.campaign.organisation))
            sentence = _shut_because(caller, at)
            if sentence and not shut_too:
                return shut(request, sentence)
            ours: Any = request
            ours.caller, ours.business_now, ours.shut_because = caller, at, sentence
            return view(ours, **named)

        return page

    return decorate


def _shut_because(caller: BankCaller, at: datetime) -> str:
    if caller.left_at is not None:
        return _(JOIN_AGAIN)
    bank = caller.bank
    reason = caller.shut_out_because
    if reason in (BLOCKED, STOOD_DOWN):
        return _("You cannot call here: ask the organiser.")
    if not may_call_now(bank, caller.volunteer, at=at):
        alone = REFUSED["phones"]
        return _(alone)
    # Whoever is on the phone finishes their call.
    if not reason and (
        is_on(bank, at=at) or live_claim(bank, caller_id=caller.volunteer_id)
    ):
        return ""
    return _("This phone bank is over. Thank you for calling.")


def shut(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"heading": _("Phone bank"), "sentence": sentence}
    return render(
        request, "canvassing/calls/shut.html", context, status=HTTPStatus.FORBIDDEN
    )
