"""Phone numbers as people write them."""

import pytest

from campaigns.phone_numbers import PhoneNumberRefused, as_written, e164


@pytest.mark.parametrize(
    "written",
    ["07700 900123", "+44 7700 900123", "0044 7700 900 123", "(07700) 900123"],
)
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert e164(written) == "+447700900123"


def test_a_number_is_shown_as_people_here_write_it() -> None:
    assert as_written("+447700900123") == "07700 900123"
    assert as_written("+33612345678") == "+33 6 12 34 56 78"


@pytest.mark.parametrize("written", ["", "12", "ring me", "07700 900123 900123 900"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(PhoneNumberRefused, match="not a phone number"):
        e164(written)
