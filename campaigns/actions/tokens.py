"""Issue and revoke the keys of external tools."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from campaigns.actions import audit
from campaigns.models import ApiToken, Campaign, Organisation, User, Ward
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor

LONGEST = timedelta(days=366)


class TokenRefused(Refusal):
    """The token would reach further than whoever asks for it, or for too long."""


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def issue_token(
    *,
    name: str,
    organisation: Organisation,
    campaign: Campaign | None,
    capabilities: Iterable[Capability],
    wards: Iterable[Ward] = (),
    expires_at: datetime,
    created_by: User | None = None,
    by: "Actor",
    at: datetime,
) -> tuple[ApiToken, str]:
    """The token and its key, which is shown this once and never again.

    Refuses capabilities that `by` does not hold there, and more than 366 days.
    `expires_at` is real time: a token does not follow the demo's clock.
    """
    wanted = list(dict.fromkeys(capabilities))
    _check(wanted, organisation, campaign, expires_at, by)
    prefix = secrets.token_hex(6)
    key = f"{prefix}.{secrets.token_urlsafe(32)}"
    with transaction.atomic(durable=True):
        token = ApiToken.objects.create(
            organisation=organisation,
            campaign=campaign,
            name=name,
            prefix=prefix,
            secret_hash=hash_of(key),
            capabilities=wanted,
            expires_at=expires_at,
            created_by=created_by,
        )
        token.wards.set(wards)
        audit.record(
            "token.issued",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            campaign_id=campaign.pk if campaign else None,
            target=token,
            capabilities=wanted,
        )
    return token, key


def _check(
    wanted: list[Capability],
    organisation: Organisation,
    campaign: Campaign | None,
    expires_at: datetime,
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
