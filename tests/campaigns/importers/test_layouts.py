"""Every supplier's file says the same about the same people."""

import io

import openpyxl
import pytest

from campaigns.importers.layouts.xpress import change_by_month
from campaigns.models import Elector, RegisterEntry, RejectedLine
from tests.campaigns.registers import (
    LAYOUTS,
    UPDATES,
    XPRESS_HEADER,
    Line,
    Registrar,
    written,
    xpress,
)

ADA = Line("1", "Ash", "Ada", title="Mrs", supplier_id="E1", uprn="100")
BEN = Line("2", "O'Brien", "Ben", suffix="1", markers="G", supplier_id="E2", uprn="100")
CLEO = Line(
    "3",
    "Birch",
    "Cleo",
    home=("Flat 2", "8 Alder Street", "Wolverhampton"),
    attains="14/09/2024",
    supplier_id="E3",
    uprn="101",
)
OVERSEAS = Line("4", "Cedar", "Dan", home=("OTHER ELECTORS",), postcode="", markers="F")
ANONYMOUS = Line("5", "", "", home=(), postcode="", markers="N")
PEOPLE = (ADA, BEN, CLEO, OVERSEAS, ANONYMOUS)


@pytest.mark.parametrize("layout", UPDATES)
def test_each_layout_gives_the_same_register(registrar: Registrar, layout: str) -> None:
    outcome = registrar.load(*PEOPLE, layout=layout)

    assert outcome.layout == layout
    assert (outcome.lines, outcome.accepted, outcome.rejected) == (5, 5, 0)
    assert (outcome.electors, outcome.households) == (5, 2)
    ada, ben = registrar.elector("AAA-1"), registrar.elector("AAA-2/1")
    assert (ada.surname, ada.forename, ada.address_id) == ("Ash", "Ada", ben.address_id)
    assert (ben.surname, ben.markers) == ("O'Brien", "G")
    cleo = registrar.elector("AAA-3")
    assert cleo.attains_on is not None
    assert cleo.address.flat == "2"
    assert registrar.elector("AAA-4").address_id is None
    assert registrar.elector("AAA-5").is_anonymous


@pytest.mark.parametrize(("full", "update"), UPDATES.items())
def test_each_update_adds_changes_and_ends(
    registrar: Registrar, full: str, update: str
) -> None:
    registrar.load(*PEOPLE, layout=full)
    before = registrar.elector("AAA-1").pk

    outcome = registrar.update(
        ADA.now("amend", surname="Elm"),
        BEN.now("delete"),
        Line("6", "Fir", "Eve", supplier_id="E6", uprn="100", change="add"),
        layout=update,
    )

    assert (outcome.added, outcome.changed, outcome.ended) == (1, 1, 1)
    assert (outcome.electors, outcome.households) == (5, 2)
    assert registrar.elector("AAA-1").pk == before
    assert registrar.elector("AAA-1").surname == "Elm"
    assert not Elector.objects.get(surname="O'Brien").on_register
    assert registrar.elector("AAA-6").forename == "Eve"


def test_titles_and_repeated_headers_in_mid_file_are_passed_over(
    registrar: Registrar,
) -> None:
    first, second = written("eros_full", [ADA]), written("eros_full", [CLEO])
    title = b"Date Published 01/12/2023\r\n"

    outcome = registrar.load_text(title + first + title + b"\r\n" + second)

    assert (outcome.lines, outcome.electors) == (2, 2)
    assert f"{outcome.published_on:%d/%m/%Y}" == "01/12/2023"
    assert not outcome.published_assumed


def test_a_z_before_a_surname_is_the_open_register_mark(registrar: Registrar) -> None:
    registrar.load(Line("1", "(z) Ash", "Ada"), layout="eros_full")

    ada = registrar.elector("AAA-1")
    assert (ada.surname, ada.markers) == ("Ash", "Z")


def test_a_protected_witness_has_no_name(registrar: Registrar) -> None:
    registrar.load(Line("1", "Witness", "Protected", home=(), postcode=""))

    witness = registrar.elector("AAA-1")
    assert witness.is_anonymous
    assert (witness.surname, witness.forename, witness.name_key) == ("", "", "")


@pytest.mark.parametrize("layout", ["xpress_full", "xpress_full_single_name"])
def test_an_entry_printed_as_anonymous_has_no_name(
    registrar: Registrar, layout: str
) -> None:
    line = Line("1", "Anonymous Elector", "Kumar", home=("Other Electors",))

    registrar.load(line, layout=layout)

    nobody = registrar.elector("AAA-1")
    assert nobody.is_anonymous
    assert (nobody.surname, nobody.forename, nobody.middle_names) == ("", "", "")
    entry = RegisterEntry.objects.get()
    assert (entry.surname, entry.forename) == ("", "")


def test_a_date_nobody_can_read_is_shown_for_checking(registrar: Registrar) -> None:
    outcome = registrar.load(Line("1", "Ash", "Ada", attains="PENDING"))

    assert registrar.elector("AAA-1").markers == "?"
    assert outcome.problems[0]["code"] == "date"
    assert outcome.rejected == 0


