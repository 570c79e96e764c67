"""A caller's pages: one elector at a time, and nothing to anybody else."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from campaigns.access import system
from campaigns.models import (
    AuditEntry,
    Campaign,
    ControllerKind,
    Organisation,
    User,
    Ward,
)
from canvassing.actions.phone_banks import (
    block_caller,
    close_bank,
    let_caller_in,
    link_secret,
)
from canvassing.models import (
    Answer,
    BankCaller,
    CallClaim,
    CanvassSession,
    Contact,
    DoNotContact,
    ElectorStanding,
    HeldItem,
    OpinionConsent,
    PhoneBank,
    Question,
    QueuedCall,
    Script,
    ViewsObjection,
    VotesBy,
)
from canvassing.views.call_pages import COOKIE
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    numbers,
    run_out,
    stand_with_number,
)
from tests.cast import NOW
from tests.house.test_access import signed_in
from volunteers.models import Volunteer

NUMBER = "07700 900000"
CALLS = "/field/calls/"


@pytest.fixture
def today(organisation: Organisation) -> None:
    """The organisation's clock stands at NOW."""
    organisation.clock_offset = NOW - timezone.now()
    organisation.save()


@pytest.fixture
def bank(today: None, campaign: Campaign, ward: Ward) -> PhoneBank:
    for number in numbers(2):
        stand_with_number(campaign, ward, number)
    return bank_of(campaign, ends_at=NOW + timedelta(days=9))


@pytest.fixture
def caller(bank: PhoneBank) -> Client:
    browser = Client()
    jo = caller_for(bank)
    browser.cookies[COOKIE] = let_caller_in(bank, jo, at=NOW)
    return browser


def take(caller: Client) -> str:
    """The page of the next call."""
    answer = caller.post(f"{CALLS}next/", follow=True)
    return answer.content.decode()


def tell(caller: Client, outcome: str, **more: Any) -> HttpResponse:
    call = CallClaim.objects.latest("pk")
    said = {"call": call.uuid, "outcome": outcome, **more}
    return caller.post(f"{CALLS}outcome/", said, follow=True)


def test_a_volunteer_joins_by_the_link_and_has_a_cookie_that_no_script_reads(
    bank: PhoneBank,
) -> None:
    browser = Client()
    said = {
        "secret": link_secret(bank),
        "name": "Jo Finch",
        "mobile": "07700 900456",
        "promised": True,
        "is_18": True,
        "code": bank.session.short_code,
    }
    answer = browser.post("/field/join/", said, content_type="application/json")

    told = answer.json()
    assert answer.status_code == 200
    assert (told["kind"], told["next"]) == ("phones", CALLS)
    assert "key" not in told
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Strict", CALLS)
    assert browser.get(CALLS).status_code == 200
    assert BankCaller.objects.get().volunteer.name == "Jo Finch"


def who_joins(bank: PhoneBank, name: str, mobile: str, *, is_18: bool) -> Any:
    browser = Client()
    said = {
        "secret": link_secret(bank),
        "name": name,
        "mobile": mobile,
        "promised": True,
        "is_18": is_18,
        "code": bank.session.short_code,
    }
    return browser, browser.post("/field/join/", said, content_type="application/json")


YAN, ADA = ("Yan Young", "07700 900456"), ("Ada Finch", "07700 900123")


def test_somebody_under_18_calls_only_while_an_adult_calls_too(bank: PhoneBank) -> None:
    _, refused = who_joins(bank, *YAN, is_18=False)
    who_joins(bank, *ADA, is_18=True)
    yan, joined = who_joins(bank, *YAN, is_18=False)

    assert refused.json()["error"]["code"] == "under_18"
    assert joined.status_code == 200
    assert yan.get(CALLS).status_code == 200

    BankCaller.objects.filter(volunteer__name="Ada Finch").update(left_at=NOW)

    page = yan.get(CALLS)
    assert page.status_code == 403
    assert "you call beside an adult" in page.content.decode()
    yan.post(f"{CALLS}next/")
    assert not CallClaim.objects.exists()


def test_an_adult_of_yesterday_is_no_company(bank: PhoneBank) -> None:
    who_joins(bank, *ADA, is_18=True)
    BankCaller.objects.update(joined_at=NOW - timedelta(hours=13))

    _, refused = who_joins(bank, *YAN, is_18=False)

    assert refused.json()["error"]["code"] == "under_18"
    assert who_joins(bank, *ADA, is_18=True)[1].status_code == 200
    assert who_joins(bank, *YAN, is_18=False)[1].status_code == 200


