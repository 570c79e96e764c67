"""The rows of a leaflet round's streets, kept up in memory and written all at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from campaigns.access import Actor
from canvassing.models import LeafletDelivery, LeafletMiss
from canvassing.rules.street_words import Street, Word

Row = LeafletDelivery | LeafletMiss
MODELS: Final = (LeafletDelivery, LeafletMiss)
# Of a street, and of whoever spoke of it.
SPEAKER: Final = "leaflet_street", "by_kind", "by_id"
NEVER: Final = datetime.min.replace(tzinfo=UTC)


class StreetRows:
    """How some streets stand, given by their ids, with what was written down and taken
    back since by one actor at one moment. Two queries to read, and at most four to
    write. `own_phones` are those of whoever speaks.
    """

    def __init__(
        self,
        streets: Collection[int],
        *,
        own_phones: Collection[int],
        by: Actor,
        at: datetime,
    ) -> None:
        self._own_phones, self._by, self._at = own_phones, by, at
        self.done: dict[int, LeafletDelivery] = {}
        self.missed: dict[int, LeafletMiss] = {}
        self._heard: defaultdict[int, list[Word]] = defaultdict(list)
        self._new: list[Row] = []
        self._withdrawn: list[Row] = []
        for row in _rows_of(streets):
            self._take_in(row)

    def stands(self, street: int) -> Street:
        done, missed = self.done.get(street), self.missed.get(street)
        return Street(
            copies=done.copies if done else 0,
            on=done.delivered_on if done else None,
            done_by=self._word(done) if done else None,
            missed=missed.reason if missed else "",
            missed_by=self._word(missed) if missed else None,
            heard=tuple(self._heard[street]),
        )

    def write_down(self, row: Row) -> None:
        row.recorded_by(self._by)
        self._new.append(row)
        self._take_in(row)

    def withdraw(self, row: Row) -> None:
        """It stands no longer."""
        standing = self.done if isinstance(row, LeafletDelivery) else self.missed
        del standing[row.leaflet_street_id]
        row.withdrawn_at = self._at
        self._withdrawn.append(row)

    def write(self) -> None:
        for model in MODELS:
            new: list[Any] = [row for row in self._new if isinstance(row, model)]
            stood = [row.pk for row in self._withdrawn if isinstance(row, model)]
            # What was written down and taken back since has no row yet.
            rows = model.objects.filter(pk__in=[pk for pk in stood if pk])
            rows.update(withdrawn_at=self._at)
            model.objects.bulk_create(new)

    def _take_in(self, row: Row) -> None:
        street = row.leaflet_street_id
        if row.said_at:
            self._heard[street].append(self._word(row))
        if row.withdrawn_at is None:
            if isinstance(row, LeafletDelivery):
                self.done[street] = row
            else:
                self.missed[street] = row

    def _word(self, row: Row) -> Word:
        """Of one's own: said on a phone by whoever has this one."""
        is_own = row.by_kind == "link" and row.by_id in self._own_phones
        return Word(_said_at(row), is_own)


def _rows_of(streets: Collection[int]) -> list[Row]:
    """Those that stand, and what each speaker said last of each street, also where it
    was taken back: it was said all the same. Not so copies that no later word took the
    place of: the desk took those back, as a mistake."""
    rows: list[Row] = []
    for model in MODELS:
        kept = Q(withdrawn_at=None) | Q(pk__in=_said_last(model, streets))
        rows += model.objects.filter(kept, leaflet_street__in=streets)
    last: dict[int, datetime] = {}
    for row in rows:
        if row.said_at and not _is_copies_taken_back(row):
            street = row.leaflet_street_id
            last[street] = max(row.said_at, last.get(street, row.said_at))
    return [
        row
        for row in rows
        if not _is_copies_taken_back(row)
        or _said_at(row) <= last.get(row.leaflet_street_id, NEVER)
    ]


def _said_last(model: type[Row], streets: Collection[int]) -> QuerySet[Any, Any]:
    said = model.objects.filter(leaflet_street__in=streets, said_at__isnull=False)
    return said.order_by(*SPEAKER, "-said_at", "-pk").distinct(*SPEAKER).values("pk")


def _is_copies_taken_back(row: Row) -> bool:
    return isinstance(row, LeafletDelivery) and row.withdrawn_at is not None


def _said_at(row: Row) -> datetime:
    if isinstance(row, LeafletDelivery):
        return row.said_at or row.recorded_at
    return row.said_at
