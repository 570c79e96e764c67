"""The desk's page of a stall's helpers: let in, watched, blocked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, User, Ward
from canvassing.access import actor_of_helper, state_of_helper
from canvassing.actions.stall_links import (
    block_helper,
    close_link,
    leave_stall,
    let_helper_in,
    open_link,
)
from canvassing.actions.stalls import StallRefused
from canvassing.models import CanvassSession, StallHelper, StallLink
from canvassing.rules.stalls import ALONE, OPEN
from tests.canvassing.stall_helpers import Hand, helper_of, stall_of
from tests.cast import NOW, actor, make_district, make_elector
from tests.signing_in import signed_in
from volunteers.models import Volunteer

MAYOR = "/mayor-2024/"
FORM = {"day": "2024-04-23", "clock": "17:00", "most_helpers": "20"}


@pytest.fixture
def link(campaign: Campaign, ward: Ward) -> StallLink:
    make_elector(make_district(campaign.organisation, ward))
    return stall_of(campaign, ward)


@pytest.fixture
def address(link: StallLink) -> str:
    return f"{MAYOR}stall/{link.session_id}/helpers/"


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def test_an_organiser_lets_helpers_in_for_some_wards_and_closes_it(
    desk: Client, address: str, link: StallLink, other_ward: Ward
) -> None:
    StallLink.objects.all().delete()
    assert "Nobody has joined yet" in desk.get(address).content.decode()

    made = desk.post(address, {**FORM, "wards": [other_ward.pk]}, follow=True)
    page = made.content.decode()
    opened = StallLink.objects.get()
    assert list(opened.wards.all()) == [other_ward]
    assert opened.expires_at == NOW.replace(hour=17)
    assert 'data-link="http://testserver/field/join#' in page
    code = CanvassSession.objects.get().short_code
    assert f"{code[:3]} {code[3:]}" in page
    assert "0 electors of Penn" in page

    closed = desk.post(f"{address}close/", follow=True).content.decode()
    assert "helpers can no longer look anybody up" in closed
    assert "/field/join#" not in closed
    assert (
        "It is closed already."
        in desk.post(f"{address}close/", follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"wards": []}, "This is missing"),
        ({"day": "2024-04-22"}, "Choose an end within the next fourteen days."),
        ({"day": "2025-04-22"}, "Choose an end within the next fourteen days."),
        ({"most_helpers": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_link_that_could_let_nobody_in_is_refused_in_a_sentence(
    wrong: dict[str, object],
    sentence: str,
    desk: Client,
    address: str,
    link: StallLink,
    ward: Ward,
) -> None:
    answer = desk.post(address, {**FORM, "wards": [ward.pk], **wrong})
    assert sentence in answer.content.decode()
    assert StallLink.objects.get().link_seed == link.link_seed


def test_a_new_link_takes_the_place_of_the_old_one_and_who_joined_stays(
    desk: Client, address: str, link: StallLink, ward: Ward
) -> None:
    hand = Hand(helper_of(link))
    desk.post(address, {**FORM, "wards": [ward.pk]})
    link.refresh_from_db()
    assert StallLink.objects.count() == 1
    assert "Ivy Marsh" in hand.find("Marsh")
    assert AuditEntry.objects.filter(verb="stall_link.opened").count() == 2


def test_an_organiser_sees_whom_each_helper_met_and_blocks_one(
    desk: Client, address: str, link: StallLink
) -> None:
    helper = helper_of(link)
    hand = Hand(helper)
    visit = hand.open("Ivy Marsh")
    hand.send("outcome", visit=visit, outcome="spoken")

    page = desk.get(address).content.decode()
    assert "Ada Finch" in page
    assert '<td class="num" data-label="Met">1</td>' in page
    assert '<td class="num" data-label="Spoken to">1</td>' in page
    assert "23 Apr, 10" in page
    assert "1 met" in desk.get(f"{MAYOR}stall/").content.decode()

    hand.send("undo", visit=visit)
    assert 'data-label="Met">0<' in desk.get(address).content.decode()
    assert "0 met" in desk.get(f"{MAYOR}stall/").content.decode()

    for _ in range(2):
        desk.post(f"{address}{helper.volunteer_id}/block/", {"wanted": "block"})
    assert hand.client.get("/field/stall/").status_code == 403
    assert "blocked" in desk.get(address).content.decode()
    desk.post(f"{address}{helper.volunteer_id}/block/", {"wanted": "back"})
    assert hand.client.get("/field/stall/").status_code == 200


def test_whoever_was_blocked_does_not_join_again(link: StallLink) -> None:
    helper = helper_of(link)
    block_helper(helper, by=system(link.organisation), at=NOW)
    with pytest.raises(StallRefused, match="You cannot help here"):
        let_helper_in(link, helper.volunteer, at=NOW)


def test_one_more_than_may_help_is_refused(link: StallLink) -> None:
    StallLink.objects.update(most_helpers=1)
    helper = helper_of(link)
    with pytest.raises(StallRefused, match="all the helpers it takes"):
        helper_of(link, "Bo Lane")
    assert let_helper_in(link, helper.volunteer, at=NOW)
    assert StallHelper.objects.count() == 1


NEXT_DAY = NOW + timedelta(days=1)


@pytest.fixture
def next_day(link: StallLink, ward: Ward) -> StallLink:
    """Opened anew for another day, for one helper; whoever came before is at home."""
    helper_of(link)
    by, until = system(link.organisation), NEXT_DAY + timedelta(hours=5)
    return open_link(
        link.session,
        wards=[ward],
        expires_at=until,
        most_helpers=1,
        by=by,
        at=NEXT_DAY,
    )


def newcomer(link: StallLink, **fields: Any) -> Volunteer:
    return Volunteer.objects.create(
        organisation_id=link.organisation_id,
        name="Yan Young",
        joined_on=NOW.date(),
        **fields,
    )


def test_who_helped_yesterday_takes_nobodys_place_today(next_day: StallLink) -> None:
    let_helper_in(next_day, newcomer(next_day), at=NEXT_DAY)

    ada = Volunteer.objects.get(name="Ada Finch")
    with pytest.raises(StallRefused, match="all the helpers it takes"):
        let_helper_in(next_day, ada, at=NEXT_DAY)


def test_an_adult_of_yesterday_is_no_company_today(next_day: StallLink) -> None:
    young = newcomer(next_day, is_under_18=True)
    with pytest.raises(StallRefused, match="beside an adult"):
        let_helper_in(next_day, young, at=NEXT_DAY)

    StallLink.objects.update(most_helpers=2)
    let_helper_in(next_day, Volunteer.objects.get(name="Ada Finch"), at=NEXT_DAY)
    assert let_helper_in(next_day, young, at=NEXT_DAY)


@pytest.mark.parametrize("gone", ["left", "blocked", "stood down"])
def test_somebody_under_18_is_shown_nobody_once_the_last_adult_is_gone(
    gone: str, link: StallLink
) -> None:
    adult = helper_of(link)
    young = Hand(helper_of(link, "Yan Young", is_under_18=True))
    assert "Ivy Marsh" in young.find("Marsh")

    if gone == "left":
        leave_stall(adult, by=actor_of_helper(adult), at=NOW)
    elif gone == "blocked":
        block_helper(adult, by=system(link.organisation), at=NOW)
    else:
        Volunteer.objects.filter(pk=adult.volunteer_id).update(stood_down_at=NOW)

    assert "wait until one has joined" in young.find("Marsh")
    helper_of(link, "Bo Lane")
    assert "Ivy Marsh" in young.find("Marsh")


def test_an_organiser_says_that_an_adult_is_with_a_helper_under_18(
    link: StallLink, address: str, desk: Client
) -> None:
    young = newcomer(link, is_under_18=True)
    StallLink.objects.update(accompanied_at=NOW - timedelta(hours=12))
    link.refresh_from_db()
    with pytest.raises(StallRefused, match="ask the organiser"):
        let_helper_in(link, young, at=NOW)
    before = desk.get(address).content.decode()

    said = desk.post(f"{address}accompanied/", follow=True).content.decode()

    assert "No adult helps here now" in before
    assert "Noted: helpers under 18 may join." in said
    assert "that an adult is with helpers under 18" in said
    assert "An adult is with them" not in said
    link.refresh_from_db()
    let_helper_in(link, young, at=NOW)
    helper = StallHelper.objects.get(volunteer=young)
    assert state_of_helper(helper, at=NOW) == OPEN
    StallLink.objects.update(accompanied_at=NOW - timedelta(hours=12))
    helper.link.refresh_from_db()
    assert state_of_helper(helper, at=NOW) == ALONE
    assert AuditEntry.objects.filter(verb="stall_link.accompanied").count() == 1


def test_saying_again_that_an_adult_is_with_helpers_leaves_it_as_it_stands(
    link: StallLink, address: str, desk: Client
) -> None:
    said_at = NOW - timedelta(hours=11)
    StallLink.objects.update(accompanied_at=said_at)

    desk.post(f"{address}accompanied/")

    assert StallLink.objects.get().accompanied_at == said_at
    assert not AuditEntry.objects.filter(verb="stall_link.accompanied").exists()


def test_nobody_says_in_advance_that_an_adult_is_with_helpers(
    link: StallLink, address: str, desk: Client
) -> None:
    helper_of(link)

    answer = desk.post(f"{address}accompanied/", follow=True)

    assert "Somebody of 18 helps here already." in answer.content.decode()
    assert StallLink.objects.get().accompanied_at is None


@pytest.mark.parametrize("how", ["leaves", "is blocked"])
def test_an_organisers_word_does_not_outlast_the_adult(
    link: StallLink, address: str, desk: Client, how: str
) -> None:
    desk.post(f"{address}accompanied/")
    young = newcomer(link, is_under_18=True)
    let_helper_in(StallLink.objects.get(), young, at=NOW)
    minor = StallHelper.objects.get(volunteer=young)
    adult = helper_of(link)
    assert StallLink.objects.get().accompanied_at

    if how == "leaves":
        leave_stall(adult, by=actor_of_helper(adult), at=NOW)
    else:
        block_helper(adult, by=system(link.organisation), at=NOW)

    minor.link.refresh_from_db()
    assert state_of_helper(minor, at=NOW) == ALONE


def test_a_helper_under_18_who_leaves_takes_no_adult_along(
    link: StallLink, address: str, desk: Client
) -> None:
    desk.post(f"{address}accompanied/")
    young = newcomer(link, is_under_18=True)
    let_helper_in(StallLink.objects.get(), young, at=NOW)
    minor = StallHelper.objects.get(volunteer=young)

    leave_stall(minor, by=actor_of_helper(minor), at=NOW)

    assert StallLink.objects.get().accompanied_at


def test_nobody_is_said_to_be_with_helpers_of_a_stall_that_is_closed(
    link: StallLink, address: str, desk: Client
) -> None:
    close_link(link, by=system(link.organisation), at=NOW)

    answer = desk.post(f"{address}accompanied/", follow=True)

    assert "The link of this stall is not open." in answer.content.decode()
    assert StallLink.objects.get().accompanied_at is None


def test_a_key_lasts_for_the_day(link: StallLink) -> None:
    StallLink.objects.update(expires_at=NOW + timedelta(days=3))
    helper = helper_of(link)
    helper.link.refresh_from_db()

    assert not state_of_helper(helper, at=NOW + timedelta(hours=11))
    assert state_of_helper(helper, at=NOW + timedelta(hours=12)) == "left"


def test_whoever_signs_out_twice_is_noted_once(link: StallLink) -> None:
    helper = helper_of(link)
    for _ in range(2):
        leave_stall(helper, by=actor_of_helper(helper), at=NOW)
    assert AuditEntry.objects.filter(verb="helper.left").count() == 1


def test_a_ward_of_no_such_campaign_and_an_actor_of_some_wards_open_nothing(
    link: StallLink, council: object, ward: Ward, ward_lead: User
) -> None:
    foreign = Ward.objects.create(gss="E05014009", name="Far", council=ward.council)
    until = NOW + timedelta(hours=1)
    by = system(link.organisation)
    with pytest.raises(StallRefused, match="Choose the wards"):
        open_link(link.session, wards=[ward, foreign], expires_at=until, by=by, at=NOW)
    with pytest.raises(StallRefused, match="You do not set up sessions"):
        open_link(
            link.session, wards=[ward], expires_at=until, by=actor(ward_lead), at=NOW
        )


def test_nobody_joins_a_stall_before_its_day(link: StallLink) -> None:
    link.session.starts_at = NOW + timedelta(days=4)
    link.session.save()
    with pytest.raises(StallRefused, match="The stall is on Saturday 27 April"):
        helper_of(link)
    link.session.starts_at = NOW + timedelta(hours=3)
    link.session.save()
    assert helper_of(link, "Bea Lark").pk
