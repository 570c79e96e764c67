"""English or Welsh: chosen once, and remembered by the browser."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

A_YEAR: Final = 365 * 24 * 60 * 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def choose_language(request: HttpRequest) -> HttpResponse:
    """For the pages of volunteers; the organisers' desk stays in English."""
    language = language_chosen(request)
    if not language:
        context = {
            "heading": "Cymraeg / English",
            "languages": settings.LANGUAGES,
            "next": _where_from(request),
        }
        return render(request, "volunteers/field/language.html", context)
    answer = redirect(_where_from(request))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        path="/field/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def language_chosen(request: HttpRequest) -> str:
    """The one that was tapped, if it is one of ours; else nothing."""
    language = request.POST.get("language", "")
    return language if language in dict(settings.LANGUAGES) else ""


def _where_from(request: HttpRequest) -> str:
    """The page of a volunteer's that they came from, and nowhere else."""
    page = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if ours and page.startswith("/field/") else reverse("field")
