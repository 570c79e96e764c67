"""Draws invented names, spelt as a supplier's file can write them."""

import unicodedata
from random import Random

from config.demo.name_lists import FORENAMES, MIDDLE_NAMES, SURNAMES

UNMARKED = str.maketrans("łŁ", "lL")


def plain(name: str) -> str:
    """`name` without its accents."""
    parts = unicodedata.normalize("NFD", name.translate(UNMARKED))
    return "".join(part for part in parts if not unicodedata.combining(part))


class Names:
    """Draws names that `encoding` can write; those it cannot lose their accents."""

    def __init__(self, dice: Random, encoding: str) -> None:
        self.random = dice.random

        def pool(words: str) -> list[str]:
            return [
                name if fits(name, encoding) else plain(name) for name in words.split()
            ]

        self.forenames = {key: pool(words) for key, words in FORENAMES.items()}
        self.middles = {key: pool(words) for key, words in MIDDLE_NAMES.items()}
        self.surnames = {key: pool(words) for key, words in SURNAMES.items()}

    def forename(self, community: str, sex: str) -> str:
        return self.draw(self.forenames[f"{community}_{sex}"])

    def middle(self, community: str, sex: str) -> str:
        pool = self.middles.get(f"{community}_{sex}")
        return self.draw(pool) if pool and self.random() < 0.6 else ""

    def surname(self, community: str) -> str:
        return self.draw(self.surnames[community])

    def draw(self, pool: list[str]) -> str:
        """Names early in the pool come up more often."""
        return pool[int(self.random() ** 1.7 * len(pool))]


def fits(name: str, encoding: str) -> bool:
    try:
        name.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
