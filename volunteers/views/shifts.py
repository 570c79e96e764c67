"""Shifts at the desk: made, changed, cancelled, filled, and marked with who came."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.access import wards_for
from campaigns.models import Campaign
from campaigns.views.decorators import (
    CampaignRequest,
    campaign_page,
    refusals_on,
    refusals_shown,
)
from volunteers.access import CAN, shifts_for, volunteers_for
from volunteers.actions.shifts import cancel_shift, change_shift, make_shift
from volunteers.actions.sign_ups import give_back_place, mark_who_came, take_place
from volunteers.forms.people import WhoForm
from volunteers.forms.shifts import ShiftForm
from volunteers.models import Shift
from volunteers.registry import registry
from volunteers.reports.mails import mails_not_sent
from volunteers.reports.shifts import (
    cover_of_day,
    no_shows,
    shifts_at_risk,
    with_places,
)

PER_PAGE = 50
MARKS = {"yes": True, "no": False, "": None}


@campaign_page(can=CAN)
def shifts(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Those to come, or with `?when=over` those that are over."""
    at = request.business_now
    theirs = with_places(shifts_for(request.actor, campaign=campaign))
    over = request.GET.get("when") == "over"
    rows = (
        theirs.filter(ends_at__lte=at).order_by("-starts_at", "-pk")
        if over
        else theirs.filter(ends_at__gt=at).order_by("starts_at", "pk")
    )
    return render(
        request,
        "volunteers/shifts.html",
        {
            "heading": "Shifts",
            "over": over,
            "not_sent": mails_not_sent(request.actor, campaign=campaign).count(),
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        },
    )


def _form(
    request: CampaignRequest, campaign: Campaign, initial: dict[str, Any]
) -> ShiftForm:
    wards = wards_for(request.actor, CAN, campaign=campaign)
    return ShiftForm(
        request.POST or None,
        wards=wards.defer("boundary").order_by("name"),
        volunteers=volunteers_for(request.actor, campaign=campaign),
        initial=initial,
    )


@campaign_page(can=CAN)
def new(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    tomorrow = request.business_now.date() + timedelta(days=1)
    form = _form(request, campaign, {"day": tomorrow, "places": 8})
    if form.is_valid():
        with refusals_on(form):
            made = make_shift(
                form.terms(),
                campaign=campaign,
                by=request.actor,
                at=request.business_now,
            )
            return redirect("shift", campaign=campaign.slug, shift=made.pk)
    context = {"heading": "New shift", "form": form}
    return render(request, "volunteers/form.html", context)


def shift_or_404(request: CampaignRequest, campaign: Campaign, shift: int) -> Shift:
    theirs = with_places(shifts_for(request.actor, campaign=campaign))
    return get_object_or_404(theirs, pk=shift)


@campaign_page(can=CAN)
def shift(request: CampaignRequest, campaign: Campaign, shift: int) -> HttpResponse:
    """One shift, and who has a place on it or waits for one."""
    found = shift_or_404(request, campaign, shift)
    held = found.sign_ups.filter(withdrawn_at__isnull=True).select_related("volunteer")
    return render(
        request,
        "volunteers/shift.html",
        {
            "heading": f"{found.get_kind_display()}, {found.ward or campaign}",
            "shift": found,
            "sign_ups": held.order_by("waits", "volunteer__name", "pk"),
            "gave_back": found.sign_ups.filter(withdrawn_at__isnull=False).count(),
            "has_begun": found.starts_at <= request.business_now,
            "is_over": found.ends_at <= request.business_now,
            "pages": _pages(request, found),
            "who_form": WhoForm(
                volunteers=volunteers_for(request.actor, campaign=campaign)
            ),
        },
    )


def _pages(request: CampaignRequest, shift: Shift) -> list[tuple[str, str]]:
    """Words and address of what this shift leads to."""
    slug = request.campaign.slug
    return [
        (
            page.label,
            reverse(page.route, kwargs={"campaign": slug, **page.names})
            + (f"?{page.query}" if page.query else ""),
        )
        for pages in registry.shift_pages
        for page in pages(request.actor, shift)
    ]


@campaign_page(can=CAN)
def change(request: CampaignRequest, campaign: Campaign, shift: int) -> HttpResponse:
    found = shift_or_404(request, campaign, shift)
    form = _form(request, campaign, ShiftForm.as_it_is(found))
    if form.is_valid():
        with refusals_on(form):
            change_shift(found, form.terms(), by=request.actor, at=request.business_now)
            messages.success(request, "Changed. Whoever signed up is told.")
            return redirect("shift", campaign=campaign.slug, shift=found.pk)
    context = {"heading": "Change the shift", "form": form}
    return render(request, "volunteers/form.html", context)


@require_POST
@campaign_page(can=CAN)
def cancel(request: CampaignRequest, campaign: Campaign, shift: int) -> HttpResponse:
    found = shift_or_404(request, campaign, shift)
    told = cancel_shift(found, by=request.actor, at=request.business_now)
    messages.success(request, f"Cancelled. {told} are told by e-mail.")
    return redirect("shift", campaign=campaign.slug, shift=found.pk)


@require_POST
@campaign_page(can=CAN)
def place(request: CampaignRequest, campaign: Campaign, shift: int) -> HttpResponse:
    """Give somebody a place by name or e-mail, or take one back by its id."""
    found = shift_or_404(request, campaign, shift)
    by, at = request.actor, request.business_now
    with refusals_shown(request):
        if back := request.POST.get("back", ""):
            mine = found.sign_ups.filter(pk=int(back)) if _is_id(back) else None
            give_back_place(
                get_object_or_404(mine or found.sign_ups.none()), by=by, at=at
            )
            messages.success(request, "The place is free again.")
        else:
            reach = volunteers_for(request.actor, campaign=campaign)
            form = WhoForm(request.POST, volunteers=reach)
            if form.is_valid():
                who = form.cleaned_data["volunteer"]
                take_place(found, volunteer=who, by=by, at=at)
                messages.success(request, f"{who} is signed up.")
            else:
                messages.error(request, form.said())
    return redirect("shift", campaign=campaign.slug, shift=found.pk)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


@require_POST
@campaign_page(can=CAN)
def came(request: CampaignRequest, campaign: Campaign, shift: int) -> HttpResponse:
    """Who came: fields such as `came-12=yes`, by the sign-up's id."""
    found = shift_or_404(request, campaign, shift)
    said = {
        int(pk): MARKS[value]
        for name, value in request.POST.items()
        if name.startswith("came-")
        and _is_id(pk := name.removeprefix("came-"))
        and value in MARKS
    }
    with refusals_shown(request):
        mark_who_came(found, said, by=request.actor, at=request.business_now)
        messages.success(request, "Kept who came.")
    return redirect("shift", campaign=campaign.slug, shift=found.pk)


@campaign_page(can=CAN)
def at_risk(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Shifts of the coming week that may fall through, and why; cover; no-shows."""
    at = request.business_now
    theirs = shifts_for(request.actor, campaign=campaign)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    return render(
        request,
        "volunteers/at_risk.html",
        {
            "heading": "Shifts at risk",
            "not_sent": mails_not_sent(request.actor, campaign=campaign).count(),
            "found": shifts_at_risk(theirs, at=at),
            "days": [
                (
                    day,
                    cover_of_day(
                        theirs, begins_at=day, ends_at=day + timedelta(days=1)
                    ),
                )
                for day in (midnight, tomorrow)
            ],
            "no_shows": no_shows(theirs, at=at),
        },
    )
