"""Donations, with the examples of docs/rules/donations.md."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.permissible_donations import (
    DonorKind,
    kept_since,
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


LAPSED = date(2024, 5, 2)


@pytest.mark.parametrize(
    ("donor", "accepted_on", "returned_on", "since"),
    [
        (DonorKind.COMPANY, None, None, LAPSED),
        (DonorKind.COMPANY, date(2024, 4, 3), None, date(2024, 4, 3)),
        (DonorKind.COMPANY, date(2024, 5, 20), None, LAPSED),
        (DonorKind.COMPANY, None, date(2024, 5, 1), None),
        (DonorKind.COMPANY, None, LAPSED, LAPSED),
        (DonorKind.COMPANY, date(2024, 4, 3), LAPSED, date(2024, 4, 3)),
        (DonorKind.ANONYMOUS, None, None, LAPSED),
        (DonorKind.ANONYMOUS, None, LAPSED, None),
    ],
    ids=str,
)
def test_kept_for_more_than_30_days_a_donation_is_accepted(
    donor, accepted_on, returned_on, since
):
    received_on = date(2024, 4, 1)

    assert return_by(received_on) == date(2024, 5, 1)
    assert since == kept_since(
        value=Decimal("500.00"),
        donor=donor,
        received_on=received_on,
        accepted_on=accepted_on,
        returned_on=returned_on,
    )


def test_what_is_only_promised_is_not_accepted_and_small_sums_are_for_anybody():
    promised = {"received_on": None, "accepted_on": None, "returned_on": None}
    late = {**promised, "received_on": date(2024, 4, 1), "returned_on": LAPSED}

    for value, days, since in (("500.00", promised, None), ("50.00", late, LAPSED)):
        donor = DonorKind.ANONYMOUS
        assert kept_since(value=Decimal(value), donor=donor, **days) == since


def test_what_the_record_lacks_is_named():
    record = {"name": "Ada Bright", "amount_or_nature": "£60", "received_on": "1 May"}

    assert missing_from_record(record, is_returned=False) == ("address", "accepted_on")
    assert missing_from_record(record, is_returned=True) == ("returned_on", "action")
