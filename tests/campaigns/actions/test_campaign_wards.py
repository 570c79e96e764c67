"""The wards of a campaign: changed while others spend, and what limit they leave."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.actions import spending
from campaigns.actions.campaign_settings import set_wards
from campaigns.actions.spending import lock_campaign
from campaigns.models import AuditEntry, Campaign, PollingDistrict, Ward
from campaigns.registry import registry
from campaigns.reports import loaded_electors
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.registers import Line, Registrar
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


@pytest.mark.django_db(transaction=True)
def test_a_count_that_is_kept_to_be_shown_hides_no_limit_that_is_passed(
    other_campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    registrar: Registrar,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two electors of the ward make a limit of £960.16, that of the other 8p less."""
    ada, ben = Line("1", "Ash", "Ada"), Line("2", "Ash", "Ben")
    registrar.load(ada, ben, Line("1", "Birch", "Cleo", prefix="BBB"))
    PollingDistrict.objects.update(ward=ward)
    PollingDistrict.objects.filter(code="BBB").update(ward=other_ward)
    other_campaign.councils.add(other_ward.council)
    other_campaign.wards.set([ward])
    commit(other_campaign, "960.10")
    monkeypatch.setattr(loaded_electors, "LARGE", 1)
    assert loaded_electors.electors_loaded(other_campaign) == 2

    set_wards(other_campaign, [other_ward], by=clerk(other_campaign), at=NOW)

    told = AuditEntry.objects.get(verb="spending.limit_passed")
    assert (told.data["over"], told.data["over_before"]) == ("0.02", "-0.06")


@pytest.mark.django_db(transaction=True)
def test_electors_are_counted_before_anybody_is_kept_waiting(
    other_campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other_campaign.councils.add(other_ward.council)
    other_campaign.wards.set([ward])
    monkeypatch.setattr(loaded_electors, "LARGE", 0)
    caches["process"].clear()

    with CaptureQueriesContext(connection) as asked:
        set_wards(other_campaign, [other_ward], by=clerk(other_campaign), at=NOW)

    said = [query["sql"] or "" for query in asked.captured_queries]
    [count] = [n for n, sql in enumerate(said) if "elector.on_register" in sql]
    lock = next(n for n, sql in enumerate(said) if "FOR UPDATE" in sql)
    assert count < lock
