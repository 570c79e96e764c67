"""Cursor paging: stable while rows arrive, and the same cost on every page."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    ordering: str | tuple[str, ...] = "pk"
    page_size_query_param = "page_size"
    max_page_size = 1000
