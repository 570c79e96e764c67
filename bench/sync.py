"""An outbox of a hundred items sent in one request, through the whole site.

The floor is the bare insert of `contacts_batch`, of as many rows at a time. Both are
timed from what they are sent, the body of the request and the columns of the rows,
which a phone and nobody makes; what comes of either is looked at afterwards.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.contacts_batch import INSERT, TABLE, bare_rows
from bench.field_rounds import PHONES_A_ROUND, Out, phones_out
from bench.measures import Goal, Measured, side_by_side
from bench.scene import Scene
from bench.two_processes import peak_alone
from canvassing.rules.contacts import ContactItem

GOAL = Goal("ratio", 2)
ITEMS = 100
FEW = 10
ROUNDS = 15
# Outboxes that a phone sends before anything is timed: on polling day a process and
# its connection have answered thousands, and the first are a fifth slower.
WARM = 100


def sync(scene: Scene) -> Measured:
    """`queries` is of a hundred items; `queries_of_ten` of a tenth as many. `one_ms` is
    an outbox of a single item: what a request costs, whatever is in it. `item_ratio` is
    what the other 99 items cost to what 99 more rows do (decision 0078)."""
    with connection.cursor() as cursor:
        for statement in TABLE.split(";"):
            cursor.execute(statement)
    site = get_wsgi_application()
    phones = iter(_phones(scene, 1 + 2 + 2 * ROUNDS))
    first = next(phones)
    for _ in range(WARM):
        _check(_send(site, _request(scene, first, ITEMS)))
    few, many = (
        _queries(site, _request(scene, next(phones), size)) for size in (FEW, ITEMS)
    )
    taken, floor = _beside_the_floor(site, scene, islice(phones, ROUNDS), ITEMS)
    one, bare = _beside_the_floor(site, scene, islice(phones, ROUNDS), 1)
    return Measured(
        taken,
        floor,
        ITEMS,
        peak_mb=peak_alone(_send_more, scene),
        goal=GOAL,
        more={
            "queries": many,
            "queries_of_ten": few,
            "one_ms": round(one * 1000, 1),
            "item_ratio": round((taken - one) / (floor - bare), 2),
        },
        note=f"{many} queries, {few} for ten items; {one * 1000:.1f} ms with one item",
    )


def _beside_the_floor(
    site: Any, scene: Scene, phones: Iterable[Out], size: int
) -> tuple[float, float]:
    senders = list(phones)
    requests = iter([_request(scene, one, size) for one in senders])
    rows = iter(bare_rows(scene, [_contacts(scene, one, size) for one in senders]))
    answers: list[bytes] = []

    def insert() -> None:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, next(rows))

    medians = side_by_side(
        lambda: answers.append(_send(site, next(requests))), insert, times=ROUNDS
    )
    for answer in answers:
        _check(answer)
    return medians


def _send_more(scene: Scene) -> None:
    site = get_wsgi_application()
    for one in _phones(scene, ROUNDS):
        _check(_send(site, _request(scene, one, ITEMS)))


def _phones(scene: Scene, number: int) -> list[Out]:
    """Those of so many rounds that have somebody to speak to, one of each."""
    found = phones_out(scene, number * PHONES_A_ROUND * 2)[::PHONES_A_ROUND]
    return [one for one in found if one.electors][:number]


def _queries(site: Any, request: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        _check(_send(site, request))
    return len(queries)


def _request(scene: Scene, out: Out, size: int) -> dict[str, Any]:
    """What the web process hands to the site."""
    body = {"sent_at": scene.at.isoformat(), "items": _items(scene, out, size)}
    request = RequestFactory(SERVER_NAME="localhost").post(
        "/field/sync/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Phone {out.key}"},
    )
    return request.environ


def _send(site: Any, request: dict[str, Any]) -> bytes:
    answer: Iterable[bytes] = site(request, lambda *_head: None)
    return b"".join(answer)


def _check(answer: bytes) -> None:
    verdicts = {one["answer"] for one in json.loads(answer)["verdicts"]}
    if verdicts != {"filed"}:
        raise AssertionError(f"not filed: {verdicts}")


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


def _contacts(scene: Scene, out: Out, size: int) -> list[ContactItem]:
    return [
        ContactItem(
            uuid=uuid.uuid4(),
            elector_id=out.electors[place % len(out.electors)],
            outcome="spoken",
            channel="door",
            said_at=scene.at - timedelta(seconds=size - place),
            intention="P1",
            spoke_id=out.phone.volunteer_id,
        )
        for place in range(size)
    ]
