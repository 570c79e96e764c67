"""A form that is sent twice, by two taps or by Back and Send, is carried out once."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.models import IdempotentReply

if TYPE_CHECKING:
    from campaigns.views.decorators import CampaignRequest

KEPT: Final = timedelta(days=2)
# After this long without an answer the first sending is taken to have died.
GIVEN_UP: Final = timedelta(seconds=30)
# What `{% once %}` puts into a form: a key of that form alone, as it was shown.
FIELD: Final = "once"
OF_THE_SESSION: Final = "csrfmiddlewaretoken"


def carried_out_once(
    request: "CampaignRequest", page: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What the `page` answers to a form, or the way to where its first sending led.

    The same form with the same content is one sending: whoever goes back and types
    another sum sends another. Who comes second waits here for the first. A sending that
    was refused, or shown again with what is wrong with it, is not remembered.
    """
    if not request.POST.get(FIELD):
        return page()
    # Committed before the page begins: some of what pages do is to outlive a refusal.
    reply, is_first = IdempotentReply.objects.get_or_create(
        organisation_id=request.campaign.organisation_id,
        actor_kind=request.actor.kind,
        actor_id=request.actor.id or 0,
        key=_key(request),
        defaults={"expires_at": timezone.now() + KEPT},
    )
    if is_first:
        return _remembered(reply, request, page)
    if location := _where_it_led(reply):
        messages.info(request, "That was sent twice. It was done once.")
        return redirect(location)
    return carried_out_once(request, page)


def _remembered(
    reply: IdempotentReply,
    request: "CampaignRequest",
    page: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    location = ""
    try:
        answer = page()
        if not _says_an_error(request):
            location = answer.headers.get("Location", "")
    finally:
        if location:
            reply.status, reply.body = answer.status_code, {"location": location}
            reply.save(update_fields=["status", "body"])
        else:
            reply.delete()
    return answer


def _where_it_led(reply: IdempotentReply) -> str:
    """Nowhere, "", where the first sending came to nothing, or died on the way."""
    until = monotonic() + GIVEN_UP.total_seconds()
    while monotonic() < until:
        now = IdempotentReply.objects.filter(pk=reply.pk).first()
        if now is None or now.status is not None:
            return now.body["location"] if now and now.body else ""
        sleep(0.1)
    reply.delete()
    return ""


def _key(request: "CampaignRequest") -> str:
    fields = sorted(request.POST.lists())
    files = [
        (name, one.name, one.size)
        for name, sent in sorted(request.FILES.lists())
        for one in sent
    ]
    typed = [each for each in fields if each[0] != OF_THE_SESSION]
    content = json.dumps([request.path, typed, files])
    return f"form:{hashlib.sha256(content.encode()).hexdigest()}"


def _says_an_error(request: "CampaignRequest") -> bool:
    said: Any = messages.get_messages(request)
    is_error = any(one.level >= messages.ERROR for one in said)
    said.used = False  # The next page shows them.
    return is_error
