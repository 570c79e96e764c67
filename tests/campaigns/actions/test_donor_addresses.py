"""The address of a donor, completed or corrected after the donation was entered."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.donations import (
    DonationRefused,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.actions.donor_addresses import complete_donor
from campaigns.models import AuditEntry, Campaign, Donation
from campaigns.reports.spending_return import spending_return
from tests.campaigns.actions.test_gifts_in_kind import give
from tests.campaigns.purchases import clerk
from tests.campaigns.returns import checks_of
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ADDRESS = "14 Fallowshaw Road, QX1 1AA"
# After the 30 days in which what came on 10 April could go back.
LATER = NOW.replace(month=5, day=20)


def money(campaign: Campaign, donor: str = "Dorothy Penhallow") -> Donation:
    return record_donation(
        campaign=campaign,
        donor=donor,
        donor_kind="individual",
        amount=Decimal("400.00"),
        received_on=date(2024, 4, 10),
        by=clerk(campaign),
        at=NOW,
    )


def complete(
    donation: Donation, address: str = ADDRESS, reason: str = "Her letter of 3 May"
) -> Donation:
    return complete_donor(
        donation,
        donor_address=address,
        reason=reason,
        by=clerk(donation.campaign),
        at=NOW,
    )


def unnamed(campaign: Campaign) -> str:
    made = spending_return(campaign, at=LATER)
    found = {one.code: one for one in checks_of(campaign, made, at=LATER)}
    return found["no_donor_address"].message if "no_donor_address" in found else ""


def test_who_added_an_address_and_how_it_is_known_is_written_down(
    campaign: Campaign,
) -> None:
    complete(money(campaign), f" {ADDRESS} ")
    complete(Donation.objects.get(), "15 Fallowshaw Road", "The register says 15")

    assert Donation.objects.get().donor_address == "15 Fallowshaw Road"
    entries = AuditEntry.objects.filter(verb="donation.address_completed")
    assert [
        (one.data["before"], one.data["after"], one.data["reason"])
        for one in entries.order_by("pk")
    ] == [
        ("", ADDRESS, "Her letter of 3 May"),
        (ADDRESS, "15 Fallowshaw Road", "The register says 15"),
    ]


def test_the_return_names_each_donor_whose_address_is_missing(
    campaign: Campaign,
) -> None:
    kept, back = money(campaign), money(campaign, "Edwin Marl")
    return_donation(
        back,
        returned_on=date(2024, 4, 12),
        returned_how="By cheque",
        by=clerk(campaign),
        at=NOW,
    )

    assert "(D1 Dorothy Penhallow, R1 Edwin Marl)" in unnamed(campaign)
    complete(kept)
    assert "(R1 Edwin Marl)" in unnamed(campaign)
    complete(back)
    assert unnamed(campaign) == ""


def test_the_expense_that_a_gift_covers_takes_the_address(campaign: Campaign) -> None:
    gift = give(campaign, donor_address="")
    assert gift.donation is not None

    complete(gift.donation)

    gift.refresh_from_db()
    assert gift.supplier_address == ADDRESS
    assert Donation.objects.get().donor_address == ADDRESS


@pytest.mark.parametrize(
    ("address", "reason", "code"),
    [(" ", "A letter", "no_address"), (ADDRESS, " ", "no_reason")],
)
def test_an_address_says_something_and_how_it_is_known(
    campaign: Campaign, address: str, reason: str, code: str
) -> None:
    donation = money(campaign)

    with pytest.raises(DonationRefused) as refused:
        complete(donation, address, reason)

    assert refused.value.code == code
    assert Donation.objects.get().donor_address == ""


def test_what_was_voided_has_no_donor_to_be_found(campaign: Campaign) -> None:
    donation = money(campaign)
    void_donation(donation, reason="Typed twice", by=clerk(campaign), at=NOW)

    with pytest.raises(DonationRefused) as refused:
        complete(donation)

    assert refused.value.code == "already_voided"
