"""Receipts in one PDF, by their numbers: all of a campaign, or those of a return.

Every page stands on a sheet of its own, with the receipt's number and what it proves
above it and whoever took the file below. Nothing of a page is covered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from tempfile import TemporaryFile
from typing import IO, Final

from django.db import transaction
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from campaigns.access import Actor
from campaigns.actions.files import open_file, store_file
from campaigns.actions.job_parts import still_mine
from campaigns.exporters.base import watermark
from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts
from campaigns.exporters.pdf_drawings import (
    AS_IT_IS,
    Shown,
    image_shown,
    page_drawing,
    page_shown,
)
from campaigns.exporters.pdf_joining import Drawing, Matrix, PdfJoiner, Source
from campaigns.models import Campaign, JobPart, MoneyDocument
from campaigns.reports.documents import NumberedPaper, live_papers
from campaigns.roles import Capability
from campaigns.rules.file_types import PDF

REASON: Final = "receipts"
KIND: Final = "receipts_bundle"
MARGIN: Final = 12 * mm
# Kept free above for the number, and below for who took it.
HEAD: Final = 24 * mm
FOOT: Final = 14 * mm
PROVES: Final = 2  # lines
INK, QUIET, STOP = map(HexColor, ("#16202a", "#4d5b69", "#a3202a"))
NOT_DRAWN: Final = "This cannot be drawn here: open the file by itself."


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: how many receipts and sheets, and the numbers of those of which
    a page could not be drawn."""

    receipts: int
    sheets: int
    not_drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a sheet, for which `place` is kept until the end."""

    place: IndirectObject
    size: tuple[float, float]
    title: str
    page: str
    proves: str
    since: str
    is_drawn: bool


def write_receipts_bundle(
    out: IO[bytes],
    papers: Sequence[NumberedPaper],
    *,
    mark: str,
    front: IO[bytes] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Bundle:
    """Write the PDF of these papers; `mark` goes to the foot of every sheet.

    The pages of `front`, a PDF of ours, come first as they are.

    One receipt is in memory at a time, beside a few words for each sheet.
    """
    joiner = PdfJoiner(out, title="Return and receipts" if front else "Receipts")
    if front is not None:
        _add_front(joiner, front)
    heads: list[Head] = []
    not_drawn: dict[str, None] = {}
    for done, paper in enumerate(papers):
        progress(done, len(papers))
        for nth, shown in enumerate(_shown(joiner, paper.document)):
            if shown is None:
                not_drawn[paper.number] = None
            heads.append(_add_sheet(joiner, paper, nth, shown))
    _write_heads(joiner, heads, mark)
    return Bundle(len(papers), joiner.close(), tuple(not_drawn))


def _add_front(joiner: PdfJoiner, front: IO[bytes]) -> None:
    source = Source(joiner)
    for nth, page in enumerate(PdfReader(front).pages):
        shown = page_shown(joiner, source, page)
        joiner.add_sheet(
            (shown.width, shown.height),
            [(shown.drawing, shown.matrix)],
            mark="" if nth else "Return",
        )


def _shown(joiner: PdfJoiner, document: MoneyDocument) -> Iterator[Shown | None]:
    """Each page of a receipt; None for one that cannot be drawn."""
    with open_file(document.file) as content:
        if document.file.content_type == PDF:
            source, read = Source(joiner), cache(lambda: PdfReader(content))
            for number in range(document.pages):
                yield _or_none(partial(_page, joiner, source, read, number))
        else:
            yield _or_none(lambda: image_shown(joiner, content))


def _page(
    joiner: PdfJoiner, source: Source, read: Callable[[], PdfReader], number: int
) -> Shown:
    return page_shown(joiner, source, read().pages[number])


def _or_none(draw: Callable[[], Shown]) -> Shown | None:
    try:
        return draw()
    # A page that its reader cannot follow fails in any way that there is.
    except Exception:
        return None


def _add_sheet(
    joiner: PdfJoiner, paper: NumberedPaper, nth: int, shown: Shown | None
) -> Head:
    size = landscape(A4) if shown and shown.width > shown.height else A4
    document, item = paper.document, f", item {paper.item}" if paper.item else ""
    title = f"Receipt {paper.number}{item}"
    head = Head(
        joiner.reserve(),
        size,
        title,
        f"{document.name}, page {nth + 1} of {document.pages}",
        paper.proves,
        paper.since,
        shown is not None,
    )
    drawings: list[Drawing] = [(head.place, AS_IT_IS)]
    if shown:
        drawings.append((shown.drawing, _fitted(shown, size)))
    joiner.add_sheet(size, drawings, mark="" if nth else _bookmark(paper))
    return head


def _bookmark(paper: NumberedPaper) -> str:
    return f"{paper.number}. {paper.proves}"


def _fitted(shown: Shown, size: tuple[float, float]) -> Matrix:
    """Below the head and in the middle, and never larger than it is."""
    across, up = size[0] - 2 * MARGIN, size[1] - HEAD - FOOT
    scale = min(across / shown.width, up / shown.height, 1)
    a, b, c, d, e, f = (scale * number for number in shown.matrix)
    right = MARGIN + (across - scale * shown.width) / 2
    return a, b, c, d, e + right, f + size[1] - HEAD - scale * shown.height


def _write_heads(joiner: PdfJoiner, heads: Sequence[Head], mark: str) -> None:
    """All from one file: letters of its own for each would outweigh most receipts."""
    register_fonts()
    with TemporaryFile() as file:
        canvas = Canvas(file, pageCompression=1)
        for number, head in enumerate(heads, start=1):
            canvas.setPageSize(head.size)
            _draw_head(canvas, head, mark, f"Sheet {number} of {len(heads)}")
            canvas.showPage()
        canvas.save()
        source = Source(joiner)
        for head, page in zip(heads, PdfReader(file).pages, strict=True):
            joiner.write(page_drawing(joiner, source, page), head.place)


def _draw_head(canvas: Canvas, head: Head, mark: str, number: str) -> None:
    width, height = head.size
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 12)
    across = width - 2 * MARGIN
    room = across - stringWidth(head.page, REGULAR, 8.5) - MARGIN
    [title, *_] = simpleSplit(head.title, BOLD, 12, room)
    canvas.drawString(MARGIN, height - 10 * mm, title)
    canvas.setFont(REGULAR, 8.5)
    lines = simpleSplit(head.proves, REGULAR, 8.5, across)[:PROVES]
    for nth, line in enumerate(lines):
        canvas.drawString(MARGIN, height - 14.5 * mm - nth * 10.5, line)
    if head.since:
        canvas.setFillColor(STOP)
        line = simpleSplit(head.since, REGULAR, 8.5, across)[0]
        canvas.drawString(MARGIN, height - 14.5 * mm - len(lines) * 10.5, line)
        canvas.setFillColor(INK)
    if not head.is_drawn:
        canvas.drawString(MARGIN, height - HEAD - 10 * mm, NOT_DRAWN)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(width - MARGIN, height - 10 * mm, head.page)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawString(MARGIN, 7 * mm, mark)
    canvas.drawRightString(width - MARGIN, 7 * mm, number)


def run_receipts_bundle(
    part: JobPart, progress: Callable[[int, int], None]
) -> dict[str, object]:
    """The one part of a `receipts_bundle` job: make the PDF and keep it."""
    job = part.job
    campaign = Campaign.objects.select_related("organisation").get(job=job)
    mark = watermark(
        by=Actor(job.by_kind, job.by_id, job.by_label), at=job.asked_at, reason=REASON
    )
    with TemporaryFile() as out:
        papers = live_papers(campaign)
        made = write_receipts_bundle(out, papers, mark=mark, progress=progress)
        with transaction.atomic():
            still_mine(part)
            store_file(
                out,
                name=f"receipts-{campaign.slug}.pdf",
                kind=KIND,
                capability=Capability.SEE_MONEY,
                organisation=campaign.organisation,
                campaign=campaign,
                job=job,
                at=job.asked_at,
            )
    progress(len(papers), len(papers))
    return {
        "receipts": made.receipts,
        "sheets": made.sheets,
        "not_drawn": list(made.not_drawn),
    }
