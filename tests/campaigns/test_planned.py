"""Planned statements are prepared once a connection, and leave other cursors alone."""

import pytest
from django.db import connection

from campaigns.planned import planned_cursor

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
