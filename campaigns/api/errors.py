"""One shape for every error: {"error": {"code", "message", "fields"}}."""

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from campaigns.rules.refusals import Refusal


class Refused(APIException):
    """A refusal of an action, as it is said to an external tool."""

    status_code = 422

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal), refusal.code)


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, Refusal):
        error = Refused(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = {"error": _body(error)}
    return response


def _body(error: Exception) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        return {
            "code": "invalid",
            "message": "Some fields need mending.",
            "fields": error.detail,
        }
    if isinstance(error, APIException):
        return {"code": error.get_codes(), "message": str(error.detail)}
    return {"code": "not_found", "message": "There is nothing here for you."}
