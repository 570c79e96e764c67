"""A number or an address that a phone sends from the door."""

import pytest

from campaigns.models import Campaign, Ward
from canvassing.models import HeldItem, PhoneNumber
from canvassing.rules.contact_details import CONSENT
from tests.canvassing.field_helpers import (
    Phone,
    issue,
    item,
    make_street,
    stand_at_now,
)


@pytest.fixture
def phone(campaign: Campaign, ward: Ward) -> Phone:
    stand_at_now(campaign.organisation)
    street = make_street(campaign, ward)
    phone = Phone()
    phone.join(issue(street.round))
    phone.elector = street.electors[0].pk  # type: ignore[attr-defined]
    return phone


def detail(phone: Phone, **said: object) -> dict[str, object]:
    given = {
        "elector": phone.elector,  # type: ignore[attr-defined]
        "what": "phone",
        "value": "07700 900321",
        "channels": ["call"],
        "consent": CONSENT.version,
    }
    return item("contact_detail", **{**given, **said})


def test_a_number_taken_at_the_door_is_filed_once_with_its_words(phone: Phone) -> None:
    sent = detail(phone)
    answers = [phone.send(sent)[0]["answer"] for _ in range(2)]
    assert answers == ["filed", "already_filed"]
    number = PhoneNumber.objects.get()
    assert (number.number, number.source) == ("+447700900321", "At the door")
    assert number.consent_wording == CONSENT.text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"value": "no number"}, "no_phone_number"),
        ({"consent": "1066-1"}, "no_wording"),
        ({"elector": 1}, "not_on_round"),
        ({"channels": "call"}, "unreadable"),
        ({"channels": ["pigeon"]}, "unknown_channel"),
    ],
)
def test_what_cannot_be_filed_is_held_for_an_organiser(
    phone: Phone, said: dict[str, object], code: str
) -> None:
    [verdict] = phone.send(detail(phone, **said))
    assert (verdict["answer"], verdict["code"]) == ("held", code)
    assert HeldItem.objects.get().payload["sent"]["what"] == "phone"
    assert not PhoneNumber.objects.exists()
