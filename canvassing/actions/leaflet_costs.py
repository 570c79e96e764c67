"""What printing a leaflet costs is put before the agent by itself, copy by copy."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.expenses import propose_expense
from campaigns.clock import day_of
from campaigns.models import Expense, ExpenseCategory, ExpenseState
from campaigns.roles import Capability
from campaigns.rules.money import pounds
from canvassing.models import Leaflet
from canvassing.reports.leaflets import stock_key
from canvassing.rules.rounds import RoundsRefused


def propose_leaflet_cost(
    leaflet: Leaflet,
    *,
    price: Decimal,
    supplier: str,
    supplier_address: str = "",
    ordered_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Expense:
    """Propose to the agent what the printer charges for all copies, in pounds.

    It is the cost of the leaflet's stock, so that the copies delivered in the regulated
    period count. Once a leaflet: the same again changes nothing. `ordered_on` is today
    where it is not told. Refused: whoever may not propose, another price than was
    proposed, what was voided; and as `propose_expense` refuses, whose audit it has.
    """
    campaign = leaflet.campaign
    if not by.can(
        Capability.PROPOSE_EXPENSE,
        organisation_id=leaflet.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise RoundsRefused("may_not_propose", "An organiser proposes what it costs.")
    today, key = day_of(at), stock_key(leaflet.pk)
    with transaction.atomic():
        proposed = propose_expense(
            campaign=campaign,
            description=f"Printing of {leaflet.name}, {leaflet.copies:,} copies",
            supplier=supplier,
            supplier_address=supplier_address,
            category=ExpenseCategory.UNSOLICITED,
            amount=price,
            incurred_on=ordered_on or today,
            used_from=min(today, campaign.election.poll_on),
            used_until=campaign.election.poll_on,
            stock=key,
            source=key,
            by=by,
            at=at,
        )
    if proposed.state == ExpenseState.VOIDED:
        raise RoundsRefused(
            "voided",
            "What was proposed for its print was voided: propose it as an expense.",
        )
    if proposed.amount != price:
        raise RoundsRefused(
            "proposed_before",
            f"{pounds(proposed.amount)} was proposed for its print already: void that "
            "if it is wrong, or propose what else it costs as an expense.",
        )
    return proposed
