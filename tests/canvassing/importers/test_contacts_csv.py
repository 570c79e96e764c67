"""Contacts from another tool's file: filed once, doubtful rows held by line."""

import json
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from campaigns.access import system
from campaigns.models import (
    Address,
    Campaign,
    ControllerKind,
    Elector,
    PollingDistrict,
    RegisterEntry,
    Ward,
)
from campaigns.rules.addresses import parse_address
from campaigns.rules.refusals import Refusal
from canvassing.actions.opinions import withdraw_consent
from canvassing.importers import row_batches
from canvassing.importers.contact_checks import check_contacts
from canvassing.importers.contacts_csv import ContactsImported, import_contacts
from canvassing.models import Contact, HeldItem, OpinionConsent
from tests.canvassing.contact_helpers import differences, prepare, standing
from tests.cast import NOW, make_address, make_district, make_edition, make_elector

HEADER = "elector number,outcome,intention,pledge,said_at,uuid\n"


@pytest.fixture
def district(campaign: Campaign, ward: Ward) -> PollingDistrict:
    return make_district(campaign.organisation, ward)


@pytest.fixture
def home(district: PollingDistrict) -> Address:
    key = parse_address(["4 Quarry Lane"], "WV14 6AA").key
    return make_address(district, key=key)


@pytest.fixture
def ivy(campaign: Campaign, district: PollingDistrict, home: Address) -> Elector:
    elector = make_elector(district, number=4, address=home)
    prepare(campaign)
    return elector


def load(
    tmp_path: Path, campaign: Campaign, text: str, **options: Any
) -> ContactsImported:
    file = tmp_path / "contacts.csv"
    file.write_bytes(text.encode(options.pop("encoding", "utf-8")))
    return import_contacts(
        file,
        by=system(campaign.organisation),
        clock=options.pop("clock", lambda: NOW),
        campaign=campaign,
        council=campaign.councils.get(),
        **options,
    )


