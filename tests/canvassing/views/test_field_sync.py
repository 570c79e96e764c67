"""A phone with a round: what it is told, what it sends, and what becomes of that."""

import json
from datetime import timedelta
from typing import Any

import pytest

from campaigns.clock import now
from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import BuildingNote, Contact, HeldItem, RoundKnocker
from tests.canvassing.contact_helpers import standing
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
)
from tests.cast import NOW


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    """The organisation's clock stands at NOW, as the demo's does."""
    organisation.clock_offset = NOW - now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def phone(street: Street) -> Phone:
    phone = Phone()
    phone.join(issue(street.round))
    return phone


def answers(verdicts: list[Any]) -> list[str]:
    return [verdict["answer"] for verdict in verdicts]


def test_a_phone_has_the_doors_of_its_round_in_walking_order(
    phone: Phone, street: Street
) -> None:
    answer = phone.get("round").json()

    assert [door["address"] for door in answer["doors"]] == [
        address.pk for address in street.addresses
    ]
    assert answer["doors"][0]["electors"][0]["name"] == "Ivy Marsh"
    assert answer["you"]["name"] == "Ada Finch"


def test_what_was_recorded_is_filed_once(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    items = [contact(elector) for elector in street.electors]

    first, again = phone.send(*items), phone.send(*items)

    assert answers(first) == ["filed"] * 3
    assert answers(again) == ["already_filed"] * 3
    assert Contact.objects.count() == 3


def test_every_kind_is_filed_in_one_batch(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    first, second, third = street.electors
    joined = item(
        "knocker", name="Bo Lane", mobile="07700 900456", promised=True, is_18=True
    )
    items = [
        contact(first, "spoken", intention="P1", spoke=joined["id"]),
        joined,
        item("wish", elector=second.pk, scope="person", channel="door", until=""),
        item("wish", address=third.address_id, scope="household", channel="", until=""),
        item("building_note", address=first.address_id, text="buzz 12"),
        item("sent_to", knocker=joined["id"], address=first.address_id),
    ]

    first_time, again = phone.send(*items), phone.send(*items)

    assert answers(first_time) == ["filed"] * 6
    assert answers(again) == ["already_filed"] * 6
    assert Contact.objects.get().spoke.name == "Bo Lane"
    assert standing(campaign, second).no_contact
    assert standing(campaign, third).household_no_contact
    assert BuildingNote.objects.get().text == "buzz 12"
    assert RoundKnocker.objects.get(volunteer__name="Bo Lane").address_id
    assert HeldItem.objects.count() == 0


def test_the_others_see_it(phone: Phone, street: Street) -> None:
    cursor = phone.get("round").json()["cursor"]
    first = phone.get("changes", since=cursor).json()
    phone.send(contact(street.electors[0]))

    answer = phone.get("changes", since=first["cursor"]).json()

    assert answer["state"] == "out"
    assert [one["elector"] for one in answer["contacts"]] == [street.electors[0].pk]
    assert first["electors"] is not None
    assert answer["electors"] is None


def test_a_closed_phone_shows_nothing_and_what_it_sends_is_held(
    phone: Phone, street: Street
) -> None:
    assert phone.post("hand-back", {}).json() == {"state": "handed_back"}
    assert phone.post("hand-back", {}).json() == {"state": "handed_back"}

    refused = phone.get("round")
    verdicts = phone.send(contact(street.electors[0]))

    assert (refused.status_code, json.loads(refused.content)["error"]["code"]) == (
        403,
        "handed_back",
    )
    assert answers(verdicts) == ["held"]
    assert phone.get("changes").json()["state"] == "handed_back"
    assert HeldItem.objects.get().code == "handed_back"


def test_a_clock_that_is_wrong_by_years_is_put_right(
    phone: Phone, street: Street
) -> None:
    years = timedelta(days=5 * 365)
    said = NOW - years - timedelta(minutes=30)

    phone.send(
        contact(street.electors[0], said_at=said.isoformat()), sent_at=NOW - years
    )

    filed = Contact.objects.get()
    assert not filed.time_is_doubtful
    assert abs(filed.effective_at - (NOW - timedelta(minutes=30))) < timedelta(
        minutes=1
    )
