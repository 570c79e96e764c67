"""What money is worked from: the limit’s numbers and days, the agent’s alone; and the
price of printing."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.campaign_settings import change_campaign, may_be_joint
from campaigns.actions.limit_notices import record_limit_notice, void_limit_notice
from campaigns.actions.printing import set_printing_price
from campaigns.actions.regulated_days import set_regulated_days
from campaigns.forms.expenses import ReasonForm
from campaigns.forms.spending import (
    JointCandidatesForm,
    LimitNoticeForm,
    PrintingPriceForm,
    RegulatedDaysForm,
)
from campaigns.models import Campaign, LimitNotice
from campaigns.reports.campaign_limit import notice_in_force
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.expense_table import printed_here
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_on,
)
from campaigns.views.spending import struck_out


@campaign_page(can=Capability.COMMIT_EXPENSE)
def limit_notice(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = _notice_form(request, campaign, request.POST or None)
    if made := carried_out(request, form, record_limit_notice, campaign=campaign):
        return _filed(request, campaign, made)
    return _numbers(request, campaign, form)


def _notice_form(
    request: CampaignRequest, campaign: Campaign, sent: QueryDict | None = None
) -> LimitNoticeForm:
    today = {"is_official": "yes", "given_on": request.business_now.date()}
    return LimitNoticeForm(sent, campaign=campaign, initial=today)


def _numbers(
    request: CampaignRequest, campaign: Campaign, form: Form, **bound: Form
) -> HttpResponse:
    joint = {"joint_candidates": campaign.joint_candidates}
    return render(
        request,
        "campaigns/spending/limit_notice.html",
        {
            "heading": "Numbers for the limit",
            "form": form,
            "joint_form": may_be_joint(campaign) and JointCandidatesForm(initial=joint),
            "in_force": notice_in_force(campaign),
            "notices": LimitNotice.objects.filter(
                organisation_id=campaign.organisation_id, campaign=campaign
            ).order_by("-pk"),
            **bound,
        },
    )


@require_POST
@campaign_page(can=Capability.COMMIT_EXPENSE)
def joint_candidates(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """How many there are, which moves the limit of each."""
    form = JointCandidatesForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            if change_campaign(
                campaign, form.cleaned_data, by=request.actor, at=request.business_now
            ):
                said = "The limit is worked for so many candidates now."
                messages.success(request, said)
            return redirect("money", campaign=campaign.slug)
    notice = _notice_form(request, campaign)
    return _numbers(request, campaign, notice, joint_form=form)


def _filed(
    request: CampaignRequest, campaign: Campaign, made: LimitNotice
) -> HttpResponse:
    """Say whether it holds: a later or an official one may stand before it."""
    holds = notice_in_force(campaign)
    if holds == made:
        messages.success(request, "The limit is worked from these numbers now.")
        return redirect("money", campaign=campaign.slug)
    messages.warning(
        request,
        f"It is kept. The limit is still worked from {holds}: void that one if it is "
        "wrong.",
    )
    return redirect("limit-notice", campaign=campaign.slug)


@campaign_page(can=Capability.COMMIT_EXPENSE)
def limit_notice_void(
    request: CampaignRequest, campaign: Campaign, notice: int
) -> HttpResponse:
    found = get_object_or_404(
        LimitNotice.objects.of(campaign.organisation_id), campaign=campaign, pk=notice
    )
    form = ReasonForm(request.POST or None)
    if carried_out(request, form, void_limit_notice, notice=found):
        messages.success(request, "They are voided; the row and its reason stay.")
        return redirect("limit-notice", campaign=campaign.slug)
    return struck_out(request, form, f"Void the numbers of {found}", "limit-notice")


@campaign_page(can=Capability.COMMIT_EXPENSE)
def regulated_days(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The days that the regulated periods begin with."""
    form = RegulatedDaysForm(request.POST or None, campaign=campaign)
    if carried_out(request, form, set_regulated_days, campaign=campaign):
        messages.success(request, "What counts is worked out from these days now.")
        return redirect("money", campaign=campaign.slug)
    return render(
        request,
        "campaigns/spending/regulated_days.html",
        {
            "heading": "Days that count",
            "form": form,
            "periods": campaign_periods(campaign),
        },
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def printing_price(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What a side printed at the committee room costs, which prints then propose."""
    sent = request.POST if request.method == "POST" else None  # perhaps no price at all
    form = PrintingPriceForm(sent, campaign=campaign)
    if made := carried_out(request, form, set_printing_price, campaign=campaign):
        if made.printed_side_price is None:
            messages.success(request, "Prints propose nothing to the agent from now.")
        else:
            messages.success(request, "Each print is proposed at this price from now.")
        return redirect("printing-price", campaign=campaign.slug)
    return render(
        request,
        "campaigns/spending/printing_price.html",
        {
            "heading": "Printing at the committee room",
            "form": form,
            "printed": printed_here(campaign),
        },
    )
