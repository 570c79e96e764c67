"""Where each thing that needs somebody is settled."""

from django.urls import reverse

from campaigns.models import Campaign
from canvassing.reports.needs import Need

# A campaign's own page for each kind of need.
PAGES = {
    "matches": "matches",
    "copy": "register",
    "districts": "districts",
    "job": "jobs",
    "markers": "to-check",
    "expenses": "expenses",
    "limit": "limit-notice",
    "imprint": "campaign-settings",
}
# An admin page for the others: of one row, or of the list.
ADMIN_ROWS = {
    "shift": "admin:volunteers_shift_change",
}
ADMIN_LISTS = {"held": "admin:canvassing_helditem_changelist"}


def link_to(need: Need, campaign: Campaign) -> str:
    if need.kind in PAGES:
        return reverse(PAGES[need.kind], kwargs={"campaign": campaign.slug})
    if need.kind in ADMIN_ROWS:
        return reverse(ADMIN_ROWS[need.kind], args=[need.target])
    return reverse(ADMIN_LISTS[need.kind])
