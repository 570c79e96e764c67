"""Purchase orders: numbered in each campaign with no gap, whoever commits at once."""

from decimal import Decimal

import pytest

from campaigns.actions.expenses import void_expense
from campaigns.models import Campaign, Expense
from tests.campaigns.actions.test_expense_race import all_at_once
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_each_campaign_numbers_its_own_orders_from_one(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    notice(other_campaign, electors=8000, councils=None)

    numbers = [
        commit(one, "10.00").order_number
        for one in (campaign, campaign, other_campaign, campaign)
    ]

    assert numbers == [1, 2, 1, 3]


def test_a_gift_and_a_personal_expense_are_ordered_from_nobody(
    campaign: Campaign,
) -> None:
    notice(campaign)
    gift = commit(campaign, "0.00", kind="notional", market_value=Decimal(80))
    train = commit(campaign, "12.40", kind="personal", category="transport")

    assert gift.order_number is None
    assert train.order_number is None
    assert propose(campaign).order_number is None


def test_the_number_of_a_voided_order_is_not_given_again(campaign: Campaign) -> None:
    notice(campaign)
    voided = commit(campaign)
    void_expense(voided, reason="Never came", by=clerk(campaign), at=NOW)

    assert commit(campaign).order_number == 2
    assert Expense.objects.get(pk=voided.pk).order_number == 1


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_leave_no_gap_also_where_some_are_refused(
    campaign: Campaign,
) -> None:
    notice(campaign)
    large = [propose(campaign, "150000.00") for _ in range(3)]
    small = [propose(campaign, "10.00") for _ in range(4)]

    outcomes = all_at_once([*large, *small], clerk(campaign))

    numbers = Expense.objects.filter(order_number__isnull=False)
    assert outcomes.count(None) == 5
    assert sorted(numbers.values_list("order_number", flat=True)) == [1, 2, 3, 4, 5]
