"""What printing at the committee room costs: its price set, each print proposed."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.expenses import propose_expense
from campaigns.actions.spending import lock_campaign
from campaigns.clock import day_of
from campaigns.models import Campaign, Expense, ExpenseCategory
from campaigns.roles import Capability
from campaigns.rules.printing import (
    PrintingRefused,
    checked_side_price,
    cost_of_sides,
)

MOST_WORDS = 200  # of what was printed
FIELDS = ("printed_side_price", "printing_supplier", "printing_supplier_address")


def set_printing_price(
    *,
    campaign: Campaign,
    price: Decimal | None,
    supplier: str = "",
    supplier_address: str = "",
    by: Actor,
    at: datetime,
) -> Campaign:
    """Say what a printed side costs in pounds, and who supplies paper and toner; None:
    prints propose nothing from now on. What was proposed stays as it is.

    Audit verb `campaign.printing_price_set`, with price, supplier and address
    before and after; what changes nothing leaves no trace.
    Refused: whoever may not propose expenses, a price that is none, no supplier.
    """
    if not by.can(
        Capability.PROPOSE_EXPENSE,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise PrintingRefused("not_allowed", "The agent or an organiser sets it.")
    supplier = supplier.strip()
    if price is not None:
        price = checked_side_price(price)
        if not supplier:
            raise PrintingRefused("no_supplier", "Say who supplies paper and toner.")
    with transaction.atomic(durable=True):
        campaign = lock_campaign(campaign)
        before = _said(campaign)
        campaign.printed_side_price = price
        campaign.printing_supplier = supplier
        campaign.printing_supplier_address = supplier_address.strip()
        after = _said(campaign)
        if before == after:
            return campaign
        campaign.save(update_fields=FIELDS)
        audit.record(
            "campaign.printing_price_set",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            target=campaign,
            before=before,
            after=after,
        )
    return campaign


def _said(campaign: Campaign) -> dict[str, str | None]:
    price = campaign.printed_side_price
    return {
        "price": None if price is None else f"{price:.4f}",
        "supplier": campaign.printing_supplier,
        "address": campaign.printing_supplier_address,
    }


def propose_printing(
    *, campaign: Campaign, what: str, sides: int, source: str, by: Actor, at: datetime
) -> Expense | None:
    """Put before the agent what a print costs, once for each `source`, whoever printed.

    None, and nothing proposed: no side was printed, or the campaign has set no price.
    Audit verb `expense.proposed`.
    """
    campaign = Campaign.objects.select_related("election").get(pk=campaign.pk)
    price, today = campaign.printed_side_price, day_of(at)
    if price is None or not sides:
        return None
    number = f"{sides:,} side{'' if sides == 1 else 's'}"
    return propose_expense(
        campaign=campaign,
        description=f"Printed here, {number}: {what[:MOST_WORDS]}",
        supplier=campaign.printing_supplier,
        supplier_address=campaign.printing_supplier_address,
        category=ExpenseCategory.ADMINISTRATION,
        amount=cost_of_sides(sides, price),
        incurred_on=today,
        used_from=today,
        used_until=max(today, campaign.election.poll_on),
        source=source,
        by=by,
        at=at,
    )
