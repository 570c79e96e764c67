"""Numbers and addresses of electors: filed once, with what was agreed."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import Actor, Grant, system
from campaigns.models import Campaign, Ward
from campaigns.roles import Capability
from canvassing.actions.contact_details import (
    ContactDetailRefused,
    file_contact_details,
    note_contact_detail,
    withdraw_consent,
)
from canvassing.actions.contacts import ContactsRefused
from canvassing.models import ElectorStanding, EmailAddress, PhoneNumber
from canvassing.rules.contact_details import ContactDetailItem
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import TODAY, detail, give_number
from tests.cast import NOW

DAY = timedelta(days=1)
AGREED: dict[str, Any] = {"channels": frozenset(("call",))}


def file(campaign: Campaign, *items: ContactDetailItem) -> list[str]:
    """The answers, with the code of what is held."""
    verdicts = file_contact_details(
        items, by=system(campaign.organisation), at=NOW, campaign=campaign
    )
    return [verdict.code or verdict.answer.value for verdict in verdicts]


def test_a_number_is_kept_as_it_is_dialled_from_anywhere_and_once(
    campaign: Campaign, ward: Ward
) -> None:
    ivy = stand(campaign, ward)

    first = file(campaign, detail(ivy, "07700 900123"), detail(ivy, " Ivy@Example.org"))
    again = file(
        campaign, detail(ivy, "+44 7700 900123"), detail(ivy, "ivy@example.org")
    )

    assert first == ["filed", "filed"]
    assert again == ["already_filed", "already_filed"]
    assert PhoneNumber.objects.get().number == "+447700900123"
    assert EmailAddress.objects.get().email == "ivy@example.org"


def test_a_household_shares_its_number_and_its_screening(
    campaign: Campaign, ward: Ward
) -> None:
    ivy, ben = stand(campaign, ward), stand(campaign, ward)
    give_number(ivy, "+441902496001", screened_on=TODAY - DAY, is_listed=True)

    file(campaign, detail(ben, "01902 496001"))

    theirs = PhoneNumber.objects.get(elector=ben)
    assert (theirs.screened_on, theirs.is_listed) == (TODAY - DAY, True)


def test_consent_stands_until_it_is_withdrawn_and_from_when_it_is_given_again(
    campaign: Campaign, ward: Ward
) -> None:
    ivy = stand(campaign, ward)
    early = detail(ivy, "07700 900123", said_at=NOW - 9 * DAY, **AGREED)
    file(campaign, early)
    number = PhoneNumber.objects.get()
    by = system(campaign.organisation)

    withdraw_consent(number, channel="call", by=by, at=NOW - DAY)
    file(campaign, early)
    number.refresh_from_db()
    assert number.calls_withdrawn_at == NOW - DAY, "an old file brings nothing back"

    file(campaign, detail(ivy, "07700 900123", **AGREED))
    number.refresh_from_db()
    assert (number.calls_given_at, number.calls_withdrawn_at) == (NOW, None)
    assert number.texts_given_at is None


def test_consent_that_was_not_given_is_not_withdrawn(
    campaign: Campaign, ward: Ward
) -> None:
    number = give_number(stand(campaign, ward), "+447700900123")
    by = system(campaign.organisation)
    for channel, code in (("call", "not_given"), ("email", "unknown_channel")):
        with pytest.raises(ContactDetailRefused) as refused:
            withdraw_consent(number, channel=channel, by=by, at=NOW)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("value", "fields", "code"),
    [
        ("0", {}, "no_phone_number"),
        ("ring me", {}, "no_phone_number"),
        ("ivy@", {}, "no_email"),
        (f"{'i' * 300}@example.org", {}, "no_email"),
        ("07700 900123", {"what": "pigeon"}, "unknown_kind"),
        ("07700 900123", {"channels": frozenset(("email",))}, "unknown_channel"),
        ("07700 900123", {**AGREED, "wording": " "}, "no_wording"),
        ("07700 900123", {"source": ""}, "no_source"),
    ],
)
def test_what_is_wrong_is_held_with_one_reason_and_nothing_is_kept(
    campaign: Campaign, ward: Ward, value: str, fields: dict[str, Any], code: str
) -> None:
    ivy = stand(campaign, ward)
    assert file(campaign, detail(ivy, value, **fields)) == [code]
    assert not PhoneNumber.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        ({"is_current": False}, "left_register"),
        ({"is_anonymous": True}, "anonymous_entry"),
    ],
)
def test_nothing_is_kept_of_whoever_left_or_is_anonymous(
    campaign: Campaign, ward: Ward, standing: dict[str, bool], code: str
) -> None:
    ivy = stand(campaign, ward)
    ElectorStanding.objects.update(**standing)
    assert file(campaign, detail(ivy, "07700 900123")) == [code]


def test_a_sender_of_one_ward_files_nobody_of_another(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    ivy = stand(campaign, other_ward, code="PN1")
    grant = Grant(
        campaign.organisation_id,
        campaign.pk,
        frozenset({ward.pk}),
        frozenset({Capability.RECORD_CONTACTS}),
    )
    by = Actor("link", 1, "Jo Finch", (grant,))
    with pytest.raises(ContactDetailRefused) as refused:
        note_contact_detail(
            detail(ivy, "07700 900123"), by=by, at=NOW, campaign=campaign
        )
    assert refused.value.code == "not_yours"
    stranger = Actor("link", 1, "Jo Finch")
    with pytest.raises(ContactsRefused):
        file_contact_details([], by=stranger, at=NOW, campaign=campaign)


def test_a_hundred_details_take_as_many_queries_as_two(
    campaign: Campaign, ward: Ward, django_assert_num_queries: Any
) -> None:
    electors = [stand(campaign, ward) for _ in range(50)]
    items = [
        one
        for n, elector in enumerate(electors)
        for one in (detail(elector, f"07700 90{n:04}"), detail(elector, f"{n}@x.org"))
    ]
    with django_assert_num_queries(6):  # a savepoint's two, and the four
        assert file(campaign, *items) == ["filed"] * 100


@pytest.mark.parametrize(
    "fields",
    [
        {"obtained_on": TODAY + DAY},
        {"said_at": NOW + 400 * DAY},
        {"notice_given_on": TODAY + DAY},
    ],
)
def test_a_day_that_has_not_come_is_held_and_brings_no_consent_back(
    campaign: Campaign, ward: Ward, fields: dict[str, Any]
) -> None:
    ivy = stand(campaign, ward)
    assert file(campaign, detail(ivy, "07700 900123", **fields)) == ["not_yet"]
    assert not PhoneNumber.objects.exists()
