"""What became of two of the mayor's bills: one was disputed, one was credited."""

from datetime import date, datetime
from decimal import Decimal

from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.invoice_disputes import dispute_invoice
from campaigns.clock import UK
from campaigns.models import Campaign, Invoice, Organisation
from config.demo import cast
from config.demo.helpers import actor_of

TOLD_AT = datetime(2024, 4, 22, 15, 30, tzinfo=UK)
DISPUTED, CREDITED = "SH 24-17", "PP-1240"


def settle_claims(organisation: Organisation, now: datetime) -> None:
    """Once; a bill that has not come yet is left for later."""
    if now < TOLD_AT:
        return
    by = actor_of(cast.AGENTS[cast.MAYOR], at=now)
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    bills = Invoice.objects.of(organisation).filter(expense__campaign=campaign)
    for invoice in bills.filter(number=DISPUTED, dispute_reason=""):
        dispute_invoice(
            invoice,
            reason="The hall was not heated, and the microphones failed after an hour.",
            by=by,
            at=TOLD_AT,
        )
    for invoice in bills.filter(number=CREDITED, credit_notes=None):
        record_credit_note(
            invoice=invoice,
            number="PP-C88",
            amount=Decimal("620.00"),
            dated_on=date(2024, 4, 22),
            reason="10,000 copies fewer were delivered than invoiced.",
            by=by,
            at=TOLD_AT,
        )
