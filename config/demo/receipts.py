"""Receipts of the demo: invented bills, credit notes and a quotation as PDFs, and a
photograph of one bank slip."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Final

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from campaigns.actions.documents import attach_document
from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts
from campaigns.models import (
    Campaign,
    CreditNote,
    Expense,
    ExpenseState,
    Invoice,
    Order,
    Organisation,
    Payment,
)
from campaigns.models.documents import Row
from campaigns.rules.money import pounds
from config.demo import cast
from config.demo.helpers import actor_of

# Its paper has still to be found.
MISSING: Final = "0091"
# Paid at the counter, and photographed there.
PHOTOGRAPHED: Final = "PP-1187"


def keep_receipts(organisation: Organisation, now: datetime) -> None:
    """Of what the mayor's campaign bought, paid and was credited by now, once."""
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    by = actor_of(cast.AGENTS[cast.MAYOR], at=now)
    papers = (*_bills(campaign), *_credits(campaign), *_orders(campaign))
    for row, source, name, at in (*papers, *_slips(campaign)):
        attach_document(to=row, source=source, name=name, by=by, at=at)


# A row, its file, what that is called, and when it was attached.
Papers = Iterator[tuple[Row, IO[bytes], str, datetime]]


def _bills(campaign: Campaign) -> Papers:
    bills = (
        Invoice.objects.filter(expense__campaign=campaign, receipts__isnull=True)
        .exclude(number=MISSING)
        .select_related("expense__campaign")
        .order_by("recorded_at", "pk")
    )
    for bill in bills:
        name = f"{bill.expense.supplier} {bill.number}.pdf".replace("/", "-")
        yield bill, _bill(bill), name, bill.recorded_at


def _credits(campaign: Campaign) -> Papers:
    notes = (
        CreditNote.objects.filter(
            invoice__expense__campaign=campaign,
            voided_at__isnull=True,
            receipts__isnull=True,
        )
        .select_related("invoice__expense__campaign")
        .order_by("recorded_at", "pk")
    )
    for note in notes:
        name = f"Credit note {note.number}.pdf".replace("/", "-")
        yield note, _credit(note), name, note.recorded_at


def _orders(campaign: Campaign) -> Papers:
    """The quotation that the first order came from."""
    first = Order.objects.filter(
        campaign=campaign,
        order_number=1,
        state=ExpenseState.COMMITTED,
        order_papers__isnull=True,
    )
    for order in first.select_related("campaign"):
        if order.committed_at:
            yield order, _quotation(order), "Quotation.pdf", order.committed_at


def _slips(campaign: Campaign) -> Papers:
    slips = Payment.objects.filter(
        invoice__expense__campaign=campaign,
        invoice__number=PHOTOGRAPHED,
        receipts__isnull=True,
    )
    for paid in slips.select_related("invoice__expense__campaign"):
        yield paid, _slip(paid), "IMG_0217.jpg", paid.recorded_at


def _bill(bill: Invoice) -> IO[bytes]:
    return _letter(
        bill.expense,
        f"Invoice {bill.number}",
        f"{bill.dated_on:%-d %B %Y}",
        f"Together, VAT included: {pounds(bill.amount)}",
        "An invented bill: nobody owes this.",
    )


def _credit(note: CreditNote) -> IO[bytes]:
    return _letter(
        note.invoice.expense,
        f"Credit note {note.number} to invoice {note.invoice.number}",
        f"{note.dated_on:%-d %B %Y}",
        f"Taken back, VAT included: {pounds(note.amount)}",
        "An invented credit note.",
    )


def _quotation(order: Order) -> IO[bytes]:
    return _letter(
        order,
        "Quotation",
        f"{order.incurred_on:%-d %B %Y}",
        f"Our price, VAT included: {pounds(order.amount)}",
        "An invented quotation.",
    )


def _letter(expense: Expense, what: str, day: str, sum_: str, end: str) -> IO[bytes]:
    register_fonts()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    canvas.setFont(BOLD, 20)
    canvas.drawString(60, 760, expense.supplier)
    canvas.setFont(REGULAR, 11)
    said = (expense.supplier_address, "", what, day, f"To: {expense.campaign}", "")
    for nth, line in enumerate((*said, expense.description, sum_, "", end)):
        canvas.drawString(60, 730 - 20 * nth, line)
    canvas.save()
    return made


def _slip(paid: Payment) -> IO[bytes]:
    made = io.BytesIO()
    image = Image.new("RGB", (900, 1200), "#d9d4c7")
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((120, 90, 780, 1110), fill="#fbfaf5")
    lines = (
        "COUNTER PAYMENT",
        f"{paid.paid_on:%-d %B %Y}",
        f"To {paid.invoice.expense.supplier}",
        f"Invoice {paid.invoice.number}",
        f"GBP {paid.amount:,.2f}",
        "Invented",
    )
    for nth, line in enumerate(lines):
        place = (170, 170 + 110 * nth)
        drawing.text(place, line, "#23282d", ImageFont.load_default(44))
    image.save(made, "JPEG")
    return made
