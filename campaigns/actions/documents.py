"""Receipts: attached to what they prove, numbered, and voided with a reason."""

from datetime import datetime
from typing import IO, Final

from django.db import transaction
from django.db.models import Max

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.document_files import (
    DocumentRefused,
    ReceivedFile,
    receive_file,
)
from campaigns.actions.files import store_file
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    ExpenseKind,
    ExpenseState,
    MoneyDocument,
    Order,
)
from campaigns.models.documents import RECEIPT_OF, Row
from campaigns.reports.documents import account_of
from campaigns.roles import Capability
from campaigns.rules.file_names import clean_stem

KIND: Final = "receipt"


def attach_document(
    *, to: Row, source: IO[bytes], name: str, by: Actor, at: datetime
) -> MoneyDocument:
    """Keep a receipt of `to`, under the next number of its campaign.

    By whoever may write the row. Audit verb `receipt.attached`, with the digest.
    Refused: whatever `receive_file` refuses, anybody else, a row that is voided, an
    order that has no number, and a file that the campaign has already.
    """
    _refuse_others(to, by)
    received = receive_file(source)
    with transaction.atomic(durable=True):
        campaign = _locked(account_of(to).campaign_id)
        _refuse_voided(to)
        _refuse_again(campaign, received.sha256)
        document = _numbered(campaign, to, received, name)
        document.attached_at = at
        document.file = store_file(
            received.content,
            name=f"{document.number:03} {document.name}",
            kind=KIND,
            capability=Capability.SEE_MONEY,
            organisation=campaign.organisation,
            campaign=campaign,
            at=at,
            kept_for=None,
        )
        document.recorded_by(by)
        document.save(force_insert=True)
        _record("receipt.attached", document, by=by, at=at)
    return document


def void_document(
    document: MoneyDocument, *, reason: str, by: Actor, at: datetime
) -> MoneyDocument:
    """Strike a receipt out; its number, its file and the reason stay.

    By whoever may write its row. Audit verb `receipt.voided`.
    Refused: anybody else, no reason, or voided before.
    """
    reason = reason.strip()
    _refuse_others(document.row, by)
    if not reason:
        raise DocumentRefused("no_reason", "Say why the receipt is voided.")
    with transaction.atomic(durable=True):
        _locked(document.campaign_id)
        document = MoneyDocument.objects.get(pk=document.pk)
        if document.voided_at is not None:
            raise DocumentRefused("already_voided", "This receipt is voided already.")
        document.voided_at, document.void_reason = at, reason
        document.save(update_fields=["voided_at", "void_reason"])
        _record("receipt.voided", document, by=by, at=at, reason=reason)
    return document


def may_attach(row: Row, by: Actor) -> bool:
    """Whether somebody may attach a receipt to this row, and void one."""
    account = account_of(row)
    return any(
        by.can(
            capability,
            organisation_id=account.organisation_id,
            campaign_id=account.campaign_id,
        )
        for capability in _written_by(row)
    )


def _written_by(row: Row) -> set[Capability]:
    if isinstance(row, Donation):
        return {Capability.RECORD_DONATIONS}
    if not isinstance(row, Expense):
        return {Capability.RECORD_PAYMENTS}
    if row.kind == ExpenseKind.PERSONAL:
        return {Capability.RECORD_PAYMENTS, Capability.STATE_PERSONAL_EXPENSES}
    return {Capability.RECORD_PAYMENTS, Capability.PROPOSE_EXPENSE}


def _refuse_others(row: Row, by: Actor) -> None:
    if not may_attach(row, by):
        raise DocumentRefused(
            "not_yours", "Only who enters this in the accounts attaches its receipts."
        )


def _locked(campaign_id: int) -> Campaign:
    """The campaign's row, held until the commit: numbers have no gap and no double."""
    locked = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("organisation").get(pk=campaign_id)


def _refuse_voided(row: Row) -> None:
    row.refresh_from_db()
    is_voided = (
        row.state == ExpenseState.VOIDED
        if isinstance(row, Expense)
        else row.voided_at is not None
    )
    if is_voided:
        raise DocumentRefused("row_voided", "This is voided: it needs no receipt.")
    if isinstance(row, Order) and row.order_number is None:
        raise DocumentRefused(
            "not_ordered", "This is no order: attach it to the expense as a whole."
        )


def _refuse_again(campaign: Campaign, sha256: str) -> None:
    kept = campaign.receipts.filter(sha256=sha256, voided_at__isnull=True).first()
    if kept:
        raise DocumentRefused(
            "kept_already",
            f"This very file is here already, as receipt {kept.number}, “{kept.name}”: "
            "it is kept once.",
        )


def _numbered(
    campaign: Campaign, row: Row, received: ReceivedFile, name: str
) -> MoneyDocument:
    last = campaign.receipts.aggregate(last=Max("number"))["last"] or 0
    document = MoneyDocument(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        number=last + 1,
        name=f"{clean_stem(name, otherwise='Receipt')}.{received.ending}",
        pages=received.pages,
        sha256=received.sha256,
    )
    name = next(name for name, model in RECEIPT_OF.items() if type(row) is model)
    setattr(document, name, row)
    return document


def _record(
    verb: str, document: MoneyDocument, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=document.organisation_id,
        campaign_id=document.campaign_id,
        target=document,
        number=document.number,
        sha256=document.sha256,
        **data,
    )
