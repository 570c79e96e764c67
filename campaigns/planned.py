"""Statements that the server plans once for each connection, not each time they run.

For those that run often and take about as long to plan as to run. Their parameters are
sent beside them, so the server must be able to tell the type of each: from a cast, or
from the column that it is compared with or goes into.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """A cursor that prepares a statement the first time, and then reuses it."""
    connection.ensure_connection()
    session = connection.connection
    merging = session.cursor_factory
    session.cursor_factory, session.prepare_threshold = ServerBindingCursor, 0
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        session.cursor_factory, session.prepare_threshold = merging, None
