"""The next call: claimed in one statement, renewed while its page is open, given back.

A claim is its own record: who had whose number, from when until when, why it ended.
"""
# ruff: noqa: S608 - the statements are put together from constants of these modules

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from campaigns.planned import Parts, columns, planned_cursor, rows_in
from canvassing.actions.call_queue import pass_on
from canvassing.models import CallClaim, ClaimEnd, PhoneBank, QueuedCall
from canvassing.reports.callable_numbers import (
    MAY_BE_CALLED,
    NUMBER_SERVES,
    calling_parameters,
)
from canvassing.rules.calls import LEASE, PROMISE_HOLDS

ATTEMPTS: Final = 5
# Who leaves the queue in one claim, at the most: the next claims see to the rest.
MOST_DROPPED: Final = 500

# Asked of each call in its turn, and never joined, so that the queue is read in order.
MAY_CALL = f"""(
    SELECT true FROM canvassing_electorstanding s
    JOIN canvassing_phonenumber n ON n.organisation_id = s.organisation_id
         AND n.elector_id = s.elector_id
    WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
      AND s.elector_id = q.elector_id AND n.number = q.number
      AND {MAY_BE_CALLED} AND {NUMBER_SERVES}
    LIMIT 1)"""
THE_CLAIM: Parts = ((CallClaim, "claimed", ""),)
IS_CLAIMED = """(
    SELECT true FROM canvassing_callclaim c
    WHERE c.closed_at IS NULL AND c.expires_at > now()
      AND (c.campaign_id = %(campaign)s AND c.elector_id = q.elector_id
           OR c.organisation_id = %(organisation)s AND c.number = q.number)
    LIMIT 1)"""
WAITING = """
canvassing_queuedcall q
WHERE q.organisation_id = %(organisation)s AND q.bank_id = %(bank)s
  AND q.state = 'waiting' AND q.due_at <= %(at)s::timestamptz
"""
FIRST = f"""
SELECT q.id, q.elector_id, q.number, q.due_at, q.position FROM {WAITING} AND {{which}}
  AND {MAY_CALL} IS TRUE AND {IS_CLAIMED} IS NOT TRUE
ORDER BY q.due_at, q.position LIMIT 1 FOR NO KEY UPDATE OF q SKIP LOCKED
"""
EXPIRED = """
expired AS (
    UPDATE canvassing_callclaim
    SET closed_at = now(), closed_because = 'expired', number = ''
    WHERE id = ANY (ARRAY (
        SELECT id FROM canvassing_callclaim
        WHERE organisation_id = %(organisation)s AND closed_at IS NULL
          AND expires_at <= now()
        FOR NO KEY UPDATE SKIP LOCKED))
    RETURNING id
)"""
CALLER = """
caller AS (
    SELECT b.volunteer_id FROM canvassing_bankcaller b
    JOIN volunteers_volunteer v ON v.id = b.volunteer_id
    JOIN campaigns_campaign m ON m.id = %(campaign)s
    WHERE b.bank_id = %(bank)s AND b.volunteer_id = %(caller)s AND b.blocked_at IS NULL
      AND v.stood_down_at IS NULL AND m.closed_at IS NULL
    FOR SHARE OF b
)"""
# A unique violation, of a race for one household, leaves `claimed` empty.
CLAIMED = """
claimed AS (
    INSERT INTO canvassing_callclaim (
        organisation_id, campaign_id, bank_id, queued_id, elector_id, caller_id, number,
        uuid, claimed_at, expires_at, closed_because, outcome)
    SELECT %(organisation)s, %(campaign)s, %(bank)s, chosen.id, chosen.elector_id,
           caller.volunteer_id, chosen.number, %(uuid)s, now(),
           now() + %(lease)s::interval, '', ''
    FROM chosen, caller, (SELECT count(*) FROM expired) AS closed
    ON CONFLICT DO NOTHING
    RETURNING *
), taken AS (
    UPDATE canvassing_queuedcall q
    SET due_at = %(at)s::timestamptz + %(lease)s::interval
    FROM claimed WHERE q.id = claimed.queued_id
)"""
# Calls promised by this caller come first, then the queue; a promise that was not kept
# in time is anybody's. Whoever stood before the one chosen and may no longer be called
# leaves the queue, so that the next claim does not meet them, and the number.
CLAIM = f"""
WITH {EXPIRED}, {CALLER}, mine AS (
    {FIRST.format(which="q.promised_to_id = %(caller)s")}
), other AS (
    {
    FIRST.format(
        which='''NOT EXISTS (SELECT FROM mine)
  AND (q.promised_to_id IS NULL OR q.due_at <= %(overdue)s::timestamptz)'''
    )
}
), chosen AS (
    SELECT * FROM mine UNION ALL SELECT * FROM other
), dropped AS (
    UPDATE canvassing_queuedcall SET state = 'dropped'
    WHERE id = ANY (ARRAY (
        SELECT q.id FROM {WAITING}
          AND (q.due_at, q.position) < (
              coalesce((SELECT due_at FROM other),
                       (SELECT '-infinity'::timestamptz FROM mine), %(at)s),
              coalesce((SELECT position FROM other), 2147483647))
          AND {MAY_CALL} IS NOT TRUE
        ORDER BY q.due_at, q.position LIMIT {MOST_DROPPED}
        FOR NO KEY UPDATE OF q SKIP LOCKED))
    RETURNING number
), {CLAIMED}
SELECT given_up.numbers, chosen.id, {columns(THE_CLAIM)}
FROM (SELECT array_agg(number) AS numbers FROM dropped) given_up
LEFT JOIN chosen ON true LEFT JOIN claimed ON true
"""
AGAIN = f"""
WITH {EXPIRED}, {CALLER}, chosen AS (
    SELECT q.id, q.elector_id, q.number FROM canvassing_queuedcall q
    WHERE q.organisation_id = %(organisation)s AND q.id = %(queued)s
      AND q.state = 'waiting' AND {MAY_CALL} IS TRUE AND {IS_CLAIMED} IS NOT TRUE
), {CLAIMED}
SELECT {columns(THE_CLAIM)} FROM claimed
"""
RENEW = """
WITH renewed AS (
    UPDATE canvassing_callclaim SET expires_at = now() + %(lease)s::interval
    WHERE organisation_id = %(organisation)s AND caller_id = %(caller)s
      AND uuid = %(uuid)s AND closed_at IS NULL AND expires_at > now()
    RETURNING queued_id, expires_at
), later AS (
    UPDATE canvassing_queuedcall q
    SET due_at = %(at)s::timestamptz + %(lease)s::interval
    FROM renewed WHERE q.id = renewed.queued_id
)
SELECT expires_at - now() FROM renewed
"""
END = """
WITH ended AS (
    UPDATE canvassing_callclaim
    SET closed_at = now(), closed_because = %(because)s, number = ''
    WHERE organisation_id = %(organisation)s AND bank_id = %(bank)s
      AND closed_at IS NULL
      AND (%(caller)s::bigint IS NULL OR caller_id = %(caller)s)
      AND (%(claim)s::bigint IS NULL OR id = %(claim)s)
    RETURNING queued_id
)
UPDATE canvassing_queuedcall q SET due_at = %(at)s FROM ended
WHERE q.id = ended.queued_id AND q.state = 'waiting'
"""


