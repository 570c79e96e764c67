"""The round with no signal: everything is recorded, nothing is lost, nothing twice."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.access import system
from campaigns.models import Campaign, User, Ward
from canvassing.actions.round_issues import close_phone
from canvassing.models import ClosedBecause, Contact, FieldPhone, HeldItem
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import Street, issue
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The ids that wait in the outbox, in their order.
NAMES_KEPT = """() => new Promise((done) => {
    indexedDB.open("field").onsuccess = ({ target }) => {
        const phone = target.result.transaction("phone").objectStore("phone");
        const kept = phone.getAllKeys();
        kept.onsuccess = () => done(kept.result.includes("round"));
    };
})"""
PATIENT = 60_000


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    return make_homes(campaign, ward, doors=22)


def nobody_in(phone: Any, number: int) -> None:
    phone.at_door(number)
    phone.page.get_by_role("button", name="Nobody in").click()
    phone.says_saved()


def pledge(phone: Any, number: int) -> None:
    phone.at_door(number)
    phone.page.get_by_role("button", name="Pledge: will vote").click()
    phone.says_saved()


class FailingServer:
    """Fails twice, then takes what is sent and loses the reply, then works."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, route: Any) -> None:
        self.calls += 1
        if self.calls <= 2:
            route.fulfill(status=503, body="")
        elif self.calls == 3:
            route.fetch()
            route.abort()
        else:
            route.continue_()


