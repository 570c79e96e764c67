"""Sessions and rounds that are out, at the desk."""

from datetime import timedelta

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.actions.round_issues import IssueRefused, issue_rounds
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    FieldPhone,
    IssueKind,
    RoundIssue,
)
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    issue,
    make_session,
    make_street,
    make_volunteer,
    stand_at_now,
    who,
)
from tests.canvassing.leaflet_helpers import make_leaflet_round, send_out
from tests.cast import NOW
from tests.house.test_access import signed_in
from volunteers.models import Team


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def test_an_organiser_makes_a_session_with_a_code_and_draws_another(
    desk: Client, campaign: Campaign
) -> None:
    said = {
        "name": "Tuesday evening",
        "day": "2024-04-23",
        "begins": "18:00",
        "ends": "20:30",
        "meeting_point": "Scout Hut",
    }

    made = desk.post("/mayor-2024/sessions/new/", said)
    session = CanvassSession.objects.get()
    first = session.short_code
    page = desk.get(made.headers["Location"])
    desk.post(f"/mayor-2024/sessions/{session.pk}/code/")
    session.refresh_from_db()

    assert len(first) == 6
    assert f"{first[:3]} {first[3:]}" in page.content.decode()
    assert session.short_code != first


def test_a_session_ends_after_it_starts(desk: Client, campaign: Campaign) -> None:
    said = {"name": "Odd", "day": "2024-04-23", "begins": "18:00", "ends": "17:00"}

    page = desk.post("/mayor-2024/sessions/new/", said)

    assert "It has to end after it starts." in page.content.decode()
    assert CanvassSession.objects.count() == 0


def test_a_round_is_sent_out_and_its_link_is_shown(
    desk: Client, campaign: Campaign, street: Street
) -> None:
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    said = {
        "kind": "meeting_point",
        "session": session.pk,
        "day": "2024-04-23",
        "clock": "20:00",
    }
    where = f"/mayor-2024/rounds/{street.round.pk}/send-out/"

    sent = desk.post(where, said)
    again = desk.post(where, said)
    page = desk.get(f"/mayor-2024/sessions/{session.pk}/").content.decode()

    made = RoundIssue.objects.get()
    assert sent.headers["Location"] == f"/mayor-2024/rounds/out/{made.pk}/"
    assert "It is out already: the meeting point has it." in again.content.decode()
    assert f"/field/join#{who(made)['secret']}" in page
    assert made.secret_hash not in page


def test_a_phone_is_cut_off_and_a_round_taken_back(
    desk: Client, campaign: Campaign, street: Street
) -> None:
    out = issue(street.round)
    ada, bo = Phone(), Phone()
    ada.join(out)
    bo.join(out, name="Bo Lane", mobile="07700 900456")
    of_ada = FieldPhone.objects.get(volunteer__name="Ada Finch")
    where = f"/mayor-2024/rounds/out/{out.pk}"

    desk.post(f"{where}/phones/{of_ada.pk}/cut-off/")

    assert ada.get("changes").json()["state"] == "revoked"
    assert bo.get("changes").json()["state"] == "out"

    desk.post(f"{where}/take-back/")

    assert bo.get("changes").json()["state"] == "revoked"
    assert bo.get("round").status_code == 403
    page = desk.get(f"{where}/").content.decode()
    assert "taken back by an organiser" in page
    assert "#" + who(out)["secret"] not in page


def test_who_has_not_been_heard_from_for_45_minutes_is_said(
    desk: Client, campaign: Campaign, street: Street
) -> None:
    out = issue(street.round)
    Phone().join(out)
    where = f"/mayor-2024/rounds/out/{out.pk}/"
    said = "not heard from for 45 minutes"

    assert said not in desk.get(where).content.decode()
    FieldPhone.objects.update(last_seen_at=NOW - timedelta(minutes=45))
    assert said in desk.get(where).content.decode()


def test_a_link_opened_on_a_second_phone_is_noted_for_the_organiser(
    desk: Client, campaign: Campaign, street: Street
) -> None:
    ada = make_volunteer(campaign, mobile="+447700900123")
    out = issue(street.round, "volunteer", volunteer=ada)
    first, thief = Phone(), Phone()

    joined = first.join(out)
    stolen = thief.join(out)
    another = thief.join(out, name="Nell Thief", mobile="07700 900999")
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert (joined.status_code, stolen.status_code, another.status_code) == (
        200,
        422,
        422,
    )
    assert "opened 2 times on a phone it is not for" in page
    assert FieldPhone.objects.count() == 1


def test_a_round_at_no_session_shows_its_code_and_draws_another(
    desk: Client, street: Street
) -> None:
    out = issue(street.round)
    first = out.short_code
    address = f"/mayor-2024/rounds/out/{out.pk}/"

    page = desk.get(address).content.decode()
    desk.post(f"{address}code/")
    out.refresh_from_db()

    assert f"{first[:3]} {first[3:]}" in page
    assert out.short_code != first
    assert Phone().join(out, code=first).status_code == 422
    assert Phone().join(out).status_code == 200


def test_who_is_not_of_the_team_is_let_in_by_the_code_and_told_to_the_organiser(
    desk: Client, campaign: Campaign, street: Street
) -> None:
    ada = make_volunteer(campaign, mobile="+447700900123")
    team = Team.objects.create(organisation=campaign.organisation, name="Tuesday")
    team.members.add(ada)
    out = issue(street.round, "team", team=team)
    address = f"/mayor-2024/rounds/out/{out.pk}/"

    Phone().join(out)
    alone = desk.get(address).content.decode()
    Phone().join(out, name="Bo Lane", mobile="07700 900456")
    page = desk.get(address).content.decode()

    assert "not of the team" not in alone
    assert page.count("not of the team") == 1


