"""An outbox of a hundred items sent in one request, through the whole site.

The floor is the bare insert of `contacts_batch`, of as many rows at a time.
"""

import json
import uuid
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.contacts_batch import INSERT, TABLE, bare_rows
from bench.field_rounds import Out, phones_out
from bench.measures import Goal, Measured, side_by_side
from bench.memory import Peak
from bench.scene import Scene
from canvassing.rules.contacts import ContactItem

GOAL = Goal("ratio", 2)
ITEMS = 100
ROUNDS = 5
# One for all requests: like a server's, it is made ready once.
SITE = Client()


def sync(scene: Scene) -> Measured:
    """`queries` is of a hundred items; `queries_of_ten` of a tenth as many."""
    with connection.cursor() as cursor:
        for statement in TABLE.split(";"):
            cursor.execute(statement)
    phones = [one for one in phones_out(scene, 6 * (ROUNDS + 2)) if one.electors]
    few, many = phones.pop(), phones.pop()
    counts = {
        size: _queries(scene, one, size) for one, size in ((few, 10), (many, ITEMS))
    }
    batches = iter([_items(scene, one, ITEMS) for one in phones])
    senders = iter(phones)
    rows = iter(bare_rows(scene, [_contacts(scene, one) for one in phones]))

    def send() -> None:
        _send(next(senders), next(batches), scene)

    def insert() -> None:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, next(rows))

    with Peak() as peak:
        taken, floor = side_by_side(send, insert, times=ROUNDS)
    return Measured(
        taken,
        floor,
        ITEMS,
        peak_mb=peak.mb,
        goal=GOAL,
        more={"queries": counts[ITEMS], "queries_of_ten": counts[10]},
        note=f"{counts[ITEMS]} queries, {counts[10]} for ten items",
    )


def _queries(scene: Scene, out: Out, size: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        _send(out, _items(scene, out, size), scene)
    return len(queries)


def _items(scene: Scene, out: Out, size: int) -> list[dict[str, object]]:
    """Of the people of the round one after the other, from the beginning again."""
    return [
        {
            "id": str(uuid.uuid4()),
            "kind": "contact",
            "said_at": (scene.at - timedelta(seconds=size - place)).isoformat(),
            "elector": out.electors[place % len(out.electors)],
            "outcome": "spoken",
            "intention": "P1",
        }
        for place in range(size)
    ]


def _contacts(scene: Scene, out: Out) -> list[ContactItem]:
    return [
        ContactItem(
            uuid=uuid.uuid4(),
            elector_id=out.electors[place % len(out.electors)],
            outcome="spoken",
            channel="door",
            said_at=scene.at,
            intention="P1",
        )
        for place in range(ITEMS)
    ]


def _send(out: Out, items: list[dict[str, object]], scene: Scene) -> None:
    answer = SITE.post(
        "/field/sync/",
        json.dumps({"sent_at": scene.at.isoformat(), "items": items}),
        content_type="application/json",
        headers={"Authorization": f"Phone {out.key}"},
    )
    verdicts = [one["answer"] for one in json.loads(answer.content)["verdicts"]]
    if set(verdicts) != {"filed"}:
        raise AssertionError(f"not filed: {verdicts}")
