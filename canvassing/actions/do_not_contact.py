"""Wishes not to be contacted: recorded, lifted, and standing kept in step."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Address, Campaign, Elector
from campaigns.rules.refusals import Refusal
from canvassing.actions.standing import refresh_some
from canvassing.models import DoNotContact, DoNotContactScope


class DoNotContactRefused(Refusal):
    """The wish names nobody whom it could protect, or was lifted before."""


@transaction.atomic
def keep_away_from_person(
    elector: Elector,
    *,
    by: Actor,
    at: datetime,
    channel: str = "",
    campaign: Campaign | None = None,
) -> DoNotContact:
    """Nobody contacts this elector again, by `channel` or (empty) in any way.

    For good, or in `campaign` only. Audit verb: `do_not_contact.recorded`.
    """
    wish = DoNotContact(
        organisation_id=elector.organisation_id,
        scope=DoNotContactScope.PERSON,
        elector=elector,
        present=[elector.pk],
    )
    return _record(wish, by=by, at=at, channel=channel, campaign=campaign)


@transaction.atomic
def keep_away_from_household(
    address: Address,
    *,
    by: Actor,
    at: datetime,
    channel: str = "",
    campaign: Campaign | None = None,
) -> DoNotContact:
    """Nobody contacts this household, until none of those present now lives there.

    Refused: an address at which nobody is registered. Otherwise as for a person.
    """
    present = _living_at(address)
    if not present:
        raise DoNotContactRefused("nobody_there", "Nobody is registered there.")
    wish = DoNotContact(
        organisation_id=address.organisation_id,
        scope=DoNotContactScope.HOUSEHOLD,
        address=address,
        present=present,
    )
    return _record(wish, by=by, at=at, channel=channel, campaign=campaign)


@transaction.atomic
def lift_do_not_contact(
    wish: DoNotContact, *, reason: str, by: Actor, at: datetime
) -> None:
    """End a wish because they said so. Audit verb: `do_not_contact.lifted`.

    Refused: no reason, a wish that has been lifted.
    """
    if not reason.strip():
        raise DoNotContactRefused("no_reason", "Say why the wish no longer holds.")
    open_wish = DoNotContact.objects.filter(pk=wish.pk, lifted_at=None)
    if not open_wish.update(lifted_at=at, lifted_reason=reason.strip()[:300]):
        raise DoNotContactRefused("lifted_before", "It has been lifted already.")
    _spread(wish)
    _audit("do_not_contact.lifted", wish, by=by, at=at)


def _record(
    wish: DoNotContact,
    *,
    by: Actor,
    at: datetime,
    channel: str,
    campaign: Campaign | None,
) -> DoNotContact:
    wish.channel, wish.campaign, wish.said_at = channel, campaign, at
    wish.recorded_by(by)
    wish.save(force_insert=True)
    _spread(wish)
    _audit("do_not_contact.recorded", wish, by=by, at=at)
    return wish


def _spread(wish: DoNotContact) -> None:
    """Put the wish on, or take it off, the standing of everybody it concerns."""
    concerned = _living_at(wish.address) if wish.address else wish.present
    refresh_some(organisation_id=wish.organisation_id, electors=concerned)


def _living_at(address: Address) -> list[int]:
    there = Elector.objects.of(address.organisation_id).filter(address=address)
    return list(there.filter(on_register=True).values_list("pk", flat=True))


def _audit(verb: str, wish: DoNotContact, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=wish.organisation_id,
        campaign_id=wish.campaign_id,
        target=wish,
        scope=wish.scope,
        channel=wish.channel,
    )
