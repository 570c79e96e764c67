"""A version of the return as paper, as a workbook and as tables."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.actions.documents import void_document
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_payments import void_invoice
from campaigns.actions.job_parts import run_claimed_part
from campaigns.actions.return_files import ask_for_return_files
from campaigns.exporters.return_files import return_files
from campaigns.models import (
    Campaign,
    Expense,
    Job,
    JobState,
    ReturnVersion,
    StoredFile,
    User,
)
from campaigns.reports.return_form import digest, read_back
from campaigns.reports.return_papers import papers_of
from campaigns.reports.return_versions import BooksNow, ReturnStanding
from campaigns.roles import Role
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.receipts import attach, pdf
from tests.campaigns.returns import MADE_AT, make, ready_books, sign
from tests.cast import actor, give_role
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(campaign: Campaign, agent: User) -> ReturnVersion:
    ready_books(campaign)
    commit(
        campaign,
        "0.00",
        kind="notional",
        market_value=Decimal("850.00"),
        description="Desks <b>lent</b>",
        supplier="=Plover()",
        category="administration",
        used_from=date(2024, 4, 1),
    )
    return make(campaign, agent)


def standing(version: ReturnVersion) -> ReturnStanding:
    return ReturnStanding(version.campaign, version)


def files_of(version: ReturnVersion) -> dict[str, bytes]:
    start, made = f"return-{version.campaign.slug}-v{version.version}", {}
    for file in return_files(standing(version), mark="Taken by Agnes Agent"):
        out = BytesIO()
        file.write(out)
        made[file.name.removeprefix(start)] = out.getvalue()
    return made


def papers_in(version: ReturnVersion) -> list[str]:
    """What stands on each sheet after the return itself."""
    made = files_of(version)
    alone = PdfReader(BytesIO(made[".pdf"])).pages
    together = PdfReader(BytesIO(made["-with-receipts.pdf"])).pages
    return [
        " ".join(page.extract_text().split()) for page in list(together)[len(alone) :]
    ]


def paper_of(version: ReturnVersion) -> str:
    pdf = PdfReader(BytesIO(files_of(version)[".pdf"]))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_every_page_says_which_one_it_is_of_how_many(version: ReturnVersion) -> None:
    pages = PdfReader(BytesIO(files_of(version)[".pdf"])).pages

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        said = " ".join(page.extract_text().split())
        assert f"Page {number} of {len(pages)}" in said
        assert version.mark in said


def test_one_file_holds_the_return_and_then_its_receipts_by_their_numbers(
    version: ReturnVersion, campaign: Campaign, agent: User
) -> None:
    leaflets = Expense.objects.get(kind="incurred")
    attach(leaflets, pdf("A bill of Plover Press", pages=2))

    version = make(campaign, agent)
    made = files_of(version)

    alone = PdfReader(BytesIO(made[".pdf"])).pages
    together = PdfReader(BytesIO(made["-with-receipts.pdf"])).pages
    assert len(together) == len(alone) + 2
    assert version.mark in together[0].extract_text()
    assert together[0].mediabox == alone[0].mediabox
    last = together[len(alone)].extract_text()
    assert "Receipt 1, item B1" in last
    assert "A bill of Plover Press, page 1" in last


def test_a_version_keeps_the_papers_it_was_made_with_whatever_became_of_them(
    version: ReturnVersion, campaign: Campaign, agent: User
) -> None:
    leaflets = Expense.objects.get(kind="incurred")
    invoice = bill(leaflets, "900.00")
    blurred, kept = attach(leaflets, pdf("Blurred")), attach(invoice, pdf("Whole"))
    filed = make(campaign, agent)
    void_document(blurred, reason="Cannot be read", by=clerk(campaign), at=MADE_AT)
    void_invoice(invoice, reason="Typed twice", by=clerk(campaign), at=MADE_AT)
    attach(leaflets, pdf("Scanned again"))

    sheets = papers_in(filed)
    now = papers_in(make(campaign, agent))

    assert [paper.document for paper in papers_of(campaign, standing(filed).kept)] == [
        blurred,
        kept,
    ]
    assert "Blurred, page 1" in sheets[0]
    assert "Voided on 4 June 2024, after this version was made" in sheets[0]
    assert "Invoice PP-1 of 12 April 2024, £900.00" in sheets[1]
    assert "What it proves was voided after this version was made." in sheets[1]
    [scanned] = now
    assert "Receipt 3, item B1" in scanned
    assert "oided" not in scanned


def test_who_bears_a_share_hands_in_the_same_copy_of_the_bill(
    version: ReturnVersion, campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    """The file of the other campaign opens for nobody of theirs: the copy is in the
    return's own."""
    ready_books(other_campaign)
    give_role(agent, Role.AGENT, other_campaign)
    half = Share(1, 2, "One leaflet for both", campaign=other_campaign)
    leaflet = commit(campaign, "300.00", description="Joint leaflet", shares=[half])
    invoice = bill(leaflet, "300.00")
    own = attach(invoice.expense, pdf("The joint bill", pages=2), name="joint.pdf")
    theirs = attach(Expense.objects.get(campaign=other_campaign), pdf("Their own"))
    attach(Expense.objects.get(campaign=campaign, kind="incurred", amount=900))

    made = make(other_campaign, agent)
    sheets = papers_in(made)

    number = f"1 of {campaign}"
    kept = standing(made).kept
    papers = {one.values["number"]: one for one in kept.section("papers").lines}
    assert list(papers) == ["1", number]
    assert papers[number].values["sha256"] == own.sha256
    assert papers[number].values["proves"].startswith("Expense of £300.00: Joint")
    assert papers[number].rows == (f"moneydocument:{own.pk}",)
    item = papers[number].values["item"]
    heads = {line.values["number"]: line for line in kept.section("unsolicited").lines}
    assert heads[item].values["receipts"] == number
    assert heads[item].values["counted"] == "150.00"
    assert "Their own, page 1" in sheets[0]
    assert [f"The joint bill, page {n}" in sheets[n] for n in (1, 2)] == [True, True]
    assert f"Receipt {number}, item {item}" in sheets[1]
    assert len(sheets) == 3
    page = signed_in(agent).get(f"/{other_campaign.slug}/money/return/1/")
    assert f"/files/{theirs.file_id}/" in page.content.decode()
    assert f"/files/{own.file_id}/" not in page.content.decode()


