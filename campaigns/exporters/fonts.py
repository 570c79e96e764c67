"""The fonts of every PDF: Roboto, which prints every European name right."""

from functools import cache
from typing import Final

import font_roboto
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "Roboto"
BOLD: Final = "Roboto-Bold"
ITALIC: Final = "Roboto-Italic"
BOLD_ITALIC: Final = "Roboto-BoldItalic"

FILES = {
    REGULAR: font_roboto.Roboto,
    BOLD: font_roboto.RobotoBold,
    ITALIC: font_roboto.RobotoItalic,
    BOLD_ITALIC: font_roboto.RobotoBoldItalic,
}


@cache
def register_fonts() -> None:
    """Make the four faces known to ReportLab; once per process, cheap to call again."""
    for name, path in FILES.items():
        pdfmetrics.registerFont(TTFont(name, path))
    for bold, italic, name in (
        (0, 0, REGULAR),
        (1, 0, BOLD),
        (0, 1, ITALIC),
        (1, 1, BOLD_ITALIC),
    ):
        addMapping(REGULAR, bold, italic, name)
