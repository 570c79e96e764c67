"""Where volunteers' hours go, teams, and affiliates."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import campaigns_for, wards_for
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_shown,
)
from volunteers.access import CAN, all_who_helped, volunteers_for
from volunteers.actions.teams import add_affiliate, save_team, set_member
from volunteers.forms.people import AffiliateForm, TeamForm, WhoForm
from volunteers.models import Affiliate, Team, Volunteer
from volunteers.reports.hours import hours_by_week, work_of_each
from volunteers.reports.presence import presence_by_branch, presence_by_ward

WORK_FOR = timedelta(weeks=4)


@campaign_page(can=CAN)
def hours(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """By campaign and week, of the volunteers within reach; and by person."""
    reach = volunteers_for(request.actor, campaign=campaign)
    named = campaigns_for(request.actor, Capability.SEE_CAMPAIGN)
    at = request.business_now
    return render(
        request,
        "volunteers/hours.html",
        {
            "heading": "Where the hours go",
            "hours": hours_by_week(
                all_who_helped(request.actor, campaign=campaign),
                campaign=campaign,
                named=set(named.values_list("pk", flat=True)),
                at=at,
            ),
            "work": work_of_each(reach, campaign=campaign, since=at - WORK_FOR),
        },
    )


@campaign_page(can=CAN)
def presence(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """By ward and branch: who was asked, who came, and who has not for three weeks."""
    reach, at = _reach(request, campaign), request.business_now
    context = {
        "heading": "Who was asked, and who came",
        "boards": [
            ("ward", "Ward", presence_by_ward(reach, at=at)),
            ("branch", "Branch", presence_by_branch(reach, at=at)),
        ],
    }
    return render(request, "volunteers/presence.html", context)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def teams(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """All teams and affiliates of the organisation; a form that makes a new team."""
    organisation = campaign.organisation
    form = _team_form(request, campaign)
    if made := carried_out(
        request, form, save_team, team=None, organisation=organisation
    ):
        return redirect("team", campaign=campaign.slug, team=made.pk)
    ours = Team.objects.of(organisation).select_related("ward", "leader")
    bodies = Affiliate.objects.of(organisation).annotate(lent=Count("volunteer"))
    return render(
        request,
        "volunteers/teams.html",
        {
            "heading": "Teams and affiliates",
            "form": form,
            "teams": ours.defer("ward__boundary")
            .annotate(size=Count("members"))
            .order_by("name"),
            "affiliates": bodies.order_by("name"),
            "affiliate_form": AffiliateForm(prefix="body"),
        },
    )


def _team_form(
    request: CampaignRequest, campaign: Campaign, initial: dict[str, Any] | None = None
) -> TeamForm:
    wards = wards_for(request.actor, CAN, campaign=campaign)
    return TeamForm(
        request.POST or None,
        wards=wards.defer("boundary").order_by("name"),
        volunteers=_reach(request, campaign),
        initial=initial,
    )


def _reach(request: CampaignRequest, campaign: Campaign) -> QuerySet[Volunteer]:
    return volunteers_for(request.actor, campaign=campaign)


@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def team(request: CampaignRequest, campaign: Campaign, team: int) -> HttpResponse:
    organisation = campaign.organisation
    ours = Team.objects.of(organisation).select_related("ward", "leader")
    found = get_object_or_404(ours.defer("ward__boundary"), pk=team)
    leader = found.leader
    form = _team_form(
        request,
        campaign,
        {
            "name": found.name,
            "ward": found.ward,
            "leader": (leader.email or leader.name) if leader else "",
        },
    )
    if carried_out(request, form, save_team, team=found, organisation=organisation):
        messages.success(request, "Kept.")
        return redirect("team", campaign=campaign.slug, team=found.pk)
    return render(
        request,
        "volunteers/team.html",
        {
            "heading": found.name,
            "team": found,
            "members": found.members.order_by("name", "pk"),
            "form": form,
            "who_form": WhoForm(volunteers=Volunteer.objects.none()),
        },
    )


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def team_member(
    request: CampaignRequest, campaign: Campaign, team: int
) -> HttpResponse:
    """Into the team by name or e-mail, or out of it with `leave`."""
    found = get_object_or_404(Team.objects.of(campaign.organisation), pk=team)
    form = WhoForm(request.POST, volunteers=_reach(request, campaign))
    if form.is_valid():
        set_member(
            found,
            form.cleaned_data["volunteer"],
            belongs="leave" not in request.POST,
            by=request.actor,
            at=request.business_now,
        )
    else:
        messages.error(request, form.said())
    return redirect("team", campaign=campaign.slug, team=found.pk)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def affiliate_add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = AffiliateForm(request.POST, prefix="body")
    if not form.is_valid():
        messages.error(request, "Give the affiliate a name.")
        return redirect("teams", campaign=campaign.slug)
    with refusals_shown(request):
        add_affiliate(
            organisation=campaign.organisation,
            by=request.actor,
            at=request.business_now,
            **form.cleaned_data,
        )
        messages.success(request, "Added.")
    return redirect("teams", campaign=campaign.slug)
