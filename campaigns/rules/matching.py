"""Is a line of a newer register the person of an older one? Worked examples and the
reasons are in docs/rules/matching.md.

Only people left over at one address come here: exact matches are made before. A match
is `SAME` when nothing else is likely, `PERHAPS` when a person must decide.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    SAME = "same"
    PERHAPS = "perhaps"


class Person(NamedTuple):
    """What one edition says of somebody. `ref` is the caller's own.

    `name_key` is `SURNAME FORENAME MIDDLE…` (rules.names), `printed` the name as the
    register has it.
    """

    ref: int
    name_key: str
    title: str
    attains_on: date | None
    markers: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    older: int
    newer: int
    verdict: Verdict
    kind: str
    score: float
    evidence: tuple[str, ...]


class Finding(NamedTuple):
    kind: str
    score: float
    evidence: tuple[str, ...]
    certain: bool


# Takes two names in capitals, answers 0 (nothing alike) to 1 (the same).
Similarity = Callable[[str, str], float]

CLOSE = 0.9
MARGIN = 0.02
SAME_NAME = Finding("same name", 1.0, ("Same name", "Same address"), True)
NAMESAKES = ("Same name", "Same address", "As many of that name as before")
MEN = frozenset({"MR", "SIR", "LORD"})
WOMEN = frozenset({"MRS", "MS", "MISS", "LADY", "DAME"})
SOUNDS = (
    (re.compile("PH|V"), "F"),
    (re.compile("CK|C|Q"), "K"),
    (re.compile("^G(?=E)"), "J"),
    (re.compile("(?<=.)[AEIOUYHW]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def match_household(
    older: Sequence[Person],
    newer: Sequence[Person],
    *,
    similarity: Similarity,
    others_stayed: bool,
    is_common: Callable[[str], bool],
) -> list[Match]:
    """Pair the people left over at one address, the surest first.

    Both sides are in register order. `others_stayed`: somebody of the older household
    is still there. `is_common` tells whether many people of the council have given
    names. Nobody is in two `SAME` matches; two pairs that are equally likely are both
    `PERHAPS`.
    """
    free_older = {person.ref: person for person in older}
    free_newer = {person.ref: person for person in newer}
    matches = _namesakes(free_older, free_newer)
    matches += _settle(free_older, free_newer, _spelt_alike(similarity))
    others_stayed = others_stayed or any(m.verdict is Verdict.SAME for m in matches)
    return matches + _settle(
        free_older,
        free_newer,
        _new_surname(others_stayed=others_stayed, is_common=is_common),
    )


def _namesakes(older: dict[int, Person], newer: dict[int, Person]) -> list[Match]:
    """As many of one name as before are the same ones."""
    before, after = _by_name(older), _by_name(newer)
    matches = []
    for name_key, namesakes in before.items():
        for a, b in _told_apart(namesakes, after.get(name_key, [])):
            del older[a.ref], newer[b.ref]
            matches.append(
                Match(a.ref, b.ref, Verdict.SAME, "namesakes", 0.95, NAMESAKES)
            )
    return matches


def _told_apart(
    older: list[Person], newer: list[Person]
) -> list[tuple[Person, Person]]:
    """By title and markers where those are as before, else in register order.

    A register orders people by their names: once two of them are printed differently,
    their order says nothing any more, and nobody is paired.
    """
    if not 1 < len(older) == len(newer):
        return []
    kept = sorted(map(_traits, older)) == sorted(map(_traits, newer))
    by = _traits if kept else _nothing
    pairs = list(zip(sorted(older, key=by), sorted(newer, key=by), strict=True))
    if any(ages_contradict(a.attains_on, b.attains_on) for a, b in pairs):
        return []
    return pairs if _in_order(older, by) and _in_order(newer, by) else []


def _traits(person: Person) -> tuple[str, ...]:
    return person.title.upper(), person.markers


def _nothing(person: Person) -> tuple[str, ...]:
    return ()


def _in_order(people: list[Person], by: Callable[[Person], tuple[str, ...]]) -> bool:
    """Those whom nothing else tells apart are printed alike."""
    prints = {(by(person), person.printed) for person in people}
    return len(prints) == len({by(person) for person in people})


def _by_name(people: dict[int, Person]) -> dict[str, list[Person]]:
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people.values():
        by_name[person.name_key].append(person)
    return by_name


def _settle(
    older: dict[int, Person],
    newer: dict[int, Person],
    judge: Callable[[Person, Person], Finding | None],
) -> list[Match]:
    """Judge the pairs that share a name; who is matched for sure leaves both sides."""
    found = [
        (finding, a.ref, b.ref)
        for a, b in _sharing_a_name(older.values(), newer.values())
        if (finding := judge(a, b))
    ]
    matches = []
    for finding, a, b in sorted(found, key=lambda item: -item[0].score):
        if a not in older or b not in newer:
            continue
        rivals = [
            other
            for other, c, d in found
            if (c == a) != (d == b) and c in older and d in newer
            and other.score > finding.score - MARGIN
        ]  # fmt: skip
        certain = finding.certain and not rivals
        if certain:
            del older[a], newer[b]
        matches.append(
            Match(
                a,
                b,
                Verdict.SAME if certain else Verdict.PERHAPS,
                finding.kind,
                finding.score if certain else finding.score * 0.8,
                finding.evidence,
            )
        )
    return matches


def _sharing_a_name(
    older: Iterable[Person], newer: Iterable[Person]
) -> Iterable[tuple[Person, Person]]:
    """Pairs with any word of their names in common: a large home stays affordable."""
    by_word: dict[str, list[Person]] = defaultdict(list)
    for person in older:
        for word in set(person.name_key.split()):
            if len(word) > 1:
                by_word[word].append(person)
    for person in newer:
        seen = set()
        for word in set(person.name_key.split()):
            for other in by_word.get(word, ()):
                if other.ref not in seen:
                    seen.add(other.ref)
                    yield other, person


def _spelt_alike(similarity: Similarity) -> Callable[[Person, Person], Finding | None]:
    def judge(a: Person, b: Person) -> Finding | None:
        if ages_contradict(a.attains_on, b.attains_on):
            return None
        if a.name_key.replace(" ", "") == b.name_key.replace(" ", ""):
            return SAME_NAME
        (surname, forename, middle), (surname_b, forename_b, middle_b) = map(
            parts, (a.name_key, b.name_key)
        )
        alike = middles_agree(middle, middle_b)
        evidence: tuple[str, ...]
        if surname == surname_b and forename == forename_b:
            evidence = ("Same surname and forename", "Same address")
            if alike:
                return Finding("middle names", 0.97, evidence, True)
            return Finding("other middle names", 0.6, evidence, False)
        if not alike:
            return None
        if forename == forename_b and similarity(surname, surname_b) >= CLOSE:
            evidence = ("Same forename", "Surname spelt nearly alike", "Same address")
            return Finding("surname respelt", 0.94, evidence, True)
        if surname == surname_b and _forenames_alike(forename, forename_b, similarity):
            evidence = ("Same surname", "Forename spelt nearly alike", "Same address")
            certain = not titles_contradict(a.title, b.title)
            return Finding("forename respelt", 0.92, evidence, certain)
        return None

    return judge


def _new_surname(
    *, others_stayed: bool, is_common: Callable[[str], bool]
) -> Callable[[Person, Person], Finding | None]:
    def judge(a: Person, b: Person) -> Finding | None:
        (surname, forename, middle), (surname_b, forename_b, middle_b) = map(
            parts, (a.name_key, b.name_key)
        )
        if (
            not forename
            or forename != forename_b
            or surname == surname_b
            or not middles_agree(middle, middle_b)
            or ages_contradict(a.attains_on, b.attains_on)
            or titles_contradict(a.title, b.title)
        ):
            return None
        rare = f"{forename} {middle}".strip() if middle == middle_b else forename
        proofs = {
            "Others of the household stayed": others_stayed,
            "Same date of attainment": bool(a.attains_on and b.attains_on),
            "Rare given names": not is_common(rare),
        }
        hints = {"Same middle names": bool(middle) and bool(middle_b)}
        evidence = tuple(text for text, holds in (proofs | hints).items() if holds)
        return Finding(
            "new surname",
            0.7 + 0.05 * len(evidence),
            ("Same forename, another surname", "Same address", *evidence),
            any(proofs.values()),
        )

    return judge


def parts(name_key: str) -> tuple[str, str, str]:
    """Surname, forename, middle names; each may be empty."""
    surname, _, given = name_key.partition(" ")
    forename, _, middle = given.partition(" ")
    return surname, forename, middle


def middles_agree(one: str, other: str) -> bool:
    """`JOHN PAUL`, `J P`, `J` and nothing at all agree; `J` and `P` do not."""
    return all(
        a.startswith(b) or b.startswith(a)
        for a, b in zip(one.split(), other.split(), strict=False)
    )


def ages_contradict(older: date | None, newer: date | None) -> bool:
    """Only somebody not yet of age carries a date: nobody becomes that again."""
    return newer is not None and older != newer


def titles_contradict(one: str, other: str) -> bool:
    a, b = one.upper().strip("."), other.upper().strip(".")
    return (a in MEN and b in WOMEN) or (a in WOMEN and b in MEN)


def _forenames_alike(one: str, other: str, similarity: Similarity) -> bool:
    return similarity(one, other) >= CLOSE or sound(one) == sound(other)


def sound(name: str) -> str:
    """Roughly how a name sounds: Geoffrey and Jeffrey, Steven and Stephen agree."""
    for pattern, replacement in SOUNDS:
        name = pattern.sub(replacement, name)
    return name
