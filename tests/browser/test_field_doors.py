"""What a volunteer does at the doors, tap by tap, and what the server then has."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, ControllerKind, Ward
from canvassing.models import (
    Answer,
    BuildingNote,
    Contact,
    DoNotContact,
    ElectorStanding,
    OpinionConsent,
    Question,
    RoundKnocker,
    Script,
)
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue
from tests.cast import NOW
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=8)


@pytest.fixture
def phone(street: Street, open_phone: Any) -> Any:
    phone = open_phone()
    phone.join(issue(street.round))
    return phone


def test_nobody_in_is_one_tap_for_all_who_live_there_and_undo_another(
    phone: Any, street: Street
) -> None:
    phone.at_door(4)

    phone.page.get_by_role("button", name="Nobody in").click()
    phone.all_sent()
    assert Contact.objects.filter(outcome__kind="not_in").count() == 2
    phone.page.get_by_role("button", name="Undo").click()
    expect(phone.page.get_by_role("button", name="Nobody in")).to_be_visible()

    # "All sent" may still be the word of before.
    assert eventually(lambda: Contact.objects.filter(outcome=None).count() == 2)
    assert not ElectorStanding.objects.filter(last_contact__isnull=False).exists()


COUNT_TAPS = """() => {
    window.taps = 0;
    addEventListener("click", () => (window.taps += 1), true);
}"""


def test_a_run_of_doors_is_two_taps_says_which_and_is_undone_by_one(
    phone: Any, street: Street
) -> None:
    page = phone.page
    page.evaluate(COUNT_TAPS)
    page.get_by_role("link", name="Run of").click()
    last = page.get_by_role("button", name=re.compile("^8 Alamein Road"))
    expect(last).to_contain_text("Not in: 4 doors")
    last.click()

    expect(page.get_by_text("4 of 8 doors")).to_be_visible()
    assert page.evaluate("window.taps") == 2
    phone.all_sent()
    assert Contact.objects.count() == 5
    told = page.get_by_role("status")
    expect(told).to_contain_text(
        "Not in: 4 doors, 2 Alamein Road to 8 Alamein Road. Saved on this phone"
    )

    told.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("0 of 8 doors")).to_be_visible()
    assert page.evaluate("window.taps") == 3


def test_a_run_begins_at_another_door_where_that_is_said(
    phone: Any, street: Street
) -> None:
    page = phone.page
    page.get_by_role("link", name="Run of").click()
    page.get_by_role("button", name="Begin at another door").click()
    page.get_by_role("button", name=re.compile("^6 Alamein Road")).click()
    page.get_by_role("button", name=re.compile("^10 Alamein Road")).click()

    expect(page.get_by_text("3 of 8 doors")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^2 "))).to_contain_text("Next")


def test_several_answers_at_a_door_are_one_contact_and_a_later_one_corrects_it(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    phone.page.get_by_role("button", name="Has not decided").click()
    phone.says_saved()
    phone.page.get_by_role("button", name="Pledge: will vote").click()
    phone.back_to_the_round()
    phone.all_sent()
    only = Contact.objects.get()
    assert only.intention
    assert only.intention.counts_as_pledge

    phone.at_door(2)
    phone.page.get_by_role("button", name="Change the answer").click()
    phone.page.get_by_role("button", name="Won't say").click()
    phone.back_to_the_round()
    phone.all_sent()
    assert Contact.objects.filter(corrects=only.uuid).count() == 1


def test_the_browsers_own_back_leads_to_the_round_and_to_the_same_door(
    phone: Any, street: Street
) -> None:
    phone.at_door(6)

    phone.page.go_back()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text(street.round.name)
    row = phone.page.get_by_role("link", name=re.compile("^6 "))
    expect(row).to_be_focused()


def test_take_me_off_your_list_is_two_taps(phone: Any, street: Street) -> None:
    phone.at_door(2)
    phone.page.get_by_text("Take us all off your list").click()
    phone.page.get_by_role("button", name="for good").first.click()

    expect(phone.page.get_by_role("status")).to_contain_text("we will keep to it")
    expect(phone.page.get_by_text("Do not knock since 23 April")).to_be_visible()
    phone.back_to_the_round()
    phone.all_sent()
    wish = DoNotContact.objects.get()
    assert (wish.scope, wish.channel, wish.campaign_id) == ("household", "", None)
    expect(phone.page.get_by_role("link", name=re.compile("^2 "))).to_contain_text(
        "Skip"
    )


def test_one_person_asks_not_to_be_called_on_for_this_election(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    phone.page.get_by_text("Take me off your list").click()
    phone.page.get_by_role("button", name="for this election").first.click()
    phone.says_saved()
    phone.back_to_the_round()
    phone.all_sent()

    wish = DoNotContact.objects.get()
    assert (wish.scope, wish.channel) == ("person", "door")
    assert wish.campaign_id == street.round.campaign_id


def opened(phone: Any, name: str) -> Any:
    """The form under these words; tapped once more where the page had just changed."""
    summary = phone.page.locator("summary", has_text=re.compile(f"^{name}$"))
    form = phone.page.locator("details[open] form").last

    def is_open() -> bool:
        if not form.is_visible():
            summary.click()
        return bool(form.is_visible())

    assert eventually(is_open)
    return form


def test_notes_are_written_with_the_warning_that_they_can_be_seen(
    phone: Any, street: Street
) -> None:
    phone.at_door(2)
    for name, note in (("Note about the building", "buzz 12"), ("Note", "has a ramp")):
        form = opened(phone, name)
        expect(form).to_contain_text("can ask to see it")
        form.get_by_role("textbox").fill(note)
        form.get_by_role("button", name="Save").click()
        phone.says_saved()
        phone.back_to_the_round()
        phone.all_sent()
        phone.at_door(2)

    assert BuildingNote.objects.get().text == "buzz 12"
    assert Contact.objects.get().note == "has a ramp"
    expect(phone.page.get_by_text("“buzz 12”", exact=True)).to_be_visible()


def test_a_board_runner_sends_one_to_a_door_and_records_what_they_heard(
    phone: Any, street: Street
) -> None:
    page = phone.page
    page.get_by_role("link", name="Team").click()
    page.get_by_label("Their name").fill("Bo Lane")
    page.get_by_label("Their mobile number").fill("07700 900456")
    page.get_by_label("They have read it and promise").check()
    page.get_by_label("They are 18 or older").check()
    page.get_by_role("button", name="Add").click()
    bo = page.get_by_role("region", name="Bo Lane")
    bo.get_by_label("Or to another door").select_option("8 Alamein Road")
    expect(bo).to_contain_text("at 8 Alamein Road")

    bo.get_by_role("link", name="Record").click()
    page.get_by_role("button", name="Pledge: will vote").click()
    phone.back_to_the_round()

    phone.all_sent()
    assert RoundKnocker.objects.count() == 2
    assert Contact.objects.get().spoke.name == "Bo Lane"


def test_where_opinions_need_consent_an_answer_is_recorded_once_it_was_given(
    street: Street, open_phone: Any
) -> None:
    organisation = street.round.campaign.organisation
    organisation.controller_kind = ControllerKind.CANDIDATE
    organisation.save(update_fields=["controller_kind"])
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    pledge = phone.page.get_by_role("button", name="Pledge: will vote")

    expect(pledge).to_have_count(0)
    phone.page.get_by_role("button", name="They agree").click()
    pledge.click()
    phone.back_to_the_round()
    phone.at_door(6)
    phone.page.get_by_role("button", name="Spoken to").click()
    phone.back_to_the_round()

    phone.all_sent()
    agreed, other = Contact.objects.order_by("pk")
    assert agreed.intention
    assert other.intention is None
    assert OpinionConsent.objects.get().elector_id == agreed.elector_id


def make_script(campaign: Campaign) -> None:
    """A vote, and to those who have not decided, what matters to them."""
    script = Script.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="April",
        channel="door",
        opening="Hello, is that {elector}? I am {volunteer}.",
        published_at=NOW,
    )
    of_script = {"organisation": campaign.organisation, "script": script}
    vote = Question.objects.create(
        **of_script, key="vote", position=1, kind="intention", text="Will you vote?"
    )
    Question.objects.create(
        **of_script,
        key="issues",
        position=2,
        kind="several",
        text="What matters to you?",
        options=[
            {"code": "buses", "label": "Buses"},
            {"code": "rent", "label": "Rent"},
        ],
        show_if=vote,
        show_if_answers=["U"],
    )
    Question.objects.create(
        **of_script, key="posted", position=3, kind="posted", text="Sent it back?"
    )


def test_the_script_is_followed_with_its_branches(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    make_script(campaign)
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    page = phone.page
    expect(page.get_by_text("Hello, is that Suzanne Rose? I am Ada")).to_be_visible()
    expect(page.get_by_text("What matters to you?")).to_have_count(0)

    page.get_by_role("button", name="Has not decided").click()
    page.get_by_role("button", name="Buses").click()
    page.get_by_role("button", name="Rent").click()
    expect(page.get_by_role("button", name="Rent")).to_have_attribute(
        "aria-pressed", "true"
    )
    phone.back_to_the_round()

    phone.all_sent()
    assert {one.code for one in Answer.objects.all()} == {"buses", "rent"}
    assert Contact.objects.count() == 1


def test_once_the_packs_are_out_a_postal_voter_is_asked_only_whether_it_was_sent(
    street: Street, campaign: Campaign, open_phone: Any
) -> None:
    make_script(campaign)
    campaign.packs_go_out_on = NOW.date()
    campaign.save(update_fields=["packs_go_out_on"])
    ElectorStanding.objects.filter(elector=street.electors[0]).update(votes_by=1)
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    page = phone.page
    expect(page.get_by_text("Do not touch, take, post")).to_be_visible()
    expect(page.get_by_text("Will you vote?")).to_have_count(0)

    page.get_by_role("button", name="Yes, sent").click()
    expect(page.get_by_text("do not ask how they voted")).to_be_visible()
    expect(page.get_by_text("Sent it back?")).to_have_count(0)
    phone.back_to_the_round()

    phone.all_sent()
    assert Contact.objects.get().posted is True


def test_what_one_tab_records_is_shown_in_another_and_sent_once(
    phone: Any, street: Street
) -> None:
    other = phone.watched(phone.context.new_page())
    other.goto("/field/")
    phone.at_door(2)

    phone.page.get_by_role("button", name="Nobody in").click()

    row = other.get_by_role("link", name=re.compile("^2 "))
    expect(row).to_contain_text("Not in")
    phone.all_sent()
    expect(other.get_by_role("link", name="All sent")).to_be_visible()
    assert Contact.objects.count() == 1


RULES = """async (given) => {
    const script = await import("/static/field/script.js");
    return script.mayAsk(given.questions, given.of).map(({ key }) => key);
}"""
QUESTIONS = [
    {"key": "vote", "kind": "intention", "show_if": None},
    {"key": "issues", "kind": "several", "show_if": None},
    {"key": "posted", "kind": "posted", "show_if": {"key": "vote", "answers": ["P1"]}},
]
POSTAL: dict[str, Any] = {
    "elector": {"postal": True},
    "packsGoOutOn": "2024-04-16",
    "posted": False,
    "keepsOpinions": True,
}


@pytest.mark.parametrize(
    ("today", "of", "asked"),
    [
        ("2024-04-15", {}, ["vote", "issues"]),
        ("2024-04-16", {}, ["posted"]),
        ("2024-04-16", {"posted": True}, []),
        ("2024-04-16", {"elector": {}}, ["vote", "issues"]),
        ("2024-04-15", {"keepsOpinions": False}, []),
        ("2024-04-15", {"elector": {"no_opinions": True}}, []),
    ],
    ids=[
        "the day before the packs go out",
        "from that day only whether it was sent",
        "and once it was, nothing",
        "whoever votes in person is asked as ever",
        "nothing without consent where that is needed",
        "nothing of who objects",
    ],
)
def test_what_may_be_asked(
    open_page: Any, today: str, of: dict[str, Any], asked: list[str]
) -> None:
    page = open_page(None)
    page.goto("/field/")

    given = {"questions": QUESTIONS, "of": POSTAL | {"today": today} | of}
    assert page.evaluate(RULES, given) == asked


BRANCHES = """async (answers) => {
    const { asked, tapped } = await import("/static/field/script.js");
    const questions = [
        { key: "vote", kind: "intention", show_if: null },
        { key: "why", kind: "choice", show_if: { key: "vote", answers: ["U"] } },
        { key: "what", kind: "several", show_if: { key: "why", answers: ["other"] } },
    ];
    let item = {};
    for (const [key, code] of answers) {
        item = tapped(questions, item, questions.find((one) => one.key === key), code);
    }
    return [asked(questions, item).map(({ key }) => key), item];
}"""


def test_a_question_is_asked_where_its_branch_was_taken_and_forgotten_elsewhere(
    open_page: Any,
) -> None:
    page = open_page(None)
    page.goto("/field/")
    taken = [["vote", "U"], ["why", "other"], ["what", "buses"], ["what", "crime"]]

    shown, item = page.evaluate(BRANCHES, taken)
    assert shown == ["vote", "why", "what"]
    assert item["answers"] == {"why": ["other"], "what": ["buses", "crime"]}

    shown, item = page.evaluate(BRANCHES, [*taken, ["vote", "P1"]])
    assert shown == ["vote"]
    assert item["intention"] == "P1"
    assert not any(item["answers"].values())


# Before it said days, the server said "since 3 March" of a door: some phones hold that.
SINCE_WHEN = """async () => {
    const entry = document.querySelector("script[type=module]").src;
    const { since } = await import(new URL("words.js", entry));
    return ["since 3 March", "2024-03-03"].map(since);
}"""


def test_a_round_fetched_before_it_said_days_still_says_since_when(phone: Any) -> None:
    assert phone.page.evaluate(SINCE_WHEN) == ["since 3 March"] * 2
