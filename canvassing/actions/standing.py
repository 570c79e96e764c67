"""Standing: kept in step with every fact, and made again from all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from canvassing.actions.standing_answers import (
    refresh_answers,
    refresh_answers_of_table,
)
from canvassing.actions.standing_facts import refresh_facts
from canvassing.models import ElectorStanding
from canvassing.reports.codes import codes_of

# The neighbours of changed people whose household asked us to stay away: whether the
# wish still stands depends on who of those present then lives there now.
NEIGHBOURS = """
CREATE TEMPORARY TABLE standing_neighbours ON COMMIT DROP AS
SELECT e.id AS elector_id
FROM campaigns_elector e
WHERE e.organisation_id = %(organisation)s AND e.address_id IN (
    SELECT o.address_id
    FROM canvassing_donotcontact o, unnest(o.present) AS p (elector_id)
    JOIN {table} t USING (elector_id)
    WHERE o.organisation_id = %(organisation)s
      AND o.scope = 'household' AND o.lifted_at IS NULL)
"""

# Everybody of the campaign's wards, and whoever has a row already.
EVERYBODY = """
CREATE TEMPORARY TABLE standing_everybody ON COMMIT DROP AS
SELECT e.id AS elector_id
FROM campaigns_elector e
JOIN campaigns_pollingdistrict d ON d.id = e.polling_district_id
JOIN campaigns_campaign_wards w ON w.ward_id = d.ward_id
     AND w.campaign_id = %(campaign)s
WHERE e.organisation_id = %(organisation)s
UNION
SELECT elector_id
FROM canvassing_electorstanding
WHERE organisation_id = %(organisation)s AND campaign_id = %(campaign)s
"""


@dataclass(frozen=True)
class RebuiltStanding:
    """How many electors have a row, and how many rows were found to differ."""

    electors: int
    different: int


def lock_standing(*, organisation_id: int, electors: Iterable[int]) -> None:
    """Whoever changes rows of these electors besides, one after another, has their
    standing first, in the order in which a refresh takes it. Two queries."""
    rows = ElectorStanding.objects.of(organisation_id).filter(
        campaign__in=[one.pk for one in _campaigns_of(organisation_id)],
        elector__in=list(electors),
    )
    locked = rows.select_for_update(no_key=True, of=("self",))
    list(locked.order_by("campaign_id", "elector_id").values_list("elector_id"))


def refresh_electors(*, organisation_id: int, table: str) -> None:
    """Bring standing in step with the register for the electors of a temporary table.

    In every campaign of the organisation: rows are added, changed, and taken off every
    working page where somebody left. Opt-outs, absent votes and voted marks count too.
    Called inside the transaction of the change, as its last step.
    """
    campaigns = list(_campaigns_of(organisation_id))
    for campaign in campaigns:
        refresh_facts(campaign, table=table)
    with connection.cursor() as cursor:
        cursor.execute(
            NEIGHBOURS.format(table=table), {"organisation": organisation_id}
        )
        if cursor.rowcount:
            for campaign in campaigns:
                refresh_facts(campaign, table="standing_neighbours")
        cursor.execute("DROP TABLE standing_neighbours")


def refresh_some(*, organisation_id: int, electors: Iterable[int]) -> None:
    """The same for a few electors given by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE standing_some ON COMMIT DROP AS"
            " SELECT DISTINCT unnest(%s::bigint[]) AS elector_id",
            [list(electors)],
        )
        cursor.execute("ANALYZE standing_some")
        refresh_electors(organisation_id=organisation_id, table="standing_some")
        cursor.execute("DROP TABLE standing_some")


def refresh_answers_everywhere(*, organisation_id: int, electors: list[int]) -> None:
    """Bring these electors' rows in step with their contacts in every campaign."""
    for campaign in _campaigns_of(organisation_id):
        refresh_answers(campaign, codes=codes_of(campaign), electors=electors)


@transaction.atomic
def rebuild_standing(*, campaign: Campaign, by: Actor, at: datetime) -> RebuiltStanding:
    """Work out every row of a campaign from the facts and repair those that differ.

    Zero is the expected number of differences but for a new campaign or new wards.
    Audit verb: `standing.rebuilt`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            EVERYBODY,
            {"organisation": campaign.organisation_id, "campaign": campaign.pk},
        )
        cursor.execute("ANALYZE standing_everybody")
        cursor.execute(
            "CREATE TEMPORARY TABLE standing_repaired (elector_id bigint)"
            " ON COMMIT DROP"
        )
        tables = {"table": "standing_everybody", "repaired": "standing_repaired"}
        refresh_facts(campaign, **tables)
        refresh_answers_of_table(campaign, codes=codes_of(campaign), **tables)
        cursor.execute(
            "SELECT (SELECT count(*) FROM standing_everybody),"
            " (SELECT count(DISTINCT elector_id) FROM standing_repaired)"
        )
        rebuilt = RebuiltStanding(*cursor.fetchone())
        cursor.execute("DROP TABLE standing_everybody, standing_repaired")
    audit.record(
        "standing.rebuilt",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=campaign,
        electors=rebuilt.electors,
        different=rebuilt.different,
    )
    return rebuilt


def _campaigns_of(organisation_id: int) -> Iterable[Campaign]:
    campaigns = Campaign.objects.filter(organisation=organisation_id, closed_at=None)
    return campaigns.select_related("election").order_by("pk")
