"""Rounds that are out, at the desk: links copied, codes locked, and pages looked at on
a phone and a screen, light and dark."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.clock import now
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.models import CanvassSession, JoinGuesses, RoundIssue
from tests.browser.looks import serious
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    issue,
    make_session,
    make_street,
    make_volunteer,
    stand_at_now,
    who,
)
from tests.canvassing.phone_helpers import bank_of
from tests.cast import NOW
from volunteers.models import Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YAN = {"name": "Yan Young", "mobile": "07700 900456", "is_18": False}


@pytest.fixture
def street(campaign: Campaign, ward: Ward, organisation: Organisation) -> Street:
    stand_at_now(organisation)
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def session(campaign: Campaign, ward: Ward, street: Street) -> CanvassSession:
    """With a round of its own, and a code that was guessed at too often."""
    made = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    issue(make_street(campaign, ward, doors=2).round, session=made)
    JoinGuesses.objects.create(
        organisation=campaign.organisation,
        counted=made.code_name,
        since=now(),
        wrong=100,
    )
    return made


@pytest.fixture
def out(campaign: Campaign, street: Street) -> RoundIssue:
    """A team's, at no session, with somebody else and somebody under 18 on it."""
    team = Team.objects.create(organisation=campaign.organisation, name="Tuesday")
    team.members.add(make_volunteer(campaign, mobile="+447700900789"))
    made = issue(street.round, "team", team=team)
    Phone().join(made)
    Phone().join(made, **YAN)
    return made


def test_the_link_of_a_round_is_copied(
    open_page: Any, organiser: User, out: RoundIssue
) -> None:
    page = open_page(organiser)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/mayor-2024/rounds/out/{out.pk}/")

    page.get_by_role("button", name="Copy the link").click()

    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/field/join#{who(out)['secret']}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_of_rounds_and_links_are_fit_to_be_looked_at(
    width: int,
    dark: bool,
    open_page: Any,
    organiser: User,
    campaign: Campaign,
    ward: Ward,
    session: CanvassSession,
    out: RoundIssue,
) -> None:
    make_street(campaign, ward, doors=1)
    bank = bank_of(campaign)
    page = open_page(organiser, width=width, dark=dark)
    for where in (
        f"rounds/out/{out.pk}/",
        f"sessions/{session.pk}/",
        f"sessions/{session.pk}/sheet/",
        f"rounds/ward/{ward.gss}/send-out/",
        f"phones/{bank.pk}/",
    ):
        page.goto(f"/mayor-2024/{where}")
        assert serious(page) == []
