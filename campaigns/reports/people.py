"""Who works on a campaign, and which tools may read it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from campaigns.models import ApiToken, Campaign, Membership


def members_of(campaign: Campaign, *, at: datetime) -> QuerySet[Membership]:
    """Roles held now, in this campaign or in all of the organisation, by name."""
    return (
        Membership.objects.of(campaign.organisation_id)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
        .select_related("user")
        .prefetch_related("wards")
        .order_by("user__name", "user__email", "role")
    )


def tokens_of(campaign: Campaign) -> QuerySet[ApiToken]:
    """Every token of this campaign, also those that ended, newest first."""
    return (
        ApiToken.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .prefetch_related("wards")
        .order_by("-pk")
    )
