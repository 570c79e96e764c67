"""Headers and log lines that every answer gets."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from campaigns.views.decorators import may_open

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("committee_room.requests")


class CallerBehindProxiesMiddleware:
    """Behind `PROXY_COUNT` proxies of ours, the caller is whom the outermost names.

    Lock-out and call counts are by address: all callers would be the proxy. What a
    caller adds to the header by themselves stands further left and is not looked at.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        passed = request.headers.get("X-Forwarded-For", "").split(",")
        count = settings.PROXY_COUNT
        if 0 < count <= len(passed) and (caller := passed[-count].strip()):
            request.META["REMOTE_ADDR"] = caller
        return self.get_response(request)


class AnswerHeadersMiddleware:
    """Sends SECURE_CSP, as Django 6's middleware does, and keeps answers out of caches.

    A view may loosen one directive by setting `response.csp_extra`, or send a policy of
    its own, as files do.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        extra: dict[str, list[str]] = getattr(response, "csp_extra", {})
        # Nothing that we make is for another reader or for the next one at this
        # machine, unless it says so itself, as static files do.
        response.headers.setdefault("Cache-Control", "private, no-store")
        policy = "; ".join(
            f"{directive} {' '.join([*sources, *extra.get(directive, [])])}"
            for directive, sources in settings.SECURE_CSP.items()
        )
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


class VolunteersLanguageMiddleware:
    """Answers volunteers in the language that they chose, else that of their browser;
    the organisers' desk stays in English."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/field/"):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class OwnKeyMiddleware:
    """Answers what proves itself by its own key, with no thought of sessions, users
    and messages: phones ask every twenty seconds. Such a view says `has_own_key`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/field/"):
            with suppress(Resolver404):
                match = resolve(request.path_info)
                if getattr(match.func, "has_own_key", False):
                    request.resolver_match = match
                    answer: HttpResponse = match.func(request, **match.kwargs)
                    return answer
        return self.get_response(request)


class HostileBodyMiddleware:
    """Refuses, by a page, what no form of ours sends; the API has answers of its own.

    A body that is too large is refused by the length that it announces, before any of
    it is read: a view that takes files says `most_bytes`, for whoever may use it. A NUL
    in an address or a form is refused, as PostgreSQL keeps no such text.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any
    ) -> HttpResponse | None:
        if getattr(view, "csrf_exempt", False):
            return None
        most, advice = _most_bytes(request, view)
        if _announced(request) > most:
            said = {"most": most, "advice": advice}
            return render(request, "413.html", said, status=413)
        sent = (*request.GET.lists(), *request.POST.lists())
        texts = [text for _, values in sent for text in values]
        if any("\0" in text for text in (request.path, *texts)):
            return render(request, "400.html", status=400)
        return None


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length[:20]) if length.isdecimal() else 0


def _most_bytes(request: HttpRequest, view: Callable[..., Any]) -> tuple[int, str]:
    """How large a form may be, and what to do with a larger one."""
    usual: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    most: int = getattr(view, "most_bytes", usual)
    if most > usual and not may_open(request, view):
        return usual, ""
    return most, getattr(view, "when_too_large", "")


class RequestLogMiddleware:
    """One line a request: the route's name, never the address with its ids."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.view_name if match else "none",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000),
        )
        return response
