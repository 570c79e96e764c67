"""The part of standing that follows from the register, opt-outs and voted marks.

Set-based, one campaign at a time, for the electors of a temporary table. Rows are
locked in the order of their electors, as everywhere that standing is written.
"""
# ruff: noqa: S608 - the statements are put together from constants of this module

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from campaigns.models import AbsentVoterList, Campaign, RegisterEdition
from canvassing.reports.household_wishes import who_asked_is_there
from canvassing.rules.standing import MarkerVerdicts

# Who has no dwelling comes last in the walk of their district.
GATHER = """
CREATE TEMPORARY TABLE standing_facts ON COMMIT DROP AS
SELECT e.id AS elector_id, d.ward_id, e.polling_district_id, e.address_id,
       coalesce(a.walk_position, 9223372036854775807) AS walk_position,
       e.on_register AND e.hidden_at IS NULL AND e.merged_into_id IS NULL {served}
           AS is_current,
       e.is_anonymous, e.markers,
       coalesce(e.attains_on > %(poll_on)s, false) AS is_too_young,
       EXISTS (
           SELECT FROM canvassing_electorstanding s
           WHERE s.organisation_id = %(organisation)s
             AND s.campaign_id = %(campaign)s AND s.elector_id = e.id
             AND s.elector_id BETWEEN %(lowest)s AND %(highest)s) AS is_known
FROM {table} t
JOIN campaigns_elector e ON e.id = t.elector_id
     AND e.organisation_id = %(organisation)s
     AND e.id BETWEEN %(lowest)s AND %(highest)s
JOIN campaigns_pollingdistrict d ON d.id = e.polling_district_id
JOIN campaigns_campaign_wards w ON w.ward_id = d.ward_id
     AND w.campaign_id = %(campaign)s
LEFT JOIN campaigns_address a ON a.id = e.address_id
"""

# Only asked where an organisation holds copies that do not serve every campaign.
SERVED = """
    AND EXISTS (
        SELECT FROM campaigns_registerentry r
        WHERE r.organisation_id = %(organisation)s AND r.elector_id = e.id
          AND r.until_edition_id IS NULL
          AND r.from_edition_id <> ALL(%(not_for_us)s::bigint[]))
"""

CHANNELS = """
    CASE o.channel WHEN 'door' THEN 1 WHEN 'phone' THEN 2 WHEN 'letter' THEN 4
                   WHEN 'email' THEN 8 ELSE 15 END
"""
IN_FORCE = """
    o.organisation_id = %(organisation)s AND o.lifted_at IS NULL
    AND (o.campaign_id IS NULL OR o.campaign_id = %(campaign)s)
"""
EXPECTED = f"""
WITH eligibility AS (
    SELECT * FROM unnest(
        %(markers)s::text[], %(of_age)s::smallint[], %(too_young)s::smallint[]
    ) AS eligibility (markers, of_age, too_young)
), votes_by AS (
    SELECT v.elector_id,
           max(CASE v.kind WHEN 'postal' THEN 1 WHEN 'proxy' THEN 2 ELSE 3 END) AS way
    FROM standing_facts f
    JOIN campaigns_absentvote v ON v.organisation_id = %(organisation)s
         AND v.absent_list_id = ANY(%(absent_lists)s::bigint[])
         AND v.elector_id = f.elector_id
    WHERE coalesce(v.from_on, %(poll_on)s) <= %(poll_on)s
      AND coalesce(v.until_on, %(poll_on)s) >= %(poll_on)s
    GROUP BY v.elector_id
), person AS (
    SELECT o.elector_id, bit_or({CHANNELS}) AS channels
    FROM canvassing_donotcontact o
    WHERE o.scope = 'person' AND {IN_FORCE}
      AND o.elector_id IN (SELECT elector_id FROM standing_facts)
    GROUP BY o.elector_id
), household AS (
    SELECT o.address_id, bit_or({CHANNELS}) AS channels
    FROM canvassing_donotcontact o
    WHERE o.scope = 'household' AND {IN_FORCE}
      AND o.address_id IN (SELECT address_id FROM standing_facts)
      AND {who_asked_is_there("o")}
    GROUP BY o.address_id
), voted AS (
    SELECT v.elector_id, v.marked_at
    FROM standing_facts f
    JOIN canvassing_votedmark v ON v.organisation_id = %(organisation)s
         AND v.poll_on = %(poll_on)s AND v.elector_id = f.elector_id
         AND v.withdrawn_at IS NULL
), expected AS (
    SELECT f.elector_id, f.is_known,
           f.ward_id, f.polling_district_id, f.address_id, f.walk_position,
           f.is_current, f.is_anonymous,
           CASE WHEN f.is_too_young THEN eligibility.too_young
                ELSE eligibility.of_age END AS eligible,
           coalesce(votes_by.way, 0)::smallint AS votes_by,
           coalesce(person.channels, 0)::smallint AS no_contact,
           coalesce(household.channels, 0)::smallint AS household_no_contact,
           voted.marked_at AS voted_at
    FROM standing_facts f
    JOIN eligibility ON eligibility.markers = f.markers
    LEFT JOIN votes_by ON votes_by.elector_id = f.elector_id
    LEFT JOIN person ON person.elector_id = f.elector_id
    LEFT JOIN household ON household.address_id = f.address_id
    LEFT JOIN voted ON voted.elector_id = f.elector_id
)
"""
COLUMNS = (
    "ward_id",
    "polling_district_id",
    "address_id",
    "walk_position",
    "is_current",
    "is_anonymous",
    "eligible",
    "votes_by",
    "no_contact",
    "household_no_contact",
    "voted_at",
)


