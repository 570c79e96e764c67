"""Money: where we stand, can we afford it, what the limit rests on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.limit_notices import record_limit_notice
from campaigns.actions.regulated_days import set_regulated_days
from campaigns.actions.spending_reports import ask_for_spending_report
from campaigns.exporters.deadlines_calendar import deadlines_calendar
from campaigns.forms.spending import (
    AffordForm,
    LimitNoticeForm,
    RegulatedDaysForm,
)
from campaigns.models import Campaign, LimitNotice
from campaigns.reports.budget import budget
from campaigns.reports.campaign_periods import campaign_periods
from campaigns.reports.donation_position import donations_to_decide
from campaigns.reports.spending_position import spending_position
from campaigns.reports.what_if import what_if
from campaigns.reports.worked_case import worked_case
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out


@campaign_page(can=Capability.SEE_MONEY)
def overview(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    position = spending_position(campaign, at=request.business_now)
    today = request.business_now.date()
    return render(
        request,
        "campaigns/spending/overview.html",
        {
            "heading": "Money",
            "position": position,
            "waiting": [line for line in position.lines if line.is_proposed],
            "to_decide": donations_to_decide(campaign, on=today),
            "budget": budget(position),
            **rights(request, campaign),
        },
    )


def rights(request: CampaignRequest, campaign: Campaign) -> dict[str, bool]:
    """What the buttons on the money pages may offer to this person."""

    def can(capability: Capability) -> bool:
        return request.actor.can(
            capability,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
        )

    return {
        "may_see_money": can(Capability.SEE_MONEY),
        "may_propose": can(Capability.PROPOSE_EXPENSE),
        "may_state_personal": can(Capability.STATE_PERSONAL_EXPENSES),
        "may_commit": can(Capability.COMMIT_EXPENSE),
        "may_pay": can(Capability.RECORD_PAYMENTS),
        "may_record_donations": can(Capability.RECORD_DONATIONS),
        "may_give": can(Capability.PROPOSE_EXPENSE)
        and can(Capability.RECORD_DONATIONS),
        "may_declare": can(Capability.DECLARE_MONEY),
    }


@campaign_page(can=Capability.SEE_MONEY)
def afford(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The question is in the address, so that a link can ask it."""
    poll_on, today = campaign.election.poll_on, request.business_now.date()
    days = {"used_from": min(today, poll_on), "used_until": poll_on}
    asked = {**{name: day.isoformat() for name, day in days.items()}}
    form = AffordForm(
        {**asked, "category": "unsolicited", **request.GET.dict()}
        if "amount" in request.GET
        else None,
        initial=days,
    )
    answer = None
    if form.is_valid():
        answer = what_if(campaign, at=request.business_now, **form.cleaned_data)
    return render(
        request,
        "campaigns/spending/afford.html",
        {
            "heading": "Can we afford it?",
            "form": form,
            "answer": answer,
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.SEE_MONEY)
def case(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """A mayor's limit of the past, worked by the same rules as ours."""
    return render(
        request,
        "campaigns/spending/worked_case.html",
        {"heading": "A worked case: the West Midlands in 2017", "case": worked_case()},
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def limit_notice(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = LimitNoticeForm(
        request.POST or None,
        campaign=campaign,
        initial={"is_official": "yes", "given_on": request.business_now.date()},
    )
    if carried_out(request, form, record_limit_notice, campaign=campaign):
        messages.success(request, "The limit is worked from these numbers now.")
        return redirect("money", campaign=campaign.slug)
    return render(
        request,
        "campaigns/spending/limit_notice.html",
        {
            "heading": "Numbers for the limit",
            "form": form,
            "notices": LimitNotice.objects.filter(
                organisation_id=campaign.organisation_id, campaign=campaign
            ).order_by("-pk"),
        },
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
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


@campaign_page(can=Capability.SEE_MONEY)
def calendar(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The deadlines, to be put into anybody's own calendar."""
    answer = HttpResponse(
        deadlines_calendar(campaign, at=request.business_now),
        content_type="text/calendar; charset=utf-8",
    )
    name = f"deadlines-{campaign.slug}.ics"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@campaign_page(can=Capability.SEE_MONEY)
def report(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    job = ask_for_spending_report(
        campaign=campaign, by=request.actor, at=request.business_now
    )
    return redirect("job", campaign=campaign.slug, job=job.pk)
