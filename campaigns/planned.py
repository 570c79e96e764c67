"""Statements that the server plans once for each connection, not each time they run.

For those that run often and take about as long to plan as to run. Their parameters are
sent beside them, so the server must be able to tell the type of each: from a cast, or
from the column that it is compared with or goes into.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any

import orjson
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import CursorMixin
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.dispatch import receiver
from psycopg import RawCursor

# Models, how a statement calls their tables, and the fields of each that are asked for,
# as in `id name`; empty for all.
Parts = Sequence[tuple[type[Model], str, str]]

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%(?:s|(%))")


@lru_cache(maxsize=256)
def _numbered(statement: str) -> tuple[str, list[str]]:
    """The statement with `$1`, `$2`… for its `%s` or `%(name)s`, and their names."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name, sign = found.groups()
        if sign:
            return sign
        if name is None or name not in names:
            names.append(name or "")
        return f"${names.index(name) + 1 if name else len(names)}"

    return PLACEHOLDER.sub(number, statement), names


class PlannedCursor(CursorMixin, RawCursor[Any]):
    """psycopg looks for placeholders in a statement of over 4,096 signs each time that
    it runs: here once. It prepares while one of these runs and not longer: it would
    count whatever else is asked, and keep it."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        if params is not None:
            query, names = _numbered(query)
            params = _in_order(params, names)
        self.connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **options)
        finally:
            self.connection.prepare_threshold = None

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        statement, names = _numbered(query)
        each = [_in_order(params, names) for params in params_seq]
        self.connection.prepare_threshold = 0
        try:
            super().executemany(statement, each, **options)
        finally:
            self.connection.prepare_threshold = None


def _in_order(params: Any, names: Sequence[str]) -> Sequence[Any]:
    return [params[name] for name in names] if isinstance(params, Mapping) else params


def planned_cursor() -> CursorWrapper:
    """A cursor that prepares a statement the first time, and then reuses it."""
    connection.ensure_connection()
    session = connection.connection
    merging = session.cursor_factory
    session.cursor_factory = PlannedCursor
    try:
        return connection.cursor()
    finally:
        session.cursor_factory = merging


def array_of(values: Sequence[Any]) -> str | Sequence[Any] | None:
    """An array as the server reads it, of numbers, ids, instants, texts, true, false
    and None, each of one kind: psycopg takes ten times as long to write one out. None
    alone is no array: beside others `unnest` makes as many of it."""
    if values and values.count(None) == len(values):
        return None
    written = orjson.dumps(values).decode()
    # Arrays are written as in JSON, but for texts with signs that it escapes.
    return list(values) if "\\" in written else f"{{{written[1:-1]}}}"


@receiver(connection_created)
def _plan_at_once(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """By itself the server plans a statement anew the first five times it runs, for the
    parameters of each."""
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")


def columns(parts: Parts) -> str:
    """All of these, in a statement that names their tables so."""
    return ", ".join(
        f"{alias}.{field.column}"
        for model, alias, names in parts
        for field in _fields(model, names)
    )


def rows_in(found: Iterable[Any], parts: Parts) -> Iterator[Any]:
    """One of each model, from their `columns` one after the other."""
    values = iter(found)
    for model, _alias, names in parts:
        fields = [field.attname for field in _fields(model, names)]
        yield model.from_db(connection.alias, fields, list(islice(values, len(fields))))


@cache
def _fields(model: type[Model], names: str) -> list[Any]:
    """In the order of the model's own, as `from_db` takes them."""
    asked = {model._meta.get_field(name) for name in names.split()}
    return [one for one in model._meta.concrete_fields if not asked or one in asked]
