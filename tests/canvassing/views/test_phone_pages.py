"""Phone banks, numbers and stalls at the desk."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Campaign,
    Elector,
    ExportRecord,
    Job,
    Organisation,
    User,
    Ward,
)
from canvassing.actions.codes import default_codes
from canvassing.models import (
    BankCaller,
    CanvassSession,
    Contact,
    DoNotContact,
    ElectorStanding,
    EmailAddress,
    PhoneBank,
    PhoneNumber,
    ViewsObjection,
    VotesBy,
)
from tests.canvassing.contact_helpers import prepare
from tests.canvassing.list_helpers import stand
from tests.canvassing.phone_helpers import (
    bank_of,
    caller_for,
    claimed,
    give_number,
    numbers,
    say,
    stand_with_number,
)
from tests.cast import NOW, make_district, make_elector
from tests.signing_in import signed_in

MAYOR = "/mayor-2024/"


@pytest.fixture
def desk(organisation: Organisation, organiser: User) -> Client:
    """An organiser's browser, on the day of the tests."""
    organisation.clock_offset = NOW - timezone.now()
    organisation.save()
    return signed_in(organiser)


def page(desk: Client, address: str) -> str:
    return desk.get(MAYOR + address).content.decode()


def test_a_phone_bank_is_made_opened_and_closed(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    stand_with_number(campaign, ward, *numbers(1))
    made = desk.post(
        f"{MAYOR}phones/new/",
        {
            "name": "Tuesday evening",
            "whom_to_call": "all",
            "starts_at": "2024-04-23T09:00",
            "calls_from": "09:00",
            "calls_until": "20:30",
            "no_answer_hours": 3,
            "engaged_minutes": 20,
            "most_tries": 3,
            "most_callers": 20,
        },
    )
    bank = PhoneBank.objects.get()
    assert made.headers["Location"] == f"{MAYOR}phones/{bank.pk}/"
    assert "not open yet" in page(desk, f"phones/{bank.pk}/")

    desk.post(f"{MAYOR}phones/{bank.pk}/open/")
    meanwhile = page(desk, f"phones/{bank.pk}/")
    assert "Its queue is being filled: it opens when that is done." in meanwhile
    assert "/field/join#" not in meanwhile
    run_here(Job.objects.get(kind="fill_queue"))
    opened = page(desk, f"phones/{bank.pk}/")
    assert 'data-link="http://testserver/field/join#' in opened
    code = bank.session.short_code
    assert f"{code[:3]} {code[3:]}" in opened
    desk.post(f"{MAYOR}phones/{bank.pk}/close/")
    assert "/field/join#" not in page(desk, f"phones/{bank.pk}/")
    assert "Tuesday evening" in page(desk, "phones/")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"whom_to_call": ""}, "Choose a list or a rule"),
        ({"calls_until": "08:00"}, "Calls end after they begin"),
        ({"ends_at": "2024-04-22T09:00"}, "ends after it begins"),
    ],
)
def test_a_bank_that_could_call_nobody_is_refused_in_a_sentence(
    desk: Client, campaign: Campaign, wrong: dict[str, str], sentence: str
) -> None:
    typed = {
        "name": "Tuesday evening",
        "whom_to_call": "all",
        "starts_at": "2024-04-23T09:00",
        "calls_from": "09:00",
        "calls_until": "20:30",
        "no_answer_hours": "3",
        "engaged_minutes": "20",
        "most_tries": "3",
        "most_callers": "20",
    }
    answer = desk.post(f"{MAYOR}phones/new/", {**typed, **wrong})
    assert sentence in answer.content.decode()
    assert not PhoneBank.objects.exists()


