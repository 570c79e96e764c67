"""Which invoices need the leave of a court to be paid, and whether they have it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from campaigns.models import AuthorityKind, Campaign, CourtLeave, Invoice
from campaigns.reports.campaign_deadlines import CampaignDeadlines
from campaigns.rules.late_claims import CAMPAIGNERS_NOT_READ, reasons_for_leave


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """Whether an invoice may be paid on a day, as far as its lateness goes.

    `reasons` say why it needs leave. `leave` is the order that was filed, if any; it
    lets the invoice be paid from its own day on. Where `is_campaigners` the campaigner
    pays it, and it was not read whether they need leave: they are not refused.
    """

    reasons: tuple[str, ...]
    leave: CourtLeave | None
    paid_on: date
    claims_by: date
    payments_by: date
    is_campaigners: bool

    @property
    def has_no_leave(self) -> bool:
        """It needs leave, and none was given by that day."""
        if not self.reasons:
            return False
        return self.leave is None or self.leave.ordered_on > self.paid_on

    @property
    def may_be_paid(self) -> bool:
        return self.is_campaigners or not self.has_no_leave

    @property
    def caution(self) -> str:
        """What was not read, where that is all that lets it be paid."""
        unread = self.reasons and self.is_campaigners and not self.leave
        return CAMPAIGNERS_NOT_READ if unread else ""


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
        is_campaigners=invoice.expense.is_campaigners,
        **days,
    )


def campaigners_caution(campaign: Campaign, deadlines: CampaignDeadlines) -> str:
    """What a report says where bills of local campaigners came or were paid late; else
    empty. One query."""
    came_late = Q(received_on__gt=deadlines.last_day("bills_received"))
    paid_late = Q(
        payments__voided_at__isnull=True,
        payments__paid_on__gt=deadlines.last_day("bills_paid"),
    )
    late = (
        Invoice.objects.of(campaign.organisation_id)
        .filter(
            came_late | paid_late,
            expense__campaign=campaign,
            expense__authority__kind=AuthorityKind.CAMPAIGNER,
            voided_at__isnull=True,
        )
        .distinct()
        .count()
    )
    if not late:
        return ""
    bills = "1 bill" if late == 1 else f"{late} bills"
    return f"{bills} of local campaigners came or was paid late. {CAMPAIGNERS_NOT_READ}"
