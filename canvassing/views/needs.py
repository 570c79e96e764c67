"""Where each thing that needs somebody is settled."""

from django.urls import reverse

from campaigns.models import Campaign
from canvassing.reports.needs import Need

# A campaign's own page for each kind of need.
PAGES = {
    "matches": "matches",
    "held": "held-items",
    "copy": "register",
    "districts": "districts",
    "job": "jobs",
    "mails": "mails-not-sent",
    "markers": "to-check",
    "donations": "donations",
    "expenses": "expenses",
    "limit": "limit-notice",
    "deadline": "money",
    "imprint": "campaign-settings",
}
# An admin page of one row for the others.
ADMIN_ROWS = {
    "shift": "admin:volunteers_shift_change",
}


def link_to(need: Need, campaign: Campaign) -> str:
    if need.kind in PAGES:
        return reverse(PAGES[need.kind], kwargs={"campaign": campaign.slug})
    return reverse(ADMIN_ROWS[need.kind], args=[need.target])
