"""One of each thing that the money pages' addresses name, all of one campaign."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.court_leaves import record_court_leave
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.donations import record_donation
from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.actions.files import store_file
from campaigns.actions.outside_activities import record_outside_activity
from campaigns.actions.receipt_bundles import ask_for_receipts_bundle
from campaigns.actions.refunds_due import receive_refund
from campaigns.actions.return_files import ask_for_return_files
from campaigns.actions.returns import make_return
from campaigns.models import Campaign, Job, ReturnVersion, StoredFile
from campaigns.roles import Capability, Role
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.campaigns.receipts import attach
from tests.cast import NOW, actor, member

HUNDRED = Decimal("100.00")
INVOICES = tuple(
    f"bill-{name}.pk"
    for name in (
        "detail",
        "payments",
        "credit-notes",
        "dispute",
        "dispute-end",
        "leave",
        "refunds",
        "void",
    )
)
DONATIONS = tuple(
    f"given-{name}.pk"
    for name in ("detail", "receive", "address", "check", "accept", "return", "void")
)


def money_samples(campaign: Campaign) -> dict[str, Any]:
    today = NOW.date()
    written = {"by": clerk(campaign), "at": NOW}
    told = notice(campaign)
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
    other = record_invoice(
        expense=commit(campaign),
        number="2",
        amount=HUNDRED,
        dated_on=today,
        received_on=today,
        **written,
    )
    leave = record_court_leave(
        invoice=other, court="A court", ordered_on=today, **written
    )
    note = record_credit_note(
        invoice=other,
        number="C1",
        amount=HUNDRED,
        dated_on=today,
        reason="Not delivered",
        **written,
    )
    record_payment(
        invoice=other, amount=HUNDRED, paid_on=today, method="Card", **written
    )
    note.refresh_from_db()
    refund = receive_refund(note, amount=HUNDRED / 2, came_on=today, **written)
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
    agent = member("Reta Return", Role.AGENT, campaign)
    made = make_return(campaign=campaign, by=actor(agent), at=NOW)
    asked, paper = return_files(made)
    receipt = attach(bought)
    bundle = ask_for_receipts_bundle(campaign=campaign, by=actor(agent), at=NOW)
    bundled = file_of(bundle, "receipts.pdf")
    return {
        "version": made.version,
        "declarant": "agent",
        "returnfile-detail.pk": asked.pk,
        "returnfile-file.pk": asked.pk,
        "returnfile-file.file": paper.pk,
        "paper-detail.pk": bundle.pk,
        "paper-file.pk": bundle.pk,
        "paper-file.file": bundled.pk,
        "receipt": receipt.pk,
        "receipt-detail.pk": receipt.pk,
        "limitnotice-detail.pk": told.pk,
        "limitnotice-void.pk": told.pk,
        "receipt-voided.pk": receipt.pk,
        "receipt-download.pk": receipt.pk,
        "expense": propose(campaign).pk,
        "expense-detail.pk": bought.pk,
        "purchase-order.expense": bought.pk,
        "activity": activity.pk,
        "authority-detail.pk": authority.pk,
        "authority-revoke.pk": authority.pk,
        "outsideactivity-detail.pk": activity.pk,
        "outsideactivity-void.pk": activity.pk,
        "expense-write-off.pk": bought.pk,
        "expense-write-off-back.pk": bought.pk,
        "notice": told.pk,
        "expense-complete-supplier.pk": bought.pk,
        "expense-value.pk": bought.pk,
        "expense-favoured.pk": bought.pk,
        "expense-ordered.pk": bought.pk,
        "expense-committed.pk": bought.pk,
        "expense-voided.pk": bought.pk,
        "invoice": invoice.pk,
        **dict.fromkeys(INVOICES, invoice.pk),
        "payment-void.paper": payment.pk,
        "court-leave-void.paper": leave.pk,
        "credit-note-void.paper": note.pk,
        "credit-note-refunded.paper": note.pk,
        "refund-void.paper": refund.pk,
        "authority": authority.pk,
        "donation": donation.pk,
        **dict.fromkeys(DONATIONS, donation.pk),
        "user": reader.pk,
        "category": "unsolicited",
        "week": "2024-04-08",
    }


def return_files(version: ReturnVersion) -> tuple[Job, StoredFile]:
    """A job that made files of a version, and one of them."""
    asked = ask_for_return_files(version, by=clerk(version.campaign), at=NOW)
    return asked, file_of(asked, "return.pdf")


def file_of(asked: Job, name: str) -> StoredFile:
    """What a job of the accounts made."""
    campaign = asked.campaign
    assert campaign
    return store_file(
        BytesIO(b"As one person signed it"),
        name=name,
        kind=asked.kind,
        capability=Capability.SEE_MONEY,
        organisation=campaign.organisation,
        campaign=campaign,
        job=asked,
        at=NOW,
        kept_for=None,
    )
