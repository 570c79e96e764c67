"""One shape for every error: {"error": {"code", "message", "fields"}}."""

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, Any] = {"code": "error", "message": str(error)}
    if isinstance(error, ValidationError):
        body = {
            "code": "invalid",
            "message": "Some fields need mending.",
            "fields": error.detail,
        }
    elif isinstance(error, APIException):
        body = {"code": error.get_codes(), "message": str(error.detail)}
    response.data = {"error": body}
    return response
