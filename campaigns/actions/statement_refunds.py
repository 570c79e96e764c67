"""Money that came back of a paid invoice: the credit note, made from its line."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import Actor
from campaigns.actions.credit_notes import file_credit_note
from campaigns.actions.statement_matches import (
    ALREADY_SAID,
    MatchRefused,
    left_of,
    locked_line,
    refuse_money_out,
)
from campaigns.actions.statement_records import save_match
from campaigns.models import Invoice, StatementLine, StatementMatch
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.rules.money import pounds


def refund_line(
    *,
    line: StatementLine,
    invoice: Invoice,
    number: str,
    reason: str,
    is_favour: bool = False,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> StatementMatch:
    """What is left of a line is money of this invoice that came back.

    The credit note is filed with the line's day and of its sum. Undoing the match
    voids it. Audit: `credit_note.recorded`, `statement_line.matched`. Refused: money
    out, nothing left of the line, more than was paid, an invoice that is not paid in
    full (a credit note takes off what is unpaid first, so somebody must say how much it
    is of), and what `record_credit_note` refuses.
    """
    with transaction.atomic(durable=True):
        ours = Invoice.objects.filter(
            pk=invoice.pk, expense__campaign_id=line.campaign_id
        )
        line = locked_line(line, ours)
        refuse_money_out(line)
        left = left_of(line)
        if left <= 0:
            raise MatchRefused("nothing_left", ALREADY_SAID)
        note = file_credit_note(
            invoice=_paid_in_full(ours, left),
            number=number,
            amount=left,
            dated_on=line.day,
            reason=reason,
            is_favour=is_favour,
            refunded_on=line.day,
            over_limit_reason=over_limit_reason,
            by=by,
            at=at,
        )
        return save_match(
            line, left, "matched", by=by, at=at, credit_note=note, made=True
        )


def _paid_in_full(invoices: QuerySet[Invoice], left: Decimal) -> Invoice:
    """The one invoice, of which so much may have come back."""
    found = invoices.select_related("expense").first()
    if found is None or found.voided_at is not None:
        raise MatchRefused("no_invoice", "There is no such invoice of this campaign.")
    standing = standing_of_invoice(found)
    if left > standing.paid:
        raise MatchRefused(
            "more_than_paid",
            f"{pounds(left)} came back, but only {pounds(standing.paid)} was paid on"
            " this invoice.",
        )
    if standing.unpaid:
        raise MatchRefused(
            "not_paid_in_full",
            f"{pounds(standing.unpaid)} of this invoice is not paid, and a credit note"
            " takes that off first: file the credit note of its whole sum on the"
            " invoice, then match the line to it.",
        )
    return found
