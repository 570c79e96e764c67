"""The link of a round by e-mail: to whom, once, and never with its code."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from campaigns.access import Actor, system
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from canvassing.actions.round_issues import IssueRefused, mail_link, take_back
from canvassing.models import CanvassSession, RoundIssue
from tests.canvassing.field_helpers import (
    Street,
    issue,
    make_session,
    make_street,
    stand_at_now,
    who,
)
from tests.cast import NOW, actor
from tests.house.test_access import signed_in
from tests.volunteers.helpers import make_shift, make_volunteer
from volunteers.actions.consents import set_consents
from volunteers.exporters.mails import send_waiting_mails
from volunteers.models import (
    Language,
    ShiftSignUp,
    Team,
    Volunteer,
    VolunteerMail,
)

HOUR = timedelta(hours=1)
UNTIL = {"day": "2024-04-23", "clock": "20:00"}


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def by(organisation: Organisation) -> Actor:
    return system(organisation)


@pytest.fixture
def ada(organisation: Organisation) -> Volunteer:
    return agreed(make_volunteer(organisation, "Ada Finch", email="ada@example.org"))


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def agreed(volunteer: Volunteer, *channels: str) -> Volunteer:
    set_consents(
        volunteer,
        channels=channels or ("email",),
        source="Sign-up page",
        by=system(volunteer.organisation),
        at=NOW,
    )
    return volunteer


def send_out(desk: Client, street: Street, **said: Any) -> str:
    where = f"/mayor-2024/rounds/{street.round.pk}/send-out/"
    answer = desk.post(where, {"kind": "volunteer", **UNTIL, **said}, follow=True)
    return answer.content.decode()


def test_a_round_is_sent_out_with_its_link_by_e_mail_and_the_desk_says_when(
    desk: Client, campaign: Campaign, street: Street, ada: Volunteer
) -> None:
    session = make_session(campaign, ends_at=NOW + 3 * HOUR)

    page = send_out(desk, street, volunteer=ada.pk, session=session.pk, by_email="on")
    out = RoundIssue.objects.get()
    sent = send_waiting_mails()
    after = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert "The link goes by e-mail now." in page
    assert sent == 1
    [message] = mail.outbox
    assert message.to == ["ada@example.org"]
    assert f"/field/join#{who(out)['secret']}" in message.body
    assert "Link e-mailed 23 April 2024, 10 am" in after
    assert "E-mail the link" not in after


def test_the_mail_holds_no_code_no_name_and_no_street_of_an_elector(
    campaign: Campaign, street: Street, ada: Volunteer, by: Actor
) -> None:
    session = make_session(campaign, ends_at=NOW + 3 * HOUR)
    street.round.name = "Bushbury 4 · Stafford Road, even side"
    street.round.save()
    out = issue(street.round, "volunteer", volunteer=ada, session=session)

    mail_link(out, by=by, at=NOW)
    send_waiting_mails()

    [message] = mail.outbox
    whole = message.subject + message.body
    assert "opens your round, Bushbury 4, on your phone" in whole
    for kept_back in (out.short_code, session.short_code, "Stafford Road"):
        assert kept_back not in whole
    for elector in street.electors:
        assert elector.surname not in whole
    for address in street.addresses:
        assert address.street not in whole
        assert address.postcode not in whole


def test_no_copy_of_the_link_is_kept_while_its_mail_waits(
    street: Street, ada: Volunteer, by: Actor
) -> None:
    out = issue(street.round, "volunteer", volunteer=ada)

    mail_link(out, by=by, at=NOW)

    waiting = str(VolunteerMail.objects.values().get())
    audited = str(list(AuditEntry.objects.values()))
    assert who(out)["secret"] not in waiting + audited
    assert AuditEntry.objects.filter(verb="round.link_mailed").count() == 1


def test_a_link_is_mailed_once_however_often_it_is_asked_for(
    desk: Client, street: Street, ada: Volunteer, by: Actor
) -> None:
    out = issue(street.round, "volunteer", volunteer=ada)
    where = f"/mayor-2024/rounds/out/{out.pk}/"
    assert "E-mail the link" in desk.get(where).content.decode()

    for _ in range(3):
        desk.post(f"{where}mail/")
        send_waiting_mails()

    assert len(mail.outbox) == 1
    assert VolunteerMail.objects.count() == 1
    assert AuditEntry.objects.filter(verb="round.link_mailed").count() == 1


def test_what_the_mail_server_does_not_take_is_said_and_may_be_sent_again(
    desk: Client,
    street: Street,
    ada: Volunteer,
    by: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = issue(street.round, "volunteer", volunteer=ada)
    mail_link(out, by=by, at=NOW)
    where = f"/mayor-2024/rounds/out/{out.pk}/"

    def refuse(*_: Any, **__: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no such")})

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", refuse)
        send_waiting_mails()
    refused = desk.get(where).content.decode()
    desk.post(f"{where}mail/")
    send_waiting_mails()
    after = desk.get(where).content.decode()

    assert "Link not e-mailed: The mail server does not take this address." in refused
    assert "E-mail the link" in refused
    assert len(mail.outbox) == 1
    assert "Link e-mailed 23 April 2024, 10 am" in after


def test_a_round_that_was_taken_back_meanwhile_is_not_mailed(
    street: Street, ada: Volunteer, by: Actor
) -> None:
    out = issue(street.round, "volunteer", volunteer=ada)
    mail_link(out, by=by, at=NOW)
    take_back(out, by=by, at=NOW)

    assert send_waiting_mails() == 0
    assert not VolunteerMail.objects.exists()


def test_consent_that_is_taken_back_meanwhile_is_minded(
    street: Street, ada: Volunteer, by: Actor
) -> None:
    mail_link(issue(street.round, "volunteer", volunteer=ada), by=by, at=NOW)
    agreed(ada, "text")

    assert send_waiting_mails() == 0


def test_who_has_no_address_or_has_not_agreed_is_offered_no_mail_and_keeps_the_round_in(
    desk: Client, organisation: Organisation, street: Street
) -> None:
    bo = agreed(make_volunteer(organisation, "Bo Lane", email=""))
    cy = agreed(make_volunteer(organisation, "Cy Marsh"), "text")

    for volunteer in (bo, cy):
        page = send_out(desk, street, volunteer=volunteer.pk, by_email="on")
        assert f"{volunteer} is not sent links: they have no e-mail address" in page
    assert not RoundIssue.objects.exists()
    assert not VolunteerMail.objects.exists()

    page = send_out(desk, street, volunteer=cy.pk)
    assert "E-mail the link" not in page
    assert RoundIssue.objects.count() == 1


def test_the_leader_of_a_team_gets_the_links_of_its_rounds(
    desk: Client, campaign: Campaign, ward: Ward, street: Street, ada: Volunteer
) -> None:
    team = Team.objects.create(
        organisation=campaign.organisation, name="Tuesday", leader=ada
    )
    team.members.add(ada)
    other = make_street(campaign, ward).round
    session = make_session(campaign, ends_at=NOW + 3 * HOUR)
    said = {
        "rounds": [street.round.pk, other.pk],
        "kind": "team",
        "team": team.pk,
        "session": session.pk,
        "by_email": "on",
        **UNTIL,
    }

    desk.post(f"/mayor-2024/rounds/ward/{ward.gss}/send-out/", said)
    send_waiting_mails()
    page = desk.get(f"/mayor-2024/sessions/{session.pk}/").content.decode()

    assert {tuple(one.to) for one in mail.outbox} == {("ada@example.org",)}
    links = "".join(one.body for one in mail.outbox)
    assert all(who(out)["secret"] in links for out in RoundIssue.objects.all())
    assert page.count("Link e-mailed 23 April 2024, 10 am") == 2


@pytest.fixture
def on_a_shift(
    campaign: Campaign, organisation: Organisation, ada: Volunteer
) -> CanvassSession:
    """Led by Ada. With a place on the shift and agreed: Bo; under 18: Yan; not agreed:
    Cy; waiting: Di. Of the team and not on the shift: Ed. Stood down: Flo."""
    team = Team.objects.create(organisation=organisation, name="Tuesday", leader=ada)
    shift = make_shift(campaign, starts_at=NOW, hours=3)
    for name, said in {
        "Bo Lane": {},
        "Yan Reed": {"is_under_18": True},
        "Cy Marsh": {},
        "Di Moss": {},
        "Ed Wren": {},
        "Flo Nash": {"stood_down_at": NOW},
    }.items():
        first = name.split()[0].lower()
        one = make_volunteer(organisation, name, email=f"{first}@example.org", **said)
        agreed(one, "text" if first == "cy" else "email")
        team.members.add(one)
        if first != "ed":
            ShiftSignUp.objects.create(
                organisation=organisation,
                shift=shift,
                volunteer=one,
                signed_up_at=NOW,
                waits=first == "di",
            )
    team.members.add(ada)
    return make_session(campaign, ends_at=NOW + 3 * HOUR, shift=shift)


def team_of(session: CanvassSession) -> Team:
    return Team.objects.get(organisation=session.organisation_id)


def mailed_to_team(street: Street, session: CanvassSession) -> RoundIssue:
    return issue(
        street.round, "team", team=team_of(session), session=session, by_email=True
    )


def leave(session: CanvassSession, name: str) -> None:
    """The team is led by them no more, and their place on the shift is given back."""
    Team.objects.filter(leader__name=name).update(leader=None)
    theirs = ShiftSignUp.objects.filter(shift=session.shift, volunteer__name=name)
    theirs.update(withdrawn_at=NOW)


def audited() -> list[list[str]]:
    """Of each time that links were mailed: to whom, by name."""
    told = AuditEntry.objects.filter(verb="round.link_mailed").order_by("pk")
    names = {one.pk: one.name for one in Volunteer.objects.all()}
    return [sorted(names[pk] for pk in one.data["volunteers"]) for one in told]


def test_several_rounds_go_by_e_mail_to_the_leader_and_each_member_on_the_shift_once(
    desk: Client,
    campaign: Campaign,
    ward: Ward,
    street: Street,
    on_a_shift: CanvassSession,
) -> None:
    other = make_street(campaign, ward).round
    said = {
        "rounds": [street.round.pk, other.pk],
        "kind": "team",
        "team": team_of(on_a_shift).pk,
        "session": on_a_shift.pk,
        "by_email": "on",
        **UNTIL,
    }

    desk.post(f"/mayor-2024/rounds/ward/{ward.gss}/send-out/", said)
    for out in RoundIssue.objects.all():
        desk.post(f"/mayor-2024/rounds/out/{out.pk}/mail/")
    send_waiting_mails()
    page = desk.get(f"/mayor-2024/sessions/{on_a_shift.pk}/").content.decode()

    to = sorted(one.to[0] for one in mail.outbox)
    assert to == ["ada@example.org"] * 2 + ["bo@example.org"] * 2
    for out in RoundIssue.objects.all():
        bodies = [one.body for one in mail.outbox if who(out)["secret"] in one.body]
        assert len(bodies) == 2
        assert out.short_code not in "".join(bodies)
        assert on_a_shift.short_code not in "".join(bodies)
    assert page.count("By e-mail to 2 of 4: Ada Finch, Bo Lane.") == 2
    assert page.count("Not to Cy Marsh, Yan Reed: no address") == 2
    assert page.count("Link e-mailed 23 April 2024, 10 am, to Bo Lane") == 2
    assert "E-mail the link" not in page


def test_who_takes_a_place_later_gets_the_link_and_the_others_no_second_one(
    desk: Client, street: Street, on_a_shift: CanvassSession
) -> None:
    out = mailed_to_team(street, on_a_shift)
    send_waiting_mails()
    ShiftSignUp.objects.filter(volunteer__name="Di Moss").update(waits=False)
    where = f"/mayor-2024/rounds/out/{out.pk}/"
    assert "E-mail the link" in desk.get(where).content.decode()

    answer = desk.post(f"{where}mail/", follow=True).content.decode()
    send_waiting_mails()

    to = [one.to[0] for one in mail.outbox]
    assert sorted(to) == ["ada@example.org", "bo@example.org", "di@example.org"]
    assert "The link goes by e-mail to Di Moss." in answer
    assert audited() == [["Ada Finch", "Bo Lane"], ["Di Moss"]]


def test_asked_again_with_nobody_left_to_send_it_to_the_desk_hears_so(
    desk: Client, street: Street, on_a_shift: CanvassSession
) -> None:
    out = mailed_to_team(street, on_a_shift)

    answer = desk.post(f"/mayor-2024/rounds/out/{out.pk}/mail/", follow=True)

    page = answer.content.decode()
    assert "Nobody is sent the link again: it was e-mailed before." in page
    assert "The link goes by e-mail to Ada" not in page
    assert len(audited()) == 1


def test_a_mail_that_was_given_up_is_told_of_alone_as_it_is_tried_again(
    street: Street, on_a_shift: CanvassSession, by: Actor
) -> None:
    out = mailed_to_team(street, on_a_shift)
    bos = VolunteerMail.objects.filter(volunteer__name="Bo Lane")
    bos.update(given_up_at=NOW, fault="No such address.")

    told = mail_link(out, by=by, at=NOW)

    assert [str(one) for one in told] == ["Bo Lane"]
    assert audited()[-1] == ["Bo Lane"]
    assert bos.get().given_up_at is None


@pytest.mark.parametrize("who_left", ["Bo Lane", "Ada Finch"])
def test_whoever_was_mailed_the_link_and_left_since_is_still_named(
    desk: Client, street: Street, on_a_shift: CanvassSession, who_left: str
) -> None:
    out = mailed_to_team(street, on_a_shift)
    send_waiting_mails()

    leave(on_a_shift, who_left)
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert "By e-mail to 2 of 4: Ada Finch, Bo Lane." in page
    assert f"10 am, to {who_left}, who has left since" in page
    assert page.count("who has left since") == 1
    assert "E-mail the link" not in page


def test_whoever_left_before_the_link_was_sent_is_not_named(
    desk: Client, street: Street, on_a_shift: CanvassSession
) -> None:
    out = mailed_to_team(street, on_a_shift)

    leave(on_a_shift, "Bo Lane")
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert "By e-mail to 1 of 3: Ada Finch." in page
    assert "Bo Lane" not in page


def test_where_all_have_left_who_were_mailed_nobody_is_mailed_again(
    desk: Client, street: Street, on_a_shift: CanvassSession, by: Actor
) -> None:
    out = mailed_to_team(street, on_a_shift)
    send_waiting_mails()
    for one in ("Ada Finch", "Bo Lane", "Cy Marsh", "Yan Reed"):
        leave(on_a_shift, one)

    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert "By e-mail to 2 of 2: Ada Finch, Bo Lane." in page
    assert page.count("who has left since") == 2
    with pytest.raises(IssueRefused, match="no leader and no members on the shift"):
        mail_link(RoundIssue.objects.get(), by=by, at=NOW)


def test_a_team_with_no_leader_and_nobody_on_the_shift_is_told_of_as_such(
    desk: Client, street: Street, on_a_shift: CanvassSession
) -> None:
    for one in ("Ada Finch", "Bo Lane", "Cy Marsh", "Yan Reed"):
        leave(on_a_shift, one)
    said = {"team": team_of(on_a_shift).pk, "session": on_a_shift.pk}

    refused = send_out(desk, street, kind="team", by_email="on", **said)
    page = send_out(desk, street, kind="team", **said)

    words = "Tuesday has no leader and no members on the shift."
    assert words in refused
    assert f"By e-mail to nobody: {words}" in page
    assert "E-mail the link" not in page


def test_a_team_that_all_have_left_is_told_of_as_such_where_there_is_no_shift(
    street: Street, on_a_shift: CanvassSession, by: Actor
) -> None:
    team = team_of(on_a_shift)
    out = issue(street.round, "team", team=team)
    team.members.clear()
    leave(on_a_shift, "Ada Finch")

    with pytest.raises(IssueRefused, match=r"Tuesday has no leader and no members\."):
        mail_link(out, by=by, at=NOW)


def test_a_member_who_gave_the_place_back_meanwhile_is_sent_nothing(
    street: Street, on_a_shift: CanvassSession
) -> None:
    mailed_to_team(street, on_a_shift)
    leave(on_a_shift, "Bo Lane")

    send_waiting_mails()

    assert [one.to[0] for one in mail.outbox] == ["ada@example.org"]


def test_where_no_shift_is_said_every_member_who_may_be_sent_it_gets_the_link(
    street: Street, on_a_shift: CanvassSession
) -> None:
    issue(street.round, "team", team=team_of(on_a_shift), by_email=True)
    send_waiting_mails()

    to = sorted(one.to[0].split("@")[0] for one in mail.outbox)
    assert to == ["ada", "bo", "di", "ed"]


def test_who_turns_out_to_be_under_18_meanwhile_is_sent_nothing(
    street: Street, on_a_shift: CanvassSession
) -> None:
    mailed_to_team(street, on_a_shift)
    Volunteer.objects.filter(name="Bo Lane").update(is_under_18=True)

    send_waiting_mails()

    assert [one.to[0] for one in mail.outbox] == ["ada@example.org"]


def test_a_leader_under_18_is_sent_no_link_and_is_named_as_left_out(
    desk: Client, street: Street, on_a_shift: CanvassSession
) -> None:
    Volunteer.objects.filter(name="Ada Finch").update(is_under_18=True)
    out = mailed_to_team(street, on_a_shift)

    send_waiting_mails()
    page = desk.get(f"/mayor-2024/rounds/out/{out.pk}/").content.decode()

    assert [one.to[0] for one in mail.outbox] == ["bo@example.org"]
    assert "By e-mail to 1 of 4: Bo Lane." in page
    assert "Not to Ada Finch, Cy Marsh, Yan Reed: no address" in page


def test_a_team_of_which_nobody_may_be_sent_links_keeps_its_round_in(
    desk: Client, street: Street, on_a_shift: CanvassSession, ada: Volunteer
) -> None:
    agreed(ada, "text")
    agreed(Volunteer.objects.get(name="Bo Lane"), "text")
    said = {"team": team_of(on_a_shift).pk, "session": on_a_shift.pk}

    page = send_out(desk, street, kind="team", by_email="on", **said)

    assert "are not sent links: they have no e-mail address" in page
    assert not RoundIssue.objects.exists()


def test_at_the_meeting_point_there_is_nobody_to_mail_and_the_tick_is_not_read(
    desk: Client, street: Street, by: Actor
) -> None:
    page = send_out(desk, street, kind="meeting_point", by_email="on")
    out = RoundIssue.objects.get()

    assert "E-mail the link" not in page
    with pytest.raises(IssueRefused, match="one volunteer, or to a team"):
        mail_link(out, by=by, at=NOW)


def test_a_link_is_not_mailed_for_a_ward_that_is_not_theirs_or_a_round_that_is_over(
    street: Street, ada: Volunteer, ward_lead: User, other_ward: Ward, by: Actor
) -> None:
    out = issue(street.round, "volunteer", volunteer=ada)
    with pytest.raises(IssueRefused, match="not out any more"):
        mail_link(out, by=by, at=out.expires_at)
    street.round.ward = other_ward
    street.round.save()
    with pytest.raises(IssueRefused, match="no rounds of this ward"):
        mail_link(out, by=actor(ward_lead), at=NOW)


def test_the_mail_is_in_the_volunteers_language(
    street: Street, ada: Volunteer, by: Actor
) -> None:
    ada.language = Language.WELSH
    ada.save()

    mail_link(issue(street.round, "volunteer", volunteer=ada), by=by, at=NOW)
    send_waiting_mails()

    assert "Eich rownd" in mail.outbox[0].subject
