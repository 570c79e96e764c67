"""One row of a file of phone numbers and e-mail addresses, as far as it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from campaigns.rules.elector_numbers import ElectorNumber
from canvassing.rules.contact_details import (
    CALLS,
    CHANNELS,
    EMAIL,
    EMAILS,
    PHONE,
    TEXTS,
)
from canvassing.rules.contact_rows import (
    NO,
    UNKNOWN,
    WHO,
    YES,
    RowRefused,
    read_day,
    read_who,
)

# What other tools call each column, in plain letters.
COLUMNS: Final = {
    **WHO,
    "phone": ("phone", "phonenumber", "telephone", "landline", "homephone"),
    "mobile": ("mobile", "mobilenumber", "mobilephone", "cell"),
    "email": ("email", "emailaddress"),
    "consent_call": ("consentcall", "consentcalls", "phoneconsent", "callconsent"),
    "consent_text": ("consenttext", "consenttexts", "smsconsent", "textconsent"),
    "consent_email": ("consentemail", "consentemails", "emailconsent"),
    "obtained_on": ("obtainedon", "date", "dateobtained", "signedupon", "added"),
    "notice_given_on": ("noticegivenon", "privacynoticegivenon", "privacynotice"),
}
VALUES: Final = {"phone": PHONE, "mobile": PHONE, "email": EMAIL}
CONSENT: Final = {"consent_call": CALLS, "consent_text": TEXTS, "consent_email": EMAILS}
# Why a row is not taken, by code, beside those of whom it names. They quote nothing.
ROW_REASONS: Final = {
    "consent": "Its consent is neither yes nor no.",
    "day": "One of its dates is not a day such as 2024-04-20.",
    "nothing": "It has no number and no e-mail address.",
}


@dataclass(frozen=True, slots=True)
class DetailRow:
    """What one row says: of whom, their values by what they are, to which channels they
    agreed, and the days, None where none is told."""

    line: int
    number: ElectorNumber | None
    name_key: str
    address_key: str
    values: tuple[tuple[str, str], ...]
    channels: frozenset[str]
    obtained_on: date | None
    notice_given_on: date | None

    def channels_of(self, what: str) -> frozenset[str]:
        return self.channels & CHANNELS[what]


def read_detail_row(line: int, cells: Mapping[str, str]) -> DetailRow:
    """Read a row given as cells by our names of their columns.

    Refused: nobody named, no value, a consent or a day that cannot be read.
    """
    cells = {name: cell.strip() for name, cell in cells.items()}
    who = read_who(cells)
    found = ((what, cells.get(name, "")) for name, what in VALUES.items())
    values = tuple((what, value) for what, value in found if value)
    if not values:
        raise RowRefused("nothing", ROW_REASONS["nothing"])
    return DetailRow(
        line=line,
        number=who.number,
        name_key=who.name_key,
        address_key=who.address_key,
        values=values,
        channels=frozenset(
            channel for name, channel in CONSENT.items() if _agreed(cells.get(name, ""))
        ),
        obtained_on=read_day(cells.get("obtained_on", "")),
        notice_given_on=read_day(cells.get("notice_given_on", "")),
    )


def _agreed(text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO | UNKNOWN:
        raise RowRefused("consent", ROW_REASONS["consent"])
    return word in YES
