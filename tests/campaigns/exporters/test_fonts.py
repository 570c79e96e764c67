"""The fonts of every PDF."""

from itertools import chain

import pytest
from reportlab.pdfbase import pdfmetrics

from campaigns.exporters.fonts import FILES, register_fonts

LATIN = chain(range(0xC0, 0x180), range(0x218, 0x21C), (0x1E80, 0x1E84, 0x1EF2))
GREEK = (code for code in range(0x386, 0x3CE) if chr(code).isalpha())
CYRILLIC = range(0x400, 0x460)
SIGNS = map(ord, "£€–—‘’“”×·−")
LETTERS = [*LATIN, *GREEK, *CYRILLIC, *SIGNS]


@pytest.mark.parametrize("name", FILES)
def test_every_face_has_every_european_letter(name: str) -> None:
    register_fonts()

    known = pdfmetrics.getFont(name).face.charToGlyph

    assert [chr(code) for code in LETTERS if code not in known] == []
