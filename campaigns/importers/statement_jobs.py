"""Uploaded statements: looked at, and then loaded, each as one visible job.

A job's result holds counts and headings, never what a row says: the rows that people
look at before they load are read from the file, which is kept for some days only.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.actions.money_mappings import (
    ToldColumns,
    columns_told,
    remember_columns,
)
from campaigns.actions.statements import (
    LoadedStatement,
    file_statement,
    keep_account,
    known_lines,
)
from campaigns.clock import UK, now
from campaigns.importers.money_columns import MoneyFileRefused, open_money_table
from campaigns.importers.money_uploads import keep_upload, ready_check
from campaigns.importers.register_jobs import on_disk
from campaigns.importers.statements import (
    COLUMNS,
    ReadLine,
    ReadStatement,
    read_statement,
)
from campaigns.models import AccountKind, Campaign, Job, StatementAccount

if TYPE_CHECKING:
    from campaigns.models import JobPart

CHECK: Final = "statement_check"
LOAD: Final = "statement_load"
Progress = Callable[[int, int], None]


def start_statement_check(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    account: StatementAccount | None = None,
    account_name: str = "",
    account_kind: str = AccountKind.BANK,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker say what it would do; no line is written.

    `account` it is of, or the name and kind of a new one. Audit: `account.opened`,
    `job.started`.
    """
    with transaction.atomic():
        account = account or keep_account(
            campaign=campaign, name=account_name, kind=account_kind, by=by, at=at
        )
        stored = keep_upload(upload, file_name, campaign, at=at)
        told = {"file": stored.pk, "name": stored.name, "account": account.pk}
        return _start(CHECK, campaign, told, by=by, at=at)


def check_statement_again(
    check: Job, told: ToldColumns, *, by: Actor, at: datetime
) -> Job:
    """Remember for its account what the columns mean, and look at the file again."""
    campaign = ready_check(check, CHECK, at=at)
    account = StatementAccount.objects.get(pk=check.parameters["account"])
    header = check.result["header"]
    with transaction.atomic():
        remember_columns(header, told, source=account, by=by, at=at)
        return _start(CHECK, campaign, check.parameters, by=by, at=at)


def load_statement(check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file as it was looked at. Refused: one that cannot be loaded yet."""
    campaign = ready_check(check, CHECK, at=at)
    if check.result["missing"]:
        raise MoneyFileRefused("not_ready", check.result["missing"])
    understood = {name: check.result[name] for name in ("columns", "is_reversed")}
    return _start(LOAD, campaign, check.parameters | understood, by=by, at=at)


def run_statement_check(part: "JobPart", progress: Progress) -> dict[str, object]:
    account = _account(part.job)
    with on_disk(part.job.parameters) as path:
        return check_statement(path, account=account, at=now(part.job.organisation))


def run_statement_load(part: "JobPart", progress: Progress) -> dict[str, object]:
    """The part is done in the same transaction, or neither happened."""
    told, at = part.job.parameters, now(part.job.organisation)
    with on_disk(told) as path:
        read = read_statement(
            path,
            told["columns"],
            is_reversed=told["is_reversed"],
            today=at.astimezone(UK).date(),
        )
    loaded = file_statement(
        read,
        account=_account(part.job),
        file_name=told["name"],
        by=Actor(part.job.by_kind, part.job.by_id, part.job.by_label),
        at=at,
        before_commit=lambda loaded: finish_part(part, asdict(loaded)),
    )
    return asdict(loaded)


def import_statement(
    path: Path, *, account: StatementAccount, by: Actor, at: datetime
) -> LoadedStatement:
    """Load a file in one go, its columns as told before or as their headings say."""
    table, _ = open_money_table(path, COLUMNS)
    told = understood(table.header, account=account)
    read = read_statement(
        path,
        told.columns,
        is_reversed=told.is_reversed,
        today=at.astimezone(UK).date(),
    )
    return file_statement(read, account=account, file_name=path.name, by=by, at=at)


def understood(header: list[str], *, account: StatementAccount) -> ToldColumns:
    told = columns_told(header, source=account)
    return told or ToldColumns(COLUMNS.guessed(header))


def check_statement(
    path: Path, *, account: StatementAccount, at: datetime
) -> dict[str, Any]:
    """What the file holds and how it is understood so far; nothing is written.

    `missing` says in one sentence what keeps it from being loaded.
    """
    table, _ = open_money_table(path, COLUMNS)
    told = understood(table.header, account=account)
    check: dict[str, Any] = {
        "header": [text for text in table.header if text.strip()],
        "columns": dict(told.columns),
        "is_reversed": told.is_reversed,
        "missing": "",
        "problems": [],
    }
    try:
        read = read_statement(
            path,
            told.columns,
            is_reversed=told.is_reversed,
            today=at.astimezone(UK).date(),
        )
        check |= _counted(read, account)
        check["problems"] = read.problems.shown
        read.problems.refuse_any()
    except MoneyFileRefused as refusal:
        check["missing"] = refusal.message
    return check


def _counted(read: ReadStatement, account: StatementAccount) -> dict[str, Any]:
    known = known_lines(account, read.lines)
    again = sum(line.key in known for line in read.lines)
    return {
        "new": len(read.lines) - again,
        "known": again,
        "still": read.still,
        "breaks": read.breaks,
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that was looked at, for a person: its first lines as they would be filed,
    its days, and what it moves in pounds."""

    lines: list[ReadLine]
    first_on: date | None
    last_on: date | None
    paid_in: Decimal
    paid_out: Decimal


def what_would_be_filed(check: Job, *, most: int) -> Shown:
    """At most so many lines, in the order of the file."""
    found = check.result
    with on_disk(check.parameters) as path:
        lines = read_statement(
            path,
            found["columns"],
            is_reversed=found["is_reversed"],
            today=now(check.organisation).astimezone(UK).date(),
        ).lines
    return Shown(
        sorted(lines, key=lambda line: line.line_number)[:most],
        min((line.day for line in lines), default=None),
        max((line.day for line in lines), default=None),
        sum((line.amount for line in lines if line.amount > 0), Decimal(0)),
        sum((line.paid_out for line in lines if line.amount < 0), Decimal(0)),
    )


def _account(job: Job) -> StatementAccount:
    return StatementAccount.objects.select_related("campaign").get(
        pk=job.parameters["account"]
    )


def _start(
    kind: str, campaign: Campaign, told: dict[str, Any], *, by: Actor, at: datetime
) -> Job:
    verb = "Look at" if kind == CHECK else "Load"
    return start_job(
        kind,
        title=f"{verb} statement: {told['name']}"[:200],
        organisation=campaign.organisation,
        campaign=campaign,
        parameters=told,
        by=by,
        at=at,
    )
