"""Personal links: sent to whoever asks for theirs."""

from django.db import transaction

from campaigns.models import Campaign
from volunteers.actions.mails import Clock, send_link
from volunteers.models import Volunteer


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
