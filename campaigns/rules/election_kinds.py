"""What kind of poll an election id names.

Ids are those of the public scheme: `mayor.west-midlands.2024-05-02`,
`local.birmingham.aston.by.2024-11-14`, `parl.2024-07-04`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.rules.refusals import Refusal


class PollKind(StrEnum):
    """A kind of poll, as the law distinguishes them."""

    COMBINED_AUTHORITY_MAYOR = "cam_mayor"
    LOCAL_AUTHORITY_MAYOR = "la_mayor"
    LONDON_MAYOR = "mayor_london"
    LOCAL = "local"
    PARISH = "parish"
    POLICE_COMMISSIONER = "pcc"
    UK_PARLIAMENT = "parl"
    LONDON_CONSTITUENCY = "gla_constituency"
    LONDON_LIST = "gla_list"
    SCOTTISH_PARLIAMENT = "sp"
    SENEDD = "senedd"
    NORTHERN_IRELAND_ASSEMBLY = "nia"


class ElectionIdRefused(Refusal):
    """The text is not the id of an election that can be fought here."""


@dataclass(frozen=True, slots=True)
class ElectionName:
    """An election id taken apart. `areas` are its slugs, widest first."""

    text: str
    kind: PollKind
    areas: tuple[str, ...]
    is_by_election: bool
    poll_on: date

    @property
    def spending_kinds(self) -> tuple[str, ...]:
        """The kinds of spending limit that may apply; more than one where the id
        cannot tell (county or borough constituency)."""
        if self.is_by_election and self.kind in BY_ELECTION_SPENDING_KINDS:
            return BY_ELECTION_SPENDING_KINDS[self.kind]
        return SPENDING_KINDS.get(self.kind, (self.kind.value,))

    @property
    def label(self) -> str:
        """`Mayor, West Midlands`; `Local by-election, Birmingham, Aston`."""
        title = LABELS[self.kind]
        if self.is_by_election:
            title += " by-election"
        return ", ".join((title, *map(_in_words, self.areas)))


SPENDING_KINDS = {
    PollKind.UK_PARLIAMENT: ("ukpge_short_county", "ukpge_short_borough"),
    PollKind.SCOTTISH_PARLIAMENT: ("sp_short_county", "sp_short_burgh"),
    PollKind.SENEDD: ("senedd_individual",),
    PollKind.NORTHERN_IRELAND_ASSEMBLY: ("nia_county", "nia_borough"),
}
# The limit of the long campaign that goes with the limit of the short one.
LONG_SPENDING_KINDS = {
    "ukpge_short_county": "ukpge_long_county",
    "ukpge_short_borough": "ukpge_long_borough",
    "sp_short_county": "sp_long",
    "sp_short_burgh": "sp_long",
}
BY_ELECTION_SPENDING_KINDS = {
    PollKind.UK_PARLIAMENT: ("uk_byelection",),
    PollKind.SCOTTISH_PARLIAMENT: ("sp_byelection",),
}

LABELS = {
    PollKind.COMBINED_AUTHORITY_MAYOR: "Mayor",
    PollKind.LOCAL_AUTHORITY_MAYOR: "Mayor",
    PollKind.LONDON_MAYOR: "Mayor",
    PollKind.LOCAL: "Local",
    PollKind.PARISH: "Parish",
    PollKind.POLICE_COMMISSIONER: "Police and crime commissioner",
    PollKind.UK_PARLIAMENT: "UK Parliament",
    PollKind.LONDON_CONSTITUENCY: "London Assembly constituency",
    PollKind.LONDON_LIST: "London Assembly list",
    PollKind.SCOTTISH_PARLIAMENT: "Scottish Parliament",
    PollKind.SENEDD: "Senedd",
    PollKind.NORTHERN_IRELAND_ASSEMBLY: "Northern Ireland Assembly",
}

NATIONS_OF_PARLIAMENTS = {
    PollKind.SCOTTISH_PARLIAMENT: "SCT",
    PollKind.SENEDD: "WLS",
    PollKind.NORTHERN_IRELAND_ASSEMBLY: "NIR",
}
# By the first letter of a GSS code.
NATIONS_OF_AREAS = {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}

# An id does not say what its mayor presides over, so the combined authorities are
# listed; a slug that ends in "-ca" or "-cca" is one as well.
COMBINED_AUTHORITIES = frozenset(
    (
        "cambridgeshire-and-peterborough",
        "east-midlands",
        "greater-essex",
        "greater-lincolnshire",
        "greater-manchester",
        "hampshire-and-the-solent",
        "hull-and-east-yorkshire",
        "liverpool-city-region",
        "norfolk-and-suffolk",
        "north-east",
        "north-of-tyne",
        "sheffield-city-region",
        "south-yorkshire",
        "sussex-and-brighton",
        "tees-valley",
        "west-midlands",
        "west-of-england",
        "west-yorkshire",
        "york-and-north-yorkshire",
    )
)
COMBINED_AUTHORITY_ENDINGS = ("-ca", "-cca")

KINDS_BY_PREFIX = {
    "local": PollKind.LOCAL,
    "parish": PollKind.PARISH,
    "pcc": PollKind.POLICE_COMMISSIONER,
    "parl": PollKind.UK_PARLIAMENT,
    "gla.c": PollKind.LONDON_CONSTITUENCY,
    "gla.a": PollKind.LONDON_LIST,
    "sp.c": PollKind.SCOTTISH_PARLIAMENT,
    "sp.r": PollKind.SCOTTISH_PARLIAMENT,
    "senedd.c": PollKind.SENEDD,
    "senedd.r": PollKind.SENEDD,
    "sp": PollKind.SCOTTISH_PARLIAMENT,
    "senedd": PollKind.SENEDD,
    "nia": PollKind.NORTHERN_IRELAND_ASSEMBLY,
}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SMALL_WORDS = frozenset(("and", "by", "in", "of", "on", "the", "upon"))


def parse_election_id(text: str) -> ElectionName:
    """Take an election id apart.

    Refused: no polling day or one that does not exist, a kind of election that is not
    known, a mayor without a place, parts that are not lower-case slugs.
    """
    *parts, last = text.strip().split(".")
    poll_on = _poll_day(last, text)
    if not parts or not all(SLUG.fullmatch(part) for part in parts):
        raise ElectionIdRefused("bad_election_id", f"{text!r} is not an election id.")
    is_by_election = parts[-1] == "by"
    if is_by_election:
        parts.pop()
    kind, areas = _kind_and_areas(parts, text)
    return ElectionName(text.strip(), kind, tuple(areas), is_by_election, poll_on)


def nation_of(kind: PollKind, areas: Iterable[str]) -> str:
    """`ENG`, `WLS`, `SCT` or `NIR`: of the parliament, else of the first of the GSS
    codes that tells, else England's."""
    if kind in NATIONS_OF_PARLIAMENTS:
        return NATIONS_OF_PARLIAMENTS[kind]
    known = (NATIONS_OF_AREAS.get(code[:1].upper()) for code in areas)
    return next(filter(None, known), "ENG")


