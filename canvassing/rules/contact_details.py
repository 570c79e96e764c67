"""What is sent of a phone number or an e-mail address, and when it is not filed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.rules.marked import gettext_noop

UK: Final = ZoneInfo("Europe/London")
PHONE, EMAIL = "phone", "email"
CALLS, TEXTS, EMAILS = "call", "text", "email"
LONGEST_EMAIL: Final = 254
# By what a detail lets us reach somebody.
CHANNELS: Final = {PHONE: frozenset((CALLS, TEXTS)), EMAIL: frozenset((EMAILS,))}

# Why a detail is not filed: its code, and the sentence for whoever sent it.
REASONS: Final = {
    "not_yours": gettext_noop("This elector is not on your list."),
    "left_register": gettext_noop("This elector is no longer on the register."),
    "anonymous_entry": gettext_noop("An anonymous entry is never contacted."),
    "unknown_kind": gettext_noop("It is neither a phone number nor an e-mail address."),
    "no_phone_number": gettext_noop(
        "That is not a phone number: write it as 07700 900123."
    ),
    "no_email": gettext_noop(
        "That is not an e-mail address: write it as ivy@example.org."
    ),
    "unknown_channel": gettext_noop("Nobody is reached that way by what is given."),
    "no_wording": gettext_noop("It says that they agreed, but not to which words."),
    "no_source": gettext_noop("It does not say where we have it from."),
    "not_yet": gettext_noop("It was given, or agreed to, on a day that has not come."),
}


class Consent(NamedTuple):
    """What somebody is asked before we keep how to reach them."""

    version: str
    text: str


# Never changed: who agreed did so in these words. A new wording is a new version.
CONSENTS: Final = (
    Consent(
        "2024-1",
        "You may call, text or e-mail me, as ticked, about this election and what you"
        " stand for. I can say at any time that you are to stop.",
    ),
)
CONSENT: Final = CONSENTS[-1]
NOTICE: Final = (
    "Told in person who we are, what we use it for, and where our privacy notice is."
)


def wording_of(version: str) -> str:
    """The words of a version; empty for one that never was."""
    return next((one.text for one in CONSENTS if one.version == version), "")


@dataclass(frozen=True, slots=True)
class ContactDetailItem:
    """A number or address as a phone, a form or a file sends it.

    `what` is phone or email. `channels` are those to which they agreed (call, text,
    email) in the words of `wording`, at `said_at`. `notice` is the privacy notice they
    were given, empty where none was.
    """

    uuid: UUID
    elector_id: int
    what: str
    value: str
    source: str
    obtained_on: date
    said_at: datetime
    channels: frozenset[str] = field(default_factory=frozenset)
    wording: str = ""
    notice: str = ""
    notice_given_on: date | None = None


def reason_not_to_file(item: ContactDetailItem, *, today: date) -> str:
    """The first reason that lies in what was sent, a key of `REASONS`; empty if none.
    Whether the number or address is one is asked elsewhere."""
    if item.what not in CHANNELS:
        return "unknown_kind"
    if item.channels - CHANNELS[item.what]:
        return "unknown_channel"
    if item.channels and not item.wording.strip():
        return "no_wording"
    if not item.source.strip():
        return "no_source"
    days = (item.obtained_on, item.said_at.astimezone(UK).date(), item.notice_given_on)
    if any(day and day > today for day in days):
        return "not_yet"
    return ""
