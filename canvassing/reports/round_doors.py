"""The doors from which rounds are cut, and how many there are."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from campaigns.models import Campaign, Ward
from canvassing.models import LocalStretch, WhomToSee
from canvassing.reports.whom_to_see import CHOSEN, parameters_of, to_see
from canvassing.rules.local_rounds import Stretch
from canvassing.rules.rounds import Door

# A door of a round that is out stays with it, and so does one that another ward's round
# has: the electors of one address may stand in two wards.
FREE: Final = """
    FROM canvassing_electorstanding s
    WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
      AND s.ward_id = ANY(%(wards)s::bigint[]) AND {to_see}
      AND NOT EXISTS (
          SELECT FROM canvassing_rounddoor d
          JOIN canvassing_canvassround r ON r.id = d.round_id
          WHERE d.organisation_id = s.organisation_id
            AND d.campaign_id = s.campaign_id AND d.address_id = s.address_id
            AND d.is_live
            AND (r.ward_id <> s.ward_id OR EXISTS (
                SELECT FROM canvassing_roundissue i
                WHERE i.round_id = r.id AND i.closed_at IS NULL)))
"""
DOORS: Final = """
SELECT a.id, a.walk_position, a.building_key, a.street, a.latitude, a.longitude
FROM (
    SELECT s.address_id, min(s.polling_district_id) AS district {free}
    GROUP BY s.address_id
) found
JOIN campaigns_address a ON a.id = found.address_id
ORDER BY found.district, a.walk_position, a.id
"""
# By door first: each is looked at once, and nothing is sorted to be told apart.
COUNTS: Final = """
SELECT ward_id, {sums}
FROM (SELECT s.ward_id, s.address_id, {numbers} {{free}}
      GROUP BY s.ward_id, s.address_id) door
GROUP BY ward_id
""".format(
    sums=", ".join(
        f"coalesce(sum(n{at}), 0)::bigint, count(*) FILTER (WHERE n{at} > 0)"
        for at in range(len(CHOSEN))
    ),
    numbers=", ".join(
        f"count(*) FILTER (WHERE {chosen}) AS n{at}"
        for at, chosen in enumerate(CHOSEN.values())
    ),
)
STREET_KEYS: Final = """
SELECT t.id, t.key FROM campaigns_street t
WHERE t.organisation_id = %(organisation)s AND t.council_id = %(council)s
  AND t.key = ANY(%(keys)s)
"""


# Whom to see, and so how many electors at how many doors.
Counts = dict[WhomToSee, tuple[int, int]]


def doors_to_cut(campaign: Campaign, ward: Ward, *, whom_to_see: str) -> list[Door]:
    """By district and walk position, each with at least one elector to see."""
    return [Door._make(row) for row in _run(DOORS, campaign, [ward.pk], whom_to_see)]


def counts_to_cut(campaign: Campaign, wards: Iterable[Ward]) -> dict[int, Counts]:
    """By ward: how many electors would be seen at how many doors, for each choice of
    whom. One query, however many wards."""
    ids = [ward.pk for ward in wards]
    found = {
        ward: list(zip(figures[::2], figures[1::2], strict=True))
        for ward, *figures in _run(COUNTS, campaign, ids, WhomToSee.ALL)
    }
    nobody = [(0, 0)] * len(CHOSEN)
    return {
        ward: dict(zip(CHOSEN, found.get(ward, nobody), strict=True)) for ward in ids
    }


def _run(
    query: str, campaign: Campaign, wards: Sequence[int], whom_to_see: str
) -> list[tuple[Any, ...]]:
    free = FREE.format(to_see=to_see(whom_to_see))
    parameters = parameters_of(campaign) | {"wards": list(wards)}
    with connection.cursor() as cursor:
        cursor.execute(query.format(free=free), parameters)
        return list(cursor.fetchall())


def local_stretches(campaign: Campaign, ward: Ward) -> list[Stretch]:
    """Those of the local parties in the ward's council, in the order of walking."""
    rows = LocalStretch.objects.of(campaign.organisation_id).filter(
        local_round__council=ward.council_id, local_round__retired_at__isnull=True
    )
    return [
        Stretch(*row)
        for row in rows.order_by("local_round__name", "position").values_list(
            "local_round", "street_key", "side", "number_from", "number_to"
        )
    ]


def street_keys(campaign: Campaign, ward: Ward, keys: set[str]) -> dict[int, str]:
    """The ids of the council's streets with these keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            STREET_KEYS,
            {
                "organisation": campaign.organisation_id,
                "council": ward.council_id,
                "keys": list(keys),
            },
        )
        return dict(cursor.fetchall())
