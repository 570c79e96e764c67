"""Answering volunteers in the language of their browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]


def in_their_language(view: View) -> View:
    """In Welsh to whom it is first; the organisers' desk stays in English."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response = view(request, **named)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return answer
