"""Absent voters' lists: each version replaces the one before."""

from datetime import date
from pathlib import Path

import pytest

from campaigns.access import system
from campaigns.actions.absent_voters import AbsentListRefused, AbsentVotersRead
from campaigns.importers.absent_voters import (
    AbsentVotersRefused,
    import_absent_voters,
)
from campaigns.models import AbsentVote, AbsentVoterList, Campaign, Council
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

ADA, BEN = Line("1", "Ash", "Ada"), Line("2", "Ash", "Ben", suffix="1")


@pytest.fixture(autouse=True)
def loaded(registrar: Registrar) -> None:
    registrar.load(ADA, BEN, layout="elector8_full")


def load(
    registrar: Registrar, campaign: Campaign, text: str, **options: object
) -> AbsentVotersRead:
    path: Path = registrar.folder / "absent.csv"
    path.write_bytes(text.encode("cp1252"))
    return import_absent_voters(
        path,
        campaign=campaign,
        council=registrar.council,
        by=system(registrar.organisation),
        at=NOW,
        **options,
    )


def test_postal_and_proxy_voters_are_found_by_number(
    registrar: Registrar, campaign: Campaign
) -> None:
    read = load(
        registrar,
        campaign,
        "ElectorNo,Absent Vote Type,From,Until\r\n"
        "AAA-1,Postal,01/12/2023,Indefinite\r\n"
        "AAA-2/1,Proxy,01/12/2023,03/05/2024\r\n"
        "AAA-9,Postal,,\r\n"
        "nonsense,Postal,,\r\n",
    )

    assert (read.lines, read.postal, read.proxy, read.unknown) == (4, 1, 1, 2)
    proxy = AbsentVote.objects.get(kind="proxy")
    assert proxy.elector_id == registrar.elector("AAA-2/1").pk
    assert proxy.until_on == date(2024, 5, 3)


def test_a_list_of_numbers_alone_has_one_kind(
    registrar: Registrar, campaign: Campaign
) -> None:
    read = load(registrar, campaign, "ElectorNo,,\r\nAAA-1,,\r\n", kind="proxy")

    assert read.proxy == 1


def test_a_list_of_one_column_is_read(registrar: Registrar, campaign: Campaign) -> None:
    read = load(registrar, campaign, "ElectorNo\r\nAAA-1\r\nAAA-2/1\r\n")

    assert (read.lines, read.postal, read.unknown) == (2, 2, 0)


def test_a_list_of_a_council_the_campaign_does_not_fight_in_is_refused(
    registrar: Registrar, campaign: Campaign, other_council: Council
) -> None:
    registrar.council = other_council

    with pytest.raises(AbsentListRefused) as caught:
        load(registrar, campaign, "ElectorNo\r\nAAA-1\r\n")

    assert caught.value.code == "other_council"


def test_a_newer_list_replaces_the_one_before(
    registrar: Registrar, campaign: Campaign
) -> None:
    header = "ElectorNo,Type,From\r\n"
    load(registrar, campaign, header + "AAA-1,Postal,\r\n")

    load(registrar, campaign, header + "AAA-2/1,Postal,\r\n")

    in_force = AbsentVoterList.objects.get(replaced_at__isnull=True)
    votes = AbsentVote.objects.filter(absent_list=in_force)
    assert [vote.elector_id for vote in votes] == [registrar.elector("AAA-2/1").pk]


@pytest.mark.parametrize(
    ("first", "second", "dated"),
    [
        ("AAA-1,Postal,", "AAA-1,Postal,", None),
        ("AAA-1,Postal,", "AAA-2/1,Postal,", date(2024, 1, 1)),
        ("AAA-1,Postal,", "ZZZ-1,Postal,", None),
    ],
    ids=["the same again", "an older one", "nobody's numbers"],
)
def test_a_list_that_may_not_follow_is_refused(
    registrar: Registrar,
    campaign: Campaign,
    first: str,
    second: str,
    dated: date | None,
) -> None:
    header = "ElectorNo,Type,From\r\n"
    load(registrar, campaign, header + first + "\r\n", dated_on=date(2024, 4, 1))

    with pytest.raises(AbsentListRefused):
        load(registrar, campaign, header + second + "\r\n", dated_on=dated)

    assert AbsentVoterList.objects.count() == 1


def test_a_table_without_numbers_is_refused(
    registrar: Registrar, campaign: Campaign
) -> None:
    with pytest.raises(AbsentVotersRefused):
        load(registrar, campaign, "Name,Street,Town\r\nAda,x,y\r\n")