def _listed(alias: str) -> str:
    return ", ".join(f"{alias}.{column}" for column in COLUMNS)


OF_CAMPAIGN = "s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s"
# Before the facts are read: who writes one of these facts meanwhile waits, and then
# refreshes the row again; who has written one is waited for, and read.
LOCK = f"""
SELECT count(*) FROM (
    SELECT FROM {{touched}} AS t (elector_id)
    JOIN canvassing_electorstanding s ON s.elector_id = t.elector_id AND {OF_CAMPAIGN}
         {{span}}
    ORDER BY s.elector_id
    FOR NO KEY UPDATE OF s) AS locked
"""
CHANGE = f"""
{EXPECTED}
UPDATE canvassing_electorstanding s
SET ({", ".join(COLUMNS)}) = ROW ({_listed("x")})
FROM expected x
WHERE x.is_known AND s.elector_id = x.elector_id AND {OF_CAMPAIGN}
  AND ({_listed("s")}) IS DISTINCT FROM ({_listed("x")})
"""
ADD = f"""
INSERT INTO canvassing_electorstanding AS s
    (organisation_id, campaign_id, elector_id, {", ".join(COLUMNS)})
{EXPECTED}
SELECT %(organisation)s, %(campaign)s, x.elector_id, {_listed("x")}
FROM expected x
WHERE NOT x.is_known
ORDER BY x.ward_id, x.polling_district_id, x.walk_position, x.elector_id
"""
# Who is no longer in any ward of the campaign keeps the row, but is on no page.
LEAVE = f"""
UPDATE canvassing_electorstanding s
SET is_current = false
FROM {{table}} t
WHERE s.elector_id = t.elector_id AND {OF_CAMPAIGN} AND s.is_current
  AND NOT EXISTS (SELECT FROM standing_facts f WHERE f.elector_id = t.elector_id)
"""

# From so many new rows on, the planner is told at once: it would go on taking the
# campaign for empty until the server's own round, and compare everybody with everybody.
MANY = 1_000


def refresh_facts(campaign: Campaign, *, table: str, repaired: str = "") -> None:
    """Bring the rows of a campaign in step with the facts about some electors.

    `table` is a temporary table of `elector_id`. The ids of the rows that differed go
    into the table `repaired`, if one is named.
    """
    with connection.cursor() as cursor:
        parameters = _gather(cursor, campaign, table)
        run_and_log(cursor, CHANGE, parameters, repaired)
        run_and_log(cursor, ADD, parameters, repaired)
        if cursor.rowcount >= MANY:
            cursor.execute("ANALYZE canvassing_electorstanding")
        if parameters["gathered"] < parameters["asked"]:
            run_and_log(cursor, LEAVE.format(table=table), parameters, repaired)
        cursor.execute("DROP TABLE standing_facts")


def _gather(cursor: CursorWrapper, campaign: Campaign, table: str) -> dict[str, Any]:
    election = campaign.election
    parameters: dict[str, Any] = {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "poll_on": election.poll_on,
        "not_for_us": _editions_not_for(campaign),
        "absent_lists": _absent_lists_of(campaign),
    }
    # A council's first register is one span of ids: the others' electors are not read.
    cursor.execute(f"SELECT min(elector_id), max(elector_id), count(*) FROM {table}")
    parameters["lowest"], parameters["highest"], parameters["asked"] = cursor.fetchone()
    span = "AND s.elector_id BETWEEN %(lowest)s AND %(highest)s"
    cursor.execute(LOCK.format(touched=table, span=span), parameters)
    served = SERVED if parameters["not_for_us"] else ""
    gather = GATHER.format(served=served, table=table)
    cursor.execute(gather, parameters)
    parameters["gathered"] = cursor.rowcount
    cursor.execute("ANALYZE standing_facts")
    cursor.execute("SELECT DISTINCT markers FROM standing_facts")
    verdicts = MarkerVerdicts.for_poll(
        [markers for (markers,) in cursor.fetchall()],
        poll_on=election.poll_on,
        poll_kind=election.kind,
        nation=election.nation,
    )
    return parameters | {
        "markers": verdicts.markers,
        "of_age": verdicts.of_age,
        "too_young": verdicts.too_young,
    }


def run_and_log(
    cursor: CursorWrapper, statement: str, parameters: dict[str, Any], log: str
) -> None:
    """Run a statement that writes standing as `s`; log its electors if asked."""
    if log:
        statement = (
            f"WITH done AS ({statement} RETURNING s.elector_id)"
            f" INSERT INTO {log} SELECT elector_id FROM done"
        )
    cursor.execute(statement, parameters)


def _editions_not_for(campaign: Campaign) -> list[int]:
    """Candidates' copies that serve another campaign, and copies destroyed."""
    editions = RegisterEdition.objects.of(campaign.organisation_id)
    others = editions.filter(supplied_to="candidate").exclude(campaign=campaign)
    destroyed = editions.filter(destroyed_at__isnull=False)
    return list((others | destroyed).values_list("pk", flat=True))


def _absent_lists_of(campaign: Campaign) -> list[int]:
    lists = AbsentVoterList.objects.of(campaign.organisation_id)
    in_force = lists.filter(campaign=campaign, replaced_at__isnull=True)
    return list(in_force.values_list("pk", flat=True))
