"""The keypad: typing up paper, district, number, code, next; and a big undo."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.views.decorators import CampaignRequest, campaign_page, refusals_shown
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.taking_back import take_back_contact
from canvassing.forms.keypad import KeypadForm
from canvassing.reports.keypad import (
    asked_with,
    elector_numbered,
    everything_to_type,
    typed_last,
)
from canvassing.rules.contacts import Answer

# What stays from one line to the next.
KEPT = ("council", "district", "said_on")


@campaign_page(can=Capability.SEE_ELECTORS)
def keypad(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    context: dict[str, Any] = {
        "by": request.actor,
        "campaign": campaign,
        "at": request.business_now,
    }
    form = KeypadForm(request.POST or None, initial=_kept(request), **context)
    if form.is_valid():
        with refusals_shown(request):
            item = form.item()
            [verdict] = file_paper(
                [item],
                {item.elector_id: form.typed.wishes},
                by=request.actor,
                at=request.business_now,
                campaign=campaign,
            )
            if verdict.answer is Answer.HELD:
                messages.warning(request, f"Held to be checked: {verdict.reason}")
        kept = {name: form.data[name] for name in KEPT}
        return redirect(f"{_address(campaign)}?{urlencode(kept)}")
    last = list(typed_last(by=request.actor, campaign=campaign))
    asked = asked_with(last)
    return render(
        request,
        "canvassing/keypad.html",
        {
            "heading": "Keypad",
            "form": form,
            "codes": everything_to_type(campaign),
            "last": [(line, asked.get(line.uuid)) for line in last],
            "kept": [(name, form[name].value()) for name in KEPT],
        },
    )


@require_safe
@campaign_page(can=Capability.SEE_ELECTORS)
def keypad_who(request: CampaignRequest, campaign: Campaign) -> HttpResponse:
    """Whose number it is, to be seen before the line is sent."""
    council = request.GET.get("council", "")
    standing = elector_numbered(
        request.GET.get("district", ""),
        request.GET.get("number", ""),
        council_id=int(council) if council.isdecimal() else 0,
        by=request.actor,
        campaign=campaign,
    )
    who = f"{standing.elector.full_name}, {standing.address}" if standing else ""
    return JsonResponse({"who": who})


@require_POST
@campaign_page(can=Capability.SEE_ELECTORS)
def keypad_undo(
    request: CampaignRequest, campaign: Campaign, contact: int
) -> HttpResponse:
    """Take back one of the lines that the typist can see."""
    shown = {one.pk: one for one in typed_last(by=request.actor, campaign=campaign)}
    found = shown.get(contact)
    if found is None:
        messages.info(request, "That line was taken back already.")
    else:
        with refusals_shown(request):
            before = take_back_contact(found, by=request.actor, at=request.business_now)
            again = " What was said before stands again." if before else ""
            messages.success(
                request, f"Taken back: {found.elector.elector_number}.{again}"
            )
    kept = {name: request.POST[name] for name in KEPT if name in request.POST}
    return redirect(f"{_address(campaign)}?{urlencode(kept)}")


def _kept(request: CampaignRequest) -> dict[str, str]:
    today = request.business_now.date().isoformat()
    return {"said_on": today} | {
        name: request.GET[name] for name in KEPT if name in request.GET
    }


def _address(campaign: Campaign) -> str:
    return reverse("keypad", kwargs={"campaign": campaign.slug})
