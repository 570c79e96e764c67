"""What a copy for public inspection leaves out, as on the page of the rule."""

import pytest

from campaigns.rules.permissible_donations import DonorKind
from campaigns.rules.return_inspection import FIGURES, leaves_out_address


@pytest.mark.parametrize(
    ("donor", "left_out"),
    [
        (DonorKind.INDIVIDUAL, True),
        (DonorKind.BEQUEST, True),
        (DonorKind.ANONYMOUS, True),
        (DonorKind.OTHER, True),
        (None, True),
        (DonorKind.PARTY, False),
        (DonorKind.COMPANY, False),
        (DonorKind.TRADE_UNION, False),
        (DonorKind.TRUST, False),
    ],
)
def test_only_a_body_has_its_address_shown(
    donor: DonorKind | None, left_out: bool
) -> None:
    assert leaves_out_address(donor) is left_out


def test_a_copy_costs_what_the_guidance_says_and_what_was_not_read_is_said() -> None:
    said = {figure.what: figure for figure in FIGURES}

    assert said["Price of a copy"].value == "£0.20 a side"
    assert "was not read" in said["Left out of it"].caution
