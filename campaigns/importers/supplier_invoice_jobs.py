"""Suppliers' files of invoices: looked at, and then loaded, each as one visible job.

As with statements, a job's result holds counts, headings and what is wrong; the rows
that people look at before they load are read from the file.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.job_parts import finish_part
from campaigns.actions.jobs import start_job
from campaigns.actions.money_mappings import (
    ToldColumns,
    columns_told,
    remember_columns,
)
from campaigns.actions.supplier_invoice_plan import (
    Plan,
    SupplierInvoicesRefused,
    plan,
)
from campaigns.actions.supplier_invoices import (
    FileFields,
    file_invoices,
    keep_supplier,
)
from campaigns.clock import day_of
from campaigns.clock import now as business_now
from campaigns.importers.money_columns import MoneyFileRefused, open_money_table
from campaigns.importers.money_uploads import keep_upload, ready_check
from campaigns.importers.register_jobs import on_disk
from campaigns.importers.supplier_invoices import COLUMNS, read_invoices
from campaigns.models import Campaign, ExpenseCategory, InvoiceSupplier, Job
from campaigns.roles import Capability

if TYPE_CHECKING:
    from campaigns.models import JobPart

CHECK: Final = "supplier_invoices_check"
LOAD: Final = "supplier_invoices_load"
Progress = Callable[[int, int], None]


def start_invoices_check(
    upload: IO[bytes],
    *,
    file_name: str,
    campaign: Campaign,
    supplier: InvoiceSupplier | None = None,
    supplier_name: str = "",
    received_on: date,
    category: str,
    by: Actor,
    at: datetime,
) -> Job:
    """Keep the file and let a worker say what it would do; nothing is filed.

    `supplier` whose it is, or the name of a new one; the rest as `FileFields`. Audit:
    `invoice_supplier.opened`, `job.started`. Refused: a day to come, a head of the
    return that does not exist or is of staff, who are entered one by one.
    """
    if received_on > day_of(at):
        raise MoneyFileRefused("day_to_come", "The day on which it came is to come.")
    if category not in ExpenseCategory or category == ExpenseCategory.STAFF:
        raise MoneyFileRefused(
            "unknown_category", "Say for what head of the return, other than staff."
        )
    with transaction.atomic():
        supplier = supplier or keep_supplier(
            campaign=campaign, name=supplier_name, by=by, at=at
        )
        stored = keep_upload(upload, file_name, campaign, at=at)
        told = {
            "file": stored.pk,
            "name": stored.name,
            "supplier": supplier.pk,
            "received_on": received_on.isoformat(),
            "category": category,
            "choices": {},
        }
        return _start(CHECK, campaign, told, by=by, at=at)


def check_invoices_again(
    check: Job,
    *,
    told: ToldColumns | None = None,
    choices: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> Job:
    """Look at the file again, with what its columns mean, which is remembered for its
    supplier, or with what was chosen for single lines (as `FileFields` has them)."""
    campaign = ready_check(check, CHECK, at=at)
    parameters = dict(check.parameters)
    if choices is not None:
        parameters["choices"] = {str(line): what for line, what in choices.items()}
    with transaction.atomic():
        if told is not None:
            remember_columns(
                check.result["header"], told, source=supplier_of(check), by=by, at=at
            )
        return _start(CHECK, campaign, parameters, by=by, at=at)


def load_invoices(check: Job, *, by: Actor, at: datetime) -> Job:
    """Load the file as it was looked at.

    Refused: one that cannot be loaded yet; expenses proposed by whoever may not.
    """
    campaign = ready_check(check, CHECK, at=at)
    found = check.result
    if found["missing"]:
        raise MoneyFileRefused("not_ready", found["missing"])
    may_propose = by.can(
        Capability.PROPOSE_EXPENSE,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )
    if found["counts"]["proposed"] and not may_propose:
        raise MoneyFileRefused(
            "not_yours_to_propose",
            "It would propose expenses, which you may not: choose an order for each "
            "line that names none, or leave it out.",
        )
    as_seen = {"columns": found["columns"], "looked_at": found["digest"]}
    return _start(LOAD, campaign, check.parameters | as_seen, by=by, at=at)


def run_invoices_check(part: "JobPart", progress: Progress) -> dict[str, object]:
    with on_disk(part.job.parameters) as path:
        return check_invoices(path, part.job)


def run_invoices_load(part: "JobPart", progress: Progress) -> dict[str, object]:
    """The part is done in the same transaction, or neither happened."""
    job = part.job
    fields = _fields(job)
    with on_disk(job.parameters) as path:
        read = read_invoices(
            path, job.parameters["columns"], received_on=fields.received_on
        )
    counts = file_invoices(
        read,
        supplier=supplier_of(job),
        told=fields,
        looked_at=job.parameters["looked_at"],
        by=Actor(job.by_kind, job.by_id, job.by_label),
        at=business_now(job.organisation),
        before_commit=lambda counts: finish_part(part, dict(counts)),
    )
    return dict(counts)


def import_invoices(
    path: Path, *, supplier: InvoiceSupplier, told: FileFields, by: Actor, at: datetime
) -> dict[str, int]:
    """Load a file in one go, its columns as told before or as their headings say."""
    table, _ = open_money_table(path, COLUMNS)
    columns = _understood(table.header, supplier)
    read = read_invoices(path, columns, received_on=told.received_on)
    return file_invoices(read, supplier=supplier, told=told, by=by, at=at)


def check_invoices(path: Path, job: Job) -> dict[str, Any]:
    """What the file holds and how it is understood so far; nothing is written.

    `missing` says in one sentence what keeps it from being loaded.
    """
    supplier, fields = supplier_of(job), _fields(job)
    table, _ = open_money_table(path, COLUMNS)
    columns = _understood(table.header, supplier)
    check: dict[str, Any] = {
        "header": [text for text in table.header if text.strip()],
        "columns": columns,
        "missing": "",
        "problems": [],
    }
    try:
        read = read_invoices(path, columns, received_on=fields.received_on)
        check["problems"] = read.problems.shown
        check["still"] = read.still
        read.problems.refuse_any()
        planned = plan(read, supplier=supplier, choices=fields.choices)
        check |= {"counts": planned.counts(), "digest": planned.digest}
        check["missing"] = planned.missing
    except (MoneyFileRefused, SupplierInvoicesRefused) as refusal:
        check["missing"] = refusal.message
    return check


def what_would_be_loaded(check: Job) -> Plan | None:
    """Every row, as the accounts are now; None where a number has come in the meantime
    with another amount."""
    fields = _fields(check)
    with on_disk(check.parameters) as path:
        read = read_invoices(
            path, check.result["columns"], received_on=fields.received_on
        )
    try:
        return plan(read, supplier=supplier_of(check), choices=fields.choices)
    except SupplierInvoicesRefused:
        return None


def supplier_of(job: Job) -> InvoiceSupplier:
    return InvoiceSupplier.objects.select_related("campaign__organisation").get(
        pk=job.parameters["supplier"]
    )


def _understood(header: list[str], supplier: InvoiceSupplier) -> dict[str, str]:
    told = columns_told(header, source=supplier)
    return dict(told.columns) if told else COLUMNS.guessed(header)


def _fields(job: Job) -> FileFields:
    told = job.parameters
    return FileFields(
        file_name=told["name"],
        received_on=date.fromisoformat(told["received_on"]),
        category=told["category"],
        choices={int(line): what for line, what in told["choices"].items()},
    )


def _start(
    kind: str, campaign: Campaign, told: dict[str, Any], *, by: Actor, at: datetime
) -> Job:
    verb = "Look at" if kind == CHECK else "Load"
    return start_job(
        kind,
        title=f"{verb} invoices: {told['name']}"[:200],
        organisation=campaign.organisation,
        campaign=campaign,
        parameters=told,
        by=by,
        at=at,
    )
