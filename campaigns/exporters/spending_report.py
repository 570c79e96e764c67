"""The spending report as files: HTML, PDF and two CSV tables."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from django.template.loader import render_to_string

from campaigns.access import Actor
from campaigns.exporters.base import csv_blocks, watermark, write_csv
from campaigns.exporters.report_files import ReportFile, keep_files
from campaigns.exporters.spending_report_csv import (
    EXPENSE_COLUMNS,
    SUM_COLUMNS,
    expense_rows,
    sum_rows,
)
from campaigns.models import Campaign, JobPart
from campaigns.reports.spending_position import (
    PeriodPosition,
    SpendingPosition,
    spending_position,
)

REASON = "spending report"
KIND = "spending_report"


def report_files(
    position: SpendingPosition, *, by: Actor, at: datetime
) -> Iterator[ReportFile]:
    """Every file of the report on one position, marked with who took it and when."""
    # ReportLab takes most of a second to load, which a web process need not spend.
    from campaigns.exporters.spending_report_pdf import write_pdf

    mark = watermark(by=by, at=at, reason=REASON)
    name = f"spending-report-{position.campaign.slug}"
    page = render_to_string(
        "campaigns/spending/report_file.html", {"position": position, "mark": mark}
    ).encode()
    yield ReportFile(f"{name}.html", lambda out: out.write(page))
    yield ReportFile(f"{name}.pdf", lambda out: write_pdf(out, position, mark=mark))
    for what, columns, rows in (
        ("", SUM_COLUMNS, sum_rows),
        ("-expenses", EXPENSE_COLUMNS, expense_rows),
    ):
        blocks = csv_blocks(columns, rows(position), mark=mark)
        yield ReportFile(f"{name}{what}.csv", partial(write_csv, blocks=blocks))


def write_spending_report(
    position: SpendingPosition, *, folder: Path, by: Actor, at: datetime
) -> list[Path]:
    """Write the files into a folder, which is made if need be; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in report_files(position, by=by, at=at):
        path = folder / file.name
        with path.open("wb") as out:
            file.write(out)
        paths.append(path)
    return paths


def run_spending_report(
    part: JobPart, progress: Callable[[int, int], None]
) -> dict[str, object]:
    """The one part of a `spending_report` job: make the files and keep them."""
    job = part.job
    campaign = Campaign.objects.select_related("election", "organisation").get(job=job)
    by = Actor(job.by_kind, job.by_id, job.by_label)
    position = spending_position(campaign, at=job.asked_at)
    keep_files(
        report_files(position, by=by, at=job.asked_at),
        kind=KIND,
        campaign=campaign,
        part=part,
        progress=progress,
    )
    return spending_answer(position)


def spending_answer(position: SpendingPosition) -> dict[str, object]:
    """The position as programs read it: sums are strings of pounds and pence.

    `counted` includes `ordered` (committed, not yet invoiced); `left` is the limit
    less `counted`. `limit`, `left` and `percent` are null where no limit is known.
    `long` has the same keys for the long campaign, and is null where there is none.
    """
    basis = position.basis
    return {
        **_period_answer(position),
        "warnings": [warning.message for warning in position.warnings],
        "is_official": basis.is_official,
        "basis": basis.basis,
        "electors": basis.electors,
        "electors_loaded": basis.electors_loaded,
        "deadlines": [
            {
                "code": due.code,
                "name": due.label,
                "day": due.day.isoformat(),
                "done": due.done,
                "how": due.how,
            }
            for due in position.deadlines.days
        ],
        "long": _period_answer(position.long) if position.long else None,
    }


def _period_answer(part: PeriodPosition) -> dict[str, object]:
    found = part.basis.limit
    return {
        "limit": _sum(part.limit),
        "counted": _sum(part.counted),
        "ordered": _sum(part.ordered),
        "in_hand": _sum(part.in_hand),
        "left": _sum(part.left),
        "by_category": {row.category: _sum(row.counted) for row in part.by_category},
        "percent": _sum(part.percent),
        "proposed": _sum(part.proposed),
        "first_on": part.period.first_on.isoformat(),
        "last_on": part.period.last_on.isoformat(),
        "working": [step.sentence for step in found.working] if found else [],
        "mark": found.mark.value if found else None,
        "source": str(found.source) if found else None,
    }


def _sum(amount: object) -> str | None:
    return None if amount is None else str(amount)
