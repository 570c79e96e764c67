"""Electors in walking order, with what files, sheets, cards and letters show of them.

Three sources give the same columns: `of_rule`, whoever fits a rule now; `of_list`,
whoever is still open on a frozen list (not voted nor sent a postal vote back, on the
register, able to vote, in the same ward, under no objection since); and `of_ward`,
everybody a canvasser may meet.
"""
# ruff: noqa: S608 - the statements are put together from constants of ours

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import connection

from campaigns.models import Campaign, PollingDistrict, Ward
from campaigns.rules.spreadsheets import safe_sql
from canvassing.models import Channel, GotvList, VotesBy
from canvassing.reports.gotv_selection import Selection, may_contact
from canvassing.rules.households import door

ROWS_A_BLOCK: Final = 2000

WALK: Final = "s.polling_district_id, s.walk_position, s.elector_id"
# OFFSET 0 keeps this a look-up by key beside an index scan that is already in final
# order: no elector is sorted or hashed, for one ward or for all. It is of both at once,
# since the server would remember addresses looked up by themselves, each in vain.
JOINS: Final = """
CROSS JOIN LATERAL (SELECT e.elector_number, e.forename, e.middle_names, e.surname,
        a.flat, a.number, a.street, a.locality, a.postcode, a.printed
    FROM campaigns_elector e LEFT JOIN campaigns_address a ON a.id = s.address_id
    WHERE e.id = s.elector_id OFFSET 0) p
LEFT JOIN campaigns_pollingdistrict d ON d.id = s.polling_district_id
JOIN campaigns_ward w ON w.id = s.ward_id"""

STILL_OPEN: Final = """s.is_current AND s.eligible = 1 AND s.voted_at IS NULL
    AND NOT s.posted AND s.ward_id = g.ward_id
    AND s.no_contact = ANY(%(may_contact)s)
    AND s.household_no_contact = ANY(%(may_contact)s)"""

FROM_LIST: Final = f"""
canvassing_gotventry g
CROSS JOIN LATERAL (SELECT * FROM canvassing_electorstanding s
    WHERE s.organisation_id = g.organisation_id AND s.campaign_id = %(campaign)s
      AND s.elector_id = g.elector_id OFFSET 0) s {JOINS}
WHERE g.organisation_id = %(organisation)s AND g.gotv_list_id = %(list)s
    AND {{wards}} AND {STILL_OPEN}"""

VOTES_BY: Final = """(ARRAY['in person', 'by post', 'by proxy', 'by postal proxy'])
    [s.votes_by + 1]"""

# A table's columns: what each is called in the file, and the SQL of what stands there.
COLUMNS: Final = {
    "elector": "s.elector_id",
    "ward": "w.gss",
    "ward_name": "w.name",
    "polling_district": "d.code",
    "elector_number": "p.elector_number",
    "forename": "p.forename",
    "middle_names": "p.middle_names",
    "surname": "p.surname",
    "address": "p.printed",
    "postcode": "p.postcode",
    "votes_by": VOTES_BY,
}
# What the electorate or a supplier wrote, and a spreadsheet might take for a formula.
WRITTEN_BY_OTHERS: Final = set(COLUMNS) - {"elector", "ward", "votes_by"}


class ListedElector(NamedTuple):
    """One elector as a walk sheet, a card or a letter needs them; never anonymous.

    `votes_by` is one of the numbers of `VotesBy`; `posted`: they say that their postal
    vote is sent back; `keep_away` says that they or their
    household asked not to be contacted this way.
    """

    elector_id: int
    district: str
    number: str
    forename: str
    middle_names: str
    surname: str
    address_id: int | None
    flat: str
    house: str
    street: str
    locality: str
    postcode: str
    printed: str
    votes_by: int
    posted: bool
    keep_away: bool

    @property
    def name(self) -> str:
        names = (self.forename, self.middle_names, self.surname)
        return " ".join(name for name in names if name)

    @property
    def door(self) -> str:
        return door(self)

    @property
    def votes(self) -> str:
        return VotesBy(self.votes_by).label.lower()


