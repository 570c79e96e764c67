"""What is due before and after the poll as a calendar file (RFC 5545), with alarms."""

from datetime import datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.reports.campaign_deadlines import Deadline, campaign_deadlines
from campaigns.reports.deadlines_to_remind import (
    DONATIONS,
    ToRemind,
    besides_the_result,
)

# How long before the day, which begins at midnight, a calendar says so.
ALARMS: Final = (timedelta(days=7), timedelta(days=1))


def deadlines_calendar(campaign: Campaign, *, at: datetime) -> bytes:
    """One whole day for each deadline, with no alarm for what is done. Read again, it
    moves the days that it gave before, as when the result is declared later. As in the
    reminders, no donor is named: a calendar is shown to others."""
    deadlines = campaign_deadlines(campaign)
    calendar = Calendar()
    calendar.add("prodid", "-//Committee Room//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("name", f"{campaign}: deadlines")
    words = " ".join(filter(None, (deadlines.basis, deadlines.caution)))
    for deadline in deadlines.days:
        calendar.add_component(_event(campaign, deadline, deadline.how or words, at))
    for due in besides_the_result(campaign, on=day_of(at)):
        words = " ".join(filter(None, (due.task, due.basis)))
        deadline = Deadline(_code(due), due.label, due.day)
        calendar.add_component(_event(campaign, deadline, words, at))
    return bytes(calendar.to_ical())


def _code(due: ToRemind) -> str:
    """Donations wait by the day on which they came: each day is its own event."""
    return f"{DONATIONS}-{due.day.isoformat()}" if due.code == DONATIONS else due.code


def _event(campaign: Campaign, deadline: Deadline, words: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{deadline.code}.{campaign.slug}@committee-room")
    event.add("dtstamp", at)
    # A later version of the same day takes the place of the one before.
    event.add("sequence", int(at.timestamp()) // 60)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    summary = ": ".join(filter(None, (deadline.label, deadline.done)))
    event.add("summary", f"{summary} ({campaign})")
    event.add("description", words)
    event.add("transp", "TRANSPARENT")
    for before in () if deadline.done else ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Due soon: {deadline.label}")
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event
