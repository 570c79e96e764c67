"""The data promise that whoever is given elector data makes first, by its version.

A wording is never changed: who made the promise made it in these words. A new wording
is a new version at the end, and is asked of everybody from then on.
"""

from typing import Final, NamedTuple


class Promise(NamedTuple):
    """What is shown, and ticked."""

    version: str
    text: str


PROMISES: Final = (
    Promise(
        "2024-1",
        "I will use the names and addresses I am shown only for this campaign. I will"
        " not copy, photograph or pass them on, nor look anybody up for myself. I will"
        " write down only what people would expect, for they may ask to see it, and I"
        " will tell an organiser at once if my phone is lost.",
    ),
)
CURRENT: Final = PROMISES[-1]
