"""A street stall without an account: how much its helpers are shown, and until when.

In words: docs/rules/stalls.md.
"""

from datetime import datetime, timedelta
from typing import Final

from campaigns.rules.marked import gettext_noop
from canvassing.rules import shut_out

# More than these fit: none of them is shown.
MOST_FOUND: Final = 8
# How often one helper may look for somebody, within the window.
MOST_FINDS: Final = 30
WINDOW: Final = timedelta(minutes=15)
SHORTEST_NAME: Final = 2
SHORTEST_STREET: Final = 3
# A stall stands for a day; who needs more opens it once more.
LONGEST_OPEN: Final = timedelta(days=14)
# What was recorded by mistake is taken back by who did; later, by an organiser.
UNDO_WITHIN: Final = timedelta(minutes=30)

# Whoever joined longer ago has gone home, and joins anew.
KEY_LASTS: Final = timedelta(hours=12)

OPEN, LEFT, OVER, ALONE = "", "left", "stall_over", "alone"
# Why what came of a talk is held: its code, and the sentence.
HELD_REASONS: Final = {
    LEFT: gettext_noop("Whoever sent this had left the stall."),
    ALONE: gettext_noop(
        "Whoever sent this is under 18, and no adult helped at the stall any more."
    ),
    OVER: gettext_noop("The stall was over."),
    **shut_out.HELD_REASONS,
}


def can_be_undone(recorded_at: datetime, *, at: datetime) -> bool:
    """Recorded at 10:00: until 10:30, that moment included."""
    return at - recorded_at <= UNDO_WITHIN
