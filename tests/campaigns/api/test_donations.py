"""Donations, the plan, the funding position and the reminders by REST."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from campaigns.actions.budgets import Planned, plan_budget
from campaigns.models import Campaign, Donation, User
from campaigns.roles import Capability
from tests.campaigns.api.test_tokens import client_of, token_for
from tests.campaigns.purchases import clerk
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/"
PROMISED = {
    "donor": "Velvetgate Looms Ltd",
    "donor_kind": "company",
    "amount": "2500.00",
}


@pytest.fixture(autouse=True)
def fresh_rates() -> None:
    cache.clear()


def test_a_donation_is_entered_and_says_what_is_still_to_be_looked_at(
    campaign: Campaign,
) -> None:
    client = client_of(
        token_for(campaign, Capability.SEE_MONEY, Capability.RECORD_DONATIONS)[1]
    )

    made = client.post(f"{ADDRESS}donations/", PROMISED, format="json")
    seen = client.get(f"{ADDRESS}donations/{made.json()['id']}/").json()
    funding = client.get(f"{ADDRESS}funding/").json()

    assert made.status_code == 201
    assert seen["decide_by"] is None
    assert seen["missing"] == [
        "company_number",
        "registered_office",
        "carries_on_business",
    ]
    assert (funding["cash"], funding["promised"]) == ("0.00", "2500.00")


def test_who_only_reads_money_enters_nothing(campaign: Campaign) -> None:
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    refused = client.post(f"{ADDRESS}donations/", PROMISED, format="json")

    assert refused.status_code == 403
    assert not Donation.objects.exists()


def test_the_plan_is_read_by_head_and_week(campaign: Campaign) -> None:
    plan_budget(
        campaign=campaign,
        planned=[Planned("staff", date(2024, 4, 8), inside=Decimal("120.50"))],
        by=clerk(campaign),
        at=NOW,
    )
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    plan = client.get(f"{ADDRESS}budget/").json()

    heads = {head["category"]: head["inside"] for head in plan["heads"]}
    weeks = {week["week_on"]: week["inside"] for week in plan["weeks"]}
    assert heads["staff"] == weeks["2024-04-08"] == "120.50"
    assert plan["last_uncounted_on"] < "2024-04-08"


def test_the_reminders_to_come_are_read_with_whom_they_go_to(
    campaign: Campaign, agent: User
) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save(update_fields=["clock_offset"])
    client = client_of(token_for(campaign, Capability.SEE_MONEY)[1])

    found = client.get(f"{ADDRESS}spending/reminders/").json()

    assert found["not_sent"] == 0
    assert found["people"] == [
        {"name": "Agnes Agent", "roles": ["agent"], "is_off": False}
    ]
    assert found["coming"][0] == {
        "goes_on": "2024-05-09",
        "days_before": 14,
        "code": "bills_received",
        "name": "Bills received",
        "day": "2024-05-23",
        "to": ["Agnes Agent"],
    }
