"""The Welsh of the volunteers' pages: compiled as it is written, and with no gaps."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

import campaigns
import canvassing
import config
import volunteers
from canvassing.rules import calls, contact_details, field_items, stalls
from canvassing.rules.contacts import REASONS, Answer, Verdict
from canvassing.views.field_words import field_words
from canvassing.views.verdict_words import reason_in_words
from volunteers.actions import sign_ups

CATALOGUE = Path(canvassing.__path__[0]) / "locale" / "cy" / "LC_MESSAGES"
FILLED_IN = re.compile(r"\{\w+\}|%\(\w+\)s")
SAID = re.compile(r"""\bn?gettext\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
}
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


def in_templates() -> Iterator[str]:
    """Whatever `translate` and `blocktranslate` mark."""
    for app in (canvassing, config, volunteers):
        for page in (Path(app.__path__[0]) / "templates").rglob("*.*"):
            for words in SAID.findall(templatize(page.read_text())):
                yield ast.literal_eval(words)


def in_modules() -> Iterator[str]:
    """Whatever `gettext`, by any of its names, is told in Python."""
    for app in (campaigns, canvassing, volunteers):
        for module in Path(app.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(module.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in GETTEXT:
                    yield from (
                        words.value
                        for words in ast.walk(node.args[0])
                        if isinstance(words, ast.Constant)
                        and isinstance(words.value, str)
                    )


def test_whatever_is_marked_for_volunteers_is_in_the_catalogue() -> None:
    known = {entry["msgid"] for entry in entries()}
    templates, modules = set(in_templates()), set(in_modules())

    assert len(templates) > 100
    assert len(modules) > 100
    assert templates - known == set()
    assert modules - known == set()


def test_the_words_of_all_apps_are_collected_into_this_catalogue() -> None:
    assert CATALOGUE.parents[1] in settings.LOCALE_PATHS


def test_whatever_is_held_is_said_in_welsh() -> None:
    sentences = {
        words
        for reasons in (
            REASONS,
            calls.HELD_REASONS,
            contact_details.REASONS,
            field_items.FIELD_REASONS,
            stalls.HELD_REASONS,
        )
        for words in reasons.values()
    }
    verdicts = [Verdict(UUID(int=0), Answer.HELD, "", words) for words in sentences]
    with translation.override("cy"):
        same = {one.reason for one in verdicts if reason_in_words(one) == one.reason}
        unreadable = Verdict(UUID(int=0), Answer.HELD, "unreadable", "It could not be.")
        assert reason_in_words(unreadable) == "Ni ellid ei ddarllen."
        assert reason_in_words(Verdict(UUID(int=0), Answer.FILED)) == ""

    assert len(sentences) > 40
    assert same == set()


def test_whatever_a_shift_refuses_is_marked_for_welsh() -> None:
    """They are said on the page of a volunteer."""
    module = Path(sign_ups.__file__).read_text()
    told = [
        ast.unparse(node.args[1])
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "SignUpRefused"
    ]

    assert told
    assert [words for words in told if not words.startswith("_(")] == []
