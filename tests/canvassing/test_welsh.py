"""The Welsh of the volunteers' pages: compiled as it is written, and with no gaps."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import canvassing
import volunteers
from canvassing.views.field_words import field_words

CATALOGUE = Path(canvassing.__path__[0]) / "locale" / "cy" / "LC_MESSAGES"
FILLED_IN = re.compile(r"\{\w+\}|%\(\w+\)s")
SAID_IN_TEMPLATES = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
ENTRY = re.compile(r"^(msgid|msgid_plural|msgstr(?:\[\d\])?) (.*)$")


def entries() -> Iterator[dict[str, str]]:
    """What stands in the catalogue's source, but for its head."""
    for block in (CATALOGUE / "django.po").read_text().split("\n\n")[1:]:
        entry: dict[str, str] = {}
        field = ""
        for line in block.splitlines():
            if found := ENTRY.match(line):
                field = found[1]
                entry[field] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                entry[field] += ast.literal_eval(line)
        yield entry


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


def test_the_catalogue_has_no_gap_and_is_compiled_as_it_is_written() -> None:
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert "#, fuzzy" not in (CATALOGUE / "django.po").read_text()

    for entry in entries():
        welsh = [words for field, words in entry.items() if "msgstr" in field]
        assert all(welsh), entry["msgid"]
        if "msgid_plural" not in entry:
            [said] = welsh
            assert catalogue.gettext(entry["msgid"]) == said
            filled_in = set(FILLED_IN.findall(entry["msgid"]))
            assert set(FILLED_IN.findall(said)) == filled_in


def test_whatever_the_volunteers_pages_mark_is_in_the_catalogue() -> None:
    known = {entry["msgid"] for entry in entries()}
    pages = [
        page
        for app in (canvassing, volunteers)
        for page in (Path(app.__path__[0]) / "templates").rglob("*.*")
    ]
    marked = {
        "".join(words)
        for page in pages
        for words in SAID_IN_TEMPLATES.findall(page.read_text())
    }

    assert marked
    assert marked <= known
