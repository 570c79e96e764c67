"""An organiser's word that an adult is with helpers of a stall who are under 18."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallLink


@transaction.atomic
def say_helpers_accompanied(link: StallLink, *, by: Actor, at: datetime) -> None:
    """The adult need not have joined: helpers under 18 are let in and find people, for
    that day (`rules/under_18.py`).

    Refused: a link that is not open. Audit verb: `stall_link.accompanied`.
    """
    still_open = StallLink.objects.filter(pk=link.pk, closed_at=None, expires_at__gt=at)
    if not still_open.update(accompanied_at=at):
        raise StallRefused("not_open", "The link of this stall is not open.")
    audit.record(
        "stall_link.accompanied",
        by=by,
        at=at,
        organisation_id=link.organisation_id,
        campaign_id=link.session.campaign_id,
        target=link,
    )
