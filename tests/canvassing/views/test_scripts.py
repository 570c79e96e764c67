"""Scripts, what people say, and the postal wave, at the desk."""

from datetime import date

import pytest
from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, Elector, User
from canvassing.actions.scripts import default_scripts
from canvassing.models import Contact, ElectorStanding, Question, Script, VotesBy
from tests.canvassing.contact_helpers import record, said, standing
from tests.cast import NOW
from tests.house.test_access import signed_in


@pytest.fixture
def desk(organiser: User) -> Client:
    return signed_in(organiser)


def test_an_organiser_writes_a_script_with_a_branch_and_publishes_it(
    desk: Client, campaign: Campaign
) -> None:
    made = desk.post("/mayor-2024/scripts/new/", {"name": "Eve", "channel": "door"})
    where = made.headers["Location"]
    desk.post(
        f"{where}questions/new/",
        {"text": "Do you want a poster?", "kind": "choice", "options": "Yes\nNo"},
    )
    first = Question.objects.get()
    desk.post(
        f"{where}questions/new/",
        {
            "text": "Where?",
            "kind": "several",
            "options": "Window\nGate",
            "only_if": [f"{first.pk}:yes"],
        },
    )
    desk.post(f"{where}publish/")
    page = desk.get(where).content.decode()

    script = Script.objects.get()
    assert script.published_at is not None
    assert [one.key for one in script.questions.order_by("position")] == [
        "do-you-want-a-poster",
        "where",
    ]
    assert "only where “Do you want a poster?” was answered: Yes" in page
    assert "Change it in a new version" in page


def test_answers_of_two_questions_cannot_be_asked_for_at_once(
    desk: Client, campaign: Campaign
) -> None:
    made = desk.post("/mayor-2024/scripts/new/", {"name": "Eve", "channel": "door"})
    where = made.headers["Location"]
    for text in ("One?", "Two?"):
        desk.post(
            f"{where}questions/new/",
            {"text": text, "kind": "choice", "options": "Yes\nNo"},
        )
    one, two = Question.objects.order_by("position")

    answer = desk.post(
        f"{where}questions/new/",
        {
            "text": "Three?",
            "kind": "choice",
            "options": "Yes\nNo",
            "only_if": [f"{one.pk}:yes", f"{two.pk}:yes"],
        },
    )

    assert "Choose answers of one question only." in answer.content.decode()
    assert Question.objects.count() == 2


def test_what_people_say_leads_to_who_said_it(
    desk: Client, campaign: Campaign, ivy: Elector
) -> None:
    default_scripts(campaign=campaign, by=system(campaign.organisation), at=NOW)
    script = Script.objects.get(channel="door")
    issues = script.questions.get(key="issues")
    record(
        campaign, said(ivy, script_id=script.pk, answers=(("issues", ("housing",)),))
    )

    page = desk.get("/mayor-2024/answers/").content.decode()
    people = desk.get(f"/mayor-2024/answers/{issues.pk}/housing/").content.decode()

    assert "What matters most to you round here?" in page
    assert ivy.full_name in people
    assert desk.get(f"/mayor-2024/answers/{issues.pk}/tulips/").status_code == 404


def test_a_pledge_by_post_is_reminded_until_they_say_that_it_is_sent(
    desk: Client, campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P1"))
    ElectorStanding.objects.filter(elector=ivy).update(votes_by=VotesBy.POST)
    ward = standing(campaign, ivy).ward.gss

    desk.post("/mayor-2024/postal-wave/packs/", {"day": "2024-04-16"})
    before = desk.get(f"/mayor-2024/postal-wave/?ward={ward}").content.decode()
    for _ in range(2):
        desk.post(f"/mayor-2024/postal-wave/{ivy.pk}/sent/")
    after = desk.get(f"/mayor-2024/postal-wave/?ward={ward}").content.decode()

    campaign.refresh_from_db()
    assert campaign.packs_go_out_on == date(2024, 4, 16)
    assert ivy.full_name in before
    assert "Nobody to remind here" in after
    assert standing(campaign, ivy).posted
    assert Contact.objects.filter(posted=True).count() == 1


def test_whoever_objects_has_no_views_on_their_page(
    desk: Client, campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P1", note="Likes buses."))
    where = f"/mayor-2024/electors/{ivy.pk}/"

    desk.post(f"{where}views/")
    page = desk.get(where).content.decode()
    desk.post(f"{where}views/", {"reason": "A slip."})
    again = desk.get(where).content.decode()

    assert "They asked us not to record their views" in page
    assert "Likes buses." not in page
    assert "Likes buses." in again
