"""Who may spend besides the agent, and what others do on campaigns of their own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from campaigns.actions.authorities import authorise_spending, revoke_authority
from campaigns.actions.outside_activities import (
    record_outside_activity,
    void_outside_activity,
)
from campaigns.forms.authorities import AuthorityForm, OutsideActivityForm
from campaigns.forms.expenses import ReasonForm
from campaigns.models import Campaign, OutsideActivity, SpendingAuthority
from campaigns.reports.others_campaigns import outside_activities, permitted_sum
from campaigns.reports.spending_authorities import authority_standings
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, carried_out
from campaigns.views.spending import rights, struck_out


@campaign_page(can=Capability.SEE_MONEY)
def authorities(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Anybody who sees money reads them; the action lets only the agent give one."""
    form = AuthorityForm(
        request.POST or None,
        campaign=campaign,
        initial={"written_on": request.business_now.date()},
    )
    if carried_out(request, form, authorise_spending, campaign=campaign):
        messages.success(request, "The authority holds from the day of its paper.")
        return redirect("spending-authorities", campaign=campaign.slug)
    today = request.business_now.date()
    return render(
        request,
        "campaigns/spending/authorities.html",
        {
            "heading": "Who else may spend",
            "form": form,
            "standings": [
                (standing, standing.holds_on(today))
                for standing in authority_standings(campaign)
            ],
            "permitted": permitted_sum(campaign),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.COMMIT_EXPENSE)
def authority_revoke(
    request: CampaignRequest, campaign: Campaign, authority: int
) -> HttpResponse:
    found = get_object_or_404(
        SpendingAuthority.objects.select_related("campaign", "user"),
        campaign=campaign,
        pk=authority,
    )
    form = ReasonForm(request.POST or None)
    if carried_out(request, form, revoke_authority, authority=found):
        messages.success(request, "It is revoked; what was spent under it stays.")
        return redirect("spending-authorities", campaign=campaign.slug)
    return struck_out(
        request, form, f"Revoke the authority of {found.holder}", "spending-authorities"
    )


@campaign_page(can=Capability.SEE_MONEY)
def others(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """What counts nothing here; the action lets only those enter it who propose."""
    form = OutsideActivityForm(request.POST or None)
    if carried_out(request, form, record_outside_activity, campaign=campaign):
        messages.success(request, "It is written down, and counts nothing here.")
        return redirect("outside-activities", campaign=campaign.slug)
    return render(
        request,
        "campaigns/spending/others.html",
        {
            "heading": "Others’ own campaigns",
            "form": form,
            "activities": outside_activities(campaign),
            "permitted": permitted_sum(campaign),
            **rights(request, campaign),
        },
    )


@campaign_page(can=Capability.PROPOSE_EXPENSE)
def other_void(
    request: CampaignRequest, campaign: Campaign, activity: int
) -> HttpResponse:
    found = get_object_or_404(
        OutsideActivity.objects.select_related("campaign"),
        campaign=campaign,
        pk=activity,
    )
    form = ReasonForm(request.POST or None)
    if carried_out(request, form, void_outside_activity, activity=found):
        messages.success(request, "It is voided; the row and its reason stay.")
        return redirect("outside-activities", campaign=campaign.slug)
    return struck_out(request, form, f"Void “{found}”", "outside-activities")
