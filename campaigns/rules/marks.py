"""How sure we are of a legal figure, and where it was read."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a figure came to be known. Only one read in its source is confirmed."""

    READ = "R"
    SECONDARY = "R2"
    DERIVED = "D"
    GENERAL = "G"

    @property
    def is_confirmed(self) -> bool:
        return self is Mark.READ

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Mark.READ: "read in the law or in official guidance",
    Mark.SECONDARY: "read in a secondary source only",
    Mark.DERIVED: "worked out from other figures, not read",
    Mark.GENERAL: "general knowledge, not checked",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a figure was read: Act and section, or title and date."""

    text: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.text}: {self.url}" if self.url else self.text
