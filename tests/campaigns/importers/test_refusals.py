"""What is refused changes nothing and says why in one sentence."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from campaigns.actions.register_editions import EditionRefused, Supply
from campaigns.actions.register_lines import CouncilRefused
from campaigns.importers.recognise import HeaderRefused
from campaigns.importers.register import RegisterRefused
from campaigns.importers.tables import TableRefused
from campaigns.models import (
    Campaign,
    Council,
    Elector,
    PostcodePoint,
    RegisterEdition,
)
from campaigns.rules.refusals import Refusal
from tests.campaigns.registers import Line, Registrar, written

ADA = Line("1", "Ash", "Ada")
STREET = [
    Line(str(n), "Ash", f"Ada{n}", postcode=f"WV1 1{a}{b}")
    for n, (a, b) in enumerate(((a, b) for a in "ABDEF" for b in "ABDEFG"), start=1)
]


def refused(registrar: Registrar, content: bytes, **options: object) -> Refusal:
    before = (Elector.objects.count(), RegisterEdition.objects.count())
    with pytest.raises(Refusal) as caught:
        registrar.load_text(content, **options)
    assert (Elector.objects.count(), RegisterEdition.objects.count()) == before
    return caught.value


@pytest.mark.parametrize("layout", ["xpress_full", "eros_full", "elector8_full"])
@pytest.mark.parametrize("lost", [4, 20, 60])
def test_a_file_that_is_cut_off(registrar: Registrar, layout: str, lost: int) -> None:
    refusal = refused(registrar, written(layout, STREET)[:-lost])

    assert isinstance(refusal, TableRefused)
    assert refusal.code == "cut_off"


def test_a_quote_left_open(registrar: Registrar) -> None:
    content = written("xpress_full", [ADA]) + b'AAA,2,0,,,"Ash,Ben,WV1 1AA,1 Al\r\n'

    assert refused(registrar, content).code == "cut_off"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"Dear Sir,\nplease find attached\n", "not_a_table"),
        (b"%PDF-1.7 a,b,c,d\n1,2,3,4\n", "not_a_table"),
        (b"PK\x03\x04 no workbook", "not_a_table"),
        (b"When,Where,Who,What\n1,2,3,4\n", "columns"),
    ],
)
def test_a_file_that_is_no_register(
    registrar: Registrar, content: bytes, code: str
) -> None:
    refusal = refused(registrar, content)

    assert isinstance(refusal, TableRefused | HeaderRefused)
    assert refusal.code == code


def test_unknown_columns_are_named(registrar: Registrar) -> None:
    refusal = refused(registrar, b"When,Where,Who,What\n1,2,3,4\n")

    assert "When, Where, Who, What" in refusal.message


def test_a_header_without_electors(registrar: Registrar) -> None:
    assert refused(registrar, written("eros_full", [])).code == "no_lines"


def test_lines_that_mostly_cannot_be_read(registrar: Registrar) -> None:
    lines = [Line("x", "Ash", "Ada"), Line("y", "Ash", "Ada"), ADA]

    assert refused(registrar, written("eros_full", lines)).code == "not_a_register"


def test_terms_of_supply_that_name_no_campaign_of_ours(
    registrar: Registrar, foreign_campaign: Campaign
) -> None:
    content = written("eros_full", [ADA])
    nobodys = Supply(supplied_to="candidate")
    anothers = Supply(supplied_to="candidate", campaign=foreign_campaign)

    assert refused(registrar, content, supply=nobodys).code == "no_campaign"
    assert refused(registrar, content, supply=anothers).code == "other_organisation"


def test_the_same_file_again(registrar: Registrar) -> None:
    content = written("eros_full", [ADA])
    registrar.load_text(content)

    refusal = refused(registrar, content)

    assert isinstance(refusal, EditionRefused)
    assert refusal.message == "This file was loaded before, on 23 April 2024."


def test_a_file_older_than_what_is_loaded(registrar: Registrar) -> None:
    registrar.load(ADA)

    refusal = refused(
        registrar,
        written("eros_full", [ADA]),
        published_on=date(2022, 12, 1),
    )

    assert refusal.code == "older"


def test_an_assumed_day_makes_no_file_older(registrar: Registrar) -> None:
    registrar.load(ADA, published_on=None)
    outcome = registrar.update(ADA.now("amend", surname="Elm"), published_on=None)

    assert outcome.published_assumed
    assert outcome.changed == 1


def test_an_update_to_nothing(registrar: Registrar) -> None:
    content = written("eros_update", [ADA.now("add")])

    assert refused(registrar, content).code == "no_full_register"


def test_an_update_that_is_called_a_full_register(registrar: Registrar) -> None:
    content = written("eros_update", [ADA.now("add")])

    refusal = refused(registrar, content, kind="full")

    assert isinstance(refusal, RegisterRefused)


def test_another_councils_file_by_where_its_postcodes_lie(
    registrar: Registrar, other_council: Council
) -> None:
    PostcodePoint.objects.bulk_create(
        PostcodePoint(
            postcode=line.postcode, latitude=52, longitude=-2, council=other_council
        )
        for line in STREET
    )

    refusal = refused(registrar, written("eros_full", STREET))

    assert isinstance(refusal, CouncilRefused)
    assert "Walsall" in refusal.message


def test_another_councils_file_by_what_is_loaded(
    registrar: Registrar, other_council: Council
) -> None:
    there = Registrar(registrar.folder / "..", registrar.organisation, other_council)
    there.load(*STREET)

    refusal = refused(registrar, written("eros_full", STREET))

    assert refusal.code == "wrong_council"


def test_a_file_far_from_what_is_loaded(registrar: Registrar) -> None:
    registrar.load(*STREET)
    elsewhere = [
        Line(line.number, "Elm", "Eve", postcode=line.postcode.replace("WV1", "DY1"))
        for line in STREET
    ]

    assert refused(registrar, written("eros_full", elsewhere)).code == "wrong_council"


def test_a_workbook_whose_sheet_is_cut_off(registrar: Registrar) -> None:
    book, whole, cut = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Elector Number Prefix", "Elector Number", "Elector Surname"])
    book.active.append(["BN1", 1, "Marsh"])
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            lost = 40 if name.endswith("sheet1.xml") else 0
            target.writestr(name, content[: len(content) - lost])

    assert refused(registrar, cut.getvalue()).code == "cut_off"
