"""What is sent to the API, read with its limits."""

from collections.abc import Collection, Iterable, Mapping
from typing import IO, Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"


class PlainJson(JSONParser):
    """JSON. Refused: what is nested so deep that nobody can have meant it."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        try:
            content: dict[str, Any] = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deep.") from error
        return content


class Strict(serializers.Serializer[Any]):
    """What is sent. A field that is not known is refused, not lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            wrong = [name for name in data if name not in self.fields]
            if wrong:
                raise ValidationError({name: ["Not known here."] for name in wrong})
        return super().to_internal_value(data)


class WhySerializer(Strict):
    """Why something ends, or is struck out."""

    reason = serializers.CharField(max_length=500)


def money(**options: Any) -> serializers.DecimalField:
    """Pounds with two decimals."""
    return serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, **options
    )


def past_the_limit() -> serializers.CharField:
    """The agent's decision, where what is filed makes more count."""
    return serializers.CharField(
        max_length=500,
        default="",
        allow_blank=True,
        help_text="the agent's reason, if this passes the limit",
    )


def names(parameters: Iterable[OpenApiParameter]) -> frozenset[str]:
    """What these parameters are called in an address."""
    return frozenset(parameter.name for parameter in parameters)


def id_of(text: str, field: str) -> int:
    """An id in an address; refused in the name of its field where it is none."""
    if text.isascii() and text.isdecimal() and len(text) < 20:
        return int(text)
    raise ValidationError({field: "Write an id, which is a number."})


def check_address(request: Request, known: Collection[str]) -> None:
    """Refuses a NUL, which PostgreSQL keeps in no text, and questions not known here:
    a misspelt filter must not answer with everything."""
    said = (request.path, *request.query_params.values())
    if any("\0" in text for text in said):
        raise ParseError("There is a character in this address that cannot be kept.")
    wrong = [name for name in request.query_params if name not in known]
    if wrong:
        sentence = f"Not known here. Known: {', '.join(sorted(known)) or 'none'}."
        raise ValidationError(dict.fromkeys(wrong, sentence))


def check_size(request: Request, most: int) -> None:
    """Refuses a body by the length that it announces, before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length[:20]) > most:
        raise TooLarge(f"Send at most {most // 1024**2} MB at once.")
