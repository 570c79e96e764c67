"""What was answered as CSV: a file of the whole campaign, or one for each ward."""

from datetime import datetime
from typing import IO

from campaigns.exporters.base import csv_blocks_of_query, watermark, write_csv
from campaigns.models import Campaign, JobPart, Ward
from canvassing.actions.exports import WHOLE
from canvassing.exporters.ward_files import NewFile, file_name, issue, who_asked
from canvassing.reports.answers_table import answers_table


def make_answers_file(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Of the part's ward, or of all; PostgreSQL writes the rows while they are read."""
    campaign = Campaign.objects.get(job=part.job)
    ward = ward_of_part(part.key)
    script, reason = part.job.parameters["script"], part.job.parameters["reason"]
    table = answers_table(campaign, script=script, ward_id=ward.pk if ward else None)
    mark = watermark(by=who_asked(part), at=at, reason=reason)

    def write(out: IO[bytes]) -> int:
        write_csv(
            out,
            csv_blocks_of_query(
                table.query, table.parameters, columns=table.columns, mark=mark
            ),
        )
        return table.people()

    area = f"{ward.gss} {ward.name}" if ward else campaign.name
    of_what = script or "all scripts"
    what = f"answers to {of_what}, {ward or campaign}"
    name = file_name(f"answers {of_what} {area}", "csv")
    return issue(part, files=[NewFile(ward, name, what, write)], at=at)


def ward_of_part(key: str) -> Ward | None:
    """None for the part of the whole campaign."""
    return None if key == WHOLE else Ward.objects.defer("boundary").get(gss=key)
