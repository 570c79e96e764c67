"""What somebody says of a street of leaflets, and what of how it stands that changes.

Each word of a deliverer says all there is to say of a street: so many copies, none
where it is not done, and why some could not be reached, if so. The last one said
stands, in whatever order they arrive. What somebody else has said or written down is
changed by an organiser alone, who accepts a word that is later than theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from canvassing.rules.rounds import RoundsRefused


@dataclass(frozen=True, slots=True)
class Said:
    """A deliverer's word: `copies`, 0 where it is not done, `on` a day where one is
    told, why some were `missed` or nothing, and `when` it was said: on which `day`."""

    copies: int
    on: date | None
    missed: str
    when: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Word:
    """When something was said or written down, and whether by whoever speaks now."""

    when: datetime
    is_own: bool


@dataclass(frozen=True, slots=True)
class Street:
    """How a street stands: its copies and their day, and what was missed, each by
    whose word, if any; `heard` is all that deliverers said of it."""

    copies: int = 0
    on: date | None = None
    done_by: Word | None = None
    missed: str = ""
    missed_by: Word | None = None
    heard: tuple[Word, ...] = ()


class Put(NamedTuple):
    """Copies put through on a day."""

    copies: int
    on: date


class Change(NamedTuple):
    """What is done to a street: the copies that stand taken back, others put through,
    another reason (empty: none) for what was missed."""

    takes_back: bool = False
    puts: Put | None = None
    missed: str | None = None


def change_of_word(said: Said, street: Street, *, is_accepted: bool) -> Change | None:
    """What a deliverer's word changes: nothing where the street stands so already, and
    None where they have said something later.

    Another number of one's own stays on its day. Refused as `done`: what would change
    somebody else's word, unless an organiser accepts it and it is later than that.
    """
    if any(word.is_own and word.when > said.when for word in street.heard):
        return None
    moves, remarks = said.copies != street.copies, said.missed != street.missed
    against = [
        *(word for word in street.heard if word.when > said.when),
        *(word for word in (street.done_by,) if word and moves),
        *(word for word in (street.missed_by,) if word and remarks),
    ]
    may_replace = [
        word.is_own or (is_accepted and word.when <= said.when) for word in against
    ]
    if (moves or remarks) and not all(may_replace):
        raise RoundsRefused("done", "Somebody else has written down something else.")
    return Change(
        takes_back=moves and street.done_by is not None,
        puts=Put(said.copies, _day(said, street)) if moves and said.copies else None,
        missed=said.missed if remarks else None,
    )


def _day(said: Said, street: Street) -> date:
    is_own = street.done_by is not None and street.done_by.is_own
    return said.on or (street.on if is_own and street.on else said.day)
