"""What a card's returns and the keypad take beside codes: of those who vote by post,
once the packs are out; notes; and consent, where it is needed."""

import io
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Elector, User, Ward
from canvassing.actions.codes import default_codes
from canvassing.exporters.canvass_cards import Columns
from canvassing.models import (
    CanvassRound,
    Contact,
    ElectorStanding,
    HeldItem,
    OpinionConsent,
    VotesBy,
)
from canvassing.reports.round_page import doors_of_round
from tests.canvassing.contact_helpers import standing
from tests.canvassing.round_helpers import cut_ward, home, live_rounds
from tests.cast import NOW
from tests.signing_in import signed_in

LAW = "do not touch, take or post their vote, nor watch them complete it"
NOT_ASKED = "They vote by post and the packs are out, so how they vote is not asked"


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> list[Elector]:
    """Ivy votes in person, Rex and Una by post, and Una has sent hers back."""
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)
    ivy, rex, una = (
        home(campaign, ward, number, forename=name, pledged=False)
        for number, name in ((1, "Ivy"), (3, "Rex"), (5, "Una"))
    )
    rows = ElectorStanding.objects.all()
    rows.filter(elector=rex).update(votes_by=VotesBy.POST)
    rows.filter(elector=una).update(votes_by=VotesBy.POSTAL_PROXY, posted=True)
    return [ivy, rex, una]


@pytest.fixture
def round_(campaign: Campaign, ward: Ward, street: list[Elector]) -> CanvassRound:
    cut_ward(campaign, ward)
    [only] = live_rounds(campaign)
    return only


@pytest.fixture
def desk(ward_lead: User) -> Client:
    return signed_in(ward_lead)


def packs_go_out(campaign: Campaign, *, days_ago: int) -> date:
    campaign.packs_go_out_on = (NOW - timedelta(days=days_ago)).date()
    campaign.save(update_fields=["packs_go_out_on"])
    return campaign.packs_go_out_on


def card_text(desk: Client, round_: CanvassRound) -> str:
    answer = desk.post(f"/mayor-2024/rounds/{round_.pk}/card/", {"reason": "Tuesday"})
    [page] = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text().split())


def returned(desk: Client, round_: CanvassRound, on: date, **codes: str) -> str:
    """Type these codes, each under the forename of whoever it is of."""
    people = {one.name.split()[0]: one for one in _people(round_)}
    sheet: dict[str, Any] = {"sheet": uuid4(), "said_on": on.isoformat()} | {
        f"elector-{people[name].elector_id}": code for name, code in codes.items()
    }
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    return desk.post(address, sheet, follow=True).content.decode()


def _people(round_: CanvassRound) -> list[Any]:
    return [one for door in doors_of_round(round_) for one in door.electors]


def test_once_the_packs_are_out_a_card_asks_postal_voters_one_thing(
    campaign: Campaign, round_: CanvassRound, desk: Client
) -> None:
    packs_go_out(campaign, days_ago=0)

    said = card_text(desk, round_)

    assert f"Marked post: {LAW}. Ask only whether they have sent it back (SB)" in said
    assert said.count("SB: sent it back") == 1
    assert said.count("has sent it back: ask nothing about the vote") == 1


def test_before_the_packs_go_out_a_card_says_from_when_the_law_counts(
    campaign: Campaign, round_: CanvassRound, desk: Client
) -> None:
    assert LAW not in card_text(desk, round_)
    packs = packs_go_out(campaign, days_ago=-2)

    law = Columns.of(campaign, printed_on=packs - timedelta(days=1)).law

    assert law.startswith(f"From {packs.day} {packs:%B}, marked post: {LAW}")


def test_only_postal_voters_lose_the_boxes_of_the_answers(
    campaign: Campaign, round_: CanvassRound
) -> None:
    today = packs_go_out(campaign, days_ago=0)
    kinds = {}
    for printed_on in (today - timedelta(days=1), today):
        columns = Columns.of(campaign, printed_on=printed_on)
        rows = [
            columns.row(one, door="", name="", at_home=True) for one in _people(round_)
        ]
        kinds[printed_on] = [row.kind for row in rows]

    before, now = kinds.values()
    assert before == ["person"] * 3
    assert now == ["person", "postal", "sent"]


def test_a_typed_card_says_who_has_sent_it_back(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)
    form = desk.get(f"/mayor-2024/rounds/{round_.pk}/returns/").content.decode()
    assert "Votes by post, and has sent it back" in form

    said = returned(desk, round_, packs, Ivy="P1", Rex="sb")

    assert "2 answers filed." in said
    assert standing(campaign, street[1]).posted
    assert not standing(campaign, street[0]).posted
    contact = Contact.objects.get(elector=street[1])
    assert (contact.posted, contact.intention) == (True, None)


