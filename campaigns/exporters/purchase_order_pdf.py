"""A purchase order on one page, for the supplier."""

from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from campaigns.exporters.paper import (
    HEAD,
    HEAD_RIGHT,
    LINE,
    NOTE,
    RIGHT,
    SECTION,
    SMALL,
    TITLE,
    WIDTH,
    paragraph,
    write_paper,
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
    name = f"Purchase order {order.reference}"
    write_paper(out, _story(order), title=name, foot=name)


def _story(order: PurchaseOrder) -> Iterator[Flowable]:
    expense, campaign = order.expense, order.expense.campaign
    yield paragraph("Purchase order", TITLE)
    yield paragraph(
        f"Number {order.reference} · ordered on {_day(expense.incurred_on)} · "
        f"{campaign}, poll on {_day(campaign.election.poll_on)}",
        NOTE,
    )
    yield paragraph("To", SECTION)
    yield paragraph(expense.supplier)
    yield paragraph(expense.supplier_address or "Address to be added")
    yield paragraph("What is ordered", SECTION)
    yield _lines(order)
    yield paragraph("Your invoice", SECTION)
    yield paragraph(
        f"Send it to the election agent{_agent(order)} and quote {order.reference}. It "
        "cannot come to more than this order, and has to come before the last day for "
        "claims after the poll: a later one may be paid only with the leave of a court."
    )
    if order.reminders:
        yield paragraph("What must stand on the material", SECTION)
        for reminder in order.reminders:
            yield paragraph(reminder)
    yield paragraph("Authorised", SECTION)
    yield paragraph(f"By {order.authorised_by}, on {_day(order.authorised_on)}.")


def _lines(order: PurchaseOrder) -> Flowable:
    expense = order.expense
    used = (
        _day(expense.used_from)
        if expense.used_from == expense.used_until
        else f"{_day(expense.used_from)} to {_day(expense.used_until)}"
    )
    rows: list[list[Any]] = [
        [
            paragraph("Item", HEAD),
            paragraph("To be used", HEAD),
            paragraph("Amount", HEAD_RIGHT),
        ],
        [
            paragraph(expense.description, SMALL),
            paragraph(used, SMALL),
            paragraph(pounds(expense.amount), RIGHT),
        ],
        [
            paragraph("Together, VAT included", HEAD),
            "",
            paragraph(pounds(expense.amount), HEAD_RIGHT),
        ],
    ]
    days = 52 * mm
    return Table(rows, colWidths=(WIDTH - days - SUM, days, SUM), style=RULED)


def _agent(order: PurchaseOrder) -> str:
    name = order.expense.campaign.agent_name
    return f", {name}," if name else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
