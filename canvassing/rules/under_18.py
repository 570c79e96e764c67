"""Under 18: names, addresses and numbers of electors with an adult only.

A rule of the house, the same on the doors, on the phone and at a stall: whoever is
under 18 joins, and is shown electors, only while somebody of 18 or over is there too,
who has joined and not left, or an organiser says that one is with them. Either holds
for twelve hours: on the doors, where a round is out for days, since the adult joined,
was sent to a door or their phone was heard from; elsewhere since they joined. A leaflet
round shows no electors, and is never theirs alone either: it is given to an adult, on
whose phone it is. In words: docs/rules/phones.md, stalls.md and rounds.md.
"""

from datetime import datetime, timedelta
from typing import Final

from campaigns.rules.marked import gettext_noop

# Whoever was there longer ago, or was said to be, has gone home.
COMPANY_LASTS: Final = timedelta(hours=12)
# What somebody is told before they join, and where no adult is, by the kind of link.
WELCOME: Final = {
    "doors": gettext_noop(
        "Under 18 you are welcome too: an adult goes with you, and joins first."
    ),
    "leaflets": gettext_noop(
        "Under 18 you are welcome too: go with an adult who has the round on their"
        " phone."
    ),
    "phones": gettext_noop(
        "Under 18 you are welcome too, where an adult calls with you, and joins first."
    ),
    "stall": gettext_noop(
        "Under 18 you are welcome too: an adult helps beside you, and joins first."
    ),
}
REFUSED: Final = {
    "doors": gettext_noop("Under 18, you go out with an adult: let them join first."),
    "leaflets": gettext_noop(
        "Under 18, you deliver with an adult who has the round on their phone."
    ),
    "phones": gettext_noop(
        "Under 18, you call beside an adult: let them join first, or ask the organiser."
    ),
    "stall": gettext_noop(
        "Under 18, you help beside an adult: let them join first, or ask the organiser."
    ),
}


def may_be_shown_electors(
    *,
    is_under_18: bool,
    adults_there: bool,
    accompanied_at: datetime | None,
    at: datetime,
) -> bool:
    """`accompanied_at` is when an organiser said that an adult is with them."""
    return not is_under_18 or adults_there or is_said(accompanied_at, at=at)


def is_said(accompanied_at: datetime | None, *, at: datetime) -> bool:
    """An organiser's word of then still holds."""
    return accompanied_at is not None and accompanied_at > company_since(at)


def company_since(at: datetime) -> datetime:
    """Whoever was last there before this is company no more."""
    return at - COMPANY_LASTS
