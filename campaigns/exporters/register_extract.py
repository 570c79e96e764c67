"""The register as it stood at one edition, as CSV, with its purpose in the ledger."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.actions.exports import reason_given, record_export
from campaigns.actions.supply import state_of
from campaigns.clock import day_of
from campaigns.exporters.base import csv_blocks_of_query, watermark, write_csv
from campaigns.models import RegisterEdition
from campaigns.rules.refusals import Refusal
from campaigns.rules.spreadsheets import safe_sql
from campaigns.rules.supply_terms import CopyState

if TYPE_CHECKING:
    from campaigns.access import Actor

COLUMNS = (
    "elector", "elector_number", "surname", "forename", "ward", "polling_district",
    "postcode", "markers", "attains_on", "address",
)  # fmt: skip
# Names as they were printed then; nobody who is hidden.
QUERY = f"""
SELECT entry.elector_id,
       {safe_sql("entry.prefix")} || '-' || entry.number
       || CASE entry.suffix WHEN '' THEN '' ELSE '/' || entry.suffix END,
       {safe_sql("entry.surname")}, {safe_sql("entry.forename")}, ward.gss,
       {safe_sql("district.code")}, {safe_sql("address.postcode")},
       {safe_sql("entry.markers")}, entry.attains_on, {safe_sql("address.printed")}
FROM campaigns_registerentry AS entry
JOIN campaigns_elector AS elector ON elector.id = entry.elector_id
JOIN campaigns_pollingdistrict AS district ON district.id = entry.polling_district_id
LEFT JOIN campaigns_ward AS ward ON ward.id = district.ward_id
LEFT JOIN campaigns_address AS address ON address.id = entry.address_id
WHERE entry.organisation_id = %(organisation)s AND entry.council_id = %(council)s
  AND entry.from_edition_id <= %(edition)s
  AND (entry.until_edition_id IS NULL OR entry.until_edition_id > %(edition)s)
  AND elector.hidden_at IS NULL
ORDER BY entry.prefix COLLATE "C", entry.number::bigint, entry.suffix COLLATE "C"
"""  # noqa: S608 (no text but our own)


class ExtractRefused(Refusal):
    """This copy cannot be exported."""


@transaction.atomic(durable=True)
def export_register(
    edition: RegisterEdition, *, out: Path, reason: str, by: "Actor", at: datetime
) -> int:
    """Write the extract; returns how many electors are in it.

    Refused: without a reason, or of a copy that was destroyed or is locked. Ledger and
    audit: `electors.exported`.
    """
    if edition.destroyed_at:
        raise ExtractRefused("destroyed", "This copy of the register was destroyed.")
    if state_of(edition, on=day_of(at)) is CopyState.LOCKED:
        raise ExtractRefused("locked", "This copy is past its date and locked.")
    mark = watermark(by=by, at=at, reason=reason_given(reason))
    facts = {
        "organisation": edition.organisation_id,
        "council": edition.council_id,
        "edition": edition.pk,
    }
    with out.open("wb") as file:
        electors = write_csv(
            file, csv_blocks_of_query(QUERY, facts, columns=COLUMNS, mark=mark)
        )
    record_export(
        what=f"Register: {edition}",
        reason=reason,
        electors=electors,
        file_name=out.name,
        organisation=edition.organisation,
        campaign=edition.campaign,
        by=by,
        at=at,
    )
    return electors
