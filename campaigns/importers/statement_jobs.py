"""Uploaded statements of bank accounts and cards: what differs of their jobs."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.money_mappings import ToldColumns
from campaigns.actions.statements import (
    LoadedStatement,
    file_statement,
    keep_account,
    known_lines,
)
from campaigns.clock import UK, now
from campaigns.importers.money_columns import ReadRows
from campaigns.importers.money_file_jobs import Finish, MoneyFileJobs
from campaigns.importers.statements import (
    COLUMNS,
    ReadLine,
    ReadStatement,
    broken_balances,
    read_statement,
)
from campaigns.models import AccountKind, Campaign, Job, StatementAccount


class StatementJobs(MoneyFileJobs[StatementAccount, ReadLine]):
    """A file becomes lines of its account, each once."""

    name = "statement"
    title = "statement"
    columns = COLUMNS
    sources = StatementAccount
    source_name = "account"
    counted = "new"

    def read(self, path: Path, told: ToldColumns, job: Job) -> ReadRows[ReadLine]:
        return _read(path, told, at=now(job.organisation))

    def look(self, read: ReadRows[ReadLine], job: Job) -> dict[str, Any]:
        known = known_lines(self.source_of(job), read.rows)
        again = sum(line.key in known for line in read.rows)
        return {
            "new": len(read.rows) - again,
            "known": again,
            "breaks": broken_balances(read),
        }

    def as_seen(self, check: Job, *, by: Actor) -> dict[str, Any]:
        return {}

    def file(
        self,
        read: ReadRows[ReadLine],
        job: Job,
        *,
        by: Actor,
        at: datetime,
        before_commit: Finish,
    ) -> dict[str, Any]:
        loaded = file_statement(
            read,
            account=self.source_of(job),
            file_name=job.parameters["name"],
            by=by,
            at=at,
            before_commit=lambda loaded: before_commit(asdict(loaded)),
        )
        return asdict(loaded)


STATEMENT_FILES = StatementJobs()


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
    """Have a statement looked at: of that account, or of a new one of that name and
    kind. Audit: `account.opened`, `job.started`."""
    with transaction.atomic():
        account = account or keep_account(
            campaign=campaign, name=account_name, kind=account_kind, by=by, at=at
        )
        return STATEMENT_FILES.start(
            upload, file_name=file_name, source=account, by=by, at=at
        )


def import_statement(
    path: Path, *, account: StatementAccount, by: Actor, at: datetime
) -> LoadedStatement:
    """Load a file in one go, its columns as told before or as their headings say."""
    _, told = STATEMENT_FILES.understood(path, account)
    read = _read(path, told, at=at)
    return file_statement(read, account=account, file_name=path.name, by=by, at=at)


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
    lines = STATEMENT_FILES.read_again(check).rows
    return Shown(
        sorted(lines, key=lambda line: line.line_number)[:most],
        min((line.day for line in lines), default=None),
        max((line.day for line in lines), default=None),
        sum((line.amount for line in lines if line.amount > 0), Decimal(0)),
        sum((line.paid_out for line in lines if line.amount < 0), Decimal(0)),
    )


def _read(path: Path, told: ToldColumns, *, at: datetime) -> ReadStatement:
    return read_statement(
        path,
        told.columns,
        is_reversed=told.is_reversed,
        today=at.astimezone(UK).date(),
    )
