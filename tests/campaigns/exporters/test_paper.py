"""How papers of the money break over pages."""

from collections.abc import Iterable
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.platypus import Flowable, Spacer

from campaigns.exporters.fonts import register_fonts
from campaigns.exporters.paper import WIDTH, paragraph, ruled_table, write_paper
from campaigns.exporters.return_pdf import _section as section_of
from campaigns.exporters.spending_report_pdf import _warning as warning_of
from campaigns.reports.cautions import SpendingWarning
from campaigns.reports.return_form import POUNDS, Column, Line, Section

register_fonts()


def pages_of(story: Iterable[Flowable]) -> list[str]:
    out = BytesIO()
    write_paper(out, story, title="A paper", foot="A paper")
    return [page.extract_text() for page in PdfReader(out).pages]


@pytest.mark.parametrize("above", range(650, 730, 5))
def test_a_sum_never_stands_on_a_page_without_a_line_that_it_adds_up(
    above: int,
) -> None:
    rows = [
        [paragraph(what), paragraph("£1.00")] for what in ("First", "Last line", "Sum")
    ]
    table = ruled_table(
        ("What", "Amount"), rows, (WIDTH / 2,) * 2, numbers_from=1, has_sum=True
    )

    pages = pages_of([Spacer(1, above), table])

    assert [page for page in pages if "Sum" in page and "Last line" not in page] == []


@pytest.mark.parametrize("above", range(440, 680, 20))
def test_a_short_section_of_the_return_stands_on_one_page(above: int) -> None:
    columns = (Column("what", "What for"), Column("amount", "Amount", POUNDS, "", True))
    lines = tuple(
        Line(f"expense:{what}", {"what": what, "amount": "1.00"})
        for what in ("First", "Last line", f"Long {'words ' * 150}")
    )
    section = Section("transport", "C. Transport", columns, lines)

    pages = pages_of([Spacer(1, above), *section_of(section)])

    [whole] = [page for page in pages if "C. Transport" in page]
    assert "Last line" in whole
    assert "£3.00" in whole


@pytest.mark.parametrize("has_sum", [False, True])
@pytest.mark.parametrize(
    "said", ["words " * 6_000, "unbroken" * 4_000, "<br/> & " * 3_000]
)
def test_a_line_that_is_higher_than_a_page_goes_on_over_the_next(
    said: str, has_sum: bool
) -> None:
    columns = (
        Column("number", "No."),
        Column("what", "What for"),
        Column("amount", "Amount", POUNDS, "", has_sum),
    )
    lines = [
        Line(f"expense:{number}", {"number": number, "what": what, "amount": "1.00"})
        for number, what in (
            ("A1", "First"),
            ("A2", said),
            ("A3", "Last line"),
            ("A4", said),
        )
    ]
    section = Section("transport", "C. Transport", columns, tuple(lines))

    pages = pages_of(section_of(section))

    text = "".join("".join(pages).split())
    assert text.count("".join(said.split())[:40]) >= 2
    assert text.count(said.split()[0][:8]) >= 2 * said.count(said.split()[0][:8])
    assert all(text.count(number) == 1 for number in ("A1", "A2", "A3", "A4"))
    assert "Lastline" in text


def test_a_long_warning_of_the_spending_report_goes_on_over_the_next_page() -> None:
    warning = SpendingWarning("limit", "It is passed. " * 900)

    pages = pages_of([warning_of(warning)])

    assert "".join(pages).count("passed") == 900
