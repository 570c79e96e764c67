"""Statements that the server plans once for each connection, not each time they run.

For those that run often and take about as long to plan as to run. Their parameters are
sent beside them, so the server must be able to tell the type of each: from a cast, or
from the column that it is compared with or goes into.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.dispatch import receiver


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


@receiver(connection_created)
def _plan_at_once(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """By itself the server plans a statement anew the first five times it runs, for the
    parameters of each."""
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")


def columns(model: type[Model], alias: str) -> str:
    """All of a model's, in a statement that names its table `alias`."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def whole_rows(found: Iterable[Any], *models: type[Model]) -> Iterator[Any]:
    """One of each model, from their `columns` one model after the other."""
    values = iter(found)
    for model in models:
        fields = [field.attname for field in model._meta.concrete_fields]
        yield model.from_db(connection.alias, fields, list(islice(values, len(fields))))
