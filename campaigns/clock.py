"""The one clock from which edges take business time."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

if TYPE_CHECKING:
    from campaigns.models import Organisation

UK = ZoneInfo("Europe/London")


def now(organisation: "Organisation | None" = None) -> datetime:
    """The time as this organisation lives it; the demo's stands on another day."""
    real = timezone.now()
    return real + organisation.clock_offset if organisation else real


def today(organisation: "Organisation | None" = None) -> date:
    """The day in the United Kingdom."""
    return day_of(now(organisation))


def day_of(at: datetime) -> date:
    """The day in the United Kingdom at this moment."""
    return at.astimezone(UK).date()
