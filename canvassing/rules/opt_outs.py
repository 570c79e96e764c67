"""Who asked not to be contacted, as a file or another tool says it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from campaigns.rules.elector_numbers import ElectorNumber
from canvassing.rules.contact_rows import (
    NO,
    UNKNOWN,
    WHO,
    YES,
    RowRefused,
    Who,
    read_day,
    read_named,
    read_who,
)

UK: Final = ZoneInfo("Europe/London")
MIDDAY: Final = time(12)
PERSON, HOUSEHOLD = "person", "household"
# Empty: in any way.
CHANNELS: Final = ("", "door", "phone", "letter", "email")
# As other tools read and write them.
ALL: Final = "all"
CHANNEL_NAMES: Final = [channel or ALL for channel in CHANNELS]
# What other tools call each column, in plain letters. A column for each channel says
# yes or no; with neither those nor a channel, a row asks for no contact in any way.
FLAGS: Final = {
    "none_at_all": ("donotcontact", "nocontact", "dnc"),
    "no_door": ("donotknock", "nodoor", "nodoorknocking", "donotcanvass"),
    "no_phone": ("donotcall", "donotphone", "nophone", "nocalls"),
    "no_letter": ("donotmail", "nomail", "nopost", "noletter", "noletters"),
    "no_email": ("donotemail", "noemail", "noemails"),
}
COLUMNS: Final = {
    **WHO,
    "channel": ("channel", "channels", "by", "how"),
    **FLAGS,
    "scope": ("scope", "who", "appliesto"),
    "said_on": ("saidon", "askedon", "since", "date", "dateasked", "added"),
    "source": ("source", "from", "origin"),
    "for_how_long": ("forhowlong", "howlong", "duration"),
}
OF_FLAG: Final = dict(zip(FLAGS, CHANNELS, strict=True))
CHANNEL_WORDS: Final = {
    "": ("all", "any", "anyway", "everything", "inanyway"),
    "door": ("door", "doors", "doorstep", "atthedoor", "knock", "canvass"),
    "phone": ("phone", "call", "calls", "telephone", "byphone"),
    "letter": ("letter", "letters", "post", "mail", "byaddressedletter"),
    "email": ("email", "emails", "byemail"),
}
SCOPES: Final = {
    PERSON: ("person", "thisperson", "elector", "individual"),
    HOUSEHOLD: ("household", "house", "home", "address", "everybodyatthisaddress"),
}
FOR_GOOD: Final = ("forgood", "forever", "always", "permanent")
THIS_ELECTION: Final = ("thiselection", "forthiselection", "thiselectiononly")
# Why a row is not taken, by code, beside those of whom it names. They quote nothing.
ROW_REASONS: Final = {
    "channel": "Its channel is none of door, phone, letter, e-mail or all.",
    "scope": "It says neither person nor household.",
    "for_how_long": "It says neither “for good” nor “this election”.",
    "day": "Its date is not a day such as 2024-04-20.",
    "flag": "One of its marks is neither yes nor no.",
    "nothing": "It marks no channel that they do not want.",
    "nobody_registered": "Nobody is registered at this address.",
}
# Why a wish is not filed: its code, and the sentence for whoever sent it.
REASONS: Final = {
    "not_yours": "This elector is not on your list.",
    "anonymous_entry": "An anonymous entry is never contacted.",
    "unknown_channel": ROW_REASONS["channel"],
    "unknown_scope": ROW_REASONS["scope"],
    "no_source": "It does not say where we have it from.",
    "not_yet": "It was said on a day that has not come.",
    "no_address": "They have no address, so no household.",
    "nobody_there": ROW_REASONS["nobody_registered"],
    "lifted": "They took this wish back since: if they ask again, note it by hand.",
}


@dataclass(frozen=True, slots=True)
class OptOut:
    """A wish not to be contacted, by an elector or, through them, their household.

    `channel` is one of `CHANNELS`; `for_good`, or in one election only. `said_on` is
    None where nobody knows the day.
    """

    uuid: UUID
    elector_id: int
    scope: str
    channel: str
    source: str
    for_good: bool = True
    said_on: date | None = None

    def said_at(self, now: datetime) -> datetime:
        """A day without an hour was some time of that day; not known, it is now."""
        if self.said_on is None or self.said_on == now.astimezone(UK).date():
            return now
        return datetime.combine(self.said_on, MIDDAY, UK)


def reason_not_to_file(item: OptOut, *, today: date) -> str:
    """The first reason that lies in what was sent, a key of `REASONS`; else empty."""
    if item.channel not in CHANNELS:
        return "unknown_channel"
    if item.scope not in SCOPES:
        return "unknown_scope"
    if not item.source.strip():
        return "no_source"
    if item.said_on and item.said_on > today:
        return "not_yet"
    return ""


@dataclass(frozen=True, slots=True)
class OptOutRow:
    """What one row of a file says. A household may be told by its address alone, a
    person by name and `postcode` where no street is; `for_good` is None where the row
    does not say."""

    line: int
    number: ElectorNumber | None
    name_key: str
    address_key: str
    postcode: str
    scope: str
    channels: tuple[str, ...]
    said_on: date | None
    source: str
    for_good: bool | None

    @property
    def names_a_home(self) -> bool:
        return self.number is None and not self.name_key

    @property
    def tells_no_street(self) -> bool:
        """Somebody by name and postcode alone."""
        return self.number is None and bool(self.name_key and self.postcode)


def read_opt_out_row(line: int, cells: Mapping[str, str]) -> OptOutRow:
    """Read a row given as cells by our names of their columns.

    An address with nobody named is of its household; a name may stand with a postcode
    alone. Refused: nobody named and no
    address, or a channel, scope, mark, day or length that cannot be read.
    """
    cells = {name: cell.strip() for name, cell in cells.items()}
    scope = _scope(cells.get("scope", ""))
    who = _who(cells, scope)
    return OptOutRow(
        line=line,
        number=who.number,
        name_key=who.name_key,
        address_key=who.address_key,
        postcode=who.postcode,
        scope=scope or (PERSON if who.number or who.name_key else HOUSEHOLD),
        channels=_channels(cells),
        said_on=read_day(cells.get("said_on", "")),
        source=cells.get("source", ""),
        for_good=_for_good(cells.get("for_how_long", "")),
    )


def _who(cells: Mapping[str, str], scope: str) -> Who:
    named = read_named(cells)
    if named.number is None and named.address_key and scope != PERSON:
        # A household needs no name, and a name that is there must fit.
        has_name = any(cells.get(name) for name in ("name", "surname", "forename"))
        if not has_name:
            return named
    if named.name_key and named.postcode:
        return named
    return read_who(cells)


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def _scope(text: str) -> str:
    word = _plain(text)
    if not word:
        return ""
    for scope, words in SCOPES.items():
        if word in words:
            return scope
    raise RowRefused("scope", ROW_REASONS["scope"])


def _for_good(text: str) -> bool | None:
    word = _plain(text)
    if not word:
        return None
    if word not in FOR_GOOD + THIS_ELECTION:
        raise RowRefused("for_how_long", ROW_REASONS["for_how_long"])
    return word in FOR_GOOD


def _channels(cells: Mapping[str, str]) -> tuple[str, ...]:
    """All that it names; each where it names all."""
    words = [
        _plain(word) for word in re.split(r"[,;/&+]| and ", cells.get("channel", ""))
    ]
    found = {_channel(word) for word in words if word}
    flags = [name for name in FLAGS if name in cells]
    found |= {OF_FLAG[name] for name in flags if _is_marked(cells[name])}
    if not found and flags:
        raise RowRefused("nothing", ROW_REASONS["nothing"])
    if not found or "" in found:
        return ("",)
    return tuple(channel for channel in CHANNELS if channel in found)


def _channel(word: str) -> str:
    for channel, words in CHANNEL_WORDS.items():
        if word in words:
            return channel
    raise RowRefused("channel", ROW_REASONS["channel"])


def _is_marked(text: str) -> bool:
    word = text.casefold()
    if word in {"x", "✓"}:
        return True
    if word not in YES | NO | UNKNOWN:
        raise RowRefused("flag", ROW_REASONS["flag"])
    return word in YES
