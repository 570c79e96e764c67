"""Write what was done, in the transaction in which it is done."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model

from campaigns.models import AuditEntry

if TYPE_CHECKING:
    from campaigns.access import Actor


def record(
    verb: str,
    *,
    by: "Actor",
    at: datetime,
    organisation_id: int,
    campaign_id: int | None = None,
    target: object = "",
    **data: Any,
) -> AuditEntry:
    """One row for one action; `data` holds ids, counts and reasons, never names.

    `target` is a row (kept as `model:id`) or a short text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit entry belongs to the transaction of its action.")
    entry = AuditEntry(
        organisation_id=organisation_id,
        campaign_id=campaign_id,
        verb=verb,
        target=_target(target),
        data=data,
        at=at,
    )
    entry.recorded_by(by)
    entry.save(force_insert=True)
    return entry


def _target(target: object) -> str:
    if isinstance(target, Model):
        return f"{target._meta.model_name}:{target.pk}"
    return str(target)
