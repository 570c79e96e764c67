"""Who asked not to be contacted, from a file: once, doubtful rows told by line."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from campaigns.access import system
from campaigns.actions.jobs import run_here
from campaigns.models import (
    Address,
    Campaign,
    Elector,
    Job,
    PollingDistrict,
    User,
    Ward,
)
from campaigns.rules.addresses import parse_address
from campaigns.rules.refusals import Refusal
from canvassing.actions.do_not_contact import lift_do_not_contact
from canvassing.importers.opt_outs_csv import Terms, import_opt_outs
from canvassing.importers.row_batches import RowsImported
from canvassing.models import DoNotContact, NoContact
from tests.canvassing.contact_helpers import differences, prepare, standing
from tests.cast import NOW, make_address, make_district, make_elector
from tests.signing_in import signed_in

HEADER = "elector number,channel,scope,date,source\n"
PAGE = "/mayor-2024/electors/do-not-contact/"


@pytest.fixture
def district(campaign: Campaign, ward: Ward) -> PollingDistrict:
    return make_district(campaign.organisation, ward)


@pytest.fixture
def home(district: PollingDistrict) -> Address:
    key = parse_address(["4 Quarry Lane"], "WV14 6AA").key
    return make_address(district, key=key)


@pytest.fixture
def ivy(campaign: Campaign, district: PollingDistrict, home: Address) -> Elector:
    """She lives with Otto."""
    elector = make_elector(district, number=4, address=home)
    make_elector(district, number=5, address=home, forename="Otto")
    prepare(campaign)
    return elector


def load(folder: Path, campaign: Campaign, text: str, **options: Any) -> RowsImported:
    file = folder / "opt-outs.csv"
    file.write_text(text)
    options.setdefault("terms", Terms("the party’s own list"))
    return import_opt_outs(
        file,
        by=system(campaign.organisation),
        clock=options.pop("clock", lambda: NOW),
        campaign=campaign,
        council=campaign.councils.get(),
        **options,
    )


def masks(campaign: Campaign, elector: Elector) -> tuple[int, int]:
    row = standing(campaign, elector)
    return row.no_contact, row.household_no_contact


def test_a_row_keeps_somebody_from_being_contacted_and_again_it_is_known(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = f"{HEADER}BN1-4,phone; e-mail,,2024-03-01,\n"

    first, again = (load(tmp_path, campaign, text) for _ in range(2))

    assert (first.lines, first.filed, first.already_filed) == (1, 2, 0)
    assert (again.filed, again.already_filed, again.doubtful) == (0, 2, 0)
    assert masks(campaign, ivy) == (NoContact.PHONE | NoContact.EMAIL, 0)
    assert not differences(campaign)
    wish = DoNotContact.objects.order_by("pk")[0]
    assert wish.said_at.date().isoformat() == "2024-03-01"
    assert (wish.source, wish.campaign) == ("the party’s own list", None)


def test_a_plain_list_of_people_asks_for_no_contact_at_all(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "name,address,postcode\nIvy Marsh,4 Quarry Lane,WV14 6AA\n"
    assert load(tmp_path, campaign, text).filed == 1
    assert masks(campaign, ivy) == (NoContact.ALL, 0)


def test_a_name_and_a_postcode_are_enough_where_one_elector_has_both(
    tmp_path: Path, campaign: Campaign, ivy: Elector, district: PollingDistrict
) -> None:
    for number, street in ((6, "6 Quarry Lane"), (7, "8 Quarry Lane")):
        there = make_address(district, key=parse_address([street], "WV14 6AA").key)
        make_elector(district, number=number, address=there, forename="Ben")
    Address.objects.update(postcode="WV14 6AA")
    make_elector(district, number=8, address=make_address(district))
    prepare(campaign)
    text = (
        "name,postcode\nIvy Marsh,wv146aa\nBen Marsh,WV14 6AA\n"
        "Ada Marsh,WV14 6AA\nIvy Marsh,WV14 6AB\n,WV14 6AA\n"
    )

    imported = load(tmp_path, campaign, text)

    assert imported.filed == 1
    assert masks(campaign, ivy) == (NoContact.ALL, 0)
    several = "Several people of this name are registered in this postcode"
    nobody = "Nobody of this name is registered in this postcode."
    assert imported.problems == [
        (3, f"{several}: add the street."),
        (4, nobody),
        (5, nobody),
        (6, "It names nobody: no number, or name and address."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}BN1-4,door,household,,\n",
        "address,postcode,do not knock\n4 Quarry Lane,WV14 6AA,yes\n",
    ],
)
def test_a_household_is_told_by_a_person_or_by_its_address_alone(
    tmp_path: Path, campaign: Campaign, ivy: Elector, text: str
) -> None:
    otto = Elector.objects.get(forename="Otto")
    for _ in range(2):
        load(tmp_path, campaign, text)
    assert DoNotContact.objects.count() == 1
    assert masks(campaign, ivy) == masks(campaign, otto) == (0, NoContact.DOOR)


def test_a_household_that_moved_in_since_is_another(
    tmp_path: Path, campaign: Campaign, ivy: Elector, home: Address
) -> None:
    text = "address,postcode\n4 Quarry Lane,WV14 6AA\n"
    load(tmp_path, campaign, text)
    Elector.objects.filter(address=home).update(address=None, on_register=False)
    make_elector(ivy.polling_district, number=6, address=home, forename="New")
    prepare(campaign)

    assert load(tmp_path, campaign, text).filed == 1


def test_marks_for_each_channel_are_read_as_other_tools_write_them(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = (
        "elector number,do not call,do not email,do not knock\n"
        "BN1-4,x,no,\n"
        "BN1-5,no,no,\n"
    )
    imported = load(tmp_path, campaign, text)
    assert imported.filed == 1
    assert masks(campaign, ivy) == (NoContact.PHONE, 0)
    assert imported.problems == [(3, "It marks no channel that they do not want.")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BN1-99,,,,", "No elector has this number in that register."),
        (",phone,person,,", "It names nobody: no number, or name and address."),
        (
            "BN1-4,pigeon,,,",
            "Its channel is none of door, phone, letter, e-mail or all.",
        ),
        ("BN1-4,,street,,", "It says neither person nor household."),
        ("BN1-4,,,31/02/2024,", "Its date is not a day such as 2024-04-20."),
        ("BN1-4,,,2099-01-01,", "It was said on a day that has not come."),
    ],
)
def test_a_doubtful_row_is_told_and_not_taken(
    tmp_path: Path, campaign: Campaign, ivy: Elector, row: str, reason: str
) -> None:
    imported = load(tmp_path, campaign, f"{HEADER}{row}\n")
    assert (imported.doubtful, imported.problems) == (1, [(2, reason)])
    assert not DoNotContact.objects.exists()


def test_a_wish_that_was_taken_back_since_is_not_revived_by_an_old_list(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    by = system(campaign.organisation)
    load(tmp_path, campaign, f"{HEADER}BN1-4,,,2024-03-01,\n")
    wish = DoNotContact.objects.get()
    lift_do_not_contact(wish, reason="They asked for news", by=by, at=NOW)

    for day in ("2024-03-01", ""):
        imported = load(tmp_path, campaign, f"{HEADER}BN1-4,,,{day},\n")
        assert imported.problems == [
            (2, "They took this wish back since: if they ask again, note it by hand.")
        ]
    later = NOW + timedelta(days=3)
    text = f"{HEADER}BN1-4,,,{later.date() - timedelta(days=1)},\n"
    assert load(tmp_path, campaign, text, clock=lambda: later).filed == 1


def test_a_check_says_the_same_and_writes_nothing(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = f"{HEADER}BN1-4,,,,\nBN1-4,,,,\nBN1-9,,,,\n"
    checked = load(tmp_path, campaign, text, only_check=True)
    assert (checked.filed, checked.already_filed, checked.doubtful) == (1, 1, 1)
    assert not DoNotContact.objects.exists()
    assert load(tmp_path, campaign, text) == checked


@pytest.mark.parametrize(
    ("text", "terms", "code"),
    [
        ("colour,channel,size\nred,phone,1\n", Terms("a list"), "no_elector"),
        (f"{HEADER}BN1-4,,,,\n", Terms(" "), "no_source"),
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
        load(tmp_path, campaign, text, terms=terms)
    assert refused.value.code == code


def test_the_command_answers_programs_and_people(
    tmp_path: Path,
    campaign: Campaign,
    ivy: Elector,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "opt-outs.csv"
    file.write_text(f"{HEADER}BN1-4,phone,,,the sign-up form\nBN1-9,,,,\n")
    told = ["import_opt_outs", str(file), "--campaign=mayor-2024", "--source=our list"]

    call_command(*told, "--json", "--dry-run")
    assert json.loads(capsys.readouterr().out)["filed"] == 1
    assert not DoNotContact.objects.exists()
    call_command(*told, "--json", "--this-election")
    assert json.loads(capsys.readouterr().out)["problems"] == [
        [3, "No elector has this number in that register."]
    ]
    wish = DoNotContact.objects.get()
    assert (wish.source, wish.campaign) == ("the sign-up form", campaign)
    call_command(*told)
    assert "line 3: No elector" in capsys.readouterr().out


def looked_at(desk: Client, campaign: Campaign, lines: str) -> Job:
    """Sent by the page and looked at by its job, which is told of and nothing more."""
    file = BytesIO(f"{HEADER}{lines}".encode())
    file.name = "opt-outs.csv"
    council = campaign.councils.get()
    desk.post(
        f"{PAGE}load/",
        {"file": file, "council": council.pk, "source": "Our list", "for_good": "on"},
    )
    check = Job.objects.get()
    run_here(check)
    return check


def test_a_list_with_nothing_new_is_not_offered_to_be_loaded(
    campaign: Campaign, ivy: Elector, organiser: User
) -> None:
    desk = signed_in(organiser)
    check = looked_at(desk, campaign, "BN1-9,,,,\n")

    shown = desk.get(f"{PAGE}load/{check.pk}/").content.decode()

    assert "Nothing in it is new, so there is nothing to load." in shown
    assert "Load it" not in shown


def test_an_organiser_sees_first_what_a_list_would_do(
    campaign: Campaign, ivy: Elector, organiser: User
) -> None:
    desk = signed_in(organiser)
    check = looked_at(desk, campaign, "BN1-4,phone,,2024-03-01,\nBN1-9,,,,\n")
    shown = desk.get(f"{PAGE}load/{check.pk}/").content.decode()
    assert "What it would do" in shown
    assert "No elector has this number in that register." in shown
    assert not DoNotContact.objects.exists()

    desk.post(f"{PAGE}load/{check.pk}/go/")
    loaded = Job.objects.latest("pk")
    run_here(loaded)
    assert "Loaded" in desk.get(f"{PAGE}load/{loaded.pk}/").content.decode()
    listed = desk.get(PAGE).content.decode()
    assert ivy.full_name in listed
    assert "Our list" in listed
    assert "1 March 2024" in listed
