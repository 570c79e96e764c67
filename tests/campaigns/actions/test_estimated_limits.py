"""Other electors move a limit that rests on them, which is told."""

from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.districts import set_ward_of_district, set_wards_by_file
from campaigns.actions.postcodes import place_what_waits
from campaigns.actions.supply import destroy_edition
from campaigns.models import (
    Address,
    AuditEntry,
    Campaign,
    PollingDistrict,
    PostcodePoint,
    RegisterEdition,
    Ward,
)
from tests.campaigns.purchases import commit, notice
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADA = Line("1", "Ash", "Ada")
BEN = Line("2", "Ash", "Ben")
CLEO = Line("3", "Birch", "Cleo")


@pytest.fixture
def by_election(other_campaign: Campaign, ward: Ward, registrar: Registrar) -> Campaign:
    """£960.00 and 8p for each of three electors: £960.24."""
    registrar.load(ADA, BEN, CLEO)
    PollingDistrict.objects.update(ward=ward)
    return other_campaign


def told(campaign: Campaign, how: str = "lowered") -> list[dict[str, Any]]:
    entries = AuditEntry.objects.filter(
        verb=f"spending.estimate_{how}", campaign_id=campaign.pk
    )
    return [entry.data for entry in entries.order_by("pk")]


def test_an_update_that_takes_somebody_off_says_both_limits(
    by_election: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("delete"))

    [entry] = told(by_election)
    assert (entry["limit_before"], entry["limit"]) == ("960.24", "960.16")
    assert (entry["electors_before"], entry["electors"]) == (3, 2)
    assert entry["edition"] == RegisterEdition.objects.latest("pk").pk


def test_a_register_that_moves_no_limit_says_nothing(
    by_election: Campaign, registrar: Registrar
) -> None:
    registrar.update(BEN.now("amend"))

    assert told(by_election) == told(by_election, "raised") == []


def test_the_last_elector_takes_the_estimate_along_and_that_is_told(
    by_election: Campaign, registrar: Registrar
) -> None:
    registrar.update(*(one.now("delete") for one in (ADA, BEN, CLEO)))

    [entry] = told(by_election)
    assert (entry["limit_before"], entry["limit"]) == ("960.24", None)
    assert (entry["electors_before"], entry["electors"]) == (3, 0)


def test_districts_that_postcodes_place_raise_the_estimate_and_that_is_told(
    by_election: Campaign, second_district: PollingDistrict, ward: Ward
) -> None:
    Address.objects.filter(polling_district=second_district).update(postcode="WV1 1AA")
    PollingDistrict.objects.filter(pk=second_district.pk).update(
        ward=None, ward_source="unknown"
    )
    PostcodePoint.objects.create(
        postcode="WV1 1AA", latitude=52.5, longitude=-2.1, ward=ward
    )

    place_what_waits()

    [entry] = told(by_election, "raised")
    assert (entry["limit_before"], entry["limit"]) == ("960.24", "960.40")
    assert (entry["electors_before"], entry["electors"]) == (3, 5)
    assert entry["because"] == "postcodes"
    assert told(by_election) == []


def test_a_limit_that_a_notice_gives_is_not_moved_by_a_register(
    by_election: Campaign, registrar: Registrar
) -> None:
    notice(by_election, electors=7_641, councils=None)

    registrar.update(BEN.now("delete"))

    assert told(by_election) == []


def test_a_copy_that_is_destroyed_lowers_it_as_well(
    by_election: Campaign, registrar: Registrar
) -> None:
    registrar.update(Line("4", "Cole", "Dan", change="add"))
    PollingDistrict.objects.update(ward=by_election.wards.get())
    update = RegisterEdition.objects.latest("pk")

    destroy_edition(update, by=system(by_election.organisation), at=NOW)

    [entry] = told(by_election)
    assert (entry["electors_before"], entry["electors"]) == (4, 3)


def test_an_update_that_makes_the_limit_passed_says_by_how_much(
    by_election: Campaign, registrar: Registrar
) -> None:
    commit(by_election, "960.20")

    registrar.update(BEN.now("delete"))

    entry = AuditEntry.objects.get(verb="spending.limit_passed")
    assert entry.data == {
        "limit": "limit",
        "over": "0.04",
        "over_before": "-0.04",
        "because": "register",
    }


@pytest.fixture
def second_district(
    by_election: Campaign, registrar: Registrar, ward: Ward
) -> PollingDistrict:
    """Two more electors, in a district of their own: £960.40."""
    dan = Line("1", "Cole", "Dan", prefix="BBB", change="add")
    registrar.update(dan, Line("2", "Cole", "Eve", prefix="BBB", change="add"))
    PollingDistrict.objects.update(ward=ward)
    return PollingDistrict.objects.get(code="BBB")


def test_a_district_put_into_another_ward_takes_its_electors_off_the_estimate(
    by_election: Campaign, second_district: PollingDistrict, other_ward: Ward
) -> None:
    commit(by_election, "960.30")
    by = system(by_election.organisation)

    set_ward_of_district(second_district, ward=other_ward, by=by, at=NOW)

    [entry] = told(by_election)
    assert (entry["limit_before"], entry["limit"]) == ("960.40", "960.24")
    assert (entry["because"], entry["edition"]) == ("districts", None)
    passed = AuditEntry.objects.get(verb="spending.limit_passed")
    assert (passed.data["over"], passed.data["because"]) == ("0.06", "districts")


def test_a_file_of_districts_that_lowers_an_estimate_says_so(
    by_election: Campaign, second_district: PollingDistrict, other_ward: Ward
) -> None:
    set_wards_by_file(
        {"BBB": other_ward.gss},
        organisation=by_election.organisation,
        council=second_district.council,
        by=system(by_election.organisation),
        at=NOW,
    )

    [entry] = told(by_election)
    assert (entry["electors_before"], entry["electors"]) == (5, 3)
