"""A purchase order on one page, for the supplier."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import IO, Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from campaigns.exporters.fonts import register_fonts
from campaigns.exporters.paper import (
    BODY,
    HEAD,
    HEAD_RIGHT,
    LINE,
    MARGIN,
    NOTE,
    RIGHT,
    SECTION,
    SMALL,
    TITLE,
    WIDTH,
)
from campaigns.reports.purchase_orders import PurchaseOrder
from campaigns.rules.money import pounds

SUM = 32 * mm
RULED = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
)


def write_purchase_order(out: IO[bytes], order: PurchaseOrder) -> None:
    """One A4 page, or more where what is ordered is described at length."""
    register_fonts()
    SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=f"Purchase order {order.reference}",
        author="Committee Room",
        lang="en-GB",
    ).build(list(_story(order)))


def _story(order: PurchaseOrder) -> Iterator[Flowable]:
    expense, campaign = order.expense, order.expense.campaign
    yield _text("Purchase order", TITLE)
    yield _text(
        f"Number {order.reference} · ordered on {_day(expense.incurred_on)} · "
        f"{campaign}, poll on {_day(campaign.election.poll_on)}",
        NOTE,
    )
    yield _text("To", SECTION)
    yield _text(expense.supplier)
    yield _text(expense.supplier_address or "Address to be added")
    yield _text("What is ordered", SECTION)
    yield _lines(order)
    yield _text("Your invoice", SECTION)
    yield _text(
        f"Send it to the election agent{_agent(order)} and quote {order.reference}. It "
        "cannot come to more than this order, and has to come before the last day for "
        "claims after the poll: a later one may be paid only with the leave of a court."
    )
    if order.reminders:
        yield _text("What must stand on the material", SECTION)
        for reminder in order.reminders:
            yield _text(reminder)
    yield _text("Authorised", SECTION)
    yield _text(f"By {order.authorised_by}, on {_day(order.authorised_on)}.")


def _lines(order: PurchaseOrder) -> Flowable:
    expense = order.expense
    used = (
        _day(expense.used_from)
        if expense.used_from == expense.used_until
        else f"{_day(expense.used_from)} to {_day(expense.used_until)}"
    )
    rows: list[list[Any]] = [
        [_text("Item", HEAD), _text("To be used", HEAD), _text("Amount", HEAD_RIGHT)],
        [
            _text(expense.description, SMALL),
            _text(used, SMALL),
            _text(pounds(expense.amount), RIGHT),
        ],
        [
            _text("Together, VAT included", HEAD),
            "",
            _text(pounds(expense.amount), HEAD_RIGHT),
        ],
    ]
    days = 52 * mm
    return Table(rows, colWidths=(WIDTH - days - SUM, days, SUM), style=RULED)


def _agent(order: PurchaseOrder) -> str:
    name = order.expense.campaign.agent_name
    return f", {name}," if name else ""


def _text(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Paragraphs read tags, so that what people typed must hold none."""
    return Paragraph(escape(text, quote=False), style)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
