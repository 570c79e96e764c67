"""Letters for window envelopes, and the same as a table for a mailing house.

What a window shows is names and address, nothing else. Paragraphs that name nobody are
set once for each text and referred to by every letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from campaigns.exporters.base import csv_blocks, write_csv
from campaigns.exporters.fonts import REGULAR, register_fonts
from canvassing.exporters.paper import is_within, printable
from canvassing.reports.list_letters import Letter
from canvassing.rules.letters import is_personal, merge

WIDTH, HEIGHT = A4
LEFT: Final = 22 * mm
TEXT_WIDTH: Final = WIDTH - 2 * LEFT
# A DL window, of a sheet folded in three: 20 mm from the left, 50 mm from the top.
WINDOW_TOP: Final = HEIGHT - 54 * mm
WINDOW_WIDTH: Final = 85 * mm
WINDOW_HEIGHT: Final = 31 * mm
WINDOW_SIZE: Final = 10
WINDOW_LEADING: Final = 12
TEXT_TOP: Final = HEIGHT - 105 * mm
TEXT_BOTTOM: Final = 25 * mm
SECOND_PAGE_TOP: Final = HEIGHT - 30 * mm
SIZE: Final = 11
LEADING: Final = 15
GAP: Final = 0.6  # of a line, between paragraphs
IMPRINT: Final = "imprint"
IMPRINT_SIZE: Final = 7
ADDRESS_LINES: Final = 5
COLUMNS: Final = (
    "names",
    "salutation",
    *(f"address_{line}" for line in range(1, ADDRESS_LINES + 1)),
    "postcode",
    "polling_station",
    "imprint",
)


@dataclass(frozen=True, slots=True)
class Stationery:
    """What all letters of a run have in common; `values` fills the fields but names."""

    title: str
    body: str
    imprint: str
    values: dict[str, str]


@dataclass(slots=True)
class _Press:
    """The canvas, and the paragraphs already set on it by their text."""

    canvas: Canvas
    set_paragraphs: dict[str, str] = field(default_factory=dict)

    def paragraph(self, text: str, y: float) -> None:
        """Print a paragraph that many letters share."""
        if text not in self.set_paragraphs:
            name = f"paragraph{len(self.set_paragraphs)}"
            lines = wrapped(text)
            self.canvas.beginForm(name, 0, -len(lines) * LEADING, WIDTH, LEADING)
            self.lines(lines, 0)
            self.canvas.endForm()
            self.set_paragraphs[text] = name
        self.canvas.saveState()
        self.canvas.translate(0, y)
        self.canvas.doForm(self.set_paragraphs[text])
        self.canvas.restoreState()

    def turn(self) -> None:
        """End the page, which says by whom it is printed."""
        self.canvas.doForm(IMPRINT)
        self.canvas.showPage()

    def lines(
        self,
        lines: Iterable[str],
        y: float,
        *,
        size: float = SIZE,
        leading: float = LEADING,
    ) -> None:
        block = self.canvas.beginText(LEFT, y)
        block.setFont(REGULAR, size, leading)
        for line in lines:
            block.textLine(line)
        self.canvas.drawText(block)


def write_letters(
    out: IO[bytes], letters: Iterable[Letter], stationery: Stationery
) -> int:
    """One ward's letters as one PDF; returns how many electors they name."""
    register_fonts()
    press = _Press(Canvas(out, pagesize=A4, pageCompression=0))
    press.canvas.setTitle(stationery.title)
    _set_imprint(press.canvas, stationery.imprint)
    named = 0
    for letter in letters:
        _write_letter(press, letter, stationery)
        named += len(letter.people)
    if not named:
        press.lines(["Nobody in this ward is sent a letter of this run."], TEXT_TOP)
    press.canvas.save()
    return named


def _write_letter(press: _Press, letter: Letter, stationery: Stationery) -> None:
    _address(press, letter)
    values = {
        **stationery.values,
        "names": letter.names,
        "forenames": letter.forenames,
        "polling_station": letter.polling_station,
    }
    y = TEXT_TOP
    for paragraph in stationery.body.split("\n\n"):
        lines = wrapped(merge(paragraph, values))
        while lines:
            count = _fitting(len(lines), y)
            if not count:
                press.turn()
                y = SECOND_PAGE_TOP
                continue
            piece, lines = lines[:count], lines[count:]
            if is_personal(paragraph):
                press.lines(piece, y)
            else:
                press.paragraph("\n".join(piece), y)
            y -= LEADING * (count + GAP)
    press.turn()


def _fitting(count: int, y: float) -> int:
    """How many of a paragraph's lines to set from here: all, or no single one apart."""
    room = int((y - TEXT_BOTTOM) / LEADING - GAP)
    if count <= room:
        return count
    part = min(room, count - 2)
    return part if part >= 2 else 0


def _address(press: _Press, letter: Letter) -> None:
    """Names and address, set smaller where the window would not show all of it."""
    lines = [
        part
        for line in (letter.names, *letter.address)
        for part in _in_window(printable(line))
    ]
    leading = min(WINDOW_LEADING, WINDOW_HEIGHT / len(lines))
    size = WINDOW_SIZE * leading / WINDOW_LEADING
    press.lines(lines, WINDOW_TOP, size=size, leading=leading)


def _in_window(line: str) -> tuple[str, ...]:
    if is_within(line, WINDOW_WIDTH, WINDOW_SIZE):
        return (line,)
    return wrapped(line, WINDOW_WIDTH, WINDOW_SIZE)


def _set_imprint(canvas: Canvas, imprint: str) -> None:
    canvas.beginForm(IMPRINT, 0, 0, WIDTH, HEIGHT)
    canvas.setFont(REGULAR, IMPRINT_SIZE)
    for at, line in enumerate(reversed(wrapped(imprint, TEXT_WIDTH, IMPRINT_SIZE))):
        canvas.drawString(LEFT, 12 * mm + at * 9, line)
    canvas.endForm()


@lru_cache(maxsize=4096)
def wrapped(
    text: str, width: float = TEXT_WIDTH, size: float = SIZE
) -> tuple[str, ...]:
    """The lines of a paragraph; its own line breaks are kept."""
    return tuple(simpleSplit(printable(text), REGULAR, size, width))


def write_mailing_table(
    out: IO[bytes], letters: Iterable[Letter], *, imprint: str, mark: str
) -> int:
    """One row for each letter, with names and address and nothing about anybody's vote;
    returns how many electors they name. Whoever prints from it has the imprint too."""
    named = 0

    def rows() -> Iterator[list[str]]:
        nonlocal named
        for letter in letters:
            named += len(letter.people)
            yield [*_mailing_row(letter), imprint]

    write_csv(out, csv_blocks(COLUMNS, rows(), mark=mark))
    return named


def _mailing_row(letter: Letter) -> list[str]:
    *lines, postcode = letter.address
    room = ADDRESS_LINES - 1
    if len(lines) > ADDRESS_LINES:
        lines = [*lines[:room], ", ".join(lines[room:])]
    lines += [""] * (ADDRESS_LINES - len(lines))
    salutation = f"Dear {letter.forenames}"
    return [letter.names, salutation, *lines, postcode, letter.polling_station]
