"""Read volunteers from a party's or a spreadsheet's table.

Columns go by many names. Whoever is known by e-mail address, or by mobile number and
name, stays as they are, so that a file may be read again. Whoever was erased at their
wish stays away. What is doubtful is told by line, and nothing of that line is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from campaigns.importers.layouts.base import plain_header
from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Campaign, Ward
from campaigns.phone_numbers import PhoneNumberRefused
from campaigns.rules.names import search_key
from campaigns.rules.refusals import Refusal
from volunteers.actions.erasing import ErasedPeople
from volunteers.actions.volunteers import (
    Details,
    VolunteerRefused,
    add_volunteers,
    checked,
)
from volunteers.models import ConsentChannel, Volunteer, VolunteerKind

if TYPE_CHECKING:
    from campaigns.access import Actor

MOST_ROWS: Final = 20_000
MOST_PROBLEMS: Final = 1_000
SAID_EVERY: Final = 500  # lines
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "fullname", "volunteer", "volunteername", "person"),
    "forename": ("forename", "firstname", "forenames", "givenname", "first"),
    "surname": ("surname", "lastname", "familyname", "last"),
    "email": ("email", "emailaddress", "mail", "emailadress"),
    "mobile": ("mobile", "mobilenumber", "phone", "telephone", "mobilephone", "tel",
               "phonenumber"),
    "postcode": ("postcode", "pcode", "homepostcode"),
    "ward": ("ward", "wardname", "wardgss", "homeward"),
    "kind": ("kind", "type", "membership", "role"),
    "branch": ("branch", "branchname", "clp", "constituencyparty"),
    "under_18": ("under18", "isunder18", "minor"),
    "channels": ("consent", "consents", "channels", "optin", "maycontactby"),
}  # fmt: skip
YES: Final = frozenset({"yes", "y", "true", "1", "x"})
CHANNELS: Final = {
    "email": ConsentChannel.EMAIL,
    "mail": ConsentChannel.EMAIL,
    "text": ConsentChannel.TEXT,
    "sms": ConsentChannel.TEXT,
    "phone": ConsentChannel.PHONE,
    "call": ConsentChannel.PHONE,
    "whatsapp": ConsentChannel.WHATSAPP,
}


class VolunteersFileRefused(Refusal):
    """The file does not name volunteers."""


ERASED: Final = "Erased at their wish: not added."
Progress = Callable[[int, int], None]


@dataclass
class VolunteersRead:
    """How many were added, were known already, are erased, and are doubtful.

    `problems` has the line of each that is erased or doubtful, and why, up to 1,000.
    """

    added: int = 0
    known: int = 0
    erased: int = 0
    doubtful: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return self.added + self.known + self.erased + self.doubtful

    def tell(self, line: int, why: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, why))


def no_progress(done: int, total: int) -> None:
    pass


def nothing_more(read: VolunteersRead) -> None:
    pass


def import_volunteers(
    path: Path,
    *,
    campaign: Campaign,
    by: "Actor",
    at: datetime,
    progress: Progress = no_progress,
    before_commit: Callable[[VolunteersRead], None] = nothing_more,
) -> VolunteersRead:
    """Add whoever is new. Refused: a table without names, or with more than 20,000
    lines. Audit: `volunteers.added`."""
    table = open_table(path, file_facts(path), names=ALIASES["name"])
    columns = _columns(table.header)
    total = sum(1 for _, cells in table.rows() if any(cells))
    if total > MOST_ROWS:
        raise VolunteersFileRefused(
            "too_long", f"Send at most {MOST_ROWS:,} volunteers at once."
        )
    read, known = VolunteersRead(), _Known(campaign)
    new: list[tuple[Volunteer, list[str]]] = []
    for line, cells in table.rows():
        row = {name: _cell(cells, place) for name, place in columns.items()}
        if not any(row.values()):
            continue
        try:
            details, channels = _details(row, known)
            one = checked(details, organisation=campaign.organisation, at=at)
        except (VolunteerRefused, PhoneNumberRefused) as refusal:
            read.doubtful += 1
            read.tell(line, refusal.message)
            continue
        if known.has(one):
            read.known += 1
        elif known.erased.has(one):
            read.erased += 1
            read.tell(line, ERASED)
        else:
            known.add(one)
            new.append((one, channels))
            read.added += 1
        if read.lines % SAID_EVERY == 0:
            progress(read.lines, total)
    with transaction.atomic():
        source = f"File {path.name}"[:100]
        add_volunteers(new, campaign=campaign, source=source, by=by, at=at)
        before_commit(read)
    return read


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _columns(header: list[str]) -> dict[str, int]:
    at_column = {plain_header(text): place for place, text in enumerate(header)}
    columns = {
        name: next(at_column[alias] for alias in aliases if alias in at_column)
        for name, aliases in ALIASES.items()
        if any(alias in at_column for alias in aliases)
    }
    if "name" not in columns and "surname" not in columns:
        raise VolunteersFileRefused("columns", "The file has no column of names.")
    return columns


class _Known:
    """Who is a volunteer already, or was erased, and which ward is meant by a name or
    code."""

    def __init__(self, campaign: Campaign) -> None:
        rows = Volunteer.objects.of(campaign.organisation_id)
        self.erased = ErasedPeople(campaign.organisation)
        self.emails: set[str] = set()
        self.mobiles: set[tuple[str, str]] = set()
        for one in rows.only("name", "email", "mobile"):
            self.add(one)
        self.wards: dict[str, Ward] = {}
        for ward in campaign.wards.defer("boundary"):
            self.wards |= {ward.gss.lower(): ward, ward.name.lower(): ward}

    def add(self, volunteer: Volunteer) -> None:
        if volunteer.email:
            self.emails.add(volunteer.email)
        if volunteer.mobile:
            self.mobiles.add((volunteer.mobile, search_key(volunteer.name)))

    def has(self, volunteer: Volunteer) -> bool:
        if volunteer.email in self.emails:
            return True
        return (volunteer.mobile, search_key(volunteer.name)) in self.mobiles


def _details(row: Mapping[str, str], known: _Known) -> tuple[Details, list[str]]:
    name = row.get("name") or f"{row.get('forename', '')} {row.get('surname', '')}"
    email = row.get("email", "").lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise VolunteerRefused(
                "no_email", f"{email!r} is not an e-mail address."
            ) from None
    ward = row.get("ward", "")
    if ward and ward.lower() not in known.wards:
        raise VolunteerRefused("no_ward", f"There is no ward {ward!r} in the campaign.")
    details = Details(
        name=name,
        email=email,
        mobile=row.get("mobile", ""),
        postcode=row.get("postcode", ""),
        ward=known.wards.get(ward.lower()),
        is_under_18=row.get("under_18", "").lower() in YES,
        kind=_kind(row.get("kind", "")),
        branch=row.get("branch", ""),
    )
    return details, _channels(row.get("channels", ""))


def _kind(said: str) -> str:
    if not said:
        return VolunteerKind.SUPPORTER
    for kind in VolunteerKind:
        if said.lower() in (kind.value, kind.label.lower()):
            return kind
    raise VolunteerRefused(
        "no_kind",
        f"{said!r} is not a kind: {', '.join(VolunteerKind.values)} are.",
    )


def _channels(said: str) -> list[str]:
    words = [word for word in said.lower().replace(";", ",").split(",") if word.strip()]
    unknown = [word.strip() for word in words if plain_header(word) not in CHANNELS]
    if unknown:
        raise VolunteerRefused(
            "no_channel",
            f"{unknown[0]!r} is no channel: email, text, phone and whatsapp are.",
        )
    return sorted({CHANNELS[plain_header(word)] for word in words})
