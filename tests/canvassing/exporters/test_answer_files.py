"""The table of what was answered: its rows, who is not in it, and who may take it."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.clock import UK
from campaigns.models import Campaign, Elector, ExportRecord, Job, User, Ward
from canvassing.actions.contact_erasure import erase_contacts
from canvassing.actions.corrections import withdraw_contact
from canvassing.actions.opinions import Objection, object_to_views
from canvassing.actions.scripts import (
    QuestionDraft,
    add_question,
    default_scripts,
    new_version,
    publish_script,
    write_script,
)
from canvassing.models import Answer, Contact, ElectorStanding, Script
from canvassing.rules.contacts import answers_given
from tests.canvassing.contact_helpers import prepare, record, said
from tests.cast import NOW, make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
ATTACK = "=cmd|' /C calc'!A0"
ISSUES = "Which of these matter most to you?"
FILE = "/mayor-2024/answers/file/"


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward), forename="Ivy")
    prepare(campaign)
    return elector


@pytest.fixture
def script(campaign: Campaign) -> Script:
    default_scripts(campaign=campaign, by=system(campaign.organisation), at=NOW)
    return Script.objects.get(campaign=campaign, channel="door")


def answer(
    campaign: Campaign, elector: Elector, script: Script, *codes: str, **fields: Any
) -> Any:
    item = said(
        elector,
        "P1",
        script_id=script.pk,
        answers=answers_given({"issues": codes}),
        **fields,
    )
    [verdict] = record(campaign, item)
    assert verdict.answer == "filed"
    return item


def ask(user: User, **fields: str) -> Any:
    return signed_in(user).post(FILE, {"reason": "For the manifesto", **fields})


def tables(user: User, **fields: str) -> list[list[dict[str, str]]]:
    assert ask(user, **fields).status_code == 302
    job = run_here(Job.objects.filter(kind="answers").latest("pk"))
    assert job.state == "done"
    found = []
    for file in job.files.order_by("name"):
        with open_file(file) as content:
            text = io.BytesIO(content.read()).getvalue().decode()
            found.append(list(csv.DictReader(io.StringIO(text))))
    return found


def issues_of(script: Script) -> Any:
    return script.questions.get(key="issues")


def test_each_contact_is_a_row_and_each_question_a_column(
    campaign: Campaign, ward: Ward, ivy: Elector, script: Script, organiser: User
) -> None:
    item = answer(campaign, ivy, script, "transport", "housing")
    record(campaign, said(ivy, "L"))  # asked nothing

    [[row]] = tables(organiser)

    question = issues_of(script)
    labels = {one["code"]: one["label"] for one in question.options}
    order = [one["code"] for one in question.options]
    said_both = sorted(("transport", "housing"), key=order.index)
    heading = f"{question.text} (At the door: issues)"  # the phone's asks it too
    assert row[heading] == "; ".join(labels[code] for code in said_both)
    assert row["contact"] == str(item.uuid)
    assert (row["elector"], row["forename"]) == (str(ivy.pk), "Ivy")
    assert (row["ward"], row["channel"]) == (ward.gss, "door")
    assert row["pledge"] == "yes"
    said_at = (NOW - timedelta(hours=1)).astimezone(UK)
    assert row["said_at"] == f"{said_at:%Y-%m-%d %H:%M}"
    [entry] = ExportRecord.objects.all()
    assert (entry.electors, entry.reason) == (1, "For the manifesto")
    assert entry.what.startswith("answers to all scripts")


def test_whoever_objected_left_was_hidden_or_erased_is_not_in_it(
    campaign: Campaign, ward: Ward, ivy: Elector, script: Script, organiser: User
) -> None:
    district = make_district(campaign.organisation, ward)
    others = {name: make_elector(district, forename=name) for name in "ABCD"}
    prepare(campaign)
    for elector in (ivy, *others.values()):
        answer(campaign, elector, script, "transport")
    by = system(campaign.organisation)
    object_to_views(
        [Objection(others["A"].pk, NOW)],
        organisation_id=campaign.organisation_id,
        by=by,
        at=NOW,
    )
    erase_contacts(elector=others["B"], by=by, at=NOW)
    rows = ElectorStanding.objects.filter(campaign=campaign)
    rows.filter(elector=others["C"]).update(is_current=False)
    rows.filter(elector=others["D"]).update(is_anonymous=True)
    assert Answer.objects.filter(elector=others["A"]).exists()

    [[row]] = tables(organiser)

    assert row["forename"] == "Ivy"


def test_what_was_corrected_or_taken_back_is_not_in_it(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    first = answer(campaign, ivy, script, "transport")
    second = answer(campaign, ivy, script, "housing", corrects=first.uuid)
    gone = answer(campaign, ivy, script, "housing")
    withdraw_contact(
        Contact.objects.get(uuid=gone.uuid), by=system(campaign.organisation), at=NOW
    )

    [rows] = tables(organiser)

    assert [row["contact"] for row in rows] == [str(second.uuid)]


def test_versions_of_a_script_are_one_table_and_other_scripts_another(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    by = system(campaign.organisation)
    answer(campaign, ivy, script, "transport")
    draft = new_version(script, by=by, at=NOW)
    draft.questions.filter(key="issues").update(text="What matters to you now?")
    publish_script(draft, by=by, at=NOW)
    answer(campaign, ivy, draft, "housing")
    stall = write_script(campaign=campaign, name="Stall", channel="door", by=by, at=NOW)
    add_question(
        stall,
        QuestionDraft("Bins?", "choice", options=["Weekly", "Never"]),
        by=by,
        at=NOW,
    )
    publish_script(stall, by=by, at=NOW)
    bins = stall.questions.get()
    weekly = bins.options[0]["code"]
    record(
        campaign,
        said(ivy, script_id=stall.pk, answers=answers_given({bins.key: [weekly]})),
    )

    [both] = tables(organiser, script=script.name)
    assert len(both) == 2
    assert all(row["What matters to you now?"] for row in both)
    assert "Bins?" not in both[0]
    [other] = tables(organiser, script="Stall")
    assert [row["Bins?"] for row in other] == ["Weekly"]


def test_no_cell_and_no_heading_is_computed(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    Elector.objects.filter(pk=ivy.pk).update(forename=ATTACK, surname="@Marsh")
    question = issues_of(script)
    question.text = ATTACK
    question.options = [{"code": "transport", "label": "+1"}]
    question.save()
    answer(campaign, ivy, script, "transport")

    [[row]] = tables(organiser)

    assert (row["forename"], row["surname"]) == (f"'{ATTACK}", "'@Marsh")
    assert row[f"'{ATTACK}"] == "'+1"


def test_whoever_is_held_to_a_ward_takes_that_ward_alone(
    campaign: Campaign,
    ward: Ward,
    other_ward: Ward,
    ivy: Elector,
    script: Script,
    ward_lead: User,
    organiser: User,
) -> None:
    campaign.wards.add(other_ward)
    district = make_district(campaign.organisation, other_ward, "PN1")
    far = make_elector(district, forename="Far")
    prepare(campaign)
    for elector in (ivy, far):
        answer(campaign, elector, script, "transport")

    [mine] = tables(ward_lead)
    assert [row["forename"] for row in mine] == ["Ivy"]
    assert Job.objects.get().files.get().ward == ward
    [everybody] = tables(organiser)
    assert sorted(row["forename"] for row in everybody) == ["Far", "Ivy"]
    whole = Job.objects.latest("pk").files.get()
    assert signed_in(ward_lead).get(f"/files/{whole.pk}/").status_code == 404


def test_who_may_not_export_takes_nothing(
    ivy: Elector, script: Script, data_clerk: User
) -> None:
    assert ask(data_clerk).status_code == 404
    assert "Take the answers away" not in str(
        signed_in(data_clerk).get("/mayor-2024/answers/").content
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "  "}, "This is missing"),
        ({"script": "No such"}, "not one of the available choices"),
    ],
)
def test_a_table_that_cannot_be_made_says_why(
    ivy: Elector,
    script: Script,
    organiser: User,
    fields: dict[str, str],
    sentence: str,
) -> None:
    desk = signed_in(organiser)
    page = desk.post(FILE, {"reason": "For us", **fields}, follow=True)
    assert sentence in page.content.decode()
    assert not Job.objects.exists()


def test_a_file_made_again_by_another_worker_is_logged_once(
    campaign: Campaign, ivy: Elector, script: Script, organiser: User
) -> None:
    answer(campaign, ivy, script, "transport")
    ask(organiser)
    job = Job.objects.get()
    job.parts.update(state="running", attempt=1)
    job.parts.update(lease_until="2020-01-01T00:00:00Z")
    run_here(job)
    run_here(job)
    assert job.files.count() == ExportRecord.objects.count() == 1