def test_twenty_five_contacts_arrive_once_and_in_order_after_a_bad_evening(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.set_offline(True)
    homes_of_one = [2, 6, 8, 10, 14, 16, 18, 22, 24, 26, 30, 32, 34, 38, 40, 42]

    for number in homes_of_one[:9]:
        nobody_in(phone, number)
    for number in homes_of_one[9:13]:
        pledge(phone, number)
    nobody_in(phone, 4)
    nobody_in(phone, 12)
    # Somebody at 12 came to the door after all, which corrects one of the two.
    phone.page.get_by_role("button", name="Change the answer").first.click()
    phone.page.get_by_role("button", name="Has not decided").click()
    phone.says_saved()
    # And 38 was the wrong door.
    nobody_in(phone, 38)
    phone.page.get_by_role("button", name="Undo").click()
    phone.says_saved()
    expect(phone.page.get_by_role("link", name="20 not sent")).to_be_visible()

    phone.reopen()
    expect(phone.page.get_by_role("link", name="20 not sent")).to_be_visible()
    for number in (38, 40, 42):
        nobody_in(phone, number)
    nobody_in(phone, 20)
    expect(phone.page.get_by_role("link", name="25 not sent")).to_be_visible()
    recorded = phone.waiting()
    server = FailingServer()
    phone.context.route("**/field/sync/", server)
    phone.page.goto("/field/")
    phone.context.set_offline(False)

    expect(phone.page.get_by_role("link", name="All sent")).to_be_visible(
        timeout=PATIENT
    )
    filed = Contact.objects.order_by("pk").values_list("uuid", flat=True)
    assert [str(uuid) for uuid in filed] == recorded
    assert len(recorded) == 25
    assert server.calls >= 4
    assert HeldItem.objects.count() == 0


def test_without_a_signal_a_phone_tries_again_seldom(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.context.set_offline(True)

    nobody_in(phone, 2)
    phone.page.wait_for_timeout(3_000)

    assert 1 <= sum(url.endswith("/field/sync/") for url in asked) <= 4


def test_what_a_cut_off_phone_recorded_is_held_and_an_organiser_accepts_it(
    street: Street, open_phone: Any, organiser: User, open_page: Any
) -> None:
    sent_out = issue(street.round)
    first, second = open_phone(), open_phone()
    first.join(sent_out, name="Ada Finch")
    second.join(sent_out, name="Bo Lane", mobile="07700 900456")
    nobody_in(first, 2)
    second.context.set_offline(True)
    nobody_in(second, 6)
    pledge(second, 8)
    phone = FieldPhone.objects.get(volunteer__name="Bo Lane")
    close_phone(phone, ClosedBecause.REVOKED, by=system(phone.organisation), at=NOW)

    second.page.goto("/field/")
    second.context.set_offline(False)

    page = second.page
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This round was taken back", timeout=PATIENT
    )
    expect(page.get_by_role("heading", name="For your organiser")).to_be_visible(
        timeout=PATIENT
    )
    expect(page.get_by_text("had been cut off").first).to_be_visible()
    assert not page.evaluate(NAMES_KEPT)
    assert second.waiting() == []
    assert Contact.objects.count() == 1

    desk = open_page(organiser)
    desk.goto("/mayor-2024/electors/held/?code=revoked")
    desk.get_by_role("button", name="Accept all of these").click()
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    assert Contact.objects.count() == 3
    assert HeldItem.objects.filter(resolved_at=None).count() == 0


def test_two_phones_on_one_round_see_each_others_doors_within_half_a_minute(
    street: Street, open_phone: Any
) -> None:
    sent_out = issue(street.round)
    first, second = open_phone(), open_phone()
    first.join(sent_out, name="Ada Finch")
    second.join(sent_out, name="Bo Lane", mobile="07700 900456")

    nobody_in(first, 2)

    seen = second.page.get_by_role("link", name="Suzanne Rose").first
    expect(seen).to_contain_text("Not in", timeout=30_000)
    expect(seen).to_contain_text("Ada Finch")


def test_a_round_that_is_handed_back_leaves_the_phone(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    nobody_in(phone, 2)
    phone.page.get_by_role("link", name="not sent").or_(
        phone.page.get_by_role("link", name="All sent")
    ).click()

    phone.hands_back()

    heading = phone.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("The round is handed back")
    assert not phone.page.evaluate(NAMES_KEPT)
    phone.reopen()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(
        "The round is handed back"
    )
    assert Contact.objects.count() == 1


NO_STORE = "indexedDB.open = () => { throw new DOMException('', 'SecurityError') }"
FULL = """() => { IDBObjectStore.prototype.add = () => {
    throw new DOMException('', 'QuotaExceededError') } }"""


def test_a_browser_that_keeps_nothing_says_so_before_anything_is_recorded(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.context.add_init_script(NO_STORE)

    phone.page.goto("/field/")

    expect(phone.page.get_by_role("heading", level=1)).to_have_text(
        "This browser keeps nothing"
    )
    expect(phone.page.get_by_role("button")).to_have_count(0)


def test_a_full_phone_says_that_nothing_was_saved_and_shows_it_as_not_said(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.at_door(2)
    phone.page.evaluate(FULL)

    phone.page.get_by_role("button", name="Nobody in").click()

    expect(phone.page.get_by_role("status")).to_contain_text("the phone is full")
    expect(phone.page.get_by_role("button", name="Nobody in")).to_be_visible()
    expect(phone.page.get_by_role("link", name="All sent")).to_be_visible()


OF_A_KEY_WE_NEVER_GAVE = """() => new Promise((done) => {
    indexedDB.open("field").onsuccess = ({ target }) => {
        const changing = target.result.transaction("outbox", "readwrite");
        const item = { id: crypto.randomUUID(), kind: "left", said_at: new Date() };
        changing.objectStore("outbox").add({ item, open: false, key: "unheard-of" });
        changing.oncomplete = () => done();
    };
})"""


def test_what_no_key_opens_the_way_for_stays_and_lets_the_others_pass(
    street: Street, open_phone: Any
) -> None:
    phone = open_phone()
    phone.join(issue(street.round))
    phone.page.evaluate(OF_A_KEY_WE_NEVER_GAVE)
    phone.reopen()

    nobody_in(phone, 2)

    expect(phone.page.get_by_role("link", name="1 not sent")).to_be_visible()
    assert Contact.objects.count() == 1
    assert len(phone.waiting()) == 1
