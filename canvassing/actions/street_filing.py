"""Streets of a leaflet round written down, one or many at once, under one lock."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.stock_room import StockRoom
from campaigns.clock import day_of
from canvassing.actions.street_rows import StreetRows
from canvassing.models import Leaflet, LeafletDelivery, LeafletMiss, LeafletRound
from canvassing.reports.leaflets import stock_key, with_deliverer
from canvassing.rules.rounds import RoundsRefused
from canvassing.rules.street_words import Change, Put, Street
from volunteers.models import Volunteer


@contextmanager
def filing_streets(
    leaflet_round: LeafletRound,
    streets: Collection[int],
    *,
    over_limit_reason: str = "",
    own_phones: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> Iterator["StreetFiling"]:
    """File inside what is so of these streets of a round, given by their ids; what was
    not refused is written at the end, in a number of queries that does not depend on
    how much it is. `own_phones` are those of whoever speaks. Audit verbs:
    `leaflets.delivered`, `leaflets.not_delivered`."""
    with transaction.atomic():
        # The leaflet's row is the lock of its stock.
        Leaflet.objects.select_for_update().get(pk=leaflet_round.leaflet_id)
        rows = StreetRows(streets, own_phones=own_phones, by=by, at=at)
        filing = StreetFiling(
            leaflet_round, rows, over_limit_reason=over_limit_reason, by=by, at=at
        )
        yield filing
        filing.write()


class StreetFiling:
    """What is filed of streets of a round, one thing after another: each on top of
    those before it, or refused, and then it changes nothing."""

    def __init__(
        self,
        leaflet_round: LeafletRound,
        rows: StreetRows,
        *,
        over_limit_reason: str,
        by: Actor,
        at: datetime,
    ) -> None:
        self._round, self._rows = leaflet_round, rows
        self._over_limit_reason = over_limit_reason
        self._by, self._at = by, at
        self._left = with_deliverer(leaflet_round)
        self._audit: list[tuple[str, audit.Entry]] = []

    @cached_property
    def _room(self) -> StockRoom:
        """Locks the spending limits: only where copies are put through or taken
        back."""
        return StockRoom(
            stock_key(self._round.leaflet_id),
            organisation_id=self._round.organisation_id,
            by=self._by,
            reason=self._over_limit_reason,
        )

    def stands(self, street: int) -> Street:
        return self._rows.stands(street)

    def file(
        self,
        street: int,
        change: Change,
        *,
        deliverer: Volunteer | None = None,
        said_at: datetime | None = None,
    ) -> None:
        """By the `deliverer` who said so on a phone at `said_at`, else by whoever has
        the round. Refused: copies put through before the round was made, none or more
        than are left with it, and what would pass a spending limit."""
        done = self._rows.done.get(street) if change.takes_back else None
        back = [(done.delivered_on, -done.copies)] if done else []
        through = [(change.puts.on, change.puts.copies)] if change.puts else []
        left = self._left - sum(copies for _, copies in back)
        if change.puts:
            self._refuse_unfit(change.puts, left)
        if back or through:
            self._room.use(back + through)
        self._left = left - sum(copies for _, copies in through)
        if done:
            self._rows.withdraw(done)
            self._record("leaflets.not_delivered")
        if change.puts:
            self._put_through(street, change.puts, deliverer, said_at)
        if said_at:
            self._note_missed(street, change, said_at)

    def _refuse_unfit(self, puts: Put, left: int) -> None:
        if puts.on < day_of(self._round.made_at):
            raise RoundsRefused("before", "The round was made after that day.")
        if not 0 < puts.copies <= left:
            raise RoundsRefused(
                "copies",
                f"{left:,} copies are left with this round: hand out more first.",
            )

    def _put_through(
        self,
        street: int,
        puts: Put,
        deliverer: Volunteer | None,
        said_at: datetime | None,
    ) -> None:
        delivery = LeafletDelivery(
            organisation_id=self._round.organisation_id,
            campaign_id=self._round.campaign_id,
            leaflet_street_id=street,
            copies=puts.copies,
            delivered_on=puts.on,
            recorded_at=self._at,
            deliverer=deliverer or self._round.deliverer,
            said_at=said_at,
        )
        self._rows.write_down(delivery)
        self._record("leaflets.delivered", copies=puts.copies)

    def _note_missed(self, street: int, change: Change, said_at: datetime) -> None:
        """A word that neither puts copies through nor says anew what was missed is
        noted too, and taken back at once: for when it was said."""
        stood, reason = self._rows.missed.get(street), change.missed
        if stood and reason is not None:
            self._rows.withdraw(stood)
        if reason or not change.puts:
            miss = LeafletMiss(
                organisation_id=self._round.organisation_id,
                leaflet_street_id=street,
                reason=reason or "",
                said_at=said_at,
                withdrawn_at=None if reason else self._at,
            )
            self._rows.write_down(miss)

    def _record(self, verb: str, **data: object) -> None:
        ids = self._round.organisation_id, self._round.campaign_id
        self._audit.append((verb, audit.Entry(self._round, *ids, data)))

    def write(self) -> None:
        self._rows.write()
        if self._audit:
            self._room.keep_reason(at=self._at)
            audit.record_in_order(self._audit, by=self._by, at=self._at)
