"""What a stall helper's page asks before it is shown: the key in its cookie."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.access import Actor
from campaigns.clock import now
from campaigns.rules.refusals import Refusal
from canvassing.access import actor_of_helper, helper_with, state_of_helper
from canvassing.models import StallHelper
from canvassing.rules.shut_out import BLOCKED, CAMPAIGN_CLOSED, STOOD_DOWN
from canvassing.rules.stalls import ALONE, LEFT, OVER

log = structlog.get_logger("committee_room.field")

COOKIE: Final = "street_stall"
COOKIE_PATH: Final = "/field/stall/"
SHUT: Final = {
    LEFT: gettext_noop("Open the link you were given once more."),
    ALONE: gettext_noop(
        "Under 18, you help beside an adult: wait until one has joined, or ask"
        " the organiser."
    ),
    BLOCKED: gettext_noop("You cannot help here: ask the organiser."),
    STOOD_DOWN: gettext_noop("You cannot help here: ask the organiser."),
    OVER: gettext_noop("This stall is over. Thank you for helping."),
    CAMPAIGN_CLOSED: gettext_noop("This stall is over. Thank you for helping."),
}


class HelperRequest(HttpRequest):
    """A request that `helper_page` has let through."""

    helper: StallHelper
    actor: Actor
    business_now: datetime
    # Why nobody is shown to them, a key of `SHUT`; empty where they go on.
    shut_because: str


View = Callable[..., HttpResponse]


def helper_page(*, shut_too: bool = False) -> Callable[[View], View]:
    """The view gets a `HelperRequest`; a refusal becomes a sentence on the first page.

    Whoever has no key, left, was shut out, or whose stall is over, is told so and
    nothing else. A page that takes what was said is for all of them who had a key, and
    shows them nobody: what is said is filed, or held for an organiser.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **named: Any) -> HttpResponse:
            key = request.COOKIES.get(COOKIE, "")
            helper = helper_with(key) if key else None
            if helper is None:
                return shut(request, _(SHUT[LEFT]))
            at = localtime(now(helper.link.session.campaign.organisation))
            state = state_of_helper(helper, at=at)
            if state and not shut_too:
                return shut(request, _(SHUT[state]))
            ours: Any = request
            ours.helper, ours.business_now, ours.shut_because = helper, at, state
            ours.actor = actor_of_helper(helper)
            try:
                return view(ours, **named)
            except Refusal as refusal:
                log.info("refused", code=refusal.code)
                messages.error(request, _(refusal.message))
                return redirect("field-stall")

        return page

    return decorate


def shut(
    request: HttpRequest, sentence: str, *, status: HTTPStatus = HTTPStatus.FORBIDDEN
) -> HttpResponse:
    context = {"heading": _("Street stall"), "sentence": sentence}
    return render(request, "canvassing/calls/shut.html", context, status=status)
