"""The pages that volunteers open with no account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from campaigns.models import AuditEntry, Campaign, User
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.exporters.mails import send_waiting_mails
from volunteers.models import (
    Affiliate,
    PersonalLink,
    Shift,
    ShiftSignUp,
    Volunteer,
    VolunteerMail,
)

PAGE = "/field/help/mayor-2024/"
VERA = {
    "name": "Vera Helper",
    "email": "vera@example.org",
    "mobile": "07700 900123",
    "is_18": "yes",
    "kind": "member",
    "would_do": ["doors", "phones"],
    "channels": ["email", "text"],
    "promised": "on",
}


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    """The organisation stands on the day on which the tests do."""
    cache.clear()
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


def opened(volunteer: Volunteer, **terms: Any) -> tuple[Client, str]:
    """Their browser with their link, and the link's address."""
    link = PersonalLink.objects.create(
        organisation=volunteer.organisation,
        volunteer=volunteer,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=terms.get("days", 30)),
    )
    address = f"/field/open/{personal_links.written(link)}/"
    client = Client()
    client.get(address)
    return client, address


def test_signing_up_ends_with_a_link_by_which_a_shift_is_taken(
    campaign: Campaign,
) -> None:
    shift = make_shift(campaign)
    client = Client()

    answer = client.post(PAGE, VERA, follow=True)
    assert "We have written to the e-mail address" in answer.content.decode()
    send_waiting_mails()
    link = re.search(r"/field/open/\S+", mail.outbox[0].body)
    assert link is not None
    page = client.get(link.group(), follow=True)
    assert page.redirect_chain[-1][0] == "/field/mine/"
    client.post(f"/field/mine/shifts/{shift.pk}/say/", {"say": "take"})

    assert ShiftSignUp.objects.get().volunteer.name == "Vera Helper"


def test_it_never_says_whether_somebody_is_known(campaign: Campaign) -> None:
    make_volunteer(campaign.organisation, email="vera@example.org")

    known = Client().post(PAGE, VERA, follow=True)
    new = Client().post(PAGE, VERA | {"email": "new@example.org"}, follow=True)
    asked = [
        Client().post("/field/link/", {"email": email}).content
        for email in ("vera@example.org", "nobody@example.org")
    ]

    assert known.redirect_chain == new.redirect_chain
    assert known.content == new.content
    assert asked[0] == asked[1]


def test_a_machine_that_fills_in_everything_is_thanked_and_not_kept(
    campaign: Campaign,
) -> None:
    answer = Client().post(PAGE, VERA | {"website": "https://spam.example"})

    assert answer.headers["Location"] == f"{PAGE}thanks/"
    assert not Volunteer.objects.exists()


