"""A count of electors that is kept is never another than that of the registers now."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from campaigns.actions.campaign_settings import set_wards
from campaigns.actions.districts import set_ward_of_district
from campaigns.actions.matching import accept_match, undo_match
from campaigns.actions.spending import lock_campaign
from campaigns.actions.supply import destroy_edition
from campaigns.models import (
    Campaign,
    Elector,
    MatchProposal,
    PollingDistrict,
    RegisterEdition,
    Ward,
)
from campaigns.reports import loaded_electors
from campaigns.reports.loaded_electors import electors_loaded
from tests.campaigns.purchases import clerk, notice
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
ADA = Line("1", "Ash", "Ada")
BEN = Line("2", "Ash", "Ben")
CLEO = Line("1", "Birch", "Cleo", prefix="BBB")


@pytest.fixture
def region(
    campaign: Campaign,
    ward: Ward,
    registrar: Registrar,
    monkeypatch: pytest.MonkeyPatch,
) -> Campaign:
    """Two wards with three electors, which is enough for their count to be kept."""
    monkeypatch.setattr(loaded_electors, "LARGE", 1)
    registrar.load(ADA, BEN, CLEO)
    PollingDistrict.objects.update(ward=ward)
    assert electors_loaded(campaign) == 3
    return campaign


def counts_of(campaign: Campaign) -> list[str]:
    """The statements that count its electors when it is asked."""
    with CaptureQueriesContext(connection) as asked:
        electors_loaded(campaign)
    statements = [query["sql"] for query in asked]
    return [sql for sql in statements if "campaigns_elector " in sql]


def counted_anew(campaign: Campaign) -> bool:
    return bool(counts_of(campaign))


def test_it_is_counted_once_until_something_changes(region: Campaign) -> None:
    assert not counted_anew(region)


def test_a_small_campaign_is_counted_each_time(
    region: Campaign, monkeypatch: pytest.MonkeyPatch, registrar: Registrar
) -> None:
    monkeypatch.setattr(loaded_electors, "LARGE", 200_000)
    registrar.update(BEN.now("delete"))

    assert counted_anew(region)
    assert counted_anew(region)


def test_no_elector_is_compared_with_every_district_of_registers_that_are_new(
    region: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("delete"))
    (count,) = counts_of(region)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {count}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "hashed SubPlan" in plan


def test_a_register_that_is_loaded_moves_it_at_once(
    region: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("delete"))

    assert electors_loaded(region) == 2


def test_a_copy_that_is_destroyed_moves_it_at_once(
    region: Campaign, registrar: Registrar, ward: Ward
) -> None:
    registrar.update(Line("4", "Cole", "Dan", change="add"))
    PollingDistrict.objects.update(ward=ward)
    assert electors_loaded(region) == 4

    update = RegisterEdition.objects.latest("pk")
    destroy_edition(update, by=clerk(region), at=NOW)

    assert electors_loaded(region) == 3


def test_wards_left_out_and_districts_put_elsewhere_move_it_at_once(
    region: Campaign, ward: Ward, other_ward: Ward
) -> None:
    by, district = clerk(region), PollingDistrict.objects.get(code="BBB")
    set_ward_of_district(district, ward=other_ward, by=by, at=NOW)
    assert electors_loaded(region) == 3

    set_wards(region, [ward], by=by, at=NOW)
    assert electors_loaded(region) == 2

    set_ward_of_district(district, ward=ward, by=by, at=NOW)
    assert electors_loaded(region) == 3


def test_a_match_made_or_undone_has_it_counted_again(
    region: Campaign, registrar: Registrar, ward: Ward
) -> None:
    moved = ADA.now("", home=("9 Rowan Road", "Wolverhampton"))
    registrar.load(moved, BEN, CLEO, published_on=date(2024, 12, 1))
    assert electors_loaded(region) == 3

    merge = accept_match(MatchProposal.objects.get(), by=clerk(region), at=NOW)
    assert counted_anew(region)

    undo_match(merge, by=clerk(region), at=NOW)
    assert counted_anew(region)
    assert electors_loaded(region) == 3


def test_what_a_transaction_counted_that_is_taken_back_is_not_kept(
    region: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("delete"))
    with transaction.atomic():
        Elector.objects.update(on_register=False)
        assert electors_loaded(region) == 0
        transaction.set_rollback(True)

    assert electors_loaded(region) == 2


def test_whoever_locks_the_campaign_counted_before_and_never_while_it_is_locked(
    region: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("delete"))

    with transaction.atomic():
        lock_campaign(region)
        assert not counted_anew(region)
        assert electors_loaded(region) == 2


def test_where_a_notice_gives_the_limit_nobody_is_counted_before_a_lock(
    region: Campaign, registrar: Registrar
) -> None:
    notice(region)
    registrar.update(BEN.now("delete"))

    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        lock_campaign(region)

    assert not any("campaigns_elector " in query["sql"] for query in asked)
