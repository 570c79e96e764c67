"""An organiser takes back a contact of any channel, seeing what goes with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Elector, User, Ward
from canvassing.access import actor_of_caller
from canvassing.actions.call_undo import undo_call
from canvassing.actions.call_wishes import note_wish_of_views
from canvassing.actions.do_not_contact import keep_away_from_person
from canvassing.actions.paper_wishes import file_paper
from canvassing.models import (
    BankCaller,
    Contact,
    DoNotContact,
    OpinionConsent,
    ViewsObjection,
)
from canvassing.rules.keypad import PaperWish
from tests.canvassing.contact_helpers import differences, said, standing
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.canvassing.phone_helpers import claimed, one_to_call, say
from tests.canvassing.stall_helpers import Hand, helper_of, stall_of
from tests.cast import NOW, make_district, make_elector
from tests.house.test_access import signed_in

KNOCK = "Do not contact: this person, door, for good"
CALL = "Do not contact: this person, phone, for good"
HOME = "Do not contact: everybody at this address, any channel, for good"
VIEWS = "Do not record their views"
AGREED = "They agreed that we keep what they think"


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> Street:
    stand_at_now(campaign.organisation)
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def phone(street: Street) -> Phone:
    phone = Phone()
    phone.join(issue(street.round))
    return phone


def page_of(one: Contact) -> str:
    return f"/mayor-2024/electors/{one.elector_id}/contact/{one.pk}/"


def goes_with(desk: Client, one: Contact) -> list[str]:
    """What the page says is taken back too."""
    page = desk.get(page_of(one)).content.decode()
    after = page.split("This is taken back too:")
    known = (KNOCK, CALL, HOME, VIEWS, AGREED)
    return [words for words in known if words in "".join(after[1:])]


def take_back(desk: Client, one: Contact) -> str:
    answer = desk.post(f"{page_of(one)}withdraw/", follow=True)
    return answer.content.decode()


def what_stands() -> list[Any]:
    return [
        *DoNotContact.objects.filter(lifted_at=None),
        *ViewsObjection.objects.filter(lifted_at=None),
        *OpinionConsent.objects.filter(withdrawn_at=None),
    ]


def ago(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).isoformat()


def test_the_wishes_and_the_consent_heard_at_a_stall_go_with_the_contact_of_the_stall(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()
    ivy = make_elector(make_district(campaign.organisation, ward))
    helper = helper_of(stall_of(campaign, ward))
    hand = Hand(helper)
    visit = hand.open("Ivy Marsh")
    hand.send("views", visit=visit, said="agree")
    hand.send("outcome", visit=visit, outcome="refused")
    hand.send("away", visit=visit, how="doors")
    hand.send("views", visit=visit, said="object")
    heard = Contact.objects.get()

    assert goes_with(desk, heard) == [KNOCK, VIEWS, AGREED]
    assert "Taken back." in take_back(desk, heard)

    assert not what_stands()
    assert not standing(campaign, ivy).no_contact
    assert differences(campaign) == 0


def test_what_another_helper_of_the_stall_heard_stands(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    make_elector(make_district(campaign.organisation, ward))
    helper = helper_of(stall_of(campaign, ward))
    hand, other = Hand(helper), Hand(helper_of(helper.link, "Bo Lane"))
    hand.send("outcome", visit=hand.open("Ivy Marsh"), outcome="refused")
    other.send("away", visit=other.open("Ivy Marsh"), how="doors")

    assert goes_with(desk, Contact.objects.get()) == []
    take_back(desk, Contact.objects.get())

    assert len(what_stands()) == 1


def test_what_was_heard_on_the_phone_goes_with_the_call(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()
    bank, jo = one_to_call(campaign, ward)
    call = claimed(bank, jo)
    caller = BankCaller.objects.get(bank=bank, volunteer=jo)
    by = actor_of_caller(caller)
    for agrees in (True, False):
        note_wish_of_views(call.uuid, agrees=agrees, caller=caller, by=by, at=NOW)
    say(call.uuid, "do_not_call", bank=bank, caller=jo)
    heard = Contact.objects.get()

    assert goes_with(desk, heard) == [CALL, VIEWS, AGREED]
    take_back(desk, heard)

    assert not what_stands()
    assert differences(campaign) == 0


def test_what_they_asked_before_the_caller_undid_a_slip_goes_with_the_call_noted_anew(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    bank, jo = one_to_call(campaign, ward)
    call = claimed(bank, jo)
    caller = BankCaller.objects.get(bank=bank, volunteer=jo)
    by = actor_of_caller(caller)
    note_wish_of_views(call.uuid, agrees=False, caller=caller, by=by, at=NOW)
    say(call.uuid, "no_answer", bank=bank, caller=jo, by=by)
    live = undo_call(call.uuid, caller=caller, by=by, at=NOW)
    assert live
    say(live.claim.uuid, "refused", bank=bank, caller=jo, by=by)
    heard = Contact.objects.get(outcome__code="refused")

    assert goes_with(desk, heard) == [VIEWS]
    take_back(desk, heard)

    assert not what_stands()


def test_what_was_heard_at_a_door_goes_with_the_contact_at_that_door(
    desk: Client, phone: Phone, street: Street, campaign: Campaign
) -> None:
    first, second, _ = street.electors
    phone.send(
        contact(first, "refused"),
        item("wish", elector=first.pk, scope="person", channel="door", until=""),
        item("wish", elector=first.pk, scope="household", channel="", until=""),
        item("no_opinions", elector=first.pk),
        contact(second, "refused"),
        item("wish", elector=second.pk, scope="person", channel="door", until=""),
    )
    heard = Contact.objects.get(elector=first)

    assert goes_with(desk, heard) == [KNOCK, HOME, VIEWS]
    take_back(desk, heard)

    assert [one.elector for one in what_stands()] == [second]
    assert differences(campaign) == 0


def test_a_wish_goes_with_the_nearest_contact_of_the_same_phone_on_the_same_day(
    desk: Client, phone: Phone, street: Street
) -> None:
    ivy = street.electors[0]
    asked = {"elector": ivy.pk, "scope": "person", "until": ""}
    phone.send(
        contact(ivy, "not_in", said_at=ago(90)),
        contact(ivy, "refused", said_at=ago(10)),
        item("wish", **asked, channel="door", said_at=ago(8)),
    )
    early, late = Contact.objects.order_by("effective_at")

    assert goes_with(desk, early) == []
    assert goes_with(desk, late) == [KNOCK]
    DoNotContact.objects.update(said_at=NOW - timedelta(days=2))
    assert goes_with(desk, late) == []


def test_the_wish_of_a_household_goes_with_the_contact_there_that_is_nearest_to_it(
    desk: Client, campaign: Campaign, phone: Phone, street: Street
) -> None:
    first, other = street.electors[:2]
    Elector.objects.filter(pk=other.pk).update(address=first.address)
    phone.send(
        contact(other, "not_in", said_at=ago(20)),
        contact(first, "refused", said_at=ago(11)),
        item("wish", address=first.address_id, scope="household", channel="", until=""),
    )
    nearest = Contact.objects.get(outcome__code="refused")
    farther = Contact.objects.get(outcome__code="not_in")

    assert goes_with(desk, farther) == []
    assert goes_with(desk, nearest) == [HOME]


def test_a_wish_that_the_desk_noted_for_itself_goes_with_no_contact(
    desk: Client, campaign: Campaign, phone: Phone, street: Street
) -> None:
    ivy = street.electors[0]
    phone.send(contact(ivy, "refused"))
    keep_away_from_person(ivy, by=system(campaign.organisation), at=NOW)
    page = desk.get(page_of(Contact.objects.get())).content.decode()

    assert "Nothing that they asked of us goes with it." in page
    take_back(desk, Contact.objects.get())

    assert len(what_stands()) == 1


def test_a_contact_is_put_right_and_only_the_wish_that_is_ticked_is_lifted(
    desk: Client, campaign: Campaign, ivy: Elector
) -> None:
    line = said(ivy, channel="paper", outcome="refused")
    wishes = {ivy.pk: [PaperWish.NO_VISITS, PaperWish.OFF_THE_LIST]}
    by = system(campaign.organisation)
    file_paper([line], wishes, by=by, at=NOW, campaign=campaign)
    first = Contact.objects.get()
    form = desk.get(page_of(first)).content.decode()
    knock = DoNotContact.objects.get(channel="door")
    when = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    right = {"outcome": "not_in", "said_at": when, "not_asked": [f"away-{knock.pk}"]}
    assert KNOCK in form

    desk.post(page_of(first), {**right, "not_asked": ["away-0"]})
    assert Contact.objects.count() == 1
    desk.post(page_of(first), right)
    assert [one.channel for one in what_stands()] == [""]

    later = Contact.objects.latest("pk")
    page = desk.get(page_of(later)).content.decode()
    assert "What was said before it was put right stands again" in page
    assert first.outcome.label in page
    again = take_back(desk, later)

    assert "What was said before stands again." in again
    assert len(what_stands()) == 2
    assert differences(campaign) == 0


def test_at_a_door_a_correction_that_is_taken_back_leaves_the_first_and_its_wish(
    desk: Client, phone: Phone, street: Street, campaign: Campaign
) -> None:
    ivy = street.electors[0]
    first = contact(ivy, "refused", said_at=ago(10))
    phone.send(
        first,
        item("wish", elector=ivy.pk, scope="person", channel="door", until=""),
        contact(ivy, "spoken", intention="B", corrects=first["id"], said_at=ago(5)),
    )
    second = Contact.objects.latest("pk")

    assert goes_with(desk, second) == []
    take_back(desk, second)
    again = Contact.objects.latest("pk")
    assert again.outcome.code == "refused"
    assert len(what_stands()) == 1

    assert goes_with(desk, again) == [KNOCK]
    take_back(desk, again)
    assert not what_stands()
    assert differences(campaign) == 0


def test_a_clerk_of_another_ward_takes_nothing_back(
    client: Client,
    data_clerk: User,
    campaign: Campaign,
    phone: Phone,
    street: Street,
    other_ward: Ward,
) -> None:
    ivy = street.electors[0]
    phone.send(
        contact(ivy, "refused"),
        item("wish", elector=ivy.pk, scope="person", channel="door", until=""),
    )
    membership = data_clerk.memberships.get()
    membership.wards.set([other_ward])
    client.force_login(data_clerk)

    answer = client.post(f"{page_of(Contact.objects.get())}withdraw/")

    assert answer.status_code == 404
    assert len(what_stands()) == 1
