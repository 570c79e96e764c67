"""Where a donor is, completed or corrected once it is known, with the reason."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.donations import (
    DonationRefused,
    keep_address,
    standing_expense,
)
from campaigns.actions.spending import locked
from campaigns.actions.suppliers import keep_supplier
from campaigns.models import Donation


def complete_donor(
    donation: Donation, *, donor_address: str, reason: str, by: Actor, at: datetime
) -> Donation:
    """Say where the donor is, as the return of a donation over £50 needs it.

    The expense that a gift in kind covers takes it as its supplier's address. What was
    looked at of the donor stays as it was. Audit verb `donation.address_completed`,
    with both before and after, and `reason`: how the address is known.
    Refused: no address, no reason, a voided donation.
    """
    address, reason = donor_address.strip(), reason.strip()
    if not address:
        raise DonationRefused("no_address", "Say where the donor is to be found.")
    if not reason:
        raise DonationRefused("no_reason", "Say how the address is known.")
    with transaction.atomic(durable=True):
        expense = standing_expense(donation)
        if expense is not None:
            expense = locked(expense)
        given = Donation.objects.select_for_update().get(pk=donation.pk)
        if given.voided_at is not None:
            raise DonationRefused("already_voided", "This donation is voided.")
        if expense is None:
            return keep_address(
                given.pk, donor_address=address, by=by, at=at, reason=reason
            )
        keep_supplier(
            expense,
            supplier=expense.supplier,
            address=address,
            by=by,
            at=at,
            reason=reason,
        )
        given.refresh_from_db()
        return given
