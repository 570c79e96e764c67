"""Written authorities to commit expenses, and what is left of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from campaigns.models import (
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
        last = self.authority.until_on
        return (
            self.authority.revoked_at is None
            and self.authority.written_on <= day
            and (last is None or day <= last)
        )


def authority_standings(campaign: Campaign) -> list[AuthorityStanding]:
    """All authorities ever given in the campaign, newest first. Two queries."""
    committed = dict(
        Expense.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            state=ExpenseState.COMMITTED,
            authority__isnull=False,
        )
        .values_list("authority")
        .annotate(committed=Sum(WORTH))
    )
    authorities = SpendingAuthority.objects.filter(
        organisation_id=campaign.organisation_id, campaign=campaign
    ).select_related("user")
    return [
        AuthorityStanding(authority, committed.get(authority.pk, NOTHING))
        for authority in authorities.order_by("-pk")
    ]


def standing_of(authority: SpendingAuthority) -> AuthorityStanding:
    """One authority, read anew."""
    standings = authority_standings(authority.campaign)
    return next(one for one in standings if one.authority.pk == authority.pk)


def authorities_of(
    user: User, campaign: Campaign, *, on: date
) -> list[AuthorityStanding]:
    """Those that a person holds on a day, the one with most left first."""
    held = [
        standing
        for standing in authority_standings(campaign)
        if standing.authority.user_id == user.pk and standing.holds_on(on)
    ]
    return sorted(held, key=lambda standing: standing.left, reverse=True)


def people_to_authorise(campaign: Campaign) -> QuerySet[User]:
    """Whoever has a role in the campaign now."""
    members = Membership.objects.filter(
        Q(campaign=campaign) | Q(campaign__isnull=True),
        organisation_id=campaign.organisation_id,
        until_at__isnull=True,
    )
    return User.objects.filter(pk__in=members.values("user")).order_by("name", "pk")
