"""Whether a kept connection still stands is seen without asking the server."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_the_server_has_closed_is_opened_anew():
    kept = connection.copy()
    kept.health_check_enabled = True
    kept.settings_dict = connection.settings_dict | {"CONN_HEALTH_CHECKS": True}
    before = _pid(kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    kept.close_if_unusable_or_obsolete()
    kept.health_check_done = False

    assert _pid(kept) != before
    kept.close()


def test_a_connection_that_stands_is_kept_and_nothing_is_asked_of_it():
    kept = connection.copy()
    before = _pid(kept)
    with CaptureQueriesContext(kept) as asked:
        assert kept.is_usable()

    assert not asked
    assert _pid(kept) == before
    kept.close()


def _pid(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
