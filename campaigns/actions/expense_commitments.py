"""Committing an expense: the legal act that only few may do, and only once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.authorities import refuse_outside_authority
from campaigns.actions.expense_checks import refuse_odd_personal
from campaigns.actions.expenses import value_of
from campaigns.actions.spending import (
    Decision,
    is_agent_of_all,
    keeping_within_the_limit,
    lock_bearers,
)
from campaigns.clock import day_of
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    ExpenseKind,
    ExpenseState,
    SpendingAuthority,
)
from campaigns.rules.refusals import Refusal


class CommitmentRefused(Refusal):
    """This person may not commit this expense, or it cannot be committed."""


def commit_expense(
    expense: Expense,
    *,
    authority: SpendingAuthority | None = None,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> Expense:
    """Make a proposed expense count, under the lock of every campaign that bears it.

    By the agent of each of them, or by somebody with the agent's written `authority`,
    within its cap; so too by whoever holds the authority under which it was proposed.
    What is to be paid gets the next order number of its campaign. Audit verb
    `expense.committed`.
    Refused: anybody else; what is not proposed; what is called the candidate's personal
    expense and is neither travel nor living; what would pass the limit, unless the
    agent gives `over_limit_reason`, which is kept and shown on every report.
    """
    with transaction.atomic(durable=True):
        bearers = lock_bearers(expense)
        expense = Expense.objects.select_related("authority").get(pk=expense.pk)
        if expense.state != ExpenseState.PROPOSED:
            raise CommitmentRefused(
                "not_proposed",
                f"This expense is {expense.get_state_display().lower()}.",
            )
        refuse_odd_personal(expense)
        is_agent = is_agent_of_all(by, bearers)
        if not is_agent:
            _refuse_without_authority(expense, authority, bearers, by=by)
        _keep_to_authority(expense, None if is_agent else authority, at=at)
        expense.committed_at, expense.committed_by = at, by.label
        expense.order_number = _next_order(expense)
        decision = _commit(expense, bearers, over_limit_reason, by=by)
        audit.record(
            "expense.committed",
            by=by,
            at=at,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
            target=expense,
            amount=str(expense.amount),
            **value_of(expense),
            authority=expense.authority_id,
            order=expense.order_number,
            over_limit_reason=decision.reason,
        )
    return expense


def _next_order(expense: Expense) -> int | None:
    """Under the campaign's lock, so that no number is given twice or left out.

    A gift, and what the candidate bought, is ordered from nobody.
    """
    if expense.kind == ExpenseKind.PERSONAL or not expense.amount:
        return None
    ordered = Expense.objects.filter(
        organisation_id=expense.organisation_id, campaign_id=expense.campaign_id
    )
    return (ordered.aggregate(last=Max("order_number"))["last"] or 0) + 1


def _keep_to_authority(
    expense: Expense, authority: SpendingAuthority | None, *, at: datetime
) -> None:
    """Whoever commits it: what is spent under an authority was spent while that held
    and fits under its cap."""
    if expense.authority is not None:
        refuse_outside_authority(expense, expense.authority, on=expense.incurred_on)
    elif authority is not None:
        refuse_outside_authority(expense, authority, on=day_of(at))
        expense.authority = authority


def _commit(
    expense: Expense, bearers: list[Campaign], reason: str, *, by: Actor
) -> Decision:
    fields = ["state", "committed_at", "committed_by", "authority", "order_number"]
    expense.state = ExpenseState.COMMITTED
    with keeping_within_the_limit(expense, bearers, by=by, reason=reason) as decision:
        expense.save(update_fields=fields)
    return decision


def _refuse_without_authority(
    expense: Expense,
    authority: SpendingAuthority | None,
    bearers: list[Campaign],
    *,
    by: Actor,
) -> None:
    its_own = expense.authority_id is None or expense.authority == authority
    if (
        authority is None
        or not its_own
        or (by.kind, by.id) != ("user", authority.user_id)
    ):
        raise CommitmentRefused(
            "not_the_agent",
            "Only the election agent commits an expense, or somebody with the agent's "
            "written authority.",
        )
    if [campaign.pk for campaign in bearers] != [authority.campaign_id]:
        raise CommitmentRefused(
            "other_campaign",
            "The authority is for one campaign, and another bears a part of this.",
        )
    if expense.authority_id is None and authority.kind != AuthorityKind.COMMIT:
        raise CommitmentRefused(
            "not_to_commit",
            "That authority lets nobody commit what is not spent under it.",
        )
