"""Who asked not to be contacted, as CSV or XLSX: of the campaign, or of each ward."""

from datetime import datetime
from typing import IO

from campaigns.exporters.base import (
    csv_blocks_of_query,
    watermark,
    write_csv,
    write_xlsx,
)
from campaigns.models import Campaign, JobPart
from canvassing.exporters.answer_files import ward_of_part
from canvassing.exporters.ward_files import NewFile, file_name, issue, who_asked
from canvassing.reports.opt_outs import opt_outs_table


def make_opt_outs_file(part: JobPart, *, at: datetime) -> dict[str, object]:
    """Of the part's ward, or of all."""
    campaign = Campaign.objects.get(job=part.job)
    ward = ward_of_part(part.key)
    table = opt_outs_table(campaign, ward_id=ward.pk if ward else None)
    mark = watermark(by=who_asked(part), at=at, reason=part.job.parameters["reason"])
    file_format = part.job.parameters["format"]

    def write(out: IO[bytes]) -> int:
        if file_format == "csv":
            write_csv(
                out,
                csv_blocks_of_query(
                    table.query, table.parameters, columns=table.columns, mark=mark
                ),
            )
        else:
            write_xlsx(
                out,
                sheet="Do not contact",
                columns=table.columns,
                rows=table.rows(),
                mark=mark,
            )
        return table.people()

    area = f"{ward.gss} {ward.name}" if ward else campaign.name
    what = f"who asked not to be contacted, {ward or campaign}"
    name = file_name(f"do not contact {area}", file_format)
    return issue(part, files=[NewFile(ward, name, what, write)], at=at)
