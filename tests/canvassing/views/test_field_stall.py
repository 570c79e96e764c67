"""A street stall in the hand of somebody without an account."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db.models import F
from django.test import Client
from structlog.testing import capture_logs

from campaigns.access import system
from campaigns.models import (
    AuditEntry,
    Campaign,
    ControllerKind,
    Elector,
    Organisation,
    PollingStation,
    Ward,
)
from canvassing.actions.contacts import record_contacts
from canvassing.actions.corrections import correct_contact
from canvassing.actions.held_items import try_held_items
from canvassing.actions.scripts import default_scripts
from canvassing.actions.stall_finds import SALT
from canvassing.actions.stall_links import (
    block_helper,
    close_link,
    let_helper_in,
    link_secret,
    open_link,
)
from canvassing.models import (
    Answer,
    Contact,
    DoNotContact,
    ElectorStanding,
    Eligible,
    EmailAddress,
    HeldItem,
    OpinionConsent,
    PhoneNumber,
    Question,
    Script,
    StallHelper,
    StallLink,
    ViewsObjection,
    VotesBy,
)
from canvassing.reports.call_questions import asking_of, questions_of
from canvassing.reports.phone_script import newest_script
from canvassing.views.stall_pages import COOKIE
from tests.canvassing.contact_helpers import prepare, said
from tests.canvassing.stall_helpers import (
    STALL,
    Hand,
    helper_of,
    stall_of,
    visits_in,
    who,
)
from tests.cast import NOW, UK, make_address, make_district, make_elector
from volunteers.models import Undertaking, Volunteer


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    district = make_district(campaign.organisation, ward)
    return make_elector(district, attains_on=NOW.date())


@pytest.fixture
def far(campaign: Campaign, other_ward: Ward) -> Elector:
    """Of a ward that is not the stall's."""
    district = make_district(campaign.organisation, other_ward, "PN1")
    return make_elector(district, forename="Zoe", surname="Marsh")


@pytest.fixture
def link(campaign: Campaign, ward: Ward, ivy: Elector, far: Elector) -> StallLink:
    return stall_of(campaign, ward)


@pytest.fixture
def helper(link: StallLink) -> StallHelper:
    return helper_of(link)


@pytest.fixture
def hand(helper: StallHelper) -> Hand:
    return Hand(helper)


def join(link: StallLink, **said: Any) -> Any:
    return Client().post("/field/join/", who(link, **said), "application/json")


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_volunteer_joins_by_the_link_and_has_a_cookie_that_no_script_reads(
    link: StallLink,
) -> None:
    browser = Client()
    secret = {"secret": link_secret(link)}
    asked = browser.post("/field/join/look/", secret, "application/json").json()
    answer = browser.post("/field/join/", who(link), "application/json")

    assert (asked["kind"], asked["asks_code"]) == ("stall", True)
    assert answer.json()["next"] == STALL
    assert "key" not in answer.json()
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Strict", STALL)
    assert "Who are you talking to?" in browser.get(STALL).content.decode()
    assert StallHelper.objects.get().volunteer.mobile == "+447700900123"
    assert Undertaking.objects.exists()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"promised": False}, (422, "no_promise")),
        ({"mobile": "12"}, (422, "bad_mobile")),
        ({"code": "nothing"}, (422, "wrong_code")),
        ({"is_18": False}, (422, "under_18")),
        ({"secret": "0" * 64}, (404, "unknown_link")),
    ],
)
def test_who_may_not_join_is_told_why_and_leaves_nothing(
    said: dict[str, Any], answer: tuple[int, str], link: StallLink
) -> None:
    assert refused(join(link, **said)) == answer
    assert not Volunteer.objects.exists()
    assert not StallHelper.objects.exists()


def test_somebody_under_18_helps_where_an_adult_does(link: StallLink) -> None:
    join(link)
    said = {"name": "Yan Young", "mobile": "07700 900456", "is_18": False}
    assert join(link, **said).status_code == 200