def _poll_day(part: str, text: str) -> date:
    message = f"{text!r} does not end in a polling day such as 2024-05-02."
    if not DAY.fullmatch(part):
        raise ElectionIdRefused("no_polling_day", message)
    try:
        return date.fromisoformat(part)
    except ValueError as error:
        raise ElectionIdRefused("no_polling_day", message) from error


def _kind_and_areas(parts: list[str], text: str) -> tuple[PollKind, list[str]]:
    if parts[:1] == ["mayor"] and len(parts) == 2:
        return _mayor_of(parts[1]), parts[1:]
    for length in (2, 1):
        kind = KINDS_BY_PREFIX.get(".".join(parts[:length]))
        if kind is not None:
            return kind, parts[length:]
    message = f"{text!r} does not name a kind of election that is known here."
    raise ElectionIdRefused("unknown_election_kind", message)


def _mayor_of(slug: str) -> PollKind:
    if slug == "london":
        return PollKind.LONDON_MAYOR
    is_combined = slug in COMBINED_AUTHORITIES
    if is_combined or slug.endswith(COMBINED_AUTHORITY_ENDINGS):
        return PollKind.COMBINED_AUTHORITY_MAYOR
    return PollKind.LOCAL_AUTHORITY_MAYOR


def _in_words(slug: str) -> str:
    for ending in COMBINED_AUTHORITY_ENDINGS:
        slug = slug.removesuffix(ending)
    words = slug.split("-")
    rest = (word if word in SMALL_WORDS else word.capitalize() for word in words[1:])
    return " ".join((words[0].capitalize(), *rest))
