"""A POST that carries an Idempotency-Key is done once; a repeat gets the same reply."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from django.core.files import File
from django.db.models.functions import Now
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.access import Actor
from campaigns.keys import hash_of_file
from campaigns.models import Campaign, IdempotentReply

KEPT = timedelta(days=2)
LONGEST_KEY = 100
# After this long without a reply the first attempt is taken to have died.
GIVEN_UP = timedelta(minutes=1)


class KeyConflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency_key_conflict"


def once(
    request: Request,
    *,
    actor: Actor,
    organisation_id: int,
    make: Callable[[], Response],
    is_kept: Callable[[], bool] | None,
) -> Response:
    """The reply of `make()`, or the one already given under the request's key.

    A refusal is not remembered: the caller may mend it and send it again. What `make`
    does must itself be safe to do twice, for an attempt may die before its reply.
    `is_kept` asks whether a row keeps the key, where what is made does so for good: of
    that only the reply is forgotten after a time, and the key is refused for another
    request ever after. A key that no row keeps is free again once it was refused, also
    where an attempt before it died.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return make()
    if len(key) > LONGEST_KEY:
        raise ValidationError({"Idempotency-Key": f"At most {LONGEST_KEY} characters."})
    reply, is_new = IdempotentReply.objects.get_or_create(
        organisation_id=organisation_id,
        actor_kind=actor.kind,
        actor_id=actor.id or 0,
        key=key,
        defaults={
            "request_hash": _hash(request),
            "is_for_good": is_kept is not None,
            "expires_at": timezone.now() + KEPT,
        },
    )
    if not is_new and not _takes_over(reply, request):
        return Response(reply.body, status=reply.status)
    try:
        response = make()
    except Exception:
        if not is_new and is_kept is not None and is_kept():
            reply.save(update_fields=["created_at"])
        else:
            reply.delete()
        raise
    reply.status, reply.body = response.status_code, response.data
    reply.save(update_fields=["status", "body"])
    return response


def source_of(request: Request, actor: Actor, campaign: Campaign) -> str | None:
    """What an action keeps of the key, so that it is done once for good: also where the
    first reply was lost, and after the replies are forgotten. The same key under
    another campaign, or for another kind of thing, is another source."""
    key = request.headers.get("Idempotency-Key")
    if not key:
        return None
    sent = f"{campaign.pk} {request.path} {key}"
    digest = hashlib.sha256(sent.encode()).hexdigest()[:32]
    return f"{actor.kind}:{actor.id}:{digest}"


def _hash(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=_told_apart)
    return hashlib.sha256(f"{request.path} {body}".encode()).hexdigest()


def _told_apart(value: object) -> str:
    """A file by what is in it, for two may have one name."""
    return hash_of_file(value) if isinstance(value, File) else str(value)


def _takes_over(reply: IdempotentReply, request: Request) -> bool:
    """Whether an earlier attempt died; refuses a key that is in use."""
    if reply.request_hash != _hash(request):
        raise KeyConflict("This Idempotency-Key was used for another request.")
    if reply.status is not None:
        return False
    dead = IdempotentReply.objects.filter(
        pk=reply.pk, status__isnull=True, created_at__lt=Now() - GIVEN_UP
    )
    if not dead.update(created_at=Now()):
        raise KeyConflict(
            "The first request with this Idempotency-Key is still running."
        )
    return True
