"""What people told us of the columns of files about money, kept for the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.importers.recognise import header_digest
from campaigns.models import InvoiceSupplier, MoneyFileMapping, StatementAccount

Source = StatementAccount | InvoiceSupplier


@dataclass(frozen=True, slots=True)
class ToldColumns:
    """`columns`: our names to the file's headings; `is_reversed`: money out is written
    without a minus."""

    columns: Mapping[str, str] = field(default_factory=dict)
    is_reversed: bool = False


def columns_told(header: Sequence[str], *, source: Source) -> ToldColumns | None:
    """What was told of files with this header of this account or supplier."""
    told = MoneyFileMapping.objects.filter(
        **_of(source), header_digest=header_digest(header)
    ).first()
    return ToldColumns(told.columns, told.is_reversed) if told else None


def remember_columns(
    header: Sequence[str],
    told: ToldColumns,
    *,
    source: Source,
    by: Actor,
    at: datetime,
) -> None:
    """Read files with this header so from now on. Audit: `money_columns.told`."""
    with transaction.atomic():
        mapping, _ = MoneyFileMapping.objects.update_or_create(
            **_of(source),
            header_digest=header_digest(header),
            defaults={
                "organisation_id": source.organisation_id,
                "columns": dict(told.columns),
                "is_reversed": told.is_reversed,
            },
        )
        audit.record(
            "money_columns.told",
            by=by,
            at=at,
            organisation_id=source.organisation_id,
            campaign_id=source.campaign_id,
            target=mapping,
            columns=len(told.columns),
        )


def _of(source: Source) -> dict[str, Any]:
    name = "account" if isinstance(source, StatementAccount) else "supplier"
    return {name: source}
