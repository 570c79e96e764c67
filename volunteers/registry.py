"""What the apps above tell us of volunteers: they register in `AppConfig.ready()`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from campaigns.access import Actor
from campaigns.models import Campaign
from volunteers.models import Shift, Volunteer, VolunteerMail
from volunteers.rules.hours import TimeGiven

# How many each of these volunteers did in a campaign since a moment.
Counts = Callable[[Campaign, Collection[int], datetime], dict[int, int]]
# When each of these volunteers of an organisation worked since a moment, for whichever
# campaign, beside their shifts.
Times = Callable[[int, Collection[int], datetime], list[TimeGiven]]
# Forgets what an app above holds of who a volunteer is, as they are erased.
Eraser = Callable[[Volunteer], None]


@dataclass(frozen=True, slots=True)
class WayIn:
    """What a volunteer works with on a shift: `kind` is `round`, `phones` or `stall`,
    `path` opens it on our site. `has_joined` where a phone of theirs has it already."""

    kind: str
    name: str
    path: str
    has_joined: bool = False


@dataclass(frozen=True, slots=True)
class ShiftPage:
    """A page of the desk that a shift leads to: `names` are its route's, beside the
    campaign; `query` follows `?`."""

    label: str
    route: str
    names: dict[str, int] = field(default_factory=dict)
    query: str = ""


# What a volunteer opens on a shift of theirs that is on, or soon.
WaysIn = Callable[[Volunteer, Shift, datetime], list[WayIn]]
# What an e-mail of such a kind leads to, looked up as it is sent; None where it is
# wanted no more.
MailWay = Callable[[VolunteerMail, datetime], WayIn | None]
# The pages of an app above about a shift, for those who may see them.
ShiftPages = Callable[[Actor, Shift], list[ShiftPage]]


@dataclass
class Registry:
    # Doors knocked on, and copies of leaflets put through.
    doors: list[Counts] = field(default_factory=list)
    leaflets: list[Counts] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    erasers: list[Eraser] = field(default_factory=list)
    ways_in: list[WaysIn] = field(default_factory=list)
    mail_ways: dict[str, MailWay] = field(default_factory=dict)
    shift_pages: list[ShiftPages] = field(default_factory=list)


registry = Registry()
