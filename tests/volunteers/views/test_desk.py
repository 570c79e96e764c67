"""The desk's pages about volunteers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from campaigns.actions.jobs import run_here
from campaigns.models import AuditEntry, Campaign, ExportRecord, Job, User, Ward
from campaigns.roles import Role
from tests.cast import NOW, member
from tests.signing_in import signed_in
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.models import (
    Affiliate,
    Consent,
    ErasedContact,
    Invitation,
    MailKind,
    PersonalLink,
    Shift,
    ShiftSignUp,
    Team,
    Volunteer,
    VolunteerMail,
)

DESK = "/mayor-2024/volunteers/"
TERMS: dict[str, Any] = {
    "kind": "doors",
    "day": "2024-04-25",
    "begins": "18:00",
    "ends": "20:00",
    "places": 6,
    "meeting_point": "The clock",
}


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def agrees(volunteer: Volunteer) -> Volunteer:
    Consent.objects.create(
        organisation=volunteer.organisation,
        volunteer=volunteer,
        channel="email",
        source="Sign-up page",
        given_at=NOW,
    )
    return volunteer


def test_the_list_is_searched_by_name_ward_branch_kind_and_silence(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    organisation = campaign.organisation
    make_volunteer(organisation, "Ada Elm", home_ward=ward, branch="Penn")
    make_volunteer(organisation, "Ben Oak", kind="councillor")
    came = make_volunteer(organisation, "Cy Yew")
    lately = make_shift(campaign, starts_at=NOW - timedelta(days=3))
    give_place(lately, came, came=True)
    make_volunteer(organisation, "Dee Fir", stood_down_at=NOW)
    names = ("Ada Elm", "Ben Oak", "Cy Yew", "Dee Fir")

    for asked, shown in (
        ("", {"Ada Elm", "Ben Oak", "Cy Yew"}),
        ("?words=elm+ada", {"Ada Elm"}),
        (f"?ward={ward.gss}", {"Ada Elm"}),
        ("?branch=Penn", {"Ada Elm"}),
        ("?kind=councillor", {"Ben Oak"}),
        ("?which=quiet", {"Ada Elm", "Ben Oak"}),
        ("?which=stood_down", {"Dee Fir"}),
        ("?kind=nonsense&page=99", {"Ada Elm", "Ben Oak", "Cy Yew"}),
    ):
        page = text(desk, DESK + asked)
        assert {name for name in names if name in page} == shown, asked


def test_a_ward_lead_sees_who_lives_or_helps_in_their_wards(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    organisation = campaign.organisation
    make_volunteer(organisation, "Ada Elm", home_ward=ward)
    helps_here = make_volunteer(organisation, "Ben Oak", home_ward=other_ward)
    give_place(make_shift(campaign, ward=ward), helps_here)
    out_of_reach = make_volunteer(organisation, "Cy Yew", home_ward=other_ward)
    elsewhere = make_shift(campaign, ward=other_ward)
    lead = signed_in(member("Wade Lead", Role.WARD_LEAD, campaign, ward))

    page = text(lead, DESK)
    assert "Ada Elm" in page
    assert "Ben Oak" in page
    assert "Cy Yew" not in page
    assert lead.get(f"{DESK}{out_of_reach.pk}/").status_code == 404
    assert lead.get(f"{DESK}shifts/{elsewhere.pk}/").status_code == 404
    for anywhere in (TERMS, TERMS | {"ward": other_ward.pk}):
        lead.post(f"{DESK}shifts/new/", anywhere)
    assert Shift.objects.count() == 2
    lead.post(f"{DESK}shifts/new/", TERMS | {"ward": ward.pk})
    assert Shift.objects.count() == 3


def test_a_shift_is_made_changed_filled_and_called_off(
    desk: Client, campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation, "Vera Helper")
    desk.post(f"{DESK}shifts/new/", TERMS | {"leader": "vera helper"})
    shift = Shift.objects.get()
    assert shift.leader == vera
    page = f"{DESK}shifts/{shift.pk}/"
    desk.post(f"{page}place/", {"volunteer": vera.email})
    desk.post(f"{page}change/", TERMS | {"begins": "19:00", "ends": "01:00"})

    shift.refresh_from_db()
    assert (shift.ends_at - shift.starts_at) == timedelta(hours=6)
    assert VolunteerMail.objects.filter(kind=MailKind.CHANGED).count() == 1
    assert "Vera Helper" in text(desk, page)
    desk.post(f"{page}cancel/")
    assert VolunteerMail.objects.filter(kind=MailKind.CANCELLED).count() == 1
    assert "This shift is cancelled" in text(desk, page)
    assert "make a new one" in desk.post(f"{page}change/", TERMS).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"begins": "18:00", "ends": "18:00"}, "A shift ends after it begins."),
        ({"places": 0}, "greater than or equal to 1"),
        ({"leader": "nobody"}, "No volunteer has this name or address."),
        ({"day": "31 April"}, "Enter a valid date."),
        ({"day": "9999-12-31"}, "A shift is at most a year from today."),
        (
            {"day": "9999-12-31", "begins": "22:00", "ends": "01:00"},
            "A shift is at most a year from today.",
        ),
        ({"day": "0001-01-01"}, "A shift is at most a year from today."),
        (
            {"day": "2024-03-31", "begins": "01:30", "ends": "02:15"},
            "The clocks go forward on 31 March 2024: there is no 01:30.",
        ),
        (
            {"day": "2024-03-30", "begins": "23:00", "ends": "01:30"},
            "The clocks go forward on 31 March 2024: there is no 01:30.",
        ),
    ],
)
def test_a_shift_that_cannot_be_is_refused(
    desk: Client, campaign: Campaign, changed: dict[str, Any], said: str
) -> None:
    answer = desk.post(f"{DESK}shifts/new/", TERMS | changed)

    assert said in answer.content.decode()
    assert not Shift.objects.exists()


def test_a_shift_across_the_night_of_the_clocks_is_as_long_as_it_is(
    desk: Client, campaign: Campaign
) -> None:
    for day in ("2024-03-30", "2024-10-26"):
        night = {"day": day, "begins": "23:00", "ends": "03:00"}
        desk.post(f"{DESK}shifts/new/", TERMS | night)

    first, second = Shift.objects.order_by("starts_at")
    assert first.ends_at - first.starts_at == timedelta(hours=3)
    assert second.ends_at - second.starts_at == timedelta(hours=5)


def test_a_closed_campaign_gets_no_new_shift(desk: Client, campaign: Campaign) -> None:
    campaign.closed_at = NOW
    campaign.save()

    answer = desk.post(f"{DESK}shifts/new/", TERMS)

    assert "West Midlands Mayor is closed." in answer.content.decode()
    assert not Shift.objects.exists()


def test_sending_and_ending_links_is_in_the_audit(
    desk: Client, campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    PersonalLink.objects.create(
        organisation=vera.organisation,
        volunteer=vera,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=9),
    )

    for said in ("send_link", "end_links", "end_links", "stand_down", "send_link"):
        desk.post(f"{DESK}{vera.pk}/standing/", {"do": said})

    verbs = AuditEntry.objects.filter(verb__startswith="volunteer").order_by("pk")
    assert list(verbs.values_list("verb", "target")) == [
        ("volunteer.link_sent", f"volunteer:{vera.pk}"),
        ("volunteer.links_ended", f"volunteer:{vera.pk}"),
        ("volunteer.stood_down", f"volunteer:{vera.pk}"),
    ]


def test_who_came_is_marked_on_the_page_of_the_shift(
    desk: Client, campaign: Campaign
) -> None:
    shift = make_shift(campaign, starts_at=NOW - timedelta(hours=3))
    came, missed = (
        give_place(shift, make_volunteer(campaign.organisation)) for _ in range(2)
    )

    desk.post(
        f"{DESK}shifts/{shift.pk}/came/",
        {f"came-{came.pk}": "yes", f"came-{missed.pk}": "no", "came-x": "yes"},
    )

    said = dict(ShiftSignUp.objects.values_list("pk", "came"))
    assert said == {came.pk: True, missed.pk: False}


def test_asking_by_e_mail_needs_consent_and_is_not_done_twice_a_day(
    desk: Client, campaign: Campaign
) -> None:
    agreed = agrees(make_volunteer(campaign.organisation))
    silent = make_volunteer(campaign.organisation)

    for person in (agreed, silent, agreed):
        desk.post(f"{DESK}{person.pk}/ask/", {"how": "email"})
    desk.post(f"{DESK}ask/")
    run_here(Job.objects.get())
    desk.post(f"{DESK}{silent.pk}/ask/", {"how": "phone"})

    asked = Invitation.objects.order_by("pk").values_list("volunteer", "how")
    assert list(asked) == [(agreed.pk, "email"), (silent.pk, "phone")]
    assert VolunteerMail.objects.filter(kind=MailKind.ASKED).count() == 1
    page = text(desk, f"{DESK}{silent.pk}/")
    assert "phone call" not in page
    assert "by Olive Organiser" in page


def test_somebody_who_stands_down_holds_no_elector_data_and_no_link(
    desk: Client, campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    address = f"{DESK}{vera.pk}/"
    assert "no data promise that still holds" in text(desk, address)

    desk.post(f"{address}standing/", {"do": "stand_down"})
    assert "They have stood down." in text(desk, address)
    desk.post(f"{address}standing/", {"do": "send_link"})
    assert not VolunteerMail.objects.exists()
    desk.post(f"{address}standing/", {"do": "take_back"})
    vera.refresh_from_db()
    assert vera.stood_down_at is None


def test_the_places_of_whoever_stands_down_go_to_those_who_wait(
    desk: Client, campaign: Campaign
) -> None:
    vera, waiting = (make_volunteer(campaign.organisation) for _ in range(2))
    shift = make_shift(campaign, places=1)
    place, queued = give_place(shift, vera), give_place(shift, waiting, waits=True)

    desk.post(f"{DESK}{vera.pk}/standing/", {"do": "stand_down"})

    place.refresh_from_db()
    queued.refresh_from_db()
    assert place.withdrawn_at is not None
    assert not queued.waits
    [told] = VolunteerMail.objects.all()
    assert (told.volunteer, told.kind) == (waiting, MailKind.MOVED_UP)


def test_erasing_takes_the_person_and_leaves_the_hours(
    desk: Client, campaign: Campaign
) -> None:
    vera = agrees(make_volunteer(campaign.organisation, mobile="+447700900123"))
    done = make_shift(campaign, starts_at=NOW - timedelta(days=2), hours=3)
    give_place(done, vera, came=True)
    to_come = give_place(make_shift(campaign), vera)

    desk.post(f"{DESK}{vera.pk}/erase/")

    vera.refresh_from_db()
    assert (vera.email, vera.mobile) == ("", "")
    assert "Vera" not in vera.name
    assert not vera.consents.exists()
    to_come.refresh_from_db()
    assert to_come.withdrawn_at is not None
    assert vera.sign_ups.filter(came=True).count() == 1
    assert desk.get(f"{DESK}{vera.pk}/").status_code == 404
    assert f'data-label="{campaign}">3</td>' in text(desk, f"{DESK}hours/")


def test_two_records_of_one_person_become_one(desk: Client, campaign: Campaign) -> None:
    organisation = campaign.organisation
    older = make_volunteer(organisation, email="", mobile="+447700900123")
    newer = agrees(
        make_volunteer(organisation, email="v@example.org", maybe_same_as=older)
    )
    give_place(make_shift(campaign), newer)
    other = make_volunteer(organisation, maybe_same_as=older)

    desk.post(f"{DESK}{newer.pk}/settle/", {"decision": "same"})
    desk.post(f"{DESK}{other.pk}/settle/", {"decision": "other"})

    assert set(Volunteer.objects.all()) == {older, other}
    older.refresh_from_db()
    other.refresh_from_db()
    assert older.email == "v@example.org"
    assert older.sign_ups.count() == older.consents.count() == 1
    assert other.maybe_same_as is None


def test_a_volunteer_is_written_down_and_put_right(
    desk: Client, campaign: Campaign
) -> None:
    vera = {"name": "Vera", "kind": "member", "mobile": "07700 900123"}
    desk.post(f"{DESK}add/", vera | {"channels": ["phone"]})
    made = Volunteer.objects.get()
    assert made.consents.get().channel == "phone"
    make_volunteer(campaign.organisation, email="taken@example.org")

    assert made.language == "en-gb"
    change = f"{DESK}{made.pk}/change/"
    taken = desk.post(change, vera | {"email": "taken@example.org"})
    desk.post(change, vera | {"name": "Vera Helper", "language": "cy"})

    assert "Another volunteer has this e-mail" in taken.content.decode()
    made.refresh_from_db()
    assert (made.name, made.email, made.language) == ("Vera Helper", "", "cy")
    assert "07700 900123" in text(desk, f"{DESK}{made.pk}/")


def test_teams_and_affiliates_are_made_once_by_name(
    desk: Client, campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    for _ in range(2):
        desk.post(f"{DESK}teams/", {"name": "Early birds", "leader": vera.email})
        desk.post(
            f"{DESK}affiliates/add/", {"body-name": "Lockworkers", "body-kind": "union"}
        )
    team = Team.objects.get()
    assert list(team.members.all()) == [vera]
    assert Affiliate.objects.count() == 1

    sam = make_volunteer(campaign.organisation, "Sam Helper")
    desk.post(f"{DESK}teams/{team.pk}/members/", {"volunteer": "sam helper"})
    desk.post(
        f"{DESK}teams/{team.pk}/members/", {"volunteer": vera.email, "leave": "1"}
    )
    team.refresh_from_db()
    assert list(team.members.all()) == [sam]
    assert team.leader is None


TABLE = """Name,E-mail address,Mobile,Consent,Type
Ada Elm,ada@example.org,07700 900001,"email, sms",member
Ben Oak,not an address,,,
Cy Yew,,07700 900002,pigeon,
Ada Elm,ADA@example.org,,,
Dee Fir,,12,,
=Eve,eve@example.org,,,councillor
"""


def load(desk: Client, content: bytes) -> str:
    """What the page of the job says once a worker has read the file."""
    file = SimpleUploadedFile("people.csv", content)
    answer = desk.post(f"{DESK}load/", {"file": file})
    run_here(Job.objects.latest("pk"))
    return text(desk, answer.headers["Location"])


def test_a_file_is_loaded_twice_with_one_result_and_doubts_by_line(
    desk: Client, campaign: Campaign
) -> None:
    pages = [load(desk, TABLE.encode()) for _ in range(2)]

    results = Job.objects.order_by("pk").values_list("result", flat=True)
    counted = [(one["added"], one["known"], one["doubtful"]) for one in results]
    assert counted == [(2, 1, 3), (0, 3, 3)]
    assert "is not an e-mail address" in pages[0]
    assert "is no channel" in pages[0]
    assert "That is not a phone number" in pages[0]
    ada = Volunteer.objects.get(email="ada@example.org")
    channels = ada.consents.order_by("channel").values_list("channel", flat=True)
    assert list(channels) == ["email", "text"]
    assert ada.consents.latest("pk").source == "File people.csv"


def test_a_file_without_names_is_refused(desk: Client, campaign: Campaign) -> None:
    for content in (b"a,b,c\n1,2,3\n", b"%PDF-1.4", b"\0\1\2"):
        assert "Choose another file" in load(desk, content)
        job = Job.objects.latest("pk")
        assert (job.state, bool(job.message)) == ("failed", True)
    empty = desk.post(f"{DESK}load/", {"file": SimpleUploadedFile("people.csv", b"")})
    assert "The submitted file is empty." in empty.content.decode()
    assert not Volunteer.objects.exists()


def test_whoever_was_erased_is_not_brought_back_by_an_old_file(
    desk: Client, campaign: Campaign
) -> None:
    load(desk, TABLE.encode())
    for person in Volunteer.objects.all():
        desk.post(f"{DESK}{person.pk}/erase/")

    page = load(desk, TABLE.encode() + b"Cy Yew,,07700 900001,,\n")

    result = Job.objects.latest("pk").result
    assert (result["added"], result["known"], result["erased"]) == (0, 0, 4)
    assert "Erased at their wish: not added." in page
    assert not Volunteer.objects.exclude(email="", mobile="").exists()
    for contact in ErasedContact.objects.all():
        assert "example.org" not in contact.digest
        assert "900001" not in contact.digest


def test_what_one_asked_for_in_some_wards_is_theirs_to_see(
    campaign: Campaign, ward: Ward, desk: Client
) -> None:
    agrees(make_volunteer(campaign.organisation, home_ward=ward))
    agrees(make_volunteer(campaign.organisation))
    lead = signed_in(member("Wade Lead", Role.WARD_LEAD, campaign, ward))

    theirs = lead.post(f"{DESK}ask/").headers["Location"]
    ours = desk.post(f"{DESK}ask/").headers["Location"]
    for job in Job.objects.order_by("pk"):
        run_here(job)

    assert 'Asked by e-mail</dt><dd class="num">1</dd>' in text(lead, theirs)
    assert 'within the last day already</dt><dd class="num">1</dd>' in text(desk, ours)
    assert lead.get(ours).status_code == 404
    assert desk.get(theirs).status_code == 200


def test_taking_volunteers_out_asks_why_and_is_in_the_ledger(
    desk: Client, campaign: Campaign
) -> None:
    agrees(make_volunteer(campaign.organisation, "=Vera Helper"))

    desk.post(f"{DESK}export/", {"reason": " "})
    assert not ExportRecord.objects.exists()
    answer = desk.post(f"{DESK}export/", {"reason": "For the mailing tool"})

    table = answer.content.decode()
    assert "Taken by Olive Organiser" in table
    assert "'=Vera Helper" in table
    entry = ExportRecord.objects.get()
    assert (entry.reason, entry.electors) == ("For the mailing tool", 1)


def test_what_could_not_be_sent_is_on_the_desk_and_tried_again_by_a_button(
    desk: Client, campaign: Campaign, foreign_campaign: Campaign
) -> None:
    vera, sam = (make_volunteer(campaign.organisation, n) for n in ("Vera", "Sam"))
    stranger = make_volunteer(foreign_campaign.organisation, "A Stranger")
    for person, fight, fault in (
        (vera, campaign, "The mail server does not answer."),
        (sam, campaign, ""),
        (stranger, foreign_campaign, "The mail server does not answer."),
    ):
        VolunteerMail.objects.create(
            organisation=fight.organisation,
            campaign=fight,
            volunteer=person,
            kind=MailKind.LINK,
            asked_at=NOW,
            fault=fault,
            given_up_at=NOW if fault else None,
        )

    for page in ("", "shifts/", "shifts/at-risk/"):
        assert "1 e-mail to volunteers could not be sent" in text(desk, DESK + page)
    listed = text(desk, f"{DESK}mails/")
    assert "The mail server does not answer." in listed
    assert "given up" in listed
    assert "Sam" not in listed
    assert "A Stranger" not in listed

    desk.post(f"{DESK}mails/again/")
    assert VolunteerMail.objects.get(volunteer=vera).given_up_at is None
    assert VolunteerMail.objects.get(volunteer=stranger).given_up_at is not None


def test_who_stayed_away_is_led_to_from_the_shifts_at_risk(
    desk: Client, campaign: Campaign
) -> None:
    vera = make_volunteer(campaign.organisation)
    over = make_shift(campaign, starts_at=NOW - timedelta(days=3))
    give_place(over, vera, came=False)

    page = text(desk, f"{DESK}shifts/at-risk/")

    assert f'href="{DESK}{vera.pk}/"' in page
