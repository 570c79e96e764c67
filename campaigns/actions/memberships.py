"""Give somebody a role, and end it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from campaigns.actions import audit
from campaigns.models import Campaign, Membership, Organisation, User, Ward
from campaigns.roles import CAPABILITIES, WARD_ROLES, Role
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class MembershipRefused(Refusal):
    """The role cannot be given as it was asked for."""


def find_or_make_user(email: str, *, name: str, password: str) -> tuple[User, bool]:
    """The user of this address; a new one gets the password. True where it is new."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise MembershipRefused(
            "not_an_email", f"{email!r} is not an e-mail address."
        ) from None
    with transaction.atomic():
        user = User.objects.filter(email=email).first()
        if user is not None:
            return user, False
        return User.objects.create_user(email, password, name=name), True


def give_role(
    role: Role,
    *,
    user: User,
    organisation: Organisation,
    campaign: Campaign | None = None,
    wards: Iterable[Ward] = (),
    by: "Actor",
    at: datetime,
) -> Membership:
    """Give the role, or change the wards of one that they hold already.

    Refused: a ward role with no wards. Memberships run in real time.
    """
    wards = list(wards)
    if role in WARD_ROLES and not wards:
        raise MembershipRefused(
            "no_wards", f"Say which wards this {role.label.lower()} works in."
        )
    with transaction.atomic(durable=True):
        membership, _ = Membership.objects.get_or_create(
            user=user,
            organisation=organisation,
            campaign=campaign,
            role=role,
            until_at=None,
        )
        membership.wards.set(wards)
        audit.record(
            "membership.given",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
            target=membership,
            role=role,
            capabilities=sorted(CAPABILITIES[role]),
        )
    return membership


def end_role(membership: Membership, *, by: "Actor", at: datetime) -> None:
    """End the role at once. Ending it again changes nothing."""
    with transaction.atomic(durable=True):
        ended = Membership.objects.filter(
            pk=membership.pk, until_at__isnull=True
        ).update(until_at=timezone.now())
        if ended:
            audit.record(
                "membership.ended",
                by=by,
                at=at,
                organisation_id=membership.organisation_id,
                campaign_id=membership.campaign_id,
                target=membership,
            )
