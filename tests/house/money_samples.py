"""One of each thing that the money pages' addresses name, all of one campaign."""

from decimal import Decimal
from typing import Any

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.donations import record_donation
from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.actions.outside_activities import record_outside_activity
from campaigns.models import Campaign
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, member

HUNDRED = Decimal("100.00")


def money_samples(campaign: Campaign) -> dict[str, Any]:
    today = NOW.date()
    written = {"by": clerk(campaign), "at": NOW}
    notice(campaign)
    bought = commit(campaign)
    invoice = record_invoice(
        expense=bought,
        number="1",
        amount=HUNDRED,
        dated_on=today,
        received_on=today,
        **written,
    )
    payment = record_payment(
        invoice=invoice, amount=HUNDRED, paid_on=today, method="bank", **written
    )
    authority = authorise_spending(
        campaign=campaign,
        user=member("Petra Petty", Role.ORGANISER, campaign),
        cap=HUNDRED,
        written_on=today,
        document="Letter 1",
        **written,
    )
    reader = member("Rita Reader", Role.TREASURER, campaign)
    donation = record_donation(
        campaign=campaign,
        donor="Dora Donor",
        donor_kind="individual",
        amount=HUNDRED,
        received_on=today,
        **written,
    )
    activity = record_outside_activity(
        campaign=campaign,
        body="Penn Residents",
        description="Their newsletter",
        value=HUNDRED,
        reason="Of their own accord",
        **written,
    )
    return {
        "activity": activity.pk,
        "authority-detail.pk": authority.pk,
        "authority-revoke.pk": authority.pk,
        "outsideactivity-detail.pk": activity.pk,
        "outsideactivity-void.pk": activity.pk,
        "expense": propose(campaign).pk,
        "expense-detail.pk": bought.pk,
        "expense-write-off.pk": bought.pk,
        "invoice": invoice.pk,
        "payment": payment.pk,
        "authority": authority.pk,
        "donation": donation.pk,
        "donation-detail.pk": donation.pk,
        "user": reader.pk,
        "category": "unsolicited",
        "week": "2024-04-08",
    }
