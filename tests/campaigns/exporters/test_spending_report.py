"""The spending report as files, by job and by command."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from campaigns.actions.expense_checks import Share
from campaigns.actions.job_parts import run_claimed_part
from campaigns.actions.spending_reports import ask_for_spending_report
from campaigns.exporters.spending_report import report_files
from campaigns.models import Campaign, Job, JobState, StoredFile, User
from campaigns.reports.spending_position import spending_position
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def spent(campaign: Campaign) -> Campaign:
    notice(campaign)
    commit(
        campaign,
        "150000.00",
        description="Leaflets <b>& more</b>",
        supplier="=Plover()",
    )
    propose(campaign, "250.00", description="Žluťoučký poster, Ελλάδα, Łódź")
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()
    return campaign


def files_of(campaign: Campaign) -> dict[str, bytes]:
    position = spending_position(campaign, at=NOW)
    made = {}
    for file in report_files(position, by=clerk(campaign), at=NOW):
        out = BytesIO()
        file.write(out)
        made[file.name] = out.getvalue()
    return made


def test_paper_shows_the_sums_the_working_the_warnings_and_the_source(
    spent: Campaign,
) -> None:
    pdf = files_of(spent)[f"spending-report-{spent.slug}.pdf"]

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)

    for words in (
        "£181,280.00",
        "£150,000.00",
        "82.7 % of the limit",
        "7 councils × £3,040.00 = £21,280.00",
        "official notice of 28 March 2024",
        "Warning. 82.7 % of the limit is used: £31,280.00 is left.",
        "SI 2024/131",
        "Mark D",
        "Leaflets <b>& more</b>",
        "Žluťoučký poster, Ελλάδα, Łódź",
        "Taken by Committee Room on 23 April 2024 at 10 am",
    ):
        assert words in " ".join(text.split()), words


def test_the_page_stands_alone_and_escapes_what_people_typed(spent: Campaign) -> None:
    page = files_of(spent)[f"spending-report-{spent.slug}.html"].decode()

    assert "Leaflets &lt;b&gt;&amp; more&lt;/b&gt;" in page
    assert "<script" not in page
    assert "<link" not in page
    assert "£31,280.00" in page


def test_every_form_says_what_never_counts_and_the_figures_of_a_split(
    spent: Campaign,
) -> None:
    commit(spent, "420.00", excluded="security", excluded_reason="After a threat")
    share = Share(12_000, 40_000, "Its members", "Alder Party", basis="copies")
    commit(spent, "1800.00", shares=[share])

    made = files_of(spent)
    pages = PdfReader(BytesIO(made[f"spending-report-{spent.slug}.pdf"])).pages
    paper = " ".join(" ".join(page.extract_text() for page in pages).split())
    html = made[f"spending-report-{spent.slug}.html"].decode()
    table = made[f"spending-report-{spent.slug}-expenses.csv"].decode()

    assert "Never counted, by law £420.00" in paper
    for form in (paper, html, table):
        assert "After a threat" in form
        assert "(12,000 of 40,000, by copies)" in form


def test_no_cell_of_a_table_runs_as_a_formula(spent: Campaign) -> None:
    table = files_of(spent)[f"spending-report-{spent.slug}-expenses.csv"].decode()

    rows = list(csv.DictReader(StringIO(table)))

    assert rows[0]["supplier"].startswith("'=")
    assert [row["counted"] for row in rows] == ["150000.00", "250.00"]


def test_the_sums_are_a_table_too(spent: Campaign) -> None:
    table = files_of(spent)[f"spending-report-{spent.slug}.csv"].decode()

    sums = {row["item"]: row["pounds"] for row in csv.DictReader(StringIO(table))}

    assert sums["limit"] == "181280.00"
    assert sums["counted"] == "150000.00"
    assert sums["left"] == "31280.00"


def test_a_campaign_that_has_bought_nothing_has_a_report(campaign: Campaign) -> None:
    made = files_of(campaign)

    assert len(made) == 4
    assert b"There is no limit yet." in made[f"spending-report-{campaign.slug}.html"]


def test_the_job_keeps_its_files_for_whoever_sees_money_and_may_run_twice(
    spent: Campaign, agent: User, settings: object, tmp_path: Path
) -> None:
    job = ask_for_spending_report(campaign=spent, by=actor(agent), at=NOW)
    part = job.parts.get()

    run_claimed_part(part.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    job.parts.update(state=JobState.QUEUED)
    run_claimed_part(part.pk)

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result["left"] == "31280.00"
    files = StoredFile.objects.filter(job=job)
    assert files.count() == 4
    assert set(files.values_list("capability", flat=True)) == {"see_money"}


def test_the_command_answers_with_strings_of_pounds_and_pence(
    spent: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command(
        "spending_report", campaign=spent.slug, out=tmp_path / "made", json=True
    )

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["limit"] == "181280.00"
    assert answer["counted"] == answer["ordered"] == "150000.00"
    assert answer["left"] == "31280.00"
    assert answer["by_category"]["unsolicited"] == "150000.00"
    assert any("82.7 %" in warning for warning in answer["warnings"])
    assert len(answer["files"]) == 4
    assert all(Path(path).stat().st_size for path in answer["files"])


def test_the_command_speaks_to_people_and_refuses_an_unknown_campaign(
    spent: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("spending_report", campaign=spent.slug, out=tmp_path)
    with pytest.raises(SystemExit):
        call_command("spending_report", campaign="nobody", out=tmp_path, json=True)

    said = capsys.readouterr().out
    assert "limit: 181280.00" in said
    assert json.loads(said.splitlines()[-1])["error"]["code"] == "no_campaign"
