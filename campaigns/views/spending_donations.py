"""Donations: the table, entering one, and deciding on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.actions.donations import (
    accept_donation,
    receive_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.actions.donor_addresses import complete_donor
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.donor_look_ups import LookUp, look_up_donor
from campaigns.actions.gifts_in_kind import return_gift
from campaigns.forms.donations import (
    AcceptForm,
    DonationForm,
    DonorAddressForm,
    EvidenceForm,
    LookUpForm,
    ReceiveForm,
    ReturnForm,
    ReturnGiftForm,
)
from campaigns.forms.expenses import ReasonForm
from campaigns.models import Campaign, Donation, DonationEvidence
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.counted_expenses import CountedExpense, expenses_of, lines_of
from campaigns.reports.donation_position import (
    donation_position,
    donation_standing,
)
from campaigns.roles import Capability
from campaigns.rules.donor_evidence import EVIDENCE, Evidence
from campaigns.rules.figures import cautions_on
from campaigns.rules.permissible_donations import FIGURES, DonorKind, is_controlled
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.receipts import receipts_of_donation
from campaigns.views.settling import settle
from campaigns.views.spending import rights

PER_PAGE = 40
PAGE = "campaigns/spending/donation.html"


@campaign_page(can=Capability.SEE_MONEY)
def donations(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    found = (
        Donation.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )
        .prefetch_related("evidence")
        .order_by("-pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    today = request.business_now.date()
    return render(
        request,
        "campaigns/spending/donations.html",
        {
            "heading": "Donations",
            "page": page,
            "standings": [donation_standing(row, on=today) for row in page],
            "sums": donation_position(campaign, at=request.business_now),
            "caution": cautions_on(FIGURES, campaign.election.poll_on),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.RECORD_DONATIONS)
def add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = DonationForm(request.POST or None, initial=request.GET.dict())
    if made := carried_out(request, form, record_donation, campaign=campaign):
        return redirect("donation", campaign=campaign.slug, donation=made.pk)
    return render(
        request,
        "campaigns/spending/donation_add.html",
        {"heading": "Enter a donation", "form": form},
    )


@campaign_page(can=Capability.SEE_MONEY)
def donation(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    return _page(request, campaign, _found(campaign, donation))


def _page(
    request: CampaignRequest, campaign: Campaign, found: Donation, **bound: forms.Form
) -> HttpResponse:
    """`bound` holds the one form that was sent and has mistakes."""
    sent = {"sent": next(iter(bound.values()), None)}
    context = _context(request, campaign, found) | sent | bound
    return render(request, PAGE, context, status=400 if bound else 200)


def _context(
    request: CampaignRequest,
    campaign: Campaign,
    found: Donation,
    answer: LookUp | None = None,
) -> dict[str, Any]:
    """The donation with a form for each thing that may be done with it."""
    today = request.business_now.date()
    spent = _spent(campaign, found)
    return {
        "heading": found.donor,
        "donation": found,
        "is_controlled": is_controlled(found.amount),
        "standing": donation_standing(found, on=today),
        "checks": _checks(found),
        "address_form": DonorAddressForm(
            auto_id="donor_%s", initial={"donor_address": found.donor_address}
        ),
        "receive_form": ReceiveForm(initial={"received_on": today}),
        "evidence_form": _evidence_form(
            found, initial={"looked_on": today, **_seen(answer)}
        ),
        "look_up_form": LookUpForm(
            auto_id="look_up_%s", initial={"reason": "To check a donor over £50"}
        ),
        "answer": answer,
        "accept_form": AcceptForm(initial={"accepted_on": today}),
        "return_form": _return_form(spent, initial={"returned_on": today}),
        "spent": spent,
        "void_form": ReasonForm(),
        **receipts_of_donation(found, request.actor),
        **rights(request, campaign),
    }


def _spent(campaign: Campaign, found: Donation) -> CountedExpense | None:
    """The spending side of a gift in kind, as it counts now."""
    expense = expenses_of(campaign).filter(campaign=campaign, donation=found).first()
    if expense is None:
        return None
    [line] = lines_of([expense], campaign, campaign_periods(campaign))
    return line


def _return_form(
    spent: CountedExpense | None, sent: QueryDict | None = None, **options: Any
) -> ReturnForm:
    """Of what covers an expense that stands it is asked too whether it was used."""
    stands = spent is not None and (spent.is_committed or spent.is_proposed)
    return (ReturnGiftForm if stands else ReturnForm)(sent, **options)


def _asked(found: Donation) -> tuple[Evidence, ...]:
    return EVIDENCE[DonorKind[found.donor_kind.upper()]]


def _checks(found: Donation) -> list[tuple[Evidence, DonationEvidence | None]]:
    """What is asked of the donor, each with what was found so far."""
    looked_at = {row.code: row for row in found.evidence.all()}
    return [(asked, looked_at.get(asked.code)) for asked in _asked(found)]


def _evidence_form(
    found: Donation,
    data: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
) -> EvidenceForm:
    said = {row.code: row.found for row in found.evidence.all()}
    return EvidenceForm(data, asked=_asked(found), initial={**said, **(initial or {})})


def _decide(
    request: CampaignRequest,
    campaign: Campaign,
    donation: int,
    action: Callable[..., Donation],
    *,
    done: str,
    **sent: forms.Form,
) -> HttpResponse:
    """Do one thing with a donation of the campaign."""
    found = _found(campaign, donation)
    return settle(
        request,
        partial(action, donation=found),
        done=done,
        back=reverse("donations", args=[campaign.slug]),
        page=partial(_page, request, campaign, found),
        **sent,
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def address(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    """The return names the donor's address, which is often known only later."""
    found = _found(campaign, donation)
    form = DonorAddressForm(request.POST, auto_id="donor_%s")
    if carried_out(request, form, complete_donor, donation=found):
        messages.success(request, "The address is kept.")
        return redirect("donation", campaign=campaign.slug, donation=found.pk)
    return _page(request, campaign, found, address_form=form)


