"""The pages of lists and letters: what is shown, counted, refused and started."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Expense, Job, Organisation, User, Ward
from canvassing.models import GotvList, LetterRun, VotedMark
from canvassing.rules.letters import BODIES
from tests.canvassing.list_helpers import made, make_code, stand
from tests.cast import NOW
from tests.house.test_access import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def url(campaign: Campaign, path: str = "") -> str:
    return f"/{campaign.slug}/lists/{path}"


def test_a_list_is_counted_before_it_is_made(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    make_code(campaign, "D")
    stand(campaign, ward)
    typed = {"channel": "door", "pledges": "on", "reason": "evening round"}

    counted = desk.post(url(campaign, "new/"), typed | {"count": "1"})

    assert "<strong>1</strong> elector would be listed now" in counted.content.decode()
    assert not GotvList.objects.exists()


def test_a_list_is_made_from_what_was_typed(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    make_code(campaign, "D")
    typed = {
        "name": "Doubtful",
        "channel": "phone",
        "codes": ["D"],
        "strength": "2",
        "since": "2024-04-01",
        "votes_by": ["post"],
        "wards": [ward.pk],
        "reason": "evening calls",
    }

    answer = desk.post(url(campaign, "new/"), typed)

    gotv_list = GotvList.objects.get()
    assert answer.headers["Location"] == url(campaign, f"{gotv_list.pk}/")
    assert gotv_list.rule == {
        "pledges": False,
        "codes": ["D"],
        "strength": 2,
        "since": "2024-04-01",
        "votes_by": ["post"],
    }
    assert [row.ward for row in gotv_list.wards.all()] == [ward]


def test_earlier_polls_are_offered_once_marks_of_them_are_held(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    ivy = stand(campaign, ward)
    typed = {"channel": "door", "pledges": "on", "reason": "evening round"}
    before = desk.get(url(campaign, "new/")).content.decode()
    VotedMark.objects.create(
        organisation=campaign.organisation,
        elector=ivy,
        poll_on=date(2023, 5, 4),
        marked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )

    after = desk.get(url(campaign, "new/")).content.decode()
    desk.post(url(campaign, "new/"), typed | {"voted_on": ["2023-05-04"]})

    assert "Who voted on" not in before
    assert "4 May 2023" in after
    assert GotvList.objects.get().rule == {"voted_on": ["2023-05-04"]}


def test_a_rule_that_lists_nobody_is_said_on_the_form(
    desk: Client, campaign: Campaign
) -> None:
    answer = desk.post(
        url(campaign, "new/"), {"channel": "door", "reason": "evening round"}
    )

    assert "A list takes pledges, or at least one" in answer.content.decode()


def test_a_list_shows_how_its_wards_add_up(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)
    stand(campaign, ward, voted_at=NOW)
    gotv_list = made(campaign)

    text = desk.get(url(campaign, f"{gotv_list.pk}/")).content.decode()

    assert "1 + 1 = 2: it adds up." in text
    assert "Has voted" in text
    assert "style=" not in text
    assert gotv_list.name in desk.get(url(campaign)).content.decode()


def test_a_ward_of_a_list_is_shown_in_walking_order(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    for forename in ("First", "Second"):
        stand(campaign, ward, forename=forename)
    gotv_list = made(campaign)

    text = desk.get(url(campaign, f"{gotv_list.pk}/{ward.gss}/")).content.decode()

    assert text.index("First Marsh") < text.index("Second Marsh")
    assert "2 still open" in text


def test_a_ward_lead_sees_their_ward_of_a_list_and_no_other(
    campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User
) -> None:
    gotv_list = made(campaign)
    lead = signed_in(ward_lead)

    assert (
        other_ward.name
        not in lead.get(url(campaign, f"{gotv_list.pk}/")).content.decode()
    )
    assert (
        lead.get(url(campaign, f"{gotv_list.pk}/{other_ward.gss}/")).status_code == 404
    )


def test_files_are_made_for_a_reason_and_taken_from_the_job(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)
    gotv_list = made(campaign)
    address = url(campaign, f"{gotv_list.pk}/{ward.gss}/files/")

    refused = desk.post(address, {"file_format": "csv", "reason": ""}, follow=True)
    assert "Say why these electors" in refused.content.decode()

    asked = desk.post(address, {"file_format": "csv", "reason": "evening round"})
    job = Job.objects.get(kind="gotv_files")
    assert asked.headers["Location"] == f"/{campaign.slug}/jobs/{job.pk}/"
    run_here(job)
    file = desk.get(f"/files/{job.files.get().pk}/")
    assert b"Ivy" in b"".join(file.streaming_content)  # type: ignore[arg-type]
    assert "attachment" in file.headers["Content-Disposition"]


def test_letters_are_proposed_and_wait_for_the_agent(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    campaign.imprint_promoter = "Agnes Agent, 1 Mill Street"
    campaign.imprint_on_behalf_of = "Rowan Ash, 1 Mill Street"
    campaign.imprint_printer = "Press Row Ltd, 2 Press Row"
    campaign.save()
    stand(campaign, ward)
    gotv_list = made(campaign)

    proposed = desk.post(
        url(campaign, f"{gotv_list.pk}/letters/"),
        {
            "name": "Eve of poll",
            "wording": "station",
            "body": BODIES["station"],
            "one_per_household": "on",
            "supplier": "Press Row Ltd",
            "price_per_copy": "0.425",
            "used_from": "2024-04-29",
            "used_until": "2024-05-01",
        },
    )

    run = LetterRun.objects.get()
    address = f"/{campaign.slug}/lists/letters/{run.pk}/"
    assert proposed.headers["Location"] == address
    assert "Waiting for the agent" in desk.get(address).content.decode()
    refused = desk.post(f"{address}print/", {"reason": "mailing"}, follow=True)
    assert "has not committed the expense" in refused.content.decode()

    Expense.objects.update(state="committed", committed_at=NOW)
    asked = desk.post(f"{address}print/", {"reason": "mailing"})
    job = Job.objects.get(kind="letter_files")
    assert asked.headers["Location"] == f"/{campaign.slug}/jobs/{job.pk}/"


def test_blank_cards_are_asked_for_by_ward(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    answer = desk.post(url(campaign, "cards/"), {"ward": ward.pk, "reason": "Saturday"})

    job = Job.objects.get(kind="canvass_cards")
    assert answer.headers["Location"] == f"/{campaign.slug}/jobs/{job.pk}/"


def test_nobody_else_learns_that_a_list_exists(
    campaign: Campaign, agent: User, outsider: User, canvasser: User
) -> None:
    gotv_list = made(campaign)

    for user in (agent, outsider, canvasser):
        answer = signed_in(user).get(url(campaign, f"{gotv_list.pk}/"))
        assert answer.status_code == 404


def test_the_longest_name_of_a_list_is_no_crash(
    desk: Client, campaign: Campaign, ward: Ward
) -> None:
    typed = {"channel": "door", "pledges": "on", "reason": "evening round"}

    answer = desk.post(url(campaign, "new/"), typed | {"name": "n" * 200})

    assert answer.status_code == 302
    assert GotvList.objects.get().name == "n" * 200