def test_links_that_are_over_closed_tampered_or_replaced_have_one_answer(
    link: StallLink, campaign: Campaign, ward: Ward
) -> None:
    by = system(campaign.organisation)
    good = who(link)
    tampered = refused(join(link, secret=good["secret"][:-1] + "x"))
    StallLink.objects.update(expires_at=NOW - timedelta(minutes=1))
    expired = refused(join(link))
    until = NOW + timedelta(hours=2)
    open_link(link.session, wards=[ward], expires_at=until, by=by, at=NOW)
    replaced = refused(Client().post("/field/join/", good, "application/json"))
    link.refresh_from_db()
    close_link(link, by=by, at=NOW)
    closed = refused(join(link))

    answers = {tampered, expired, replaced, closed}
    assert answers == {(404, "unknown_link")}


def test_a_thousand_guesses_of_the_code_never_succeed(link: StallLink) -> None:
    code = int(link.session.short_code)
    guesses = [f"{(code + n) % 10**6:06}" for n in range(1, 1_001)]
    phone, sent = Client(), who(link)

    answers = [
        refused(phone.post("/field/join/", sent | {"code": g}, "application/json"))
        for g in guesses
    ]

    assert answers[:10] == [(422, "wrong_code")] * 10
    assert set(answers[10:]) == {(429, "too_many_guesses")}
    assert refused(join(link)) == (429, "too_many_guesses")
    assert not StallHelper.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "Marsh",
        "ivy marsh",
        "1 Mill Street",
        "mill street",
        "Marsh WV14 1AA",
        "wv14 1aa, Marsh",
        "marsh, mill st",
        "Marsh 1 Mill Street",
        "Ivy Marsh, 1",
        "1 Mill Street, WV14 1AA",
        "1 WV14 1AA",
        "WV141AA",
        "WV14 IAA",
    ],
)
def test_somebody_is_found_by_name_street_or_postcode_in_one_field(
    words: str, campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    address = make_address(
        district, number="1", street="Mill Street", postcode="WV14 1AA"
    )
    make_elector(district, address=address)
    make_elector(district, forename="Ida", surname="Reed")
    hand = Hand(helper_of(stall_of(campaign, ward)))

    page = hand.find(words)
    assert "Ivy Marsh" in page
    assert "Ida" not in page


@pytest.mark.parametrize(
    ("surname", "words"),
    [
        ("Lane", "Ivy Lane"),
        ("Hill", "hill"),
        ("Wilson", "Wilson"),
        ("Flatley", "Flatley"),
    ],
)
def test_a_name_that_reads_like_a_place_is_found(
    surname: str, words: str, campaign: Campaign, ward: Ward
) -> None:
    make_elector(make_district(campaign.organisation, ward), surname=surname)
    hand = Hand(helper_of(stall_of(campaign, ward)))
    assert f"Ivy {surname}" in hand.find(words)


def test_the_one_field_says_what_it_takes(hand: Hand) -> None:
    page = hand.page()
    assert "Surname or postcode" in page
    assert "(if any)" not in page
    hand.client.cookies["django_language"] = "cy"
    assert "Cyfenw neu god post" in hand.page()


def test_nobody_of_another_ward_is_found(hand: Hand) -> None:
    page = hand.find("Marsh")
    assert "Ivy Marsh" in page
    assert "Zoe" not in page
    assert "Nobody found here" in hand.find("Zoe Marsh")


@pytest.mark.parametrize("words", ["", " ", "M", "%", "1", "|", "M, 1", ", 12 M", ","])
def test_a_blank_look_shows_nobody(words: str, hand: Hand) -> None:
    page = hand.find(words)
    assert "Say a little more" in page
    assert "Marsh" not in page


def test_a_wide_look_shows_nobody(campaign: Campaign, ward: Ward) -> None:
    district = make_district(campaign.organisation, ward)
    for n in range(9):
        make_elector(district, forename=f"Ivy{'abcdefghi'[n]}")
    hand = Hand(helper_of(stall_of(campaign, ward)))

    page = hand.find("Marsh")
    assert "More than 8 people fit" in page
    assert visits_in(page) == []
    assert len(visits_in(hand.find("Ivya Marsh"))) == 1


def test_whoever_is_not_found_is_told_how_to_register(hand: Hand) -> None:
    page = hand.find("Nobody")
    assert "https://www.gov.uk/register-to-vote" in page
    assert "The last day to register for this election has passed" in page


def test_each_look_is_in_the_audit_without_what_was_typed(
    hand: Hand, helper: StallHelper, ivy: Elector
) -> None:
    hand.find("Marsh")
    hand.find("Nobody")

    looks = AuditEntry.objects.filter(verb="stall.looked").order_by("pk")
    found, nobody = looks.values_list("data", flat=True)
    assert found == {"came_of_it": "found", "electors": [ivy.pk]}
    assert nobody == {"came_of_it": "nobody", "electors": []}
    assert {look.by_label for look in looks} == {f"Volunteer {helper.volunteer_id}"}


def test_the_31st_look_in_a_quarter_of_an_hour_is_refused(
    hand: Hand, helper: StallHelper
) -> None:
    for _ in range(30):
        hand.find("Nobody")
    with capture_logs() as logged:
        answer = hand.client.post(f"{STALL}find/", {"words": "Marsh"})
    assert answer.status_code == 429
    refused = {"event": "refused", "code": "too_many_finds", "log_level": "info"}
    assert refused in logged
    assert "Wait a quarter of an hour" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="stall.looked").count() == 30

    StallHelper.objects.update(finds_since=NOW - timedelta(days=1))
    assert "Ivy Marsh" in hand.find("Marsh")


