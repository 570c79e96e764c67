"""A volunteer's own page, opened by their link with no account.

The link's secret stands in the address once: it is put into a cookie for these pages
alone, and the browser is sent on to an address without it. Opening a link changes
nothing, so that a mail scanner may follow it; every change is a POST.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.clock import day_of, now
from campaigns.rules.refusals import Refusal
from volunteers import personal_links
from volunteers.access import actor_of_volunteer
from volunteers.actions.consents import give_promises, set_consents
from volunteers.actions.links import end_links, send_links_to
from volunteers.actions.sign_ups import confirm_place, give_back_place, take_place
from volunteers.actions.volunteers import set_language, stand_down
from volunteers.forms.sign_up import AgreedForm, LinkForm
from volunteers.models import PersonalLink, Volunteer
from volunteers.reports.hours import hours_of
from volunteers.reports.own_page import (
    OwnShift,
    open_shifts,
    own_shift,
    own_sign_ups,
    own_work,
)
from volunteers.reports.people import has_promised
from volunteers.rules.promises import promise_on
from volunteers.views.language import choose_language, language_chosen
from volunteers.views.limits import too_often

COOKIE = "volunteer"
PER_PAGE = 15
MOST_LINKS_AN_HOUR = 10
HOUR = 60 * 60


class OwnRequest(HttpRequest):
    """A request of a volunteer on their own page."""

    volunteer: Volunteer
    link: PersonalLink
    business_now: datetime


def own_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whose link the cookie holds; anybody else is asked for their address."""

    @wraps(view)
    def page(request: HttpRequest, **named: Any) -> HttpResponse:
        link = personal_links.read(request.COOKIES.get(COOKIE, ""))
        if link is None:
            return redirect("field-link")
        ours: Any = request
        ours.volunteer, ours.link = link.volunteer, link
        ours.business_now = localtime(now(link.volunteer.organisation))
        return view(ours, **named)

    return page


def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember whose link this is, and go on without it in the address."""
    link = personal_links.read(token)
    if link is None:
        messages.error(request, _("This link has ended. Ask for a new one here."))
        return redirect("field-link")
    shift = request.GET.get("shift", "")
    if shift.isdecimal() and len(shift) < 19:
        answer = redirect("field-shift", shift=int(shift))
    else:
        answer = redirect("field-mine")
    answer.set_cookie(
        COOKIE,
        token,
        max_age=link.expires_at - now(link.volunteer.organisation),
        path=reverse("field-mine"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def ask_for_link(request: HttpRequest) -> HttpResponse:
    """A new link by e-mail, to whoever is a volunteer; it does not say who is."""
    form = LinkForm(request.POST or None)
    sent = False
    if form.is_valid():
        if too_often(request, "link", most=MOST_LINKS_AN_HOUR, seconds=HOUR):
            form.add_error(None, _("That was often. Try again in an hour."))
        else:
            send_links_to(form.cleaned_data["email"], clock=now)
            sent = True
    context = {"heading": _("Your link"), "form": form, "sent": sent}
    return render(request, "volunteers/field/link.html", context)


@own_page
def mine(request: OwnRequest) -> HttpResponse:
    volunteer, at = request.volunteer, request.business_now
    agreed = volunteer.consents.filter(withdrawn_at__isnull=True)
    offered = Paginator(open_shifts(volunteer, at=at), PER_PAGE)
    sign_ups = own_sign_ups(volunteer, at=at)
    return render(
        request,
        "volunteers/field/mine.html",
        {
            "heading": _("Your shifts"),
            "volunteer": volunteer,
            "organisation": volunteer.organisation,
            "sign_ups": sign_ups,
            "works": own_work(volunteer, sign_ups, at=at),
            "page": offered.get_page(request.GET.get("page")),
            "hours": hours_of(volunteer),
            "form": AgreedForm(
                initial={"channels": list(agreed.values_list("channel", flat=True))}
            ),
            "has_promised": has_promised(volunteer, at=at),
            "promise": promise_on(day_of(at)).worded_for(
                volunteer.organisation.name, language=get_language()
            ),
            "expires_at": request.link.expires_at,
        },
    )


@own_page
def shift(request: OwnRequest, shift: int) -> HttpResponse:
    """One shift with a button for each thing that they can do about it."""
    volunteer, at = request.volunteer, request.business_now
    own = _own(request, shift)
    sign_ups = [own.sign_up] if own.sign_up else []
    what = own.shift.get_kind_display()
    context = {
        "heading": f"{what}, {own.shift.ward}" if own.shift.ward else what,
        "volunteer": volunteer,
        "organisation": volunteer.organisation,
        "own": own,
        "works": own_work(volunteer, sign_ups, at=at),
        "at": at,
    }
    return render(request, "volunteers/field/shift.html", context)


def _own(request: OwnRequest, shift: int) -> OwnShift:
    found = own_shift(request.volunteer, shift)
    if found is None:
        raise Http404
    return found


@require_POST
@own_page
def answer(request: OwnRequest, shift: int) -> HttpResponse:
    """Take a place, say that they will be there, or that they cannot."""
    own, said = _own(request, shift), request.POST.get("say", "")
    by, at = actor_of_volunteer(request.volunteer), request.business_now
    try:
        if said == "take":
            taken = take_place(own.shift, volunteer=request.volunteer, by=by, at=at)
            messages.success(
                request,
                _("All places are taken; we write to you when one is free.")
                if taken.waits
                else _("You have a place. Thank you!"),
            )
        elif own.sign_up is None:
            messages.error(request, _("You have no place on this shift."))
        elif said == "cannot":
            give_back_place(own.sign_up, by=by, at=at)
            messages.success(request, _("Noted: you can't come. Thank you for saying."))
        elif said == "coming":
            confirm_place(own.sign_up, by=by, at=at)
            messages.success(request, _("Noted: you will be there. See you!"))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("field-mine")


@require_POST
@own_page
def agree(request: OwnRequest) -> HttpResponse:
    """What they agree to from now on."""
    form = AgreedForm(request.POST)
    if form.is_valid():
        set_consents(
            request.volunteer,
            channels=form.cleaned_data["channels"],
            source="Their own page",
            by=actor_of_volunteer(request.volunteer),
            at=request.business_now,
        )
        messages.success(request, _("Kept as you said."))
    return redirect("field-mine")


@require_POST
@own_page
def promise(request: OwnRequest) -> HttpResponse:
    """The data promise, once more."""
    give_promises(
        [request.volunteer],
        by=actor_of_volunteer(request.volunteer),
        at=request.business_now,
    )
    messages.success(request, _("Thank you for your promise."))
    return redirect("field-mine")


@own_page
def language(request: OwnRequest) -> HttpResponse:
    """English or Welsh, for these pages and for our e-mails to them."""
    if chosen := language_chosen(request):
        set_language(
            request.volunteer,
            chosen,
            by=actor_of_volunteer(request.volunteer),
            at=request.business_now,
        )
    return choose_language(request)


@require_POST
@own_page
def leave(request: OwnRequest) -> HttpResponse:
    """Close the page on this phone, end every link, or stop helping altogether."""
    how, at = request.POST.get("how", ""), request.business_now
    by = actor_of_volunteer(request.volunteer)
    if how == "stop":
        stand_down(request.volunteer, by=by, at=at)
        messages.success(request, _("You have stood down. Thank you for your help!"))
    elif how == "links":
        end_links(request.volunteer, by=by, at=at)
        messages.success(request, _("Every link to your page has ended."))
    answer = redirect("field-link")
    answer.delete_cookie(COOKIE, path=reverse("field-mine"))
    return answer
