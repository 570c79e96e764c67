"""Leave of a court to pay a claim after its last day."""

from datetime import date, datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.papers import locked_invoice, refuse_to_strike, strike
from campaigns.clock import day_of
from campaigns.models import CourtLeave, Invoice
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.rules.refusals import Refusal


class LeaveRefused(Refusal):
    """The leave cannot be filed or voided as asked."""


def record_court_leave(
    *,
    invoice: Invoice,
    court: str,
    ordered_on: date,
    note: str = "",
    by: Actor,
    at: datetime,
) -> CourtLeave:
    """File the order of a court on an invoice, which may be paid from its day on.

    Audit verb `court_leave.recorded`.
    Refused: no court; a day before the invoice's own, or to come; a voided invoice, or
    one with its leave.
    """
    if not court.strip():
        raise LeaveRefused("no_court", "Say which court gave leave.")
    if not invoice.dated_on <= ordered_on <= day_of(at):
        raise LeaveRefused(
            "days_out_of_order",
            "An order is made between the day of the invoice and today.",
        )
    with transaction.atomic(durable=True):
        invoice, _ = locked_invoice(invoice)
        if not invoice.stands:
            raise LeaveRefused("invoice_voided", "This invoice is voided.")
        if invoice.leaves.filter(voided_at__isnull=True).exists():
            raise LeaveRefused(
                "leave_given", "Leave was filed for it: void that first."
            )
        leave = CourtLeave(
            organisation_id=invoice.organisation_id,
            invoice=invoice,
            court=court.strip(),
            ordered_on=ordered_on,
            note=note.strip(),
            recorded_at=at,
        )
        leave.recorded_by(by)
        leave.save(force_insert=True)
        _record("court_leave.recorded", leave, invoice, by=by, at=at)
    return leave


def void_court_leave(
    leave: CourtLeave, *, reason: str, by: Actor, at: datetime
) -> CourtLeave:
    """Strike it out. Audit verb `court_leave.voided`.

    Refused: no reason, voided before, or an invoice that was paid.
    """
    with transaction.atomic(durable=True):
        invoice, _ = locked_invoice(leave.invoice)
        leave = CourtLeave.objects.get(pk=leave.pk)
        refuse_to_strike(leave, "leave", reason, refused=LeaveRefused)
        if standing_of_invoice(invoice).paid:
            raise LeaveRefused("already_paid", "It was paid: void its payments first.")
        strike(leave, reason=reason, at=at)
        _record(
            "court_leave.voided", leave, invoice, by=by, at=at, reason=leave.void_reason
        )
    return leave


def _record(
    verb: str,
    leave: CourtLeave,
    invoice: Invoice,
    *,
    by: Actor,
    at: datetime,
    **data: object,
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=invoice.organisation_id,
        campaign_id=invoice.expense.campaign_id,
        target=leave,
        invoice=invoice.pk,
        ordered_on=leave.ordered_on.isoformat(),
        **data,
    )
