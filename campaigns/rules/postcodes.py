"""Postcodes: tidied, and repaired where only one reading is possible."""

import re
from functools import lru_cache
from itertools import product

# The permitted forms, with the letters permitted in each place (BS 7666).
FIRST = "[A-PR-UWYZ]"
OUTWARD = rf"(?:{FIRST}[0-9][0-9]?|{FIRST}[A-HK-Y][0-9][0-9]?|{FIRST}[0-9][A-HJKPSTUW]|{FIRST}[A-HK-Y][0-9][ABEHMNPRV-Y])"  # noqa: E501
INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
WHOLE = re.compile(f"({OUTWARD}) ?({INWARD})")
AT_END = re.compile(rf"\b({OUTWARD})[\s\u00a0]*({INWARD})\s*\Z")
TWINS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}


@lru_cache(maxsize=1_024)
def tidy_postcode(text: str) -> str | None:
    """`wv1o 1aa` -> `WV10 1AA`; None where no or more than one reading is possible.

    A letter O typed for a zero, or I for a one, is repaired (and the other way
    round), because the place of each character says which of the two it must be.
    """
    squeezed = "".join(text.upper().split())
    found = WHOLE.fullmatch(squeezed)
    if found:
        return f"{found[1]} {found[2]}"
    if not 5 <= len(squeezed) <= 7:
        return None
    readings = {
        "".join(reading)
        for reading in product(*(TWINS.get(c, c) for c in squeezed))
        if WHOLE.fullmatch("".join(reading))
    }
    if len(readings) != 1:
        return None
    repaired = readings.pop()
    return f"{repaired[:-3]} {repaired[-3:]}"


def without_postcode(words: str) -> tuple[str, str]:
    """`Marsh, wv10 1aa` and `WV10 1AA Marsh`: the postcode (empty where there is none),
    tidied, and the rest. A word without a figure is no part of one typed alone."""
    typed = words.replace(",", " , ").split()
    for length in (1, 2):
        for some, rest in (
            (typed[-length:], typed[:-length]),
            (typed[:length], typed[length:]),
        ):
            text = " ".join(some)
            has_figure = any(letter.isdigit() for letter in text)
            if has_figure and (postcode := tidy_postcode(text)):
                return postcode, " ".join(rest).strip(" ,")
    return "", " ".join(typed)


def postcode_at_end(line: str) -> str | None:
    """The postcode that ends an address line, for files without a postcode column."""
    found = AT_END.search(line.upper())
    return f"{found[1]} {found[2]}" if found else None
