"""A version of the return as files: PDF, PDF with the receipts, workbook, and tables
in a zip; or as a copy for public inspection."""

from collections.abc import Callable, Iterator
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from campaigns.access import Actor
from campaigns.actions.return_files import RETURN_FILES
from campaigns.exporters.base import watermark
from campaigns.exporters.report_files import ReportFile, keep_files
from campaigns.exporters.return_tables import write_tables, write_workbook
from campaigns.models import Campaign, JobPart
from campaigns.reports.return_inspection import TITLE, inspection_copy
from campaigns.reports.return_papers import papers_of
from campaigns.reports.return_versions import ReturnStanding, return_versions


def return_files(standing: ReturnStanding, *, mark: str) -> Iterator[ReportFile]:
    """Every file of one version; `mark` says who took them and when."""
    # ReportLab takes most of a second to load, which a web process need not spend.
    from campaigns.exporters.return_pdf import write_return

    version = standing.version
    name = f"return-{standing.campaign.slug}-v{version.version}"
    yield ReportFile(f"{name}.pdf", lambda out: write_return(out, standing))
    yield ReportFile(
        f"{name}-with-receipts.pdf",
        partial(_write_bundle, standing=standing, mark=mark),
    )
    yield ReportFile(
        f"{name}.xlsx",
        partial(write_workbook, version=version, made=standing.kept, mark=mark),
    )
    yield ReportFile(
        f"{name}-tables.zip",
        partial(
            write_tables,
            version=version,
            made=standing.kept,
            mark=mark,
            content=version.content,
        ),
    )


def inspection_files(standing: ReturnStanding, *, mark: str) -> Iterator[ReportFile]:
    """The copy of one version that anybody may look at: neither the receipts nor the
    content of its digest, which hold what it leaves out."""
    from campaigns.exporters.return_pdf import write_return

    version, copy = standing.version, inspection_copy(standing.kept)
    name = f"return-{standing.campaign.slug}-v{version.version}-inspection-copy"
    yield ReportFile(f"{name}.pdf", partial(write_return, standing=standing, copy=copy))
    for ending, write in ((".xlsx", write_workbook), ("-tables.zip", write_tables)):
        yield ReportFile(
            f"{name}{ending}",
            partial(
                write, version=version, made=copy.made, mark=mark, notes=copy.notes
            ),
        )


def _write_bundle(out: IO[bytes], *, standing: ReturnStanding, mark: str) -> None:
    """The return and, after it, the papers it was made with, under their numbers."""
    from campaigns.exporters.receipts_bundle import write_receipts_bundle
    from campaigns.exporters.return_pdf import write_return

    with TemporaryFile() as front:
        write_return(front, standing)
        papers = papers_of(standing.campaign, standing.kept)
        write_receipts_bundle(out, papers, mark=mark, front=front)


def run_return_files(
    part: JobPart, progress: Callable[[int, int], None]
) -> dict[str, object]:
    """The one part of a `return_files` job: make the files and keep them."""
    job = part.job
    campaign = Campaign.objects.select_related("election", "organisation").get(job=job)
    version = return_versions(campaign).get(version=job.parameters["version"])
    version.campaign = campaign
    standing = ReturnStanding(campaign, version)
    by = Actor(job.by_kind, job.by_id, job.by_label)
    reason, make = f"return {version.mark}", return_files
    # A job that was asked for before there were such copies says nothing of them.
    if job.parameters.get("for_inspection"):
        reason, make = f"{TITLE} of {reason}", inspection_files
    keep_files(
        make(standing, mark=watermark(by=by, at=job.asked_at, reason=reason)),
        kind=RETURN_FILES,
        campaign=campaign,
        part=part,
        progress=progress,
    )
    return {"version": version.version, "sha256": version.sha256}