PAPER: Final = """s.elector_id, coalesce(d.code, ''), p.elector_number, p.forename,
    p.middle_names, p.surname, s.address_id, coalesce(p.flat, ''),
    coalesce(p.number, ''), coalesce(p.street, ''), coalesce(p.locality, ''),
    coalesce(p.postcode, ''), coalesce(p.printed, ''), s.votes_by, s.posted,
    NOT (s.no_contact = ANY(%(may_contact)s)
         AND s.household_no_contact = ANY(%(may_contact)s))"""


@dataclass(frozen=True, slots=True)
class Source:
    """What to read from, in which order, and the parameters that are named."""

    rows: str
    order: str
    parameters: dict[str, Any]

    @property
    def sql(self) -> str:
        """Everything from FROM on, in final order."""
        return f"{self.rows} ORDER BY {self.order}"

    def where(self, condition: str, **parameters: object) -> "Source":
        """Only the rows for which this holds too."""
        rows = f"{self.rows} AND {condition}"
        return Source(rows, self.order, self.parameters | parameters)

    def page(self, size: int, *, skip: int) -> "Source":
        """So many rows, after skipping some."""
        order = f"{self.order} LIMIT {size} OFFSET {skip}"
        return Source(self.rows, order, self.parameters)


def of_rule(chosen: Selection, ward_ids: Sequence[int]) -> Source:
    """Whoever fits the rule now, from one index scan in walking order."""
    of_wards, parameters = chosen.of_wards(ward_ids)
    rows = f"canvassing_electorstanding s {JOINS} WHERE {of_wards} AND {chosen.listed}"
    return Source(rows, f"s.ward_id, {WALK}", parameters)


def of_list(
    gotv_list: GotvList, ward_ids: Sequence[int], *, channel: str | None = None
) -> Source:
    """Whoever is still open on the list, for its own channel or another one."""
    parameters: dict[str, Any] = {
        "organisation": gotv_list.organisation_id,
        "campaign": gotv_list.campaign_id,
        "list": gotv_list.pk,
        "wards": list(ward_ids),
        "may_contact": may_contact(channel or gotv_list.channel),
    }
    wards = "g.ward_id = ANY(%(wards)s)"
    if len(ward_ids) == 1:
        wards, parameters["wards"] = "g.ward_id = %(wards)s", ward_ids[0]
    return Source(FROM_LIST.format(wards=wards), "g.ward_id, g.position", parameters)


def of_ward(
    campaign: Campaign, ward: Ward, *, district: PollingDistrict | None = None
) -> Source:
    """Everybody at the doors of a ward, or of one of its polling districts."""
    parameters: dict[str, Any] = {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "ward": ward.pk,
        "may_contact": may_contact(Channel.DOOR),
    }
    rows = f"""canvassing_electorstanding s {JOINS}
        WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
          AND s.ward_id = %(ward)s AND s.is_current AND NOT s.is_anonymous"""
    source = Source(rows, WALK, parameters)
    if district is None:
        return source
    return source.where("s.polling_district_id = %(district)s", district=district.pk)


def table_query(source: Source) -> str:
    """The query of a file of text: `COLUMNS`, none of which a spreadsheet computes."""
    columns = (
        safe_sql(sql) if name in WRITTEN_BY_OTHERS else sql
        for name, sql in COLUMNS.items()
    )
    return f"SELECT {', '.join(columns)} FROM {source.sql}"


def rows_of_table(source: Source) -> Iterator[tuple[str | int | None, ...]]:
    """The rows of `COLUMNS` as they stand in the database."""
    return _rows(source, ", ".join(COLUMNS.values()))


def electors(source: Source) -> Iterator[ListedElector]:
    return map(ListedElector._make, _rows(source, PAPER))


def _rows(source: Source, columns: str) -> Iterator[tuple[Any, ...]]:
    """One by one; no more than a block of them is in memory at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source.sql}", source.parameters)
        while rows := cursor.fetchmany(ROWS_A_BLOCK):
            yield from rows


def count(source: Source, each: str = "*") -> int:
    with connection.cursor() as cursor:
        sql = f"SELECT count({each}) FROM {source.rows}"
        cursor.execute(sql, source.parameters)
        return int(cursor.fetchone()[0])
