"""Which invoices need the leave of a court to be paid, and whether they have it."""

from dataclasses import dataclass
from datetime import date

from campaigns.models import CourtLeave, Invoice
from campaigns.reports.campaign_deadlines import CampaignDeadlines
from campaigns.rules.late_claims import reasons_for_leave


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """Whether an invoice may be paid on a day, as far as its lateness goes.

    `reasons` say why it needs leave. `leave` is the order that was filed, if any; it
    lets the invoice be paid from its own day on.
    """

    reasons: tuple[str, ...]
    leave: CourtLeave | None
    paid_on: date
    claims_by: date
    payments_by: date

    @property
    def may_be_paid(self) -> bool:
        return not self.reasons or (
            self.leave is not None and self.leave.ordered_on <= self.paid_on
        )


def claim_standing(
    invoice: Invoice, deadlines: CampaignDeadlines, *, paid_on: date
) -> ClaimStanding:
    """`deadlines` are those of the campaign whose expense it is."""
    days = {
        "claims_by": deadlines.last_day("bills_received"),
        "payments_by": deadlines.last_day("bills_paid"),
        "paid_on": paid_on,
    }
    return ClaimStanding(
        reasons=reasons_for_leave(received_on=invoice.received_on, **days),
        leave=next((one for one in invoice.leaves.all() if not one.voided_at), None),
        **days,
    )
