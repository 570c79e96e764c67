"""A list made, and its files written into a folder, from beginning to end."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from campaigns.access import Actor
from campaigns.actions.files import hand_over
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Job, JobState, Ward
from canvassing.actions.gotv_lists import GotvListRefused, make_gotv_list
from canvassing.models import GotvList
from canvassing.rules.gotv import GotvRule, Reason


def write_list_folder(
    *,
    campaign: Campaign,
    wards: Sequence[Ward] | None,
    rule: GotvRule,
    channel: str,
    name: str,
    reason: str,
    formats: Sequence[str],
    folder: Path,
    by: Actor,
    at: datetime,
) -> Mapping[str, object]:
    """Make a list and one file per ward and format. Returns `list`, `wards`, `files`.

    Refused like the list and the export themselves, and where a job of theirs fails.
    """
    gotv_list = make_gotv_list(
        campaign=campaign,
        name=name,
        rule=rule,
        reason=reason,
        wards=wards,
        channel=channel,
        file_formats=formats,
        by=by,
        at=at,
    )
    files = _copies(_done(gotv_list.job), folder, by=by, at=at)
    return {"list": gotv_list.pk, "wards": wards_of(gotv_list), "files": files}


def wards_of(gotv_list: GotvList) -> list[dict[str, object]]:
    """How each ward reconciles: listed + excluded by first reason = electors."""
    return [
        {
            "gss": row.ward.gss,
            "electors": row.electors,
            "listed": row.listed,
            "excluded": {
                reason.value: row.excluded[reason]
                for reason in Reason
                if reason in row.excluded
            },
        }
        for row in gotv_list.wards.select_related("ward").order_by("ward__gss")
    ]


def _done(job: Job | None) -> Job:
    if job is None or run_here(job).state != JobState.DONE:
        message = job.message if job else ""
        raise GotvListRefused("job_failed", f"The list was not finished: {message}")
    return job


def _copies(job: Job, folder: Path, *, by: Actor, at: datetime) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in job.files.order_by("name"):
        path = folder / file.name
        with hand_over(file, by=by, at=at) as content, path.open("wb") as out:
            shutil.copyfileobj(content, out)
        paths.append(str(path))
    return paths
