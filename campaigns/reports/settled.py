"""Up to when everything that was done can be read."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from campaigns.models import Organisation

# Between reading the clock and opening the transaction that writes what it said.
SLACK: Final = timedelta(seconds=10)
OLDEST_AT_WORK = """
SELECT least(
    (SELECT min(xact_start) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()),
    (SELECT min(started_at) FROM campaigns_job
     WHERE organisation_id = %s AND state = 'running'))
"""


def settled_until(organisation: Organisation, *, at: datetime) -> datetime:
    """The instant from which a reader must ask again, to miss nothing.

    What is written carries the time at which it began and is seen when it is committed,
    which may be minutes later. So this stands before the beginning of the oldest work
    that still runs. A reader that goes on from here may see some rows twice. `at` is
    the organisation's time. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_AT_WORK, [organisation.pk])
        (oldest,) = cursor.fetchone()
    age = timezone.now() - oldest if oldest else timedelta()
    return at - max(age, timedelta()) - SLACK
