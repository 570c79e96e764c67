"""Who works on a campaign, and which tools may read it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from campaigns.models import ApiToken, Campaign, Membership, User
from campaigns.roles import ISSUED_ROLES


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


def handed_work(user: User, *, at: datetime) -> QuerySet[Membership]:
    """Their roles that reach only what an organiser hands to them."""
    return (
        Membership.objects.filter(user=user, role__in=ISSUED_ROLES, from_at__lte=at)
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
        .select_related("campaign", "organisation")
        .order_by("organisation__name", "campaign__name", "role")
    )


def tokens_of(campaign: Campaign) -> QuerySet[ApiToken]:
    """Every token of this campaign, also those that ended, newest first."""
    return (
        ApiToken.objects.of(campaign.organisation_id)
        .filter(campaign=campaign)
        .prefetch_related("wards")
        .order_by("-pk")
    )
