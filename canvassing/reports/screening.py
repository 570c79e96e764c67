"""How a campaign's numbers stand towards the Telephone Preference Service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from campaigns.models import Campaign
from canvassing.reports.callable_numbers import CONSENTED, SCREENED
from canvassing.rules.calls import first_day_of_screening

# A screening that ends within these days is made anew with the next export.
SOON = timedelta(days=7)

OF_CAMPAIGN = """
FROM canvassing_phonenumber n
JOIN canvassing_electorstanding s ON s.organisation_id = n.organisation_id
     AND s.campaign_id = %(campaign)s AND s.elector_id = n.elector_id
     AND s.is_current AND NOT s.is_anonymous
WHERE n.organisation_id = %(organisation)s AND n.wrong_at IS NULL
"""
# Who agreed to calls is called whatever the service says.
TO_SCREEN = f"""
SELECT DISTINCT n.number {OF_CAMPAIGN} AND NOT {CONSENTED}
  AND (n.screened_on IS NULL OR n.screened_on < %(soon)s)
ORDER BY n.number
"""
COUNTS = f"""
SELECT count(DISTINCT n.number),
       count(DISTINCT n.number) FILTER (WHERE {CONSENTED}),
       count(DISTINCT n.number) FILTER (WHERE {SCREENED}),
       count(DISTINCT n.number) FILTER (WHERE n.is_listed),
       count(DISTINCT n.number) FILTER (WHERE NOT {CONSENTED}
           AND (n.screened_on IS NULL OR n.screened_on < %(soon)s)),
       min(n.screened_on) FILTER (WHERE {SCREENED})
{OF_CAMPAIGN}
"""


@dataclass(frozen=True)
class Screening:
    """Numbers of the campaign's electors: all, with `consent` to calls, `screened` and
    free to be called, `listed` with the service, and `due` to be looked up. `oldest` is
    the oldest screening that still holds."""

    numbers: int
    consent: int
    screened: int
    listed: int
    due: int
    oldest: date | None

    @property
    def holds_until(self) -> date | None:
        """The last day on which every screening that holds now still does."""
        return self.oldest and self.oldest + timedelta(days=27)


def screening_of(campaign: Campaign, *, on: date) -> Screening:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, _parameters(campaign, on))
        return Screening(*cursor.fetchone())


def numbers_to_screen(campaign: Campaign, *, on: date) -> Iterator[str]:
    """Each once, as E.164: never screened, or by a screening that ends soon."""
    with connection.cursor() as cursor:
        cursor.execute(TO_SCREEN, _parameters(campaign, on))
        for (number,) in cursor.fetchall():
            yield number


def _parameters(campaign: Campaign, on: date) -> dict[str, Any]:
    return {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "today": on,
        "screened_from": first_day_of_screening(on),
        "soon": first_day_of_screening(on + SOON),
    }
