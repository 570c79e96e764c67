"""A copy of the return for public inspection, and what it leaves out."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from campaigns.actions.donations import record_donation, return_donation
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.jobs import run_here
from campaigns.actions.return_files import ask_for_return_files
from campaigns.exporters.return_files import inspection_files, return_files
from campaigns.models import Campaign, Donation, ReturnVersion, StoredFile, User
from campaigns.reports.return_form import digest
from campaigns.reports.return_inspection import LEFT_OUT, inspection_copy
from campaigns.reports.return_versions import ReturnStanding
from tests.campaigns.actions.test_gifts_in_kind import give
from tests.campaigns.purchases import clerk
from tests.campaigns.returns import MADE_AT, make, ready_books
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db
HOME = "14 Fallowshaw Road, QX1 1AA"
FEW = Decimal("45.00")  # so little that it is no donation of the return
HALL = "2 Loom Street, QX1 2BB"


def donate(
    campaign: Campaign, donor: str, kind: str, address: str, amount: str = "400.00"
) -> Donation:
    return record_donation(
        campaign=campaign,
        donor=donor,
        donor_kind=kind,
        donor_address=address,
        amount=Decimal(amount),
        received_on=date(2024, 4, 10),
        by=clerk(campaign),
        at=NOW,
    )


@pytest.fixture
def version(campaign: Campaign, agent: User) -> ReturnVersion:
    """Money of a person and of a union, one gift each way, and one that went back."""
    ready_books(campaign)
    money = donate(campaign, "Dorothy Penhallow", "individual", HOME)
    record_evidence(
        money,
        found={"register_entry": "AB-1234, Fallowshaw"},
        looked_on=date(2024, 4, 11),
        by=clerk(campaign),
        at=NOW,
    )
    donate(campaign, "Alder Workers' Union", "trade_union", HALL)
    back = donate(campaign, "Edwin Marl", "individual", "3 Quiet Mews, QX1 3CC")
    return_donation(
        back,
        returned_on=date(2024, 4, 12),
        returned_how="By cheque, to 3 quiet mews, QX1 3CC",
        by=clerk(campaign),
        at=NOW,
    )
    desks = {"donor": "Ida Fern", "donor_kind": "individual"}
    for gift in (
        give(campaign, donor_address="9 Thimble Lane", **desks),
        give(
            campaign, donor_address="5 Bobbin Court", market_value=Decimal(45), **desks
        ),
        give(campaign, donor_address=HALL),
    ):
        commit_expense(gift, by=clerk(campaign), at=NOW)
    return make(campaign, agent)


def standing(version: ReturnVersion) -> ReturnStanding:
    return ReturnStanding(version.campaign, version)


def texts(version: ReturnVersion) -> dict[str, str]:
    """What can be read in each file of the copy."""
    made = {}
    for file in inspection_files(standing(version), mark="Taken by Agnes Agent"):
        out = BytesIO()
        file.write(out)
        made[file.name] = _read(file.name, out)
    return made


def _read(name: str, out: BytesIO) -> str:
    if name.endswith(".pdf"):
        words = " ".join(page.extract_text() for page in PdfReader(out).pages)
    elif name.endswith(".xlsx"):
        book = load_workbook(out, data_only=True)
        cells = (cell for sheet in book for row in sheet.values for cell in row)
        words = " ".join(str(cell) for cell in cells if cell is not None)
    else:
        with ZipFile(out) as package:
            words = " ".join(package.read(one).decode() for one in package.namelist())
    return " ".join(words.split())


def test_no_file_of_the_copy_says_where_an_individual_donor_lives(
    version: ReturnVersion,
) -> None:
    made = texts(version)

    assert [name.rpartition("inspection-copy")[2] for name in made] == [
        ".pdf",
        ".xlsx",
        "-tables.zip",
    ]
    for name, text in made.items():
        lower = text.lower()
        for street in ("fallowshaw", "quiet mews", "thimble", "bobbin"):
            assert street not in lower, (name, street)
        assert "AB-1234" not in text, name


def test_names_sums_and_the_addresses_of_bodies_stay(version: ReturnVersion) -> None:
    for name, text in texts(version).items():
        for words in ("Dorothy Penhallow", "Edwin Marl", HALL, "4 Inkwell Yard"):
            assert words in text, (name, words)
    copy, kept = inspection_copy(standing(version).kept), standing(version).kept
    assert (copy.made.counted, copy.made.donated) == (kept.counted, kept.donated)


def test_a_gift_that_is_not_decided_on_keeps_the_address_of_a_body_named_elsewhere(
    version: ReturnVersion, campaign: Campaign, agent: User
) -> None:
    union = give(campaign, donor_address=HALL, received_on=None, description="Chairs")
    fern = give(
        campaign,
        donor="Ada Fern",
        donor_kind="individual",
        donor_address="8 Spindle Row",
        received_on=None,
        description="Tables",
    )
    for gift in (union, fern):
        commit_expense(gift, by=clerk(campaign), at=NOW)

    copy = inspection_copy(standing(make(campaign, agent)).kept).made

    gifts = {one.values["what"]: one.values for one in copy.section("notional").lines}
    assert gifts["Chairs"]["donation"] == gifts["Tables"]["donation"] == ""
    assert gifts["Chairs"]["address"] == HALL
    assert gifts["Tables"]["address"] == LEFT_OUT


def test_each_file_is_headed_as_a_copy_and_says_what_was_not_read(
    version: ReturnVersion,
) -> None:
    for name, text in texts(version).items():
        assert "Copy for public inspection" in text, name
        assert "was not read" in text, name
        assert version.mark in text, name


def test_the_version_and_its_full_files_stay_as_they_are(
    version: ReturnVersion,
) -> None:
    texts(version)

    version.refresh_from_db()
    assert digest(version.content) == version.sha256
    whole = BytesIO()
    next(iter(return_files(standing(version), mark=""))).write(whole)
    text = _read(".pdf", whole)
    assert HOME in text
    assert LEFT_OUT not in text
    assert "Copy for public inspection" not in text


def test_the_job_keeps_the_copy_alone_for_whoever_sees_money(
    version: ReturnVersion, agent: User
) -> None:
    job = ask_for_return_files(
        version, for_inspection=True, by=actor(agent), at=MADE_AT
    )
    run_here(job)

    files = StoredFile.objects.filter(job=job)
    assert files.count() == 3
    assert all("inspection-copy" in file.name for file in files)
    assert set(files.values_list("capability", flat=True)) == {"see_money"}
