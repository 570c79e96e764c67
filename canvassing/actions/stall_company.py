"""An organiser's word that an adult is with helpers of a stall who are under 18."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from canvassing.access import adults_helping
from canvassing.actions.stalls import StallRefused
from canvassing.models import StallHelper, StallLink
from canvassing.rules.under_18 import is_said


@transaction.atomic
def say_helpers_accompanied(link: StallLink, *, by: Actor, at: datetime) -> None:
    """The adult need not have joined: helpers under 18 are let in and find people, for
    twelve hours or until somebody of age leaves (`rules/under_18.py`).

    Said again meanwhile, it stands as it did. Refused: a link that is not open, a stall
    where somebody of age helps. Audit verb: `stall_link.accompanied`.
    """
    locked = StallLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if not locked.is_open(at):
        raise StallRefused("not_open", "The link of this stall is not open.")
    if is_said(locked.accompanied_at, at=at):
        return
    if adults_helping(locked, at=at).exists():
        raise StallRefused("adult_there", "Somebody of 18 helps here already.")
    StallLink.objects.filter(pk=link.pk).update(accompanied_at=at)
    audit.record(
        "stall_link.accompanied",
        by=by,
        at=at,
        organisation_id=link.organisation_id,
        campaign_id=link.session.campaign_id,
        target=link,
    )


def forget_company(helper: StallHelper) -> None:
    """Once somebody of age has gone, an organiser has to say anew who is with the
    others. It takes the stall before the helper, as joining does."""
    if not helper.volunteer.is_under_18:
        StallLink.objects.filter(pk=helper.link_id).update(accompanied_at=None)
