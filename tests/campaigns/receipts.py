"""Invented receipts, for every test about them: PDFs and images made on the spot."""

import io
import itertools
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from campaigns.actions.documents import attach_document
from campaigns.models import MoneyDocument
from campaigns.models.documents import Row
from campaigns.reports.documents import account_of
from tests.campaigns.purchases import clerk
from tests.cast import NOW

_counter = itertools.count(1)


def pdf(
    words: str = "Plover Press, invoice", *, pages: int = 1, size: Any = A4
) -> bytes:
    """Each is another file: what is the same is kept once."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    canvas.setTitle(f"Paper {next(_counter)}")
    for number in range(1, pages + 1):
        canvas.drawString(72, size[1] - 72, f"{words}, page {number}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked_pdf() -> bytes:
    writer = PdfWriter(io.BytesIO(pdf()))
    writer.encrypt("secret")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def image(
    kind: str = "JPEG", size: tuple[int, int] = (60, 90), **options: Any
) -> bytes:
    made = io.BytesIO()
    picture = Image.new("RGB", size, (next(_counter) % 256, 120, 90))
    picture.save(made, kind, **options)
    return made.getvalue()


def attach(to: Row, content: bytes = b"", **named: Any) -> MoneyDocument:
    named.setdefault("name", "invoice.pdf")
    named.setdefault("by", clerk(account_of(to).campaign))
    named.setdefault("at", NOW)
    return attach_document(to=to, source=io.BytesIO(content or pdf()), **named)
