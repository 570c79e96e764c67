"""One shape for every error: {"error": {"code", "message", "fields"}}."""

from typing import Any

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.signals import got_request_exception
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from campaigns.api.parsing import TooLarge
from campaigns.rules.refusals import Refusal

log = structlog.get_logger("committee_room.api")


class Refused(APIException):
    """A refusal of an action, as it is said to an external tool."""

    status_code = 422

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal), refusal.code)


class Fault(APIException):
    """Something that we did not foresee; what it was stands in the log."""

    status_code = 500
    default_code = "server_error"
    default_detail = "Something went wrong here. Nothing was half done: try again."


def answer(error: Exception, context: dict[str, Any]) -> Response:
    known = _as_said(error)
    response = exception_handler(known, context)
    if response is None:
        set_rollback()
        log.error("api fault", route=_route(context), exc_info=error)
        got_request_exception.send(sender=None, request=context["request"])
        known = Fault()
        response = Response(status=Fault.status_code)
    response.data = {"error": _body(known)}
    return response


def _as_said(error: Exception) -> Exception:
    if isinstance(error, Refusal):
        return Refused(error)
    if isinstance(error, RequestDataTooBig):
        return TooLarge("Send less at once.")
    if isinstance(error, SuspiciousOperation):
        return ParseError("This request cannot be read.")
    return error


def _route(context: dict[str, Any]) -> str:
    match = context["request"].resolver_match
    return match.view_name if match else "none"


def _body(error: Exception) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        return {
            "code": "invalid",
            "message": "Some fields need mending.",
            "fields": error.detail,
        }
    if isinstance(error, APIException):
        return {"code": error.get_codes(), "message": str(error.detail)}
    if isinstance(error, PermissionDenied):
        return {"code": "permission_denied", "message": "Your roles do not allow this."}
    return {"code": "not_found", "message": "There is nothing here for you."}
