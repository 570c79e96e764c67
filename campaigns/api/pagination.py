"""Cursor paging: stable while rows arrive, and the same cost on every page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    ordering: str | tuple[str, ...] = "pk"
    page_size_query_param = "page_size"
    max_page_size = 1000

    def paginate_queryset(self, *args: Any, **named: Any) -> list[Any] | None:
        """Not found: a cursor that we did not give."""
        try:
            return super().paginate_queryset(*args, **named)
        except (ValueError, ValidationError, DataError) as error:
            raise NotFound(self.invalid_cursor_message) from error
