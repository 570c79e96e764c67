"""The lines of a register file that could not go in, to mend and send again."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.actions.exports import record_export
from campaigns.exporters.base import csv_blocks, watermark
from campaigns.models import RegisterEdition

if TYPE_CHECKING:
    from campaigns.access import Actor

COLUMNS = ("line", "why", "code", "as it was")


def rejected_lines_csv(
    edition: RegisterEdition, *, reason: str, by: "Actor", at: datetime
) -> Iterator[bytes]:
    """CSV, streamed. The ledger is written first: refused without a reason."""
    lines = edition.rejected_lines.order_by("line")
    with transaction.atomic():
        record_export(
            what=f"Lines not read of {edition}",
            reason=reason,
            electors=lines.count(),
            file_name=f"not-read-{edition.pk}.csv",
            organisation=edition.organisation,
            campaign=edition.campaign,
            by=by,
            at=at,
        )
    rows = lines.values_list("line", "message", "code", "raw").iterator(chunk_size=2000)
    return csv_blocks(COLUMNS, rows, mark=watermark(by=by, at=at, reason=reason))
