"""Committing an expense: the legal act that only few may do, and only once."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.authorities import refuse_outside_authority
from campaigns.actions.spending import (
    OverLimitRefused,
    keeping_within_the_limit,
    lock_bearers,
)
from campaigns.clock import day_of
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    ExpenseState,
    SpendingAuthority,
)
from campaigns.roles import Capability
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
    Audit verb `expense.committed`.
    Refused: anybody else; what is not proposed; what would pass the limit, unless the
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
        is_agent = all(_is_agent(by, campaign) for campaign in bearers)
        if not is_agent:
            _refuse_without_authority(expense, authority, bearers, by=by)
        _keep_to_authority(expense, None if is_agent else authority, at=at)
        expense.committed_at, expense.committed_by = at, by.label
        _commit(expense, bearers, over_limit_reason if is_agent else "")
        audit.record(
            "expense.committed",
            by=by,
            at=at,
            organisation_id=expense.organisation_id,
            campaign_id=expense.campaign_id,
            target=expense,
            amount=str(expense.amount),
            authority=expense.authority_id,
            over_limit_reason=expense.over_limit_reason,
        )
    return expense


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


def _is_agent(by: Actor, campaign: Campaign) -> bool:
    return by.can(
        Capability.COMMIT_EXPENSE,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )


def _commit(expense: Expense, bearers: list[Campaign], reason: str) -> None:
    """The agent's reason is kept only where it was needed."""
    fields = ["state", "committed_at", "committed_by", "authority", "over_limit_reason"]
    expense.state = ExpenseState.COMMITTED
    try:
        with transaction.atomic(), keeping_within_the_limit(expense, bearers):
            expense.save(update_fields=fields)
    except OverLimitRefused:
        if not reason.strip():
            raise
        expense.over_limit_reason = reason.strip()
        expense.save(update_fields=fields)


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
