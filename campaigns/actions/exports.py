"""The ledger of what left the building: no elector data goes without a reason."""

from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.actions import audit
from campaigns.models import Campaign, ExportRecord, Organisation
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class ExportRefused(Refusal):
    """Elector data that may not be printed or exported."""


def reason_given(reason: str) -> str:
    """The reason, tidied. Refused: none, or one that is too long to keep."""
    reason = " ".join(reason.split())
    if not reason:
        raise ExportRefused("reason", "Say why these electors are printed or exported.")
    if len(reason) > 500:
        raise ExportRefused("reason", "Say why in at most 500 characters.")
    return reason


def record_export(
    *,
    what: str,
    reason: str,
    electors: int,
    file_name: str,
    organisation: Organisation,
    campaign: Campaign | None = None,
    by: "Actor",
    at: datetime,
) -> ExportRecord:
    """Write into the ledger, in the transaction that issues the file.

    `electors` is how many people the file shows. Refused without a reason.
    """
    entry = ExportRecord(
        organisation=organisation,
        campaign=campaign,
        what=what[:200],
        reason=reason_given(reason),
        electors=electors,
        file_name=file_name,
        at=at,
    )
    entry.recorded_by(by)
    entry.save(force_insert=True)
    audit.record(
        "electors.exported",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        campaign_id=campaign.pk if campaign else None,
        target=entry,
        what=entry.what,
        electors=electors,
    )
    return entry
