"""Personal links: sent to whoever asks for theirs, or by the desk, and ended."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.rules.refusals import Refusal
from volunteers.actions.mails import Clock, send_link
from volunteers.models import Volunteer

if TYPE_CHECKING:
    from campaigns.access import Actor


class LinkRefused(Refusal):
    """No link can be sent to them."""


@transaction.atomic(durable=True)
def send_links_to(email: str, *, clock: Clock) -> None:
    """Write to the volunteers with this address, one in each organisation at most.

    It is the same whether there is any. `clock` gives an organisation's time.
    """
    named = Volunteer.objects.filter(
        email=email.strip().lower(), stood_down_at__isnull=True
    ).exclude(email="")
    for volunteer in named.select_related("organisation"):
        campaigns = Campaign.objects.of(volunteer.organisation)
        # The poll that is next, or else the latest.
        campaign = campaigns.order_by("closed_at", "election__poll_on").last()
        if campaign is not None:
            at = clock(volunteer.organisation)
            send_link(volunteer, campaign=campaign, at=at)


@transaction.atomic(durable=True)
def send_their_link(
    volunteer: Volunteer, *, campaign: Campaign, by: "Actor", at: datetime
) -> None:
    """An organiser sends somebody their link. Refused: who has no e-mail address, or
    has stood down. Audit: `volunteer.link_sent`."""
    if not volunteer.email or volunteer.stood_down_at:
        raise LinkRefused(
            "no_page", f"{volunteer} has no e-mail address, or has stood down."
        )
    send_link(volunteer, campaign=campaign, at=at)
    _note("volunteer.link_sent", volunteer, by=by, at=at)


@transaction.atomic
def end_links(volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    """No link opens their page from now on. Audit: `volunteer.links_ended`."""
    if volunteer.links.filter(revoked_at__isnull=True).update(revoked_at=at):
        _note("volunteer.links_ended", volunteer, by=by, at=at)


def _note(verb: str, volunteer: Volunteer, *, by: "Actor", at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=volunteer.organisation_id,
        target=volunteer,
    )