def test_an_organiser_says_that_an_adult_is_with_a_caller_under_18_and_sees_who_is(
    bank: PhoneBank, organiser: User
) -> None:
    desk = signed_in(organiser)
    address = f"/mayor-2024/phones/{bank.pk}/"
    before = desk.get(address).content.decode()

    desk.post(f"{address}accompanied/")
    _, joined = who_joins(bank, *YAN, is_18=False)
    after = desk.get(address).content.decode()

    assert "No adult calls here now" in before
    assert joined.status_code == 200
    assert "under 18</span>" in after
    assert "An adult is with them" not in after


def test_an_organisers_word_about_callers_does_not_outlast_the_adult(
    bank: PhoneBank, organiser: User
) -> None:
    desk = signed_in(organiser)
    address = f"/mayor-2024/phones/{bank.pk}/accompanied/"
    desk.post(address)
    yan, _ = who_joins(bank, *YAN, is_18=False)
    first = PhoneBank.objects.get().accompanied_at
    desk.post(address)
    assert PhoneBank.objects.get().accompanied_at == first
    assert AuditEntry.objects.filter(verb="phone_bank.accompanied").count() == 1
    ada, _ = who_joins(bank, *ADA, is_18=True)
    assert yan.get(CALLS).status_code == 200

    ada.post(f"{CALLS}leave/")

    assert PhoneBank.objects.get().accompanied_at is None
    assert yan.get(CALLS).status_code == 403


def test_nobody_says_in_advance_that_an_adult_is_with_callers(
    bank: PhoneBank, organiser: User
) -> None:
    who_joins(bank, *ADA, is_18=True)

    page = signed_in(organiser).post(
        f"/mayor-2024/phones/{bank.pk}/accompanied/", follow=True
    )

    assert "Somebody of 18 calls here already." in page.content.decode()
    assert PhoneBank.objects.get().accompanied_at is None


def test_a_wrong_code_lets_nobody_in(bank: PhoneBank) -> None:
    said = {
        "secret": link_secret(bank),
        "name": "Jo Finch",
        "mobile": "07700 900456",
        "promised": True,
        "is_18": True,
        "code": "000000" if bank.session.short_code != "000000" else "111111",
    }
    answer = Client().post("/field/join/", said, content_type="application/json")
    assert answer.json()["error"]["code"] == "wrong_code"
    assert not BankCaller.objects.exists()


def test_no_name_and_no_number_is_shown_before_the_call_is_theirs(
    caller: Client,
) -> None:
    before = caller.get(CALLS).content.decode()
    after = take(caller)

    assert "Marsh" not in before
    assert NUMBER not in before
    assert f"Call {NUMBER}" in after
    assert 'href="tel:+447700900000"' in after
    assert "Hello, is that Ivy? I’m Jo, calling for Rowan Ash" in after
    assert "Telephone Preference Service on 16 April 2024" in after


def test_the_number_goes_with_the_lease(caller: Client) -> None:
    take(caller)
    run_out(CallClaim.objects.all())

    assert NUMBER not in caller.get(CALLS).content.decode()


def test_one_tap_says_that_nobody_answered(caller: Client) -> None:
    take(caller)
    page = tell(caller, "no_answer").content.decode()

    assert "Noted: no answer." in page
    assert Contact.objects.get().outcome.kind == "not_in"
    assert QueuedCall.objects.filter(tries=1, state="waiting").count() == 1


def test_two_taps_stop_all_calls(caller: Client) -> None:
    assert "Never call them again" in take(caller)
    tell(caller, "do_not_call")
    assert DoNotContact.objects.get().channel == "phone"


def test_a_call_back_is_promised_by_the_clock_on_the_wall(caller: Client) -> None:
    take(caller)
    page = tell(caller, "call_back", call_back_at="2024-04-23T18:30")
    assert "Noted: call back later." in page.content.decode()
    waiting = QueuedCall.objects.get(promised_to__isnull=False)
    assert waiting.due_at == NOW.replace(hour=18, minute=30)

    take(caller)
    again = tell(caller, "call_back", call_back_at="2024-04-22T18:30")
    assert "That time is past" in again.content.decode()


