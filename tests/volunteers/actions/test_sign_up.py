"""Signing up on the public page."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, PostcodePoint, Ward
from campaigns.phone_numbers import PhoneNumberRefused
from tests.cast import NOW
from tests.volunteers.helpers import make_volunteer
from volunteers.access import sign_up_page
from volunteers.actions.erasing import erase_volunteer
from volunteers.actions.namesakes import settle_namesake
from volunteers.actions.volunteers import (
    Details,
    VolunteerRefused,
    sign_up,
)
from volunteers.models import MailKind, Volunteer, VolunteerMail
from volunteers.rules.promises import promise_on

VERA = Details(
    name=" Vera  Helper ",
    email="Vera@Example.org",
    mobile="07700 900123",
    would_do=["doors"],
)


def offer(details: Details, campaign: Campaign, **terms: Any) -> None:
    terms.setdefault("channels", ["email"])
    sign_up(details, campaign=campaign, by=sign_up_page(), at=NOW, **terms)


def test_somebody_new_is_kept_with_promise_consent_and_a_link_to_send(
    campaign: Campaign,
) -> None:
    offer(VERA, campaign)

    vera = Volunteer.objects.get()
    assert (vera.name, vera.email, vera.mobile) == (
        "Vera Helper",
        "vera@example.org",
        "+447700900123",
    )
    given = vera.undertakings.get()
    assert given.version == promise_on(NOW.date()).version
    assert "Alder Party" in given.text
    assert [one.channel for one in vera.consents.all()] == ["email"]
    assert VolunteerMail.objects.get().kind == MailKind.LINK
    assert AuditEntry.objects.filter(verb="volunteer.signed_up").count() == 1


def test_sent_twice_it_is_one_volunteer_and_one_mail(campaign: Campaign) -> None:
    offer(VERA, campaign)
    offer(VERA, campaign)

    assert Volunteer.objects.count() == 1
    assert VolunteerMail.objects.count() == 1
    assert Volunteer.objects.get().undertakings.count() == 1


def test_what_a_stranger_types_changes_nobody_who_is_known(campaign: Campaign) -> None:
    known = make_volunteer(
        campaign.organisation, email="vera@example.org", mobile="+447700900555"
    )

    offer(replace(VERA, name="Mallory", mobile="07700 900999"), campaign)

    known.refresh_from_db()
    assert (known.name, known.mobile) == ("Vera Helper", "+447700900555")
    assert not known.consents.exists()
    assert not known.undertakings.exists()
    assert known.mails.get().kind == MailKind.LINK


def test_the_same_mobile_and_name_under_another_address_waits_for_a_decision(
    campaign: Campaign,
) -> None:
    before = make_volunteer(
        campaign.organisation, "VERA HELPER", email="", mobile="+447700900123"
    )
    make_volunteer(campaign.organisation, "Sam Helper", mobile="+447700900123")

    offer(VERA, campaign)

    new = Volunteer.objects.get(email="vera@example.org")
    assert new.maybe_same_as == before


def test_another_organisation_has_volunteers_of_its_own(
    campaign: Campaign, foreign_campaign: Campaign
) -> None:
    offer(VERA, campaign)
    offer(VERA, foreign_campaign)

    assert Volunteer.objects.count() == 2


def test_a_postcode_tells_the_ward(campaign: Campaign, ward: Ward) -> None:
    PostcodePoint.objects.create(
        postcode="ZA1 1AA", latitude=52.5, longitude=-2, ward=ward
    )

    offer(replace(VERA, postcode="za11aa"), campaign)

    assert Volunteer.objects.get().home_ward == ward


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"name": "..."}, VolunteerRefused),
        ({"name": "V" * 201}, VolunteerRefused),
        ({"email": " "}, VolunteerRefused),
        ({"mobile": "12"}, PhoneNumberRefused),
        ({"postcode": "nowhere"}, VolunteerRefused),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    campaign: Campaign, fields: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        offer(replace(VERA, **fields), campaign)

    assert not Volunteer.objects.exists()
    assert not VolunteerMail.objects.exists()


def test_whoever_says_that_they_are_under_18_stays_so_when_two_records_become_one(
    campaign: Campaign,
) -> None:
    organisation = campaign.organisation
    older = make_volunteer(organisation, "Sam Wren")
    newer = make_volunteer(
        organisation, "Sam Wren", is_under_18=True, maybe_same_as=older
    )

    kept, _given_back = settle_namesake(
        newer, is_same=True, by=system(organisation), at=NOW
    )

    assert kept == older
    assert kept.is_under_18


def test_nobody_is_taken_for_somebody_who_was_erased(campaign: Campaign) -> None:
    organisation = campaign.organisation
    older = make_volunteer(organisation, "Sam Wren")
    newer = make_volunteer(organisation, "Sam Wren", maybe_same_as=older)

    erase_volunteer(older, by=system(organisation), at=NOW)

    newer.refresh_from_db()
    assert newer.maybe_same_as is None
