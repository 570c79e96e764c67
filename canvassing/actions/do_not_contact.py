"""Wishes not to be contacted: recorded, lifted, and standing kept in step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Address, Campaign, Elector
from campaigns.rules.refusals import Refusal
from canvassing.actions.standing import lock_standing, refresh_some
from canvassing.models import DoNotContact, DoNotContactScope

ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class DoNotContactRefused(Refusal):
    """The wish names nobody whom it could protect, or was lifted before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish of a person (`elector_id`) or of a household (`address_id`), as it came
    from a doorstep or another's list: by which channel (empty: all), for good or in one
    campaign, with which contact, where it is taken back with it, and from where."""

    said_at: datetime
    elector_id: int | None = None
    address_id: int | None = None
    channel: str = ""
    campaign: Campaign | None = None
    came_with: UUID | None = None
    source: str = ""


@transaction.atomic
def keep_away(
    wishes: Sequence[Wish], *, organisation_id: int, by: Actor, at: datetime
) -> list[bool]:
    """Record many wishes at once; for each, whether there is anybody whom it protects.

    A household where nobody is registered is passed over. Audit verb:
    `do_not_contact.recorded`, one row a call.
    """
    living = living_at_each(
        {wish.address_id for wish in wishes if wish.address_id}, organisation_id
    )
    rows = [_row_of(wish, living, organisation_id, by=by) for wish in wishes]
    made = DoNotContact.objects.bulk_create(row for row in rows if row.present)
    if made:
        concerned = {elector for row in made for elector in row.present}
        refresh_some(organisation_id=organisation_id, electors=sorted(concerned))
        audit.record(
            "do_not_contact.recorded",
            by=by,
            at=at,
            organisation_id=organisation_id,
            count=len(made),
        )
    return [bool(row.present) for row in rows]


def _row_of(
    wish: Wish, living: dict[int, list[int]], organisation_id: int, *, by: Actor
) -> DoNotContact:
    of_household = wish.address_id is not None
    present = living.get(wish.address_id, []) if wish.address_id else []
    if wish.elector_id:
        present = [wish.elector_id]
    row = DoNotContact(
        organisation_id=organisation_id,
        scope=DoNotContactScope.HOUSEHOLD if of_household else DoNotContactScope.PERSON,
        elector_id=wish.elector_id,
        address_id=wish.address_id,
        channel=wish.channel,
        campaign=wish.campaign,
        present=present,
        said_at=wish.said_at,
        came_with=wish.came_with,
        source=wish.source,
    )
    row.recorded_by(by)
    return row


def living_at_each(
    addresses: Collection[int], organisation_id: int
) -> dict[int, list[int]]:
    """Who is registered at each of these addresses."""
    living: dict[int, list[int]] = {}
    if addresses:
        there = Elector.objects.of(organisation_id).filter(
            address_id__in=addresses, on_register=True
        )
        for elector, address in there.order_by("pk").values_list("pk", "address_id"):
            living.setdefault(address, []).append(elector)
    return living


@transaction.atomic
def keep_away_from_person(
    elector: Elector,
    *,
    by: Actor,
    at: datetime,
    channel: str = "",
    campaign: Campaign | None = None,
    came_with: UUID | None = None,
) -> DoNotContact:
    """Nobody contacts this elector again, by `channel` or (empty) in any way.

    For good, or in `campaign` only. Audit verb: `do_not_contact.recorded`.
    """
    wish = DoNotContact(
        organisation_id=elector.organisation_id,
        scope=DoNotContactScope.PERSON,
        elector=elector,
        present=[elector.pk],
        came_with=came_with,
    )
    return _record(wish, by=by, at=at, channel=channel, campaign=campaign)


def one_wish_at_a_time(elector_id: int) -> None:
    """Until the transaction ends, nobody else keeps a wish of theirs once. Whoever
    locks their standing too does so after this, never before; their row is not locked,
    as an import of the register holds it for minutes."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"wish {elector_id}"])


@transaction.atomic
def keep_away_once(
    elector: Elector,
    *,
    by: Actor,
    at: datetime,
    channel: str = "",
    campaign: Campaign | None = None,
    came_with: UUID,
) -> DoNotContact:
    """The same, or the wish that stands and came with the same: of two taps the second
    finds that of the first. What came with something else goes with that, and is
    another. Audit verb: `do_not_contact.recorded`."""
    one_wish_at_a_time(elector.pk)
    terms: dict[str, Any] = {
        "channel": channel,
        "campaign": campaign,
        "came_with": came_with,
    }
    standing = DoNotContact.objects.of(elector.organisation_id).filter(
        elector=elector, lifted_at=None, **terms
    )
    return standing.first() or keep_away_from_person(elector, by=by, at=at, **terms)


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
    lock_standing(organisation_id=wish.organisation_id, electors=_concerned(wish))
    open_wish = DoNotContact.objects.filter(pk=wish.pk, lifted_at=None)
    if not open_wish.update(lifted_at=at, lifted_reason=reason.strip()[:300]):
        raise DoNotContactRefused("lifted_before", "It has been lifted already.")
    _spread(wish)
    _audit("do_not_contact.lifted", wish, by=by, at=at)


@transaction.atomic
def wish_again(wish: DoNotContact, *, by: Actor, at: datetime) -> None:
    """It was lifted by mistake, and stands as it did; nothing where the same was said
    once more since. Audit verb: `do_not_contact.recorded`."""
    if wish.elector_id:
        one_wish_at_a_time(wish.elector_id)
    lock_standing(organisation_id=wish.organisation_id, electors=_concerned(wish))
    said_since = DoNotContact.objects.of(wish.organisation_id).filter(
        elector=wish.elector_id,
        address=wish.address_id,
        channel=wish.channel,
        campaign=wish.campaign_id,
        came_with=wish.came_with,
        lifted_at=None,
    )
    lifted = DoNotContact.objects.filter(pk=wish.pk, lifted_at__isnull=False)
    if said_since.exists() or not lifted.update(lifted_at=None, lifted_reason=""):
        return
    _spread(wish)
    _audit("do_not_contact.recorded", wish, by=by, at=at)


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
    refresh_some(organisation_id=wish.organisation_id, electors=_concerned(wish))


def _concerned(wish: DoNotContact) -> list[int]:
    """The person, or who lives in the household by now."""
    return _living_at(wish.address) if wish.address else wish.present


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
