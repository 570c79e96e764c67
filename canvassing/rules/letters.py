"""Letters: what their text may hold, whom they greet, and what they cost.

A field stands in braces, as in `Dear {forenames},`. Anything else in braces is refused
when the letter is written, so that nothing half-merged is ever printed.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from campaigns.rules.money import to_the_penny
from campaigns.rules.refusals import Refusal

FIELD: Final = re.compile(r"\{([^{}]*)\}")
MOST_CHARACTERS: Final = 3000
MOST_LINES: Final = 60
SPACE: Final = re.compile(r"\n{3,}")
MOST_A_COPY: Final = Decimal(100)

FIELDS: Final[Mapping[str, str]] = {
    "names": "the electors' full names",
    "forenames": "the electors' forenames",
    "candidate": "our candidate",
    "poll_day": "polling day, such as Thursday 2 May 2024",
    "polling_station": "name and address of their polling station",
    "ward": "their ward",
}
# What differs from one household to the next; the rest is the same down a street.
PERSONAL: Final = frozenset({"names", "forenames"})

STATION_BODY: Final = """Dear {forenames},

Thank you for telling us that we can count on you. On {poll_day} the polls are open \
from 7 in the morning until 10 at night, and every vote will be needed.

Your polling station is {polling_station}.

Please take photo ID with you. You can vote without your poll card.

Yours sincerely,

{candidate}"""

POSTAL_BODY: Final = """Dear {forenames},

Thank you for telling us that we can count on you. You have asked to vote by post: \
please fill in your ballot paper and the statement with your date of birth and \
signature, and post them in good time. They must be back before the polls close on \
{poll_day}.

Please give your postal vote to nobody who is campaigning: they may not handle it.

Yours sincerely,

{candidate}"""

BODIES: Final[Mapping[str, str]] = {"station": STATION_BODY, "postal": POSTAL_BODY}


class LetterRefused(Refusal):
    """A letter that cannot be written, priced or printed as asked."""


def checked_body(body: str) -> str:
    """The text, tidied. Refused: empty, too long, a field that does not exist."""
    body = SPACE.sub("\n\n", body.replace("\r\n", "\n").strip())
    if not body:
        raise LetterRefused("no_text", "The letter has no text.")
    if len(body) > MOST_CHARACTERS:
        raise LetterRefused(
            "too_long", f"A letter holds at most {MOST_CHARACTERS:,} characters."
        )
    if body.count("\n") >= MOST_LINES:
        raise LetterRefused("too_long", f"A letter holds at most {MOST_LINES} lines.")
    for name in FIELD.findall(body):
        if name not in FIELDS:
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise LetterRefused(
                "field", f"There is no field {{{name}}}; there are {known}."
            )
    if "{" in FIELD.sub("", body) or "}" in FIELD.sub("", body):
        raise LetterRefused("field", "A brace in the letter is not closed or opened.")
    return body


def merge(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in."""
    return FIELD.sub(lambda found: values[found[1]], text)


def is_personal(paragraph: str) -> bool:
    """Does it name the people it is written to?"""
    return not PERSONAL.isdisjoint(FIELD.findall(paragraph))


def listed(names: Sequence[str]) -> str:
    """`Ivy`, `Ivy and Tom`, `Ivy, Tom and Siân`; each name once."""
    *first, last = dict.fromkeys(names)
    return f"{', '.join(first)} and {last}" if first else last


def checked_price(price: Decimal) -> Decimal:
    """Pounds a copy, print and post together, with at most four decimals."""
    if not 0 < price <= MOST_A_COPY or price != round(price, 4):
        raise LetterRefused(
            "price", "The price of a copy is more than nought, such as £0.4250."
        )
    return price


def cost(copies: int, price: Decimal) -> Decimal:
    """Copies × price, to the nearest penny."""
    return to_the_penny(copies * price)
