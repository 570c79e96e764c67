"""Money: where we stand, can we afford it, and when things are due."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from campaigns.actions.spending_reports import ask_for_spending_report
from campaigns.exporters.deadlines_calendar import deadlines_calendar
from campaigns.forms.spending import AffordForm
from campaigns.models import Campaign
from campaigns.registry import MoneyPage, registry
from campaigns.reports.budget import budget
from campaigns.reports.cautions import to_know
from campaigns.reports.donation_position import donations_to_decide
from campaigns.reports.spending_position import spending_position
from campaigns.reports.what_if import what_if
from campaigns.reports.worked_case import worked_case
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page

# Of what needs somebody, on the overview, and before the fold of a phone.
MOST_DONATIONS, MOST_PROPOSED, ON_A_PHONE = 6, 8, 3


@campaign_page(can=Capability.SEE_MONEY)
def overview(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    position = spending_position(campaign, at=request.business_now)
    today = request.business_now.date()
    to_decide = donations_to_decide(campaign, on=today)[:MOST_DONATIONS]
    waiting = [line for line in position.lines if line.is_proposed][:MOST_PROPOSED]
    return render(
        request,
        "campaigns/spending/overview.html",
        {
            "heading": "Money",
            "position": position,
            "pressing": position.deadlines.pressing(on=today),
            "to_know": to_know(position.warnings),
            "waiting": waiting,
            "to_decide": to_decide,
            "more_need_you": len(waiting) + len(to_decide) > ON_A_PHONE,
            "budget": budget(position),
            "more_pages": _more_pages(request, campaign),
            **rights(request, campaign),
        },
    )


def _more_pages(request: CampaignRequest, campaign: Campaign) -> list[MoneyPage]:
    """Those of other apps that this person may open."""
    return [
        page
        for page in registry.money_pages
        if request.actor.can(
            page.capability,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
        )
    ]


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


def struck_out(
    request: CampaignRequest, form: Form, heading: str, back: str
) -> HttpResponse:
    """The page that asks why something ends."""
    context = {"heading": heading, "form": form, "back_to": back}
    return render(request, "campaigns/spending/reason.html", context)


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