def test_a_copy_for_a_share_stays_with_its_version_when_it_is_voided_at_its_owners(
    version: ReturnVersion, campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    ready_books(other_campaign)
    give_role(agent, Role.AGENT, other_campaign)
    half = Share(1, 2, "One leaflet for both", campaign=other_campaign)
    leaflet = commit(campaign, "300.00", description="Joint leaflet", shares=[half])
    blurred = attach(leaflet, pdf("Blurred"))
    made = make(other_campaign, agent)

    void_document(blurred, reason="Cannot be read", by=clerk(campaign), at=MADE_AT)

    [sheet] = papers_in(made)
    assert "Blurred, page 1" in sheet
    assert "Voided on 4 June 2024, after this version was made" in sheet
    assert BooksNow(other_campaign, made, MADE_AT).have_changed
    assert papers_in(make(other_campaign, agent)) == []


def test_a_version_of_the_first_form_finds_its_papers_by_its_lines(
    version: ReturnVersion, campaign: Campaign, agent: User
) -> None:
    kept = attach(Expense.objects.get(kind="incurred"))
    content = make(campaign, agent).content
    content["form"] = 1
    content["sections"] = [
        section for section in content["sections"] if section["code"] != "papers"
    ]

    [paper] = papers_of(campaign, read_back(content))

    assert (paper.document, paper.item, paper.since) == (kept, "B1", "")
    assert paper.proves == "Expense of £900.00: Leaflets, from Plover Press"


def test_paper_has_every_section_nil_where_it_is_and_both_declarations(
    version: ReturnVersion, agent: User
) -> None:
    sign(version, agent)

    text = paper_of(version)

    for words in (
        "Return of election expenses",
        version.mark,
        "Draft, not filed",
        "B. Unsolicited material to electors",
        "Plover Press Address: 4 Inkwell Yard",
        "£900.00",
        "C. Transport Nil",
        "Desks <b>lent</b>",
        "SI 2024/131",
        "The figure is not confirmed",
        "Signed by Agnes Agent on 5 June 2024",
        "I, Rowan Ash, was a candidate",
    ):
        assert words in text, words


def test_a_nil_return_says_so_on_paper(campaign: Campaign, agent: User) -> None:
    assert "Nil return of election expenses" in paper_of(make(campaign, agent))


def test_a_workbook_has_a_sheet_for_each_section_with_sums_as_numbers(
    version: ReturnVersion,
) -> None:
    book = load_workbook(BytesIO(files_of(version)[".xlsx"]), data_only=True)

    sheet = book["Administration"]
    heads = [cell.value for cell in sheet[2]]
    values = dict(zip(heads, [cell.value for cell in sheet[3]], strict=True))
    assert values["In this return"] == 850
    assert values["Supplier"] == "=Plover()"
    assert values["Incurred"].date() == date(2024, 4, 2)
    assert values["made from"].startswith("expense:")
    assert sheet.cell(4, heads.index("In this return") + 1).value == 850
    assert book["Transport"]["A1"].value == "C. Transport: nil"


def test_tables_are_safe_to_open_and_carry_the_content_of_the_digest(
    version: ReturnVersion,
) -> None:
    with ZipFile(BytesIO(files_of(version)["-tables.zip"])) as package:
        content = json.loads(package.read("return.json"))
        table = package.read("09-administration.csv").decode()

    (row,) = csv.DictReader(StringIO(table))
    assert row["Supplier"] == "'=Plover()"
    assert row["In this return"] == "850.00"
    assert digest(content) == version.sha256


def test_the_same_version_always_makes_the_same_tables(version: ReturnVersion) -> None:
    name = "-tables.zip"
    assert files_of(version)[name] == files_of(version)[name]


def test_the_job_keeps_its_files_for_whoever_sees_money_and_may_run_twice(
    version: ReturnVersion, agent: User
) -> None:
    job = ask_for_return_files(version, by=actor(agent), at=MADE_AT)
    part = job.parts.get()

    run_claimed_part(part.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    job.parts.update(state=JobState.QUEUED)
    run_claimed_part(part.pk)

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result["sha256"] == version.sha256
    files = StoredFile.objects.filter(job=job)
    assert files.count() == 4
    assert set(files.values_list("capability", flat=True)) == {"see_money"}
