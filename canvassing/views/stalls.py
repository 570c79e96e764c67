"""A street stall: find whoever stands there, and record what they say."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    carried_out,
    refusals_on,
)
from canvassing.access import stalls_for
from canvassing.actions.stalls import note_at_stall, open_stall
from canvassing.forms.stalls import StallContactForm, StallForm
from canvassing.models import Contact
from canvassing.reports.call_questions import asking_of
from canvassing.reports.door_words import say_of
from canvassing.reports.elector_search import Looked, find_electors
from canvassing.rules.contacts import ContactItem
from canvassing.views.electors import standing_or_404

MOST = 30
SHOWN = 50


@campaign_page(can=Capability.SEE_ELECTORS)
def stalls(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """The stalls so far, the latest first, and how many were met at each."""
    later = Contact.objects.filter(
        organisation=OuterRef("organisation"), corrects=OuterRef("uuid")
    )
    met = (
        Contact.objects.of(campaign.organisation_id)
        .filter(~Exists(later), campaign=campaign, session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(met=Count("elector", distinct=True))
        .values("met")
    )
    found = stalls_for(campaign).annotate(met=Coalesce(Subquery(met), 0))
    context = {
        "heading": "Street stalls",
        "stalls": found.order_by("-starts_at", "-pk")[:SHOWN],
        "may_record": _may(request, Capability.RECORD_CONTACTS),
    }
    return render(request, "canvassing/stalls.html", context)


@campaign_page(can=Capability.SEE_ELECTORS)
def new_stall(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = StallForm(request.POST or None)
    if opened := carried_out(request, form, open_stall, campaign=campaign):
        return redirect("stall", campaign=campaign.slug, session=opened.pk)
    context = {"heading": "New street stall", "form": form}
    return render(request, "canvassing/stall_new.html", context)


@campaign_page(can=Capability.SEE_ELECTORS)
def stall(request: CampaignRequest, campaign: Campaign, session: int) -> HttpResponse:
    """Whoever the words find, in the actor's wards."""
    found = get_object_or_404(stalls_for(campaign), pk=session)
    words = request.GET.get("q", "").strip()
    context: dict[str, object] = {
        "heading": found.name or "Street stall",
        "stall": found,
        "sets_up": _may(request, Capability.MANAGE_CAMPAIGN),
    }
    if words:
        looked, electors = find_electors(words, by=request.actor, campaign=campaign)
        rows = list(electors[: MOST + 1])
        context |= {
            "words": words,
            "nothing": looked is Looked.NOTHING,
            "rows": rows[:MOST],
            "more": len(rows) > MOST,
        }
    return render(request, "canvassing/stall.html", context)


@campaign_page(can=Capability.SEE_ELECTORS)
def record(
    request: CampaignRequest, campaign: Campaign, session: int, elector: int
) -> HttpResponse:
    found = get_object_or_404(stalls_for(campaign), pk=session)
    standing = standing_or_404(request, campaign, elector)
    asking = asking_of(standing.elector_id, campaign=campaign, at=request.business_now)
    if asking is None:
        raise Http404
    form = StallContactForm(
        request.POST or None,
        initial={"uuid": uuid4(), "outcome": "spoken"},
        asking=asking,
        campaign=campaign,
        at=request.business_now,
    )
    if form.is_valid():
        with refusals_on(form):
            note_at_stall(
                ContactItem(
                    elector_id=standing.elector_id, session_id=found.pk, **form.said
                ),
                form.given,
                form.asked,
                by=request.actor,
                at=request.business_now,
                campaign=campaign,
            )
            messages.success(request, f"Filed: {standing.elector.full_name}.")
            return redirect("stall", campaign=campaign.slug, session=session)
    context = {
        "heading": standing.elector.full_name,
        "stall": found,
        "standing": standing,
        "asking": asking,
        "say": say_of(campaign, at=request.business_now),
        "form": form,
    }
    return render(request, "canvassing/stall_record.html", context)


def _may(request: CampaignRequest, capability: Capability) -> bool:
    return request.actor.can(
        capability,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )
