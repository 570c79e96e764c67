"""Answers to a script: filed with the contact, counted once, gone with it."""

import pytest

from campaigns.access import actor_of_user, system
from campaigns.models import Campaign, Elector, User, Ward
from canvassing.actions.contact_erasure import erase_contacts
from canvassing.actions.corrections import correct_contact, withdraw_contact
from canvassing.actions.scripts import (
    QuestionDraft,
    ScriptRefused,
    add_question,
    default_scripts,
    move_up,
    new_version,
    publish_script,
    remove_question,
    write_script,
)
from canvassing.models import Answer, Contact, Script
from canvassing.reports.answers import answers_to_questions, who_answered
from canvassing.rules.contacts import answers_given
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


@pytest.fixture
def script(campaign: Campaign) -> Script:
    default_scripts(campaign=campaign, by=system(campaign.organisation), at=NOW)
    return Script.objects.get(campaign=campaign, channel="door")


BUSES = answers_given({"issues": ["transport", "housing", "transport"]})


def counted(campaign: Campaign, user: User) -> dict[str, int]:
    rows = answers_to_questions(by=actor_of_user(user, at=NOW), campaign=campaign)
    issues = next(row for row in rows if row.question.key == "issues")
    return {code: people for code, _, people in issues.answers if people}


def test_answers_are_filed_with_their_contact_once(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    item = said(ivy, "P1", script_id=script.pk, answers=BUSES)

    [first] = record(campaign, item)
    [again] = record(campaign, item)

    assert [first.answer, again.answer] == ["filed", "already_filed"]
    assert Answer.objects.count() == 2
    assert counted(campaign, organiser) == {"transport": 1, "housing": 1}
    question = script.questions.get(key="issues")
    by = actor_of_user(organiser, at=NOW)
    found = who_answered(question, "housing", by=by, campaign=campaign)
    assert [row.elector_id for row in found] == [ivy.pk]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"issues": ["tulips"]}, "unknown_answer"),
        ({"weather": ["fine"]}, "unknown_question"),
    ],
)
def test_an_answer_that_the_script_has_not_is_held(
    campaign: Campaign,
    ivy: Elector,
    script: Script,
    answers: dict[str, list[str]],
    code: str,
) -> None:
    item = said(ivy, script_id=script.pk, answers=answers_given(answers))

    [verdict] = record(campaign, item)

    assert verdict.code == code
    assert not Answer.objects.exists()


def test_the_script_of_another_campaign_or_one_still_being_written_is_unknown(
    campaign: Campaign, other_campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    default_scripts(campaign=other_campaign, by=by, at=NOW)
    foreign = Script.objects.get(campaign=other_campaign, channel="door")
    draft = write_script(campaign=campaign, name="New", channel="door", by=by, at=NOW)

    verdicts = record(
        campaign,
        *(said(ivy, script_id=one.pk, answers=BUSES) for one in (foreign, draft)),
    )

    assert {verdict.code for verdict in verdicts} == {"unknown_script"}


def test_answers_of_an_older_version_are_still_answers(
    campaign: Campaign, ivy: Elector, script: Script
) -> None:
    by = system(campaign.organisation)
    publish_script(new_version(script, by=by, at=NOW), by=by, at=NOW)

    [verdict] = record(campaign, said(ivy, script_id=script.pk, answers=BUSES))

    script.refresh_from_db()
    assert script.retired_at == NOW
    assert verdict.answer == "filed"


def test_what_is_taken_back_is_not_counted_and_what_is_erased_is_gone(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    by = system(campaign.organisation)
    record(campaign, said(ivy, script_id=script.pk, answers=BUSES))

    withdraw_contact(Contact.objects.get(), by=by, at=NOW)
    counted_now = counted(campaign, organiser)
    erase_contacts(elector=ivy, by=by, at=NOW)

    assert counted_now == {}
    assert not Answer.objects.exists()


def test_a_correction_of_one_thing_keeps_the_answers(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    record(campaign, said(ivy, "P1", script_id=script.pk, answers=BUSES, posted=True))

    correct_contact(
        Contact.objects.get(),
        intention="U",
        by=system(campaign.organisation),
        at=NOW,
    )

    assert counted(campaign, organiser) == {"transport": 1, "housing": 1}
    assert standing(campaign, ivy).posted


def test_that_a_postal_vote_was_sent_is_known_until_it_is_taken_back(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, posted=False))
    before = standing(campaign, ivy).posted
    record(campaign, said(ivy, posted=True))
    after = standing(campaign, ivy).posted
    sent = Contact.objects.get(posted=True)
    by = system(campaign.organisation)
    withdraw_contact(sent, by=by, at=NOW)

    assert (before, after) == (False, True)
    assert not standing(campaign, ivy).posted
    assert differences(campaign) == 0


def test_a_published_script_stays_as_it_is(campaign: Campaign, script: Script) -> None:
    by = system(campaign.organisation)
    draft = QuestionDraft("Do you cycle?", "choice", ("Yes", "No"))
    question = script.questions.first()
    assert question

    for change in (
        lambda: add_question(script, draft, by=by, at=NOW),
        lambda: remove_question(question, by=by, at=NOW),
        lambda: publish_script(script, by=by, at=NOW),
    ):
        with pytest.raises(ScriptRefused, match="published"):
            change()


def test_a_new_version_has_the_questions_and_branches_of_the_old(
    campaign: Campaign, script: Script
) -> None:
    by = system(campaign.organisation)
    copy = new_version(script, by=by, at=NOW)
    issues = copy.questions.get(key="issues")
    draft = QuestionDraft("Which line?", "choice", ("8", "79"), issues, ["transport"])
    add_question(copy, draft, by=by, at=NOW)
    publish_script(copy, by=by, at=NOW)

    third = new_version(copy, by=by, at=NOW)

    which = third.questions.get(text="Which line?")
    assert third.version == 3
    assert which.show_if == third.questions.get(key="issues")
    assert new_version(copy, by=by, at=NOW) == third


def test_a_question_stays_behind_the_one_it_hangs_on(
    campaign: Campaign, script: Script
) -> None:
    by = system(campaign.organisation)
    copy = new_version(script, by=by, at=NOW)
    wants = copy.questions.get(key="wants")
    draft = QuestionDraft(
        "Which poster?", "choice", ("Big", "Small"), wants, ["poster"]
    )
    which = add_question(copy, draft, by=by, at=NOW)

    with pytest.raises(ScriptRefused, match="before the one it depends on"):
        move_up(which, by=by, at=NOW)
    with pytest.raises(ScriptRefused, match="depends on it"):
        remove_question(wants, by=by, at=NOW)
