"""Words can be read: every pair of ink and ground has the contrast of WCAG AA."""

import re
from pathlib import Path

import pytest

TOKENS = Path("config/static/site/css/tokens.css")
DECLARED = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
GROUNDS = ("paper", "ground", "sunk")
TAGS = ("pledge", "maybe", "against", "notin", "stop", "voted", "accent")
PAIRS = [
    *(("ink", ground) for ground in GROUNDS),
    *(("ink-2", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    *((tag, f"{tag}-soft") for tag in TAGS),
    ("ink", "maybe-soft"),
    ("ink", "stop-soft"),
    ("ink", "accent-soft"),
    ("accent-ink", "accent"),
    ("stop", "paper"),
]


def colours(dark: bool) -> dict[str, str]:
    light, _, darker = TOKENS.read_text().partition("prefers-color-scheme: dark")
    return dict(DECLARED.findall(darker if dark else light))


def brightness(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_ink_stands_out_from_its_ground(ink: str, ground: str, dark: bool) -> None:
    named = colours(dark)

    assert contrast(named[ink], named[ground]) >= ENOUGH