def several(session: CanvassSession, *rounds: CanvassRound) -> dict[str, object]:
    return {
        "rounds": [one.pk for one in rounds],
        "kind": "meeting_point",
        "session": session.pk,
        "day": "2024-04-23",
        "clock": "20:00",
    }


def test_several_rounds_go_out_at_once_and_their_links_are_on_one_sheet(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    other = make_street(campaign, ward, doors=1).round
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    where = f"/mayor-2024/rounds/ward/{ward.gss}/send-out/"

    sent = desk.post(where, several(session, street.round, other))
    sheet = desk.get(f"/mayor-2024/sessions/{session.pk}/sheet/").content.decode()

    assert sent.headers["Location"] == f"/mayor-2024/sessions/{session.pk}/"
    out = RoundIssue.objects.all()
    assert {one.round_id for one in out} == {street.round.pk, other.pk}
    assert {one.session_id for one in out} == {session.pk}
    for one in out:
        assert f"/field/join#{who(one)['secret']}" in sheet
    assert session.short_code not in sheet


def test_several_rounds_go_out_while_leaflets_are_out_by_a_link(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    send_out(make_leaflet_round(campaign, ward))
    where = f"/mayor-2024/rounds/ward/{ward.gss}/send-out/"

    form = desk.get(where).content.decode()
    desk.post(where, several(session, street.round))

    assert street.round.name in form
    assert street.round.issues.exists()


def test_several_rounds_are_sent_out_from_the_page_of_their_session(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    make_session(campaign, ends_at=NOW + timedelta(hours=3))
    session = make_session(campaign, ends_at=NOW + timedelta(hours=5))
    over = make_session(campaign, ends_at=NOW - timedelta(hours=7))
    where = f"/mayor-2024/rounds/ward/{ward.gss}/send-out/?session={session.pk}"
    page = f"/mayor-2024/sessions/{session.pk}/"

    before = desk.get(page).content.decode()
    form = desk.get(where).content.decode()
    of_one_over = desk.get(f"/mayor-2024/sessions/{over.pk}/").content.decode()
    issue(street.round)
    all_out = desk.get(page).content.decode()

    assert f'href="{where}"' in before
    assert f'<option value="{session.pk}" selected>' in form
    assert 'value="16:00"' in form  # an hour after its end
    assert "Send several rounds out here" not in of_one_over
    assert "Send several rounds out here" not in all_out


def test_a_round_whose_time_is_over_may_be_sent_out_again(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    over = issue(street.round)
    issue(make_street(campaign, ward, doors=1).round)
    RoundIssue.objects.filter(pk=over.pk).update(
        issued_at=NOW - timedelta(hours=4), expires_at=NOW
    )

    page = desk.get(f"/mayor-2024/sessions/{session.pk}/").content.decode()
    rounds = desk.get("/mayor-2024/rounds/").content.decode()

    assert f"{ward}: 1 in</a>" in page
    assert 'data-label="Out now">1</td>' in rounds


def test_a_volunteers_own_link_is_not_on_the_sheet_for_the_table(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    session = make_session(campaign)
    ada = make_volunteer(campaign, mobile="+447700900123")
    own = issue(street.round, "volunteer", volunteer=ada, session=session)
    anybodys = issue(make_street(campaign, ward, doors=1).round, session=session)

    sheet = desk.get(f"/mayor-2024/sessions/{session.pk}/sheet/").content.decode()

    assert f"/field/join#{who(anybodys)['secret']}" in sheet
    assert who(own)["secret"] not in sheet
    assert "Not on this sheet" in sheet
    assert f'/mayor-2024/rounds/out/{own.pk}/">{own.round.name}</a>: Ada Finch' in sheet


def test_of_several_rounds_all_go_out_or_none(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    other = make_street(campaign, ward, doors=1).round
    session = make_session(campaign, ends_at=NOW + timedelta(hours=3))
    where = f"/mayor-2024/rounds/ward/{ward.gss}/send-out/"
    issue(other)

    page = desk.post(where, several(session, street.round, other)).content.decode()
    nothing = desk.post(where, several(session)).content.decode()

    assert "A round is out already" in page
    assert "Tick the rounds to send out." in nothing
    assert RoundIssue.objects.count() == 1
    with pytest.raises(IssueRefused, match=f"{other}: It is out already"):
        issue_rounds(
            [street.round, other],
            session=session,
            kind=IssueKind.MEETING_POINT,
            by=system(campaign.organisation),
            at=NOW,
            expires_at=NOW + timedelta(hours=3),
        )
    assert RoundIssue.objects.count() == 1


def test_namesakes_and_nameless_sessions_are_told_apart_by_what_is_known_of_them(
    desk: Client, campaign: Campaign, ward: Ward, street: Street
) -> None:
    make_volunteer(campaign, "Kirsty Langby", mobile="+447700900123", home_ward=ward)
    make_volunteer(campaign, "Kirsty Langby", email="kirsty@example.org")
    make_volunteer(campaign, "Kirsty Langby")
    session = make_session(campaign, ward=ward, meeting_point="Scout Hut")
    session.name = ""
    session.save()

    sending = desk.get(f"/mayor-2024/rounds/{street.round.pk}/send-out/")
    page = sending.content.decode()
    returns = desk.get(f"/mayor-2024/rounds/{street.round.pk}/returns/")

    assert f">Kirsty Langby ({ward.name}, …123)<" in page
    assert ">Kirsty Langby (k…@example.org)<" in page
    assert ">Kirsty Langby<" in page
    assert "kirsty@" not in page
    for offered in (page, returns.content.decode()):
        assert f">Tue 23 Apr, 10 am, {ward.name}, Scout Hut<" in offered