def test_answers_are_filed_and_a_branch_takes_one_step_more(
    bank: PhoneBank, caller: Client, campaign: Campaign
) -> None:
    common = {"organisation": campaign.organisation}
    script = Script.objects.create(
        campaign=campaign,
        name="Persuade",
        channel="phone",
        published_at=NOW,
        **common,
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
    bank.session.script = script
    bank.session.save()

    assert "Which bus?" not in take(caller)
    more = tell(caller, "spoken", **{"q-matters": "buses", "note": "Kind."})
    page = more.content.decode()
    assert "Which bus?" in page
    assert not Contact.objects.exists()
    hidden = dict(
        re.findall(r'type="hidden" name="(q-\w+|note)" value="(\w+\.?)"', page)
    )
    tell(caller, "spoken", step="2", **{**hidden, "q-which": "79"})

    assert Contact.objects.get().note == "Kind."
    answers = Answer.objects.order_by("pk").values_list("question__key", "code")
    assert list(answers) == [("matters", "buses"), ("which", "79")]


@pytest.fixture
def independent(organisation: Organisation) -> None:
    """Who stands for no party."""
    organisation.controller_kind = ControllerKind.CANDIDATE
    organisation.save()


def wish(caller: Client, said: str) -> str:
    call = CallClaim.objects.latest("pk")
    told = {"call": call.uuid, "said": said}
    return caller.post(f"{CALLS}views/", told, follow=True).content.decode()


def test_who_is_no_party_asks_for_views_once_they_agreed_to_the_words(
    caller: Client, independent: None
) -> None:
    before = take(caller)
    assert "How will they vote?" not in before
    assert "I agree that" in before
    tell(caller, "spoken", **{"q-intention": "P1", "note": "Buses."})
    [spoken] = Contact.objects.all()
    assert (spoken.intention, spoken.note) == (None, "")

    take(caller)
    after = wish(caller, "agree")
    assert "How will they vote?" in after
    assert "I agree that" not in after
    consent = OpinionConsent.objects.get()
    assert (consent.channel, consent.given_at.date()) == ("phone", NOW.date())
    assert (consent.by_kind, consent.by_label) == ("link", "Jo Finch")
    tell(caller, "spoken", **{"q-intention": "P1"})
    pledge = Contact.objects.latest("pk")
    assert pledge.intention is not None
    assert pledge.elector_id == consent.elector_id


def test_whoever_wants_no_views_recorded_says_so_in_two_taps(caller: Client) -> None:
    assert "Do not record my views" in take(caller)
    after = wish(caller, "object")

    assert ViewsObjection.objects.get().elector_id == CallClaim.objects.get().elector_id
    assert "How will they vote?" not in after
    assert "Do not record my views" not in after
    assert NUMBER in after
    tell(caller, "spoken", **{"q-intention": "P1", "note": "Angry."})
    contact = Contact.objects.get()
    assert (contact.intention, contact.note) == (None, "")


def test_a_wish_is_kept_after_the_lease_and_the_bank(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    run_out(CallClaim.objects.all())
    close_bank(bank, by=system(bank.organisation), at=NOW)
    wish(caller, "object")
    assert ViewsObjection.objects.exists()


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_a_wish_that_is_none_changes_nothing(caller: Client, said: str) -> None:
    take(caller)
    assert "Say whether they agree." in wish(caller, said)
    assert not ViewsObjection.objects.exists()
    assert not OpinionConsent.objects.exists()


def test_nobody_wishes_for_the_elector_of_another_caller(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    other = Client()
    other.cookies[COOKIE] = let_caller_in(bank, caller_for(bank, "Ann Reed"), at=NOW)
    assert "This call is not yours." in wish(other, "object")
    block_caller(BankCaller.objects.first(), by=system(bank.organisation), at=NOW)
    assert "This call is not yours." in wish(caller, "agree")
    assert not OpinionConsent.objects.exists()
    wish(caller, "object")
    assert ViewsObjection.objects.exists()


def test_a_postal_voter_with_a_pack_is_asked_only_whether_it_is_sent(
    caller: Client, campaign: Campaign
) -> None:
    ElectorStanding.objects.update(votes_by=VotesBy.POST)
    assert "How will they vote?" in take(caller)
    Campaign.objects.update(packs_go_out_on=NOW.date())

    page = caller.get(CALLS).content.decode()
    assert "How will they vote?" not in page
    assert "Have they sent their postal vote back?" in page
    tell(caller, "spoken", **{"q-posted": "yes"})
    assert Contact.objects.get().posted is True

    take(caller)
    ElectorStanding.objects.update(posted=True)
    page = caller.get(CALLS).content.decode()
    assert "Have they sent" not in page
    assert "do not ask how they voted" in page


def test_the_lease_of_a_page_left_open_ends_with_the_hours(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    call = CallClaim.objects.get()
    PhoneBank.objects.update(calls_from=time(17), calls_until=time(20, 30))

    answer = caller.post(f"{CALLS}renew/", {"call": call.uuid})

    was = call.expires_at
    call.refresh_from_db()
    assert call.expires_at == was
    assert 0 < answer.json()["seconds_left"] <= 600


def test_who_gets_no_call_though_some_are_due_is_told_why(
    bank: PhoneBank, caller: Client
) -> None:
    for n in range(2):
        other = Client()
        ann = caller_for(bank, f"Caller {n}")
        other.cookies[COOKIE] = let_caller_in(bank, ann, at=NOW)
        take(other)
    QueuedCall.objects.update(due_at=NOW)
    assert "try again shortly" in take(caller)


def test_outside_the_hours_it_is_said_when_calls_begin_again(
    bank: PhoneBank, caller: Client
) -> None:
    PhoneBank.objects.update(calls_from=time(17), calls_until=time(20, 30))
    page = take(caller)
    assert "Calls begin again at 5 pm on Tuesday 23 April." in page
    assert not CallClaim.objects.exists()


def test_an_empty_queue_says_when_the_next_call_is_due(caller: Client) -> None:
    for _ in range(2):
        take(caller)
        tell(caller, "no_answer")
    page = take(caller)
    assert "Nobody is to be called just now" in page
    assert "The next call is due at 1 pm on Tuesday 23 April." in page


def test_whoever_was_hidden_leaves_the_page_of_their_caller(caller: Client) -> None:
    take(caller)
    ElectorStanding.objects.update(is_current=False)
    page = caller.get(CALLS).content.decode()
    assert "Marsh" not in page
    assert not CallClaim.objects.filter(closed_at=None).exists()


def test_a_blocked_caller_sees_nothing_and_what_they_say_is_held(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    by = system(bank.organisation)
    block_caller(BankCaller.objects.get(), by=by, at=NOW)

    answer = caller.get(CALLS)
    assert answer.status_code == 403
    assert "ask the organiser" in answer.content.decode()
    tell(caller, "spoken", note="They were kind.")
    assert HeldItem.objects.get().code == "taken_back"


def test_whoever_stood_down_sees_nothing_and_what_they_say_is_held(
    caller: Client,
) -> None:
    take(caller)
    Volunteer.objects.update(stood_down_at=NOW)

    answer = caller.get(CALLS)

    assert answer.status_code == 403
    assert NUMBER not in answer.content.decode()
    tell(caller, "spoken", note="They were kind.")
    assert HeldItem.objects.get().code == "had_stood_down"


@pytest.mark.parametrize(
    ("model", "changed", "code"),
    [
        (BankCaller, {"blocked_at": NOW}, "blocked"),
        (Volunteer, {"stood_down_at": NOW}, "had_stood_down"),
        (Campaign, {"closed_at": NOW}, "campaign_closed"),
    ],
)
def test_no_number_is_shown_to_who_is_shut_out_whatever_they_send(
    model: Any, changed: dict[str, Any], code: str, caller: Client
) -> None:
    take(caller)
    model.objects.update(**changed)

    for outcome, more in (
        ("call_back", {}),
        ("call_back", {"call_back_at": "some day"}),
        ("spoken", {"q-intention": "nonsense", "note": "Kind."}),
        ("", {}),
    ):
        page = tell(caller, outcome, **more).content.decode()
        assert NUMBER not in page
        assert "tel:" not in page
        assert "Marsh" not in page
    called_back, spoken = HeldItem.objects.order_by("pk")
    assert called_back.code == spoken.code == code
    assert spoken.payload["note"] == "Kind."


def test_what_is_said_of_who_has_left_the_register_is_held_whole(
    caller: Client,
) -> None:
    take(caller)
    ElectorStanding.objects.update(is_current=False)
    tell(caller, "spoken", **{"q-intention": "P1", "note": "Moving."})

    held = HeldItem.objects.get()
    assert held.code == "left_register"
    assert (held.payload["intention"], held.payload["note"]) == ("P1", "Moving.")


@pytest.mark.parametrize(
    ("model", "changed", "code"),
    [
        (BankCaller, {"blocked_at": NOW}, "blocked"),
        (ElectorStanding, {"is_current": False}, "left_register"),
    ],
)
def test_that_a_postal_vote_was_sent_back_is_held_too_though_it_hung_on_an_answer(
    model: Any, changed: dict[str, Any], code: str, caller: Client, campaign: Campaign
) -> None:
    common = {"organisation": campaign.organisation}
    script = Script.objects.create(
        campaign=campaign, name="Post", channel="phone", published_at=NOW, **common
    )
    CanvassSession.objects.update(script=script)
    ask = {"script": script, **common}
    first = Question.objects.create(key="vote", position=1, kind="intention", **ask)
    Question.objects.create(
        key="posted",
        position=2,
        kind="posted",
        show_if=first,
        show_if_answers=["P1"],
        **ask,
    )
    ElectorStanding.objects.update(votes_by=VotesBy.POST)
    Campaign.objects.update(packs_go_out_on=NOW.date())
    take(caller)
    model.objects.update(**changed)

    tell(caller, "spoken", **{"q-posted": "yes"})

    held = HeldItem.objects.get()
    assert (held.code, held.payload["posted"]) == (code, True)


def test_a_closed_campaign_shows_no_caller_anything(caller: Client) -> None:
    take(caller)
    Campaign.objects.update(closed_at=NOW)

    page = caller.get(CALLS).content.decode()

    assert "This phone bank is over" in page
    assert NUMBER not in page
    tell(caller, "spoken", note="They were kind.")
    assert HeldItem.objects.get().code == "campaign_closed"


def test_a_closed_bank_lets_the_call_end_and_no_other_begin(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    close_bank(bank, by=system(bank.organisation), at=NOW)
    assert NUMBER in caller.get(CALLS).content.decode()
    tell(caller, "no_answer")
    assert Contact.objects.count() == 1
    assert "This phone bank is over" in caller.get(CALLS).content.decode()


def test_a_slip_is_undone_and_the_same_number_is_on_the_page_again(
    caller: Client,
) -> None:
    take(caller)
    call = CallClaim.objects.get()
    page = tell(caller, "deceased").content.decode()
    assert "Undo my last call: deceased" in page
    assert NUMBER not in page

    for _ in range(2):
        answer = caller.post(f"{CALLS}undo/", {"call": call.uuid}, follow=True)
        page = answer.content.decode()
        assert "Taken back. Say what came of this call." in page
        assert NUMBER in page
        assert "Undo my last call" not in page

    assert Contact.objects.filter(corrects=call.uuid).count() == 1


def test_what_is_no_call_or_too_long_ago_is_not_undone(
    caller: Client, organisation: Organisation
) -> None:
    take(caller)
    tell(caller, "moved")
    call = CallClaim.objects.get()
    for sent in ("", "1234", "00000000-0000-0000-0000-000000000001"):
        answer = caller.post(f"{CALLS}undo/", {"call": sent}, follow=True)
        assert "This call is not yours." in answer.content.decode()

    organisation.clock_offset += timedelta(minutes=6)
    organisation.save()
    assert "Undo my last call" not in caller.get(CALLS).content.decode()
    answer = caller.post(f"{CALLS}undo/", {"call": call.uuid}, follow=True)
    assert "too long ago" in answer.content.decode()
    assert not Contact.objects.filter(corrects=call.uuid).exists()


def test_a_caller_in_welsh_undoes_in_welsh(caller: Client) -> None:
    take(caller)
    caller.cookies["django_language"] = "cy"
    page = tell(caller, "wrong_number").content.decode()
    assert "Dadwneud fy ngalwad ddiwethaf: rhif anghywir" in page


def test_whoever_signs_out_gives_their_call_back(caller: Client) -> None:
    take(caller)
    caller.post(f"{CALLS}leave/")
    assert CallClaim.objects.get().closed_because == "given_back"
    assert caller.get(CALLS).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "spoken", "q-intention": "P1", "note": "They were kind."},
        {"outcome": "no_answer"},
        {"outcome": "call_back", "call_back_at": ""},
        {"outcome": "do_not_call"},
        {"outcome": "moved"},
    ],
    ids=lambda said: said["outcome"],
)
def test_what_a_phone_still_sends_that_has_signed_out_is_held_once_and_shows_nobody(
    caller: Client, said: dict[str, str]
) -> None:
    take(caller)
    caller.post(f"{CALLS}leave/")

    for _ in range(2):
        page = tell(caller, **said).content.decode()
        assert NUMBER not in page
        assert "Whoever sent this had signed out of the phone bank." in page

    held = HeldItem.objects.get()
    assert (held.code, held.payload["uuid"]) == (
        "caller_left",
        str(CallClaim.objects.get().uuid),
    )
    assert held.payload.get("intention", "") == said.get("q-intention", "")
    assert not Contact.objects.exists()
    assert DoNotContact.objects.exists() == (said["outcome"] == "do_not_call")
    assert not QueuedCall.objects.exclude(state="waiting").exists()


def test_when_somebody_wants_to_be_called_back_is_held_with_it(caller: Client) -> None:
    take(caller)
    caller.post(f"{CALLS}leave/")
    tell(caller, "call_back", call_back_at="2024-04-23T18:30")
    asked = "They asked to be called back on 23 April 2024, 6.30 p.m."
    assert asked in HeldItem.objects.get().reason


def test_whoever_has_signed_out_says_nothing_of_the_call_of_another(
    bank: PhoneBank, caller: Client
) -> None:
    caller.post(f"{CALLS}leave/")
    kit = Client()
    kit.cookies[COOKIE] = let_caller_in(bank, caller_for(bank, "Kit Lane"), at=NOW)
    take(kit)

    assert "This call is not yours." in tell(caller, "spoken").content.decode()
    assert not HeldItem.objects.exists()
    assert not Contact.objects.exists()


def test_a_wish_heard_by_who_has_signed_out_is_kept_and_consent_is_not(
    caller: Client,
) -> None:
    take(caller)
    caller.post(f"{CALLS}leave/")
    call = {"call": CallClaim.objects.get().uuid}

    caller.post(f"{CALLS}views/", call | {"said": "agree"})
    assert not OpinionConsent.objects.exists()
    caller.post(f"{CALLS}views/", call | {"said": "object"})
    assert ViewsObjection.objects.exists()


def test_whoever_joins_again_files_what_they_still_had_to_say(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    caller.post(f"{CALLS}leave/")
    caller.cookies[COOKIE] = let_caller_in(bank, Volunteer.objects.get(), at=NOW)

    tell(caller, "refused")

    assert Contact.objects.get().outcome.kind == "refused"


@pytest.mark.parametrize("over", ["closed", "ended"])
@pytest.mark.parametrize("asked", ["", "2024-04-24T10:00"])
def test_a_call_back_that_comes_after_the_bank_is_held(
    bank: PhoneBank, caller: Client, asked: str, over: str
) -> None:
    take(caller)
    run_out(CallClaim.objects.all())
    if over == "closed":
        close_bank(bank, by=system(bank.organisation), at=NOW)
    else:
        CanvassSession.objects.update(ends_at=NOW - timedelta(minutes=1))

    page = tell(caller, "call_back", call_back_at=asked)

    assert "The phone bank was over when this arrived." in page.content.decode()
    assert HeldItem.objects.get().code == "bank_over"


def test_a_call_back_promised_once_the_bank_was_closed_ends_the_call(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    close_bank(bank, by=system(bank.organisation), at=NOW)

    tell(caller, "call_back", call_back_at="2024-04-23T18:30")

    assert HeldItem.objects.get().code == "bank_over"
    assert CallClaim.objects.get().closed_because == "given_back"


def test_an_answer_that_comes_after_the_bank_is_filed(
    bank: PhoneBank, caller: Client
) -> None:
    take(caller)
    run_out(CallClaim.objects.all())
    close_bank(bank, by=system(bank.organisation), at=NOW)
    tell(caller, "spoken", **{"q-intention": "P1"})
    assert Contact.objects.get().intention.code == "P1"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"outcome": "spoken"},
        {"outcome": "no_answer", "call": "1234"},
        {"outcome": "no_answer", "call": "00000000-0000-0000-0000-000000000001"},
        {"outcome": "gone_fishing"},
        {"outcome": "spoken", "q-intention": "no such code"},
    ],
)
def test_what_is_tampered_with_changes_nothing(
    caller: Client, said: dict[str, str]
) -> None:
    take(caller)
    answer = caller.post(f"{CALLS}outcome/", said, follow=True)
    assert answer.status_code == 200
    assert not Contact.objects.exists()
    assert CallClaim.objects.get().closed_at is None


def test_a_page_without_a_key_says_how_to_get_one(db: None) -> None:
    answer = Client().get(CALLS)
    assert answer.status_code == 403
    assert "Open the link you were given once more." in answer.content.decode()
    stranger = Client()
    stranger.cookies[COOKIE] = "guessed"
    assert stranger.get(CALLS).status_code == 403
