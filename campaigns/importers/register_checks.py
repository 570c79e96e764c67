"""What follows a check of an uploaded register: load it, or tell its columns."""

from collections.abc import Mapping
from datetime import datetime

from campaigns.access import Actor
from campaigns.actions.jobs import start_job
from campaigns.importers.recognise import HeaderRefused, open_register
from campaigns.importers.register import recognise
from campaigns.importers.register_jobs import CHECK, LOAD, on_disk
from campaigns.importers.tables import file_facts
from campaigns.models import Job, JobState, StoredFile
from campaigns.rules.refusals import Refusal


class CheckRefused(Refusal):
    """The check cannot be gone on from."""


def load_checked(check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file that was looked at, on the same terms. Audit: `job.started`.

    Refused: a check that has not come to its end.
    """
    if check.kind != CHECK or check.state != JobState.DONE:
        raise CheckRefused("not_checked", "This file has not been looked at yet.")
    return _start_again(check, LOAD, by=by, at=at)


def check_with_columns(
    check: Job, columns: Mapping[str, object], *, by: Actor, at: datetime
) -> Job:
    """Look at the file once more, with its columns as told."""
    return _start_again(check, CHECK, columns=dict(columns), by=by, at=at)


def unknown_header(check: Job) -> list[str] | None:
    """The header of a file in a layout that nobody knows; null for any other."""
    try:
        with on_disk(check.parameters) as path:
            table = open_register(path, file_facts(path))
            try:
                recognise(table.header, organisation=check.organisation)
            except HeaderRefused:
                return list(table.header)
    except (Refusal, StoredFile.DoesNotExist):
        return None
    return None


def _start_again(
    check: Job, kind: str, *, by: Actor, at: datetime, **changed: object
) -> Job:
    who = {"kind": by.kind, "id": by.id, "label": by.label}
    said = {"by": who, "at": at.isoformat(), **changed}
    title = check.title.replace("Check", "Load", 1) if kind == LOAD else check.title
    return start_job(
        kind,
        title=title,
        organisation=check.organisation,
        campaign=check.campaign,
        parameters={**check.parameters, **said},
        by=by,
        at=at,
    )
