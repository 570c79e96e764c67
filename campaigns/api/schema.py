"""How the OpenAPI description is made: signing in, errors, headers, tags."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

RATE_HEADERS = {
    "RateLimit-Limit": "Calls a minute.",
    "RateLimit-Remaining": "Calls left.",
    "RateLimit-Reset": "Seconds until there are more.",
}
ANY_ERROR = (
    "400 wrong fields or filters, 401 no or no longer a token, 403 not with this one, "
    "404 nothing here for you, 405, 406, 409 a key used for another request, 413 too "
    "large, 415 not JSON, 422 refused in a sentence, 429 too often (see Retry-After), "
    "500 a fault of ours."
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "campaigns.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class PageScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "campaigns.api.authentication.PageAuthentication"
    name = "page"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class Description(AutoSchema):
    """Tags by resource, and the header that makes a POST happen once."""

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0]]

    def get_override_parameters(self) -> list[Any]:
        if self.method != "POST":
            return []
        return [
            OpenApiParameter(
                "Idempotency-Key",
                str,
                OpenApiParameter.HEADER,
                description="Made by you, at most 100 characters: one key for each"
                " thing, for good. The same request with the same key within two days"
                " gets the same answer; an expense, a gift, a donation, an authority or"
                " another's campaign is never made twice by one key. Without a key"
                " nothing tells a repeat from a second one of the same, such as two"
                " donations of £20 on one day, and both are made.",
            )
        ]


ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {
                    "type": "object",
                    "additionalProperties": True,
                    "description": "What is wrong with each field that needs mending.",
                },
            },
        }
    },
}


def with_errors(result: dict[str, Any], **generation: Any) -> dict[str, Any]:
    """Says of every operation what it answers when it refuses, and its headers."""
    parts = result["components"]
    parts["schemas"]["Error"] = ERROR
    parts["headers"] = {
        name: {"description": words, "schema": {"type": "integer"}}
        for name, words in RATE_HEADERS.items()
    }
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    parts["responses"] = {
        "Error": {"description": ANY_ERROR, "headers": headers, "content": content}
    }
    for path in result["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                response["headers"] = headers
            operation["responses"]["default"] = {"$ref": "#/components/responses/Error"}
    return result
