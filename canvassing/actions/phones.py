"""Phones in the field: when each was last heard from."""

from datetime import datetime, timedelta
from typing import Final

from campaigns.planned import planned_cursor
from canvassing.models import FieldPhone
from canvassing.reports.known_phones import KnownPhone

# A phone asks every twenty seconds: it is noted at most so often.
NOTED_EVERY: Final = timedelta(minutes=1)
SEEN: Final = """
UPDATE canvassing_fieldphone SET last_seen_at = %s::timestamptz WHERE id = %s::bigint
"""


def note_seen(phone: FieldPhone | KnownPhone, *, at: datetime) -> None:
    if at - phone.last_seen_at >= NOTED_EVERY:
        with planned_cursor() as cursor:
            cursor.execute(SEEN, [at, phone.id])
