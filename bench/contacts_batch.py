"""Contacts as phones send them: fifty at a time, each batch a transaction."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from django.db import connection

from bench.measures import Goal, Measured, side_by_side
from bench.scene import Scene, people_of, ward_sizes
from bench.two_processes import peak_alone
from canvassing.actions.contacts import record_contacts
from canvassing.rules.contacts import ContactItem

GOAL = Goal("ratio", 2)
BATCH = 50
BATCHES = 40  # in each of three rounds
ROUNDS = 3
# The table of contacts with its rows and its indexes, and nothing that hangs on it.
TABLE = """
DROP TABLE IF EXISTS bench_contact;
CREATE TABLE bench_contact (LIKE canvassing_contact
    INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
INSERT INTO bench_contact OVERRIDING SYSTEM VALUE SELECT * FROM canvassing_contact;
SELECT setval(pg_get_serial_sequence('bench_contact', 'id'),
              (SELECT max(id) FROM bench_contact));
VACUUM ANALYZE bench_contact, canvassing_contact
"""
INSERT = """
INSERT INTO bench_contact (
    organisation_id, campaign_id, by_kind, by_id, by_label, received_at, note,
    time_is_doubtful, uuid, content_hash, elector_id, channel, outcome_id,
    intention_id, spoke_id, said_at, effective_at)
SELECT %s, %s, 'system', NULL, 'Benchmark', %s, '', false, item.*
FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::text[], %s::bigint[],
            %s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS item
"""


def contacts_batch(scene: Scene) -> Measured:
    with connection.cursor() as cursor:
        for statement in TABLE.split(";"):
            cursor.execute(statement)
    batches = _batches(scene, ROUNDS * BATCHES, remainder=1)
    items, rows = iter(batches), iter(bare_rows(scene, batches))

    def record() -> None:
        for _ in range(BATCHES):
            _record(scene, next(items))

    def insert() -> None:
        for _ in range(BATCHES):
            with connection.cursor() as cursor:
                cursor.execute(INSERT, next(rows))

    taken, floor = side_by_side(record, insert, times=ROUNDS)
    each, bare = taken / BATCHES * 1000, floor / BATCHES * 1000
    return Measured(
        taken,
        floor,
        BATCHES * BATCH,
        peak_mb=peak_alone(_record_more, scene),
        goal=GOAL,
        note=f"{each:.1f} ms a batch, {bare:.1f} ms bare",
    )


def _record_more(scene: Scene) -> None:
    for batch in _batches(scene, BATCHES, remainder=2):
        _record(scene, batch)


def _record(scene: Scene, batch: Sequence[ContactItem]) -> None:
    record_contacts(batch, by=scene.by, at=scene.at, campaign=scene.campaign)


def _batches(scene: Scene, number: int, *, remainder: int) -> list[list[ContactItem]]:
    """Each of fifty neighbours in one ward of whom nobody has been spoken to."""
    dice = Random(10 + remainder)
    wards = list(ward_sizes(scene))
    found: list[list[ContactItem]] = []
    while len(found) < number:
        ward = wards[len(found) % len(wards)]
        people = people_of(scene, ward, remainder=remainder)
        start = len(found) // len(wards) * BATCH
        found.append([_item(scene, dice, one) for one in people[start : start + BATCH]])
    return found


def _item(scene: Scene, dice: Random, elector: int) -> ContactItem:
    return ContactItem(
        uuid=uuid.UUID(int=dice.getrandbits(128), version=4),
        elector_id=elector,
        outcome="spoken",
        channel="door",
        said_at=scene.at - timedelta(minutes=dice.randrange(1, 90)),
        intention=dice.choice(("P1", "P2", "U")),
    )


def bare_rows(
    scene: Scene, batches: Sequence[Sequence[ContactItem]]
) -> list[list[object]]:
    """The columns of each batch, ready to be sent: with codes and hashes looked up."""
    campaign = scene.campaign
    intentions = dict(campaign.intention_codes.values_list("code", "pk"))
    outcomes = dict(campaign.outcome_codes.values_list("code", "pk"))
    return [
        [
            campaign.organisation_id,
            campaign.pk,
            scene.at,
            [item.uuid for item in batch],
            [item.content_hash() for item in batch],
            [item.elector_id for item in batch],
            [item.channel for item in batch],
            [outcomes[item.outcome] for item in batch],
            [intentions[item.intention] for item in batch],
            [item.spoke_id for item in batch],
            [item.said_at for item in batch],
            [item.said_at for item in batch],
        ]
        for batch in batches
    ]
