"""Who works on the campaign, with which role."""

import secrets

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_POST

from campaigns.actions.memberships import end_role, invite
from campaigns.clock import now
from campaigns.forms.people import RoleForm
from campaigns.models import Campaign, User
from campaigns.reports.people import members_of, tokens_of
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_on


@campaign_page(can=Capability.MANAGE_PEOPLE)
def people(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Roles and tokens run in real time, also where the demo's clock does not."""
    return render(
        request,
        "campaigns/people.html",
        {
            "heading": "People",
            "members": members_of(campaign, at=now()),
            "tokens": tokens_of(campaign),
            "real_now": now(),
        },
    )


@campaign_page(can=Capability.MANAGE_PEOPLE)
def add_role(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    wards = campaign.wards.defer("boundary").order_by("name")
    form = RoleForm(request.POST or None, wards=wards)
    if form.is_valid():
        with refusals_on(form):
            return _give(request, campaign, form)
    return render(
        request, "campaigns/role.html", {"heading": "Give a role", "form": form}
    )


def _give(request: CampaignRequest, campaign: Campaign, form: RoleForm) -> HttpResponse:
    """Somebody new chooses a password with a link that the organiser hands over."""
    given = form.cleaned_data
    membership, is_new = invite(
        given["email"],
        name=given["name"],
        password=secrets.token_urlsafe(32),
        role=given["role"],
        organisation=campaign.organisation,
        campaign=campaign,
        wards=given["wards"],
        by=request.actor,
        at=request.business_now,
    )
    user = membership.user
    if is_new:
        return render(
            request,
            "campaigns/welcome.html",
            {
                "heading": f"{user} is new here",
                "link": request.build_absolute_uri(_password_link(user)),
            },
        )
    messages.success(request, f"{user} has the role now.")
    return redirect("people", campaign=campaign.slug)


def _password_link(user: User) -> str:
    """Good once, for three days."""
    return reverse(
        "account:new-password",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )


@require_POST
@campaign_page(can=Capability.MANAGE_PEOPLE)
def end(request: CampaignRequest, campaign: Campaign, membership: int) -> HttpResponse:
    """Only roles in this campaign: one in the whole organisation is not ours to end."""
    theirs = members_of(campaign, at=now()).filter(campaign=campaign)
    found = get_object_or_404(theirs, pk=membership)
    end_role(found, by=request.actor, at=request.business_now)
    messages.success(request, f"{found.user} no longer has that role.")
    return redirect("people", campaign=campaign.slug)
