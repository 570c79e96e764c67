"""Written authorities to commit expenses, and what is left of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from campaigns.clock import day_of
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    ExpenseState,
    Membership,
    SpendingAuthority,
    User,
)

NOTHING = Decimal("0.00")
# What an expense takes of a cap: its price, or what a gift is worth.
WORTH = Greatest(F("amount"), Coalesce(F("market_value"), F("amount")))


@dataclass(frozen=True, slots=True)
class AuthorityStanding:
    """An authority with what was committed under it, and what is left, in pounds."""

    authority: SpendingAuthority
    committed: Decimal

    @property
    def left(self) -> Decimal:
        return self.authority.cap - self.committed

    def holds_on(self, day: date) -> bool:
        """From the day of the paper to the last day, or the one before it was
        revoked."""
        one = self.authority
        revoked_on = day_of(one.revoked_at) if one.revoked_at else None
        return (
            one.written_on <= day
            and (one.until_on is None or day <= one.until_on)
            and (revoked_on is None or day < revoked_on)
        )


def with_committed(campaign: Campaign) -> QuerySet[Any]:
    """All authorities ever given in the campaign, each with what is `committed` under
    it, newest first. One query."""
    committed = (
        Expense.objects.filter(authority=OuterRef("pk"), state=ExpenseState.COMMITTED)
        .order_by()
        .values("authority")
        .annotate(sum=Sum(WORTH))
        .values("sum")
    )
    return (
        SpendingAuthority.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .select_related("user", "campaign")
        .annotate(committed=Coalesce(Subquery(committed), NOTHING))
        .order_by("-pk")
    )


def authority_standings(campaign: Campaign) -> list[AuthorityStanding]:
    """Every authority with what is left of it, newest first. One query."""
    return [AuthorityStanding(one, one.committed) for one in with_committed(campaign)]


def standing_of(authority: SpendingAuthority) -> AuthorityStanding:
    """One authority, read anew."""
    found = with_committed(authority.campaign).get(pk=authority.pk)
    return AuthorityStanding(found, found.committed)


def authority_to_commit(
    user: User, expense: Expense, *, on: date
) -> AuthorityStanding | None:
    """By which authority a person may commit an expense on a day: that under which it
    is spent, if it is theirs, else their own to commit, the one with most left."""
    held = [
        standing
        for standing in authority_standings(expense.campaign)
        if standing.authority.user_id == user.pk and standing.holds_on(on)
    ]
    if expense.authority_id is not None:
        return next((s for s in held if s.authority.pk == expense.authority_id), None)
    to_commit = (s for s in held if s.authority.kind == AuthorityKind.COMMIT)
    return max(to_commit, key=lambda standing: standing.left, default=None)


def authorities_to_spend(campaign: Campaign) -> QuerySet[SpendingAuthority]:
    """Those under which an expense may be entered: petty ones, and campaigners'."""
    return (
        SpendingAuthority.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, revoked_at__isnull=True)
        .exclude(kind=AuthorityKind.COMMIT)
        .select_related("user")
        .order_by("kind", "name", "pk")
    )


def people_to_authorise(campaign: Campaign) -> QuerySet[User]:
    """Whoever has a role in the campaign now."""
    members = Membership.objects.filter(
        Q(campaign=campaign) | Q(campaign__isnull=True),
        organisation_id=campaign.organisation_id,
        until_at__isnull=True,
    )
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")