def test_a_person_is_shown_as_at_a_door(hand: Hand, campaign: Campaign) -> None:
    ivy = Elector.objects.get(forename="Ivy")
    ElectorStanding.objects.update(votes_by=VotesBy.POST)
    by = system(campaign.organisation)
    record_contacts([said(ivy, "P1")], by=by, at=NOW, campaign=campaign)
    PollingStation.objects.create(
        organisation=campaign.organisation,
        election=campaign.election,
        council=campaign.councils.get(),
        name="Mill Street School",
        district_codes=["BN1"],
    )
    visit = hand.open("Ivy Marsh")
    assert "Mill Street School" not in hand.page(f"{STALL}person/{visit}/")
    ElectorStanding.objects.update(votes_by=VotesBy.IN_PERSON)
    assert "Votes at Mill Street School" in hand.page(f"{STALL}person/{visit}/")
    ElectorStanding.objects.update(votes_by=VotesBy.POST)

    page = hand.page(f"{STALL}person/{visit}/")
    assert ivy.address is not None
    assert ivy.address.printed in page
    assert "First vote" in page
    assert "Postal vote" in page
    assert "Do not touch, take, post or watch" in page
    assert "Last time, 23 April: Pledge: will vote" in page
    assert "2006" not in page


def test_answers_are_filed_with_who_asked_and_shown_with_undo(
    hand: Hand, helper: StallHelper, ivy: Elector
) -> None:
    visit = hand.open("Ivy Marsh")
    answers = {"q-intention": "P1", "note": "Buses."}
    for _ in range(2):
        page = hand.send("outcome", visit=visit, outcome="spoken", **answers)

    contact = Contact.objects.get()
    assert "Noted: spoken to" in page
    assert (contact.elector, contact.channel, contact.note) == (ivy, "stall", "Buses.")
    assert contact.session == helper.link.session
    assert contact.spoke == helper.volunteer
    assert (contact.by_kind, contact.by_label) == ("link", "Ada Finch")
    assert ElectorStanding.objects.get(elector=ivy).pledged
    assert "1 met by you" in hand.page()

    again = hand.send("undo", visit=visit)
    assert "Taken back. Say what they said." in again
    assert not ElectorStanding.objects.get(elector=ivy).pledged
    assert "0 met by you" in hand.page()
    [visit] = [part.split('"')[0] for part in again.split('name="visit" value="')[1:2]]
    hand.send("outcome", visit=visit, outcome="refused")
    assert Contact.objects.latest("pk").outcome.kind == "refused"
    assert not HeldItem.objects.exists()


