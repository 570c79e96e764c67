"""What a line of a statement may have been: by amount, day, number and name.

Nothing is matched by itself: a person accepts. Worked examples are in
docs/rules/statements.md.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from itertools import combinations
from typing import Final, NamedTuple


class Kind(StrEnum):
    """What may have been paid or received."""

    INVOICE = "invoice"
    # As it came, before its credit notes: what they took off is due back.
    INVOICE_IN_FULL = "invoice_in_full"
    PAYMENT = "payment"
    DONATION = "donation"
    CREDIT_NOTE = "credit_note"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Strength(IntEnum):
    """How much speaks for a proposal."""

    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


# How many days before and after its own day a thing may be at the bank.
WINDOWS: Final = {
    Kind.INVOICE: (7, 90),
    Kind.INVOICE_IN_FULL: (7, 90),
    Kind.PAYMENT: (5, 5),
    Kind.DONATION: (5, 5),
    Kind.CREDIT_NOTE: (5, 5),
}
BILLS: Final = frozenset((Kind.INVOICE, Kind.INVOICE_IN_FULL))
# Never proposed for a part of it: that is the same as a part of something else.
ONLY_WHOLE: Final = frozenset((Kind.DONATION, Kind.INVOICE_IN_FULL))
DAY_OF: Final = {
    Kind.INVOICE: "the invoice",
    Kind.INVOICE_IN_FULL: "the invoice",
    Kind.PAYMENT: "the payment as filed",
    Kind.DONATION: "the donation",
    Kind.CREDIT_NOTE: "the refund as filed",
}
# Several of one supplier in one line: at most so many, of so many that are open.
MOST_TOGETHER: Final = 4
MOST_OPEN: Final = 12
SHORTEST_REFERENCE: Final = 3
# They tell one body from another by nothing.
EMPTY_WORDS: Final = frozenset(
    {"AND", "THE", "OF", "FOR", "LTD", "LIMITED", "PLC", "LLP", "CO", "COMPANY", "UK"}
)
SHORTEST_CUT: Final = 4  # letters of a word that the bank has cut off


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line: what of it is still to be said, in pounds, its day and its words."""

    amount: Decimal
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open invoice, a payment or a donation, with what of it is on no line yet.

    `day` is None for what is only promised or due; `references` are numbers such as the
    invoice's, `name` is the supplier or donor.
    """

    kind: Kind
    id: int
    left: Decimal
    day: date | None
    name: str
    references: tuple[str, ...] = ()


class Part(NamedTuple):
    """So much of the line is this."""

    candidate: Candidate
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the line may have been, and what speaks for it."""

    parts: tuple[Part, ...]
    strength: Strength
    reasons: tuple[str, ...]


def proposals(
    line: Wanted, candidates: Sequence[Candidate], *, most: int = 5
) -> tuple[Proposal, ...]:
    """The strongest first; the order in which candidates come never matters."""
    found = [
        *_single(line, candidates),
        *_together(line, candidates),
        *_partly(line, candidates),
    ]
    return tuple(sorted(found, key=lambda one: _rank(line, one))[:most])


def _rank(line: Wanted, proposal: Proposal) -> tuple[object, ...]:
    days = max(_days(line, part.candidate) for part in proposal.parts)
    ids = [(part.candidate.kind.value, part.candidate.id) for part in proposal.parts]
    return -proposal.strength, len(ids), days, ids


def _single(line: Wanted, candidates: Sequence[Candidate]) -> Iterator[Proposal]:
    """Of the very amount."""
    for one in candidates:
        if one.left != line.amount:
            continue
        said = _said(line, one)
        near = _is_near(line, one)
        if said.number:
            strength = Strength.SURE if near else Strength.LIKELY
        elif not near:
            continue
        elif said.name:
            filed = one.kind not in BILLS and one.day is not None
            strength = Strength.SURE if filed else Strength.LIKELY
        else:
            strength = Strength.POSSIBLE
        reasons = ("the same amount", *said.reasons, *_distance(line, one))
        yield Proposal((Part(one, one.left),), strength, reasons)


