"""Written authorities from the agent: given, kept to, and revoked."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.once import made_before
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Expense,
    SpendingAuthority,
    User,
)
from campaigns.reports.spending_authorities import standing_of
from campaigns.roles import Capability
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal


class AuthorityRefused(Refusal):
    """The authority cannot be given, used or revoked as asked."""


def authorise_spending(
    *,
    campaign: Campaign,
    kind: str = AuthorityKind.COMMIT,
    user: User | None = None,
    name: str = "",
    address: str = "",
    cap: Decimal,
    purpose: str = "",
    written_on: date,
    until_on: date | None = None,
    document: str,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> SpendingAuthority:
    """File the paper that lets somebody spend up to `cap`, over all they spend.

    Who commits expenses for the agent is a `user`; who pays petty expenses, or
    campaigns for the candidate from outside, a user or a `name`. `source` makes it
    idempotent. Audit verb `authority.given`.
    Refused: by anybody but the agent, without the paper, a cap that is not money, an
    end before its beginning, nobody named, no purpose or address where it needs one.
    """
    _refuse_unless_agent(campaign, by)
    authority = SpendingAuthority(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        kind=kind,
        user=user,
        name=name.strip() or (user.name if user else ""),
        address=address.strip(),
        cap=cap,
        purpose=purpose.strip(),
        written_on=written_on,
        until_on=until_on,
        document=document.strip(),
        recorded_at=at,
        source=source,
    )
    authority.recorded_by(by)
    _refuse_unclear(authority)
    _refuse_incomplete(authority)
    with transaction.atomic(durable=True):
        if made := made_before(SpendingAuthority, campaign, source):
            return made
        authority.save(force_insert=True)
        _record(
            "authority.given",
            authority,
            by=by,
            at=at,
            cap=str(cap),
            kind=authority.kind,
            holder=authority.holder,
            user=authority.user_id,
        )
    return authority


def _refuse_unclear(authority: SpendingAuthority) -> None:
    if not authority.document:
        raise AuthorityRefused(
            "no_document", "Say where the signed authority is kept: it must be written."
        )
    cap = authority.cap
    if not cap.is_finite() or cap <= 0 or cap != to_the_penny(cap):
        raise AuthorityRefused("bad_cap", "The cap must be an amount such as £500.00.")
    if authority.until_on is not None and authority.until_on < authority.written_on:
        raise AuthorityRefused("days_out_of_order", "It would end before it begins.")
    if authority.kind not in AuthorityKind:
        raise AuthorityRefused(
            "unknown_kind", f"{authority.kind!r} is no kind of authority."
        )


def _refuse_incomplete(authority: SpendingAuthority) -> None:
    """What each kind needs beside its cap and paper."""
    if authority.kind == AuthorityKind.COMMIT:
        if authority.user is None:
            raise AuthorityRefused(
                "no_user", "Who commits expenses here must be able to sign in."
            )
        return
    if not authority.name:
        raise AuthorityRefused("no_name", "Say who is authorised.")
    if not authority.purpose:
        raise AuthorityRefused("no_purpose", "Say for what it is given.")
    if authority.kind == AuthorityKind.CAMPAIGNER and not authority.address:
        raise AuthorityRefused(
            "no_address",
            "Say where the campaigner is to be found: they make a return of their own.",
        )


def revoke_authority(
    authority: SpendingAuthority, *, reason: str, by: Actor, at: datetime
) -> SpendingAuthority:
    """End the authority now; what was committed under it stays committed.

    Takes the campaign's lock, so that nothing is being committed meanwhile. Audit verb
    `authority.revoked`.
    Refused: by anybody but the agent, without a reason, or revoked already.
    """
    _refuse_unless_agent(authority.campaign, by)
    if not reason.strip():
        raise AuthorityRefused("no_reason", "Say why the authority is revoked.")
    with transaction.atomic(durable=True):
        Campaign.objects.select_for_update(no_key=True).get(pk=authority.campaign_id)
        authority.refresh_from_db()
        if authority.revoked_at is not None:
            raise AuthorityRefused("already_revoked", "It was revoked before.")
        authority.revoked_at, authority.revoke_reason = at, reason.strip()
        authority.save(update_fields=["revoked_at", "revoke_reason"])
        _record("authority.revoked", authority, by=by, at=at, reason=reason.strip())
    return authority


def refuse_outside_authority(
    expense: Expense, authority: SpendingAuthority, *, on: date
) -> None:
    """Refuse what does not fit under an authority, as it stands on a day.

    Whoever is to rely on the answer holds the campaign's lock.
    """
    standing = standing_of(authority)
    if not standing.holds_on(on):
        raise AuthorityRefused(
            "authority_not_in_force",
            f"The authority of {authority.holder} had not begun, had ended, or was "
            "revoked.",
        )
    worth = max(expense.amount, expense.market_value or expense.amount)
    if worth > standing.left:
        rest = (
            "the agent has to commit it."
            if authority.kind == AuthorityKind.COMMIT
            else "what is above it is the agent's own to pay, as another expense."
        )
        raise AuthorityRefused(
            "over_the_cap",
            f"Only {pounds(standing.left)} of the {pounds(authority.cap)} in the "
            f"authority of {authority.holder} is left: {rest}",
        )


def refuse_no_authority_to_spend(
    expense: Expense, authority: SpendingAuthority
) -> None:
    """Refuse an authority under which this expense cannot be entered."""
    if authority.campaign_id != expense.campaign_id:
        raise AuthorityRefused(
            "other_campaign", "That authority is for another campaign."
        )
    if authority.kind == AuthorityKind.COMMIT:
        raise AuthorityRefused(
            "only_commits",
            f"{authority.holder} commits expenses for the agent: nothing is spent "
            "under that authority but what they commit.",
        )
    refuse_outside_authority(expense, authority, on=expense.incurred_on)


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