def branching_script(campaign: Campaign) -> None:
    """Whoever says buses is asked which."""
    common = {"organisation": campaign.organisation}
    script = Script.objects.create(
        campaign=campaign, name="Ask", channel="door", published_at=NOW, **common
    )
    matters = Question.objects.create(
        script=script,
        key="matters",
        position=1,
        kind="several",
        text="What matters most?",
        options=[{"code": "buses", "label": "Buses"}],
        **common,
    )
    Question.objects.create(
        script=script,
        key="which",
        position=2,
        kind="choice",
        text="Which bus?",
        options=[{"code": "79", "label": "The 79"}],
        show_if=matters,
        show_if_answers=["buses"],
        **common,
    )


def test_answers_to_the_script_are_filed_and_a_branch_takes_one_step_more(
    hand: Hand, campaign: Campaign
) -> None:
    branching_script(campaign)
    visit = hand.open("Ivy Marsh")
    told = {"visit": visit, "outcome": "spoken", "q-matters": "buses"}
    assert "Which bus?" in hand.send("outcome", **told)
    assert not Contact.objects.exists()
    hand.send("outcome", **told, step="2", **{"q-which": "79"})

    answers = Answer.objects.order_by("pk").values_list("question__key", "code")
    assert list(answers) == [("matters", "buses"), ("which", "79")]


def test_answers_to_a_page_are_those_to_its_own_script_though_another_was_published(
    hand: Hand, campaign: Campaign
) -> None:
    branching_script(campaign)
    page = hand.page(f"{STALL}person/{hand.open('Ivy Marsh')}/")
    [visit] = [part.split('"')[0] for part in page.split('name="visit" value="')[1:2]]
    [shown] = [part.split('"')[0] for part in page.split('name="script" value="')[1:]]
    Script.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Newer",
        channel="door",
        published_at=NOW + timedelta(minutes=1),
    )

    told = {"visit": visit, "outcome": "spoken", "q-matters": "buses", "script": shown}
    assert "Which bus?" in hand.send("outcome", **told)
    hand.send("outcome", **told, step="2", **{"q-which": "79"})

    answers = Answer.objects.order_by("pk").values_list("question__key", "code")
    assert list(answers) == [("matters", "buses"), ("which", "79")]


@pytest.mark.parametrize(
    ("day", "votes_by", "is_offered"),
    [
        (date(2024, 4, 17), VotesBy.IN_PERSON, True),
        (date(2024, 4, 18), VotesBy.IN_PERSON, False),
        (date(2024, 4, 17), VotesBy.POST, False),
    ],
)
def test_a_postal_vote_is_offered_while_it_can_be_had_and_is_not(
    day: date,
    votes_by: VotesBy,
    is_offered: bool,
    ivy: Elector,
    link: StallLink,
    campaign: Campaign,
) -> None:
    """The last day to apply for the poll of 2 May 2024 was 17 April."""
    default_scripts(campaign=campaign, by=system(campaign.organisation), at=NOW)
    ElectorStanding.objects.filter(elector=ivy).update(votes_by=votes_by)
    at = datetime.combine(day, time(12), UK)

    asking = asking_of(ivy.pk, campaign=campaign, at=at)
    script = newest_script(campaign, channel="door")
    asked = questions_of(script, asking, campaign=campaign)

    offered = {words for one in asked for _code, words in one.choices}
    assert "A poster" in offered
    assert ("A vote by post" in offered) is is_offered


def test_what_was_never_filed_or_is_long_ago_is_not_undone(hand: Hand) -> None:
    visit = hand.open("Ivy Marsh")
    assert "There is nothing to take back." in hand.send("undo", visit=visit)
    hand.send("outcome", visit=visit, outcome="spoken")
    an_hour = timedelta(hours=1)
    Organisation.objects.update(clock_offset=F("clock_offset") + an_hour)
    assert "That is too long ago" in hand.send("undo", visit=visit)
    Organisation.objects.update(clock_offset=F("clock_offset") - an_hour)
    for _ in range(2):
        assert "Taken back" in hand.send("undo", visit=visit)
    assert Contact.objects.count() == 2