@pytest.mark.parametrize("code", ["P1", "u", "P1-VIEWS"])
def test_how_a_postal_voter_votes_is_refused_at_their_line_once_the_packs_are_out(
    code: str, campaign: Campaign, round_: CanvassRound, desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)

    said = returned(desk, round_, packs, Ivy="P1", Rex=code)

    expected = "They want no views" if code == "P1-VIEWS" else NOT_ASKED
    assert said.count(expected) == 1
    assert not Contact.objects.exists()


def test_what_was_said_before_the_packs_went_out_can_still_be_typed(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)

    returned(desk, round_, packs - timedelta(days=1), Rex="P1")

    assert standing(campaign, street[1]).pledged


def test_who_comes_to_the_door_of_a_postal_voter_can_still_find_nobody_in(
    campaign: Campaign, round_: CanvassRound, desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)
    assert "2 answers filed." in returned(desk, round_, packs, Rex="NI", Una="moved")


def test_who_has_left_the_door_is_a_postal_voter_still(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)
    sheet = {
        "sheet": uuid4(),
        "said_on": packs.isoformat(),
        f"elector-{street[1].pk}": "P1",
    }
    rows = ElectorStanding.objects.filter(elector=street[1])
    rows.update(address=street[0].address_id)
    Elector.objects.filter(pk=street[1].pk).update(address=None)

    answer = desk.post(f"/mayor-2024/rounds/{round_.pk}/returns/", sheet, follow=True)

    assert NOT_ASKED in answer.content.decode()
    assert not Contact.objects.exists()


def keyed(desk: Client, elector: Elector, code: str, on: date) -> str:
    line = {
        "council": elector.council_id,
        "district": elector.polling_district.code,
        "number": elector.elector_number.rpartition("-")[2],
        "code": code,
        "said_on": on.isoformat(),
        "uuid": uuid4(),
    }
    address = "/mayor-2024/electors/keypad/"
    return desk.post(address, line, follow=True).content.decode()


def test_the_keypad_takes_that_it_is_sent_and_not_how_they_vote(
    campaign: Campaign, street: list[Elector], desk: Client
) -> None:
    packs = packs_go_out(campaign, days_ago=2)
    ivy, rex, _ = street

    assert NOT_ASKED in keyed(desk, rex, "P1", packs)
    assert not Contact.objects.exists()
    assert "Sent back" in keyed(desk, rex, "sb-door", packs)

    assert standing(campaign, rex).posted
    assert "SB is for somebody who votes by post" in keyed(desk, ivy, "SB", packs)
    earlier = packs - timedelta(days=1)
    assert "SB is for somebody who votes by post" in keyed(desk, rex, "SB", earlier)


def test_a_note_is_typed_up_beside_a_code(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    sheet: dict[str, Any] = {
        "sheet": uuid4(),
        "said_on": NOW.date().isoformat(),
        f"note-{street[0].pk}": "Wants a lift",
    }
    alone = desk.post(address, sheet).content.decode()
    assert "Type a code beside the note." in alone
    assert 'value="Wants a lift"' in alone
    views = desk.post(address, sheet | {f"elector-{street[0].pk}": "-VIEWS"})
    assert "leave the note empty" in views.content.decode()
    assert not Contact.objects.exists()

    desk.post(address, sheet | {f"elector-{street[0].pk}": "P1"})

    contact = Contact.objects.get()
    assert (contact.note, contact.intention.code) == ("Wants a lift", "P1")


def test_who_is_no_party_has_the_words_of_consent_on_the_card_and_types_it_up(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    assert "-AGREED" not in card_text(desk, round_)
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()
    card = card_text(desk, round_)
    assert "-AGREED beside it, to what you read out: “I agree that" in card
    assert "to plan this election campaign. I can take this back at any time." in card

    day = NOW.date() - timedelta(days=1)
    returned(desk, round_, day, Ivy="P1-AGREED", Rex="P1")

    consent = OpinionConsent.objects.get()
    assert (consent.elector, consent.channel) == (street[0], "paper")
    assert consent.given_at.date() == day
    assert Contact.objects.get().elector == street[0]
    assert HeldItem.objects.get().code == "consent_lacking"


def test_a_note_of_somebody_who_has_left_the_card_asks_for_its_code(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    gone = max(one.pk for one in street) + 1000
    sheet: dict[str, Any] = {
        "sheet": uuid4(),
        "said_on": NOW.date().isoformat(),
        f"elector-{street[0].pk}": "P1",
        f"note-{gone}": "Wants a lift",
    }

    page = desk.post(address, sheet).content.decode()

    assert "“Wants a lift”. Type a code beside the note." in page
    assert not Contact.objects.exists()
