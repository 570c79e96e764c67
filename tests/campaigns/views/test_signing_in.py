"""Signing in: the password, the lock-out, the second factor, the demonstration."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from campaigns.models import AuditEntry, Campaign, Organisation, User
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "a long password"
SIGN_IN = "/account/sign-in/"
FACTOR = "/account/second-factor/"


def code_of(device: TOTPDevice) -> str:
    return f"{TOTP(device.bin_key, device.step, device.t0, device.digits).token():06d}"


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(SIGN_IN, {"username": user.email.upper(), "password": password})


def test_an_address_in_capitals_is_the_same_address(
    client: Client, agent: User
) -> None:
    response = sign_in(client, agent)

    assert response.headers["Location"] == "/"


def test_a_wrong_password_is_said_without_saying_which_half_is_wrong(
    client: Client, agent: User
) -> None:
    response = sign_in(client, agent, "a wrong password")

    assert "do not belong together" in response.content.decode()


@override_settings(AXES_ENABLED=True)
def test_after_eight_wrong_passwords_even_the_right_one_waits(
    client: Client, agent: User
) -> None:
    for _ in range(8):
        response = sign_in(client, agent, "a wrong password")

    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    assert sign_in(client, agent).status_code == 429


@override_settings(AXES_ENABLED=True, PROXY_COUNT=1)
def test_behind_a_proxy_somebody_elses_wrong_passwords_lock_nobody_out(
    agent: User,
) -> None:
    elsewhere = Client(headers={"X-Forwarded-For": "10.1.1.1, 203.0.113.9"})
    here = Client(headers={"X-Forwarded-For": "203.0.113.7"})
    for _ in range(9):
        refused = sign_in(elsewhere, agent, "a wrong password")

    assert refused.status_code == 429
    assert sign_in(here, agent).status_code == 302


def test_whoever_can_export_sees_nothing_before_the_second_factor(
    campaign: Campaign, organiser: User
) -> None:
    response = signed_in(organiser, second_factor=False).get(f"/{campaign.slug}/")

    assert response.headers["Location"] == f"{FACTOR}?next=/{campaign.slug}/"


def test_after_many_wrong_codes_even_the_right_one_waits(organiser: User) -> None:
    device = TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)
    client = signed_in(organiser, second_factor=False)
    client.post(FACTOR, {"code": "no such code"})
    device.refresh_from_db()
    assert device.throttling_failure_count == 1
    TOTPDevice.objects.filter(pk=device.pk).update(throttling_failure_count=12)

    answer = client.post(FACTOR, {"code": code_of(device)})

    assert "does not fit" in answer.content.decode()


def test_whoever_cannot_export_needs_none(campaign: Campaign, agent: User) -> None:
    response = signed_in(agent, second_factor=False).get(f"/{campaign.slug}/")

    assert response.status_code == 200


def test_an_app_is_turned_on_by_its_code_and_brings_backup_codes(
    organiser: User,
) -> None:
    client = signed_in(organiser, second_factor=False)
    client.get(f"{FACTOR}set-up/")
    device = TOTPDevice.objects.get(user=organiser, confirmed=False)

    response = client.post(f"{FACTOR}set-up/", {"code": code_of(device)})

    shown = StaticToken.objects.filter(device__user=organiser)
    assert all(one.token in response.content.decode() for one in shown)
    assert TOTPDevice.objects.get(user=organiser).confirmed
    assert AuditEntry.objects.filter(verb="second_factor.confirmed").count() == 1


def test_a_wrong_code_turns_nothing_on(organiser: User) -> None:
    client = signed_in(organiser, second_factor=False)

    response = client.post(f"{FACTOR}set-up/", {"code": "000000"})

    assert "does not fit" in response.content.decode()
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_another_app_cannot_be_set_up_without_showing_the_first(
    organiser: User,
) -> None:
    TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)

    response = signed_in(organiser, second_factor=False).get(f"{FACTOR}set-up/")

    assert response.headers["Location"].startswith(FACTOR)


def test_the_code_leads_to_where_they_were_going(
    campaign: Campaign, organiser: User
) -> None:
    device = TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)
    client = signed_in(organiser, second_factor=False)

    asked = {"code": code_of(device), "next": f"/{campaign.slug}/"}
    response = client.post(FACTOR, asked)

    assert response.headers["Location"] == f"/{campaign.slug}/"
    assert client.get(f"/{campaign.slug}/").status_code == 200


def test_it_leads_to_no_other_site(organiser: User) -> None:
    device = TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)

    asked = {"code": code_of(device), "next": "https://elsewhere.example/"}
    response = signed_in(organiser, second_factor=False).post(FACTOR, asked)

    assert response.headers["Location"] == "/"


def test_a_backup_code_works_once(organiser: User) -> None:
    device = StaticDevice.objects.create(user=organiser, name="Backup codes")
    StaticToken.objects.create(device=device, token="abcdefg")
    TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)

    first = signed_in(organiser, second_factor=False).post(FACTOR, {"code": "abcdefg"})
    again = signed_in(organiser, second_factor=False).post(FACTOR, {"code": "abcdefg"})

    assert (first.status_code, again.status_code) == (302, 200)


@pytest.fixture
def demonstration(organisation: Organisation) -> Organisation:
    organisation.clock_offset = timedelta(days=-300)
    organisation.save()
    return organisation


def test_the_demonstration_lists_its_accounts(
    client: Client, demonstration: Organisation, agent: User
) -> None:
    page = client.get(SIGN_IN, {"as": agent.email}).content.decode()

    assert agent.email in page
    assert 'value="demonstration"' in page


def test_real_accounts_are_listed_nowhere(client: Client, agent: User) -> None:
    assert agent.email not in client.get(SIGN_IN).content.decode()


def test_production_lists_nobody_even_on_another_day(
    client: Client,
    demonstration: Organisation,
    agent: User,
    settings: Any,
) -> None:
    settings.DEMO = False

    assert agent.email not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_the_code_is_shown_in_the_demonstration_alone(
    demonstration: Organisation,
    organiser: User,
    settings: Any,
    demo: bool,
    shown: bool,
) -> None:
    settings.DEMO = demo
    TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)

    page = signed_in(organiser, second_factor=False).get(FACTOR).content.decode()

    assert ("your invented phone shows" in page) is shown


def test_somebody_invented_may_sign_in_twice_in_the_same_half_minute(
    demonstration: Organisation, organiser: User
) -> None:
    TOTPDevice.objects.create(user=organiser, name="App", confirmed=True)

    for _ in range(2):
        client = signed_in(organiser, second_factor=False)
        shown = client.get(FACTOR).context["demo_code"]
        assert client.post(FACTOR, {"code": shown}).status_code == 302


def test_who_works_from_what_is_handed_to_them_is_told_so(canvasser: User) -> None:
    text = signed_in(canvasser).get("/account/campaigns/").content.decode()

    assert "West Midlands Mayor</strong>, canvasser" in text
    assert "No campaign yet" not in text
