"""A4 landscape sheets for the doorstep: heading, rows, tick boxes, QR code, footer.

A sheet is laid out first, as plain rows, so that its footer can say `page 3 of 12`; and
drawn then, all boxes and lines of a page in one path each.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Final

import segno
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts

WIDTH, HEIGHT = landscape(A4)
LEFT: Final = 12 * mm
RIGHT: Final = WIDTH - 12 * mm
TOP: Final = HEIGHT - 12 * mm
FIRST_ROW: Final = TOP - 20 * mm
LAST_ROW: Final = 15 * mm
ROW: Final = 6.2 * mm
BOX: Final = 4.2 * mm
BASELINE: Final = 1.8 * mm
NUMBER: Final = LEFT + 30 * mm
NAME: Final = LEFT + 56 * mm
MARK: Final = 21 * mm
SAYS: Final = BOX + 1.5 * mm
QR: Final = 16 * mm
# As wide as regular letters of this size, which are broader than bold ones of 14.
TITLE: Final = 205 * mm
TITLE_SIZE: Final = 16
DESTROY: Final = (
    "Personal data from the electoral register: for this campaign only. Keep it with"
    " you, hand it back, and have it shredded once its answers are typed up."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What every sheet of one file says at its head and foot. The QR code leads to
    `link`, or says `code` where there is none. `law` is a line of its own above the
    title, `consent` one at the foot, `wishes` one below the subtitle; none is cut for
    what else is said. So many `answers` of the boxes, the first ones, are of how
    somebody votes."""

    title: str
    subtitle: str
    code: str
    printed: str
    boxes: tuple[str, ...]
    link: str = ""
    wishes: str = ""
    law: str = ""
    consent: str = ""
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet; `kind` is block, person, note (a person without boxes),
    postal (one box, beside which `says` stands, in place of the answers) or sent
    (`says` and no box)."""

    kind: str
    door: str = ""
    number: str = ""
    name: str = ""
    mark: str = ""
    says: str = ""
    starts_home: bool = False


@dataclass(slots=True)
class Sheet:
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """Sheets under one heading, which begin on a page of their own."""

    heading: Heading
    sheets: Sequence[Sheet]


ROWS_A_SHEET: Final = int((FIRST_ROW - LAST_ROW) / ROW)


def lay_out(groups: Iterable[tuple[str, Sequence[Sequence[Row]]]]) -> list[Sheet]:
    """Blocks of households onto sheets: a block's title never stands alone, is said
    again where the block goes on overleaf, and a household is kept together."""
    sheets = [Sheet()]
    for title, homes in groups:
        is_new = True
        for home in homes:
            needed = len(home) + is_new
            if len(sheets[-1].rows) + needed > ROWS_A_SHEET and sheets[-1].rows:
                sheets.append(Sheet())
            if is_new or not sheets[-1].rows:
                suffix = "" if is_new else " (continued)"
                sheets[-1].rows.append(Row("block", name=title + suffix))
            is_new = False
            _place(sheets, home, title)
    return sheets


def _place(sheets: list[Sheet], home: Sequence[Row], title: str) -> None:
    """A household larger than a sheet runs over."""
    for row in home:
        if len(sheets[-1].rows) >= ROWS_A_SHEET:
            sheets.append(Sheet([Row("block", name=f"{title} (continued)")]))
        sheets[-1].rows.append(row)


def sides_of(out: IO[bytes]) -> int:
    """How many sides of paper a PDF of ours has."""
    return len(PdfReader(out).pages)


def draw(out: IO[bytes], heading: Heading, sheets: Sequence[Sheet]) -> None:
    """Write a file of one card."""
    draw_cards(out, heading.title, [Card(heading, sheets)])


def draw_cards(out: IO[bytes], title: str, cards: Iterable[Card]) -> None:
    """Write a file of cards, one after the other; each counts its own pages."""
    register_fonts()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("Committee Room")
    for number, card in enumerate(cards, start=1):
        _draw_card(canvas, card, frame=f"frame{number}")
    canvas.save()


def _draw_card(canvas: Canvas, card: Card, *, frame: str) -> None:
    _define_frame(canvas, card.heading, frame)
    columns = box_columns(card.heading.boxes)
    for number, sheet in enumerate(card.sheets, start=1):
        canvas.doForm(frame)
        canvas.setFont(REGULAR, 7)
        canvas.drawRightString(RIGHT, 7 * mm, f"page {number} of {len(card.sheets)}")
        _draw_rows(canvas, sheet.rows, columns, card.heading.answers)
        canvas.showPage()


def box_columns(boxes: Sequence[str]) -> list[float]:
    """The left edge of each box, from the right margin inwards."""
    step = min(17 * mm, (RIGHT - LEFT - 125 * mm) / max(len(boxes), 1))
    return [RIGHT - step * (len(boxes) - at) + 3 * mm for at in range(len(boxes))]


def _define_frame(canvas: Canvas, heading: Heading, name: str) -> None:
    """What is the same on every page of a card is drawn once and referred to."""
    canvas.beginForm(name, 0, 0, WIDTH, HEIGHT)
    canvas.setFont(BOLD, 8)
    canvas.drawString(LEFT, TOP + 1 * mm, heading.law)
    canvas.setFont(BOLD, 14)
    canvas.drawString(LEFT, TOP - 5 * mm, fitting(heading.title, TITLE, TITLE_SIZE))
    size, lines = _two_lines(heading.subtitle)
    canvas.setFont(REGULAR, size)
    for at, line in enumerate(lines):
        canvas.drawString(LEFT, TOP - (9.5 + 3.5 * at) * mm, line)
    canvas.setFont(REGULAR, 7)
    canvas.drawString(LEFT, TOP - (9.5 + 3.5 * len(lines)) * mm, heading.wishes)
    for label, x in zip(heading.boxes, box_columns(heading.boxes), strict=True):
        canvas.drawCentredString(x + BOX / 2, FIRST_ROW + 0.5 * mm, printable(label))
    canvas.drawString(LEFT, 7 * mm, printable(heading.printed))
    _draw_consent(canvas, printable(heading.consent))
    canvas.setFont(REGULAR, 7)
    canvas.drawString(LEFT, 10.5 * mm, DESTROY)
    _draw_code(canvas, heading.link or heading.code, heading.code)
    canvas.endForm()


def _draw_consent(canvas: Canvas, text: str) -> None:
    """In letters small enough for one line."""
    sizes = (7, 6.5, 6, 5.5, 5)
    fit = (at for at in sizes if is_within(text, RIGHT - LEFT, at))
    canvas.setFont(REGULAR, next(fit, sizes[-1]))
    canvas.drawString(LEFT, 14 * mm, text)


def _two_lines(text: str) -> tuple[float, list[str]]:
    """A size and the text on two lines at most: smaller where it is long, and the end
    cut only where even that is too large."""
    width = 225 * mm
    for size in (8, 7, 6):
        lines = simpleSplit(printable(text), REGULAR, size, width)
        if len(lines) <= 2:
            break
    return size, [*lines[:1], fitting(" ".join(lines[1:]), width, size)]


def _draw_code(canvas: Canvas, says: str, code: str) -> None:
    """The QR code at the upper right, and beside it a text for those who type."""
    if not says:
        return
    matrix = segno.make_qr(says, error="m").matrix
    module = QR / len(matrix)
    path = canvas.beginPath()
    for down, line in enumerate(matrix, start=1):
        for along, is_dark in enumerate(line):
            if is_dark:
                x, y = RIGHT - QR + along * module, TOP + 4 * mm - down * module
                path.rect(x, y, module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFont(REGULAR, 7)
    canvas.drawRightString(RIGHT - QR - 2 * mm, TOP - 5 * mm, code)


def _draw_rows(
    canvas: Canvas, rows: Sequence[Row], columns: Sequence[float], answers: int
) -> None:
    boxes, lines = canvas.beginPath(), canvas.beginPath()
    end = columns[0] if columns else RIGHT
    y = FIRST_ROW
    for row in rows:
        y -= ROW
        if row.kind == "block":
            canvas.setFont(BOLD, 10)
            canvas.drawString(LEFT, y + 1.7 * mm, printable(row.name))
            continue
        if row.starts_home:
            lines.moveTo(LEFT, y + ROW)
            lines.lineTo(RIGHT, y + ROW)
            canvas.setFont(BOLD, 9)
            door = fitting(row.door, NUMBER - LEFT - 2 * mm, 9)
            canvas.drawString(LEFT, y + BASELINE, door)
        _draw_fitting(canvas, row.number, NUMBER, NAME - NUMBER - 2 * mm, y)
        _draw_fitting(canvas, row.name, NAME, end - MARK - NAME, y)
        canvas.setFont(REGULAR, 8)
        if row.mark:
            canvas.drawRightString(end - 2 * mm, y + BASELINE, row.mark)
        for x in _boxes_of(row, columns, answers):
            boxes.rect(x, y + 1 * mm, BOX, BOX)
        if row.says and columns:
            aside = SAYS if row.kind == "postal" else 0
            canvas.drawString(columns[0] + aside, y + BASELINE, row.says)
    canvas.setLineWidth(0.3)
    canvas.drawPath(lines)
    canvas.setLineWidth(0.6)
    canvas.drawPath(boxes)


def _boxes_of(row: Row, columns: Sequence[float], answers: int) -> Sequence[float]:
    """None lies under what a line says."""
    if row.kind == "person":
        return columns
    if row.kind != "postal":
        return ()
    end = columns[0] + SAYS + stringWidth(row.says, REGULAR, 8) + 2 * mm
    return [columns[0], *(x for x in columns[answers:] if x > end)]


def _draw_fitting(canvas: Canvas, text: str, x: float, width: float, y: float) -> None:
    """Smaller where the column is too narrow, and only then cut."""
    size = 9 if is_within(printable(text), width, 9) else 7
    canvas.setFont(REGULAR, size)
    canvas.drawString(x, y + BASELINE, fitting(text, width, size))


def printable(text: str) -> str:
    """Letters with their accents in one piece, as the font has them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fitting(text: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis where it is wider than its column."""
    text = printable(text)
    if is_within(text, width, size):
        return text
    while text and not is_within(f"{text}…", width, size):
        text = text[:-1]
    return f"{text}…"


def is_within(text: str, width: float, size: float) -> bool:
    """No letter is wider than its size: most texts need no measuring."""
    return len(text) * size <= width or stringWidth(text, REGULAR, size) <= width
