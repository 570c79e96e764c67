"""Polling stations, from the files of two suppliers and from a table of districts."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from campaigns.access import system
from campaigns.importers.polling_stations import StationsRead, import_polling_stations
from campaigns.models import AuditEntry, Campaign, PollingStation, User, Ward
from campaigns.rules.refusals import Refusal
from tests.cast import NOW, make_address, make_district
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

XPRESS = (
    "addressline1\taddressline2\taddressline6\tproperty_urn\tpolling_place_id"
    "\tpolling_place_name\tpolling_place_address_1\tpolling_place_address_2"
    "\tpolling_place_postcode\n"
)
HALAROSE = (
    "housename,housenumber,streetname,housepostcode,uprn,pollingstationnumber,"
    "pollingstationname,pollingstationaddress1,pollingstationaddress2\n"
)


@pytest.fixture(autouse=True)
def homes(campaign: Campaign, ward: Ward) -> None:
    """Two districts: BN1 with two homes known by UPRN, BN2 with one by postcode."""
    one = make_district(campaign.organisation, ward, "BN1")
    two = make_district(campaign.organisation, ward, "BN2")
    make_address(one, uprn="100071", postcode="ZA1 1AA")
    make_address(one, uprn="100072", postcode="ZA1 1AA")
    make_address(two, uprn="", postcode="ZA1 1AB")


def read(campaign: Campaign, ward: Ward, path: Path, text: str) -> StationsRead:
    path = path / "stations.csv"
    path.write_text(text, encoding="utf-8")
    return import_polling_stations(
        path,
        organisation=campaign.organisation,
        election=campaign.election,
        council=ward.council,
        by=system(campaign.organisation),
        at=NOW,
    )


def known(campaign: Campaign) -> dict[str, str]:
    return {
        code: f"{one.name}, {one.address} {one.postcode}".strip()
        for one in PollingStation.objects.of(campaign.organisation_id)
        for code in one.district_codes
    }


def xpress(uprn: str, postcode: str, station: str) -> str:
    place = f"7\t{station}\tHill Road\tBilston\tWV14 0AA"
    return f"1\tQuarry Lane\t{postcode}\t{uprn}\t{place}\n"


def test_an_xpress_file_tells_stations_by_uprn_and_by_postcode(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    text = XPRESS + xpress("000100071", "ZA1 1AA", "Scout Hut")
    text += xpress("999", "ZA1 1AB", "Library")
    outcome = read(campaign, ward, tmp_path, text)
    assert (outcome.layout, outcome.stations, outcome.districts) == ("Xpress", 2, 2)
    assert known(campaign) == {
        "BN1": "Scout Hut, Hill Road, Bilston WV14 0AA",
        "BN2": "Library, Hill Road, Bilston WV14 0AA",
    }


def test_a_halarose_file_says_n_a_for_what_is_blank(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    text = HALAROSE
    text += "n/a,1,Quarry Lane,ZA1 1AA,100071,4,Scout Hut,Hill Road,n/a\n"
    text += "n/a,2,Quarry Lane,ZA1 1AA,100072,4,n/a,n/a,n/a\n"
    outcome = read(campaign, ward, tmp_path, text)
    assert outcome.layout == "Halarose Eros"
    assert known(campaign) == {"BN1": "Scout Hut, Hill Road"}
    assert outcome.untold == ["BN2"]


def test_a_table_of_districts_is_taken_at_its_word(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    text = "polling_district,polling_place_name,polling_place_address\n"
    text += "BN1,Scout Hut,Hill Road\nBN2,Scout Hut,Hill Road\nXX9,Library,Far Away\n"
    outcome = read(campaign, ward, tmp_path, text)
    assert outcome.stations == 1
    assert known(campaign) == dict.fromkeys(("BN1", "BN2"), "Scout Hut, Hill Road")


def test_homes_that_do_not_agree_give_their_district_no_station(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    text = XPRESS + xpress("100071", "ZA1 1AA", "Scout Hut")
    text += xpress("100072", "ZA1 1AA", "Library")
    text += xpress("999", "ZA1 1AB", "Library")
    outcome = read(campaign, ward, tmp_path, text)
    assert list(outcome.split) == ["BN1"]
    assert known(campaign).keys() == {"BN2"}


def test_a_postcode_that_votes_at_two_places_tells_nothing(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    text = XPRESS + xpress("100071", "ZA1 1AA", "Scout Hut")
    text += xpress("998", "ZA1 1AB", "Library") + xpress("999", "ZA1 1AB", "Hall")
    read(campaign, ward, tmp_path, text)
    assert known(campaign).keys() == {"BN1"}


def test_a_later_file_takes_the_place_of_an_earlier_one(
    campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    read(campaign, ward, tmp_path, XPRESS + xpress("100071", "", "Scout Hut"))
    read(campaign, ward, tmp_path, XPRESS + xpress("100071", "", "Library"))
    assert known(campaign)["BN1"].startswith("Library")
    assert AuditEntry.objects.filter(verb="polling_stations.read").count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("surname,forename,postcode\nMarsh,Ivy,ZA1 1AA\n", "columns"),
        (XPRESS + xpress("5", "ZA9 9ZZ", "Far Hall"), "nothing_fits"),
        ("", "empty"),
    ],
)
def test_a_file_that_tells_nothing_is_refused_and_nothing_is_lost(
    text: str, code: str, campaign: Campaign, ward: Ward, tmp_path: Path
) -> None:
    read(campaign, ward, tmp_path, XPRESS + xpress("100071", "", "Scout Hut"))
    with pytest.raises(Refusal) as refused:
        read(campaign, ward, tmp_path, text)
    assert refused.value.code == code
    assert known(campaign).keys() == {"BN1"}


def test_the_command_import_polling_stations_answers_how_many(
    campaign: Campaign,
    ward: Ward,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "stations.tsv"
    path.write_text(XPRESS + xpress("100071", "", "Scout Hut"), encoding="utf-8")
    command = ["import_polling_stations", str(path), "--campaign", campaign.slug]
    call_command(*command, "--council", ward.council.gss, "--json")
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (answer["stations"], answer["untold"]) == (1, ["BN2"])


def test_the_page_reads_a_file_and_names_districts_without_a_station(
    organiser: User, campaign: Campaign, ward: Ward
) -> None:
    campaign.councils.add(ward.council)
    text = XPRESS + xpress("100071", "", "Scout Hut")
    file = SimpleUploadedFile("stations.tsv", text.encode())
    page = signed_in(organiser).post(
        f"/{campaign.slug}/register/stations/",
        {"file": file, "council": ward.council_id},
        follow=True,
    )
    shown = page.content.decode()
    assert "Xpress file. Stations: 1. Polling districts that have one: 1." in shown
    assert "Scout Hut" in shown
    assert "1 district without" in shown


def test_the_page_says_what_is_wrong_with_a_file(
    organiser: User, campaign: Campaign, ward: Ward
) -> None:
    campaign.councils.add(ward.council)
    file = SimpleUploadedFile("people.csv", b"surname,forename,postcode\nA,B,C\n")
    page = signed_in(organiser).post(
        f"/{campaign.slug}/register/stations/",
        {"file": file, "council": ward.council_id},
    )
    assert "These are not the columns" in page.content.decode()
