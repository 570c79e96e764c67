"""A phone bank's queue and its callers: how far it is, when the next call is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from canvassing.models import (
    CallClaim,
    ClaimEnd,
    PhoneBank,
    QueuedCall,
    QueueState,
)
from canvassing.rules.calls import can_be_undone

QUEUE = """
SELECT count(*) FILTER (WHERE state = 'waiting'),
       count(*) FILTER (WHERE state = 'waiting' AND due_at <= %(at)s),
       count(*) FILTER (WHERE state IN ('done', 'tried_out', 'gone')),
       count(*) FILTER (WHERE state = 'dropped')
FROM canvassing_queuedcall
WHERE organisation_id = %(organisation)s AND bank_id = %(bank)s
"""
# An hour of calling is an hour in which somebody called.
CALLERS = """
SELECT b.volunteer_id, v.name, b.joined_as, b.blocked_at,
       count(c.id) FILTER (WHERE c.outcome <> ''),
       count(c.id) FILTER (WHERE c.outcome = 'spoken'),
       count(c.id) FILTER (WHERE c.outcome <> '' AND said.pledge),
       max(c.called_at), min(c.called_at) FILTER (WHERE c.outcome <> ''),
       bool_or(c.closed_at IS NULL AND c.expires_at > now() AND c.id IS NOT NULL),
       v.is_under_18
FROM canvassing_bankcaller b
JOIN volunteers_volunteer v ON v.id = b.volunteer_id
LEFT JOIN canvassing_callclaim c ON c.organisation_id = b.organisation_id
     AND c.bank_id = b.bank_id AND c.caller_id = b.volunteer_id
LEFT JOIN LATERAL (
    SELECT coalesce(k.pledge, i.counts_as_pledge, false) AS pledge
    FROM canvassing_contact k
    LEFT JOIN canvassing_intentioncode i ON i.id = k.intention_id
    WHERE k.organisation_id = c.organisation_id AND k.uuid = c.uuid
) said ON true
WHERE b.bank_id = %(bank)s
GROUP BY b.volunteer_id, v.name, b.joined_as, b.blocked_at, v.is_under_18
ORDER BY v.name, b.volunteer_id
"""
SHORTEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Queue:
    """`waiting` for a call, of them `due` by now; `done`, and `dropped`: those who may
    not be called."""

    waiting: int
    due: int
    done: int
    dropped: int


@dataclass(frozen=True)
class Caller:
    """What one caller did: `calls` with an outcome, of which `spoken`, and pledges.
    `joined_as` is the name they typed, where we hold another for their number."""

    volunteer_id: int
    name: str
    joined_as: str
    blocked_at: datetime | None
    calls: int
    spoken: int
    pledges: int
    last_at: datetime | None
    first_at: datetime | None
    on_the_line: bool
    is_under_18: bool

    @property
    def calls_an_hour(self) -> float | None:
        """From the first call to the last; None before there are two."""
        if self.calls <= 1 or self.first_at is None or self.last_at is None:
            return None
        hours = max(self.last_at - self.first_at, SHORTEST) / timedelta(hours=1)
        return self.calls / hours


@dataclass(frozen=True)
class BankProgress:
    queue: Queue
    callers: list[Caller]

    @property
    def calls(self) -> int:
        return sum(caller.calls for caller in self.callers)

    @property
    def spoken(self) -> int:
        return sum(caller.spoken for caller in self.callers)

    @property
    def pledges(self) -> int:
        return sum(caller.pledges for caller in self.callers)

    @property
    def calls_an_hour(self) -> float:
        """Of all together."""
        return sum(caller.calls_an_hour or 0 for caller in self.callers)


def queue_of(bank: PhoneBank, *, at: datetime) -> Queue:
    with connection.cursor() as cursor:
        cursor.execute(
            QUEUE,
            {"organisation": bank.organisation_id, "bank": bank.pk, "at": at},
        )
        return Queue(*cursor.fetchone())


def progress_of(bank: PhoneBank, *, at: datetime) -> BankProgress:
    """Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(CALLERS, {"bank": bank.pk})
        callers = [Caller(*row) for row in cursor.fetchall()]
    return BankProgress(queue_of(bank, at=at), callers)


def next_due(bank: PhoneBank, *, caller_id: int) -> datetime | None:
    """When this caller's next call is due; None where none is to come."""
    return (
        QueuedCall.objects.of(bank.organisation_id)
        .filter(bank=bank, state=QueueState.WAITING)
        .filter(Q(promised_to=None) | Q(promised_to=caller_id))
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )


def calls_of_caller(bank: PhoneBank, *, caller_id: int) -> int:
    """How many calls of theirs have an outcome."""
    claims = CallClaim.objects.of(bank.organisation_id).filter(
        bank=bank, caller=caller_id
    )
    return claims.exclude(outcome="").count()


def last_filed(bank: PhoneBank, *, caller_id: int) -> CallClaim | None:
    """The call of which this caller has said last what came of it."""
    claims = CallClaim.objects.of(bank.organisation_id).filter(
        bank=bank, caller=caller_id, closed_because=ClaimEnd.FILED
    )
    return claims.order_by("-closed_at", "-pk").first()


def to_undo(bank: PhoneBank, *, caller_id: int, at: datetime) -> CallClaim | None:
    """The same, for as long as they may take it back."""
    claim = last_filed(bank, caller_id=caller_id)
    return claim if claim and can_be_undone(claim.called_at, at=at) else None
