"""Whether somebody objects to our keeping their views, or has agreed to it."""

from django.db.models import QuerySet

from campaigns.models import Elector
from canvassing.models import OpinionConsent, ViewsObjection


def objections_of(elector: Elector) -> QuerySet[ViewsObjection]:
    """Those that stand, the earliest first: one for each who heard it."""
    return ViewsObjection.objects.filter(
        organisation=elector.organisation_id, elector=elector, lifted_at=None
    ).order_by("said_at", "pk")


def consents_of(elector: Elector) -> QuerySet[OpinionConsent]:
    """Those that stand, the earliest first: one for each contact it came with."""
    return OpinionConsent.objects.filter(
        organisation=elector.organisation_id, elector=elector, withdrawn_at=None
    ).order_by("given_at", "pk")


def consent_of(elector: Elector) -> OpinionConsent | None:
    """The earliest that stands."""
    return consents_of(elector).first()
