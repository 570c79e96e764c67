"""The floor of paper: the same rows on a bare ReportLab canvas, in the same font."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts

COLUMNS = (40, 100, 170, 400)
BOXES = range(500, 800, 50)
ROW = 18


def draw_sheets(rows: Sequence[Sequence[str]], pages: int) -> None:
    """Rows of four texts and six boxes, on as many pages as the product used."""
    register_fonts()
    canvas = Canvas(BytesIO(), pagesize=landscape(A4))
    each = -(-len(rows) // pages)
    for start in range(0, len(rows), each):
        canvas.setFont(BOLD, 14)
        canvas.drawString(40, 560, "Ward: list")
        canvas.setFont(REGULAR, 9)
        canvas.drawString(40, 545, "Pledges, still open. Personal data: destroy.")
        canvas.drawString(40, 20, "Printed by the benchmark, page 1 of 1")
        for at, row in enumerate(rows[start : start + each]):
            y = 530 - at * ROW
            for x, text in zip(COLUMNS, row, strict=True):
                canvas.drawString(x, y, text)
            for x in BOXES:
                canvas.rect(x, y, 12, 12)
            canvas.line(40, y - 3, 800, y - 3)
        canvas.showPage()
    canvas.save()


def draw_letters(heads: Sequence[Sequence[str]], body: Sequence[str]) -> None:
    """One page for each head (names and address), with the same lines of text."""
    register_fonts()
    canvas = Canvas(BytesIO(), pagesize=A4)
    for head in heads:
        for y, lines in ((690, head), (540, body)):
            text = canvas.beginText(60, y)
            text.setFont(REGULAR, 11, 15)
            for line in lines:
                text.textLine(line)
            canvas.drawText(text)
        canvas.setFont(REGULAR, 7)
        canvas.drawString(60, 34, "Printed by Plover Press, 7 Gander Lane, Birmingham")
        canvas.showPage()
    canvas.save()
