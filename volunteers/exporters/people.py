"""Volunteers as a table that leaves the building, with its reason in the ledger."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from campaigns.actions.exports import reason_given, record_export
from campaigns.exporters.base import Cell, csv_blocks, watermark, write_csv
from campaigns.models import Campaign
from volunteers.models import Volunteer
from volunteers.reports.people import agreed_channels

if TYPE_CHECKING:
    from campaigns.access import Actor

COLUMNS = (
    "name", "email", "mobile", "postcode", "ward", "kind", "branch", "affiliate",
    "under 18", "joined", "consent",
)  # fmt: skip
FILE_NAME = "volunteers.csv"


@transaction.atomic(durable=True)
def export_volunteers(
    volunteers: QuerySet[Volunteer],
    *,
    campaign: Campaign,
    reason: str,
    by: "Actor",
    at: datetime,
) -> bytes:
    """Those who help, as CSV that can be loaded again. Refused without a reason.

    Ledger and audit: `electors.exported`.
    """
    mark = watermark(by=by, at=at, reason=reason_given(reason))
    out = io.BytesIO()
    number = write_csv(out, csv_blocks(COLUMNS, _rows(volunteers), mark=mark))
    record_export(
        what="Volunteers",
        reason=reason,
        electors=number,
        file_name=FILE_NAME,
        organisation=campaign.organisation,
        campaign=campaign,
        by=by,
        at=at,
    )
    return out.getvalue()


def _rows(volunteers: QuerySet[Volunteer]) -> Iterator[list[Cell]]:
    helping = volunteers.filter(stood_down_at__isnull=True)
    rows = agreed_channels(helping).select_related("home_ward", "affiliate")
    for one in rows.defer("home_ward__boundary").order_by("name", "pk"):
        yield [
            one.name,
            one.email,
            one.mobile,
            one.postcode,
            one.home_ward.gss if one.home_ward else "",
            one.kind,
            one.branch,
            one.affiliate.name if one.affiliate else "",
            "yes" if one.is_under_18 else "",
            one.joined_on,
            ", ".join(consent.channel for consent in one.agreed),  # type: ignore[attr-defined]
        ]
