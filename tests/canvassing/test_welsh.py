"""The Welsh of the volunteers' pages: compiled as it is written, and with no gaps."""

import gettext
import re
from pathlib import Path

from django.utils import translation

import canvassing
from canvassing.views.field_words import field_words

CATALOGUE = Path(canvassing.__path__[0]) / "locale" / "cy" / "LC_MESSAGES"
FILLED_IN = re.compile(r"\{\w+\}")


def test_every_word_of_the_doors_pages_is_said_in_welsh() -> None:
    """But for `Map`, which is the same."""
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    english = field_words()

    same = {key for key, words in english.items() if catalogue.gettext(words) == words}

    assert same == {"map"}


def test_what_is_filled_in_is_filled_in_in_welsh_too() -> None:
    english = field_words()
    with translation.override("cy"):
        welsh = field_words()

    different = {
        key
        for key, words in english.items()
        if set(FILLED_IN.findall(words)) != set(FILLED_IN.findall(welsh[key]))
    }
    assert different == set()
