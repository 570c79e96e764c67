"""Days and sums as banks, cards and suppliers print them.

Days come day first, as they do in the United Kingdom; money out is below nought. The
forms, with examples, are in docs/rules/statements.md.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from campaigns.rules.money import AmountRefused, parse_pounds

DAY_FORMS: Final = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %b %y",
    "%d-%b-%y",
    "%d.%m.%y",
    "%d/%b/%Y",
    "%Y/%m/%d",
    "%Y%m%d",
)
FIRST_YEAR: Final = 2000
# The time of day that some files have behind the day.
TIME = re.compile(r"[T ]+\d{1,2}:\d{2}.*$", re.ASCII)
SIGNS = re.compile(r"[-−–+]")
MINUS: Final = "-−–"
# Behind the sum: credit is money in; debit and overdrawn are money out.
WORDS = re.compile(r"(CR|DR|OD)\.?$")
OUT_WORDS: Final = frozenset({"D", "DR", "DEBIT", "DBIT", "OUT", "PAIDOUT", "MONEYOUT"})
IN_WORDS: Final = frozenset({"C", "CR", "CREDIT", "CRDT", "IN", "PAIDIN", "MONEYIN"})


def parse_day(text: str) -> date | None:
    """`02/04/2024`, `2 Apr 2024` or `2024-04-02`; None for anything else."""
    text = TIME.sub("", " ".join(text.split()))
    for form in DAY_FORMS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
        return day if day.year >= FIRST_YEAR else None
    return None


def parse_signed(text: str) -> Decimal:
    """A sum with its sign: `-1,234.56`, `(1,234.56)`, `12.00-`, `£12.00 DR`, `5.00CR`.

    Refused: what is no sum, and what says its sign more than once.
    """
    plain = "".join(text.upper().replace("GBP", "").replace("£", "").split())
    word = WORDS.search(plain)
    if word:
        plain = plain[: word.start()]
    marks = SIGNS.findall(plain)
    bracketed = plain.startswith("(") and plain.endswith(")")
    if bracketed:
        plain = plain[1:-1]
    if len(marks) + bracketed + bool(word) > 1:
        raise AmountRefused("two_signs", "The sum says its sign more than once.")
    amount = parse_pounds(_without_sign(plain))
    out = bracketed or (marks and marks[0] in MINUS) or (word and word[1] != "CR")
    return -amount if out else amount


def _without_sign(plain: str) -> str:
    """The sign stands before or behind, nowhere else: there it is left, and refused."""
    if plain[:1] and SIGNS.match(plain[0]):
        return plain[1:]
    if plain[-1:] and SIGNS.match(plain[-1]):
        return plain[:-1]
    return plain


def direction(text: str) -> int | None:
    """What a column of CR and DR says: 1 money in, -1 money out, None neither."""
    word = re.sub(r"[^A-Z]", "", text.upper())
    if word in OUT_WORDS:
        return -1
    return 1 if word in IN_WORDS else None
