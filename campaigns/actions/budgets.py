"""The plan of what is to be spent: typed in by head or by week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import BudgetLine, Campaign, ExpenseCategory
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.rules.budget_weeks import Counts, counts_in, plan_weeks
from campaigns.rules.money import to_the_penny
from campaigns.rules.refusals import Refusal

MOST = Decimal(10_000_000)


class BudgetRefused(Refusal):
    """The plan cannot be kept as asked."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned under one head for the week from a Monday on, in pounds."""

    category: str
    week_on: date
    before: Decimal = Decimal("0.00")
    inside: Decimal = Decimal("0.00")


def plan_budget(
    *, campaign: Campaign, planned: Iterable[Planned], by: Actor, at: datetime
) -> int:
    """Put these sums in the place of what was planned there; how many were put.

    Nothing else of the plan changes, so two people can type at once. Audited as
    `budget.planned` with the sums of this change.
    Refused: nothing planned, the same head and week twice, an unknown head, a week
    that is not of the plan, an amount that is not money, before the regulated period
    in a week that lies in it, or the other way round.
    """
    lines = list(planned)
    if not lines:
        raise BudgetRefused("nothing_planned", "Type at least one amount.")
    if len({(line.category, line.week_on) for line in lines}) < len(lines):
        raise BudgetRefused("planned_twice", "A head has two amounts for one week.")
    periods = campaign_periods(campaign)
    first_on = (periods.long or periods.short).first_on
    weeks = plan_weeks(first_on=first_on, last_on=periods.short.last_on)
    for line in lines:
        _refuse_unclear(line, weeks, first_on)
    with transaction.atomic(durable=True):
        _write(campaign, lines, by=by, at=at)
        _empty_beyond(campaign, lines, weeks)
        audit.record(
            "budget.planned",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            lines=len(lines),
            before=str(sum(line.before for line in lines)),
            inside=str(sum(line.inside for line in lines)),
        )
    return len(lines)


def _refuse_unclear(line: Planned, weeks: tuple[date, ...], first_on: date) -> None:
    if line.category not in ExpenseCategory:
        raise BudgetRefused(
            "unknown_head", f"{line.category!r} is no head of the return."
        )
    if line.week_on not in weeks:
        raise BudgetRefused(
            "not_a_week", f"{line.week_on} does not begin a week of the plan."
        )
    for amount in (line.before, line.inside):
        if not 0 <= amount <= MOST or amount != to_the_penny(amount):
            raise BudgetRefused(
                "bad_amount", "A plan is in pounds and pence, and not below nothing."
            )
    counts = counts_in(line.week_on, first_on=first_on)
    if line.before and counts is Counts.INSIDE:
        raise BudgetRefused(
            "week_counts",
            f"All of the week of {line.week_on} lies in the regulated period.",
        )
    if line.inside and counts is Counts.BEFORE:
        raise BudgetRefused(
            "week_does_not_count",
            f"All of the week of {line.week_on} lies before the regulated period.",
        )


def _write(
    campaign: Campaign, lines: list[Planned], *, by: Actor, at: datetime
) -> None:
    """In the order of the key, so that two writers never wait for one another."""
    rows = [
        BudgetLine(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            category=line.category,
            week_on=line.week_on,
            before=line.before,
            inside=line.inside,
            changed_at=at,
        )
        for line in sorted(lines, key=lambda line: (line.category, line.week_on))
    ]
    for row in rows:
        row.recorded_by(by)
    BudgetLine.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["campaign", "category", "week_on"],
        update_fields=[
            "before",
            "inside",
            "changed_at",
            "by_kind",
            "by_id",
            "by_label",
        ],
    )


def _empty_beyond(
    campaign: Campaign, lines: list[Planned], weeks: tuple[date, ...]
) -> None:
    """What was planned outside today's weeks is shown in the first or the last one, and
    so it was typed anew with that."""
    first = {line.category for line in lines if line.week_on == weeks[0]}
    last = {line.category for line in lines if line.week_on == weeks[-1]}
    BudgetLine.objects.filter(
        Q(category__in=first, week_on__lt=weeks[0])
        | Q(category__in=last, week_on__gt=weeks[-1]),
        organisation_id=campaign.organisation_id,
        campaign=campaign,
    ).update(before=0, inside=0)
