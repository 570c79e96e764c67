"""Hand leaflets out, mark streets done, and take back what is left."""

from contextlib import AbstractContextManager
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.stock import keeping_stock_within_the_limit
from campaigns.clock import day_of
from canvassing.actions.leaflet_rounds import checked_imprint, refuse_closed
from canvassing.models import (
    Leaflet,
    LeafletDelivery,
    LeafletRound,
    LeafletStreet,
)
from canvassing.reports.leaflets import in_the_office, stock_key, with_deliverer
from canvassing.rules.rounds import RoundsRefused
from volunteers.models import Volunteer


def hand_out_leaflets(
    leaflet_round: LeafletRound,
    *,
    deliverer: Volunteer | None,
    copies: int,
    by: Actor,
    at: datetime,
) -> None:
    """Give a round and so many copies to somebody, or, where a link to it goes out, to
    whoever joins by that; more later, or to somebody else, is handed out again.

    Refused: a leaflet whose imprint was not checked, no copies, more than are in the
    office, and as `refuse_deliverer`. Audit verb: `leaflets.handed_out`.
    """
    refuse_closed(leaflet_round.campaign)
    if deliverer:
        refuse_deliverer(leaflet_round, deliverer)
    with transaction.atomic():
        leaflet = _locked(leaflet_round)
        checked_imprint(leaflet.imprint, leaflet_round.campaign)
        left = in_the_office(leaflet)
        if not 0 < copies <= left:
            raise RoundsRefused(
                "copies", f"Hand out between 1 and {left:,} copies: so many are left."
            )
        LeafletRound.objects.filter(pk=leaflet_round.pk).update(
            deliverer=deliverer,
            copies_out=F("copies_out") + copies,
            handed_out_at=at,
        )
        _record("leaflets.handed_out", leaflet_round, by=by, at=at, copies=copies)


def refuse_deliverer(leaflet_round: LeafletRound, deliverer: Volunteer) -> None:
    """Refused: somebody of another organisation, who has stood down or is under 18."""
    if deliverer.organisation_id != leaflet_round.organisation_id:
        raise RoundsRefused("deliverer", "There is no such volunteer.")
    if deliverer.stood_down_at:
        raise RoundsRefused("stood_down", f"{deliverer} has stood down.")
    if deliverer.is_under_18:
        raise RoundsRefused(
            "under_18",
            f"{deliverer} is under 18: give it to an adult who goes with them.",
        )


def take_back_leaflets(
    leaflet_round: LeafletRound, *, copies: int, by: Actor, at: datetime
) -> None:
    """Copies come back to the office. Refused: none, or more than the deliverer has.
    Audit verb: `leaflets.taken_back`."""
    with transaction.atomic():
        _locked(leaflet_round)
        left = with_deliverer(leaflet_round)
        if not 0 < copies <= left:
            raise RoundsRefused("copies", f"{left:,} copies are out with this round.")
        LeafletRound.objects.filter(pk=leaflet_round.pk).update(
            copies_back=F("copies_back") + copies
        )
        _record("leaflets.taken_back", leaflet_round, by=by, at=at, copies=copies)


def mark_street_done(
    street: LeafletStreet,
    *,
    copies: int,
    delivered_on: date,
    over_limit_reason: str = "",
    deliverer: Volunteer | None = None,
    said_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """A street is done, by the `deliverer` who said so on a phone at `said_at`, else by
    whoever has the round. The same again changes nothing.

    Refused: a day to come or before the round was made, no copies, more than the
    deliverer has left, a street that was done otherwise, copies that would pass a
    spending limit because they were written off, unless the agent gives
    `over_limit_reason`. Audit verb: `leaflets.delivered`.
    """
    leaflet_round = street.leaflet_round
    if delivered_on > day_of(at):
        raise RoundsRefused("future", "That day has not come yet.")
    if delivered_on < day_of(leaflet_round.made_at):
        raise RoundsRefused("before", "The round was made after that day.")
    with transaction.atomic():
        _locked(leaflet_round)
        done = LeafletDelivery.objects.filter(
            leaflet_street=street, withdrawn_at__isnull=True
        ).first()
        if done is not None:
            if (done.copies, done.delivered_on) == (copies, delivered_on):
                return
            raise RoundsRefused(
                "done", f"{street} was done on {done.delivered_on:%-d %B %Y} already."
            )
        left = with_deliverer(leaflet_round)
        if not 0 < copies <= left:
            raise RoundsRefused(
                "copies",
                f"{left:,} copies are left with this round: hand out more first.",
            )
        delivery = LeafletDelivery(
            organisation_id=street.organisation_id,
            campaign_id=leaflet_round.campaign_id,
            leaflet_street=street,
            copies=copies,
            delivered_on=delivered_on,
            recorded_at=at,
            deliverer=deliverer or leaflet_round.deliverer,
            said_at=said_at,
        )
        delivery.recorded_by(by)
        with _within_the_limit(leaflet_round, over_limit_reason, by=by, at=at):
            delivery.save(force_insert=True)
        _record("leaflets.delivered", leaflet_round, by=by, at=at, copies=copies)


def withdraw_delivery(
    street: LeafletStreet,
    *,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """It was marked by mistake. Again: no harm. Refused: copies used before the period
    that would then be in hand and pass a spending limit, unless the agent gives
    `over_limit_reason`. Audit verb: `leaflets.not_delivered`."""
    with transaction.atomic():
        _locked(street.leaflet_round)
        with _within_the_limit(street.leaflet_round, over_limit_reason, by=by, at=at):
            withdrawn = LeafletDelivery.objects.filter(
                leaflet_street=street, withdrawn_at__isnull=True
            ).update(withdrawn_at=at)
        if withdrawn:
            _record("leaflets.not_delivered", street.leaflet_round, by=by, at=at)


def _within_the_limit(
    leaflet_round: LeafletRound, reason: str, *, by: Actor, at: datetime
) -> AbstractContextManager[None]:
    """Whatever is bought and written down about copies, no limit is passed by it
    without the agent's reason."""
    return keeping_stock_within_the_limit(
        organisation_id=leaflet_round.organisation_id,
        stock=stock_key(leaflet_round.leaflet_id),
        by=by,
        at=at,
        reason=reason,
    )


def _locked(leaflet_round: LeafletRound) -> Leaflet:
    """The leaflet's row is the lock of its stock."""
    return Leaflet.objects.select_for_update().get(pk=leaflet_round.leaflet_id)


def _record(
    verb: str, leaflet_round: LeafletRound, *, by: Actor, at: datetime, **data: object
) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=leaflet_round.organisation_id,
        campaign_id=leaflet_round.campaign_id,
        target=leaflet_round,
        **data,
    )
