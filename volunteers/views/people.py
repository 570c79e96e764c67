"""Volunteers at the desk: the list, one of them, and what is done about them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.models import Campaign, Ward
from campaigns.reports.imprints import shown_imprint
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from volunteers.access import CAN, volunteers_for
from volunteers.actions.asking import ask, start_asking
from volunteers.actions.erasing import erase_volunteer
from volunteers.actions.joining import forget_names
from volunteers.actions.links import end_links, send_their_link
from volunteers.actions.namesakes import settle_namesake
from volunteers.actions.volunteers import (
    Details,
    add_volunteer,
    change_volunteer,
    stand_down,
    take_back,
)
from volunteers.forms.people import FindForm, NewVolunteerForm, VolunteerForm
from volunteers.models import AskedBy, Volunteer
from volunteers.reports.mails import mails_not_sent
from volunteers.reports.people import branches_of, counts, found
from volunteers.reports.person import person_page

PER_PAGE = 50


@campaign_page(can=CAN)
def volunteers(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    reach = volunteers_for(request.actor, campaign=campaign)
    form = _find_form(request, campaign)
    rows = found(reach, form.wanted(), at=request.business_now)
    return render(
        request,
        "volunteers/people.html",
        {
            "heading": "Volunteers",
            "form": form,
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "counts": counts(reach, at=request.business_now),
            "not_sent": mails_not_sent(request.actor, campaign=campaign).count(),
            "has_imprint": bool(shown_imprint(campaign)),
            "sign_up_link": request.build_absolute_uri(
                reverse("field-help", kwargs={"slug": campaign.slug})
            ),
            "runs_campaign": runs_campaign(request),
        },
    )


def _find_form(request: CampaignRequest, campaign: Campaign) -> FindForm:
    reach = volunteers_for(request.actor, campaign=campaign)
    data = request.POST if request.method == "POST" else request.GET
    return FindForm(data, wards=_wards(request, campaign), branches=branches_of(reach))


def _wards(request: CampaignRequest, campaign: Campaign) -> QuerySet[Ward]:
    theirs = wards_for(request.actor, CAN, campaign=campaign)
    return theirs.defer("boundary").order_by("name")


def runs_campaign(request: CampaignRequest) -> bool:
    """Whether they hold the whole campaign, and not only volunteers of some wards."""
    return request.actor.can(
        Capability.MANAGE_CAMPAIGN,
        organisation_id=request.campaign.organisation_id,
        campaign_id=request.campaign.pk,
    )


@require_POST
@campaign_page(can=CAN)
def ask_these(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """By e-mail, everybody whom the list shows, as far as they agreed to it."""
    reach = volunteers_for(request.actor, campaign=campaign)
    wanted = _find_form(request, campaign).wanted()
    try:
        job = start_asking(
            found(reach, wanted, at=request.business_now),
            campaign=campaign,
            by=request.actor,
            at=request.business_now,
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("volunteers", campaign=campaign.slug)
    return redirect("volunteers-job", campaign=campaign.slug, job=job.pk)


@campaign_page(can=CAN)
def add(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    form = NewVolunteerForm(
        request.POST or None, campaign=campaign, wards=_wards(request, campaign)
    )
    if form.is_valid():
        with refusals_on(form):
            made = add_volunteer(
                form.details(),
                organisation=campaign.organisation,
                channels=form.cleaned_data["channels"],
                by=request.actor,
                at=request.business_now,
            )
            return redirect("volunteer", campaign=campaign.slug, volunteer=made.pk)
    context = {"heading": "Write down a volunteer", "form": form}
    return render(request, "volunteers/form.html", context)


def volunteer_or_404(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> Volunteer:
    reach = volunteers_for(request.actor, campaign=campaign)
    rows = reach.select_related("home_ward", "affiliate", "organisation")
    return get_object_or_404(rows.defer("home_ward__boundary"), pk=volunteer)


@campaign_page(can=CAN)
def volunteer(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> HttpResponse:
    person = volunteer_or_404(request, campaign, volunteer)
    return render(
        request,
        "volunteers/person.html",
        {
            "heading": person.name,
            "person": person,
            "page": person_page(person, campaign=campaign, at=request.business_now),
            "ways": AskedBy.choices,
            "runs_campaign": runs_campaign(request),
        },
    )


@campaign_page(can=CAN)
def change(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> HttpResponse:
    person = volunteer_or_404(request, campaign, volunteer)
    as_it_is = {name: getattr(person, name, None) for name in Details.__annotations__}
    form = VolunteerForm(
        request.POST or None,
        campaign=campaign,
        wards=_wards(request, campaign),
        initial=as_it_is | {"ward": person.home_ward},
    )
    if form.is_valid():
        with refusals_on(form):
            change_volunteer(
                person, form.details(), by=request.actor, at=request.business_now
            )
            return redirect("volunteer", campaign=campaign.slug, volunteer=person.pk)
    context = {"heading": f"Change {person}", "form": form}
    return render(request, "volunteers/form.html", context)


@require_POST
@campaign_page(can=CAN)
def ask_one(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> HttpResponse:
    person = volunteer_or_404(request, campaign, volunteer)
    how = request.POST.get("how", "")
    if how in AskedBy.values:
        with refusals_shown(request):
            ask(
                person,
                how=AskedBy(how),
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
            )
            messages.success(request, f"Noted: {person} is asked.")
    return redirect("volunteer", campaign=campaign.slug, volunteer=person.pk)


@require_POST
@campaign_page(can=CAN)
def standing(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> HttpResponse:
    """Stood down, or back again; a link sent, or all of them ended."""
    person = volunteer_or_404(request, campaign, volunteer)
    by, at = request.actor, request.business_now
    match request.POST.get("do", ""):
        case "stand_down":
            stand_down(person, by=by, at=at)
            messages.success(request, f"{person} has stood down.")
        case "take_back":
            take_back(person, by=by, at=at)
            messages.success(request, f"{person} helps again.")
        case "send_link":
            with refusals_shown(request):
                send_their_link(person, campaign=campaign, by=by, at=at)
                messages.success(request, "Their link is on its way to them.")
        case "forget_names":
            forget_names(person, by=by, at=at)
            messages.success(request, "You are asked again about their other names.")
        case "end_links":
            end_links(person, by=by, at=at)
            messages.success(request, "No link opens their page any more.")
    return redirect("volunteer", campaign=campaign.slug, volunteer=person.pk)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def settle(
    request: CampaignRequest, campaign: Campaign, volunteer: int
) -> HttpResponse:
    """The same as somebody who was here before, or not."""
    person = volunteer_or_404(request, campaign, volunteer)
    with refusals_shown(request):
        person, given_back = settle_namesake(
            person,
            is_same=request.POST.get("decision") == "same",
            by=request.actor,
            at=request.business_now,
        )
        messages.success(request, "Settled.")
        for shift in given_back:
            messages.warning(
                request,
                f"They had two places at one time: {shift} is given back. Tell them.",
            )
    return redirect("volunteer", campaign=campaign.slug, volunteer=person.pk)


@require_POST
@campaign_page(can=Capability.MANAGE_CAMPAIGN)
def erase(request: CampaignRequest, campaign: Campaign, volunteer: int) -> HttpResponse:
    person = volunteer_or_404(request, campaign, volunteer)
    erase_volunteer(person, by=request.actor, at=request.business_now)
    messages.success(request, "Erased: only the hours they gave are left.")
    return redirect("volunteers", campaign=campaign.slug)
