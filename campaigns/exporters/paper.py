"""What papers of the money have: page, styles, ruled tables, a foot with their mark."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import IO, Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Table,
    TableStyle,
)

from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts

MARGIN = 18 * mm
PADDING = 6  # that ReportLab puts round every frame
WIDTH = A4[0] - 2 * MARGIN - 2 * PADDING
INK = colors.HexColor("#16202a")
QUIET = colors.HexColor("#4d5b69")
LINE = colors.HexColor("#d5dbe1")
# Of a cell: before its text, after it, and after what the next one might touch.
BEFORE, AFTER, APART = 2, 2, 7
# The most of a row that stands on one page, with its heads above and a sum below.
PIECE = 120 * mm
CAUTION = (colors.HexColor("#8a5a00"), colors.HexColor("#fbefd6"))
STOP = (colors.HexColor("#b3261e"), colors.HexColor("#fbe3e1"))

BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=9, leading=12.5, textColor=INK)
SMALL = ParagraphStyle("small", BODY, fontSize=8, leading=10.5)
NOTE = ParagraphStyle("note", SMALL, textColor=QUIET)
RIGHT = ParagraphStyle("right", SMALL, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", SMALL, fontName=BOLD, textColor=QUIET)
HEAD_RIGHT = ParagraphStyle("head right", HEAD, alignment=TA_RIGHT)
TITLE = ParagraphStyle(
    "title", BODY, fontName=BOLD, fontSize=18, leading=22, spaceAfter=3
)
SECTION = ParagraphStyle(
    "section",
    BODY,
    fontName=BOLD,
    fontSize=11.5,
    leading=15,
    spaceBefore=12,
    spaceAfter=3,
    keepWithNext=1,
)


class NumberedCanvas(Canvas):
    """Keeps each page until the last is laid out, so that a foot can say how many
    there are."""

    def __init__(self, *arguments: Any, foot: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._foot = foot
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's own name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(f"Page {number} of {len(self._pages)}")
            super().showPage()
        super().save()

    def _draw_foot(self, number: str) -> None:
        self.setFont(REGULAR, 7.5)
        self.setFillColor(QUIET)
        self.drawString(MARGIN + PADDING, 10 * mm, self._foot)
        right = self._pagesize[0] - MARGIN - PADDING
        self.drawRightString(right, 10 * mm, number)


def write_paper(
    out: IO[bytes],
    story: Iterable[Flowable],
    *,
    title: str,
    foot: str,
    size: tuple[float, float] = A4,
) -> None:
    """Lay the story out; `foot` stands at the foot of every page, with its number
    and how many there are."""
    register_fonts()
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=title,
        author="Committee Room",
        lang="en-GB",
    )
    document.build(list(story), canvasmaker=partial(NumberedCanvas, foot=foot))


def ruled_table(
    heads: Sequence[str],
    rows: list[list[Any]],
    widths: Sequence[float],
    *,
    numbers_from: int,
    has_sum: bool = False,
) -> Flowable:
    """A line under each row; the columns from `numbers_from` on stand to the right.
    A last row that is a sum never stands alone on a page. What is higher than a page
    goes on in a row below."""
    afters = [APART if at < numbers_from else AFTER for at, _ in enumerate(widths)]
    rooms = [
        width - BEFORE - after for width, after in zip(widths, afters, strict=True)
    ]
    rows = [piece for row in rows for piece in _pieces(row, rooms)]
    has_heads = any(heads)
    if has_heads:
        head: list[Any] = [
            paragraph(word, HEAD_RIGHT if at >= numbers_from else HEAD)
            for at, word in enumerate(heads)
        ]
        rows = [head, *rows]
    table = Table(rows, colWidths=widths, repeatRows=1 if has_heads else 0)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
                ("LEFTPADDING", (0, 0), (-1, -1), BEFORE),
                *(
                    ("RIGHTPADDING", (at, 0), (at, -1), after)
                    for at, after in enumerate(afters)
                ),
            ]
        )
    )
    if has_sum:
        table.setStyle(TableStyle([("NOSPLIT", (0, -2), (-1, -1))]))
    return table


def _pieces(row: list[Any], rooms: Sequence[float]) -> Iterator[list[Any]]:
    """The row, in as many as it takes for none to be higher than a page."""
    rest = row
    while True:
        split = [_split(cell, room) for cell, room in zip(rest, rooms, strict=True)]
        yield [first for first, _ in split]
        rest = [later for _, later in split]
        if not any(rest):
            return


def _split(cell: Paragraph | str, room: float) -> tuple[Paragraph | str, Any]:
    """What of a cell stands in one piece of its row, and what goes on below."""
    if isinstance(cell, str):
        return cell, ""
    first, *later = cell.split(room, PIECE) or [cell]
    return first, later[0] if later else ""


def paragraph(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(safe(text), style)


def safe(text: str) -> str:
    """Paragraphs read tags, so that what people typed must hold none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
