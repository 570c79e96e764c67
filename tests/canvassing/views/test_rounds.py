"""The pages of rounds: cut a ward, see who has what, print a card, type it in."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from campaigns.access import system
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.models import (
    AuditEntry,
    Campaign,
    Elector,
    ExportRecord,
    Job,
    User,
    Ward,
)
from canvassing.actions.codes import default_codes
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    Contact,
    DoNotContact,
    ElectorStanding,
    HeldItem,
    IntentionCode,
    LocalRound,
    NoContact,
    RoundIssue,
    RoundKnocker,
    ViewsObjection,
)
from canvassing.reports.doors_knocked import doors_knocked
from canvassing.reports.time_given import time_given
from tests.canvassing.contact_helpers import record, said, standing
from tests.canvassing.list_helpers import stand
from tests.canvassing.round_helpers import cut_ward, hand_out, home, live_rounds
from tests.cast import NOW, make_district, make_elector
from tests.signing_in import signed_in
from tests.volunteers.helpers import make_volunteer

PLACE = {"latitude": 52.57, "longitude": -2.08}


@pytest.fixture
def street(campaign: Campaign, ward: Ward) -> list[Elector]:
    """Four houses: Ivy, Rex, Una and Max, in the order of the walk 1, 3, 4, 2."""
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)
    names = ((1, "Ivy"), (3, "Rex"), (4, "Una"), (2, "Max"))
    return [
        home(campaign, ward, number, forename=name, pledged=False, **PLACE)
        for number, name in names
    ]


@pytest.fixture
def round_(campaign: Campaign, ward: Ward, street: list[Elector]) -> CanvassRound:
    cut_ward(campaign, ward)
    [only] = live_rounds(campaign)
    return only


@pytest.fixture
def desk(ward_lead: User) -> Client:
    return signed_in(ward_lead)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_ward_is_cut_from_its_page_with_the_count_said_before(
    campaign: Campaign, ward: Ward, street: list[Elector], desk: Client
) -> None:
    address = f"/mayor-2024/rounds/ward/{ward.gss}/"
    before = text(desk.get(address))
    assert "Not cut yet" in before
    assert "Everybody: 4 at 4 doors" in before
    assert "Pledges: 0 at 0 doors" in before

    after = desk.post(address, {"whom_to_see": "all", "size": 40}, follow=True)

    assert "Cut: 1 round with 4 doors." in text(after)
    assert "Bilston North 1 · Quarry Lane" in text(after)
    dots = text(after).partition('<svg class="dots"')[2].partition("</svg>")[0]
    assert dots.count("h0") == 4


def test_a_refusal_to_cut_is_said_on_the_form(
    campaign: Campaign, ward: Ward, street: list[Elector], desk: Client
) -> None:
    address = f"/mayor-2024/rounds/ward/{ward.gss}/"
    nobody = desk.post(address, {"whom_to_see": "pledges", "size": 40})
    assert "Nobody in Bilston North is left to see" in text(nobody)
    assert not CanvassRound.objects.exists()


def test_every_ward_in_reach_is_cut_by_a_job(
    street: list[Elector], desk: Client
) -> None:
    answer = desk.post(
        "/mayor-2024/rounds/", {"whom_to_see": "all", "size": 40}, follow=True
    )
    job = Job.objects.get(kind="cut_rounds")
    assert job.total == 1
    assert "Rounds: everybody" in text(answer)


def test_the_wards_that_were_chosen_are_cut_and_no_other(
    campaign: Campaign,
    other_ward: Ward,
    street: list[Elector],
    organiser: User,
) -> None:
    campaign.wards.add(other_ward)
    signed_in(organiser).post(
        "/mayor-2024/rounds/",
        {"whom_to_see": "all", "size": 40, "wards": [other_ward.pk]},
    )
    job = Job.objects.get(kind="cut_rounds")
    assert [part.key for part in job.parts.all()] == [other_ward.gss]


def test_a_ward_of_somebody_else_is_not_cut(
    campaign: Campaign, other_ward: Ward, street: list[Elector], desk: Client
) -> None:
    campaign.wards.add(other_ward)
    answer = desk.post(
        "/mayor-2024/rounds/",
        {"whom_to_see": "all", "size": 40, "wards": [other_ward.pk]},
    )
    assert "is not one of the available choices" in text(answer)
    assert not Job.objects.exists()


def test_doors_and_electors_are_counted_before_by_ward_and_whom_to_see(
    campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    street: list[Elector],
    organiser: User,
) -> None:
    campaign.wards.add(other_ward)
    pledge = home(campaign, other_ward, 7, "Penn Road", pledged=True)
    stand(campaign, other_ward, address=pledge.address, pledged=False)
    home(campaign, other_ward, 9, "Penn Road", pledged=False)
    ElectorStanding.objects.filter(elector=street[0]).update(no_contact=NoContact.ALL)

    counted = signed_in(organiser).get("/mayor-2024/rounds/counts/").json()["wards"]

    assert set(counted) == {str(ward.pk), str(other_ward.pk)}
    assert counted[str(ward.pk)]["all"] == [3, 3]
    assert counted[str(ward.pk)]["pledges"] == [0, 0]
    assert counted[str(other_ward.pk)]["all"] == [3, 2]
    assert counted[str(other_ward.pk)]["pledges"] == [1, 1]


def test_the_doors_of_a_round_that_is_out_are_not_counted(
    ward: Ward, round_: CanvassRound, desk: Client
) -> None:
    hand_out(round_)
    counted = desk.get("/mayor-2024/rounds/counts/").json()["wards"]
    assert counted[str(ward.pk)]["all"] == [0, 0]


def test_a_ward_lead_sees_the_rounds_of_their_ward_alone(
    campaign: Campaign, round_: CanvassRound, other_ward: Ward, desk: Client
) -> None:
    home(campaign, other_ward, 7, "Penn Road")
    cut_ward(campaign, other_ward)
    theirs = live_rounds(campaign)[-1]

    assert "Penn" not in text(desk.get("/mayor-2024/rounds/"))
    assert desk.get(f"/mayor-2024/rounds/{theirs.pk}/").status_code == 404
    assert desk.get(f"/mayor-2024/rounds/{theirs.pk}/returns/").status_code == 404
    assert desk.get(f"/mayor-2024/rounds/{round_.pk}/").status_code == 200


def test_a_round_says_who_has_it_and_what_came_of_each_door(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    ivy, rex, una, _ = street
    rows = ElectorStanding.objects.filter(campaign=campaign)
    rows.filter(elector=ivy).update(last_contact_at=NOW, last_spoken_at=NOW)
    this_morning, long_ago = NOW - timedelta(hours=4), NOW - timedelta(days=40)
    rows.filter(elector=rex).update(
        last_contact_at=this_morning, last_spoken_at=long_ago
    )
    rows.filter(elector=una).update(household_no_contact=NoContact.ALL)
    hand_out(round_)

    page = text(desk.get(f"/mayor-2024/rounds/{round_.pk}/"))

    states = ["Spoken to</span>", "Called, nobody spoken to", "Do not call"]
    places = [page.index(state) for state in [*states, "Not called on yet"]]
    assert places == sorted(places)
    assert "Whoever is at the meeting point" in page
    assert "Ivy" not in page


def test_a_door_where_nobody_is_left_is_empty_and_who_has_moved_in_is_seen(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    ivy, rex, *_ = street
    rows = ElectorStanding.objects.filter(campaign=campaign)
    rows.filter(elector=ivy).update(is_current=False)
    Elector.objects.filter(pk=ivy.pk).update(address=None, on_register=False)
    rows.filter(elector=rex).update(address_id=ivy.address_id)
    Elector.objects.filter(pk=rex.pk).update(address_id=ivy.address_id)

    page = text(desk.get(f"/mayor-2024/rounds/{round_.pk}/"))
    returns = text(desk.get(f"/mayor-2024/rounds/{round_.pk}/returns/"))

    assert page.count("Nobody on the register") == 2  # the door, and the map's key
    assert "Ivy" not in returns
    assert returns.index("Rex") < returns.index("nobody on the register")


def printed(desk: Client, round_: CanvassRound, reason: str = "Tuesday") -> Any:
    address = f"/mayor-2024/rounds/{round_.pk}/card/"
    return desk.post(address, {"reason": reason})


def test_a_card_has_the_doors_in_order_and_is_written_into_the_ledger(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    ElectorStanding.objects.filter(elector=street[2]).update(no_contact=NoContact.DOOR)
    answer = printed(desk, round_)

    assert answer["Content-Type"] == "application/pdf"
    [page] = PdfReader(io.BytesIO(answer.content)).pages
    said = page.extract_text()
    order = ["Ivy Marsh", "Rex Marsh", "asked not to be contacted", "Max Marsh"]
    assert [said.index(name) for name in order] == sorted(map(said.index, order))
    assert "Una" not in said
    assert "Printed by Wade Lead" in said
    assert "for: Tuesday" in said
    [entry] = ExportRecord.objects.all()
    assert (entry.electors, entry.reason) == (3, "Tuesday")
    assert AuditEntry.objects.filter(verb="electors.exported").count() == 1
    round_.refresh_from_db()
    assert round_.printed_at is not None


def test_a_card_of_pledges_marks_whom_to_see(
    campaign: Campaign, ward: Ward, street: list[Elector], desk: Client
) -> None:
    ElectorStanding.objects.filter(elector=street[0]).update(pledged=True)
    cut_ward(campaign, ward, whom_to_see="pledges")
    [round_] = live_rounds(campaign)
    [page] = PdfReader(io.BytesIO(printed(desk, round_).content)).pages
    assert "• Ivy Marsh" in page.extract_text()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_card_is_not_printed_without_a_reason(
    round_: CanvassRound, desk: Client, reason: str
) -> None:
    answer = printed(desk, round_, reason)
    assert answer.status_code == 302
    assert not ExportRecord.objects.exists()
    round_.refresh_from_db()
    assert round_.printed_at is None


def test_a_round_that_was_cut_anew_is_not_printed_any_more(
    round_: CanvassRound, desk: Client
) -> None:
    CanvassRound.objects.update(retired_at=NOW)
    answer = printed(desk, round_)
    assert answer.status_code == 302
    assert "was cut anew" in text(desk.get(answer["Location"]))
    assert not ExportRecord.objects.exists()


def test_who_may_not_export_prints_no_card(
    round_: CanvassRound, data_clerk: User
) -> None:
    assert printed(signed_in(data_clerk), round_).status_code == 404


def asked(desk: Client, ward: Ward, *rounds: CanvassRound, **fields: object) -> Any:
    address = f"/mayor-2024/rounds/ward/{ward.gss}/cards/"
    ids = [round_.pk for round_ in rounds]
    return desk.post(address, {"reason": "Tuesday", "rounds": ids, **fields})


def pages_of(job: Job) -> list[str]:
    assert run_here(job).state == "done"
    with open_file(job.files.get()) as file:
        return [page.extract_text() for page in PdfReader(file).pages]


@pytest.fixture
def three(campaign: Campaign, ward: Ward, street: list[Elector]) -> list[CanvassRound]:
    """Quarry Lane, Penn Road and Oak Road, a round each."""
    for name in ("Penn Road", "Oak Road"):
        for number in range(1, 14):
            home(campaign, ward, number, name, forename=name.split()[0])
    cut_ward(campaign, ward, size=10)
    rounds = live_rounds(campaign)
    assert len(rounds) == 3
    return rounds


def test_the_cards_of_a_ward_are_one_file_in_the_order_of_its_rounds(
    ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    answer = asked(desk, ward)

    job = Job.objects.get(kind="round_cards")
    assert answer["Location"].endswith(f"/jobs/{job.pk}/")
    pages = pages_of(job)
    assert [page.count("page 1 of 1") for page in pages] == [1, 1, 1]
    for page, round_ in zip(pages, three, strict=True):
        assert round_.name in page
        assert f"Round {round_.pk}" in page
    assert job.done == job.total == 3
    [entry] = ExportRecord.objects.all()
    assert (entry.electors, entry.reason) == (30, "Tuesday")
    assert entry.what == "canvass cards of 3 rounds, Bilston North"
    assert not CanvassRound.objects.filter(printed_at=None).exists()


def test_only_the_rounds_that_were_ticked_are_printed(
    ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    asked(desk, ward, three[2], three[0])
    pages = pages_of(Job.objects.get(kind="round_cards"))
    assert [three[0].name in pages[0], three[2].name in pages[1]] == [True, True]
    assert len(pages) == 2
    assert [one.pk for one in CanvassRound.objects.filter(printed_at=None)] == [
        three[1].pk
    ]


def test_each_card_of_a_file_has_the_code_of_its_own_returns(
    ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    asked(desk, ward)
    links = dict(Job.objects.get(kind="round_cards").parameters["rounds"])
    assert links == {
        one.pk: f"http://testserver/mayor-2024/rounds/{one.pk}/returns/"
        for one in three
    }


def test_a_ward_cut_anew_before_its_cards_were_made_has_none_printed(
    ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    asked(desk, ward)
    CanvassRound.objects.filter(pk=three[1].pk).update(retired_at=NOW)
    job = run_here(Job.objects.get(kind="round_cards"))
    assert job.state == "failed"
    assert "cut anew" in job.message
    assert not ExportRecord.objects.exists()
    assert not CanvassRound.objects.exclude(printed_at=None).exists()


def test_cards_printed_again_by_another_worker_are_one_file_and_one_entry(
    ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    asked(desk, ward)
    job = Job.objects.get(kind="round_cards")
    # A worker that died: its lease has passed, and nothing was kept.
    job.parts.update(state="running", attempt=1, lease_until=NOW - timedelta(days=1))
    assert run_here(job).state == "done"
    run_here(job)
    assert job.files.count() == 1
    assert ExportRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "This is missing"),
        ({"rounds": ["0"]}, "cut anew meanwhile"),
        ({"rounds": ["x"]}, "cut anew meanwhile"),
        ({"reason": "x" * 501}, "at most 500"),
    ],
)
def test_cards_that_cannot_be_printed_say_why_and_start_nothing(
    ward: Ward,
    three: list[CanvassRound],
    desk: Client,
    fields: dict[str, object],
    sentence: str,
) -> None:
    answer = asked(desk, ward, **fields)
    assert sentence in text(desk.get(answer["Location"]))
    assert not Job.objects.filter(kind="round_cards").exists()


def test_a_ward_without_rounds_has_no_cards(ward: Ward, desk: Client) -> None:
    answer = asked(desk, ward)
    assert "has no rounds yet" in text(desk.get(answer["Location"]))


def test_the_cards_of_another_ward_are_not_there(
    campaign: Campaign, other_ward: Ward, three: list[CanvassRound], desk: Client
) -> None:
    assert asked(desk, other_ward).status_code == 404


def typed(street: list[Elector], *codes: str, **fields: object) -> dict[str, object]:
    answers = zip(street, codes, strict=False)
    return {
        "sheet": uuid4(),
        "said_on": "2024-04-22",
        **{f"elector-{elector.pk}": code for elector, code in answers},
        **fields,
    }


def test_the_returns_are_in_the_order_of_the_card_and_are_filed_as_paper(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, data_clerk: User
) -> None:
    clerk = signed_in(data_clerk)
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    page = text(clerk.get(address))
    order = [f'name="elector-{elector.pk}"' for elector in street]
    assert [page.index(name) for name in order] == sorted(map(page.index, order))

    answer = clerk.post(address, typed(street, "p1", "ni", "", "U"), follow=True)

    assert "3 answers filed." in text(answer)
    assert standing(campaign, street[0]).pledged
    contacts = Contact.objects.order_by("pk")
    assert [contact.channel for contact in contacts] == ["paper"] * 3
    assert {f"{contact.said_at:%d %H}" for contact in contacts} == {"22 11"}


@pytest.fixture
def outing(campaign: Campaign, round_: CanvassRound) -> RoundIssue:
    """The round went out on Monday evening, to Ada Finch; her card came back."""
    session = CanvassSession.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Monday evening",
        starts_at=NOW - timedelta(hours=20),
        ends_at=NOW - timedelta(hours=18),
    )
    ada = make_volunteer(campaign.organisation, "Ada Finch")
    issue = hand_out(round_, session=session)
    RoundIssue.objects.filter(pk=issue.pk).update(kind="volunteer", volunteer=ada)
    issue.refresh_from_db()
    return issue


def test_a_card_of_a_round_that_is_out_says_its_number_and_leads_to_its_session(
    round_: CanvassRound, outing: RoundIssue, desk: Client
) -> None:
    [page] = PdfReader(io.BytesIO(printed(desk, round_).content)).pages
    assert f"Round {round_.pk} · out {outing.pk}" in page.extract_text()

    RoundIssue.objects.update(closed_at=NOW)
    hand_out(round_)
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    of_the_card = text(desk.get(f"{address}?issue={outing.pk}"))
    assert f'<option value="{outing.session_id}" selected>' in of_the_card
    assert f'<option value="{outing.volunteer_id}" selected>' in of_the_card
    assert f'<option value="{outing.session_id}" selected>' not in text(
        desk.get(address)
    )


def test_returns_carry_the_session_and_who_knocked(
    campaign: Campaign,
    street: list[Elector],
    round_: CanvassRound,
    outing: RoundIssue,
    data_clerk: User,
) -> None:
    chosen = {"session": outing.session_id, "spoke": outing.volunteer_id}
    sheet = typed(street, "p1", "ni", said_on="", **chosen)
    answer = signed_in(data_clerk).post(
        f"/mayor-2024/rounds/{round_.pk}/returns/", sheet, follow=True
    )

    assert "2 answers filed." in text(answer)
    assert outing.session
    for contact in Contact.objects.all():
        assert contact.session_id == outing.session_id
        assert contact.spoke_id == outing.volunteer_id
        assert contact.said_at == outing.session.starts_at


def test_what_was_typed_in_from_cards_is_counted_for_who_knocked(
    campaign: Campaign,
    street: list[Elector],
    round_: CanvassRound,
    outing: RoundIssue,
    desk: Client,
) -> None:
    chosen = {"session": outing.session_id, "spoke": outing.volunteer_id}
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    desk.post(address, typed(street, "p1", "ni", "U", **chosen))

    ada, since = outing.volunteer_id, NOW - timedelta(days=7)
    assert ada
    assert doors_knocked(campaign, [ada], since) == {ada: 3}
    [given] = time_given(campaign.organisation_id, [ada], since)
    assert given.length == timedelta(hours=2)
    page = text(desk.get(f"/mayor-2024/sessions/{outing.session_id}/"))
    assert "Typed in from cards" in page
    assert page.index("Ada Finch") < page.index('data-label="Hours">2<')


def test_hours_that_a_phone_has_counted_are_not_counted_again_from_paper(
    campaign: Campaign,
    street: list[Elector],
    round_: CanvassRound,
    outing: RoundIssue,
    desk: Client,
) -> None:
    assert outing.session
    assert outing.volunteer
    RoundIssue.objects.update(issued_at=outing.session.starts_at)
    RoundKnocker.objects.create(
        organisation=campaign.organisation,
        issue=outing,
        volunteer=outing.volunteer,
        uuid=uuid4(),
        joined_at=outing.session.starts_at,
        left_at=outing.session.starts_at + timedelta(hours=1),
    )
    ada = outing.volunteer.pk
    on_the_phone = said(
        street[0],
        spoke_id=ada,
        said_at=outing.session.starts_at + timedelta(minutes=40),
    )
    record(campaign, on_the_phone)
    chosen = {"session": outing.session_id, "spoke": outing.volunteer_id}
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    desk.post(address, typed(street, "p1", "ni", **chosen))

    [given] = time_given(campaign.organisation_id, [ada], NOW - timedelta(days=7))
    assert given.length == timedelta(hours=1)


def test_a_clerk_is_offered_who_was_out_and_no_other_volunteer(
    campaign: Campaign, round_: CanvassRound, outing: RoundIssue, data_clerk: User
) -> None:
    make_volunteer(campaign.organisation, "Nora Elsewhere")
    page = text(signed_in(data_clerk).get(f"/mayor-2024/rounds/{round_.pk}/returns/"))
    assert "Ada Finch" in page
    assert "Nora Elsewhere" not in page


@pytest.mark.parametrize("issue", ["0", "x", "9" * 30, "-1", "1.5", "٣"])
def test_a_card_number_that_is_none_is_the_latest_outing(
    round_: CanvassRound, outing: RoundIssue, desk: Client, issue: str
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    page = text(desk.get(address, {"issue": issue}))
    assert f'<option value="{outing.session_id}" selected>' in page


def test_a_session_that_has_not_begun_is_not_to_be_chosen(
    street: list[Elector], round_: CanvassRound, outing: RoundIssue, desk: Client
) -> None:
    CanvassSession.objects.update(starts_at=NOW + timedelta(days=20_000), ends_at=None)
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    answer = desk.post(address, typed(street, "p1", session=outing.session_id))
    assert "not one of the available choices" in text(answer)
    assert not Contact.objects.exists()


def test_returns_sent_twice_are_filed_once(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    sheet = typed(street, "p1", "ni")
    desk.post(address, sheet)
    again = desk.post(address, sheet, follow=True)
    assert "2 had been filed before." in text(again)
    assert Contact.objects.count() == 2


def test_the_wishes_stand_on_a_card_however_many_codes_there_are(
    campaign: Campaign, round_: CanvassRound, desk: Client
) -> None:
    IntentionCode.objects.filter(campaign=campaign).update(label="Somebody " * 11)
    [page] = PdfReader(io.BytesIO(printed(desk, round_).content)).pages
    legend = " ".join(page.extract_text().split())
    assert "-VIEWS no views kept" in legend
    assert "…" in legend


def test_wishes_on_a_card_are_in_a_line_and_kept_once(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    [page] = PdfReader(io.BytesIO(printed(desk, round_).content)).pages
    legend = " ".join(page.extract_text().split())
    for words in (
        "-OFF off the list · -DOOR no visits · -NOTNOW no",
        "-VIEWS no views kept",
    ):
        assert words in legend

    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    sheet = typed(street, "p1-door", "-views", "ni")
    answer = desk.post(address, sheet, follow=True)
    desk.post(address, sheet)
    assert f"{street[0].full_name}: they asked: do not knock" in text(answer)
    assert f"{street[1].full_name}: they asked: do not record" in text(answer)
    assert DoNotContact.objects.get().elector == street[0]
    assert ViewsObjection.objects.get().elector == street[1]
    assert Contact.objects.count() == 3


def test_nobody_elses_elector_is_kept_away_by_a_tampered_card(
    street: list[Elector], round_: CanvassRound, desk: Client, other_ward: Ward
) -> None:
    far = make_elector(make_district(round_.organisation, other_ward, "PN1"))
    sheet = typed(street) | {f"elector-{far.pk}": "-off"}
    desk.post(f"/mayor-2024/rounds/{round_.pk}/returns/", sheet)
    assert not DoNotContact.objects.exists()


def test_a_code_that_is_none_is_said_at_its_door_and_nothing_is_filed(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    sheet = typed(street, "p1", "zz")
    wrong = desk.post(address, sheet)
    assert "There is no code &#x27;zz&#x27;" in text(wrong)
    assert f'value="{sheet["sheet"]}"' in text(wrong)
    assert not Contact.objects.exists()
    desk.post(address, sheet | {f"elector-{street[1].pk}": "ni"})
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Nothing is typed in yet."),
        ({"said_on": "2999-01-01"}, "That day has not come yet."),
        ({"said_on": ""}, "Choose the session, or say the day."),
        ({"sheet": "none"}, "This page is not whole"),
    ],
)
def test_returns_that_say_nothing_are_refused(
    street: list[Elector],
    round_: CanvassRound,
    desk: Client,
    fields: dict[str, object],
    sentence: str,
) -> None:
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    codes = ("p1",) if fields else ()
    answer = desk.post(address, typed(street, *codes, **fields))
    assert sentence in text(answer)
    assert not Contact.objects.exists()


def test_an_answer_of_somebody_who_has_left_meanwhile_is_held_and_not_lost(
    campaign: Campaign, street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    sheet = typed(street, "p1", "u")
    ElectorStanding.objects.filter(elector=street[0]).update(is_current=False)
    answer = desk.post(f"/mayor-2024/rounds/{round_.pk}/returns/", sheet, follow=True)
    assert "1 answer filed." in text(answer)
    assert "Held to be checked" in text(answer)
    assert HeldItem.objects.get().payload["elector_id"] == street[0].pk


def test_a_card_from_before_the_ward_was_cut_anew_can_be_typed_in(
    street: list[Elector], round_: CanvassRound, desk: Client
) -> None:
    CanvassRound.objects.update(retired_at=NOW)
    address = f"/mayor-2024/rounds/{round_.pk}/returns/"
    assert "1 answer filed." in text(
        desk.post(address, typed(street, "p1"), follow=True)
    )


def test_local_rounds_are_read_in_on_their_page_and_put_aside(
    campaign: Campaign, ward: Ward, street: list[Elector], organiser: User
) -> None:
    desk = signed_in(organiser)
    file = io.BytesIO(b"round,street,side\nHill Top,Quarry Lane,odd\nHill Top,Oak Rd,")
    file.name = "ours.csv"
    answer = desk.post(
        "/mayor-2024/rounds/local/", {"file": file, "council": ward.council_id}
    )
    assert "1 round, 2 streets read." in text(answer)
    assert "Streets that the register does not know" in text(answer)
    assert "Quarry Lane (odd)" in text(answer)

    local = LocalRound.objects.get()
    after = desk.post(f"/mayor-2024/rounds/local/{local.pk}/retire/", follow=True)
    assert "Hill Top is put aside." in text(after)
    assert "None yet" in text(after)


def test_a_list_that_cannot_be_read_says_why_on_the_page(
    ward: Ward, street: list[Elector], organiser: User
) -> None:
    file = io.BytesIO(b"round,street,side\nHill Top,Quarry Lane,left\n")
    file.name = "ours.csv"
    answer = signed_in(organiser).post(
        "/mayor-2024/rounds/local/", {"file": file, "council": ward.council_id}
    )
    assert "Nothing of ours.csv was read in." in text(answer)
    assert not LocalRound.objects.exists()
