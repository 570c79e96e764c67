"""Donations, with the examples of docs/rules/donations.md."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.permissible_donations import (
    DonorKind,
    is_accepted,
    missing_from_record,
    permission,
    return_by,
)


@pytest.mark.parametrize(
    ("value", "donor", "answer"),
    [
        ("50.00", DonorKind.ANONYMOUS, "yes"),
        ("50.01", DonorKind.ANONYMOUS, "no"),
        ("50.01", DonorKind.OTHER, "no"),
        ("50.01", DonorKind.INDIVIDUAL, "yes"),
        ("5000.00", DonorKind.TRADE_UNION, "yes"),
        ("5000.00", DonorKind.TRUST, "check"),
        ("5000.00", DonorKind.BEQUEST, "check"),
    ],
)
def test_over_50_pounds_only_from_a_permissible_donor(value, donor, answer):
    assert permission(Decimal(value), donor) == answer


@pytest.mark.parametrize(
    ("on", "returned_on", "accepted"),
    [
        (date(2024, 5, 1), None, False),
        (date(2024, 5, 2), None, True),
        (date(2024, 5, 2), date(2024, 4, 20), False),
    ],
    ids=str,
)
def test_kept_for_more_than_30_days_a_donation_is_accepted(on, returned_on, accepted):
    received_on = date(2024, 4, 1)

    assert return_by(received_on) == date(2024, 5, 1)
    assert (
        is_accepted(received_on=received_on, on=on, returned_on=returned_on) is accepted
    )


def test_what_the_record_lacks_is_named():
    record = {"name": "Ada Bright", "amount_or_nature": "£60", "received_on": "1 May"}

    assert missing_from_record(record, is_returned=False) == ("address", "accepted_on")
    assert missing_from_record(record, is_returned=True) == ("returned_on", "action")
