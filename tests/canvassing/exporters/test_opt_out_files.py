"""Who asked not to be contacted, taken away: who is in it, and where it is written."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from campaigns.access import actor_of_user, system
from campaigns.actions.files import open_file
from campaigns.actions.jobs import run_here
from campaigns.models import Campaign, Elector, ExportRecord, Job, User, Ward
from canvassing.actions.do_not_contact import (
    keep_away_from_household,
    keep_away_from_person,
    lift_do_not_contact,
)
from canvassing.importers.opt_outs_csv import Terms, import_opt_outs
from canvassing.models import DoNotContact
from canvassing.reports.opt_outs import opt_outs_within
from tests.canvassing.contact_helpers import prepare
from tests.cast import NOW, make_address, make_district, make_elector
from tests.signing_in import signed_in

FILE = "/mayor-2024/electors/do-not-contact/file/"


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    """She wants no calls; her household, with Otto, no visits; Nell took hers back."""
    district = make_district(campaign.organisation, ward)
    home = make_address(district)
    ivy = make_elector(district, address=home)
    make_elector(district, address=home, forename="Otto")
    nell = make_elector(district, address=make_address(district), forename="Nell")
    prepare(campaign)
    terms = {"by": system(campaign.organisation), "at": NOW}
    keep_away_from_person(ivy, channel="phone", campaign=campaign, **terms)
    keep_away_from_household(home, channel="door", **terms)
    wish = keep_away_from_person(nell, **terms)
    lift_do_not_contact(wish, reason="They asked for news", **terms)
    return ivy


def files(user: User, file_format: str = "csv") -> list[bytes]:
    answer = signed_in(user).post(
        FILE, {"reason": "For the mailing house", "file_format": file_format}
    )
    assert answer.status_code == 302
    job = run_here(Job.objects.filter(kind="opt_outs").latest("pk"))
    assert job.state == "done"
    found = []
    for file in job.files.order_by("name"):
        with open_file(file) as content:
            found.append(content.read())
    return found


def test_each_elector_is_a_row_with_channel_day_and_source(
    campaign: Campaign, ward: Ward, ivy: Elector, organiser: User
) -> None:
    [content] = files(organiser)

    rows = list(csv.DictReader(io.StringIO(content.decode())))
    told = {(row["forename"], row["channel"], row["scope"]) for row in rows}
    assert told == {
        ("Ivy", "phone", "person"),
        ("Ivy", "door", "household"),
        ("Otto", "door", "household"),
    }
    [calls] = [row for row in rows if row["channel"] == "phone"]
    assert (calls["ward"], calls["for_how_long"]) == (ward.gss, "this election")
    assert calls["since"] == f"{NOW:%Y-%m-%d}"
    [entry] = ExportRecord.objects.all()
    assert (entry.electors, entry.reason) == (2, "For the mailing house")
    assert entry.what.startswith("who asked not to be contacted")


def test_it_is_a_workbook_too_and_of_a_ward_leads_own_wards(
    campaign: Campaign, ward: Ward, ivy: Elector, ward_lead: User
) -> None:
    [content] = files(ward_lead, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.max_row == 4
    assert sheet.cell(2, 1).value
    assert ward.gss in ExportRecord.objects.get().file_name.upper()


def test_what_was_taken_away_can_be_loaded_again_and_changes_nothing(
    tmp_path: Path, campaign: Campaign, ivy: Elector, organiser: User
) -> None:
    [content] = files(organiser)
    file = tmp_path / "again.csv"
    file.write_bytes(content)

    imported = import_opt_outs(
        file,
        terms=Terms("ourselves"),
        by=system(campaign.organisation),
        clock=lambda: NOW,
        campaign=campaign,
        council=campaign.councils.get(),
    )
    assert (imported.filed, imported.already_filed, imported.doubtful) == (0, 3, 0)


def test_a_wish_for_one_election_does_not_come_back_for_good(
    tmp_path: Path, campaign: Campaign, ivy: Elector, organiser: User
) -> None:
    [content] = files(organiser)
    file = tmp_path / "elsewhere.csv"
    file.write_bytes(content)
    DoNotContact.objects.all().delete()

    import_opt_outs(
        file,
        terms=Terms("ourselves", for_good=True),
        by=system(campaign.organisation),
        clock=lambda: NOW,
        campaign=campaign,
        council=campaign.councils.get(),
    )

    kept = DoNotContact.objects.values_list("channel", "campaign")
    assert set(kept) == {("phone", campaign.pk), ("door", None)}


def test_the_wish_of_a_household_that_has_moved_out_is_on_no_list(
    campaign: Campaign, ward: Ward, ivy: Elector, organiser: User
) -> None:
    home = ivy.address
    district = make_district(campaign.organisation, ward)
    away = make_address(district)
    Elector.objects.filter(address=home).update(address=away)
    make_elector(district, address=home, forename="Newcomer")
    prepare(campaign)
    page = "/mayor-2024/electors/do-not-contact/"

    found = opt_outs_within(by=actor_of_user(organiser, at=NOW), campaign=campaign)
    assert [one.scope for one in found] == ["person"]
    assert "Everybody at" not in signed_in(organiser).get(page).content.decode()
