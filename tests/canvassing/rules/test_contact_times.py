"""When it was said: corrected by the clock's offset, never after arrival."""

from datetime import timedelta

import pytest

from canvassing.rules.contact_times import effective_time
from tests.cast import NOW


@pytest.mark.parametrize(
    ("said", "offset", "channel", "effective", "doubtful"),
    [
        pytest.param(-60, 0, "door", -60, False, id="an hour ago"),
        pytest.param(-60, 90, "door", 0, True, id="an offset into the future"),
        pytest.param(-120, 90, "door", -30, False, id="a slow clock put right"),
        pytest.param(1, 0, "door", 0, False, id="a minute fast is tolerated"),
        pytest.param(3, 0, "door", 0, True, id="three minutes fast is doubtful"),
        pytest.param(-91 * 1440, 0, "door", -91 * 1440, True, id="old on a phone"),
        pytest.param(-91 * 1440, 0, "import", -91 * 1440, False, id="old in a file"),
    ],
)
def test_the_effective_time(
    said: int, offset: int, channel: str, effective: int, doubtful: bool
) -> None:
    time = effective_time(
        NOW + timedelta(minutes=said),
        received_at=NOW,
        clock_offset=timedelta(minutes=offset),
        channel=channel,
    )

    assert time.at == NOW + timedelta(minutes=effective)
    assert time.is_doubtful is doubtful