def test_a_file_is_filed_once_however_often_it_is_loaded(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = HEADER + "BN1-4,spoken,P1,,2024-03-01,\nBN1-4,not_in,,,02/03/2024,\n"

    first = load(tmp_path, campaign, text, encoding="utf-8-sig")
    again = load(tmp_path, campaign, text)

    assert first == ContactsImported(lines=2, filed=2, already_filed=0, held=0)
    assert again == ContactsImported(lines=2, filed=0, already_filed=2, held=0)
    assert standing(campaign, ivy).pledged
    assert {contact.channel for contact in Contact.objects.all()} == {"import"}


def test_the_other_tools_codes_and_columns_are_translated(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "Voter Number;GE24 VI;Date of Note 1\nBN1-4;L;2024-03-01\n"

    loaded = load(
        tmp_path,
        campaign,
        text,
        codes={"L": "P1"},
        columns={"intention": "GE24 VI", "said_at": "Date of Note 1"},
    )

    assert loaded.filed == 1
    assert standing(campaign, ivy).intention.code == "P1"


def test_what_was_told_once_is_remembered_for_the_campaigns_next_file(
    tmp_path: Path, campaign: Campaign, other_campaign: Campaign, ivy: Elector
) -> None:
    prepare(other_campaign)
    header = "Voter Number;GE24 VI;Date of Note 1\n"
    told = {
        "codes": {"L": "P1"},
        "columns": {"intention": "GE24 VI", "said_at": "Date of Note 1"},
    }

    load(tmp_path, campaign, f"{header}BN1-4;L;2024-03-01\n", **told)
    later = load(tmp_path, campaign, f"{header}BN1-4;L;2024-03-02\n")
    more = load(tmp_path, campaign, f"{header}BN1-4;D;2024-03-03\n", codes={"D": "U"})
    both = load(tmp_path, campaign, f"{header}BN1-4;L;2024-03-04\n")

    assert (later.filed, more.filed, both.filed) == (1, 1, 1)
    with pytest.raises(Refusal, match="no column"):
        load(tmp_path, other_campaign, f"{header}BN1-4;L;2024-03-02\n")


def test_a_code_that_the_campaign_does_not_have_is_refused(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = HEADER + "BN1-4,spoken,L,,2024-03-01,\n"

    with pytest.raises(Refusal, match="no code 'P9'"):
        load(tmp_path, campaign, text, codes={"L": "P9"})

    assert not HeldItem.objects.exists()


def test_one_column_may_hold_answers_and_outcomes_in_codes_or_words(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = (
        "elector number,code,date\n"
        "BN1-4,p1,2021-03-01\nBN1-4,Not in,2021-03-02\nBN1-4,NI,2021-03-03\n"
    )

    loaded = load(tmp_path, campaign, text, codes={"NI": "not_in"})

    assert loaded.filed == 3
    said_so = Contact.objects.order_by("said_at").values_list(
        "outcome__code", flat=True
    )
    assert list(said_so) == ["spoken", "not_in", "not_in"]
    assert not Contact.objects.filter(time_is_doubtful=True).exists()


def test_a_row_held_for_its_number_is_filed_once_the_number_is_known(
    tmp_path: Path, campaign: Campaign, ivy: Elector, district: PollingDistrict
) -> None:
    text = HEADER + "BN1-5,spoken,P1,,2024-03-01,\n"

    first = load(tmp_path, campaign, text)
    tom = make_elector(district, number=5, forename="Tom")
    prepare(campaign)
    again = load(tmp_path, campaign, text)

    assert (first.held, again.filed) == (1, 1)
    assert standing(campaign, tom).pledged
    assert HeldItem.objects.get().resolution == "Filed."


def test_a_file_whose_columns_are_told_anew_is_not_filed_twice(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "elector number,code,date,Said\nBN1-4,P1,2024-03-01,Ring after six\n"

    load(tmp_path, campaign, text)
    again = load(tmp_path, campaign, text, columns={"note": "Said"})

    assert again == ContactsImported(lines=1, filed=0, already_filed=1, held=0)
    assert Contact.objects.count() == 1


def test_a_row_held_for_a_column_that_was_not_a_date_waits_no_longer_once_filed(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "elector number,code,date,Day\nBN1-4,P1,monday,2024-03-01\n"

    first = load(tmp_path, campaign, text)
    again = load(tmp_path, campaign, text, columns={"said_at": "Day"})

    assert (first.held, again.filed) == (1, 1)
    assert HeldItem.objects.get().resolution == "Filed."


def test_a_number_that_is_now_of_the_same_family_is_held(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "elector number,surname,forename,intention,date\n"

    other = load(tmp_path, campaign, f"{text}BN1-4,Marsh,Tom,P1,2024-03-01\n")
    initial = load(tmp_path, campaign, f"{text}BN1-4,Marsh,I,P1,2024-03-01\n")

    assert (other.held, initial.filed) == (1, 1)


def test_a_person_is_found_by_name_and_address(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = (
        "name,address,postcode,code,date\n"
        'Ivy Marsh,"4, Quarry Lane",WV14 6AA,P1,2024-03-01\n'
        "Nell Marsh,4 Quarry Lane,WV14 6AA,P1,2024-03-01\n"
    )

    loaded = load(tmp_path, campaign, text)

    assert (loaded.filed, loaded.held) == (1, 1)
    assert standing(campaign, ivy).pledged
    assert HeldItem.objects.get().reason == (
        "Line 3: Nobody of this name is registered at this address."
    )


def test_a_number_that_now_belongs_to_another_name_is_held(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = "elector number,surname,intention,date\nBN1-4,Heath,P1,2024-03-01\n"

    loaded = load(tmp_path, campaign, text)

    assert loaded.held == 1
    assert "another name" in HeldItem.objects.get().reason


def test_numbers_are_read_as_they_stood_at_an_edition(
    tmp_path: Path, campaign: Campaign, ivy: Elector, district: PollingDistrict
) -> None:
    old = RegisterEntry.objects.get(elector=ivy).from_edition
    new = make_edition(campaign.organisation, district.council)
    RegisterEntry.objects.filter(elector=ivy).update(until_edition=new)
    otto = make_elector(district, number=4, edition=new, forename="Otto")
    differences(campaign)

    then = HEADER + "BN1-4,spoken,P1,,2024-03-01,\n"
    now = HEADER + "BN1-4,spoken,B,,2024-03-01,\n"
    load(tmp_path, campaign, then, edition=old)
    load(tmp_path, campaign, now)

    assert standing(campaign, ivy).intention.code == "P1"
    assert standing(campaign, otto).intention.code == "B"


def test_bad_rows_are_held_with_their_line_and_the_good_go_in(
    tmp_path: Path, campaign: Campaign, ivy: Elector
) -> None:
    text = HEADER + (
        "BN1-4,spoken,P1,,2024-03-01,\n"
        "BN1-99,spoken,P1,,2024-03-01,\n"
        "four,spoken,P1,,2024-03-01,\n"
        "BN1-4,spoken,P1,,some day,\n"
        "BN1-4,spoken,Q9,,2024-03-02,\n"
        "\n"
    )

    first = load(tmp_path, campaign, text)
    again = load(tmp_path, campaign, text)

    assert first == ContactsImported(lines=5, filed=1, already_filed=0, held=4)
    assert again == ContactsImported(lines=5, filed=0, already_filed=1, held=4)
    rows = HeldItem.objects.filter(kind="contact_row").order_by("pk")
    assert {row.reason.partition(":")[0] for row in rows} == {
        "Line 3",
        "Line 4",
        "Line 5",
    }
    assert HeldItem.objects.count() == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("outcome,intention,date\nspoken,P1,2024-03-01\n", "elector numbers"),
        ("elector number,name,date\nBN1-4,Ivy,2024-03-01\n", "no column of answers"),
        ("elector number,outcome,code\nBN1-4,spoken,P1\n", "no column of dates"),
        (HEADER + 'BN1-4,spoken,P1,,2024-03-01,\nBN1-4,spoken,"P', "cut off"),
    ],
    ids=["empty", "nobody", "no answer", "no date", "cut off"],
)
def test_a_file_that_is_not_whole_changes_nothing(
    tmp_path: Path, campaign: Campaign, ivy: Elector, text: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        load(tmp_path, campaign, text)

    assert not Contact.objects.exists()


def test_each_batch_carries_the_time_at_which_it_is_written(
    tmp_path: Path,
    campaign: Campaign,
    ivy: Elector,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(row_batches, "BATCH", 1)
    minutes = (NOW + timedelta(minutes=n) for n in count())
    text = HEADER + "BN1-4,not_in,,,2024-03-01,\nBN1-4,not_in,,,2024-03-02,\n"

    load(tmp_path, campaign, text, clock=lambda: next(minutes))

    received = Contact.objects.order_by("pk").values_list("received_at", flat=True)
    assert list(received) == [NOW, NOW + timedelta(minutes=1)]


def test_the_command_answers_with_counts(
    tmp_path: Path,
    campaign: Campaign,
    ivy: Elector,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(HEADER + "BN1-4,spoken,L,,2024-03-01,\n")

    call_command(
        "record_contacts",
        str(file),
        "--campaign=mayor-2024",
        "--council=E08000031",
        "--map=L=P1",
        "--json",
    )

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer == {
        "lines": 1,
        "filed": 1,
        "already_filed": 0,
        "held": 0,
        "nothing_said": 0,
        "let_go": 0,
    }


def test_rebuild_standing_answers_with_counts(
    campaign: Campaign, ivy: Elector, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rebuild_standing", "--campaign=mayor-2024", "--json")

    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer == {"electors": 1, "different": 0}


CONSENTS = "elector number,intention,said_at,consent wording,consent date\n"
AGREED = "You may keep my views.,2024-02-01"


@pytest.fixture
def independent(campaign: Campaign) -> None:
    """A candidate who stands for no party."""
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()


def test_consent_comes_with_its_words_and_its_day_and_lets_views_be_kept(
    tmp_path: Path, campaign: Campaign, ivy: Elector, independent: None
) -> None:
    without = load(tmp_path, campaign, f"{CONSENTS}BN1-4,P1,2024-03-01,,\n")
    assert (without.filed, without.held) == (0, 1)

    text = f"{CONSENTS}BN1-4,P1,2024-03-01,{AGREED}\n"
    loaded = [load(tmp_path, campaign, text) for _ in range(2)]

    assert [one.filed for one in loaded] == [1, 0]
    consent = OpinionConsent.objects.get()
    assert (consent.elector, consent.text) == (ivy, "You may keep my views.")
    assert (consent.channel, consent.version) == ("import", "elsewhere")
    assert consent.given_at.date().isoformat() == "2024-02-01"
    assert standing(campaign, ivy).pledged


def test_a_consent_that_was_taken_back_does_not_stand_again_by_an_old_file(
    tmp_path: Path, campaign: Campaign, ivy: Elector, independent: None
) -> None:
    text = f"{CONSENTS}BN1-4,P1,2024-03-01,{AGREED}\n"
    load(tmp_path, campaign, text)
    by = system(campaign.organisation)
    withdraw_consent(OpinionConsent.objects.get(), by=by, at=NOW)

    load(tmp_path, campaign, text)

    assert not OpinionConsent.objects.filter(withdrawn_at=None).exists()
    assert not standing(campaign, ivy).pledged


@pytest.mark.parametrize(
    ("consent", "held"),
    [
        ("You may keep my views.,", "consent"),
        (",2024-02-01", "consent"),
        ("You may keep my views.,2030-02-01", "consent_lacking"),
    ],
)
def test_half_a_consent_is_held_with_its_row(
    tmp_path: Path,
    campaign: Campaign,
    ivy: Elector,
    independent: None,
    consent: str,
    held: str,
) -> None:
    load(tmp_path, campaign, f"{CONSENTS}BN1-4,P1,2024-03-01,{consent}\n")
    assert HeldItem.objects.get().code == held
    assert not OpinionConsent.objects.exists()


def test_a_check_counts_what_the_files_own_consent_lets_in(
    tmp_path: Path, campaign: Campaign, ivy: Elector, independent: None
) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(f"{CONSENTS}BN1-4,P1,2024-03-01,{AGREED}\n")

    found = check_contacts(
        file,
        by=system(campaign.organisation),
        campaign=campaign,
        council=campaign.councils.get(),
    )

    assert (found.fit, found.doubtful) == (1, {})
    assert not OpinionConsent.objects.exists()
