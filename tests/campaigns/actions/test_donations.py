"""Donations: recorded, accepted with a check, or returned."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from campaigns.actions.donations import (
    DonationRefused,
    accept_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.models import AuditEntry, Campaign, Donation
from campaigns.reports.donation_position import donation_position
from tests.campaigns.purchases import clerk
from tests.cast import NOW

pytestmark = pytest.mark.django_db
CAME = date(2024, 4, 2)


def give(campaign: Campaign, amount: str = "250.00", **fields: Any) -> Donation:
    fields.setdefault("donor", "Dorothy Penhallow")
    fields.setdefault("donor_kind", "individual")
    fields.setdefault("donor_address", "14 Fallowshaw Road, QX1 1AB")
    fields.setdefault("received_on", CAME)
    return record_donation(
        campaign=campaign,
        amount=Decimal(amount),
        by=clerk(campaign),
        at=NOW,
        **fields,
    )


def accept(donation: Donation, checked_how: str = "Found on the register") -> Donation:
    return accept_donation(
        donation,
        accepted_on=date(2024, 4, 3),
        checked_how=checked_how,
        by=clerk(donation.campaign),
        at=NOW,
    )


def test_over_fifty_pounds_needs_the_check_and_the_address(campaign: Campaign) -> None:
    with pytest.raises(DonationRefused) as unchecked:
        accept(give(campaign, "50.01"), checked_how=" ")
    with pytest.raises(DonationRefused) as homeless:
        accept(give(campaign, "50.01", donor_address=""))
    fifty = accept(give(campaign, "50.00", donor_address=""), checked_how="")
    checked = accept(give(campaign, "50.01"))

    assert unchecked.value.code == "not_checked"
    assert homeless.value.code == "no_address"
    assert fifty.accepted_on == checked.accepted_on == date(2024, 4, 3)
    assert AuditEntry.objects.filter(verb="donation.accepted").count() == 2


@pytest.mark.parametrize("kind", ["anonymous", "other"])
def test_who_may_not_give_over_fifty_pounds_gets_it_back(
    campaign: Campaign, kind: str
) -> None:
    donation = give(campaign, donor_kind=kind)

    with pytest.raises(DonationRefused) as refused:
        accept(donation)
    returned = return_donation(
        donation,
        returned_on=date(2024, 4, 10),
        returned_how="By the bank, to the account it came from",
        by=clerk(campaign),
        at=NOW,
    )

    assert refused.value.code == "not_permissible"
    assert returned.returned_on == date(2024, 4, 10)
    with pytest.raises(DonationRefused):
        accept(donation)


def test_what_is_only_promised_is_not_accepted(campaign: Campaign) -> None:
    with pytest.raises(DonationRefused) as refused:
        accept(give(campaign, received_on=None))

    assert refused.value.code == "not_received"


@pytest.mark.parametrize(
    ("code", "amount", "fields"),
    [
        ("no_donor", "10.00", {"donor": " "}),
        ("unknown_kind", "10.00", {"donor_kind": "aunt"}),
        ("bad_amount", "0.00", {}),
        ("bad_amount", "0.001", {}),
        ("not_received", "10.00", {"received_on": date(9999, 12, 31)}),
    ],
)
def test_an_unclear_donation_is_refused(
    campaign: Campaign, code: str, amount: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(DonationRefused) as refused:
        give(campaign, amount, **fields)

    assert refused.value.code == code
    assert not Donation.objects.exists()


def test_the_position_tells_kept_undecided_promised_returned_and_overdue(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    accept(give(campaign, "100.00"))
    give(campaign, "20.00")
    give(campaign, "7.00", received_on=NOW.date() - timedelta(days=31))
    give(campaign, "30.00", received_on=None)
    wrong = give(campaign, "999.00")
    void_donation(wrong, reason="Typed twice", by=clerk(campaign), at=NOW)
    accept(give(other_campaign, "500.00"))

    position = donation_position(campaign, at=NOW)

    assert position.accepted == Decimal("100.00")
    assert position.undecided == Decimal("27.00")
    assert position.promised == Decimal("30.00")
    assert position.overdue == 1
