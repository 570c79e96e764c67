"""What is said of a line, written down, and struck out again."""

from datetime import datetime
from decimal import Decimal

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import (
    CreditNote,
    Donation,
    Payment,
    Refund,
    StatementLine,
    StatementMatch,
)


def save_match(
    line: StatementLine,
    amount: Decimal,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    payment: Payment | None = None,
    donation: Donation | None = None,
    credit_note: CreditNote | None = None,
    refund: Refund | None = None,
    aside: str = "",
    made: bool = False,
) -> StatementMatch:
    match = StatementMatch(
        organisation_id=line.organisation_id,
        line=line,
        amount=amount,
        payment=payment,
        donation=donation,
        credit_note=credit_note,
        refund=refund,
        aside=aside,
        made=made,
        matched_at=at,
    )
    match.recorded_by(by)
    match.save(force_insert=True)
    _record(verb, match, by=by, at=at)
    return match


def strike_match(
    match: StatementMatch, *, reason: str, by: Actor, at: datetime
) -> None:
    """The line is to be explained again; what the match made is the caller's."""
    match.voided_at, match.void_reason = at, reason
    match.save(update_fields=["voided_at", "void_reason"])
    _record("undone", match, by=by, at=at, reason=reason)


def _record(
    verb: str, match: StatementMatch, *, by: Actor, at: datetime, **data: object
) -> None:
    line = match.line
    audit.record(
        f"statement_line.{verb}",
        by=by,
        at=at,
        organisation_id=line.organisation_id,
        campaign_id=line.campaign_id,
        target=line,
        match=match.pk,
        amount=str(match.amount),
        payment=match.payment_id,
        donation=match.donation_id,
        credit_note=match.credit_note_id,
        **data,
    )
