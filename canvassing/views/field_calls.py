"""Calls of volunteers' phones: JSON in and out, a key of the phone's own, no cookie."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.clock import now
from campaigns.rules.refusals import Refusal
from canvassing.access import OUT, state_of
from canvassing.models import FieldPhone
from canvassing.reports.known_phones import phone_with
from canvassing.views.phone_json import read_json

log = structlog.get_logger("committee_room.field")

MOST_BYTES = 1024 * 1024
# Every other refusal is 422.
STATUS = {
    "unknown_key": HTTPStatus.UNAUTHORIZED,
    "unknown_link": HTTPStatus.NOT_FOUND,
    "too_many_guesses": HTTPStatus.TOO_MANY_REQUESTS,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_many": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "bad_json": HTTPStatus.BAD_REQUEST,
    **dict.fromkeys(
        ("handed_back", "expired", "revoked", "signed_out"), HTTPStatus.FORBIDDEN
    ),
}


class CallRefused(Refusal):
    """The call cannot be read, or its key is none of ours."""


class PhoneRequest(HttpRequest):
    """A call that `phone_call` has let through."""

    phone: FieldPhone
    business_now: datetime
    # `out`, or why the key opens nothing any more.
    state: str


View = Callable[..., HttpResponse]


def json_call(method: str) -> Callable[[View], View]:
    """Answers a refusal as `{"error": {"code", "message"}}`."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods([method])
        @wraps(view)
        def call(request: HttpRequest, **named: Any) -> HttpResponse:
            try:
                return view(request, **named)
            except Refusal as refusal:
                log.info("refused", code=refusal.code)
                error = {"code": refusal.code, "message": refusal.message}
                status = STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
                return JsonResponse({"error": error}, status=status)

        call.has_own_key = True  # type: ignore[attr-defined]
        return call

    return decorate


def phone_call(method: str, *, closed_too: bool = False) -> Callable[[View], View]:
    """The same for `Authorization: Phone <key>`; the view gets a `PhoneRequest`.

    A key of ours that is closed gets its state as the error, unless the view is for
    closed ones too.
    """

    def decorate(view: View) -> View:
        @json_call(method)
        @wraps(view)
        def call(request: HttpRequest, **named: Any) -> HttpResponse:
            phone = _phone_of(request)
            ours: Any = request
            ours.phone = phone
            ours.business_now = now(phone.organisation)
            ours.state = state_of(phone, at=ours.business_now)
            if ours.state != OUT and not closed_too:
                raise CallRefused(
                    ours.state, _("This round is not on this phone any more.")
                )
            return view(ours, **named)

        return call

    return decorate


def key_of(request: HttpRequest) -> str:
    """What follows `Phone` in the header; empty where there is none."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "phone" else ""


def unknown_key() -> CallRefused:
    return CallRefused(
        "unknown_key",
        _("This phone is not known here: open the link you were given once more."),
    )


def _phone_of(request: HttpRequest) -> FieldPhone:
    key = key_of(request)
    phone = phone_with(key) if key else None
    if phone is None:
        raise unknown_key()
    return phone


def json_of(request: HttpRequest) -> dict[str, Any]:
    """The object that was sent. Refused by its announced size before it is read; what
    is no JSON, or no object."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:20]) > MOST_BYTES:
        raise CallRefused("too_large", _("That is more than 1 MB: send less at once."))
    try:
        found = read_json(request.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CallRefused("bad_json", _("This cannot be read: send it once more."))
    return found
