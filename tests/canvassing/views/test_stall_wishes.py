"""A wish that was tapped by mistake at a stall, and who else had heard it."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, Elector, Ward
from canvassing.actions.do_not_contact import keep_away_from_person
from canvassing.actions.opinions import Objection, allow_views, object_to_views
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.stall_links import block_helper
from canvassing.actions.taking_back import take_back_contact
from canvassing.models import Contact, DoNotContact, StallHelper, ViewsObjection
from canvassing.reports.keypad import asked_with
from canvassing.rules.keypad import PaperWish
from tests.canvassing.contact_helpers import differences, prepare, said, standing
from tests.canvassing.stall_helpers import Hand, helper_of, stall_of
from tests.cast import NOW, make_address, make_district, make_elector

TAPPED: dict[str, tuple[str, dict[str, str]]] = {
    "all": ("away", {"how": "all"}),
    "doors": ("away", {"how": "doors"}),
    "doors_now": ("away", {"how": "doors_now"}),
    "views": ("views", {"said": "object"}),
}
LATE = timedelta(minutes=31)


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    return make_elector(make_district(campaign.organisation, ward))


@pytest.fixture
def helper(campaign: Campaign, ward: Ward, ivy: Elector) -> StallHelper:
    return helper_of(stall_of(campaign, ward))


@pytest.fixture
def hand(helper: StallHelper) -> Hand:
    return Hand(helper)


def tap(hand: Hand, visit: str, wish: str) -> str:
    what, said_with = TAPPED[wish]
    return hand.send(what, visit=visit, **said_with)


def standing_wishes(ivy: Elector) -> list[Any]:
    theirs = {"elector": ivy, "lifted_at": None}
    away = DoNotContact.objects.filter(**theirs)
    return [*away, *ViewsObjection.objects.filter(**theirs)]


def age_wishes(by: timedelta) -> None:
    for model in (DoNotContact, ViewsObjection):
        model._default_manager.update(said_at=NOW - by)


@pytest.mark.parametrize("wish", TAPPED)
def test_a_wish_is_undone_by_who_tapped_it_and_may_be_tapped_again(
    wish: str, hand: Hand, ivy: Elector, campaign: Campaign
) -> None:
    visit = hand.open("Ivy Marsh")
    page = tap(hand, visit, wish)
    assert f'name="wish" value="{wish}"' in page

    for _ in range(2):
        page = hand.send("undo", visit=visit, wish=wish)
        assert "Taken back." in page
        assert 'name="wish"' not in page
        assert not standing_wishes(ivy)
    assert not standing(campaign, ivy).no_contact
    assert differences(campaign) == 0
    verb = "views.allowed" if wish == "views" else "do_not_contact.lifted"
    assert AuditEntry.objects.filter(verb=verb).count() == 1

    tap(hand, visit, wish)
    assert len(standing_wishes(ivy)) == 1


def test_one_wish_is_undone_and_another_stands(hand: Hand, ivy: Elector) -> None:
    visit = hand.open("Ivy Marsh")
    tap(hand, visit, "doors")
    tap(hand, visit, "views")

    page = hand.send("undo", visit=visit, wish="views")

    [wish] = standing_wishes(ivy)
    assert wish.channel == "door"
    assert 'name="wish" value="doors"' in page


def test_a_wish_is_undone_also_after_the_answer_was(hand: Hand, ivy: Elector) -> None:
    visit = hand.open("Ivy Marsh")
    tap(hand, visit, "all")
    hand.send("outcome", visit=visit, outcome="refused")
    page = hand.send("undo", visit=visit)
    assert 'name="wish" value="all"' in page
    assert Contact.objects.filter(outcome=None).exists()

    again = hand.open("Ivy Marsh")
    hand.send("undo", visit=again, wish="all")
    assert not standing_wishes(ivy)


@pytest.mark.parametrize("wish", TAPPED)
def test_a_wish_of_31_minutes_ago_is_not_undone(
    wish: str, hand: Hand, ivy: Elector
) -> None:
    visit = hand.open("Ivy Marsh")
    tap(hand, visit, wish)
    age_wishes(LATE)

    page = hand.send("undo", visit=visit, wish=wish)

    assert "That is too long ago: ask an organiser to take it back." in page
    assert len(standing_wishes(ivy)) == 1
    assert 'name="wish"' not in hand.page(f"/field/stall/person/{visit}/")


def test_nobody_undoes_the_wish_that_another_heard(
    hand: Hand, helper: StallHelper, ivy: Elector
) -> None:
    tap(hand, hand.open("Ivy Marsh"), "all")
    other = Hand(helper_of(helper.link, "Bo Lane"))

    visit = other.open("Ivy Marsh")
    assert 'name="wish"' not in other.page(f"/field/stall/person/{visit}/")
    other.send("undo", visit=visit, wish="all")
    assert len(standing_wishes(ivy)) == 1


def test_whoever_was_blocked_undoes_no_wish(
    hand: Hand, helper: StallHelper, ivy: Elector, campaign: Campaign
) -> None:
    visit = hand.open("Ivy Marsh")
    tap(hand, visit, "all")
    block_helper(helper, by=system(campaign.organisation), at=NOW)
    hand.send("undo", visit=visit, wish="all")
    assert len(standing_wishes(ivy)) == 1


def test_what_is_no_wish_is_not_undone(hand: Hand) -> None:
    visit = hand.open("Ivy Marsh")
    assert "Say how" in hand.send("undo", visit=visit, wish="-OFF")


@pytest.mark.parametrize("wish", TAPPED)
def test_a_wish_that_the_desk_heard_as_well_stands_though_the_stall_undoes_its_own(
    wish: str, hand: Hand, ivy: Elector, campaign: Campaign
) -> None:
    of = {"by": system(campaign.organisation), "at": NOW}
    visit = hand.open("Ivy Marsh")
    if wish == "views":
        object_to_views(
            [Objection(ivy.pk, NOW)], organisation_id=ivy.organisation_id, **of
        )
    else:
        channel = "" if wish == "all" else "door"
        this = campaign if wish == "doors_now" else None
        keep_away_from_person(ivy, channel=channel, campaign=this, **of)
    tap(hand, visit, wish)
    hand.send("undo", visit=visit, wish=wish)

    assert len(standing_wishes(ivy)) == 1
    assert differences(campaign) == 0


@pytest.mark.parametrize("taken_back", ["paper", "stall", "both"])
@pytest.mark.parametrize("wish", ["all", "views"])
def test_a_wish_stands_as_long_as_the_line_on_paper_or_the_stall_has_it(
    wish: str, taken_back: str, hand: Hand, ivy: Elector, campaign: Campaign
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    written = PaperWish.NO_VIEWS if wish == "views" else PaperWish.OFF_THE_LIST
    item = said(ivy, outcome="refused")
    file_paper([item], {ivy.pk: [written]}, campaign=campaign, **of)
    visit = hand.open("Ivy Marsh")
    tap(hand, visit, wish)

    if taken_back != "stall":
        take_back_contact(Contact.objects.get(uuid=item.uuid), **of)
    if taken_back != "paper":
        hand.send("undo", visit=visit, wish=wish)

    assert len(standing_wishes(ivy)) == (0 if taken_back == "both" else 1)
    assert differences(campaign) == 0


def test_who_no_longer_minds_is_asked_once_whoever_had_heard_it(
    hand: Hand, ivy: Elector, campaign: Campaign
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    item = said(ivy, outcome="refused")
    wishes = {ivy.pk: [PaperWish.NO_VIEWS]}
    file_paper([item], wishes, campaign=campaign, **of)
    tap(hand, hand.open("Ivy Marsh"), "views")

    allow_views(ivy, reason="They rang us.", **of)

    assert not standing_wishes(ivy)
    assert differences(campaign) == 0


def test_a_line_taken_back_lifts_the_wish_of_the_household_they_have_left(
    campaign: Campaign, ward: Ward
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    district = make_district(campaign.organisation, ward)
    ivy = make_elector(district, address=make_address(district))
    prepare(campaign)
    item = said(ivy, outcome="refused")
    file_paper([item], {ivy.pk: [PaperWish.ALL_OFF_THE_LIST]}, campaign=campaign, **of)
    wish = DoNotContact.objects.get()
    assert wish.address_id
    Elector.objects.filter(pk=ivy.pk).update(address=make_address(district))

    contact = Contact.objects.get(uuid=item.uuid)
    assert asked_with([contact])
    take_back_contact(contact, **of)

    wish.refresh_from_db()
    assert wish.lifted_at == NOW
