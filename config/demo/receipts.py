"""Receipts of the demo: invented bills as PDFs, and a photograph of one bank slip."""

import io
from datetime import datetime
from typing import IO, Final

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from campaigns.actions.documents import attach_document
from campaigns.exporters.fonts import BOLD, REGULAR, register_fonts
from campaigns.models import Campaign, Invoice, Organisation, Payment
from campaigns.rules.money import pounds
from config.demo import cast
from config.demo.helpers import actor_of

# Its paper has still to be found.
MISSING: Final = "0091"
# Paid at the counter, and photographed there.
PHOTOGRAPHED: Final = "PP-1187"


def keep_receipts(organisation: Organisation, now: datetime) -> None:
    """Of each bill of the mayor's campaign that has come by now, once."""
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    by = actor_of(cast.AGENTS[cast.MAYOR], at=now)
    bills = (
        Invoice.objects.of(organisation)
        .filter(expense__campaign=campaign, receipts__isnull=True)
        .exclude(number=MISSING)
        .select_related("expense__campaign")
        .order_by("recorded_at", "pk")
    )
    for bill in bills:
        name = f"{bill.expense.supplier} {bill.number}.pdf".replace("/", "-")
        attach_document(
            to=bill, source=_bill(bill), name=name, by=by, at=bill.recorded_at
        )
    slips = Payment.objects.of(organisation).filter(
        invoice__expense__campaign=campaign,
        invoice__number=PHOTOGRAPHED,
        receipts__isnull=True,
    )
    for paid in slips.select_related("invoice__expense__campaign"):
        attach_document(
            to=paid, source=_slip(paid), name="IMG_0217.jpg", by=by, at=paid.recorded_at
        )


def _bill(bill: Invoice) -> IO[bytes]:
    register_fonts()
    made, expense = io.BytesIO(), bill.expense
    canvas = Canvas(made, pagesize=A4, invariant=1)
    canvas.setFont(BOLD, 20)
    canvas.drawString(60, 760, expense.supplier)
    canvas.setFont(REGULAR, 11)
    for nth, line in enumerate(
        (
            expense.supplier_address,
            "",
            f"Invoice {bill.number}",
            f"{bill.dated_on:%-d %B %Y}",
            f"To: {expense.campaign}",
            "",
            expense.description,
            f"Together, VAT included: {pounds(bill.amount)}",
            "",
            "An invented bill: nobody owes this.",
        )
    ):
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
