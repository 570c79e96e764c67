"""A form that is sent twice, by two taps or by Back and Send, is carried out once."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db.models.functions import Now
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.keys import hash_of_file
from campaigns.models import IdempotentReply

if TYPE_CHECKING:
    from campaigns.views.decorators import CampaignRequest

KEPT: Final = timedelta(days=2)
PATIENCE: Final = 5  # seconds that a second sending waits for the first
# After so long without an answer the first sending has died: no request lives longer.
GIVEN_UP: Final = timedelta(minutes=10)
# What `{% once %}` puts into a form: a key of that form alone, as it was shown.
FIELD: Final = "once"
OF_THE_SESSION: Final = "csrfmiddlewaretoken"

DONE: Final = (
    "This was sent before, and not done again. If you mean it a second time, open the "
    "page anew."
)
UNDER_WAY: Final = (
    "What you sent first is still being carried out. Look whether it is done before "
    "you send it again."
)


def carried_out_once(
    request: "CampaignRequest", page: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """What the `page` answers to a form, or the way to where its first sending led.

    The same form with the same content is one sending: whoever goes back and types
    another sum sends another. Who comes second waits a little for the first, and is
    never carried out beside it. A sending that was refused, or shown again with what is
    wrong with it, is not remembered.
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
    first = _answered(reply)
    if first is None or _died(first):
        return carried_out_once(request, page)
    if first.body is None:
        messages.warning(request, UNDER_WAY)
        return redirect("today", campaign=request.campaign.slug)
    messages.info(request, DONE)
    return redirect(first.body["location"])


def _remembered(
    reply: IdempotentReply,
    request: "CampaignRequest",
    page: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    row = IdempotentReply.objects.filter(pk=reply.pk)
    before, location = _errors(request), ""
    try:
        answer = page()
        if _errors(request) == before:
            location = answer.headers.get("Location", "")
    finally:
        if location:
            row.update(status=answer.status_code, body={"location": location})
        else:
            row.delete()
    return answer


def _answered(reply: IdempotentReply) -> IdempotentReply | None:
    """The first sending as soon as it has an answer, or as it stands after a while;
    None where it came to nothing."""
    until = monotonic() + PATIENCE
    while True:
        first = IdempotentReply.objects.filter(pk=reply.pk).first()
        if first is None or first.body is not None or monotonic() > until:
            return first
        sleep(0.1)


def _died(first: IdempotentReply) -> bool:
    dead = IdempotentReply.objects.filter(
        pk=first.pk, status__isnull=True, created_at__lt=Now() - GIVEN_UP
    )
    return bool(dead.delete()[0])


def _key(request: "CampaignRequest") -> str:
    fields = sorted(request.POST.lists())
    typed = [each for each in fields if each[0] != OF_THE_SESSION]
    files = [
        (name, one.name, hash_of_file(one))
        for name, sent in sorted(request.FILES.lists())
        for one in sent
    ]
    content = json.dumps([request.path, typed, files])
    return f"form:{hashlib.sha256(content.encode()).hexdigest()}"


def _errors(request: "CampaignRequest") -> int:
    """How many errors wait to be shown, which they still are afterwards."""
    said: Any = messages.get_messages(request)
    was_shown = said.used
    errors = [one for one in said if one.level >= messages.ERROR]
    said.used = was_shown
    return len(errors)
