"""Lists as tables: CSV written by PostgreSQL itself, and XLSX row by row."""

from collections.abc import Generator, Sequence
from typing import IO

from campaigns.exporters.base import csv_blocks_of_query, write_csv, write_xlsx
from campaigns.models import Campaign, Ward
from canvassing.reports.gotv_selection import selection
from canvassing.reports.list_electors import (
    COLUMNS,
    Source,
    of_rule,
    rows_of_table,
    table_query,
)
from canvassing.rules.gotv import GotvRule


def stream_gotv_csv(
    campaign: Campaign,
    *,
    rule: GotvRule,
    channel: str,
    wards: Sequence[Ward],
    mark: str,
) -> Generator[bytes, None, int]:
    """Whoever fits the rule now in all these wards, as CSV while it is read.

    Nothing is stored and nothing is held in memory; returns how many electors.
    """
    chosen = selection(campaign, rule=rule, channel=channel)
    return csv_of(of_rule(chosen, [ward.pk for ward in wards]), mark=mark)


def csv_of(source: Source, *, mark: str) -> Generator[bytes, None, int]:
    return csv_blocks_of_query(
        table_query(source), source.parameters, columns=tuple(COLUMNS), mark=mark
    )


def write_list_csv(out: IO[bytes], source: Source, *, mark: str) -> int:
    return write_csv(out, csv_of(source, mark=mark))


def write_list_xlsx(out: IO[bytes], source: Source, *, sheet: str, mark: str) -> int:
    return write_xlsx(
        out, sheet=sheet, columns=tuple(COLUMNS), rows=rows_of_table(source), mark=mark
    )
