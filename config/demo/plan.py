"""The mayor's plan of what is to be spent, made before the first order."""

from datetime import date, datetime
from decimal import Decimal

from campaigns.actions.budgets import Planned, plan_budget
from campaigns.clock import UK
from campaigns.models import BudgetLine, Campaign, Organisation
from config.demo import cast
from config.demo.helpers import actor_of

PLANNED_AT = datetime(2024, 2, 26, 18, 0, tzinfo=UK)

# Head, the Monday, and pounds used before and in the regulated period.
PLAN = (
    ("unsolicited", (3, 4), "9500.00", "0.00"),
    ("unsolicited", (3, 25), "0.00", "34000.00"),
    ("unsolicited", (4, 1), "0.00", "36000.00"),
    ("unsolicited", (4, 8), "0.00", "19000.00"),
    ("unsolicited", (4, 15), "0.00", "27500.00"),
    ("unsolicited", (4, 29), "0.00", "9000.00"),
    ("advertising", (3, 11), "2400.00", "0.00"),
    ("advertising", (4, 1), "0.00", "5000.00"),
    ("advertising", (4, 15), "0.00", "5000.00"),
    ("administration", (3, 25), "0.00", "4200.00"),
    ("staff", (3, 25), "0.00", "4100.00"),
    ("meetings", (4, 15), "0.00", "900.00"),
    ("transport", (4, 8), "0.00", "4200.00"),
)


def make_plan(organisation: Organisation, now: datetime) -> None:
    """Once; what was typed over it since stays."""
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    if now < PLANNED_AT or BudgetLine.objects.filter(campaign=campaign).exists():
        return
    plan_budget(
        campaign=campaign,
        planned=[
            Planned(head, date(2024, *week), Decimal(before), Decimal(inside))
            for head, week, before, inside in PLAN
        ],
        by=actor_of(cast.AGENTS[cast.MAYOR], at=now),
        at=PLANNED_AT,
    )
