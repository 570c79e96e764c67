"""The pages of leaflets: add one, make its rounds, hand out, mark streets done."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.models import Leaflet, LeafletRound
from tests.canvassing.field_helpers import Phone, stand_at_now
from tests.canvassing.leaflet_helpers import make_leaflet_round, said_of
from tests.canvassing.leaflet_helpers import send_out as link_to
from tests.canvassing.round_helpers import home
from tests.cast import NOW, ON_THE_LEAFLET
from tests.signing_in import signed_in
from volunteers.models import Volunteer


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.fixture
def deliverer(organisation: Organisation) -> Volunteer:
    return Volunteer.objects.create(
        organisation=organisation, name="Dell Walker", joined_on=NOW.date()
    )


@pytest.fixture
def round_(campaign: Campaign, ward: Ward, desk: Client) -> LeafletRound:
    for number in range(1, 5):
        home(campaign, ward, number, forename="Ivy")
    desk.post(
        "/mayor-2024/leaflets/",
        {"name": "Spring", "copies": 100, "imprint": ON_THE_LEAFLET},
    )
    leaflet = Leaflet.objects.get()
    desk.post(f"/mayor-2024/leaflets/{leaflet.pk}/", {"ward": ward.pk, "size": 150})
    return LeafletRound.objects.get()


def send_out(round_: LeafletRound, desk: Client, *, until: str, **fields: Any) -> str:
    address = f"/mayor-2024/leaflets/rounds/{round_.pk}/send-out/"
    typed = {"copies": 4, "day": until, "clock": "20:00", **fields}
    return said(desk.post(address, typed, follow=True))


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_leaflet_goes_from_the_office_through_the_doors(
    round_: LeafletRound, desk: Client, deliverer: Volunteer
) -> None:
    address = f"/mayor-2024/leaflets/rounds/{round_.pk}/"
    empty = said(desk.get(address))
    assert "not handed out yet" in empty
    assert "odd 1 to 3" in empty
    assert "Ivy" not in empty

    desk.post(f"{address}hand-out/", {"deliverer": deliverer.pk, "copies": 10})
    first, _ = round_.streets.order_by("position")
    today = f"{round_.made_at:%Y-%m-%d}"
    street = f"/mayor-2024/leaflets/streets/{first.pk}/"
    page = said(
        desk.post(f"{street}done/", {"copies": 2, "delivered_on": today}, follow=True)
    )
    assert "with Dell Walker" in page
    assert "2 on " in page
    assert "90 copies are in the office, 8 with this round." in page

    desk.post(f"{address}take-back/", {"copies": 8})
    leaflet = said(desk.get(f"/mayor-2024/leaflets/{round_.leaflet_id}/"))
    assert "1 of 2" in leaflet
    undone = said(desk.post(f"{street}not-done/", follow=True))
    assert "2 on " not in undone


def test_a_deliverer_takes_a_list_of_streets_on_paper(
    round_: LeafletRound, desk: Client, deliverer: Volunteer
) -> None:
    address = f"/mayor-2024/leaflets/rounds/{round_.pk}/"
    desk.post(f"{address}hand-out/", {"deliverer": deliverer.pk, "copies": 4})
    first, second = round_.streets.order_by("position")
    second.not_at = "14, 22"
    second.save()
    street = f"/mayor-2024/leaflets/streets/{first.pk}/"
    today = f"{round_.made_at:%Y-%m-%d}"
    desk.post(f"{street}done/", {"copies": 2, "delivered_on": today})

    page = said(desk.get(f"{address}paper/"))

    assert f"{address}paper/" in said(desk.get(address))
    assert "for Dell Walker" in page
    assert "Take 2 copies." in page
    assert "not at 14, 22" in page
    assert page.count('class="tick-box"') == 1
    assert "Ivy" not in page


@pytest.mark.parametrize(
    ("where", "typed", "sentence"),
    [
        ("hand-out", {"copies": 5}, "This is missing"),
        ("hand-out", {"copies": 5000, "deliverer": "x"}, "Select a valid choice."),
        ("take-back", {"copies": 5}, "0 copies are out with this round."),
    ],
)
def test_what_cannot_be_is_said_on_the_round_s_page(
    round_: LeafletRound,
    desk: Client,
    where: str,
    typed: dict[str, object],
    sentence: str,
) -> None:
    address = f"/mayor-2024/leaflets/rounds/{round_.pk}/{where}/"
    assert sentence in said(desk.post(address, typed, follow=True))


def test_a_name_that_is_taken_is_said_on_the_form(
    round_: LeafletRound, desk: Client
) -> None:
    again = desk.post("/mayor-2024/leaflets/", {"name": "Spring", "copies": 7})
    assert "There is a leaflet Spring already." in said(again)


def test_a_ward_lead_hands_out_in_their_ward_and_sees_no_other(
    campaign: Campaign,
    round_: LeafletRound,
    other_ward: Ward,
    desk: Client,
    ward_lead: User,
) -> None:
    home(campaign, other_ward, 7, "Penn Road")
    leaflet = f"/mayor-2024/leaflets/{round_.leaflet_id}/"
    desk.post(leaflet, {"ward": other_ward.pk, "size": 150})
    theirs = LeafletRound.objects.latest("pk")
    lead = signed_in(ward_lead)

    assert "Penn Road" not in said(lead.get(leaflet))
    assert "Quarry Lane" in said(lead.get(leaflet))
    assert lead.get(f"/mayor-2024/leaflets/rounds/{theirs.pk}/").status_code == 404
    street = theirs.streets.get()
    marked = lead.post(f"/mayor-2024/leaflets/streets/{street.pk}/done/")
    assert marked.status_code == 404


def test_the_page_of_a_leaflet_checks_the_imprint_that_is_typed(
    campaign: Campaign, desk: Client
) -> None:
    desk.post("/mayor-2024/leaflets/", {"name": "Bare", "copies": 5})
    page = f"/mayor-2024/leaflets/{Leaflet.objects.get().pk}/"
    assert "imprint not checked" in said(desk.get("/mayor-2024/leaflets/"))
    assert "No copy can be handed out" in said(desk.get(page))

    refused = desk.post(f"{page}imprint/", {"imprint": "Printed by somebody"})
    assert "lacks: name and address (promoter)" in said(refused)
    kept = desk.post(f"{page}imprint/", {"imprint": ON_THE_LEAFLET}, follow=True)

    assert "The imprint is complete: copies may go out." in said(kept)
    assert "No copy can be handed out" not in said(kept)


def test_a_round_is_sent_to_a_phone_once_and_taken_back(
    round_: LeafletRound, desk: Client, deliverer: Volunteer
) -> None:
    until = f"{round_.made_at + timedelta(days=7):%Y-%m-%d}"

    out = send_out(round_, desk, until=until, volunteer=deliverer.pk)
    again = send_out(round_, desk, until=until)
    sent = round_.issues.get()
    back = said(desk.post(f"/mayor-2024/rounds/out/{sent.pk}/take-back/", follow=True))

    assert f"Code that opens {round_.name}" in out
    assert "96 copies are in the office, 4 with this round." in out
    assert "It is out already: Dell Walker has it." in again
    assert f"{round_.name} is back." in back
    assert "Make the link" in back


@pytest.mark.parametrize(
    ("days", "copies", "sentence"),
    [
        (-1, 4, "Say until when: in the future, within 14 days."),
        (15, 4, "Say until when: in the future, within 14 days."),
        (7, 101, "Hand out between 1 and 100 copies"),
        (7, 0, "Hand out between 1 and 100 copies"),
    ],
)
def test_what_is_wrong_with_sending_out_is_said_and_nothing_goes_out(
    round_: LeafletRound, desk: Client, days: int, copies: int, sentence: str
) -> None:
    until = f"{round_.made_at + timedelta(days=days):%Y-%m-%d}"

    page = send_out(round_, desk, until=until, copies=copies)

    assert sentence in page
    assert not round_.issues.exists()


def test_the_page_says_who_did_a_street_and_why_some_was_not(
    campaign: Campaign, ward: Ward, desk: Client
) -> None:
    stand_at_now(campaign.organisation)
    campaign.refresh_from_db()
    made = make_leaflet_round(campaign, ward)
    phone = Phone()
    phone.join(link_to(made))
    oak = made.streets.get(street="Oak Road")
    phone.send(said_of(oak, copies=4, missed="locked"))

    page = said(desk.get(f"/mayor-2024/leaflets/rounds/{made.pk}/"))

    assert "4 on 23 Apr 2024" in page
    assert "Ada Finch, 9.55 am" in page
    assert "Locked block" in page
    assert "Nobody on this round is 18" not in page


def test_copies_that_are_out_with_nobody_by_name_were_handed_out(
    round_: LeafletRound, desk: Client, agent: User
) -> None:
    until = f"{round_.made_at + timedelta(days=7):%Y-%m-%d}"
    send_out(round_, desk, until=until)
    out = round_.issues.get()
    desk.post(f"/mayor-2024/rounds/out/{out.pk}/take-back/")
    of_agent = signed_in(agent)

    pages = [
        said(client.get(f"/mayor-2024/{there}/{round_.pk}/"))
        for client, there in (
            (desk, "leaflets/rounds"),
            (of_agent, "money/leaflets"),
        )
    ]

    for page in pages:
        assert "with nobody by name" in page
        assert "not handed out yet" not in page
