"""How many people are on a campaign's loaded registers, on whom a limit may rest."""

from typing import Any, Final

from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from campaigns.models import Campaign, LimitNotice
from campaigns.reports.kept_counts import LARGE

A_DAY: Final = 24 * 60 * 60  # seconds
DISTRICTS = """
campaigns_pollingdistrict AS district
JOIN campaigns_campaign_wards AS fought
  ON fought.ward_id = district.ward_id AND fought.campaign_id = %(campaign)s
WHERE district.organisation_id = %(organisation)s
"""
# Whatever changes who is counted leaves its mark here in the same transaction: a
# register is loaded or its copy destroyed, a match made or undone, a ward chosen or
# left out, a district put into another. Rows are counted beside the greatest id, which
# hides one that was begun before it and committed after it.
MARK = f"""
SELECT md5(concat_ws('|',
  (SELECT concat_ws(' ', count(*), max(id), count(destroyed_at), max(destroyed_at))
   FROM campaigns_registeredition WHERE organisation_id = %(organisation)s),
  (SELECT concat_ws(' ', count(*), max(id), count(undone_at), max(undone_at))
   FROM campaigns_electormerge WHERE organisation_id = %(organisation)s),
  (SELECT string_agg(district.id::text, ' ' ORDER BY district.id)
   FROM {DISTRICTS})))
"""  # noqa: S608 (no text but our own)
# In one statement, so that the mark is of the moment that was counted. `IS TRUE` keeps
# the districts a set that each elector is looked up in: as a join, where registers are
# too new for statistics, every elector is compared with every district.
COUNT = f"""{MARK}, (
  SELECT count(*) FROM campaigns_elector AS elector
  WHERE elector.organisation_id = %(organisation)s
    AND elector.on_register AND elector.merged_into_id IS NULL
    AND (elector.polling_district_id IN (
      SELECT district.id FROM {DISTRICTS})) IS TRUE)
"""  # noqa: S608 (no text but our own)

HAS_WRITTEN_NOTHING = "SELECT pg_current_xact_id_if_assigned() IS NULL"


def electors_loaded(campaign: Campaign) -> int:
    """People now on the registers loaded for the campaign's wards, to the last one.

    A process keeps the count of a large campaign until its mark is another; a
    transaction that has written anything keeps none, for it may be taken back, and
    asks only once what it changed has left its mark. One query, or two; three to keep.
    """
    memory = caches["process"]
    (mark,) = _row(MARK, campaign)
    kept: int | None = memory.get(_key(campaign, mark))
    if kept is not None:
        return kept
    mark, electors = _row(COUNT, campaign)
    if electors >= LARGE and _row(HAS_WRITTEN_NOTHING, campaign) == (True,):
        memory.set(_key(campaign, mark), electors, A_DAY)
    return int(electors)


def count_electors_of(campaigns: QuerySet[Campaign]) -> None:
    """Count them where a limit of these rests on it, before anybody is kept waiting: a
    region's take a third of a second. One query where notices give the limits."""
    notices = LimitNotice.objects.filter(
        campaign=OuterRef("pk"), voided_at__isnull=True
    )
    for campaign in campaigns.filter(~Exists(notices)):
        electors_loaded(campaign)


def _key(campaign: Campaign, mark: str) -> str:
    return f"electors-loaded:{campaign.pk}:{mark}"


def _row(statement: str, campaign: Campaign) -> Any:
    of = {"organisation": campaign.organisation_id, "campaign": campaign.pk}
    with connection.cursor() as cursor:
        cursor.execute(statement, of)
        return cursor.fetchone()