def test_a_number_is_kept_with_consent_alone(hand: Hand, ivy: Elector) -> None:
    visit = hand.open("Ivy Marsh")
    page = hand.send("given", visit=visit, value="07700 900123")
    assert "Tick what they agreed to" in page
    assert not PhoneNumber.objects.exists()
    page = hand.send("given", visit=visit, value="12", channels="call")
    assert "That is not a phone number" in page

    hand.send("given", visit=visit, value="07700 900123", channels=["call", "email"])
    hand.send("given", visit=visit, value="ivy@example.org", channels=["email"])

    number = PhoneNumber.objects.get()
    assert (number.elector, number.source) == (ivy, "At a street stall")
    assert number.calls_given_at is not None
    assert number.texts_given_at is None
    assert number.consent_wording
    assert EmailAddress.objects.get().emails_given_at is not None


def test_a_refusal_is_said_in_welsh(hand: Hand) -> None:
    visit = hand.open("Ivy Marsh")
    hand.client.cookies["django_language"] = "cy"
    page = hand.send("given", visit=visit, value="12", channels="call")
    assert "Nid rhif ffôn yw hwnnw" in page


@pytest.mark.parametrize(
    ("how", "channel", "for_good"),
    [("all", "", True), ("doors", "door", True), ("doors_now", "door", False)],
)
def test_two_taps_take_somebody_off_the_list(
    how: str, channel: str, for_good: bool, hand: Hand, ivy: Elector
) -> None:
    visit = hand.open("Ivy Marsh")
    page = hand.send("away", visit=visit, how=how)

    wish = DoNotContact.objects.get()
    assert (wish.elector, wish.channel) == (ivy, channel)
    assert (wish.campaign is None) == for_good
    assert "They asked us not to knock" in page


def test_two_taps_keep_nothing_of_their_views(hand: Hand, ivy: Elector) -> None:
    visit = hand.open("Ivy Marsh")
    page = hand.send("views", visit=visit, said="object")

    assert ViewsObjection.objects.get().elector == ivy
    assert "How will they vote?" not in page
    assert "Record only that you spoke" in page
    answers = {"q-intention": "P1", "note": "Angry."}
    hand.send("outcome", visit=visit, outcome="spoken", **answers)
    contact = Contact.objects.get()
    assert (contact.intention, contact.note) == (None, "")


def test_who_is_no_party_asks_for_views_once_they_agreed_to_the_words(
    link: StallLink, hand: Hand
) -> None:
    Organisation.objects.update(controller_kind=ControllerKind.CANDIDATE)
    visit = hand.open("Ivy Marsh")
    before = hand.page(f"{STALL}person/{visit}/")
    assert "I agree that" in before
    assert "How will they vote?" not in before

    after = hand.send("views", visit=visit, said="agree")
    assert "How will they vote?" in after
    assert OpinionConsent.objects.get().channel == "stall"
    hand.send("outcome", visit=visit, outcome="spoken", **{"q-intention": "P1"})
    assert Contact.objects.get().intention is not None


def test_whoever_cannot_vote_is_asked_nothing(hand: Hand) -> None:
    ElectorStanding.objects.update(eligible=Eligible.NO)
    visit = hand.open("Ivy Marsh")
    page = hand.page(f"{STALL}person/{visit}/")
    assert "Cannot vote in this election" in page
    assert "How will they vote?" not in page
    assert "Wants a postal vote" not in page


def test_an_elector_of_another_ward_is_opened_by_nobody(
    hand: Hand, helper: StallHelper, far: Elector, ivy: Elector
) -> None:
    """Neither by an id, nor by what was sealed for another, nor by a seal of ours."""
    other = helper_of(helper.link, "Bo Lane")
    theirs = visits_in(Hand(other).find("Marsh"))[0]
    forged = signing.dumps([helper.pk, far.pk, "0" * 32], salt="else")
    for visit in (str(far.pk), str(ivy.pk), theirs, theirs[:-1] + "x", forged):
        page = hand.client.get(f"{STALL}person/{visit}/", follow=True)
        assert "You have not found this person yet" in page.content.decode()
        for what in ("outcome", "views", "away", "given", "undo"):
            assert "You have not found this person yet" in hand.send(what, visit=visit)

    sealed = signing.dumps([helper.pk, far.pk, "0" * 32], salt=SALT)
    gone = "They are no longer on the register for these wards."
    page = hand.client.get(f"{STALL}person/{sealed}/", follow=True)
    assert gone in page.content.decode()
    assert gone in hand.send("views", visit=sealed, said="agree")
    given = {"value": "07700 900123", "channels": ["call"]}
    assert gone in hand.send("given", visit=sealed, **given)
    assert "not on your list" in hand.send("outcome", visit=sealed, outcome="refused")
    assert HeldItem.objects.get().code == "not_yours"
    assert not Contact.objects.exists()
    assert not PhoneNumber.objects.exists()


