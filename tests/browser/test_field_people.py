"""Those whom a volunteer meets: who they are to us, and what may be said of them."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import (
    Campaign,
    Candidate,
    ControllerKind,
    Elector,
    VotingSystem,
    Ward,
)
from canvassing.models import (
    Contact,
    DoNotContact,
    ElectorStanding,
    PhoneNumber,
    RoundKnocker,
    ViewsObjection,
)
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=8)


@pytest.fixture
def phone(street: Street, open_phone: Any) -> Any:
    phone = open_phone()
    phone.join(issue(street.round))
    return phone


@pytest.mark.parametrize(
    ("words", "kind"), [("Moved", "moved"), ("Deceased", "deceased")]
)
def test_whoever_moved_or_died_is_recorded_as_that(
    phone: Any, words: str, kind: str
) -> None:
    phone.at_door(2)
    gone = phone.opened("Moved away, or has died")
    gone.get_by_role("button", name=words).click()
    phone.back_to_the_round()

    phone.all_sent()
    assert Contact.objects.get().outcome.kind == kind


def test_a_number_is_taken_with_what_they_agreed_to(phone: Any, street: Street) -> None:
    phone.at_door(2)
    form = phone.opened("Leaves a number or e-mail address")
    form.get_by_role("textbox").fill("07700 900555")
    form.get_by_label("Calls").check()
    form.get_by_role("button", name="Save").click()
    phone.says_saved()
    phone.back_to_the_round()

    phone.all_sent()
    number = PhoneNumber.objects.get()
    assert number.elector_id == street.electors[0].pk
    assert number.number == "+447700900555"
    assert "07700" not in phone.kept()


def test_a_first_vote_is_said_and_no_date_of_birth_is_on_the_phone(
    street: Street, open_phone: Any, campaign: Campaign
) -> None:
    comes_of_age = campaign.election.poll_on - timedelta(days=3)
    Elector.objects.filter(pk=street.electors[0].pk).update(attains_on=comes_of_age)
    phone = open_phone()
    phone.join(issue(street.round))

    row = phone.page.get_by_role("link", name="Suzanne Rose").first
    expect(row).to_contain_text("First vote")
    phone.at_door(2)
    expect(phone.page.get_by_text("First vote")).to_be_visible()
    assert comes_of_age.isoformat() not in phone.kept()


def test_whoever_objects_to_their_views_being_kept_is_asked_none(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    phone.opened("Do not record my views").get_by_role("button").click()

    expect(phone.page.get_by_text("They asked us not to record")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Pledge: will vote")).to_have_count(0)
    phone.page.get_by_role("button", name="Spoken to").click()
    phone.back_to_the_round()
    phone.all_sent()
    assert ViewsObjection.objects.get().elector_id == street.electors[0].pk
    spoken = Contact.objects.get()
    assert (spoken.outcome.kind, spoken.intention) == ("spoken", None)


def test_without_consent_only_that_one_spoke_and_do_not_contact_can_be_recorded(
    street: Street, open_phone: Any
) -> None:
    organisation = street.round.campaign.organisation
    organisation.controller_kind = ControllerKind.CANDIDATE
    organisation.save(update_fields=["controller_kind"])
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    expect(phone.page.get_by_text("only if they agree")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Has not decided")).to_have_count(0)

    phone.page.get_by_role("button", name="Spoken to").click()
    phone.says_saved()
    off = phone.opened("Take me off your list")
    off.get_by_role("button", name="for good").first.click()
    phone.back_to_the_round()

    phone.all_sent()
    assert Contact.objects.get().intention is None
    assert DoNotContact.objects.get().scope == "person"


def test_the_second_preference_is_asked_also_without_a_script(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    campaign.election.voting_system = VotingSystem.SV
    campaign.election.save(update_fields=["voting_system"])
    other = Candidate.objects.create(
        organisation=campaign.organisation, campaign=campaign, name="Sal Birch"
    )
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)

    phone.page.get_by_role("button", name="Pledge: will vote").click()
    second = phone.page.get_by_role("group", name="Their second preference")
    second.get_by_role("button", name="Sal Birch").click()
    phone.back_to_the_round()

    phone.all_sent()
    assert Contact.objects.latest("pk").second_preference == other


def test_whoever_votes_by_post_is_asked_from_the_packs_day_also_without_a_script(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    campaign.packs_go_out_on = NOW.date()
    campaign.save(update_fields=["packs_go_out_on"])
    ElectorStanding.objects.filter(elector=street.electors[0]).update(votes_by=1)
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    expect(phone.page.get_by_text("How will they vote?")).to_have_count(0)

    phone.page.get_by_role("button", name="Yes, sent").click()
    phone.back_to_the_round()

    phone.all_sent()
    assert Contact.objects.get().posted is True


def test_one_of_several_at_a_door_is_off_the_list_in_two_taps(
    phone: Any, street: Street
) -> None:
    phone.at_door(4)
    phone.page.get_by_text("Take me, or all of us, off your list").click()
    phone.page.get_by_role("button", name="Only Iain Stevens").click()
    phone.says_saved()

    expect(phone.page.get_by_role("heading", name="Charles Stevens")).to_be_visible()
    phone.back_to_the_round()
    phone.all_sent()
    wish = DoNotContact.objects.get()
    assert (wish.scope, wish.elector_id) == ("person", street.electors[2].pk)


def test_every_door_says_how_details_were_got_and_where_they_vote_with_photo_id(
    street: Street, open_phone: Any
) -> None:
    organisation = street.round.campaign.organisation
    organisation.privacy_notice_url = "https://example.org/privacy"
    organisation.save(update_fields=["privacy_notice_url"])
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)

    how = phone.opened("How did you get my details\\?")
    expect(how).to_contain_text("electoral register")
    expect(how).to_contain_text(organisation.name)
    notice = how.get_by_role("link", name="Privacy notice")
    expect(notice).to_have_attribute("href", "https://example.org/privacy")
    expect(phone.page.get_by_text("photo ID").first).to_be_visible()


def test_photo_id_is_not_told_at_a_door_where_all_vote_by_post(
    street: Street, open_phone: Any
) -> None:
    alone, *two = street.electors[:3]
    by_post = [alone.pk, two[0].pk]
    ElectorStanding.objects.filter(elector__in=by_post).update(votes_by=1)
    phone = open_phone()
    phone.join(issue(street.round))
    told = phone.page.get_by_text("At the polling station you are asked for photo ID")

    phone.at_door(4)
    expect(told).to_be_visible()
    phone.at_door(2)
    expect(phone.page.get_by_text("About this door")).to_be_visible()
    expect(told).to_have_count(0)


def test_somebody_under_18_is_added_to_the_team_as_that(phone: Any) -> None:
    page = phone.page
    page.get_by_role("link", name="Team").click()
    page.get_by_label("Their name").fill("Yan Young")
    page.get_by_label("Their mobile number").fill("07700 900456")
    page.get_by_label("They have read it and promise").check()
    page.get_by_label("They are under 18").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("region", name="Yan Young")).to_be_visible()
    phone.back_to_the_round()

    phone.all_sent()
    assert RoundKnocker.objects.get(volunteer__name="Yan Young").volunteer.is_under_18


def test_somebody_under_18_who_is_left_alone_sees_no_door_until_an_adult_is_back(
    street: Street, open_phone: Any
) -> None:
    out, ada, yan = issue(street.round), open_phone(), open_phone()
    ada.join(out)
    yan.join(out, name="Yan Young", mobile="07700 900456", age="I am under 18")
    yan.at_door(2)

    ada.page.goto("/field/#/phone")
    ada.page.get_by_role("button", name="Sign this phone out").click()
    expect(ada.page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    yan.asks_the_server()

    heading = yan.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("An adult must be with you")
    expect(yan.page.get_by_text("Hand the round back", exact=True)).to_be_visible()
    assert "Alamein" not in yan.page.locator("body").inner_text()
    yan.reopen()
    heading = yan.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("An adult must be with you")

    ada.join(out)
    yan.page.route("**/field/round/", lambda route: route.abort())
    with yan.page.expect_event("requestfailed"):
        yan.page.get_by_role("button", name="Look again").click()
    expect(heading).to_have_text("An adult must be with you")

    yan.page.unroute("**/field/round/")
    yan.page.get_by_role("button", name="Look again").click()
    expect(heading).to_have_text(out.round.name)
    expect(yan.page.get_by_text("Alamein Road").first).to_be_visible()


def joined_by(phone: Any, name: str, mobile: str) -> Any:
    page = phone.page
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their mobile number").fill(mobile)
    page.get_by_label("They have read it and promise").check()
    page.get_by_label("They are 18 or older").check()
    page.get_by_role("button", name="Add").click()
    knocker = page.get_by_role("region", name=name)
    expect(knocker).to_be_visible()
    return knocker


def test_a_board_runner_sends_one_to_14_and_another_to_16_and_sees_who_is_where(
    phone: Any, street: Street
) -> None:
    page = phone.page
    page.get_by_role("link", name="Team").click()
    bo = joined_by(phone, "Bo Lane", "07700 900456")
    cat = joined_by(phone, "Cat Moss", "07700 900457")
    bo.get_by_label("Or to another door").select_option("14 Alamein Road")
    cat.get_by_label("Or to another door").select_option("16 Alamein Road")
    expect(bo).to_contain_text("at 14 Alamein Road")
    expect(cat).to_contain_text("at 16 Alamein Road")

    phone.back_to_the_round()
    rows = page.get_by_role("list").get_by_role("link")
    expect(rows.filter(has_text="Bo Lane is there")).to_contain_text("14")
    expect(rows.filter(has_text="Cat Moss is there")).to_contain_text("16")
    page.get_by_role("link", name="Team").click()
    cat.get_by_role("button", name="Nobody in").click()
    expect(cat).to_contain_text("free")
    bo.get_by_role("link", name="Record").click()
    page.get_by_role("button", name="Pledge: will vote").click()
    phone.back_to_the_round()

    phone.all_sent()
    assert RoundKnocker.objects.count() == 3
    spoke = {one.spoke.name: one.outcome.kind for one in Contact.objects.all()}
    assert spoke == {"Bo Lane": "spoken", "Cat Moss": "not_in"}
