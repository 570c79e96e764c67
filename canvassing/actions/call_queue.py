"""The queue of a phone bank: filled from its list or its rule a step at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from canvassing.models import IntentionKind, PhoneBank, WhomToSee
from canvassing.reports.callable_numbers import (
    CONSENTED,
    MAY_BE_CALLED,
    NUMBER_SERVES,
    calling_parameters,
)
from canvassing.reports.whom_to_see import CHOSEN

FROM_LIST = """
canvassing_gotventry g
JOIN canvassing_electorstanding s ON s.organisation_id = g.organisation_id
     AND s.campaign_id = %(campaign)s AND s.elector_id = g.elector_id
WHERE g.organisation_id = %(organisation)s AND g.gotv_list_id = %(list)s
"""
FROM_RULE = """
canvassing_electorstanding s
WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s AND {whom}
"""
LIST_ORDER = "g.ward_id, g.position"
WALKING_ORDER = "s.ward_id, s.polling_district_id, s.walk_position, s.elector_id"

# One call an elector, on the number they agreed to before any other; and one call a
# number, for the first of its household in the order of calling who is not queued.
FILL = """
INSERT INTO canvassing_queuedcall (
    organisation_id, campaign_id, bank_id, elector_id, number, position, due_at)
SELECT %(organisation)s, %(campaign)s, %(bank)s, elector_id, number, {position}, %(at)s
FROM (
    SELECT DISTINCT ON (number) elector_id, number, place
    FROM (
        SELECT DISTINCT ON (elector_id) elector_id, place, number
        FROM (
            SELECT s.elector_id, row_number() OVER (ORDER BY {order}) AS place,
                   n.number, {consented} AS consented, n.obtained_on, n.id
            FROM canvassing_phonenumber n, {people} AND {may_be_called}
                 AND {which}
                 AND n.organisation_id = %(organisation)s
                 AND n.elector_id = s.elector_id AND {number_serves}
                 AND NOT EXISTS (
                     SELECT FROM canvassing_queuedcall q
                     WHERE q.organisation_id = %(organisation)s
                       AND q.bank_id = %(bank)s AND q.elector_id = s.elector_id)
        ) callable
        ORDER BY elector_id, consented DESC, obtained_on DESC, id DESC
    ) a_number_each
    ORDER BY number, place
) a_call_each
ON CONFLICT DO NOTHING
"""
IN_WARDS = "s.ward_id = ANY(%(wards)s::bigint[])"
BEHIND = "%(after)s + row_number() OVER (ORDER BY place)"
OF_NUMBERS = """n.number = ANY(%(numbers)s::text[])
                 AND (%(ward)s::bigint IS NULL OR s.ward_id = %(ward)s::bigint)"""
# In the place of whoever gave it up.
IN_THEIR_PLACE = """(
    SELECT min(q.position) FROM canvassing_queuedcall q
    WHERE q.organisation_id = %(organisation)s AND q.bank_id = %(bank)s
      AND q.number = a_call_each.number AND q.state IN ('dropped', 'gone'))"""
# What was dropped when it was its turn, and may be called by now: one of each number,
# unless somebody else is called on it by now.
BRING_BACK = f"""
UPDATE canvassing_queuedcall q SET state = 'waiting',
    due_at = greatest(q.due_at, %(at)s)
FROM (
    SELECT DISTINCT ON (d.number) d.id
    FROM canvassing_queuedcall d
    JOIN canvassing_electorstanding s ON s.organisation_id = d.organisation_id
         AND s.campaign_id = d.campaign_id AND s.elector_id = d.elector_id
    JOIN canvassing_phonenumber n ON n.organisation_id = d.organisation_id
         AND n.elector_id = d.elector_id AND n.number = d.number
    WHERE d.organisation_id = %(organisation)s AND d.bank_id = %(bank)s
      AND d.state = 'dropped' AND {MAY_BE_CALLED} AND {NUMBER_SERVES}
      AND NOT EXISTS (
          SELECT FROM canvassing_queuedcall other
          WHERE other.organisation_id = d.organisation_id
            AND other.bank_id = d.bank_id AND other.number = d.number
            AND other.state NOT IN ('dropped', 'gone'))
    ORDER BY d.number, d.position, d.id
) again
WHERE q.id = again.id
"""  # noqa: S608 - put together from constants
LAST = """
SELECT coalesce(max(position), 0) FROM canvassing_queuedcall
WHERE organisation_id = %(organisation)s AND bank_id = %(bank)s
"""


def fill(bank: PhoneBank, *, wards: Sequence[int], at: datetime) -> int:
    """Put into the queue, behind whoever is in it, whoever lives in these wards, may be
    called by now and is not in it; returns how many. Within a transaction."""
    alone_in_queue(bank)
    query = _fill(bank, which=IN_WARDS, position=BEHIND)
    parameters = _parameters(bank, at) | {"wards": list(wards)}
    with connection.cursor() as cursor:
        cursor.execute(LAST, parameters)
        cursor.execute(query, {**parameters, "after": cursor.fetchone()[0]})
        return int(cursor.rowcount)


@transaction.atomic
def pass_on(bank: PhoneBank, *, numbers: Sequence[str], at: datetime) -> int:
    """Whoever had these numbers may not be called: queue, in their place, the next who
    shares one and whom it may serve. Returns how many."""
    alone_in_queue(bank)
    query = _fill(bank, which=OF_NUMBERS, position=IN_THEIR_PLACE)
    narrowed = {"numbers": list(numbers), "ward": bank.session.ward_id}
    with connection.cursor() as cursor:
        cursor.execute(query, _parameters(bank, at) | narrowed)
        return int(cursor.rowcount)


def _fill(bank: PhoneBank, *, which: str, position: str) -> str:
    of_list = bank.gotv_list_id is not None
    return FILL.format(
        people=FROM_LIST if of_list else _of_rule(bank),
        order=LIST_ORDER if of_list else WALKING_ORDER,
        which=which,
        position=position,
        may_be_called=MAY_BE_CALLED,
        number_serves=NUMBER_SERVES,
        consented=CONSENTED,
    )


def bring_back(bank: PhoneBank, *, at: datetime) -> int:
    """Who was dropped and may be called by now; returns how many. What is being called,
    or is done, stays as it is. Within a transaction."""
    alone_in_queue(bank)
    with connection.cursor() as cursor:
        cursor.execute(BRING_BACK, _parameters(bank, at))
        return int(cursor.rowcount)


def know_it() -> None:
    """Have the server learn what has just been queued. Until then it takes a bank for
    one call, and reads all of its queue to find what one caller promised."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE canvassing_queuedcall")


def alone_in_queue(bank: PhoneBank) -> None:
    """One queue is filled by one at a time. Whoever locks one of its calls too does so
    after this, never before."""
    PhoneBank.objects.select_for_update(no_key=True).get(pk=bank.pk)


def _parameters(bank: PhoneBank, at: datetime) -> dict[str, Any]:
    return {
        **calling_parameters(at),
        "organisation": bank.organisation_id,
        "campaign": bank.campaign_id,
        "bank": bank.pk,
        "list": bank.gotv_list_id,
        "undecided": IntentionKind.UNDECIDED.value,
        "at": at,
    }


def _of_rule(bank: PhoneBank) -> str:
    return FROM_RULE.format(whom=CHOSEN[WhomToSee(bank.whom_to_call)])