def test_somebody_who_has_left_the_register_is_shown_no_more_and_what_they_said_is_held(
    hand: Hand,
) -> None:
    found = hand.client.post(f"{STALL}find/", {"words": "Marsh"})
    visit = hand.open("Ivy Marsh")
    ElectorStanding.objects.update(is_current=False)

    gone = "They are no longer on the register for these wards."
    assert gone in hand.page(found.headers["Location"])
    answer = hand.client.get(f"{STALL}person/{visit}/", follow=True)
    assert gone in answer.content.decode()
    assert "Marsh" not in answer.content.decode()
    answers = {"q-intention": "P1", "note": "Moving to Penn."}
    page = hand.send("outcome", visit=visit, outcome="spoken", **answers)
    assert "Kept for the organiser: This elector is no longer on the register." in page
    held = HeldItem.objects.get()
    assert held.payload["intention"] == "P1"
    assert held.payload["note"] == "Moving to Penn."


def test_what_is_said_of_somebody_merged_meanwhile_is_filed_of_the_one_who_is_kept(
    hand: Hand, ivy: Elector, campaign: Campaign
) -> None:
    visit = hand.open("Ivy Marsh")
    kept = make_elector(ivy.polling_district, forename="Ivy", surname="Marshall")
    prepare(campaign)
    Elector.objects.filter(pk=ivy.pk).update(merged_into=kept, on_register=False)
    prepare(campaign)

    hand.send("outcome", visit=visit, outcome="spoken", **{"q-intention": "P1"})
    hand.send("away", visit=visit, how="doors")

    assert Contact.objects.get().elector == kept
    assert DoNotContact.objects.get().elector == kept


OVER = "This stall is over. Thank you for helping."
BLOCKED = "You cannot help here: ask the organiser."
SHUT = [
    (StallHelper, {"blocked_at": NOW}, BLOCKED, "blocked"),
    (Volunteer, {"stood_down_at": NOW}, BLOCKED, "had_stood_down"),
    (StallHelper, {"left_at": NOW}, "Open the link you were given", "left"),
    (StallLink, {"closed_at": NOW}, OVER, "stall_over"),
    (StallLink, {"expires_at": NOW - timedelta(minutes=1)}, OVER, "stall_over"),
    (Campaign, {"closed_at": NOW}, OVER, "campaign_closed"),
]
AMISS: list[tuple[str, dict[str, str]]] = [
    ("outcome", {}),
    ("outcome", {"outcome": "spoken", "q-intention": "nonsense"}),
    ("outcome", {"outcome": "spoken", "q-matters": "buses"}),
    ("views", {}),
    ("views", {"said": "agree"}),
    ("away", {}),
    ("given", {}),
    ("given", {"value": "07700 900123", "channels": "call"}),
    ("undo", {}),
]


@pytest.mark.parametrize(("model", "changed", "sentence", "code"), SHUT)
def test_nobody_is_shown_to_who_is_shut_out_and_what_they_say_is_held(
    model: Any,
    changed: dict[str, Any],
    sentence: str,
    code: str,
    hand: Hand,
    campaign: Campaign,
) -> None:
    """Whatever they send: amiss, half, or refused."""
    branching_script(campaign)
    visit = hand.open("Ivy Marsh")
    model.objects.update(**changed)

    for what, said_amiss in AMISS:
        page = hand.send(what, visit=visit, **said_amiss)
        assert sentence in page
        assert "Ivy" not in page
    assert "Marsh" not in hand.find("Marsh")
    assert hand.client.get(f"{STALL}person/{visit}/").status_code == 403
    assert {held.code for held in HeldItem.objects.all()} == {code}
    answers = HeldItem.objects.values_list("payload__answers", flat=True)
    assert [["matters", ["buses"]]] in list(answers)
    assert not Contact.objects.exists()


