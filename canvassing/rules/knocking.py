"""How long somebody knocked on doors, as it shows in what they recorded.

A rule of the house. A stretch goes from joining the round, or coming back to it, to the
last door, and to leaving where that soon followed; midnight ends none. Who records
nothing for longer than the longest pause was not knocking: a new stretch begins with
their next door, so that a round that is out for two evenings has no night in it.
"""

from datetime import timedelta
from typing import Final

LONGEST_PAUSE: Final = timedelta(hours=2)
# From the last door to where one leaves; a phone signed out next morning adds no night.
WALKS_BACK: Final = timedelta(minutes=30)
