"""The wards of a campaign: changed while others spend, and what limit they leave."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, transaction

from campaigns.actions import spending
from campaigns.actions.campaign_settings import set_wards
from campaigns.actions.spending import lock_campaign
from campaigns.models import AuditEntry, Campaign, Ward
from campaigns.registry import registry
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW


def lock_within_two_seconds(campaign: Campaign) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            return lock_campaign(campaign).slug
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_money_is_spent_while_the_electors_of_other_wards_are_counted_anew(
    campaign: Campaign, ward: Ward, other_ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.wards.set([ward])
    got_in: list[str] = []

    def count_anew(**said: object) -> None:
        with ThreadPoolExecutor(1) as pool:
            got_in.append(pool.submit(lock_within_two_seconds, campaign).result())

    monkeypatch.setattr(registry, "electors_changed", [count_anew])

    set_wards(campaign, [other_ward], by=clerk(campaign), at=NOW)

    assert got_in == [campaign.slug]
    assert list(campaign.wards.all()) == [other_ward]


@pytest.mark.django_db(transaction=True)
def test_wards_that_make_a_limit_passed_are_told_of(
    campaign: Campaign, ward: Ward, other_ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.wards.set([ward, other_ward])
    notice(campaign)
    commit(campaign, "960.00")

    def limits(campaign: Campaign) -> dict[str, Decimal]:
        return {"limit": Decimal(500) * campaign.wards.count()}

    monkeypatch.setattr(spending, "known_limits", limits)
    monkeypatch.setattr("campaigns.actions.campaign_settings.known_limits", limits)

    set_wards(campaign, [ward], by=clerk(campaign), at=NOW)

    told = AuditEntry.objects.get(verb="spending.limit_passed")
    assert told.data == {
        "limit": "limit",
        "over": "460.00",
        "over_before": "-40.00",
        "because": "wards",
    }
