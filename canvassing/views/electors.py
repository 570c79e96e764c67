"""Find electors, and see what is known about one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.actions.hiding import hide_elector, show_elector
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown
from canvassing.actions.do_not_contact import (
    keep_away_from_household,
    keep_away_from_person,
    lift_do_not_contact,
)
from canvassing.forms.do_not_contact import DoNotContactForm, LiftForm
from canvassing.models import DoNotContactScope, ElectorStanding, Eligible
from canvassing.reports.contact_details import details_of
from canvassing.reports.elector_page import (
    elector_page,
    reachable_standing,
    survivor_of,
)
from canvassing.reports.elector_search import (
    Looked,
    electors_of_ward,
    find_electors,
    reachable_electors,
)
from canvassing.rules.opinions import CONSENT_NOW, consent_text, needs_consent

MOST = 100
PER_PAGE = 100


@campaign_page(can=Capability.SEE_ELECTORS)
def electors(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Whoever the words find, or the electors of a ward in walking order."""
    words, gss = request.GET.get("q", "").strip(), request.GET.get("ward", "")
    theirs = wards_for(request.actor, Capability.SEE_ELECTORS, campaign=campaign)
    context: dict[str, object] = {
        "heading": "Electors",
        "words": words,
        "may_manage": _may(request, Capability.MANAGE_CAMPAIGN),
    }
    if words:
        looked, found = find_electors(words, by=request.actor, campaign=campaign)
        rows = list(found[: MOST + 1])
        context |= {
            "looked": looked.value if looked is not Looked.NOTHING else "",
            "rows": rows[:MOST],
            "more": len(rows) > MOST,
        }
    elif gss:
        ward = get_object_or_404(theirs.defer("boundary"), gss=gss)
        found = electors_of_ward(ward, by=request.actor, campaign=campaign)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"ward": ward, "rows": page, "page": page}
    else:
        wards = theirs.select_related("council").defer("boundary")
        context["wards"] = wards.order_by("council__name", "name")
    return render(request, "canvassing/electors.html", context)


@campaign_page(can=Capability.IMPORT_REGISTER)
def to_check(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Electors whose right to vote in this poll is not clear from the register."""
    found = (
        reachable_electors(by=request.actor, campaign=campaign)
        .filter(eligible=Eligible.CHECK)
        .order_by("ward_id", "walk_position")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "canvassing/to_check.html", {"rows": page, "page": page})


@campaign_page(can=Capability.SEE_ELECTORS)
def elector(request: CampaignRequest, campaign: Campaign, elector: int) -> HttpResponse:
    survivor = survivor_of(elector, campaign=campaign)
    if survivor != elector:
        return redirect("elector", campaign=campaign.slug, elector=survivor)
    standing = standing_or_404(request, campaign, elector)
    page = elector_page(standing, by=request.actor, campaign=campaign)
    details = (
        details_of(elector, organisation_id=campaign.organisation_id)
        if _may(request, Capability.MANAGE_CAMPAIGN)
        else []
    )
    return render(
        request,
        "canvassing/elector.html",
        {
            "heading": standing.elector.full_name,
            "page": page,
            "standing": standing,
            "elector": standing.elector,
            "details": details,
            "wish_form": DoNotContactForm(),
            "lift_form": LiftForm(),
            "may_record": _may(request, Capability.RECORD_CONTACTS),
            "may_hide": _may(request, Capability.ERASE_ELECTORS),
            "needs_consent": needs_consent(campaign.organisation.controller_kind),
            "consent_wording": consent_text(
                CONSENT_NOW, organisation=campaign.organisation.name
            ),
        },
    )


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def keep_away(
    request: CampaignRequest, campaign: Campaign, elector: int
) -> HttpResponse:
    standing = standing_or_404(request, campaign, elector)
    form = DoNotContactForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say who does not want what.")
        return redirect("elector", campaign=campaign.slug, elector=elector)
    terms = {
        "by": request.actor,
        "at": request.business_now,
        "channel": form.cleaned_data["channel"],
        "campaign": None if form.cleaned_data["for_good"] else campaign,
    }
    with refusals_shown(request):
        if form.cleaned_data["scope"] == DoNotContactScope.PERSON:
            keep_away_from_person(standing.elector, **terms)
        elif standing.address is not None:
            keep_away_from_household(standing.address, **terms)
        messages.success(request, "Noted: from now on they are on no such list.")
    return redirect("elector", campaign=campaign.slug, elector=elector)


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def lift(
    request: CampaignRequest, campaign: Campaign, elector: int, wish: int
) -> HttpResponse:
    standing = standing_or_404(request, campaign, elector)
    page = elector_page(standing, by=request.actor, campaign=campaign)
    found = next((row for row in page.wishes if row.pk == wish), None)
    if found is None:
        raise Http404
    with refusals_shown(request):
        lift_do_not_contact(
            found,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, "The wish is lifted.")
    return redirect("elector", campaign=campaign.slug, elector=elector)


@require_POST
@campaign_page(can=Capability.ERASE_ELECTORS)
def hide(request: CampaignRequest, campaign: Campaign, elector: int) -> HttpResponse:
    """Off everything at once, or back again."""
    standing = standing_or_404(request, campaign, elector)
    reason, by, at = request.POST.get("reason", ""), request.actor, request.business_now
    with refusals_shown(request):
        if standing.elector.hidden_at is None:
            hide_elector(standing.elector, reason=reason, by=by, at=at)
            messages.success(request, "Hidden: they are on nothing from now on.")
        else:
            show_elector(standing.elector, reason=reason, by=by, at=at)
            messages.success(request, "They can be seen again.")
    return redirect("elector", campaign=campaign.slug, elector=elector)


def standing_or_404(
    request: CampaignRequest, campaign: Campaign, elector: int
) -> ElectorStanding:
    """For a page about somebody who is out of reach, there is nothing there."""
    standing = reachable_standing(elector, by=request.actor, campaign=campaign)
    if standing is None:
        raise Http404
    return standing


def _may(request: CampaignRequest, capability: Capability) -> bool:
    return request.actor.can(
        capability,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )
