"""Every letter box of a ward, and those at which no leaflet is wanted."""

from typing import Final

from django.db import connection

from campaigns.models import Campaign, Ward
from canvassing.models import NoContact
from canvassing.rules.rounds import Door

# Wherever somebody is registered; a wish of the whole household not to have letters
# holds for what is pushed through its door too.
LETTER_BOXES: Final = """
SELECT a.id, a.walk_position, a.building_key, a.street, a.latitude, a.longitude,
       found.unwanted
FROM (
    SELECT s.address_id, min(s.polling_district_id) AS district,
           bool_and(s.household_no_contact & %(letter)s <> 0) AS unwanted
    FROM canvassing_electorstanding s
    WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
      AND s.ward_id = %(ward)s AND s.is_current AND s.address_id IS NOT NULL
    GROUP BY s.address_id
) found
JOIN campaigns_address a ON a.id = found.address_id
ORDER BY found.district, a.walk_position, a.id
"""


def letter_boxes(campaign: Campaign, ward: Ward) -> tuple[list[Door], set[int]]:
    """By district and walk position; and the ids of those that want no leaflet."""
    with connection.cursor() as cursor:
        cursor.execute(
            LETTER_BOXES,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "ward": ward.pk,
                "letter": NoContact.LETTER.value,
            },
        )
        rows = cursor.fetchall()
    doors = [Door._make(row[:-1]) for row in rows]
    return doors, {row[0] for row in rows if row[-1]}
