"""Files of a list, and blank cards: what they hold, and that they are logged once."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from campaigns.access import system
from campaigns.actions.exports import ExportRefused
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, ExportRecord, Job, User, Ward
from canvassing.actions import gotv_lists
from canvassing.actions.codes import default_codes
from canvassing.actions.exports import ask_for_canvass_cards, ask_for_list_files
from canvassing.actions.gotv_lists import GotvListRefused, make_gotv_list
from canvassing.exporters.gotv_tables import stream_gotv_csv
from canvassing.models import ElectorStanding, GotvList, NoContact, VotesBy
from canvassing.rules.gotv import GotvRule
from tests.canvassing.list_helpers import entries, made, make_code, stand
from tests.cast import NOW, actor, make_address, make_district

pytestmark = pytest.mark.django_db
ATTACK = "=cmd|' /C calc'!A0"


def content(job: Job) -> io.BytesIO:
    """What the only file of a job holds."""
    assert run_here(job).state == "done"
    with open_file(job.files.get()) as file:
        return io.BytesIO(file.read())


def export(gotv_list: GotvList, ward: Ward, file_format: str, **options: Any) -> Job:
    return ask_for_list_files(
        gotv_list=gotv_list,
        file_format=file_format,
        wards=[ward],
        reason=options.get("reason", "evening round"),
        by=options.get("by") or system(gotv_list.organisation),
        at=NOW,
    )


def rows_of(gotv_list: GotvList, ward: Ward) -> list[dict[str, str]]:
    table = content(export(gotv_list, ward, "csv")).read().decode()
    return list(csv.DictReader(io.StringIO(table)))


def test_a_csv_has_one_row_for_each_listed_elector(
    campaign: Campaign, ward: Ward
) -> None:
    elector = stand(campaign, ward, forename="Siân", votes_by=VotesBy.POST)

    (row,) = rows_of(made(campaign), ward)

    assert row["elector"] == str(elector.pk)
    assert row["ward"] == ward.gss
    assert row["polling_district"] == "BN1"
    assert row["elector_number"] == elector.elector_number
    assert (row["forename"], row["surname"]) == ("Siân", "Marsh")
    assert row["address"] == elector.address.printed
    assert row["postcode"] == elector.address.postcode
    assert row["votes_by"] == "by post"


def test_no_cell_of_a_csv_is_computed(campaign: Campaign, ward: Ward) -> None:
    stand(campaign, ward, forename=ATTACK, surname="@Marsh")

    (row,) = rows_of(made(campaign), ward)

    assert (row["forename"], row["surname"]) == (f"'{ATTACK}", "'@Marsh")


def test_no_cell_of_a_workbook_is_computed(campaign: Campaign, ward: Ward) -> None:
    stand(campaign, ward, forename=ATTACK)

    book = openpyxl.load_workbook(content(export(made(campaign), ward, "xlsx")))

    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert ATTACK in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_whoever_has_voted_since_is_on_no_file(campaign: Campaign, ward: Ward) -> None:
    voter = stand(campaign, ward, forename="Vic")
    stand(campaign, ward, forename="Tom")
    gotv_list = made(campaign)
    ElectorStanding.objects.filter(elector=voter).update(voted_at=NOW)

    assert [row["forename"] for row in rows_of(gotv_list, ward)] == ["Tom"]
    assert gotv_list.wards.get(ward=ward).listed == 2


def test_a_streamed_csv_holds_whom_the_stored_list_holds(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    for forename in ("Ivy", "Tom"):
        stand(campaign, ward, forename=forename)
    stand(campaign, other_ward, code="PN1", forename="Siân")
    stand(campaign, ward, forename="Ned", pledged=False)

    blocks = stream_gotv_csv(
        campaign,
        rule=GotvRule(),
        channel="door",
        wards=[ward, other_ward],
        mark="Taken by Olive",
    )
    rows = list(csv.DictReader(io.StringIO(b"".join(blocks).decode())))

    stored = [*rows_of(made(campaign), ward), *rows_of(made(campaign), other_ward)]
    assert [row["elector"] for row in rows] == [row["elector"] for row in stored]
    assert "Taken by Olive" in rows[0]


def test_a_walk_sheet_shows_doors_numbers_names_and_who_printed_it(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    home = make_address(district, number="12", street="Quarry Lane")
    tom = stand(campaign, ward, address=home, forename="Wojciech", surname="Wałęsa")
    stand(campaign, ward, address=home, forename="S\u0326tefan", surname="Őry")
    gotv_list = made(campaign)

    pages = PdfReader(content(export(gotv_list, ward, "walk_sheets"))).pages
    text = pages[0].extract_text()

    for words in (
        f"{ward.name}: Evening round",
        "Quarry Lane · even numbers",
        tom.elector_number,
        "Wojciech Wałęsa",
        "Ștefan Őry",
        gotv_list.code,
        "Printed by Committee Room on",
        "evening round",
        "page 1 of 1",
        "shredded",
    ):
        assert words in text
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_a_long_list_goes_on_overleaf(campaign: Campaign, ward: Ward) -> None:
    for _ in range(60):
        stand(campaign, ward)

    pages = PdfReader(content(export(made(campaign), ward, "walk_sheets"))).pages

    assert len(pages) > 1
    assert f"page {len(pages)} of {len(pages)}" in pages[-1].extract_text()
    assert sum(page.extract_text().count("Ivy Marsh") for page in pages) == 60


def test_a_file_is_logged_with_who_why_and_how_many(
    campaign: Campaign, ward: Ward, organiser: User
) -> None:
    stand(campaign, ward)

    job = export(made(campaign), ward, "csv", by=actor(organiser))
    content(job)

    entry = ExportRecord.objects.get()
    assert (entry.by_label, entry.reason) == ("Olive Organiser", "evening round")
    assert (entry.electors, entry.file_name) == (1, job.files.get().name)


def test_files_may_come_with_the_list(campaign: Campaign, ward: Ward) -> None:
    stand(campaign, ward)

    gotv_list = made(campaign, wards=[ward], file_formats=["csv", "walk_sheets"])

    assert gotv_list.job is not None
    names = sorted(gotv_list.job.files.values_list("name", flat=True))
    assert [name.rpartition(".")[2] for name in names] == ["csv", "pdf"]
    ledger = ExportRecord.objects.values_list("electors", "reason")
    assert set(ledger) == {(1, "for Thursday evening")}
    assert gotv_list.wards.get(ward=ward).listed == 1


def test_wards_that_share_a_part_are_counted_and_filed_each_for_itself(
    campaign: Campaign, ward: Ward, other_ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gotv_lists, "PARTS", 1)
    for forename in ("Ivy", "Tom"):
        stand(campaign, ward, forename=forename)
    stand(campaign, other_ward, code="PN1", forename="Siân")
    stand(campaign, other_ward, code="PN1", forename="Ned", pledged=False)

    gotv_list = made(campaign, wards=[ward, other_ward], file_formats=["csv"])

    assert gotv_list.job is not None
    assert gotv_list.job.parts.get().state == "done"
    rows = gotv_list.wards.order_by("ward__gss")
    assert [(row.ward, row.listed, row.excluded) for row in rows] == [
        (ward, 2, {}),
        (other_ward, 1, {"no_pledge": 1}),
    ]
    assert [entry.position for entry in entries(gotv_list)] == [1, 2, 1]
    files = gotv_list.job.files.order_by("ward__gss")
    assert [file.ward for file in files] == [ward, other_ward]
    with open_file(files[1]) as file:
        assert file.read().count("Siân".encode()) == 1
    assert sorted(ExportRecord.objects.values_list("electors", flat=True)) == [1, 2]


def test_files_are_refused_without_a_reason_a_format_or_the_right(
    campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User, agent: User
) -> None:
    gotv_list = made(campaign)

    with pytest.raises(ExportRefused):
        export(gotv_list, ward, "csv", reason=" ")
    with pytest.raises(ExportRefused):
        export(gotv_list, ward, "parchment")
    with pytest.raises(GotvListRefused):
        export(gotv_list, other_ward, "csv", by=actor(ward_lead))
    with pytest.raises(GotvListRefused):
        export(gotv_list, ward, "csv", by=actor(agent))
    assert not ExportRecord.objects.exists()


def test_files_of_a_list_still_being_made_are_refused(
    campaign: Campaign, ward: Ward
) -> None:
    unfinished = make_gotv_list(
        campaign=campaign,
        name="",
        rule=GotvRule(),
        reason="test",
        by=system(campaign.organisation),
        at=NOW,
    )

    with pytest.raises(ExportRefused) as refusal:
        export(unfinished, ward, "csv")

    assert refusal.value.code == "list_not_ready"


def cards(campaign: Campaign, ward: Ward, **options: Any) -> str:
    job = ask_for_canvass_cards(
        campaign=campaign,
        ward=ward,
        reason="Saturday session",
        by=system(campaign.organisation),
        at=NOW,
        **options,
    )
    return "".join(page.extract_text() for page in PdfReader(content(job)).pages)


def test_a_blank_card_names_everybody_and_has_the_campaigns_codes(
    campaign: Campaign, ward: Ward
) -> None:
    make_code(campaign, "D")
    stand(campaign, ward, forename="Tom", pledged=False)
    stand(campaign, ward, forename="Ghost", is_anonymous=True)

    text = cards(campaign, ward)

    assert "Tom Marsh" in text
    assert "Answer D" in text
    assert "Ghost" not in text
    assert ExportRecord.objects.get().electors == 1


def test_the_boxes_of_a_card_are_headed_by_what_is_typed_afterwards(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)
    default_codes(campaign=campaign, by=system(campaign.organisation), at=NOW)

    text = cards(campaign, ward)

    assert "NI: Not in" in " ".join(text.split())
    assert "P1: Pledge: will vote for Rowan Ash" in text
    assert "Spoken to" not in text


def test_a_card_does_not_name_who_asked_to_be_left_alone(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward, forename="Ned", no_contact=NoContact.DOOR)

    text = cards(campaign, ward)

    assert "Ned" not in text
    assert "asked not to be contacted" in text
    assert ExportRecord.objects.get().electors == 0


def test_cards_of_one_district_name_nobody_of_another(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    stand(campaign, ward, code="BN1", forename="Tom")
    stand(campaign, ward, code="BN2", forename="Ivy")
    district = make_district(campaign.organisation, ward, "BN1")

    text = cards(campaign, ward, district=district)

    assert "Tom" in text
    assert "Ivy" not in text
    with pytest.raises(ExportRefused):
        cards(campaign, other_ward, district=district)
