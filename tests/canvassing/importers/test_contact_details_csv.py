"""Numbers and e-mail addresses from a file: filed once, doubtful rows told by line."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from campaigns.access import system
from campaigns.models import Address, Campaign, Council, Elector, PollingDistrict, Ward
from campaigns.rules.addresses import parse_address
from campaigns.rules.refusals import Refusal
from canvassing.importers.contact_details_csv import Terms, import_contact_details
from canvassing.importers.row_batches import RowsImported
from canvassing.models import EmailAddress, PhoneNumber
from tests.canvassing.contact_helpers import prepare
from tests.cast import NOW, make_address, make_district, make_elector

HEADER = "elector number,phone,email,consent call,obtained on,notice given on\n"


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    district = make_district(campaign.organisation, ward)
    elector = make_elector(district, number=4, address=home(district))
    prepare(campaign)
    return elector


def home(district: PollingDistrict) -> Address:
    key = parse_address(["4 Quarry Lane"], "WV14 6AA").key
    return make_address(district, key=key)


def load(folder: Path, campaign: Campaign, text: str, **options: Any) -> RowsImported:
    file = folder / "numbers.csv"
    file.write_text(text)
    return import_contact_details(
        file,
        terms=options.pop("terms", Terms("our sign-up form", "Notice of 2024")),
        by=system(campaign.organisation),
        clock=lambda: NOW,
        campaign=campaign,
        council=campaign.councils.get(),
        **options,
    )


def test_a_row_brings_a_number_an_address_and_what_was_agreed(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = f"{HEADER}BN1-4,07700 900123,ivy@example.org,yes,2024-03-01,2024-03-02\n"

    first, again = (load(tmp_path, campaign, text) for _ in range(2))

    assert (first.lines, first.filed, first.already_filed) == (1, 2, 0)
    assert (again.filed, again.already_filed) == (0, 2)
    number = PhoneNumber.objects.get()
    assert (number.elector, number.number) == (ivy, "+447700900123")
    assert number.calls_given_at is not None
    assert number.calls_given_at.date().isoformat() == "2024-03-01"
    assert number.texts_given_at is None
    assert (number.notice, str(number.notice_given_on)) == (
        "Notice of 2024",
        "2024-03-02",
    )
    assert EmailAddress.objects.get().emails_given_at is None


def test_an_elector_is_found_by_name_and_address(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = (
        "name,address,postcode,mobile\n"
        "Ivy Marsh,4 Quarry Lane,WV14 6AA,07700 900123\n"
        "Tom Marsh,4 Quarry Lane,WV14 6AA,07700 900124\n"
    )
    imported = load(tmp_path, campaign, text)
    assert imported.filed == 1
    assert imported.problems == [
        (3, "Nobody of this name is registered at this address.")
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BN1-99,07700 900123,,,,", "No elector has this number in that register."),
        (",07700 900123,,,,", "It names nobody: no number, or name and address."),
        ("BN1-4,,,,,", "It has no number and no e-mail address."),
        ("BN1-4,07700 900123,,perhaps,,", "Its consent is neither yes nor no."),
        (
            "BN1-4,07700 900123,,,31/02/2024,",
            "One of its dates is not a day such as 2024-04-20.",
        ),
        (
            "BN1-4,five,,,,",
            "That is not a phone number: write it as 07700 900123.",
        ),
    ],
)
def test_a_doubtful_row_is_told_and_not_taken(
    tmp_path: Path, campaign: Campaign, ivy: Elector, row: str, reason: str
) -> None:
    imported = load(tmp_path, campaign, f"{HEADER}{row}\n")
    assert (imported.doubtful, imported.problems) == (1, [(2, reason)])
    assert not PhoneNumber.objects.exists()


def test_a_check_says_the_same_and_writes_nothing(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = f"{HEADER}BN1-4,07700 900123,,,,\nBN1-5,07700 900124,,,,\n"
    checked = load(tmp_path, campaign, text, only_check=True)
    assert not PhoneNumber.objects.exists()
    assert load(tmp_path, campaign, text) == checked


@pytest.mark.parametrize(
    ("text", "terms", "code"),
    [
        ("number,colour\nBN1-4,red\n", Terms("a form"), "no_detail"),
        ("colour,phone,size\nred,07700 900123,1\n", Terms("a form"), "no_elector"),
        (f"{HEADER}BN1-4,07700 900123,,,,\n", Terms(" "), "no_source"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_whole(
    tmp_path: Path,
    campaign: Campaign,
    ivy: Elector,
    text: str,
    terms: Terms,
    code: str,
) -> None:
    with pytest.raises(Refusal) as refused:
        load(
            tmp_path,
            campaign,
            text.replace("number,colour", "elector no,colour,x"),
            terms=terms,
        )
    assert refused.value.code == code


def test_the_command_answers_a_program_and_needs_a_council_of_several(
    tmp_path: Path,
    campaign: Campaign,
    other_council: Council,
    ivy: Elector,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(f"{HEADER}BN1-4,07700 900123,,,,\nBN1-5,x,,,,\n")
    told = ["import_contact_details", str(file), "--campaign=mayor-2024", "--json"]

    call_command(*told, "--source=our sign-up form", "--dry-run")
    assert json.loads(capsys.readouterr().out)["filed"] == 1
    assert not PhoneNumber.objects.exists()
    call_command(*told, "--source=our sign-up form")
    assert json.loads(capsys.readouterr().out)["problems"] == [
        [3, "No elector has this number in that register."]
    ]
    call_command(*told[:-1], "--source=our sign-up form")
    assert "line 3: No elector" in capsys.readouterr().out

    campaign.councils.add(other_council)
    with pytest.raises(SystemExit):
        call_command(*told, "--source=our sign-up form")
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "which_council"
