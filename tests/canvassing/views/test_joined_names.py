"""Whoever joins with a number that we hold under another name is shown to the desk."""

from datetime import timedelta

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from campaigns.roles import Role
from canvassing.actions.phone_banks import let_caller_in
from canvassing.actions.phone_banks import link_secret as bank_secret
from canvassing.actions.stall_links import let_helper_in, link_secret
from canvassing.models import (
    BankCaller,
    FieldPhone,
    PhoneBank,
    RoundIssue,
    RoundKnocker,
    StallHelper,
    StallLink,
)
from tests.canvassing.field_helpers import (
    Phone,
    issue,
    item,
    make_street,
    make_volunteer,
    stand_at_now,
)
from tests.canvassing.phone_helpers import bank_of
from tests.canvassing.stall_helpers import stall_of
from tests.canvassing.stall_helpers import who as who_at_stall
from tests.cast import NOW, member
from tests.signing_in import signed_in
from volunteers.actions.erasing import erase_volunteer
from volunteers.actions.joining import Person, other_name
from volunteers.models import Volunteer

MAYOR = "/mayor-2024/"
SAID = "joined as <strong>Rae Elm</strong>; we hold Leroy Lindo for this mobile"


@pytest.fixture
def leroy(campaign: Campaign, organisation: Organisation) -> Volunteer:
    stand_at_now(organisation)
    campaign.refresh_from_db()
    found: Volunteer = make_volunteer(campaign, "Leroy Lindo", mobile="+447700900123")
    return found


@pytest.fixture
def out(leroy: Volunteer, campaign: Campaign, ward: Ward) -> RoundIssue:
    return issue(make_street(campaign, ward).round)


@pytest.fixture
def bank(leroy: Volunteer, campaign: Campaign) -> PhoneBank:
    return bank_of(campaign, ends_at=NOW + timedelta(days=1))


@pytest.fixture
def stall(leroy: Volunteer, campaign: Campaign, ward: Ward) -> StallLink:
    return stall_of(campaign, ward)


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Rae Elm", "Rae Elm"),
        ("  rae   elm ", "rae elm"),
        ("Leroy Elm", "Leroy Elm"),
        ("leroy lindo", ""),
        ("Lindo, Leroy", ""),
        ("Leroy", ""),
        ("Leroy L", ""),
    ],
)
def test_a_name_that_may_be_theirs_is_no_other(typed: str, name: str) -> None:
    person = Person(typed, "+447700900123", is_18=True)
    assert other_name(person, Volunteer(name="Leroy Lindo")) == name


def test_on_a_round_the_desk_says_same_person_in_one_tap(
    desk: Client, out: RoundIssue, leroy: Volunteer
) -> None:
    Phone().join(out, name=" Rae  Elm ")
    address = f"{MAYOR}rounds/out/{out.pk}/"
    assert desk.get(address).content.decode().count(SAID) == 1

    for _ in range(2):
        page = desk.post(f"{address}same-person/{leroy.pk}/", follow=True)
        assert SAID not in page.content.decode()

    assert FieldPhone.objects.get().joined_as == ""
    assert RoundKnocker.objects.get().joined_as == ""
    [entry] = AuditEntry.objects.filter(verb="volunteer.recognised")
    assert entry.data == {"volunteer": leroy.pk}


def test_the_answer_is_remembered_wherever_they_join_next(
    desk: Client, out: RoundIssue, bank: PhoneBank, stall: StallLink, leroy: Volunteer
) -> None:
    Phone().join(out, name=" Rae  Elm ")
    desk.post(f"{MAYOR}rounds/out/{out.pk}/same-person/{leroy.pk}/")
    typed = {
        "name": "rae elm",
        "mobile": "07700 900123",
        "promised": True,
        "is_18": True,
    }
    for secret, code in (
        (bank_secret(bank), bank.session.short_code),
        (link_secret(stall), stall.session.short_code),
    ):
        said = {**typed, "secret": secret, "code": code}
        assert Phone().post("join", said).status_code == 200

    for model in (BankCaller, StallHelper):
        assert [one.joined_as for one in model.objects.all()] == [""]
    leroy.refresh_from_db()
    assert leroy.also_called == ["Rae Elm"]


def test_another_name_again_is_asked_about(
    desk: Client, bank: PhoneBank, leroy: Volunteer
) -> None:
    leroy.also_called = ["Rae Elm"]
    leroy.save()
    let_in = {
        "secret": bank_secret(bank),
        "name": "Una Reed",
        "mobile": "07700 900123",
        "promised": True,
        "is_18": True,
        "code": bank.session.short_code,
    }
    Phone().post("join", let_in)
    assert BankCaller.objects.get().joined_as == "Una Reed"


