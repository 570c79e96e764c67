"""Statements of bank accounts and cards: the accounts, and their lines, each once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.importers.statements import ReadLine, ReadStatement
from campaigns.models import (
    AccountKind,
    Campaign,
    Statement,
    StatementAccount,
    StatementLine,
)
from campaigns.rules.refusals import Refusal

BATCH = 1_000


class StatementRefused(Refusal):
    """The account cannot be kept, or the statement not loaded, as asked."""


@dataclass(frozen=True)
class LoadedStatement:
    """How many lines of the file were new, and how many were known already.

    `still` are rows in which no money moved.
    """

    new: int
    known: int
    still: int


def keep_account(
    *, campaign: Campaign, name: str, kind: str, by: Actor, at: datetime
) -> StatementAccount:
    """The account of this name, opened if it is new. Audit: `account.opened`.

    Refused: no name, a kind that does not exist, a name that is of the other kind.
    """
    name = " ".join(name.split())
    if not name:
        raise StatementRefused("no_name", "Say which account it is.")
    if kind not in AccountKind:
        raise StatementRefused("unknown_kind", f"{kind!r} is no kind of account.")
    with transaction.atomic():
        account, is_new = StatementAccount.objects.get_or_create(
            campaign=campaign,
            name=name,
            defaults={
                "organisation_id": campaign.organisation_id,
                "kind": kind,
                "opened_at": at,
                "by_kind": by.kind,
                "by_id": by.id,
                "by_label": by.label,
            },
        )
        if account.kind != kind:
            raise StatementRefused(
                "other_kind",
                f"{name} is kept as a {account.get_kind_display().lower()}.",
            )
        if is_new:
            audit.record(
                "account.opened",
                by=by,
                at=at,
                organisation_id=campaign.organisation_id,
                campaign_id=campaign.pk,
                target=account,
            )
    return account


def known_lines(
    account: StatementAccount, lines: Sequence[ReadLine]
) -> set[tuple[date, Decimal, str, int]]:
    """The keys of the account's lines in the days of these."""
    if not lines:
        return set()
    days = [line.day for line in lines]
    filed = StatementLine.objects.filter(
        account=account, day__range=(min(days), max(days))
    )
    return set(filed.values_list("day", "amount", "description", "nth"))


def file_statement(
    read: ReadStatement,
    *,
    account: StatementAccount,
    file_name: str,
    by: Actor,
    at: datetime,
    before_commit: Callable[[LoadedStatement], None] = lambda loaded: None,
) -> LoadedStatement:
    """File the lines that are not known yet; a file that brings none leaves no trace.

    Refused, and nothing written: a row that cannot be read. Two clerks with one file
    wait for each other at the account. Audit: `statement.loaded`.
    """
    read.problems.refuse_any()
    with transaction.atomic():
        StatementAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
        known = known_lines(account, read.rows)
        fresh = [line for line in read.rows if line.key not in known]
        loaded = LoadedStatement(len(fresh), len(read.rows) - len(fresh), read.still)
        if fresh:
            statement = _file(fresh, read, account, file_name, by=by, at=at)
            audit.record(
                "statement.loaded",
                by=by,
                at=at,
                organisation_id=account.organisation_id,
                campaign_id=account.campaign_id,
                target=statement,
                new=loaded.new,
                known=loaded.known,
            )
        before_commit(loaded)
    return loaded


def _file(
    fresh: Iterable[ReadLine],
    read: ReadStatement,
    account: StatementAccount,
    file_name: str,
    *,
    by: Actor,
    at: datetime,
) -> Statement:
    statement = Statement(
        organisation_id=account.organisation_id,
        account=account,
        file_name=file_name,
        file_sha256=read.sha256,
        loaded_at=at,
    )
    statement.recorded_by(by)
    statement.save(force_insert=True)
    place = {line.key: nth for nth, line in enumerate(read.rows)}
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                organisation_id=account.organisation_id,
                statement=statement,
                account=account,
                campaign_id=account.campaign_id,
                line_number=line.line_number,
                place=place[line.key],
                day=line.day,
                description=line.description,
                amount=line.amount,
                balance=line.balance,
                nth=line.nth,
            )
            for line in fresh
        ),
        batch_size=BATCH,
    )
    return statement
