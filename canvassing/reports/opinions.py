"""Whether somebody objects to our keeping their views, or has agreed to it."""

from campaigns.models import Elector
from canvassing.models import OpinionConsent, ViewsObjection


def objection_of(elector: Elector) -> ViewsObjection | None:
    """The one that stands."""
    return ViewsObjection.objects.filter(
        organisation=elector.organisation_id, elector=elector, lifted_at=None
    ).first()


def consent_of(elector: Elector) -> OpinionConsent | None:
    """The one that stands."""
    return OpinionConsent.objects.filter(
        organisation=elector.organisation_id, elector=elector, withdrawn_at=None
    ).first()
