"""How long a copy of a register may be used, from the day it must be destroyed by."""

from datetime import date, timedelta
from enum import StrEnum

SAID_BEFORE = timedelta(days=28)
LOCKED_AFTER = timedelta(days=7)


class CopyState(StrEnum):
    IN_USE = "in use"
    DUE = "due"
    OVERDUE = "overdue"
    LOCKED = "locked"
    DESTROYED = "destroyed"


def copy_state(
    destroy_by: date | None, *, on: date, destroyed: bool = False
) -> CopyState:
    """`DUE` four weeks before its date; past it `OVERDUE`, which warns; a week later
    `LOCKED`, when nothing of it may be used. Our own periods: no law names them."""
    if destroyed:
        return CopyState.DESTROYED
    if destroy_by is None or on < destroy_by - SAID_BEFORE:
        return CopyState.IN_USE
    if on <= destroy_by:
        return CopyState.DUE
    return CopyState.LOCKED if on > destroy_by + LOCKED_AFTER else CopyState.OVERDUE
