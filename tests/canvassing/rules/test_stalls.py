"""How long what was recorded at a stall may be taken back: docs/rules/stalls.md."""

from datetime import datetime, timedelta

import pytest

from canvassing.rules.stalls import can_be_undone
from tests.cast import UK

TEN = datetime(2024, 4, 23, 10, 0, tzinfo=UK)


@pytest.mark.parametrize(("minutes", "can"), [(0, True), (30, True), (31, False)])
def test_what_was_recorded_at_10_can_be_undone_until_half_past(
    minutes: int, can: bool
) -> None:
    assert can_be_undone(TEN, at=TEN + timedelta(minutes=minutes)) is can
