"""Receipts: attached where they belong, looked through, and what is still missing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_POST

from campaigns.access import Actor
from campaigns.actions.documents import attach_document, may_attach, void_document
from campaigns.actions.receipt_bundles import ask_for_receipts_bundle
from campaigns.forms.documents import ReceiptForm
from campaigns.forms.expenses import ReasonForm
from campaigns.models import Campaign, Donation, Expense, MoneyDocument, Order
from campaigns.models.documents import Row
from campaigns.reports.documents import (
    ReceiptsDue,
    account_of,
    documents_of,
    documents_of_expense,
    in_words,
    receipts_due,
    what_it_proves,
)
from campaigns.reports.purchase_orders import order_reference
from campaigns.reports.receipt_rows import probable_rows
from campaigns.roles import Capability
from campaigns.rules.money import pounds
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)

PER_PAGE = 40
# The file and the few words beside it.
MOST_BYTES = settings.RECEIPT_MOST_BYTES + 64 * 1024
SMALLER = "Send a smaller photograph, or each paper as a file of its own."
Rows = dict[str, tuple[str, Row]]


@campaign_page(can=Capability.SEE_MONEY)
def receipts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = documents_of(campaign).order_by("-number")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    due = receipts_due(campaign)
    return render(
        request,
        "campaigns/spending/receipts.html",
        {
            "heading": "Receipts",
            "due": due,
            "caution": due.figure.caution_on(campaign.election.poll_on),
            "receipt_form": _form(_rows_for(campaign, due, request.actor), of_all=True),
            "page": page,
            "lines": [receipt_line(document, request.actor) for document in page],
        },
    )


def receipt_line(document: MoneyDocument, by: Actor) -> dict[str, Any]:
    """One receipt as the lists show it, and whether this person may void it."""
    return {
        "document": document,
        "proves": what_it_proves(document),
        "account": (account := account_of(document.row)),
        "is_donation": isinstance(account, Donation),
        "may_void": document.voided_at is None and may_attach(document.row, by),
    }


def receipts_of_expense(
    expense: Expense, campaign: Campaign, by: Actor
) -> dict[str, Any]:
    """What the page of an expense shows: its receipts, and a form for more. They stand
    in the campaign whose expense it is, not where a share of it is borne."""
    if expense.campaign_id != campaign.pk:
        return {}
    lines = [receipt_line(found, by) for found in documents_of_expense(expense)]
    return {"receipts": lines, "receipt_form": _form(_rows_of(expense, by))}


def receipts_of_donation(donation: Donation, by: Actor) -> dict[str, Any]:
    found = documents_of(donation.campaign).filter(donation=donation)
    lines = [receipt_line(document, by) for document in found]
    return {"receipts": lines, "receipt_form": _form(_row_of(donation, by))}


@require_POST
@campaign_page(can=Capability.SEE_MONEY, most_bytes=MOST_BYTES, when_too_large=SMALLER)
def attach(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What came in, to whatever of the accounts is chosen for it."""
    _attach(request, _rows_for(campaign, receipts_due(campaign), request.actor))
    return redirect("receipts", campaign=campaign.slug)


@require_POST
@campaign_page(can=Capability.SEE_MONEY, most_bytes=MOST_BYTES, when_too_large=SMALLER)
def attach_to_expense(
    request: CampaignRequest, campaign: Campaign, expense: int
) -> HttpResponse:
    """The action decides who may: whoever writes what it proves."""
    found = get_object_or_404(
        Expense,
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        pk=expense,
    )
    _attach(request, _rows_of(found, request.actor))
    return _back_to(campaign, found)


@require_POST
@campaign_page(can=Capability.SEE_MONEY, most_bytes=MOST_BYTES, when_too_large=SMALLER)
def attach_to_donation(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    found = get_object_or_404(
        Donation,
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        pk=donation,
    )
    _attach(request, _row_of(found, request.actor))
    return _back_to(campaign, found)


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def bundle(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    page = resolve_url("receipts", campaign=campaign.slug)
    with refusals_shown(request):
        job = ask_for_receipts_bundle(
            campaign=campaign, by=request.actor, at=request.business_now
        )
        page = resolve_url("job", campaign=campaign.slug, job=job.pk)
    return redirect(page)


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def void(request: CampaignRequest, campaign: Campaign, receipt: int) -> HttpResponse:
    found = get_object_or_404(documents_of(campaign), pk=receipt)
    form = ReasonForm(request.POST)
    if carried_out(request, form, void_document, document=found):
        messages.success(request, f"Receipt {found.number} is voided; it stays here.")
    _say_errors(request, form)
    return _back_to(campaign, account_of(found.row))


def _attach(request: CampaignRequest, rows: Rows) -> None:
    if not rows:
        messages.error(request, "There is nothing here that you can attach it to.")
        return
    form = ReceiptForm(request.POST, request.FILES, rows=rows)
    if made := carried_out(request, form, attach_document):
        messages.success(request, f"It is kept as receipt {made.number}.")
    _say_errors(request, form)


def _say_errors(request: CampaignRequest, form: ReceiptForm | ReasonForm) -> None:
    """A message stands far from the field, which it therefore names."""
    for name, errors in form.errors.items():
        named = [str(form[name].label)] if name in form.fields else []
        messages.error(request, ": ".join((*named, " ".join(map(str, errors)))))


def _form(rows: Rows, *, of_all: bool = False) -> ReceiptForm | None:
    return ReceiptForm(rows=rows, of_all=of_all) if rows else None


def _rows_for(campaign: Campaign, due: ReceiptsDue, by: Actor) -> Rows:
    """What this person may attach something to, by kind and number."""
    return {
        f"{type(row).__name__.lower()}-{row.pk}": (in_words(row), row)
        for row in probable_rows(campaign, due)
        if may_attach(row, by)
    }


def _rows_of(expense: Expense, by: Actor) -> Rows:
    """The expense, its order, its bills and what is filed with them, as far as they
    stand and this person may attach something to them; first what a receipt mostly
    belongs to."""
    if expense.voided_at:
        return {}
    rows: Rows = {}
    bills = expense.invoices.filter(voided_at__isnull=True).order_by("-pk")
    for bill in bills.prefetch_related("payments", "credit_notes"):
        bill.expense = expense
        rows[f"invoice-{bill.pk}"] = (f"Invoice {bill.number}", bill)
        for note in bill.credits:
            note.invoice = bill
            label = f"Credit note {note.number} to invoice {bill.number}"
            rows[f"credit-note-{note.pk}"] = (label, note)
        for paid in bill.payments.all():
            if paid.voided_at:
                continue
            paid.invoice = bill
            label = f"The payment of {pounds(paid.amount)} for invoice {bill.number}"
            rows[f"payment-{paid.pk}"] = (label, paid)
    if expense.order_number:
        reference = order_reference(expense.campaign, expense.order_number)
        label = f"Order {reference}, such as a quotation or its confirmation"
        rows["order"] = (label, Order.objects.get(pk=expense.pk))
    rows["expense"] = ("The expense as a whole, such as a till receipt", expense)
    return {name: named for name, named in rows.items() if may_attach(named[1], by)}


def _row_of(donation: Donation, by: Actor) -> Rows:
    if donation.voided_at or not may_attach(donation, by):
        return {}
    return {"donation": ("The donation", donation)}


def _back_to(campaign: Campaign, row: Row) -> HttpResponse:
    name = "donation" if isinstance(row, Donation) else "expense"
    page = resolve_url(name, campaign=campaign.slug, **{name: row.pk})
    return redirect(f"{page}#receipts")
