"""The data promise in every wording it has had: dated, added to, never edited."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promise:
    """One wording. `text` leaves room for the name of the `{organisation}`."""

    version: str
    from_day: date
    text: str

    def worded_for(self, organisation: str) -> str:
        return self.text.format(organisation=organisation)


PROMISES = (
    Promise(
        "2024-01",
        date(2024, 1, 1),
        "I will use the names and addresses that I am shown only to help this campaign"
        " of {organisation}. I will not copy, photograph or pass them on. I will let"
        " nobody else use them, and tell an organiser at once if I lose them or my"
        " phone. I will give them back when I am asked or when I stop helping. I know"
        " that to use an electoral register for anything else may be an offence.",
    ),
)


def promise_on(day: date) -> Promise:
    """The wording that is asked for on this day; the first one on any day before."""
    asked = [one for one in PROMISES if one.from_day <= day]
    return asked[-1] if asked else PROMISES[0]
