"""The page of one invoice: paid, disputed, let through by a court, struck out."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.actions.court_leaves import record_court_leave, void_court_leave
from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.expense_payments import (
    record_payment,
    void_invoice,
    void_payment,
)
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.refunds_due import receive_refund, void_refund
from campaigns.forms.expenses import ReasonForm
from campaigns.forms.invoices import (
    CourtLeaveForm,
    CreditNoteForm,
    DisputeEndForm,
    DisputeForm,
    PaymentForm,
    RefundCameForm,
    StrikeOutForm,
)
from campaigns.models import (
    Campaign,
    CourtLeave,
    CreditNote,
    Invoice,
    Payer,
    Payment,
    Refund,
)
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.candidate_payments import unchecked_payer
from campaigns.reports.expense_table import InvoiceStanding, standing_of_invoice
from campaigns.reports.late_claims import claim_standing
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, View, campaign_page
from campaigns.views.settling import settle
from campaigns.views.spending import rights

# What is filed with an invoice and can be voided: what it is called, and how.
# What is filed by a credit note has its invoice from it.
STRIKES: dict[str, tuple[Any, str, str, Callable[..., object]]] = {
    "payment": (Payment, "invoice", "payment", void_payment),
    "credit-note": (CreditNote, "invoice", "credit note", void_credit_note),
    "refund": (Refund, "credit_note__invoice", "refund", void_refund),
    "court-leave": (CourtLeave, "invoice", "leave of the court", void_court_leave),
}


@campaign_page(can=Capability.SEE_MONEY)
def invoice(request: CampaignRequest, campaign: Campaign, invoice: int) -> HttpResponse:
    return _page(request, campaign, _bill(campaign, invoice))


def _page(
    request: CampaignRequest, campaign: Campaign, bill: Invoice, **bound: forms.Form
) -> HttpResponse:
    """The invoice with a form for each thing that may be done with it.

    `bound` holds the one form that was sent and has mistakes.
    """
    today = request.business_now.date()
    standing = standing_of_invoice(bill)
    deadlines = campaign_deadlines(campaign)
    last_day = deadlines.last_day("bills_paid")
    in_time = claim_standing(bill, deadlines, paid_on=min(today, last_day))
    context: dict[str, Any] = {
        "heading": f"Invoice {bill.number}",
        "bill": standing,
        "deadlines": deadlines,
        "claim": claim_standing(bill, deadlines, paid_on=today),
        "may_have_been_paid": in_time.may_be_paid,
        "last_day_passed": today > last_day,
        "candidate_caution": _paid_by_candidate(standing)
        and unchecked_payer(campaign, bill.expense.kind),
        "refunds_due": [
            (
                note,
                bound.get(
                    f"refund_{note.pk}",
                    _came(note, {"amount": note.due, "came_on": today}),
                ),
            )
            for note in bill.credits
            if note.due
        ],
        "to_void": _to_void(standing, campaign.slug, bound),
        "forms": {
            "pay": PaymentForm(
                auto_id="pay_%s",
                expense=bill.expense,
                initial={
                    "paid_on": today if today <= last_day else None,
                    "amount": standing.unpaid or None,
                },
            ),
            "dispute": DisputeForm(auto_id="dispute_%s"),
            "dispute_end": DisputeEndForm(
                auto_id="dispute_end_%s", initial={"ended_on": today}
            ),
            "credit": CreditNoteForm(auto_id="credit_%s", initial={"dated_on": today}),
            "leave": CourtLeaveForm(auto_id="leave_%s"),
            "void": _why("void"),
            **bound,
        },
        "sent": next(iter(bound.values()), None),
        "striking": any(isinstance(form, ReasonForm) for form in bound.values()),
        **rights(request, campaign),
    }
    status = 400 if bound else 200
    return render(request, "campaigns/spending/invoice.html", context, status=status)


def _paid_by_candidate(standing: InvoiceStanding) -> bool:
    live = (paid for paid in standing.payments if paid.voided_at is None)
    return any(paid.paid_by == Payer.CANDIDATE for paid in live)


def _to_void(
    standing: InvoiceStanding, slug: str, bound: dict[str, forms.Form]
) -> list[tuple[str, object, str, forms.Form]]:
    """What is filed with the invoice and stands: its kind, itself, the address that
    strikes it out, and the form for that."""
    filed: tuple[tuple[str, str, Iterable[Any]], ...] = (
        ("payment", "Payment", standing.payments),
        ("credit-note", "Credit note", standing.credit_notes),
        ("refund", "Refund", standing.refunds),
        ("court-leave", "Leave", standing.invoice.leaves.all()),
    )
    return [
        (
            kind,
            paper,
            reverse(f"{name}-void", args=[slug, paper.pk]),
            bound.get(f"{name}_{paper.pk}", _why(f"{name}_{paper.pk}")),
        )
        for name, kind, papers in filed
        for paper in papers
        if paper.voided_at is None
    ]


def _came(note: CreditNote, first: dict[str, object]) -> RefundCameForm:
    return RefundCameForm(initial=first, auto_id=f"refund_{note.pk}_%s")


def _why(name: str, sent: QueryDict | None = None) -> ReasonForm:
    """Why what is known by `name` on the page is struck out."""
    may_count_more = name == "void" or name.startswith("credit-note")
    form = StrikeOutForm if may_count_more else ReasonForm
    return form(sent, auto_id=f"{name}_%s")


def _settle(
    request: CampaignRequest,
    bill: Invoice,
    action: Callable[..., object],
    *,
    done: str,
    **sent: forms.Form,
) -> HttpResponse:
    """Do one thing with an invoice, or with what is filed with it."""
    campaign = request.campaign

    def page(**bound: forms.Form) -> HttpResponse:
        return _page(request, campaign, _bill(campaign, bill.pk), **bound)

    return settle(
        request,
        action,
        done=done,
        back=reverse("invoice", args=[campaign.slug, bill.pk]),
        page=page,
        **sent,
    )


def _done_with(
    action: Callable[..., object],
    name: str,
    form: Callable[[CampaignRequest, Invoice], forms.Form],
    *,
    done: str,
) -> View:
    """The view that does one thing with an invoice, asked for by the form that the page
    has under this name."""

    @require_POST
    @campaign_page(can=Capability.RECORD_PAYMENTS)
    def view(
        request: CampaignRequest, campaign: Campaign, invoice: int
    ) -> HttpResponse:
        bill = _bill(campaign, invoice)
        act = partial(action, invoice=bill)
        return _settle(request, bill, act, done=done, **{name: form(request, bill)})

    return view


payment = _done_with(
    record_payment,
    "pay",
    lambda request, bill: PaymentForm(
        request.POST, expense=bill.expense, auto_id="pay_%s"
    ),
    done="The payment is filed.",
)
dispute = _done_with(
    dispute_invoice,
    "dispute",
    lambda request, bill: DisputeForm(request.POST, auto_id="dispute_%s"),
    done="The invoice is disputed: it is not paid until that ends.",
)
dispute_end = _done_with(
    end_dispute,
    "dispute_end",
    lambda request, bill: DisputeEndForm(request.POST, auto_id="dispute_end_%s"),
    done="The dispute has ended.",
)
credit_note = _done_with(
    record_credit_note,
    "credit",
    lambda request, bill: CreditNoteForm(request.POST, auto_id="credit_%s"),
    done="The credit note is filed.",
)
court_leave = _done_with(
    record_court_leave,
    "leave",
    lambda request, bill: CourtLeaveForm(request.POST, auto_id="leave_%s"),
    done="The leave of the court is filed.",
)
void = _done_with(
    void_invoice,
    "void",
    lambda request, bill: _why("void", request.POST),
    done="The invoice is voided.",
)


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def refunded(request: CampaignRequest, campaign: Campaign, paper: int) -> HttpResponse:
    """What was due back by a credit note has come, or a part of it."""
    filed = CreditNote.objects.select_related("invoice__expense__campaign").filter(
        organisation_id=campaign.organisation_id, invoice__expense__campaign=campaign
    )
    note = get_object_or_404(filed, pk=paper)
    form = RefundCameForm(request.POST, auto_id=f"refund_{note.pk}_%s")
    return _settle(
        request,
        note.invoice,
        partial(receive_refund, note),
        done="It is entered: what did not come, if anything, stays due.",
        **{f"refund_{note.pk}": form},
    )


@require_POST
@campaign_page(can=Capability.RECORD_PAYMENTS)
def strike_out(
    request: CampaignRequest, campaign: Campaign, kind: str, paper: int
) -> HttpResponse:
    """Void what is filed with an invoice, by its kind in `STRIKES`."""
    model, of_bill, name, act = STRIKES[kind]
    filed = model.objects.select_related(f"{of_bill}__expense__campaign").filter(
        organisation_id=campaign.organisation_id,
        **{f"{of_bill}__expense__campaign": campaign},
    )
    found = get_object_or_404(filed, pk=paper)
    form = f"{kind}_{found.pk}"
    return _settle(
        request,
        attrgetter(of_bill.replace("__", "."))(found),
        partial(act, found),
        **{form: _why(form, request.POST)},
        done=f"The {name} is voided.",
    )


def _bill(campaign: Campaign, invoice: int) -> Invoice:
    return get_object_or_404(
        Invoice.objects.select_related(
            "expense__campaign", "expense__authority"
        ).prefetch_related("payments", "credit_notes__refunds", "leaves"),
        organisation_id=campaign.organisation_id,
        expense__campaign=campaign,
        pk=invoice,
    )
