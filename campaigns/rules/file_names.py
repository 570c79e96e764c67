"""A file's name as whoever sent it wrote it, made fit to be kept and shown."""

import unicodedata
from typing import Final

LONGEST: Final = 100
LONGEST_ENDING: Final = 5
# What some system will not have in the name of a file.
UNFIT: Final = frozenset('<>:"|?*')


def clean_stem(name: str, *, otherwise: str) -> str:
    """The name without its folders and ending, and with no character that is not
    written; `otherwise` where nothing is left.

    `../../Plover\\tPress 12.pdf.exe` becomes `Plover Press 12.pdf`.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    written = "".join(letter if _is_fit(letter) else " " for letter in last)
    tidy = " ".join(written.split())
    stem, _, ending = tidy.rpartition(".")
    if ending.isalnum() and len(ending) <= LONGEST_ENDING:
        tidy = stem
    return tidy.strip(". ")[:LONGEST].strip(". ") or otherwise


def _is_fit(letter: str) -> bool:
    """No control, no formatting such as turning the order of letters, no unfit one."""
    return unicodedata.category(letter)[0] != "C" and letter not in UNFIT
