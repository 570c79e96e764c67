"""Uploaded files of suppliers' invoices: what differs of their jobs."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.money_mappings import ToldColumns
from campaigns.actions.supplier_invoice_plan import FileFields, Plan, plan
from campaigns.actions.supplier_invoices import file_invoices, keep_supplier
from campaigns.clock import day_of
from campaigns.importers.money_columns import MoneyFileRefused, ReadRows
from campaigns.importers.money_file_jobs import Finish, MoneyFileJobs
from campaigns.importers.supplier_invoices import COLUMNS, ReadInvoice, read_invoices
from campaigns.models import Campaign, ExpenseCategory, InvoiceSupplier, Job
from campaigns.roles import Capability


class SupplierInvoiceJobs(MoneyFileJobs[InvoiceSupplier, ReadInvoice]):
    """A file becomes invoices, credit notes and proposed expenses, each once."""

    name = "supplier_invoices"
    title = "invoices"
    columns = COLUMNS
    sources = InvoiceSupplier
    source_name = "supplier"
    counted = "counts"

    def read(self, path: Path, told: ToldColumns, job: Job) -> ReadRows[ReadInvoice]:
        return _rows(path, told, self.source_of(job), _fields(job))

    def look(self, read: ReadRows[ReadInvoice], job: Job) -> dict[str, Any]:
        read.problems.refuse_any()
        planned = plan(read, supplier=self.source_of(job), told=_fields(job))
        return {
            "counts": planned.counts(),
            "digest": planned.digest,
            "missing": planned.missing,
        }

    def as_seen(self, check: Job, *, by: Actor) -> dict[str, Any]:
        may_propose = by.can(
            Capability.PROPOSE_EXPENSE,
            organisation_id=check.organisation_id,
            campaign_id=check.campaign_id,
        )
        if check.result["counts"]["proposed"] and not may_propose:
            raise MoneyFileRefused(
                "not_yours_to_propose",
                "It would propose expenses, which you may not: choose an order for "
                "each line that names none, or leave it out.",
            )
        return {"looked_at": check.result["digest"]}

    def file(
        self,
        read: ReadRows[ReadInvoice],
        job: Job,
        *,
        by: Actor,
        at: datetime,
        before_commit: Finish,
    ) -> dict[str, Any]:
        return file_invoices(
            read,
            supplier=self.source_of(job),
            told=_fields(job),
            looked_at=job.parameters["looked_at"],
            by=by,
            at=at,
            before_commit=before_commit,
        )


SUPPLIER_FILES = SupplierInvoiceJobs()


def start_invoices_check(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    supplier: InvoiceSupplier | None = None,
    supplier_name: str = "",
    received_on: date,
    category: str,
    used_from: date | None = None,
    used_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Have a file looked at.

    `supplier` whose it is, or the name of a new one; the rest as `FileFields`. Audit:
    `invoice_supplier.opened`, `job.started`. Refused: a day to come, a head of the
    return that does not exist or is of staff, who are entered one by one, and one day
    of use without the other or before it.
    """
    if received_on > day_of(at):
        raise MoneyFileRefused("day_to_come", "The day on which it came is to come.")
    if category not in ExpenseCategory or category == ExpenseCategory.STAFF:
        raise MoneyFileRefused(
            "unknown_category", "Say for what head of the return, other than staff."
        )
    told: dict[str, Any] = {
        "received_on": received_on.isoformat(),
        "category": category,
        "choices": {},
        **_days_told(used_from, used_until),
    }
    with transaction.atomic():
        supplier = supplier or keep_supplier(
            campaign=campaign, name=supplier_name, by=by, at=at
        )
        return SUPPLIER_FILES.start(
            upload, file_name=file_name, source=supplier, told=told, by=by, at=at
        )


def look_at_invoices_again(
    check: Job,
    *,
    columns: ToldColumns | None = None,
    choices: Mapping[int, str] | None = None,
    days: tuple[date | None, date | None] | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Look at the file again with what was told of its columns, chosen for single
    lines, or said of the first and last day of use; what is left out stays as it was.
    Audit and refusals as for `MoneyFileJobs.look_again` and `start_invoices_check`."""
    told: dict[str, Any] = {}
    if choices is not None:
        told["choices"] = {str(line): what for line, what in choices.items()}
    if days is not None:
        told |= _days_told(*days)
    return SUPPLIER_FILES.look_again(check, columns=columns, told=told, by=by, at=at)


def _days_told(first: date | None, last: date | None) -> dict[str, str]:
    if (first is None) != (last is None):
        raise MoneyFileRefused("one_day", "Say both days of use, the first and last.")
    if first and last and last < first:
        raise MoneyFileRefused(
            "days_out_of_order", "The last day of use is before the first."
        )
    return {
        "used_from": first.isoformat() if first else "",
        "used_until": last.isoformat() if last else "",
    }


def import_invoices(
    path: Path, *, supplier: InvoiceSupplier, told: FileFields, by: Actor, at: datetime
) -> dict[str, int]:
    """Load a file in one go, its columns as told before or as their headings say."""
    _, understood = SUPPLIER_FILES.understood(path, supplier)
    read = _rows(path, understood, supplier, told)
    return file_invoices(read, supplier=supplier, told=told, by=by, at=at)


def _rows(
    path: Path, columns: ToldColumns, supplier: InvoiceSupplier, told: FileFields
) -> ReadRows[ReadInvoice]:
    return read_invoices(
        path,
        columns.columns,
        received_on=told.received_on,
        poll_on=supplier.campaign.election.poll_on,
    )


def what_would_be_loaded(check: Job) -> Plan:
    """Every row, as the accounts are now."""
    read, supplier = SUPPLIER_FILES.read_again(check), SUPPLIER_FILES.source_of(check)
    return plan(read, supplier=supplier, told=_fields(check))


def _fields(job: Job) -> FileFields:
    told = job.parameters
    return FileFields(
        file_name=told["name"],
        received_on=date.fromisoformat(told["received_on"]),
        category=told["category"],
        choices={int(line): what for line, what in told["choices"].items()},
        used=_used(told),
    )


def _used(told: Mapping[str, str]) -> tuple[date, date] | None:
    if not told.get("used_from"):
        return None
    first, last = told["used_from"], told["used_until"]
    return date.fromisoformat(first), date.fromisoformat(last)
