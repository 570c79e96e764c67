"""What every template may rely on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from campaigns.access import Actor, campaigns_for
from campaigns.admin.base import can_anywhere
from campaigns.models import Campaign
from campaigns.roles import Capability

if TYPE_CHECKING:
    from campaigns.views.decorators import CampaignRequest

C = Capability
CAMPAIGN_ONLY = 2  # slashes: /mayor-2024/

# The header's words, the route each leads to, and who is offered it.
PLACES = (
    ("Today", "today", C.SEE_CAMPAIGN),
    ("Wards", "wards", C.SEE_CAMPAIGN),
    ("Electors", "electors", C.SEE_ELECTORS),
    ("Lists", "lists", C.MAKE_LISTS),
    ("Phones", "phones", C.MANAGE_CAMPAIGN),
    ("Rounds", "rounds", C.MAKE_LISTS),
    ("Volunteers", "volunteers", C.MANAGE_VOLUNTEERS),
    ("Register", "register", C.IMPORT_REGISTER),
    ("Money", "money", C.SEE_MONEY),
    ("People", "people", C.MANAGE_PEOPLE),
)


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    is_here: bool


def site(request: HttpRequest) -> dict[str, object]:
    """`is_demo` everywhere; the rest on pages of a campaign."""
    always: dict[str, object] = {"is_demo": settings.DEMO}
    if not hasattr(request, "campaign"):
        return always
    return always | _campaign(cast("CampaignRequest", request))


def _campaign(request: "CampaignRequest") -> dict[str, object]:
    organisation = request.campaign.organisation
    today = request.business_now.date()
    return {
        "places": lambda: _places(request),
        "sees_campaign": request.actor.can(
            C.SEE_CAMPAIGN,
            organisation_id=organisation.pk,
            campaign_id=request.campaign.pk,
        ),
        "sets_up_campaign": request.actor.can(
            C.MANAGE_CAMPAIGN,
            organisation_id=organisation.pk,
            campaign_id=request.campaign.pk,
        ),
        "sees_records": can_anywhere(request.actor, C.SEE_CAMPAIGN),
        "days_to_go": request.campaign.election.days_to_go(today),
        "demo_clock": request.business_now if organisation.clock_offset else None,
        "many_campaigns": lambda: (
            campaigns_for(request.actor, C.SEE_CAMPAIGN).count() > 1
        ),
    }


def _places(request: "CampaignRequest") -> list[Place]:
    offered = places_of(request.actor, request.campaign)
    return [Place(label, url, _is_here(request.path, url)) for label, url in offered]


def places_of(actor: Actor, campaign: Campaign) -> list[tuple[str, str]]:
    """The pages of a campaign that they are offered: words and address."""
    return [
        (label, reverse(route, kwargs={"campaign": campaign.slug}))
        for label, route, capability in PLACES
        if actor.can(
            capability,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
        )
    ]


def _is_here(path: str, url: str) -> bool:
    """Today's address begins every other one, so that it has to fit whole."""
    return path == url if url.count("/") == CAMPAIGN_ONLY else path.startswith(url)