def test_an_organiser_sees_calls_by_caller_and_blocks_one(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    for number in numbers(2):
        stand_with_number(campaign, ward, number, pledged=False)
    bank = bank_of(campaign)
    caller = caller_for(bank, "Jo Finch")
    call = claimed(bank, caller)
    say(call.uuid, "spoken", bank=bank, caller=caller, intention="P1")

    shown = page(desk, f"phones/{bank.pk}/")
    assert "Jo Finch" in shown
    assert '<span class="figure">1</span>' in shown

    for _ in range(2):
        desk.post(f"{MAYOR}phones/{bank.pk}/block/{caller.pk}/", {"wanted": "block"})
    assert BankCaller.objects.get().blocked_at is not None
    assert "blocked" in page(desk, f"phones/{bank.pk}/")
    desk.post(f"{MAYOR}phones/{bank.pk}/block/{caller.pk}/", {"wanted": "back"})
    assert BankCaller.objects.get().blocked_at is None


def test_numbers_go_out_to_be_screened_and_nothing_else_does(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    give_number(stand(campaign, ward), *numbers(1), screened_on=None, is_listed=None)
    address = f"{MAYOR}phones/screening/numbers/"
    desk.post(address, {"reason": ""})
    assert not ExportRecord.objects.exists()

    answer = desk.post(address, {"reason": "To be screened"})
    assert b"".join(answer) == b"number\n+447700900000\n"
    assert ExportRecord.objects.get().electors == 1

    answer = BytesIO(b"number,listed\n07700900000,no\n")
    answer.name = "answer.csv"
    desk.post(
        f"{MAYOR}phones/screening/", {"file": answer, "screened_on": "2024-04-23"}
    )
    assert PhoneNumber.objects.get().is_listed is False
    assert "1 result filed: 0 listed, 0 not ours." in page(desk, "phones/screening/")


def test_a_file_of_numbers_is_looked_at_first_and_then_loaded(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    make_elector(make_district(campaign.organisation, ward), number=4)
    prepare(campaign)
    file = BytesIO(b"elector number,phone,email\nBN1-4,07700 900123,\nBN1-5,1,\n")
    file.name = "numbers.csv"
    council = campaign.councils.get()
    desk.post(
        f"{MAYOR}phones/details/",
        {"file": file, "council": council.pk, "source": "our sign-up form"},
    )
    check = Job.objects.get()
    run_here(check)
    shown = page(desk, f"phones/details/{check.pk}/")
    assert "What it would do" in shown
    assert "No elector has this number in that register." in shown
    assert not PhoneNumber.objects.exists()

    desk.post(f"{MAYOR}phones/details/{check.pk}/go/")
    load = Job.objects.latest("pk")
    run_here(load)
    assert "Loaded" in page(desk, f"phones/details/{load.pk}/")
    assert PhoneNumber.objects.get().source == "our sign-up form"


def test_an_electors_numbers_are_shown_to_organisers_alone(
    desk: Client, campaign: Campaign, ward: Ward, ward_lead: User
) -> None:
    ivy = stand(campaign, ward)
    number = give_number(ivy, "+447700900123", calls_given_at=NOW)
    address = f"electors/{ivy.pk}/"

    assert "07700 900123" in page(desk, address)
    assert "07700 900123" not in page(signed_in(ward_lead), address)

    desk.post(f"{MAYOR}{address}withdraw/phone/{number.pk}/", {"channel": "call"})
    number.refresh_from_db()
    assert number.calls_withdrawn_at is not None


@pytest.fixture
def met(desk: Client, campaign: Campaign, ward: Ward) -> tuple[str, Elector]:
    """The address of somebody at a stall, and who they are."""
    ivy = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    desk.post(f"{MAYOR}stall/new/", {"name": "Saturday market"})
    stall = CanvassSession.objects.get(channel="stall")
    assert "Ivy Marsh" in page(desk, f"stall/{stall.pk}/?q=Marsh")
    return f"{MAYOR}stall/{stall.pk}/{ivy.pk}/", ivy


def test_at_a_stall_somebody_is_recorded_and_gives_a_number_with_consent(
    desk: Client, met: tuple[str, Elector]
) -> None:
    address, ivy = met
    said = {
        "uuid": str(uuid4()),
        "outcome": "spoken",
        "intention": "P1",
        "phone": "07700 900123",
        "email": "ivy@example.org",
        "channels": ["call", "email"],
    }
    for _ in range(2):
        desk.post(address, said)

    contact = Contact.objects.get()
    assert (contact.channel, contact.elector) == ("stall", ivy)
    number = PhoneNumber.objects.get()
    assert number.calls_given_at is not None
    assert number.texts_given_at is None
    assert number.notice_given_on == NOW.date()
    assert number.consent_wording
    assert EmailAddress.objects.get().emails_given_at is not None
    assert "1 met" in page(desk, "stall/")


def test_what_they_ask_of_us_at_a_stall_is_kept_once(
    desk: Client, met: tuple[str, Elector]
) -> None:
    address, ivy = met
    shown = desk.get(address).content.decode()
    assert "How did you get my details?" in shown
    assert "Take me off your list" in shown
    said = {"uuid": str(uuid4()), "outcome": "spoken", "wishes": ["-NOTNOW", "-VIEWS"]}

    refused = desk.post(address, said | {"intention": "P1"}).content.decode()
    assert "leave their answers and the note empty" in refused
    assert not Contact.objects.exists()
    for _ in range(2):
        desk.post(address, said)

    wish = DoNotContact.objects.get()
    assert (wish.elector, wish.channel) == (ivy, "door")
    assert wish.campaign is not None
    assert ViewsObjection.objects.get().elector == ivy
    assert Contact.objects.count() == 1
    shown = desk.get(address).content.decode()
    assert "They asked us not to record their views" in shown
    assert 'name="intention"' not in shown


@pytest.mark.parametrize("has_posted", [False, True])
def test_a_postal_voter_with_a_pack_is_not_asked_at_a_stall_how_they_vote(
    desk: Client, met: tuple[str, Elector], campaign: Campaign, has_posted: bool
) -> None:
    address, ivy = met
    assert 'name="intention"' in desk.get(address).content.decode()
    ElectorStanding.objects.filter(elector=ivy).update(
        votes_by=VotesBy.POST, posted=has_posted
    )
    campaign.packs_go_out_on = NOW.date()
    campaign.save()

    shown = desk.get(address).content.decode()
    desk.post(address, {"uuid": uuid4(), "outcome": "spoken", "intention": "P1"})

    assert 'name="intention"' not in shown
    assert ('name="posted"' in shown) is not has_posted
    warning = "do not ask how they voted" if has_posted else "Do not touch, take, post"
    assert warning in shown
    assert Contact.objects.get().intention is None


def test_a_number_without_consent_is_refused_and_nothing_of_it_is_filed(
    desk: Client, met: tuple[str, Elector]
) -> None:
    said = {"uuid": str(uuid4()), "outcome": "spoken", "phone": "07700 900123"}
    answer = desk.post(met[0], said)
    assert "Tick what they agreed to" in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_ward_lead_finds_nobody_of_other_wards_at_a_stall(
    met: tuple[str, Elector],
    campaign: Campaign,
    other_ward: Ward,
    ward_lead: User,
) -> None:
    far = make_elector(
        make_district(campaign.organisation, other_ward, "PN1"), forename="Zoe"
    )
    prepare(campaign)
    lead = signed_in(ward_lead)
    stall = CanvassSession.objects.get(channel="stall")
    assert "Zoe" not in page(lead, f"stall/{stall.pk}/?q=Marsh")
    assert lead.get(f"{MAYOR}stall/{stall.pk}/{far.pk}/").status_code == 404


def test_a_stall_is_made_for_a_later_day_and_not_for_one_that_has_passed(
    desk: Client, campaign: Campaign
) -> None:
    for day in ("2024-04-20T10:00", "2024-04-27T10:00"):
        said = {"name": "Saturday market", "starts_at": day}
        answer = desk.post(f"{MAYOR}stall/new/", said, follow=True).content.decode()
        assert ("That has passed" in answer) == (day == "2024-04-20T10:00")

    stall = CanvassSession.objects.get(channel="stall")
    assert f"{localtime(stall.starts_at):%d %H:%M}" == "27 10:00"
    helpers = page(desk, f"stall/{stall.pk}/helpers/")
    assert 'value="14:00"' in helpers


def test_nobody_who_stands_at_a_stall_is_not_in(
    desk: Client, met: tuple[str, Elector], campaign: Campaign
) -> None:
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)
    form = desk.get(met[0]).content.decode()
    assert "Refused" in form
    assert "Not in" not in form
    assert "No access" not in form
    sent = {"uuid": str(uuid4()), "outcome": "not_in"}
    desk.post(met[0], sent)
    assert not Contact.objects.exists()