def test_too_many_from_one_place_are_turned_away_for_an_hour(
    campaign: Campaign,
) -> None:
    answers = [Client().post(PAGE, {}).status_code for _ in range(32)]

    assert answers == [200] * 30 + [429] * 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"promised": ""}, "Nobody can help without making the promise."),
        ({"mobile": "12"}, "That is not a phone number"),
        ({"mobile": "", "channels": ["text"]}, "Give a number by which we may ask"),
        ({"email": "vera"}, "Enter a valid email address."),
        ({"postcode": "nowhere"}, "That is not a postcode"),
        ({"is_18": ""}, "Say whether you are 18 or over."),
        ({"name": ""}, "Enter your name."),
        ({"email": ""}, "Enter your e-mail address."),
        ({"channels": ["pigeon"]}, "Select a valid choice."),
        ({"name": "\u202e12"}, "Give a name."),
        ({"ward": "999999"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    campaign: Campaign, changed: dict[str, Any], said: str
) -> None:
    answer = Client().post(PAGE, VERA | changed)

    assert said in answer.content.decode()
    assert not Volunteer.objects.exists()


def test_the_page_shows_promise_notice_imprint_and_lenders(campaign: Campaign) -> None:
    campaign.imprint_promoter = "Agnes Agent, 1 High Street, Bilston"
    campaign.imprint_on_behalf_of = "Rowan Ash, 1 High Street, Bilston"
    campaign.save()
    campaign.organisation.privacy_notice_url = "https://alder.example/privacy"
    campaign.organisation.save()
    Affiliate.objects.create(
        organisation=campaign.organisation, name="Lockworkers", kind="union"
    )

    page = Client().get(PAGE).content.decode()

    assert "Alder Party. I will not copy" in page
    assert "https://alder.example/privacy" in page
    assert "Promoted by Agnes Agent" in page
    assert "Lockworkers" in page


def test_a_campaign_that_is_over_takes_nobody_in(campaign: Campaign) -> None:
    campaign.closed_at = NOW
    campaign.save()

    answer = Client().post(PAGE, VERA)

    assert "This campaign is over" in answer.content.decode()
    assert not Volunteer.objects.exists()
    assert Client().get("/field/help/nowhere/").status_code == 404


def test_following_a_link_changes_nothing_and_one_tap_gives_the_place_back(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    mine = give_place(make_shift(campaign), vera)
    client, address = opened(vera)

    for _ in range(2):  # a mail scanner, and then they
        page = client.get(f"{address}?shift={mine.shift_id}", follow=True)
    mine.refresh_from_db()
    assert mine.withdrawn_at is None
    assert personal_links.SIGNER.sep not in page.redirect_chain[-1][0]

    form = re.search(r'action="(/field/mine/[^"]+)"', page.content.decode())
    assert form is not None
    client.post(form.group(1), {"say": "cannot"})
    mine.refresh_from_db()
    assert mine.withdrawn_at is not None


def test_a_link_that_was_forged_has_ended_or_was_taken_back_opens_nothing(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    client, address = opened(vera)
    _, ended = opened(vera, days=-1)
    token = address.split("/")[3]
    forged = address.replace(token[:1], str(int(token[0]) % 9 + 1), 1)

    for bad in (ended, forged, "/field/open/x/", "/field/open/1:é/"):
        other = Client()
        assert other.get(bad).headers["Location"] == "/field/link/"
        assert other.get("/field/mine/").status_code == 302

    assert client.get("/field/mine/").status_code == 200
    client.post("/field/mine/leave/", {"how": "links"})
    client.cookies["volunteer"] = token
    assert client.get("/field/mine/").status_code == 302


def test_nobody_takes_a_place_on_another_organisations_shift(
    campaign: Campaign, foreign_campaign: Campaign
) -> None:
    client, _ = opened(make_volunteer(campaign.organisation))
    theirs = make_shift(foreign_campaign)

    say = f"/field/mine/shifts/{theirs.pk}/say/"
    assert client.post(say, {"say": "take"}).status_code == 404
    assert client.get(f"/field/mine/shifts/{theirs.pk}/").status_code == 404
    assert not ShiftSignUp.objects.exists()


def test_their_page_says_places_hours_and_what_they_may_change(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    came: Shift = make_shift(campaign, starts_at=NOW - timedelta(days=7), hours=3)
    give_place(came, vera, came=True)
    client, _ = opened(vera)

    page = client.get("/field/mine/").content.decode()
    assert "3 hours given so far" in page
    assert "Your data promise" in page

    client.post("/field/mine/promise/")
    client.post("/field/mine/agree/", {"channels": ["email"]})
    client.post("/field/mine/agree/", {"channels": ["phone"]})
    live = vera.consents.filter(withdrawn_at__isnull=True)
    assert [one.channel for one in live] == ["phone"]
    assert vera.consents.count() == 2
    assert "Your data promise" not in client.get("/field/mine/").content.decode()

    client.post("/field/mine/leave/", {"how": "stop"})
    vera.refresh_from_db()
    assert vera.stood_down_at is not None
    assert client.get("/field/mine/").status_code == 302


def test_a_full_shift_offers_the_queue_and_says_so(campaign: Campaign) -> None:
    shift = make_shift(campaign, places=1)
    give_place(shift, make_volunteer(campaign.organisation))
    client, _ = opened(make_volunteer(campaign.organisation))

    page = client.get(f"/field/mine/shifts/{shift.pk}/").content.decode()
    assert "Tell me when a place is free" in page
    answer = client.post(
        f"/field/mine/shifts/{shift.pk}/say/", {"say": "take"}, follow=True
    )

    assert "All places are taken; we write to you" in answer.content.decode()


def test_signing_in_as_an_organiser_opens_no_volunteers_page(organiser: User) -> None:
    client = Client()
    client.force_login(organiser)

    assert client.get("/field/mine/").status_code == 302
    assert not VolunteerMail.objects.exists()


def test_somebody_under_18_is_asked_for_the_promise_once(campaign: Campaign) -> None:
    client, _ = opened(make_volunteer(campaign.organisation, is_under_18=True))
    page = client.get("/field/mine/").content.decode()
    assert "Your data promise" in page
    assert "an adult goes with you" in page

    client.post("/field/mine/promise/")

    page = client.get("/field/mine/").content.decode()
    assert "Your data promise" not in page
    assert "an adult goes with you" in page


def test_a_shift_of_a_closed_campaign_says_so_and_gives_no_place(
    campaign: Campaign,
) -> None:
    client, _ = opened(make_volunteer(campaign.organisation))
    shift = make_shift(campaign)
    campaign.closed_at = NOW
    campaign.save()
    page = f"/field/mine/shifts/{shift.pk}/"

    assert "This campaign is over" in client.get(page).content.decode()
    answer = client.post(f"{page}say/", {"say": "take"}, follow=True)
    assert "This campaign is over" in answer.content.decode()
    assert not ShiftSignUp.objects.exists()


def test_the_audit_never_holds_the_name_of_whoever_may_ask_to_be_erased(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation)
    shift = make_shift(campaign)
    client, _ = opened(vera)

    client.post(f"/field/mine/shifts/{shift.pk}/say/", {"say": "take"})
    client.post("/field/mine/agree/", {"channels": ["email"]})
    client.post("/field/mine/leave/", {"how": "links"})

    labels = set(AuditEntry.objects.values_list("by_label", flat=True))
    assert labels == {f"Volunteer {vera.pk}"}
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert "volunteer.links_ended" in verbs


def test_the_page_is_not_open_without_an_imprint(campaign: Campaign) -> None:
    campaign.imprint_promoter = "Agnes Agent"
    campaign.save()

    assert "This page is not open yet" in Client().get(PAGE).content.decode()
    assert "This page is not open yet" in Client().post(PAGE, VERA).content.decode()
    assert not Volunteer.objects.exists()
