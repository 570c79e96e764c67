"""Planned statements are prepared once a connection, and leave other cursors alone;
and what is sent to them comes through as it is."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from campaigns.planned import array_of, planned_cursor

pytestmark = pytest.mark.django_db


def test_a_statement_is_planned_the_first_time_and_then_reused() -> None:
    for number in (41_001, 41_002):
        with planned_cursor() as cursor:
            cursor.execute("SELECT %s::bigint AS prepared_here", [number])
            assert cursor.fetchall() == [(number,)]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans, generic_plans FROM pg_prepared_statements"
            " WHERE statement LIKE '%prepared_here'"
        )
        assert cursor.fetchall() == [(0, 2)]


def test_other_cursors_go_on_merging_parameters_into_what_cannot_be_prepared() -> None:
    with planned_cursor() as cursor:
        cursor.execute("SELECT 1")

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE merged AS SELECT %s AS number", [7])
        cursor.execute("SELECT number FROM merged")
        assert cursor.fetchall() == [(7,)]


def test_a_parameter_may_be_named_more_than_once_and_a_sign_be_meant() -> None:
    long = "SELECT %(a)s::int + %(b)s::int, %(a)s::int, 7 %% 4" + " " * 5_000
    with planned_cursor() as cursor:
        cursor.execute(long, {"b": 2, "a": 1})
        assert cursor.fetchall() == [(3, 1, 3)]
        cursor.execute("SELECT 7 % 4, 'so many %s'")
        assert cursor.fetchall() == [(3, "so many %s")]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("bigint", [1, None, 2**62]),
        ("boolean", [True, None, False]),
        ("uuid", [UUID(int=7), None]),
        ("timestamptz", [datetime(2024, 5, 2, 7, 0, 0, 1, tzinfo=UTC), None]),
        ("text", ["", "NULL", None, "null", "{a,b}", "ŷ, 'buzz'", "\u2028"]),
        ("text", ['"12"', "a\\b", "two\nlines\tand \x01", "\\n", None]),
        ("text", []),
    ],
)
def test_an_array_comes_through_as_it_is(kind: str, values: list[Any]) -> None:
    with planned_cursor() as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [array_of(values)])
        assert [value for (value,) in cursor.fetchall()] == values


def test_of_an_array_of_nothing_there_is_as_much_as_of_those_beside_it() -> None:
    with planned_cursor() as cursor:
        arrays = [array_of([1, 2]), array_of([None, None])]
        cursor.execute("SELECT * FROM unnest(%s::int[], %s::text[])", arrays)
        assert cursor.fetchall() == [(1, None), (2, None)]
