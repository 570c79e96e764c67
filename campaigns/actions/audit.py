"""Write what was done, in the transaction in which it is done."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry belongs to the transaction of its action.")
    what = verb, _target(target), json.dumps(data), at
    with planned_cursor() as cursor:
        cursor.execute(
            ENTRY,
            [
                organisation_id,
                campaign_id,
                by.kind,
                by.id,
                by.audit_label or by.label,
                *what,
            ],
        )


def _target(target: object) -> str:
    if isinstance(target, Model):
        return f"{target._meta.model_name}:{target.pk}"
    return str(target)
