"""Files about money: looked at, told of their columns, and loaded, as visible jobs.

A job's result holds counts, headings and what is wrong, never what a row says: the rows
that people look at before they load are read from the file, which is kept for some days
only.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions.files import still_kept, store_file
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.actions.money_mappings import (
    ToldColumns,
    columns_told,
    remember_columns,
)
from campaigns.clock import now
from campaigns.importers.money_columns import (
    Columns,
    MoneyFileRefused,
    ReadRows,
    open_money_table,
)
from campaigns.importers.register_jobs import on_disk
from campaigns.models import (
    Campaign,
    InvoiceSupplier,
    Job,
    JobState,
    StatementAccount,
    StoredFile,
)
from campaigns.registry import JobKind, registry
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.models import JobPart

# The upload itself; what it says is in the books.
KEPT_FOR: Final = timedelta(days=2)
# It is read, and then compared with the books or filed in one transaction.
HALF_WAY: Final = (1, 2)
Progress = Callable[[int, int], None]
Finish = Callable[[dict[str, Any]], None]
Source = TypeVar("Source", StatementAccount, InvoiceSupplier)
Row = TypeVar("Row")


class MoneyFileJobs(ABC, Generic[Source, Row]):
    """The jobs of one kind of file, whatever its rows become.

    `name` begins the names of both kinds of job, `title` is what is looked at or
    loaded, `source_name` the parameter that says whose files they are, `counted` what
    stands in the result of a check that came as far as counting.
    """

    name: str
    title: str
    columns: Columns
    sources: type[Source]
    source_name: str
    counted: str

    @abstractmethod
    def read(self, path: Path, told: ToldColumns, job: Job) -> ReadRows[Row]:
        """The rows, their columns understood as told."""

    @abstractmethod
    def look(self, read: ReadRows[Row], job: Job) -> dict[str, Any]:
        """Counts of what loading would do, and `missing` where it could not."""

    @abstractmethod
    def as_seen(self, check: Job, *, by: Actor) -> dict[str, Any]:
        """What the loading is told of its check. Refused: what this actor may not."""

    @abstractmethod
    def file(
        self,
        read: ReadRows[Row],
        job: Job,
        *,
        by: Actor,
        at: datetime,
        before_commit: Finish,
    ) -> dict[str, Any]:
        """Write the rows that are not known yet: how many became what."""

    @property
    def check_kind(self) -> str:
        return f"{self.name}_check"

    @property
    def load_kind(self) -> str:
        return f"{self.name}_load"

    def register(self) -> None:
        registry.job_kinds[self.check_kind] = JobKind(self._run_check)
        registry.job_kinds[self.load_kind] = JobKind(self._run_load)

    def start(
        self,
        upload: IO[bytes],
        *,
        file_name: str,
        source: Source,
        told: Mapping[str, Any] | None = None,
        by: Actor,
        at: datetime,
    ) -> Job:
        """Keep the file and let a worker say what it would do; nothing is filed.

        Audit: `job.started`.
        """
        campaign = source.campaign
        with transaction.atomic():
            stored = store_file(
                upload,
                name=file_name,
                kind="upload",
                capability=Capability.RECORD_PAYMENTS,
                organisation=campaign.organisation,
                campaign=campaign,
                at=at,
                kept_for=KEPT_FOR,
            )
            of = {"file": stored.pk, "name": stored.name, self.source_name: source.pk}
            kind = self.check_kind
            return self._start(kind, campaign, {**of, **(told or {})}, by=by, at=at)

    def look_again(
        self,
        check: Job,
        *,
        columns: ToldColumns | None = None,
        told: Mapping[str, Any] | None = None,
        by: Actor,
        at: datetime,
    ) -> Job:
        """Look at the file again, with what its columns mean, which is remembered for
        whose it is, or with what else was told. Audit: `money_columns.told`,
        `job.started`. Refused: a file that was not looked at, or is not kept."""
        source = self._ready(check, at=at)
        parameters = {**check.parameters, **(told or {})}
        with transaction.atomic():
            if columns is not None:
                header = check.result["header"]
                remember_columns(header, columns, source=source, by=by, at=at)
            kind = self.check_kind
            return self._start(kind, source.campaign, parameters, by=by, at=at)

    def load(self, check: Job, *, by: Actor, at: datetime) -> Job:
        """Load the file as it was looked at. Audit: `job.started`, then that of what it
        files. Refused: one that cannot be loaded yet."""
        source = self._ready(check, at=at)
        found = check.result
        if found["missing"]:
            raise MoneyFileRefused("not_ready", found["missing"])
        understood = {
            name: found[name] for name in ("columns", "is_reversed") if name in found
        }
        parameters = check.parameters | understood | self.as_seen(check, by=by)
        return self._start(self.load_kind, source.campaign, parameters, by=by, at=at)

    def _ready(self, check: Job, *, at: datetime) -> Source:
        """Whose file it is. Refused: a check that did not end, a file that is gone."""
        if check.kind != self.check_kind or check.state != JobState.DONE:
            raise MoneyFileRefused(
                "not_checked", "This file has not been looked at yet."
            )
        if not _is_kept(check, at=at):
            raise MoneyFileRefused(
                "file_gone", "The file is no longer kept: choose it again."
            )
        return self.source_of(check)

    def _start(
        self,
        kind: str,
        campaign: Campaign,
        parameters: dict[str, Any],
        *,
        by: Actor,
        at: datetime,
    ) -> Job:
        verb = "Look at" if kind == self.check_kind else "Load"
        return start_job(
            kind,
            title=f"{verb} {self.title}: {parameters['name']}",
            organisation=campaign.organisation,
            campaign=campaign,
            parameters=parameters,
            by=by,
            at=at,
        )

    def _run_check(self, part: "JobPart", progress: Progress) -> dict[str, Any]:
        with on_disk(part.job.parameters) as path:
            return self.check(path, part.job, progress=progress)

    def _run_load(self, part: "JobPart", progress: Progress) -> dict[str, Any]:
        """The part is done in the same transaction, or neither happened."""
        job = part.job
        with on_disk(job.parameters) as path:
            read = self.read(path, _told_in(job.parameters), job)
        progress(*HALF_WAY)
        return self.file(
            read,
            job,
            by=Actor(job.by_kind, job.by_id, job.by_label),
            at=now(job.organisation),
            before_commit=lambda result: finish_part(part, result),
        )

    def check(
        self, path: Path, job: Job, *, progress: Progress = lambda done, total: None
    ) -> dict[str, Any]:
        """What the file holds and how it is understood so far; nothing is written.

        `missing` says in one sentence what keeps it from being loaded.
        """
        header, told = self.understood(path, self.source_of(job))
        check: dict[str, Any] = {
            "header": [text for text in header if text.strip()],
            "columns": dict(told.columns),
            "missing": "",
            "problems": [],
        }
        if self.columns.may_be_reversed:
            check["is_reversed"] = told.is_reversed
        try:
            read = self.read(path, told, job)
            progress(*HALF_WAY)
            check |= {"problems": read.problems.shown, "still": read.still}
            check |= self.look(read, job)
            read.problems.refuse_any()
        except Refusal as refusal:
            check["missing"] = refusal.message
        return check

    def understood(self, path: Path, source: Source) -> tuple[list[str], ToldColumns]:
        """The file's header, its columns as told before or as their headings say."""
        table, _ = open_money_table(path, self.columns)
        told = columns_told(table.header, source=source)
        return table.header, told or ToldColumns(self.columns.guessed(table.header))

    def is_readable(self, job: Job, *, at: datetime) -> bool:
        """A check that came as far as counting, and whose file is kept."""
        is_done = job.kind == self.check_kind and job.state == JobState.DONE
        return is_done and self.counted in job.result and _is_kept(job, at=at)

    def read_again(self, check: Job) -> ReadRows[Row]:
        """The rows of a file that was looked at, for a person."""
        with on_disk(check.parameters) as path:
            return self.read(path, _told_in(check.result), check)

    def sources_in(self, campaign: Campaign) -> QuerySet[Source]:
        found: QuerySet[Source] = self.sources.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        ).order_by("name")
        return found

    def source_of(self, job: Job) -> Source:
        found: Source = self.sources.objects.select_related(
            "campaign__organisation", "campaign__election"
        ).get(pk=job.parameters[self.source_name])
        return found


def _told_in(found: Mapping[str, Any]) -> ToldColumns:
    return ToldColumns(found["columns"], found.get("is_reversed", False))


def _is_kept(check: Job, *, at: datetime) -> bool:
    file = StoredFile.objects.filter(pk=check.parameters["file"])
    return still_kept(file, at=at).exists()
