"""Write what was done, in the transaction in which it is done."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import Model

from campaigns.planned import planned_cursor

if TYPE_CHECKING:
    from campaigns.access import Actor

ENTRY = """
INSERT INTO campaigns_auditentry (
    organisation_id, campaign_id, by_kind, by_id, by_label, verb, target, data, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


class Entry(NamedTuple):
    """What was done to one `target`, and what there is to say of it."""

    target: object
    organisation_id: int
    campaign_id: int | None
    data: Mapping[str, Any]


def record(
    verb: str,
    *,
    by: "Actor",
    at: datetime,
    organisation_id: int,
    campaign_id: int | None = None,
    target: object = "",
    **data: Any,
) -> None:
    """One row for one action; `data` holds ids, counts and reasons, never names.

    `target` is a row (kept as `model:id`) or a short text.
    """
    entry = Entry(target, organisation_id, campaign_id, data)
    record_each(verb, [entry], by=by, at=at)


def record_each(
    verb: str, entries: Sequence[Entry], *, by: "Actor", at: datetime
) -> None:
    """An entry for each of several things that were done at once."""
    record_in_order([(verb, entry) for entry in entries], by=by, at=at)


def record_in_order(
    done: Sequence[tuple[str, Entry]], *, by: "Actor", at: datetime
) -> None:
    """The same, where each has a verb of its own."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry belongs to the transaction of its action.")
    who = by.kind, by.id, by.audit_label or by.label
    rows = [
        (
            *(entry.organisation_id, entry.campaign_id, *who, verb),
            *(_target(entry.target), json.dumps(entry.data), at),
        )
        for verb, entry in done
    ]
    with planned_cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(ENTRY, rows[0])
        else:
            cursor.executemany(ENTRY, rows)


def _target(target: object) -> str:
    if isinstance(target, Model):
        return f"{target._meta.model_name}:{target.pk}"
    return str(target)
