"""Import a council's list of postal and proxy voters for one poll."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction

from campaigns.actions.absent_voters import AbsentVotersRead, replace_list
from campaigns.importers.cleaning import read_date
from campaigns.importers.layouts.base import plain_header
from campaigns.importers.tables import Table, file_facts, open_table
from campaigns.models import AbsentVoteKind, Campaign, Council
from campaigns.rules.elector_numbers import (
    NumberRefused,
    parse_elector_number,
    parse_roll,
)
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

COLUMNS = {
    "reference": (
        "electorno", "electornumber", "electornumberabsentvoterlist",
        "electornumberabsentvoter", "fullelectorno", "fullelectornumber",
    ),
    "prefix": ("electornumberprefix", "electornoprefix", "pd", "pdcode", "district"),
    "number": ("eno", "rollno", "elno"),
    "suffix": ("electornumbersuffix", "electornosuffix"),
    "kind": ("absentvotetype", "absentvote", "votetype", "avtype", "type"),
    "from_on": ("from", "startdate", "validfrom"),
    "until_on": ("until", "to", "enddate", "validto"),
}  # fmt: skip
STAGE = """
DROP TABLE IF EXISTS staged_absent;
CREATE TEMP TABLE staged_absent (
    line integer, prefix text, number text, suffix text, kind text,
    from_on date, until_on date)
"""


class AbsentVotersRefused(Refusal):
    """The file is no list of absent voters."""


@dataclass(frozen=True)
class AbsentLine:
    line: int
    prefix: str
    number: str
    suffix: str
    kind: str
    from_on: date | None
    until_on: date | None


def nothing_to_do(read: AbsentVotersRead) -> None:
    """Nobody waits for the list's transaction."""


@transaction.atomic(durable=True)
def import_absent_voters(
    path: Path,
    *,
    campaign: Campaign,
    council: Council,
    by: "Actor",
    at: datetime,
    kind: str = AbsentVoteKind.POSTAL,
    dated_on: date | None = None,
    before_commit: Callable[[AbsentVotersRead], None] = nothing_to_do,
) -> AbsentVotersRead:
    """Replace the council's list for this poll. `kind` is that of a list without a
    column for it. Refused: a file without elector numbers, one loaded before, one
    older than the list in force. Audit: `absent_voters.imported`.
    """
    facts = file_facts(path)
    table = open_table(path, facts, names=COLUMNS["reference"])
    places = _places(table, path)
    lines = 0
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY staged_absent FROM STDIN") as copy:
            for row in _rows(table, places, kind):
                lines += 1
                if row:
                    copy.write_row(tuple(vars(row).values()))
        cursor.execute("ANALYZE staged_absent")
    read = replace_list(
        file_name=path.name,
        sha256=facts.sha256,
        lines=lines,
        campaign=campaign,
        council=council,
        dated_on=dated_on,
        by=by,
        at=at,
    )
    before_commit(read)
    return read


def _places(table: Table, path: Path) -> Mapping[str, int]:
    at = {plain_header(text): place for place, text in enumerate(table.header)}
    places = {
        name: at[column]
        for name, columns in COLUMNS.items()
        for column in reversed(columns)
        if column in at
    }
    if "prefix" in places and "number" not in places and "reference" in places:
        places["number"] = places.pop("reference")
    if "reference" not in places and not {"prefix", "number"} <= places.keys():
        raise AbsentVotersRefused(
            "columns", f"{path.name} has no column of elector numbers."
        )
    return places


def _rows(
    table: Table, places: Mapping[str, int], default: str
) -> Iterator[AbsentLine | None]:
    """None for a line whose number cannot be read: it is counted as unknown."""
    for line, cells in table.rows():
        text = {n: cells[at].strip() for n, at in places.items() if at < len(cells)}
        if not any(text.values()):
            continue
        try:
            number = (
                parse_elector_number(text["reference"])
                if "reference" in places
                else parse_roll(
                    text.get("prefix", ""),
                    text.get("number", ""),
                    text.get("suffix", ""),
                )
            )
        except (NumberRefused, KeyError):
            yield None
            continue
        kind = read_kind(text.get("kind", ""), default)
        dates = [read_date(text.get(name, "")) for name in ("from_on", "until_on")]
        yield AbsentLine(line, *number, kind, *dates)


def read_kind(text: str, default: str) -> str:
    """`Postal`, `Proxy`, `Postal Proxy`, `PV` … ; blank is the list's own kind."""
    letters = text.lower()
    proxy = "prox" in letters
    postal = "post" in letters or letters == "pv"
    if postal and proxy:
        return AbsentVoteKind.POSTAL_PROXY.value
    if proxy:
        return AbsentVoteKind.PROXY
    return AbsentVoteKind.POSTAL if postal else default
