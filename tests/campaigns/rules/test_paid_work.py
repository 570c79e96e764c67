"""Canvassers are never paid, whoever pays for the other work."""

from decimal import Decimal

import pytest

from campaigns.rules.paid_work import given_calls_caution, paid_canvassing


@pytest.mark.parametrize(
    ("duty", "paid", "refused"),
    [
        ("canvassing", "500.00", True),
        ("canvassing", "0.00", True),
        ("phone_bank", "500.00", True),
        ("phone_bank", "0.00", False),
        ("driver", "500.00", False),
        ("", "500.00", False),
    ],
)
def test_nobody_is_paid_to_ask_for_votes(duty, paid, refused):
    sentence = paid_canvassing(duty, paid=Decimal(paid))

    assert bool(sentence) is refused
    assert not refused or "s.111" in sentence


def test_a_phone_bank_that_another_body_pays_for_comes_with_a_caution():
    assert "s.111" in given_calls_caution("phone_bank")
    assert not given_calls_caution("clerk")
