"""Hand leaflets out, mark streets done, and take back what is left."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.clock import day_of
from canvassing.actions.leaflet_rounds import checked_imprint, refuse_closed
from canvassing.actions.street_filing import filing_streets
from canvassing.models import Leaflet, LeafletRound, LeafletStreet
from canvassing.reports.leaflets import in_the_office, with_deliverer
from canvassing.rules.rounds import RoundsRefused
from canvassing.rules.street_words import Change, Put
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
    by: Actor,
    at: datetime,
) -> None:
    """A street is done, by whoever has the round. The same again changes nothing.

    Refused: a day to come, a street that was done otherwise, and as `StreetFiling.file`
    unless the agent gives `over_limit_reason` to pass a spending limit. Audit verb:
    `leaflets.delivered`.
    """
    if delivered_on > day_of(at):
        raise RoundsRefused("future", "That day has not come yet.")
    with filing_streets(
        street.leaflet_round,
        [street.pk],
        over_limit_reason=over_limit_reason,
        by=by,
        at=at,
    ) as filing:
        done = filing.stands(street.pk)
        if (done.copies, done.on) == (copies, delivered_on):
            return
        if done.on:
            raise RoundsRefused(
                "done", f"{street} was done on {done.on:%-d %B %Y} already."
            )
        filing.file(street.pk, Change(puts=Put(copies, delivered_on)))


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
    with filing_streets(
        street.leaflet_round,
        [street.pk],
        over_limit_reason=over_limit_reason,
        by=by,
        at=at,
    ) as filing:
        filing.file(street.pk, Change(takes_back=True))


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
