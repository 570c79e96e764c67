"""Written authorities to commit expenses, and what is left of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import Coalesce, Greatest

from campaigns.models import Campaign, Expense, ExpenseState, SpendingAuthority

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