@dataclass(frozen=True)
class Live:
    """A claim that lives, and how many seconds it does so yet, by the database."""

    claim: CallClaim
    seconds_left: int


def claim_next_call(bank: PhoneBank, *, caller_id: int, at: datetime) -> Live | None:
    """The caller's live claim or, where they have none, the next call of the bank.

    None: there is nobody to be called now, or not by this caller. One statement,
    where nobody races for one household and nobody gives up a number, and one more to
    read what they have already.
    """
    parameters = _parameters(bank, caller_id, at) | {"overdue": at - PROMISE_HOLDS}
    for _ in range(ATTEMPTS):
        with planned_cursor() as cursor:
            cursor.execute(CLAIM, {**parameters, "uuid": uuid4()})
            given_up, chosen, *claimed = cursor.fetchone()
        heirs = pass_on(bank, numbers=given_up, at=at) if given_up else 0
        if claimed[0] is not None:
            return _new(claimed)
        live = live_claim(bank, caller_id=caller_id)
        if live or not (chosen or heirs):
            return live
    return None


def claim_again(
    queued: QueuedCall, *, bank: PhoneBank, caller_id: int, at: datetime
) -> Live | None:
    """This very call, for a caller who has none. None: they may not be called now, or
    somebody is on the line with that number."""
    parameters = _parameters(bank, caller_id, at) | {"queued": queued.pk}
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {**parameters, "uuid": uuid4()})
        claimed = cursor.fetchone()
    return _new(claimed) if claimed else None


def _parameters(bank: PhoneBank, caller_id: int, at: datetime) -> dict[str, Any]:
    return {
        **calling_parameters(at),
        "organisation": bank.organisation_id,
        "campaign": bank.campaign_id,
        "bank": bank.pk,
        "caller": caller_id,
        "at": at,
        "lease": LEASE,
    }


def _new(claimed: Sequence[Any]) -> Live:
    [claim] = rows_in(claimed, THE_CLAIM)
    return Live(claim, int(LEASE.total_seconds()))


def live_claim(bank: PhoneBank, *, caller_id: int) -> Live | None:
    """Whom this caller has on the line for this bank, if anybody."""
    claim = (
        CallClaim.objects.of(bank.organisation_id)
        .filter(caller=caller_id, bank=bank, closed_at=None, expires_at__gt=Now())
        .annotate(left=F("expires_at") - Now())
        .first()
    )
    return Live(claim, int(claim.left.total_seconds())) if claim else None


def renew_call(
    uuid: UUID, *, bank: PhoneBank, caller_id: int, at: datetime
) -> int | None:
    """Keep a live claim for another lease; how many seconds that is, None where it does
    not live any more."""
    parameters: dict[str, Any] = {
        "organisation": bank.organisation_id,
        "caller": caller_id,
        "uuid": uuid,
        "at": at,
        "lease": LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(RENEW, parameters)
        found = cursor.fetchone()
    return found and int(found[0].total_seconds())


def end_claims(
    bank: PhoneBank,
    *,
    because: ClaimEnd,
    at: datetime,
    caller_id: int | None = None,
    claim_id: int | None = None,
) -> int:
    """Close the live claims of a caller, one of them, or those of a whole bank; their
    calls are due at once. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            END,
            {
                "organisation": bank.organisation_id,
                "bank": bank.pk,
                "caller": caller_id,
                "claim": claim_id,
                "because": because,
                "at": at,
            },
        )
        return int(cursor.rowcount)
