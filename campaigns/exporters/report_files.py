"""The files that one job makes of a campaign's money, kept for whoever sees money."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction

from campaigns.actions.files import store_file
from campaigns.actions.job_parts import still_mine
from campaigns.models import Campaign, JobPart
from campaigns.roles import Capability


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file of a report, and what writes it."""

    name: str
    write: Callable[[IO[bytes]], object]


def keep_files(
    files: Iterable[ReportFile],
    *,
    kind: str,
    campaign: Campaign,
    part: JobPart,
    progress: Callable[[int, int], None],
) -> None:
    """Write and keep each; a second run replaces what the first one kept."""
    job, all_of_them = part.job, list(files)
    for done, file in enumerate(all_of_them):
        progress(done, len(all_of_them))
        with TemporaryFile() as out:
            file.write(out)
            with transaction.atomic():
                still_mine(part)
                store_file(
                    out,
                    name=file.name,
                    kind=kind,
                    capability=Capability.SEE_MONEY,
                    organisation=campaign.organisation,
                    campaign=campaign,
                    job=job,
                    at=job.asked_at,
                )
    progress(len(all_of_them), len(all_of_them))
