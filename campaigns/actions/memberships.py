"""Give somebody a role, and end it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from campaigns.actions import audit
from campaigns.models import Campaign, Membership, Organisation, User, Ward
from campaigns.roles import (
    CAPABILITIES,
    ISSUED_ROLES,
    ROLES_IN_WARDS,
    WARD_ROLES,
    Role,
)
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class MembershipRefused(Refusal):
    """The role cannot be given as it was asked for."""


def invite(
    email: str, *, name: str, password: str, role: Role, **terms: Any
) -> tuple[Membership, bool]:
    """Give the role to whoever has this address; True where the user is new.

    Somebody new gets the password. `terms` are those of `give_role`, and where it
    refuses nobody is made.
    """
    with transaction.atomic(durable=True):
        user, is_new = _find_or_make_user(email, name=name, password=password)
        return _give(role, user=user, **terms), is_new


def give_role(role: Role, *, user: User, **terms: Any) -> Membership:
    """Give the role to a user, in a transaction of its own."""
    with transaction.atomic(durable=True):
        return _give(role, user=user, **terms)


def _find_or_make_user(email: str, *, name: str, password: str) -> tuple[User, bool]:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise MembershipRefused(
            "not_an_email", f"{email!r} is not an e-mail address."
        ) from None
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user, False
    return User.objects.create_user(email, password, name=name), True


def _give(
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

    Refused: a ward role with no wards, wards with a role that is of the whole campaign,
    and a role that gives oneself more than one has. Memberships run in real time.
    """
    wards = list(wards)
    _check(role, wards, user, organisation, campaign, by)
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
        wards=sorted(ward.gss for ward in wards),
    )
    return membership


def _check(
    role: Role,
    wards: list[Ward],
    user: User,
    organisation: Organisation,
    campaign: Campaign | None,
    by: "Actor",
) -> None:
    if role in WARD_ROLES and not wards:
        raise MembershipRefused(
            "no_wards", f"Say which wards this {role.label.lower()} works in."
        )
    if wards and role not in ROLES_IN_WARDS | ISSUED_ROLES:
        raise MembershipRefused(
            "whole_campaign",
            f"{role.label} is a role in the whole campaign: choose no wards.",
        )
    if (by.kind, by.id) == ("user", user.pk) and not all(
        by.can(
            one,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
        )
        for one in CAPABILITIES[role]
    ):
        raise MembershipRefused(
            "yourself", "Nobody gives themselves more than they have: ask a colleague."
        )


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
