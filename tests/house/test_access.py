"""Every route × every role has the answer that the table expects."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from campaigns.actions.organisations import RESERVED_WORDS
from campaigns.models import (
    Campaign,
    Job,
    Organisation,
    User,
    Ward,
)
from campaigns.roles import CAPABILITIES, IN_WARDS, WARD_ROLES, Role
from canvassing.actions.standing import refresh_some
from canvassing.models import DoNotContact, FieldPhone, GotvList
from tests.cast import NOW, make_district, make_elector, member
from tests.house.access_table import ROUTES, Route
from tests.house.desk_samples import desk_samples
from tests.house.field_samples import KEY, field_samples
from tests.house.list_samples import contact_samples, list_samples
from tests.house.money_samples import money_samples
from tests.house.phone_samples import phone_samples
from tests.house.round_samples import round_samples
from tests.house.routes import Found, routes
from tests.house.statement_samples import statement_samples
from tests.house.supplier_samples import supplier_samples
from tests.house.volunteer_samples import volunteer_samples

SIGN_OUT = "account:sign-out"
OPEN_TOO = {"phone", "open_phone"}


def test_every_route_is_in_the_table_and_the_table_names_no_other() -> None:
    assert {found.name for found in routes()} == set(ROUTES)


def test_no_campaign_takes_the_first_word_of_another_address() -> None:
    words = {str(one.pattern).split("/")[0] for one in get_resolver().url_patterns}

    assert {*words, "static"} - {"", "<slug:campaign>"} == RESERVED_WORDS


@pytest.fixture
def samples(
    campaign: Campaign, organisation: Organisation, ward: Ward
) -> dict[str, Any]:
    """One of each thing that an address can name, all of them of `campaign`."""
    elector = make_elector(make_district(organisation, ward))
    refresh_some(organisation_id=organisation.pk, electors=[elector.pk])
    job = Job.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="sample",
        title="A job",
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    gotv_list = GotvList.objects.create(
        organisation=organisation,
        campaign=campaign,
        name="Pledges",
        reason="To remind them",
        code="sample",
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    gotv_list.wards.create(organisation=organisation, ward=ward)
    wish = DoNotContact.objects.create(
        organisation=organisation,
        scope="person",
        elector=elector,
        said_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    return {
        "campaign": campaign.slug,
        "campaign_slug": campaign.slug,
        "campaign-detail.slug": campaign.slug,
        "gss": ward.gss,
        "council-detail.gss": ward.council.gss,
        "election-detail.id": campaign.election.slug,
        "elector": elector.pk,
        "elector-detail.id": elector.pk,
        "job": job.pk,
        "job-detail.pk": job.pk,
        "wish": wish.pk,
        "contact": 1,
        "list-detail.pk": gotv_list.pk,
        "list-entries.pk": gotv_list.pk,
        **desk_samples(campaign, ward),
        **list_samples(campaign, ward),
        **contact_samples(campaign, elector),
        **money_samples(campaign),
        **statement_samples(campaign),
        **supplier_samples(campaign),
        **round_samples(campaign, ward),
        **phone_samples(campaign, elector),
        **field_samples(campaign, ward, elector),
        **volunteer_samples(campaign, ward),
    }


def signed_in(user: User) -> Client:
    """A browser of this user, second factor and all."""
    cache.clear()
    client = Client()
    client.force_login(user)
    device, _ = StaticDevice.objects.get_or_create(user=user, name="Backup codes")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def answer(client: Client, found: Found, samples: dict[str, Any]) -> str:
    """in, out (sign in first) or nothing there."""
    if found.name == SIGN_OUT:
        client = Client()
    address = found.address(samples)
    response = client.get(address)
    if response.status_code == 405:
        response = client.post(address)
    if response.status_code in (401, 403, 404):
        return "nothing there"
    return "out" if "?next=" in response.headers.get("Location", "") else "in"


def expected(route: Route, role: Role) -> str:
    if route.to in ("anybody", "signed_in"):
        return "in"
    if route.can in CAPABILITIES[role] and not (route.whole and role in WARD_ROLES):
        return "in"
    return "nothing there"


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_the_table_says(
    role: Role, samples: dict[str, Any], campaign: Campaign, ward: Ward
) -> None:
    wards = [ward] if role in WARD_ROLES else []
    client = signed_in(member(f"Rae {role}", role, campaign, *wards))

    seen = {found.name: answer(client, found, samples) for found in routes()}

    wanted = {name: expected(route, role) for name, route in ROUTES.items()}
    assert {n: a for n, a in seen.items() if a != wanted[n]} == {}


def test_an_organiser_of_some_wards_reaches_nothing_of_the_whole_campaign(
    samples: dict[str, Any], campaign: Campaign, ward: Ward
) -> None:
    client = signed_in(member("Will Wards", Role.ORGANISER, campaign, ward))
    members = [found for found in routes() if ROUTES[found.name].to == "members"]
    closed = [
        found
        for found in members
        if ROUTES[found.name].whole or ROUTES[found.name].can not in IN_WARDS
    ]

    seen = {found.name: answer(client, found, samples) for found in closed}

    assert set(seen.values()) == {"nothing there"}, seen


def names_ours(found: Found) -> bool:
    return bool({"campaign", "campaign_slug"} & set(found.parameters))


def test_an_organiser_of_another_organisation_finds_nothing_of_ours(
    samples: dict[str, Any], outsider: User
) -> None:
    ours = [found for found in routes() if names_ours(found)]
    client = signed_in(outsider)

    seen = {found.name: answer(client, found, samples) for found in ours}

    assert set(seen.values()) == {"nothing there"}, seen


# What names an area or an election, which everybody shares.
# No ids: a head or a week of the plan is there in every campaign.
SHARED = {"campaign", "campaign_slug", "gss", "slug", "category", "week"}
# They say of any id that is not there that it was settled already.
SETTLED = {"district-settle", "keypad-undo"}


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AGENT, Role.DATA_OFFICER])
def test_an_id_of_ours_in_the_address_of_their_own_campaign_is_nothing_there(
    role: Role, samples: dict[str, Any], foreign_campaign: Campaign
) -> None:
    theirs = {**samples, "campaign": "birch-mayor", "campaign_slug": "birch-mayor"}
    client = signed_in(member("Otto Outsider", role, foreign_campaign))
    named = [one for one in routes() if names_ours(one)]
    by_id = [one for one in named if set(one.parameters) - SHARED]

    seen = {found.name: answer(client, found, theirs) for found in by_id}

    assert {name for name, said in seen.items() if said != "nothing there"} <= SETTLED


@pytest.mark.parametrize(("closed", "reached"), [(False, OPEN_TOO), (True, {"phone"})])
def test_a_phone_reaches_what_is_for_phones_and_nothing_else(
    closed: bool, reached: set[str], samples: dict[str, Any]
) -> None:
    if closed:
        FieldPhone.objects.update(closed_at=NOW, closed_because="revoked")
    client = Client(headers={"Authorization": f"Phone {KEY}"})
    found = [one for one in routes() if ROUTES[one.name].to != "anybody"]
    # Handing back and signing out come last: they close it.
    found.sort(key=lambda one: one.name in ("field-hand-back", "field-sign-out"))

    seen = {one.name: answer(client, one, samples) for one in found}

    theirs = {name for name, said in seen.items() if said == "in"}
    assert theirs == {name for name in seen if ROUTES[name].to in reached}


def test_nobody_is_let_in_without_signing_in(samples: dict[str, Any]) -> None:
    closed = [found for found in routes() if ROUTES[found.name].to != "anybody"]

    seen = {found.name: answer(Client(), found, samples) for found in closed}

    assert "in" not in seen.values(), seen