@pytest.mark.parametrize(("model", "changed", "sentence", "code"), SHUT)
def test_that_a_postal_vote_was_sent_back_is_held_with_the_rest(
    model: Any,
    changed: dict[str, Any],
    sentence: str,
    code: str,
    hand: Hand,
) -> None:
    ElectorStanding.objects.update(votes_by=VotesBy.POST)
    Campaign.objects.update(packs_go_out_on=NOW.date())
    visit = hand.open("Ivy Marsh")
    model.objects.update(**changed)

    told = {"visit": visit, "outcome": "spoken", "q-posted": "yes"}
    assert sentence in hand.send("outcome", **told)

    held = HeldItem.objects.get()
    assert (held.code, held.payload["posted"]) == (code, True)


@pytest.mark.parametrize(("model", "changed", "sentence", "code"), SHUT)
def test_a_wish_is_kept_whoever_heard_it_and_an_answer_is_held_once(
    model: Any,
    changed: dict[str, Any],
    sentence: str,
    code: str,
    hand: Hand,
    ivy: Elector,
) -> None:
    visit = hand.open("Ivy Marsh")
    model.objects.update(**changed)

    for _ in range(2):
        told = {"visit": visit, "outcome": "spoken", "q-intention": "P1"}
        page = hand.send("outcome", **told)
        assert sentence in page
        hand.send("away", visit=visit, how="all")
        hand.send("views", visit=visit, said="object")

    held = HeldItem.objects.get()
    assert (held.payload["intention"], held.code) == ("P1", code)
    assert DoNotContact.objects.get().elector == ivy
    assert ViewsObjection.objects.get().elector == ivy


def test_what_a_blocked_helper_said_is_accepted_and_waits_no_longer(
    hand: Hand, helper: StallHelper, campaign: Campaign
) -> None:
    by = system(campaign.organisation)
    visit = hand.open("Ivy Marsh")
    block_helper(helper, by=by, at=NOW)
    told = {"visit": visit, "outcome": "spoken", "q-intention": "P1"}
    assert "An organiser had blocked whoever sent this." in hand.send("outcome", **told)

    waiting = HeldItem.objects.all()
    assert try_held_items(waiting, by=by, at=NOW, campaign=campaign) == {"filed": 1}
    assert HeldItem.objects.get().resolved_at is not None


def test_what_was_taken_back_is_filed_anew_with_the_button_of_the_page_before(
    hand: Hand, ivy: Elector
) -> None:
    visit = hand.open("Ivy Marsh")
    hand.send("outcome", visit=visit, outcome="spoken", **{"q-intention": "P1"})
    once = hand.send("undo", visit=visit)
    twice = hand.send("undo", visit=visit)
    assert "Taken back. Say what they said." in twice
    assert "There is nothing to take back." not in once + twice

    for _ in range(2):
        told = {"visit": visit, "outcome": "spoken", "q-intention": "P1"}
        page = hand.send("outcome", **told)
    assert "Noted: spoken to" in page
    assert "Noted: spoken to" in hand.page(f"{STALL}person/{visit}/")
    assert ElectorStanding.objects.get(elector=ivy).pledged
    assert (Contact.objects.count(), HeldItem.objects.count()) == (3, 0)

    [now] = [part.split('"')[0] for part in page.split('name="visit" value="')[1:2]]
    hand.send("undo", visit=now)
    assert not ElectorStanding.objects.get(elector=ivy).pledged


def test_what_an_organiser_put_right_is_shown_so_and_neither_filed_anew_nor_undone(
    hand: Hand, campaign: Campaign, ivy: Elector
) -> None:
    visit = hand.open("Ivy Marsh")
    told = {"visit": visit, "outcome": "spoken", "q-intention": "P1"}
    hand.send("outcome", **told)
    by = system(campaign.organisation)
    right = correct_contact(Contact.objects.get(), by=by, at=NOW, intention="U")

    page = hand.send("outcome", **told)
    assert "Noted: spoken to" in page
    assert right.intention is not None
    assert right.intention.label in page
    assert f"{STALL}undo/" not in page
    assert "Somebody has put this right since" in hand.send("undo", visit=visit)
    assert not ElectorStanding.objects.get(elector=ivy).pledged
    assert (Contact.objects.count(), HeldItem.objects.count()) == (2, 0)


