"""Rows that commands name by slug or code, found or refused in one sentence."""

from campaigns.models import Campaign, Organisation
from campaigns.rules.refusals import Refusal


class NotFoundRefused(Refusal):
    """There is no such row."""


def organisation_named(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotFoundRefused("no_organisation", f"There is no organisation {slug!r}.")
    return found


def campaign_named(slug: str) -> Campaign:
    found = Campaign.objects.filter(slug=slug).select_related("organisation").first()
    if found is None:
        raise NotFoundRefused("no_campaign", f"There is no campaign {slug!r}.")
    return found
