"""What a phone asks and sends while it has a round."""

from datetime import datetime
from typing import Any, cast

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from campaigns.clock import now
from canvassing.access import OUT, actor_of_phone, state_now
from canvassing.actions.field_sync import receive
from canvassing.actions.phones import note_seen
from canvassing.actions.round_issues import close_phone, hand_back
from canvassing.models import ClosedBecause
from canvassing.reports.known_phones import known_phone, phone_with
from canvassing.reports.leaflets_on_phone import leaflet_changes, leaflets_on_phone
from canvassing.reports.round_changes import no_changes, round_changes
from canvassing.reports.round_on_phone import round_on_phone
from canvassing.rules.contacts import Verdict
from canvassing.views.field_calls import (
    CallRefused,
    PhoneRequest,
    json_call,
    json_of,
    key_of,
    phone_call,
    unknown_key,
)
from canvassing.views.verdict_words import reason_in_words

MOST_ITEMS = 200


@gzip_page
@phone_call("GET")
def round_(request: HttpRequest) -> HttpResponse:
    call = cast(PhoneRequest, request)
    note_seen(call.phone, at=call.business_now)
    is_of_leaflets = call.phone.issue.is_of_leaflets
    shown = leaflets_on_phone if is_of_leaflets else round_on_phone
    return JsonResponse(shown(call.phone, at=call.business_now))


@json_call("POST")
def sync(request: HttpRequest) -> HttpResponse:
    """Also of a closed phone: what it sends is held. All of it is here, and has been
    read, before the phone's round is locked."""
    key, arrived = key_of(request), now()
    if not key:
        raise unknown_key()
    sent = json_of(request)
    items = sent.get("items")
    if not isinstance(items, list):
        raise CallRefused("bad_json", _("This cannot be read: send it once more."))
    if len(items) > MOST_ITEMS:
        raise CallRefused("too_many", _("Those are more than 200: send fewer at once."))
    try:
        filed = _file(key, items, sent_at=sent.get("sent_at"), arrived=arrived)
    except RecursionError:
        raise CallRefused(
            "bad_json", _("This cannot be read: send it once more.")
        ) from None
    if filed is None:
        raise unknown_key()
    at, verdicts = filed
    answered = {
        "server_now": at.isoformat(),
        "verdicts": [
            {
                "id": _id_sent(item) or str(verdict.uuid),
                "answer": verdict.answer,
                "code": verdict.code,
                "reason": reason_in_words(verdict) if verdict.code else "",
            }
            for item, verdict in zip(items, verdicts, strict=True)
        ],
    }
    return HttpResponse(orjson.dumps(answered), content_type="application/json")


@transaction.atomic
def _file(
    key: str, items: list[Any], *, sent_at: Any, arrived: datetime
) -> tuple[datetime, list[Verdict]] | None:
    """None for a key of nobody, which is refused once the transaction is over: where it
    is rolled back, the connection forgets all that it has planned."""
    phone = phone_with(key, lock=True)
    if phone is None:
        return None
    at = now(phone.organisation)
    arrived += phone.organisation.clock_offset
    return at, receive(phone, items, sent_at=sent_at, arrived=arrived, at=at)


def _id_sent(item: Any) -> str:
    """As the phone wrote it; empty where it is no text."""
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) else ""


@json_call("GET")
def changes(request: HttpRequest) -> HttpResponse:
    """Asked every twenty seconds by everybody: two prepared statements, no model; of
    leaflets, which fewer have, a few more."""
    key = key_of(request)
    phone = known_phone(key) if key else None
    if phone is None:
        raise unknown_key()
    at = now() + phone.clock_offset
    note_seen(phone, at=at)
    state = state_now(phone.closed_because, phone.expires_at, at=at)
    since = request.GET.get("since", "")
    shows = state == OUT and not phone.is_left_alone
    of_round = round_changes if phone.round_id else leaflet_changes
    news = of_round if shows else no_changes
    return HttpResponse(
        news(phone, since=since, at=at), content_type="application/json"
    )


@phone_call("POST", closed_too=True)
def back(request: HttpRequest) -> HttpResponse:
    """The round is handed back, for every phone that has it. Again: nothing more."""
    call = cast(PhoneRequest, request)
    if call.state == OUT:
        hand_back(call.phone.issue, by=actor_of_phone(call.phone), at=call.business_now)
        call.state = ClosedBecause.HANDED_BACK
    return JsonResponse({"state": call.state})


@phone_call("POST", closed_too=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """This phone alone; the round stays out on the others."""
    call = cast(PhoneRequest, request)
    if call.state == OUT:
        close_phone(
            call.phone,
            ClosedBecause.SIGNED_OUT,
            by=actor_of_phone(call.phone),
            at=call.business_now,
        )
        call.state = ClosedBecause.SIGNED_OUT
    return JsonResponse({"state": call.state})
