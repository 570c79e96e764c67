"""Personal names: tidied for people to read, folded for machines to compare."""

import re
import unicodedata
from functools import lru_cache

# Letters that no Unicode decomposition turns into ASCII.
LONE_LETTERS = str.maketrans(
    {
        "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ð": "D", "ð": "d",
        "Þ": "TH", "þ": "th", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ß": "ss",
        "ı": "i", "Ŧ": "T", "ŧ": "t", "Ħ": "H", "ħ": "h",
    }
)  # fmt: skip
PREFIXES = re.compile(r"\b(Mc|O'|D')([a-z])")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{1,2}\b)?")


@lru_cache(maxsize=2_048)
def letters(text: str) -> str:
    """The upper-case letters A to Z of a name with nothing between them.

    A name without any such letter (another script) keeps its own, so that two
    different people never both become the empty text.
    """
    plain = unicodedata.normalize("NFKD", text.translate(LONE_LETTERS))
    folded = "".join(c for c in plain.upper() if "A" <= c <= "Z")
    return folded or "".join(c for c in plain.upper() if c.isalpha())


def search_key(text: str) -> str:
    """A typed name in the form of `name_key`, word by word."""
    return " ".join(filter(None, map(letters, text.split())))


@lru_cache(maxsize=2_048)
def given_key(given: str) -> str:
    """Forename and middle names: each word's letters, a hyphen parting words too."""
    return search_key(given.replace("-", " "))


def name_key(surname: str, forename: str, middle_names: str = "") -> str:
    """`SMITHJONES MARY ANN`: surname in one word, then forename, then middle names."""
    given = given_key(f"{forename} {middle_names}")
    return f"{letters(surname)} {given}".rstrip()


@lru_cache(maxsize=2_048)
def tidy(name: str) -> str:
    """A name as people write it; only one that is all capitals changes its letters."""
    name = " ".join(name.split())
    if len(name) < 2 or not name.isupper():
        return name
    capitalised = WORD.sub(lambda word: word[0].capitalize(), name)
    return PREFIXES.sub(lambda found: found[1] + found[2].upper(), capitalised)


@lru_cache(maxsize=2_048)
def split_given(given: str) -> tuple[str, str]:
    """`Manjit Kumar ` -> forename `Manjit`, middle names `Kumar`."""
    forename, _, middle = given.strip().partition(" ")
    return forename, middle.strip()


def split_whole(name: str) -> tuple[str, str]:
    """`Begum Manjit Kumar` -> surname `Begum`, given names `Manjit Kumar`.

    A surname of two words cannot be told from a surname and a forename; matching
    therefore also compares the letters of the whole name.
    """
    surname, _, given = name.strip().partition(" ")
    return surname, given.strip()