def _found(campaign: Campaign, donation: int) -> Donation:
    return get_object_or_404(
        Donation.objects.prefetch_related("evidence"),
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        pk=donation,
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def receive(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    return _decide(
        request,
        campaign,
        donation,
        receive_donation,
        receive_form=ReceiveForm(request.POST),
        done="It has come: decide on it within 30 days.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def check(request: CampaignRequest, campaign: Campaign, donation: int) -> HttpResponse:
    """Keep what was looked at; the page then says what is still missing."""
    found = _found(campaign, donation)
    form = _evidence_form(found, request.POST)
    if carried_out(request, form, record_evidence, donation=found):
        messages.success(request, "What you found is kept.")
        return redirect("donation", campaign=campaign.slug, donation=found.pk)
    return _page(request, campaign, found, evidence_form=form)


def _seen(answer: LookUp | None) -> dict[str, str]:
    """A look-up that found one person, as evidence to be kept."""
    if answer is None or len(answer.entries) != 1:
        return {}
    return {"register_entry": answer.entries[0]}


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def look_up(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    """The answer is on this page alone: it is in no address and is kept nowhere."""
    found = _found(campaign, donation)
    form = LookUpForm(request.POST, auto_id="look_up_%s")
    answer = carried_out(request, form, look_up_donor, donation=found)
    if answer is None:
        return _page(request, campaign, found, look_up_form=form)
    return render(request, PAGE, _context(request, campaign, found, answer))


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def accept(request: CampaignRequest, campaign: Campaign, donation: int) -> HttpResponse:
    return _decide(
        request,
        campaign,
        donation,
        accept_donation,
        accept_form=AcceptForm(request.POST),
        done="The donation is accepted.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def give_back(
    request: CampaignRequest, campaign: Campaign, donation: int
) -> HttpResponse:
    form = _return_form(_spent(campaign, _found(campaign, donation)), request.POST)
    is_gift = isinstance(form, ReturnGiftForm)
    return _decide(
        request,
        campaign,
        donation,
        return_gift if is_gift else return_donation,
        return_form=form,
        done="The donation is returned.",
    )


@require_POST
@campaign_page(can=Capability.RECORD_DONATIONS)
def void(request: CampaignRequest, campaign: Campaign, donation: int) -> HttpResponse:
    return _decide(
        request,
        campaign,
        donation,
        void_donation,
        void_form=ReasonForm(request.POST),
        done="It is voided; the row and its reason stay.",
    )
