"""Joining by a link: the page posts its secret, which no address and no log holds."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language

from campaigns.clock import day_of, now
from canvassing.actions.joining import (
    Joined,
    Newcomer,
    invitation_of,
    join,
    refuse_when_over,
)
from canvassing.views import call_pages, stall_pages
from canvassing.views.call_pages import keep_key
from canvassing.views.field_calls import json_call, json_of
from volunteers.rules.promises import promise_on

# Where those go who have pages of their own instead of a phone's key.
PAGES: Final = {
    "phones": ("field-calls", call_pages.COOKIE, call_pages.COOKIE_PATH),
    "stall": ("field-stall", stall_pages.COOKIE, stall_pages.COOKIE_PATH),
}


@json_call("POST")
def join_look(request: HttpRequest) -> HttpResponse:
    """What the link is for, before anybody says who they are: no name, no street."""
    invitation = invitation_of(_text(json_of(request), "secret"))
    campaign = invitation.campaign
    organisation = campaign.organisation
    at = now(organisation)
    refuse_when_over(invitation, at=at)
    promise = promise_on(day_of(at))
    return JsonResponse(
        {
            "kind": invitation.kind,
            "asks_code": bool(invitation.short_code),
            "organisation": organisation.name,
            "campaign": campaign.name,
            "promise": {
                "version": promise.version,
                "text": promise.worded_for(organisation.name, language=get_language()),
            },
            "privacy_notice_url": organisation.privacy_notice_url,
            "controller": organisation.name,
        }
    )


@json_call("POST")
def join_link(request: HttpRequest) -> HttpResponse:
    said = json_of(request)
    invitation = invitation_of(_text(said, "secret"))
    newcomer = Newcomer(
        name=_text(said, "name"),
        mobile=_text(said, "mobile"),
        promised=said.get("promised") is True,
        is_18=said.get("is_18") is True,
        code=_text(said, "code"),
        caller=request.META.get("REMOTE_ADDR", ""),
        nonce=_text(said, "nonce"),
    )
    joined = join(invitation, newcomer, at=now(invitation.campaign.organisation))
    if joined.kind in PAGES:
        return _to_its_pages(joined)
    return JsonResponse(
        {
            "kind": joined.kind,
            "key": joined.admitted.key,
            "volunteer": {"id": joined.volunteer.pk, "name": joined.volunteer.name},
            "expires_at": joined.admitted.expires_at.isoformat(),
        }
    )


def _to_its_pages(joined: Joined) -> HttpResponse:
    """The key of a caller's or a helper's pages is in a cookie that no script reads."""
    route, cookie, path = PAGES[joined.kind]
    answer = JsonResponse(
        {
            "kind": joined.kind,
            "next": reverse(route),
            "volunteer": {"id": joined.volunteer.pk, "name": joined.volunteer.name},
            "expires_at": joined.admitted.expires_at.isoformat(),
        }
    )
    keep_key(answer, joined.admitted.key, cookie=cookie, path=path)
    return answer


def _text(said: dict[str, Any], name: str) -> str:
    """What is no text, or none that a database keeps, is nothing."""
    found = said.get(name)
    return found.strip() if isinstance(found, str) and found.isprintable() else ""
