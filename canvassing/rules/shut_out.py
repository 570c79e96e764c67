"""Why somebody who joined without an account, to call or at a stall, may not go on."""

from datetime import datetime
from typing import Final

from campaigns.rules.marked import gettext_noop

BLOCKED, STOOD_DOWN = "blocked", "had_stood_down"
CAMPAIGN_CLOSED: Final = "campaign_closed"
# Why what they still send is held: its code, and the sentence.
HELD_REASONS: Final = {
    BLOCKED: gettext_noop("An organiser had blocked whoever sent this."),
    STOOD_DOWN: gettext_noop("Whoever sent this had stood down."),
    CAMPAIGN_CLOSED: gettext_noop("The campaign was closed when this arrived."),
}


def why_shut_out(
    *,
    blocked_at: datetime | None,
    stood_down_at: datetime | None,
    campaign_closed_at: datetime | None,
) -> str:
    """The code of why they may not go on; "" if they may."""
    if campaign_closed_at:
        return CAMPAIGN_CLOSED
    if stood_down_at:
        return STOOD_DOWN
    return BLOCKED if blocked_at else ""
