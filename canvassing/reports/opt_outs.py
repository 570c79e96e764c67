"""Who asked not to be contacted: as a list, and as a table to be taken away."""
# ruff: noqa: S608 - the statements are put together from constants of ours

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.rules.spreadsheets import safe_sql
from canvassing.models import DoNotContact
from canvassing.reports.elector_search import reachable_electors
from canvassing.reports.household_wishes import has_not_lapsed, who_asked_is_there

ROWS_A_BLOCK: Final = 500
# Each wish that stands, with each elector whom it keeps from being contacted.
ROWS: Final = f"""
canvassing_electorstanding s
JOIN canvassing_donotcontact o ON o.organisation_id = s.organisation_id
     AND o.lifted_at IS NULL
     AND (o.campaign_id IS NULL OR o.campaign_id = s.campaign_id)
     AND (o.scope = 'person' AND o.elector_id = s.elector_id
          OR o.scope = 'household' AND o.address_id = s.address_id
             AND {who_asked_is_there("o")})
WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
  AND s.is_current AND NOT s.is_anonymous
  AND (s.no_contact <> 0 OR s.household_no_contact <> 0)
  AND (%(ward)s::bigint IS NULL OR s.ward_id = %(ward)s)
"""
TABLE: Final = f"""
SELECT {{columns}}
FROM (SELECT o.*, s.elector_id AS whose, s.ward_id, s.polling_district_id,
             s.address_id AS home, s.walk_position FROM {ROWS}) o
JOIN campaigns_elector e ON e.id = o.whose
JOIN campaigns_ward w ON w.id = o.ward_id
LEFT JOIN campaigns_address h ON h.id = o.home
LEFT JOIN campaigns_pollingdistrict d ON d.id = o.polling_district_id
ORDER BY w.gss, d.code, o.walk_position, e.id, o.said_at, o.id
"""
# What a row says: what each is called, as an import reads it again, and the SQL of it.
COLUMNS: Final[Mapping[str, str]] = {
    "elector_number": "e.elector_number",
    "surname": "e.surname",
    "forename": "e.forename",
    "address": "h.printed",
    "postcode": "h.postcode",
    "ward": "w.gss",
    "ward_name": "w.name",
    "scope": "o.scope",
    "channel": "CASE o.channel WHEN '' THEN 'all' ELSE o.channel END",
    "since": "to_char(o.said_at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD')",
    "for_how_long": "CASE WHEN o.campaign_id IS NULL THEN 'for good'"
    " ELSE 'this election' END",
    "source": "o.source",
    "recorded_by": "o.by_label",
}


@dataclass(frozen=True, slots=True)
class OptOutsTable:
    """The query of the table, safe to open in a spreadsheet, and its columns."""

    parameters: dict[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(COLUMNS)

    @property
    def query(self) -> str:
        return TABLE.format(columns=", ".join(map(safe_sql, COLUMNS.values())))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """As they stand in the database, a block at a time in memory."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                TABLE.format(columns=", ".join(COLUMNS.values())), self.parameters
            )
            while rows := cursor.fetchmany(ROWS_A_BLOCK):
                yield from rows

    def people(self) -> int:
        """How many electors it shows."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(DISTINCT s.elector_id) FROM {ROWS}", self.parameters
            )
            return int(cursor.fetchone()[0])


def opt_outs_table(campaign: Campaign, *, ward_id: int | None = None) -> OptOutsTable:
    """Of one ward, or of all."""
    return OptOutsTable(
        {
            "organisation": campaign.organisation_id,
            "campaign": campaign.pk,
            "ward": ward_id,
        }
    )


def opt_outs_within(*, by: Actor, campaign: Campaign) -> QuerySet[DoNotContact]:
    """The wishes that stand of electors, and of households with electors, whom the
    actor may see; the latest first."""
    there = reachable_electors(by=by, campaign=campaign).order_by()
    of_person = there.filter(elector=OuterRef("elector"))
    of_household = there.filter(elector__address=OuterRef("address"))
    return (
        DoNotContact.objects.of(campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True), lifted_at__isnull=True)
        .filter(Exists(of_person) | Exists(of_household) & Q(has_not_lapsed()))
        .select_related("elector__address", "address")
        .order_by("-said_at", "-pk")
    )
