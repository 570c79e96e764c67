"""Somebody under 18 who is left alone on a round is shown no doors."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from canvassing.models import Contact, FieldPhone, HeldItem, RoundIssue, RoundKnocker
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.cast import NOW
from tests.signing_in import signed_in
from volunteers.models import Volunteer

YAN: dict[str, Any] = {"name": "Yan Young", "mobile": "07700 900456", "is_18": False}


@pytest.fixture
def street(campaign: Campaign, ward: Ward, organisation: Organisation) -> Street:
    stand_at_now(organisation)
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def out(street: Street) -> RoundIssue:
    return issue(street.round)


@pytest.fixture
def ada(out: RoundIssue) -> Phone:
    phone = Phone()
    assert phone.join(out).status_code == 200
    return phone


@pytest.fixture
def yan(out: RoundIssue, ada: Phone) -> Phone:
    phone = Phone()
    assert phone.join(out, **YAN).status_code == 200
    return phone


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def is_alone(phone: Phone) -> bool:
    news, whole = phone.get("changes").json(), phone.get("round").json()
    shows = bool(news["electors"]) and bool(whole["doors"])
    assert shows is not bool(news.get("left_alone"))
    assert whole["left_alone"] is not shows
    assert news["state"] == "out"
    return not shows


def test_when_the_last_adult_signs_out_the_minors_phone_shows_no_door(
    ada: Phone, yan: Phone, street: Street
) -> None:
    assert not is_alone(yan)

    ada.post("sign-out", {})

    assert is_alone(yan)
    assert "Marsh" not in yan.get("changes").content.decode()
    assert "Marsh" not in yan.get("round").content.decode()


def test_so_too_when_the_last_adult_is_cut_off_or_has_left_beside_a_phone(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    of_ada = FieldPhone.objects.get(volunteer__name="Ada Finch")
    desk.post(f"/mayor-2024/rounds/out/{out.pk}/phones/{of_ada.pk}/cut-off/")
    assert is_alone(yan)

    ada.join(out)
    assert not is_alone(yan)
    hers = RoundKnocker.objects.get(volunteer__name="Ada Finch").uuid
    yan.send(item("left", knocker=str(hers)))
    assert is_alone(yan)


def test_what_they_record_meanwhile_is_kept_and_they_can_hand_back(
    ada: Phone, yan: Phone, street: Street
) -> None:
    ada.post("sign-out", {})

    [verdict] = yan.send(contact(street.electors[0]))

    assert verdict["answer"] == "filed"
    assert Contact.objects.count() == 1
    assert not HeldItem.objects.exists()
    assert yan.post("hand-back", {}).json() == {"state": "handed_back"}


def test_the_doors_are_back_with_an_adult_of_the_round(
    ada: Phone, yan: Phone, out: RoundIssue
) -> None:
    ada.post("sign-out", {})
    assert is_alone(yan)

    ada.join(out)

    assert not is_alone(yan)


def test_an_organisers_word_holds_until_somebody_of_age_leaves_again(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/out/{out.pk}/"
    ada.post("sign-out", {})
    warned = desk.get(address).content.decode()
    assert "Nobody on this round is 18" in warned
    assert "An adult is with them" in warned

    for _ in range(2):
        said = desk.post(f"{address}accompanied/", follow=True).content.decode()

    assert "Nobody on this round is 18" in said
    assert "that an adult is with them" in said
    assert not is_alone(yan)
    assert AuditEntry.objects.filter(verb="round.accompanied").count() == 1
    ada.join(out)
    ada.post("sign-out", {})
    assert is_alone(yan)


LONG_AGO = NOW - timedelta(hours=13)


def test_an_organisers_word_holds_for_twelve_hours_and_may_be_said_anew(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/out/{out.pk}/"
    ada.post("sign-out", {})
    desk.post(f"{address}accompanied/")
    assert not is_alone(yan)
    assert "twelve hours" in desk.get(address).content.decode()

    RoundIssue.objects.update(accompanied_at=LONG_AGO)

    assert is_alone(yan)
    page = desk.get(address).content.decode()
    assert f"{address}accompanied/" in page
    desk.post(f"{address}accompanied/")
    assert not is_alone(yan)


def test_an_adult_of_whom_nothing_was_heard_for_twelve_hours_has_gone_home(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/out/{out.pk}/"
    of_ada = {"volunteer__name": "Ada Finch"}
    RoundKnocker.objects.filter(**of_ada).update(joined_at=LONG_AGO)
    assert not is_alone(yan)

    FieldPhone.objects.filter(**of_ada).update(last_seen_at=LONG_AGO)

    assert is_alone(yan)
    assert "Nobody on this round is 18" in desk.get(address).content.decode()
    another = Phone().join(out, **YAN | {"mobile": "07700 900457"})
    assert another.json()["error"]["code"] == "under_18"
    RoundKnocker.objects.filter(**of_ada).update(sent_at=NOW)
    assert not is_alone(yan)
    assert "Nobody on this round is 18" not in desk.get(address).content.decode()


def test_an_organisers_word_lets_somebody_under_18_join_too(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    ada.post("sign-out", {})
    another = YAN | {"name": "Zed Young", "mobile": "07700 900457"}
    assert Phone().join(out, **another).status_code == 422

    desk.post(f"/mayor-2024/rounds/out/{out.pk}/accompanied/")

    assert Phone().join(out, **another).status_code == 200


def test_whoever_stood_down_is_no_company_and_the_desk_hears_of_it(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    Volunteer.objects.filter(name="Ada Finch").update(stood_down_at=NOW)

    assert is_alone(yan)
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()
    assert "Nobody on this round is 18" in page
    assert "An adult is with them" in page
    another = Phone().join(out, **YAN | {"mobile": "07700 900457"})
    assert another.json()["error"]["code"] == "under_18"


def test_a_minor_who_left_the_doors_and_keeps_the_phone_is_alone_too(
    ada: Phone, yan: Phone, out: RoundIssue, desk: Client
) -> None:
    ada.post("sign-out", {})
    RoundKnocker.objects.update(left_at=NOW)
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()
    assert "Nobody on this round is 18" in page


def test_nobody_says_in_advance_that_an_adult_is_with_them(
    yan: Phone, out: RoundIssue, desk: Client
) -> None:
    where = f"/mayor-2024/rounds/out/{out.pk}/accompanied/"
    page = desk.post(where, follow=True).content.decode()
    assert "Somebody of 18 is on this round already." in page
    out.refresh_from_db()
    assert out.accompanied_at is None


def test_a_round_that_is_back_has_nobody_to_go_with(
    out: RoundIssue, yan: Phone, desk: Client
) -> None:
    yan.post("hand-back", {})
    where = f"/mayor-2024/rounds/out/{out.pk}/accompanied/"
    page = desk.post(where, follow=True).content.decode()
    assert "This round is not out any more." in page
    out.refresh_from_db()
    assert out.accompanied_at is None


def test_an_adult_who_is_alone_is_shown_the_doors(ada: Phone, yan: Phone) -> None:
    yan.post("sign-out", {})
    assert not is_alone(ada)
