"""Cursor paging: stable while rows arrive, and the same cost on every page."""

import base64
import binascii
import json
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError
from django.db.models import Q
from django.http import QueryDict
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.clock import now
from campaigns.reports.settled import settled_until

UNKNOWN = "This cursor is not one that we gave for this question."
# What a made-up cursor may end in, all the way to the database.
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    FieldError,
    ValidationError,
    DataError,
)


class CursorPages(BasePagination):
    """Pages that go on after the last row, by all that the rows are ordered by.

    `ordering` must end with something unique. However many rows share a time or a
    ward, none is left out or sent twice.
    """

    ordering: tuple[str, ...] = ("pk",)
    page_size = 100
    max_page_size = 1000
    questions = frozenset({"cursor", "page_size"})

    def get_ordering(self, request: Request) -> tuple[str, ...]:
        return self.ordering

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Refused: a cursor or a page size that is not one."""
        self.request = request
        size = _page_size(request, self.page_size, self.max_page_size)
        order = self.get_ordering(request)
        rows = queryset.order_by(*order)
        cursor = request.query_params.get("cursor")
        try:
            if cursor:
                rows = rows.filter(_after(order, self._read(cursor)))
            page = list(rows[: size + 1])
        except UNREADABLE as error:
            if not cursor:
                raise
            raise exceptions.ValidationError({"cursor": UNKNOWN}) from error
        self.next_cursor = self._write(page[size - 1], order) if page[size:] else None
        return page[:size]

    def _write(self, row: Any, order: tuple[str, ...]) -> str:
        content = json.dumps([_value(row, name) for name in order], cls=_Exact)
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    def _read(self, cursor: str) -> list[Any]:
        try:
            content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            values = json.loads(content)
        except (binascii.Error, RecursionError) as error:
            raise ValueError(UNKNOWN) from error
        if not isinstance(values, list):
            raise ValueError(UNKNOWN)
        return values

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next_address(), "results": data})

    def next_address(self) -> str | None:
        """The same question, from the next row on."""
        if self.next_cursor is None:
            return None
        return self.request.build_absolute_uri(f"?{self.next_query().urlencode()}")

    def next_query(self) -> QueryDict:
        query = self.request.query_params.copy()
        query["cursor"] = str(self.next_cursor)
        return query

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "The next page; null on the last.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter("cursor", {"type": "string"}, "Taken from `next`."),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": self.max_page_size},
                f"Rows a page, {self.page_size} if not given.",
            ),
        ]


class ChangePages(CursorPages):
    """Pages for a reader who comes back: `resume_from` is where to begin next time.

    It is fixed by the first page and carried through the others, so that what was
    written while they were read is not missed.
    """

    questions = CursorPages.questions | {"resume_from"}

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        self.resume_from = request.query_params.get("resume_from")
        if self.resume_from is None:
            organisation = view.campaign.organisation
            settled = settled_until(organisation, at=now(organisation))
            self.resume_from = settled.isoformat()
        return super().paginate_queryset(queryset, request, view)

    def next_query(self) -> QueryDict:
        query = super().next_query()
        query["resume_from"] = str(self.resume_from)
        return query

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        response.data = {
            "next": response.data["next"],
            "resume_from": self.resume_from,
            "results": data,
        }
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        whole = super().get_paginated_response_schema(schema)
        whole["required"].append("resume_from")
        whole["properties"]["resume_from"] = {
            "type": "string",
            "format": "date-time",
            "description": "Ask from here next time: nothing is missed, and a row may"
            " come twice. The same on every page.",
        }
        return whole


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond: a cursor may not fall back within one."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _parameter(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": words,
    }


def _page_size(request: Request, usual: int, most: int) -> int:
    asked = request.query_params.get("page_size", str(usual))
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and int(asked)):
        raise exceptions.ValidationError({"page_size": "Write a number from 1 on."})
    return min(int(asked), most)


def _value(row: Any, name: str) -> Any:
    """What `elector__changed_at` names, of this row."""
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    """Rows after these values, as (a, b) > (x, y) is read."""
    if len(order) != len(values):
        raise ValueError(UNKNOWN)
    (first, *more), (value, *others) = order, values
    later = Q(**{f"{first}__gt": value})
    if not more:
        return later
    same = Q(**{first: value}) & _after(tuple(more), others)
    # Said twice, so that an index on the first can be used.
    return Q(**{f"{first}__gte": value}) & (later | same)
