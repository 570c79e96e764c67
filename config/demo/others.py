"""Who spends besides the agent in the demo, what others give, and what never counts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expenses import propose_expense
from campaigns.actions.gifts_in_kind import record_gift_in_kind
from campaigns.actions.outside_activities import record_outside_activity
from campaigns.clock import UK
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    ExpenseState,
    Organisation,
    OutsideActivity,
    SpendingAuthority,
)
from canvassing.reports.leaflets import STOCK
from config.demo import cast
from config.demo.helpers import actor_of

WRITTEN: Final = datetime(2024, 4, 2, 10, 0, tzinfo=UK)
ENTERED: Final = datetime(2024, 4, 19, 17, 0, tzinfo=UK)
PRINTED: Final = datetime(2024, 4, 17, 17, 0, tzinfo=UK)
IN_THE_PERIOD: Final[dict[str, Any]] = {
    "used_from": date(2024, 4, 10),
    "used_until": date(2024, 5, 2),
}
PAPERS: Final[tuple[dict[str, Any], ...]] = (
    {
        "kind": AuthorityKind.PETTY,
        "name": "Kinga Mazur",
        "purpose": "Stamps, paper and ink of the Walsall office",
        "cap": Decimal("150.00"),
        "document": "Petty expenses, letter 1, office file 6",
    },
    {
        "kind": AuthorityKind.CAMPAIGNER,
        "name": "Velvetgate Tenants",
        "address": "2 Velvetgate, Coventry CY3 0AB",
        "purpose": "A leaflet of their own for Ruth Ashdene",
        "cap": Decimal("1200.00"),
        "document": "Authority to campaign, letter 1, office file 6",
    },
)
UNDER_THEM: Final = (
    ("Stamps and envelopes", "Post office, Bridge Street", "38.40", "administration"),
    ("Tenants’ leaflet, 9,000 copies", "Plover Press", "610.00", "unsolicited"),
)


def show_others(organisation: Organisation, now: datetime) -> None:
    """Once each; nothing of a day that has not come."""
    if now < ENTERED:
        return
    campaigns = {one.slug: one for one in Campaign.objects.of(organisation)}
    mayor, by_election = campaigns[cast.MAYOR], campaigns[cast.BY_ELECTION]
    if not SpendingAuthority.objects.filter(campaign=mayor).exists():
        spend_by_authority(mayor)
    if not OutsideActivity.objects.filter(campaign=by_election).exists():
        write_down_what_others_do(by_election)
    if not Expense.objects.filter(campaign=mayor, donation__isnull=False).exists():
        take_a_gift(mayor)
    guard_the_hall(mayor)
    split_by_copies(mayor)
    count_the_leaflets(by_election)


def spend_by_authority(campaign: Campaign) -> None:
    agent = actor_of(cast.AGENTS[campaign.slug], at=WRITTEN)
    for paper, (what, supplier, amount, head) in zip(PAPERS, UNDER_THEM, strict=True):
        authority = authorise_spending(
            campaign=campaign, written_on=WRITTEN.date(), by=agent, at=WRITTEN, **paper
        )
        buy(
            campaign,
            f"authority:{authority.pk}",
            description=what,
            supplier=supplier,
            amount=Decimal(amount),
            category=head,
            authority=authority,
        )


def write_down_what_others_do(campaign: Campaign) -> None:
    record_outside_activity(
        campaign=campaign,
        body="Friar Park Allotment Society",
        description="A page in their newsletter",
        value=Decimal("64.00"),
        reason="Their committee decided it; nobody of the campaign asked for it.",
        by=actor_of(cast.AGENTS[campaign.slug], at=ENTERED),
        at=ENTERED,
    )


def take_a_gift(campaign: Campaign) -> None:
    agent = actor_of(cast.AGENTS[campaign.slug], at=ENTERED)
    gift = record_gift_in_kind(
        campaign=campaign,
        description="Two rooms and eight telephones for the phone bank",
        category="accommodation",
        donor="Amalgamated Lamplighters' Union",
        donor_kind="trade_union",
        donor_address="8 Lanternbrook Place, Dudley DU2 0AA",
        market_value=Decimal("960.00"),
        value_basis="What Harrow & Flax ask for such rooms, price list of April 2024",
        declared=True,
        received_on=date(2024, 4, 10),
        by=agent,
        at=ENTERED,
        **IN_THE_PERIOD,
    )
    commit_expense(gift, by=agent, at=ENTERED)


def guard_the_hall(campaign: Campaign) -> None:
    buy(
        campaign,
        "stewards",
        description="Stewards at the spring debate",
        supplier="Saffron Hall Trust",
        amount=Decimal("420.00"),
        category="meetings",
        staff_duty="security",
        excluded="security",
        excluded_reason="Asked for by the police after a threat to the candidate",
    )


def split_by_copies(campaign: Campaign) -> None:
    buy(
        campaign,
        "folder",
        description="Folder on buses, 40,000 copies",
        supplier="Plover Press",
        amount=Decimal("1800.00"),
        category="unsolicited",
        shares=[
            Share(
                12_000,
                40_000,
                "So many went to its own members",
                "Kingfisher Party",
                basis="copies",
            )
        ],
    )


def count_the_leaflets(campaign: Campaign) -> None:
    """What the leaflet's page proposed by itself is committed."""
    agent = actor_of(cast.AGENTS[campaign.slug], at=PRINTED)
    for proposed in Expense.objects.filter(
        campaign=campaign, stock__startswith=STOCK, state=ExpenseState.PROPOSED
    ):
        commit_expense(proposed, by=agent, at=PRINTED)


def buy(
    campaign: Campaign, source: str, *, at: datetime = ENTERED, **told: Any
) -> None:
    """Proposed and committed on its day, once."""
    agent = actor_of(cast.AGENTS[campaign.slug], at=at)
    expense = propose_expense(
        campaign=campaign,
        source=f"demo:{campaign.slug}:{source}",
        supplier_address="4 Inkwell Yard, Birmingham BM3 0AA",
        incurred_on=at.date(),
        by=agent,
        at=at,
        **IN_THE_PERIOD,
        **told,
    )
    if expense.state == ExpenseState.PROPOSED:
        commit_expense(expense, by=agent, at=at)
