"""Issue and revoke the keys of external tools."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from campaigns.actions import audit
from campaigns.keys import hash_of, new_key
from campaigns.models import ApiToken, Campaign, Organisation, User, Ward
from campaigns.roles import IN_WARDS, PEOPLE_ALONE, Capability
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

LONGEST = timedelta(days=366)
LONGEST_NAME = 100


class AllWards(Enum):
    """All wards of the campaign, now and later: said, never left out."""

    ALL_WARDS = "all"


ALL_WARDS = AllWards.ALL_WARDS


class TokenRefused(Refusal):
    """The token would reach further than whoever asks for it, or for too long."""


def issue_token(
    *,
    name: str,
    organisation: Organisation,
    campaign: Campaign | None,
    capabilities: Iterable[Capability],
    wards: Iterable[Ward] | AllWards,
    expires_at: datetime,
    created_by: User | None = None,
    by: "Actor",
    at: datetime,
) -> tuple[ApiToken, str]:
    """The token and its key, which is shown this once and never again.

    Refuses capabilities that `by` does not hold there or that only people hold, no
    wards at all, wards of another campaign or with what is done in a whole one, and
    more than 366 days.
    `expires_at` is real time: a token does not follow the demo's clock.
    """
    wanted = list(dict.fromkeys(capabilities))
    named = None if isinstance(wards, AllWards) else list(wards)
    _check_name(name)
    _check_capabilities(wanted, organisation, campaign, by)
    _check_wards(wanted, named, campaign)
    _check_expiry(expires_at)
    prefix = secrets.token_hex(6)
    key = f"{prefix}.{new_key()}"
    with transaction.atomic(durable=True):
        token = ApiToken.objects.create(
            organisation=organisation,
            campaign=campaign,
            name=name,
            prefix=prefix,
            secret_hash=hash_of(key),
            capabilities=wanted,
            all_wards=named is None,
            expires_at=expires_at,
            created_by=created_by,
        )
        token.wards.set(named or ())
        audit.record(
            "token.issued",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
            target=token,
            capabilities=wanted,
            wards="all" if named is None else sorted(ward.gss for ward in named),
        )
    return token, key


def _check_name(name: str) -> None:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise TokenRefused(
            "name", f"Say what the token is for, in at most {LONGEST_NAME} characters."
        )


def _check_capabilities(
    wanted: list[Capability],
    organisation: Organisation,
    campaign: Campaign | None,
    by: "Actor",
) -> None:
    if not wanted:
        raise TokenRefused("no_capability", "Say what the token may do.")
    for capability in wanted:
        if not by.can(
            capability,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
        ):
            raise TokenRefused(
                "beyond_yours",
                f"You cannot give a token what you may not do yourself:"
                f" {Capability(capability).label.lower()}.",
            )
        if capability in PEOPLE_ALONE:
            raise TokenRefused(
                "not_a_person",
                f"Only a person does that, no tool:"
                f" {Capability(capability).label.lower()}.",
            )


def _check_wards(
    wanted: list[Capability], named: list[Ward] | None, campaign: Campaign | None
) -> None:
    if named is None:
        return
    ours = set(campaign.wards.values_list("pk", flat=True)) if campaign else set()
    for ward in named:
        if campaign is not None and ward.pk not in ours:
            raise TokenRefused("not_a_ward_of_it", f"{ward} is no ward of {campaign}.")
    if not named:
        raise TokenRefused("no_wards", "Say which wards, or that it is all of them.")
    for capability in wanted:
        if capability not in IN_WARDS:
            raise TokenRefused(
                "whole_campaign",
                f"A token for some wards cannot do what is of the whole campaign:"
                f" {Capability(capability).label.lower()}.",
            )


def _check_expiry(expires_at: datetime) -> None:
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise TokenRefused(
            "expiry", "A token must end in the future, within 366 days from today."
        )


def revoke_token(token: ApiToken, *, by: "Actor", at: datetime) -> None:
    """Stop a token at once. Revoking it again changes nothing."""
    with transaction.atomic(durable=True):
        revoked = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
            revoked_at=timezone.now()
        )
        if revoked:
            audit.record(
                "token.revoked",
                by=by,
                at=at,
                organisation_id=token.organisation_id,
                campaign_id=token.campaign_id,
                target=token,
            )
