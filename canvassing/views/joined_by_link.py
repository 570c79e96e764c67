"""At the desk: the link of a phone bank or a stall, and whoever joined by it."""

from datetime import datetime
from typing import Protocol, TypeVar

import segno
from django.contrib import messages

from campaigns.access import Actor
from campaigns.views.decorators import CampaignRequest, refusals_shown
from canvassing.actions.joined_names import same_person
from canvassing.exporters.links_given import address_of
from canvassing.models import BankCaller, StallHelper

JoinedT = TypeVar("JoinedT", BankCaller, StallHelper, contravariant=True)


class Act(Protocol[JoinedT]):
    def __call__(self, who: JoinedT, /, *, by: Actor, at: datetime) -> None: ...


def way_in(request: CampaignRequest, secret: str) -> dict[str, str]:
    """The link, whose secret follows `#`, and its picture to point a phone at."""
    link = request.build_absolute_uri(address_of(secret))
    picture = segno.make(link, error="m").svg_data_uri(light="white", border=3)
    return {"link_to_join": link, "qr": picture}


def block_or_let_back(
    request: CampaignRequest,
    who: JoinedT,
    *,
    block: Act[JoinedT],
    let_back: Act[JoinedT],
    blocked: str,
    back: str,
) -> None:
    """Block them; with `wanted=back`, allow them again. Twice is once."""
    by, at = request.actor, request.business_now
    with refusals_shown(request):
        if request.POST.get("wanted") == "back":
            let_back(who, by=by, at=at)
            messages.success(request, f"{who.volunteer} may {back} again.")
        else:
            block(who, by=by, at=at)
            messages.success(request, f"{who.volunteer} {blocked}.")


def say_same_person(request: CampaignRequest, who: BankCaller | StallHelper) -> None:
    """Whoever joined under another name is who we hold for their number."""
    by, at = request.actor, request.business_now
    if same_person(who, campaign=request.campaign, by=by, at=at):
        messages.success(request, f"Noted: that is {who.volunteer}.")
