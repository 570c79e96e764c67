"""Statements as they stand: what waits, what is matched, where a balance breaks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Window,
)
from django.db.models.functions import Abs, Coalesce, Lag

from campaigns.models import (
    Campaign,
    Payment,
    StatementAccount,
    StatementLine,
    StatementMatch,
)
from campaigns.models.money import MoneyField
from campaigns.rules.statement_balances import gap

NOTHING = Decimal("0.00")
LIVE = Q(voided_at__isnull=True)
# What pages show of what lines were said to be.
SAID = (
    "matches__payment__invoice__expense",
    "matches__donation",
    "matches__credit_note__invoice__expense",
)
# What is asked for of lines: still to be said what they are, said, or no money of ours.
WAITING, SETTLED, ASIDE = "waiting", "matched", "aside"
STATES = ((WAITING, "Waiting"), (SETTLED, "Matched"), (ASIDE, "Not the campaign’s"))


def statement_lines(
    campaign: Campaign,
    *,
    account: StatementAccount | None = None,
    state: str = "",
    text: str = "",
) -> QuerySet[StatementLine]:
    """The newest first, each with `left`, what is still to be said of it."""
    lines = with_left(
        StatementLine.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )
    ).select_related("account")
    if account is not None:
        lines = lines.filter(account=account)
    if state == WAITING:
        lines = lines.filter(left__gt=0)
    elif state == SETTLED:
        lines = lines.filter(left=0).exclude(pk__in=_set_aside(campaign))
    elif state == ASIDE:
        lines = lines.filter(pk__in=_set_aside(campaign))
    for word in text.split():
        lines = lines.filter(description__icontains=word)
    return lines.order_by("-day", "-statement_id", "-place")


def _set_aside(campaign: Campaign) -> QuerySet[Any, Any]:
    return (
        StatementMatch.objects.filter(LIVE, line__campaign=campaign)
        .exclude(aside="")
        .values("line")
    )


def set_aside_out(campaign: Campaign) -> Decimal:
    """What left the accounts and was said to be no money of the campaign's, in pounds.
    One query."""
    out = StatementMatch.objects.filter(
        LIVE,
        organisation_id=campaign.organisation_id,
        line__campaign=campaign,
        line__amount__lt=0,
    ).exclude(aside="")
    sums: dict[str, Decimal] = out.aggregate(sum=Coalesce(Sum("amount"), NOTHING))
    return sums["sum"]


def with_left(lines: QuerySet[StatementLine]) -> QuerySet[Any, Any]:
    matched = StatementMatch.objects.filter(LIVE, line=OuterRef("pk"))
    return lines.annotate(left=Abs(F("amount")) - sum_of(matched, "line"))


def sum_of(rows: QuerySet[Any], by: str, *, column: str = "amount") -> Coalesce:
    """The sum of the rows of one `by`, as a subquery: no join that multiplies rows."""
    sums = rows.order_by().values(by).annotate(sum=Sum(column)).values("sum")
    return Coalesce(Subquery(sums, output_field=MoneyField()), NOTHING)


def payments_left(campaign: Campaign) -> QuerySet[Payment]:
    """Live payments that no statement shows, or shows only in part, with what is left.

    The oldest first.
    """
    payments = Payment.objects.filter(
        LIVE,
        organisation_id=campaign.organisation_id,
        invoice__expense__campaign=campaign,
    ).select_related("invoice__expense")
    matches = StatementMatch.objects.filter(LIVE, payment=OuterRef("pk"))
    return (
        payments.annotate(left=F("amount") - sum_of(matches, "payment"))
        .filter(left__gt=0)
        .order_by("paid_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lines of which it is still to be said what they are: how many, in, and out."""

    count: int
    paid_in: Decimal
    paid_out: Decimal


def waiting(campaign: Campaign) -> Waiting:
    """One query."""
    sums = (
        statement_lines(campaign, state=WAITING)
        .order_by()
        .aggregate(
            count=Count("pk"),
            paid_in=Coalesce(Sum("left", filter=Q(amount__gt=0)), NOTHING),
            paid_out=Coalesce(Sum("left", filter=Q(amount__lt=0)), NOTHING),
        )
    )
    return Waiting(**sums)


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account, its latest balance where the bank gives one, and until when it is
    known."""

    account: StatementAccount
    last_on: date | None
    balance: Decimal | None


def accounts_of(campaign: Campaign) -> list[AccountStanding]:
    """By name. One query."""
    latest = StatementLine.objects.filter(account=OuterRef("pk")).order_by(
        "-day", "-statement_id", "-place"
    )
    accounts = StatementAccount.objects.filter(
        organisation_id=campaign.organisation_id, campaign=campaign
    ).annotate(
        last_on=Subquery(latest.values("day")[:1]),
        balance=Subquery(latest.values("balance")[:1]),
    )
    return [
        AccountStanding(account, account.last_on, account.balance)
        for account in accounts.order_by("name")
    ]


@dataclass(frozen=True, slots=True)
class BalanceGap:
    """Money that moved before a line and is on no line that was loaded."""

    line: StatementLine
    since: date
    amount: Decimal


def balance_gaps(campaign: Campaign, *, most: int) -> list[BalanceGap]:
    """Where the running balance is not the one before and the amount, the latest
    first: a statement in between was not loaded, or a line is missing. One query."""
    order = [F("day").asc(), F("statement").asc(), F("place").asc()]

    def before(column: str) -> Window:
        return Window(Lag(column), partition_by=[F("account")], order_by=order)

    lines = (
        StatementLine.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )
        .select_related("account")
        .annotate(
            before=before("balance"),
            since=before("day"),
            gap=ExpressionWrapper(
                F("balance") - F("amount") - F("before"), output_field=MoneyField()
            ),
        )
        .filter(gap__isnull=False)
        .exclude(gap=0)
        .order_by("-day", "-pk")
    )
    return [
        BalanceGap(line, line.since, gap(line.before, line.amount, line.balance))
        for line in lines[:most]
    ]
