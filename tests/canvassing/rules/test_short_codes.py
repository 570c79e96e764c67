"""Where wrong codes come from: one internet address, or one network of a phone."""

import pytest

from canvassing.rules.short_codes import place_of


@pytest.mark.parametrize(
    ("caller", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_all_addresses_of_one_phone_are_one_place(caller: str, place: str) -> None:
    assert place_of(caller) == place
