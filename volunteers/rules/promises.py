"""The data promise in every wording it has had: dated, added to, never edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

ENGLISH, WELSH = "en-gb", "cy"


@dataclass(frozen=True)
class Promise:
    """One wording, by language. It leaves room for the name of the `{organisation}`."""

    version: str
    from_day: date
    texts: Mapping[str, str]

    def worded_for(self, organisation: str, *, language: str | None = None) -> str:
        """In this language, or in English where there is none of it."""
        text = self.texts.get(language or ENGLISH, self.texts[ENGLISH])
        return text.format(organisation=organisation)


PROMISES = (
    Promise(
        "2024-01",
        date(2024, 1, 1),
        {
            ENGLISH: (
                "I will use the names and addresses that I am shown only to help this"
                " campaign of {organisation}. I will not copy, photograph or pass them"
                " on. I will let nobody else use them, and tell an organiser at once if"
                " I lose them or my phone. I will give them back when I am asked or"
                " when I stop helping. I know that to use an electoral register for"
                " anything else may be an offence."
            ),
            WELSH: (
                "Byddaf yn defnyddio’r enwau a’r cyfeiriadau a ddangosir imi i helpu’r"
                " ymgyrch hon gan {organisation} yn unig. Ni fyddaf yn eu copïo, yn"
                " tynnu lluniau ohonynt nac yn eu trosglwyddo. Ni adawaf i neb arall eu"
                " defnyddio, a dywedaf wrth drefnydd ar unwaith os collaf hwy neu fy"
                " ffôn. Byddaf yn eu rhoi’n ôl pan ofynnir imi neu pan roddaf y gorau i"
                " helpu. Gwn y gall defnyddio cofrestr etholiadol at unrhyw beth arall"
                " fod yn drosedd."
            ),
        },
    ),
)


def promise_on(day: date) -> Promise:
    """The wording that is asked for on this day; the first one on any day before."""
    asked = [one for one in PROMISES if one.from_day <= day]
    return asked[-1] if asked else PROMISES[0]
