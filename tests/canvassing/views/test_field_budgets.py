"""What a phone asks and sends costs the same number of queries, however much it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.access import system
from campaigns.models import Campaign, Organisation, Ward
from canvassing.actions.scripts import default_scripts
from tests.canvassing.field_helpers import (
    Phone,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.canvassing.stall_helpers import (
    STALL,
    Hand,
    helper_of,
    stall_of,
    visits_in,
)
from tests.cast import NOW, make_district, make_elector


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation, campaign: Campaign) -> None:
    stand_at_now(organisation)
    campaign.refresh_from_db()


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def of_every_kind(electors: list[Any]) -> list[dict[str, Any]]:
    return [
        one
        for place, elector in enumerate(electors)
        for one in (
            contact(elector, "spoken", intention="P1"),
            item("wish", elector=elector.pk, scope="person", channel="phone"),
            item("building_note", address=elector.address_id, text="buzz 12"),
            item(
                "knocker",
                name=f"Knocker {place}",
                mobile=f"07700 9001{place:02d}",
                promised=True,
                is_18=True,
            ),
        )
    ]


def test_a_batch_takes_as_many_queries_as_a_few_items(
    campaign: Campaign, ward: Ward
) -> None:
    street = make_street(campaign, ward, doors=34)
    phone = Phone()
    phone.join(issue(street.round))

    few = queries(lambda: phone.send(*of_every_kind(street.electors[:4])))
    many = queries(lambda: phone.send(*of_every_kind(street.electors[4:])))

    assert many == few <= 55


def test_contacts_are_sent_in_ten_queries_however_many(
    campaign: Campaign, ward: Ward
) -> None:
    street = make_street(campaign, ward, doors=34)
    phone = Phone()
    phone.join(issue(street.round))

    few, many = (
        queries(lambda who=who: phone.send(*(contact(one) for one in who)))
        for who in (street.electors[:2], street.electors[2:])
    )

    assert many == few <= 10


def test_a_stalls_pages_take_as_many_queries_for_eight_people_as_for_one(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    make_elector(district, surname="Reed")
    for _ in range(8):
        make_elector(district)
    default_scripts(campaign=campaign, by=system(campaign.organisation), at=NOW)
    hand = Hand(helper_of(stall_of(campaign, ward)))
    [visit] = visits_in(hand.find("Reed"))

    one, eight = (queries(lambda who=who: hand.find(who)) for who in ("Reed", "Marsh"))
    person = queries(lambda: hand.page(f"{STALL}person/{visit}/"))

    assert one == eight <= 16
    assert person <= 19


def test_a_large_round_takes_as_many_queries_as_a_small_one_and_stays_small(
    campaign: Campaign, ward: Ward
) -> None:
    small, large = make_street(campaign, ward), make_street(campaign, ward, doors=60)
    phones = Phone(), Phone()
    for phone, street in zip(phones, (small, large), strict=True):
        phone.join(issue(street.round))
        phone.send(*(contact(elector) for elector in street.electors))
    bodies: list[bytes] = []

    counts = [
        queries(lambda phone=phone: bodies.append(phone.get("round").content))
        for phone in phones
    ]

    assert counts[0] == counts[1] <= 20
    assert len(bodies[1]) < 30_000