def test_a_name_that_was_taken_for_theirs_by_mistake_is_asked_about_again(
    desk: Client, leroy: Volunteer
) -> None:
    leroy.also_called = ["Rae Elm"]
    leroy.save()
    address = f"{MAYOR}volunteers/{leroy.pk}/"
    assert "Rae Elm" in desk.get(address).content.decode()

    page = desk.post(f"{address}standing/", {"do": "forget_names"}, follow=True)

    assert "Rae Elm" not in page.content.decode()
    leroy.refresh_from_db()
    assert leroy.also_called == []


def test_or_the_desk_cuts_the_phone_off(desk: Client, out: RoundIssue) -> None:
    phone = Phone()
    phone.join(out, name="Rae Elm")
    of_rae = FieldPhone.objects.get()

    desk.post(f"{MAYOR}rounds/out/{out.pk}/phones/{of_rae.pk}/cut-off/")

    assert phone.get("changes").json()["state"] == "revoked"


def test_whoever_joins_beside_a_phone_under_another_name_is_said_too(
    desk: Client, out: RoundIssue
) -> None:
    phone = Phone()
    phone.join(out, name="Ada Finch", mobile="07700 900456")
    beside = {"mobile": "07700 900123", "promised": True, "is_18": True}
    phone.send(item("knocker", name="Rae Elm", **beside))

    page = desk.get(f"{MAYOR}rounds/out/{out.pk}/").content.decode()

    assert page.count(SAID) == 1


def test_whoever_joins_under_the_name_that_we_hold_is_not_asked_about(
    desk: Client, out: RoundIssue
) -> None:
    Phone().join(out, name="leroy lindo")
    page = desk.get(f"{MAYOR}rounds/out/{out.pk}/").content.decode()
    assert "another name" not in page


def test_in_a_phone_bank_the_desk_says_same_person(
    desk: Client, bank: PhoneBank, leroy: Volunteer
) -> None:
    said = {
        "secret": bank_secret(bank),
        "name": "Rae Elm",
        "mobile": "07700 900123",
        "promised": True,
        "is_18": True,
        "code": bank.session.short_code,
    }
    assert Phone().post("join", said).status_code == 200
    address = f"{MAYOR}phones/{bank.pk}/"
    assert SAID in desk.get(address).content.decode()

    page = desk.post(f"{address}same-person/{leroy.pk}/", follow=True)

    assert SAID not in page.content.decode()
    assert BankCaller.objects.get().joined_as == ""


def test_at_a_stall_the_desk_says_same_person(
    desk: Client, stall: StallLink, leroy: Volunteer
) -> None:
    said = who_at_stall(stall, name="Rae Elm")
    assert Phone().post("join", said).status_code == 200
    address = f"{MAYOR}stall/{stall.session_id}/helpers/"
    assert SAID in desk.get(address).content.decode()

    page = desk.post(f"{address}{leroy.pk}/same-person/", follow=True)

    assert SAID not in page.content.decode()
    assert StallHelper.objects.get().joined_as == ""


def test_whoever_is_erased_joined_nowhere_under_a_name(
    out: RoundIssue, bank: PhoneBank, stall: StallLink, leroy: Volunteer
) -> None:
    Phone().join(out, name="Rae Elm")
    Volunteer.objects.update(also_called=["Rae Elm"])
    let_caller_in(bank, leroy, joined_as="Rae Elm", at=NOW)
    let_helper_in(stall, leroy, joined_as="Rae Elm", at=NOW)

    erase_volunteer(leroy, by=system(leroy.organisation), at=NOW)

    for model in (FieldPhone, RoundKnocker, BankCaller, StallHelper):
        assert [one.joined_as for one in model.objects.all()] == [""]
    leroy.refresh_from_db()
    assert leroy.also_called == []


def test_nobody_is_recognised_on_a_round_of_other_wards(
    out: RoundIssue, leroy: Volunteer, campaign: Campaign, other_ward: Ward
) -> None:
    lead = member("Penny Lead", Role.WARD_LEAD, campaign, other_ward)
    Phone().join(out, name="Rae Elm")
    where = f"{MAYOR}rounds/out/{out.pk}/same-person/{leroy.pk}/"
    assert signed_in(lead).post(where).status_code == 404
    assert FieldPhone.objects.get().joined_as == "Rae Elm"
