"""The Telephone Preference Service: numbers to be screened, and what came of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.exports import ExportRefused, reason_given, record_export
from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from canvassing.actions.queue_jobs import fill_open_banks
from canvassing.reports.screening import numbers_to_screen

FILE_NAME = "numbers-to-screen.csv"
BATCH = 5000

# A result never takes the place of a later one.
SCREEN = """
WITH result AS (
    SELECT *
    FROM unnest(%(numbers)s::text[], %(listed)s::boolean[]) AS r (number, listed)
), screened AS (
    UPDATE canvassing_phonenumber n
    SET screened_on = %(screened_on)s, is_listed = result.listed
    FROM result
    WHERE n.organisation_id = %(organisation)s AND n.number = result.number
      AND (n.screened_on IS NULL OR n.screened_on <= %(screened_on)s)
)
SELECT count(*) FROM result WHERE EXISTS (
    SELECT FROM canvassing_phonenumber n
    WHERE n.organisation_id = %(organisation)s AND n.number = result.number)
"""


class ScreeningRefused(Refusal):
    """A result of a day that has not come, or from before the calls it is for."""


@dataclass(frozen=True)
class Screened:
    """`lines` of results, how many of their numbers are `listed`, and how many are none
    of ours."""

    lines: int
    listed: int
    unknown: int


@transaction.atomic
def take_numbers_to_screen(
    *, campaign: Campaign, reason: str, by: Actor, at: datetime
) -> list[str]:
    """The numbers that are to be looked up, and nothing else; written into the ledger.

    Refused: no reason, an actor who may not export all electors of the campaign,
    nothing to be screened. Audit verb: `electors.exported`.
    """
    reason = reason_given(reason)
    if by.ward_ids(Capability.EXPORT_ELECTORS, campaign=campaign) is not None:
        raise ExportRefused("not_allowed", "You may not export these numbers.")
    numbers = list(numbers_to_screen(campaign, on=day_of(at)))
    if not numbers:
        raise ExportRefused("nothing", "Every number has been screened lately.")
    record_export(
        what="Phone numbers to be screened",
        reason=reason,
        electors=len(numbers),
        file_name=FILE_NAME,
        organisation=campaign.organisation,
        campaign=campaign,
        by=by,
        at=at,
    )
    return numbers


@transaction.atomic
def file_screening(
    results: Iterable[tuple[str, bool]],
    *,
    screened_on: date,
    campaign: Campaign,
    by: Actor,
    at: datetime,
) -> Screened:
    """Keep for each number whether it was found listed on that day; calls that may be
    made by now come back into the queues of open banks.

    Refused: a day that has not come. Audit verb: `numbers.screened`.
    """
    if screened_on > day_of(at):
        raise ScreeningRefused("future", "That day has not come yet.")
    lines = listed = known = 0
    for batch in _batches(results):
        lines += len(batch)
        listed += sum(is_listed for _, is_listed in batch)
        known += _screen(dict(batch), screened_on, campaign.organisation_id)
    audit.record(
        "numbers.screened",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        lines=lines,
        listed=listed,
        screened_on=screened_on.isoformat(),
    )
    fill_open_banks(organisation_id=campaign.organisation_id, by=by, at=at)
    return Screened(lines, listed, lines - known)


def _screen(results: dict[str, bool], screened_on: date, organisation_id: int) -> int:
    """How many of these numbers are ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            SCREEN,
            {
                "organisation": organisation_id,
                "screened_on": screened_on,
                "numbers": list(results),
                "listed": list(results.values()),
            },
        )
        return int(cursor.fetchone()[0])


def _batches(
    results: Iterable[tuple[str, bool]],
) -> Iterator[list[tuple[str, bool]]]:
    rest = iter(results)
    while batch := list(islice(rest, BATCH)):
        yield batch
