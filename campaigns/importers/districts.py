"""Read which ward each polling district lies in from a council's districts file."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.actions.districts import set_wards_by_file
from campaigns.importers.layouts.base import plain_header
from campaigns.importers.tables import file_facts, open_table
from campaigns.models import Council, Organisation
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

CODES = (
    "pollingdistrict", "pollingdistrictcode", "pollingdistrictreference", "discode",
    "district", "pd", "pdcode", "code", "prefix",
)  # fmt: skip
WARDS = ("wardgss", "wardcode", "ward", "wardname", "electoralarea")


class DistrictsFileRefused(Refusal):
    """The file does not say which district lies in which ward."""


@dataclass(frozen=True)
class DistrictsRead:
    """`unknown`: codes of districts whose ward has a name nobody knows."""

    read: int
    changed: int
    unknown: list[str]


def import_districts(
    path: Path,
    *,
    organisation: Organisation,
    council: Council,
    by: "Actor",
    at: datetime,
) -> DistrictsRead:
    """Refused: a table without a column of codes and one of wards."""
    table = open_table(path, file_facts(path), names=CODES)
    at_column = {plain_header(text): place for place, text in enumerate(table.header)}
    code = next((at_column[name] for name in CODES if name in at_column), None)
    ward = next((at_column[name] for name in WARDS if name in at_column), None)
    if code is None or ward is None:
        raise DistrictsFileRefused(
            "columns", f"{path.name} has no columns for district and ward."
        )
    wards = {
        cells[code].strip(): cells[ward].strip()
        for _, cells in table.rows()
        if len(cells) > max(code, ward)
    }
    changed, unknown = set_wards_by_file(
        wards, organisation=organisation, council=council, by=by, at=at
    )
    return DistrictsRead(len(wards), changed, unknown)