def test_postcodes_are_repaired_or_reported(registrar: Registrar) -> None:
    outcome = registrar.load(
        Line("1", "Ash", "Ada", postcode="WV1O 8PX"),
        Line("2", "Ash", "Ben", postcode="wv10 8px"),
        Line("3", "Ash", "Cleo", postcode="WOLVES"),
    )

    assert registrar.elector("AAA-1").address.postcode == "WV10 8PX"
    assert outcome.households == 2
    assert [problem["line"] for problem in outcome.problems] == [4]


def test_a_postcode_is_taken_from_the_last_line_where_there_is_no_column(
    registrar: Registrar,
) -> None:
    header = (
        "PD,ENO,Title,First Names,Initials,Surname,Franchise Flag,Address 1,Address 2"
    )
    row = "AAA,1,Ms,Ada,,Ash,,1 Alder Street,Edinburgh EH1 1AA"

    registrar.load_text(f"{header}\r\n{row}\r\n".encode("iso-8859-2"))

    address = registrar.elector("AAA-1").address
    assert (address.postcode, address.locality) == ("EH1 1AA", "Edinburgh")


def test_a_tab_separated_utf_16_file_with_nul_bytes_is_read(
    registrar: Registrar,
) -> None:
    rows = [XPRESS_HEADER.split(","), xpress(Line("1", "Ash\0", "Siân"))]
    text = "".join("\t".join(row) + "\r\n" for row in rows)

    registrar.load_text(text.encode("utf-16-le"))

    ada = registrar.elector("AAA-1")
    assert (ada.surname, ada.forename) == ("Ash", "Siân")


def test_an_excel_workbook_is_read_as_its_csv_would_be(registrar: Registrar) -> None:
    book = openpyxl.Workbook()
    book.active.append(XPRESS_HEADER.split(","))
    row: list[object] = list(xpress(CLEO))
    row[1], row[2] = 3, 0.0
    book.active.append(row)
    book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    outcome = registrar.load_text(out.getvalue())

    assert (outcome.electors, outcome.rejected) == (1, 1)
    assert registrar.elector("AAA-3").attains_on is not None
    assert RejectedLine.objects.get(line=3).raw.startswith("AAA,3,0,")


def test_names_as_printed_stay_in_the_entry(registrar: Registrar) -> None:
    registrar.load(Line("1", "MCDONALD", "Ada"))

    assert registrar.elector("AAA-1").surname == "McDonald"
    assert RegisterEntry.objects.get().surname == "MCDONALD"


@pytest.mark.parametrize(
    ("months", "change"),
    [
        ("3 0 0", "add"),
        ("3 3 0", "add"),
        ("2 3 0", "amend"),
        ("0 3 0", "amend"),
        ("0 0 0", "amend"),
        ("0 0 3", "delete"),
        ("2 0 3", "delete"),
        ("3 0 3", "drop"),
        ("x 0 0", None),
    ],
)
def test_the_months_of_an_xpress_update_say_the_change(
    months: str, change: str | None
) -> None:
    assert change_by_month(*months.split()) == change


def test_every_layout_of_the_tests_is_recognised_by_its_header_alone() -> None:
    from campaigns.importers.recognise import supplier_layout

    printed = {code: header for code, (header, _, _) in LAYOUTS.items() if header}
    for code, header in printed.items():
        recognised = supplier_layout(header.split(","))
        assert recognised is not None
        assert recognised.layout.code == code


def test_unknown_columns_go_by_their_usual_names(registrar: Registrar) -> None:
    text = (
        "Polling District,Roll No,Last Name,First Name,House Number,Street,Postcode\r\n"
        "AAA,1,Ash,Ada,1,Alder Street,WV1 1AA\r\n"
    )

    outcome = registrar.load_text(text.encode())

    assert outcome.layout == "aliases"
    assert registrar.elector("AAA-1").address.printed == "1 Alder Street"


def test_lines_of_a_file_without_a_header_keep_their_numbers(
    registrar: Registrar,
) -> None:
    broken = Line("x", "Ash", "Ada")

    outcome = registrar.load(ADA, BEN, broken, CLEO, layout="strand_full_no_header")

    assert (outcome.accepted, outcome.rejected) == (3, 1)
    assert [(one.line, one.raw[:5]) for one in RejectedLine.objects.all()] == [
        (3, "AAA,x")
    ]


def test_a_sheet_without_a_header_is_read_from_its_first_line(
    registrar: Registrar,
) -> None:
    book = openpyxl.Workbook()
    for line in (ADA, CLEO):
        book.active.append(LAYOUTS["strand_full_no_header"][1](line))
    content = io.BytesIO()
    book.save(content)

    outcome = registrar.load_text(content.getvalue())

    assert (outcome.layout, outcome.electors) == ("strand_full_no_header", 2)


def test_columns_told_once_are_remembered(registrar: Registrar) -> None:
    header = "A,B,C,D,E\r\n"
    told = {
        "prefix": "A",
        "number": "B",
        "whole_name": "C",
        "address": ["D"],
        "postcode": "E",
    }
    row = "AAA,{},Ash Ada,1 Alder Street,WV1 1AA\r\n"
    registrar.load_text((header + row.format(1)).encode(), columns=told)

    outcome = registrar.load_text((header + row.format(2)).encode())

    assert outcome.layout == "mapped"
    assert registrar.elector("AAA-2").surname == "Ash"
