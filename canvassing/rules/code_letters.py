"""A short code for each candidate, made from letters that people will recognise."""

from collections.abc import Iterable


def code_letters(names: Iterable[str], *, taken: Iterable[str]) -> list[str]:
    """One code for each name, in order, none of them among those `taken`.

    The initial, else the initials, else the initial with a number: Birch Party, Beech
    Party and Bramble Party become B, BP and B3.
    """
    used = set(taken)
    codes = []
    for name in names:
        code = next(code for code in _proposals(name) if code not in used)
        used.add(code)
        codes.append(code)
    return codes


def _proposals(name: str) -> Iterable[str]:
    initials = "".join(word[0].upper() for word in name.split()) or "C"
    yield initials[0]
    yield initials[:4]
    yield from (f"{initials[0]}{number}" for number in range(3, 1000))
