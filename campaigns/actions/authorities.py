"""Written authorities to commit expenses up to a cap, given by the agent."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, SpendingAuthority, User
from campaigns.roles import Capability
from campaigns.rules.money import to_the_penny
from campaigns.rules.refusals import Refusal


class AuthorityRefused(Refusal):
    """The authority cannot be given or revoked as asked."""


def authorise_spending(
    *,
    campaign: Campaign,
    user: User,
    cap: Decimal,
    written_on: date,
    until_on: date | None = None,
    document: str,
    by: Actor,
    at: datetime,
) -> SpendingAuthority:
    """Let `user` commit expenses that come to `cap` at most, as the paper says.

    Refused: by anybody but the agent, without the paper, a cap that is not money, an
    end before its beginning.
    """
    _refuse_unless_agent(campaign, by)
    if not document.strip():
        raise AuthorityRefused(
            "no_document", "Say where the signed authority is kept: it must be written."
        )
    if cap <= 0 or cap != to_the_penny(cap):
        raise AuthorityRefused("bad_cap", "The cap must be an amount such as £500.00.")
    if until_on is not None and until_on < written_on:
        raise AuthorityRefused("days_out_of_order", "It would end before it begins.")
    with transaction.atomic(durable=True):
        authority = SpendingAuthority(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            user=user,
            cap=cap,
            written_on=written_on,
            until_on=until_on,
            document=document.strip(),
            recorded_at=at,
        )
        authority.recorded_by(by)
        authority.save(force_insert=True)
        _record("authority.given", authority, by=by, at=at, cap=str(cap), user=user.pk)
    return authority


def revoke_authority(
    authority: SpendingAuthority, *, by: Actor, at: datetime
) -> SpendingAuthority:
    """End the authority now; what was committed under it stays committed.

    Takes the campaign's lock, so that nothing is being committed meanwhile.
    Refused: by anybody but the agent, or revoked already.
    """
    _refuse_unless_agent(authority.campaign, by)
    with transaction.atomic(durable=True):
        Campaign.objects.select_for_update(no_key=True).get(pk=authority.campaign_id)
        authority.refresh_from_db()
        if authority.revoked_at is not None:
            raise AuthorityRefused("already_revoked", "It was revoked before.")
        authority.revoked_at = at
        authority.save(update_fields=["revoked_at"])
        _record("authority.revoked", authority, by=by, at=at)
    return authority


def _refuse_unless_agent(campaign: Campaign, by: Actor) -> None:
    if not by.can(
        Capability.COMMIT_EXPENSE,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise AuthorityRefused(
            "not_the_agent", "Only the election agent gives or revokes an authority."
        )


def _record(
    verb: str, authority: SpendingAuthority, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=authority.organisation_id,
        campaign_id=authority.campaign_id,
        target=authority,
        **data,
    )
