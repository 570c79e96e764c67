"""Headers and log lines that every answer gets."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("committee_room.requests")


class ContentSecurityPolicyMiddleware:
    """Sends SECURE_CSP, as Django 6's middleware of the same name does.

    A view may loosen one directive by setting `response.csp_extra`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        extra: dict[str, list[str]] = getattr(response, "csp_extra", {})
        response.headers["Content-Security-Policy"] = "; ".join(
            f"{directive} {' '.join([*sources, *extra.get(directive, [])])}"
            for directive, sources in settings.SECURE_CSP.items()
        )
        return response


class NulRefusedMiddleware:
    """400 for an address or a form with a NUL in it: PostgreSQL keeps no such text."""

    SENTENCE = "There is a character in this address or form that cannot be kept."

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = (*request.GET.lists(), *request.POST.lists())
        texts = [text for _, values in sent for text in values]
        if any("\0" in text for text in (request.path, *texts)):
            return HttpResponse(self.SENTENCE, "text/plain", status=400)
        return self.get_response(request)


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