def test_what_is_said_is_said_when_it_is_sent_not_when_the_list_was_drawn(
    hand: Hand,
) -> None:
    found = hand.client.post(f"{STALL}find/", {"words": "Marsh"}).headers["Location"]
    [visit] = visits_in(hand.page(found))
    an_hour = timedelta(hours=1)
    Organisation.objects.update(clock_offset=F("clock_offset") + an_hour)
    hand.send("outcome", visit=visit, outcome="spoken")
    Organisation.objects.update(clock_offset=F("clock_offset") + an_hour)
    hand.send("outcome", visit=visit, outcome="spoken")

    said_at = Contact.objects.get().said_at
    assert NOW + an_hour <= said_at < NOW + 2 * an_hour
    assert not HeldItem.objects.exists()
    # Back to the list: it is the same talk.
    [again] = visits_in(hand.page(found))
    assert "Noted: spoken to" in hand.page(f"{STALL}person/{again}/")


def test_two_taps_on_one_wish_are_one_wish(hand: Hand) -> None:
    visit = hand.open("Ivy Marsh")
    for how in ("all", "all", "doors", "doors_now", "doors_now"):
        hand.send("away", visit=visit, how=how)

    wishes = DoNotContact.objects.order_by("pk").values_list("channel", "campaign")
    assert [(channel, bool(only)) for channel, only in wishes] == [
        ("", False),
        ("door", False),
        ("door", True),
    ]
    assert AuditEntry.objects.filter(verb="do_not_contact.recorded").count() == 3


def test_a_key_of_a_stall_finds_nobody_of_another_session(
    hand: Hand, helper: StallHelper, other_campaign: Campaign, ward: Ward
) -> None:
    other = stall_of(other_campaign, ward)
    theirs = Hand(helper_of(other, "Bo Lane"))
    visit = theirs.open("Ivy Marsh")

    assert "You have not found this person yet" in hand.send(
        "outcome", visit=visit, outcome="refused"
    )
    assert not Contact.objects.exists()


def test_whoever_signs_out_or_joins_again_leaves_a_key_that_opens_nothing(
    hand: Hand, helper: StallHelper
) -> None:
    let_helper_in(helper.link, helper.volunteer, at=NOW)
    assert hand.client.get(STALL).status_code == 403
    again = Hand(helper)
    assert "Thank you for helping." in again.send("leave")
    assert again.client.get(STALL).status_code == 403


def test_a_volunteer_who_stood_down_is_shown_nobody(hand: Hand) -> None:
    Volunteer.objects.update(stood_down_at=NOW)
    assert hand.client.get(STALL).status_code == 403


@pytest.mark.parametrize(
    ("what", "said", "sentence"),
    [
        ("outcome", {}, "Say what came of it."),
        ("outcome", {"outcome": "gone_fishing"}, "Say what came of it."),
        ("outcome", {"outcome": "not_in"}, "Say what came of it."),
        ("outcome", {"outcome": "spoken", "q-intention": "none"}, "none"),
        ("views", {"said": "perhaps"}, "Say whether they agree."),
        ("away", {"how": "far"}, "Say how they want to be left alone."),
    ],
)
def test_what_is_tampered_with_changes_nothing(
    what: str, said: dict[str, str], sentence: str, hand: Hand
) -> None:
    visit = hand.open("Ivy Marsh")
    assert sentence in hand.send(what, visit=visit, **said)
    assert not Contact.objects.exists()
    assert not DoNotContact.objects.exists()
    assert not ViewsObjection.objects.exists()


def test_a_page_without_a_key_says_how_to_get_one(db: None) -> None:
    stranger = Client()
    stranger.cookies[COOKIE] = "guessed"
    for browser in (Client(), stranger):
        answer = browser.get(STALL)
        assert answer.status_code == 403
        assert "Open the link you were given once more." in answer.content.decode()