def _together(line: Wanted, candidates: Sequence[Candidate]) -> Iterator[Proposal]:
    """Several of one supplier that come to the amount, if the line speaks of them."""
    groups: dict[tuple[Kind, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.kind is Kind.INVOICE_IN_FULL:
            continue
        if one.left < line.amount and one.day and _is_near(line, one):
            groups[one.kind, name_key(one.name)].append(one)
    for group in groups.values():
        nearest = sorted(group, key=lambda one: (_days(line, one), one.id))[:MOST_OPEN]
        for size in range(2, MOST_TOGETHER + 1):
            for some in combinations(sorted(nearest, key=lambda one: one.id), size):
                if sum(one.left for one in some) == line.amount:
                    yield from _several(line, some)


def _several(line: Wanted, some: tuple[Candidate, ...]) -> Iterator[Proposal]:
    said = [_said(line, one) for one in some]
    if all(one.number for one in said):
        strength = Strength.SURE
    elif said[0].name or any(one.number for one in said):
        strength = Strength.LIKELY
    else:
        return
    reasons = dict.fromkeys(reason for one in said for reason in one.reasons)
    parts = tuple(Part(one, one.left) for one in some)
    yield Proposal(parts, strength, (f"{len(some)} that come to it", *reasons))


def _partly(line: Wanted, candidates: Sequence[Candidate]) -> Iterator[Proposal]:
    """A part of something larger, if the line speaks of it."""
    for one in candidates:
        if one.left <= line.amount or one.kind in ONLY_WHOLE:
            continue
        said = _said(line, one)
        if said.reasons and _is_near(line, one):
            strength = Strength.LIKELY if said.number else Strength.POSSIBLE
            reasons = ("a part of it", *said.reasons, *_distance(line, one))
            yield Proposal((Part(one, line.amount),), strength, reasons)


class _Said(NamedTuple):
    number: str
    name: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        number = (f"its words say {self.number}",) if self.number else ()
        return (*number, *(("its words say the name",) if self.name else ()))


def _said(line: Wanted, one: Candidate) -> _Said:
    numbers = (text for text in one.references if says_reference(line.words, text))
    return _Said(next(numbers, ""), says_name(line.words, one.name))


def says_reference(words: str, reference: str) -> bool:
    """`PP-1203` is in `PLOVER PRESS PP1203` and not in `PP12034`; a number of less
    than three signs, or without a figure, is in nothing."""
    runs = re.findall(r"[A-Z]+|[0-9]+", reference.upper())
    if len("".join(runs)) < SHORTEST_REFERENCE or not any(map(str.isdecimal, runs)):
        return False
    pattern = r"[^A-Z0-9]*".join(runs)
    return bool(re.search(rf"(?<![A-Z0-9]){pattern}(?![A-Z0-9])", words.upper()))


def says_name(words: str, name: str) -> bool:
    """At least half of the words of a name are there, the last of them perhaps cut."""
    told = _words(words)
    wanted = [word for word in _words(name) if word not in EMPTY_WORDS]
    found = sum(any(_is_word(seen, word) for seen in told) for word in wanted)
    return found > 0 and 2 * found >= len(wanted)


def _is_word(seen: str, word: str) -> bool:
    return seen == word or (len(seen) >= SHORTEST_CUT and word.startswith(seen))


def _words(text: str) -> list[str]:
    plain = text.upper().replace("'", "").replace("’", "")
    return [word for word in re.findall(r"[^\W_]+", plain) if len(word) > 1]


def name_key(name: str) -> str:
    """By which two spellings of one supplier are the same: `Plover Press Ltd.` and
    `PLOVER PRESS`."""
    words = [word for word in _words(name) if word not in EMPTY_WORDS]
    return " ".join(words) or " ".join(name.upper().split())


def _days(line: Wanted, one: Candidate) -> int:
    return abs((line.day - one.day).days) if one.day else 0


def _is_near(line: Wanted, one: Candidate) -> bool:
    """What is only promised may come on any day."""
    if one.day is None:
        return True
    before, after = WINDOWS[one.kind]
    return -before <= (line.day - one.day).days <= after


def _distance(line: Wanted, one: Candidate) -> tuple[str, ...]:
    if one.day is None:
        return ("it was promised" if one.kind is Kind.DONATION else "it is due back",)
    days = (line.day - one.day).days
    if days == 0:
        return (f"on the day of {DAY_OF[one.kind]}",)
    counted = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return (f"{counted} {'after' if days > 0 else 'before'} {DAY_OF[one.kind]}",)
