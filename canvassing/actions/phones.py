"""Phones in the field: when each was last heard from."""

from datetime import datetime, timedelta
from typing import Final

from canvassing.access import KnownPhone
from canvassing.models import FieldPhone

# A phone asks every twenty seconds: it is noted at most so often.
NOTED_EVERY: Final = timedelta(minutes=1)


def note_seen(phone: FieldPhone | KnownPhone, *, at: datetime) -> None:
    if at - phone.last_seen_at >= NOTED_EVERY:
        FieldPhone.objects.filter(pk=phone.id).update(last_seen_at=at)
