"""`python -m bench.phone_crowd HOST:PORT PHONES SECONDS OUT`: a crowd of phones.

PHONES is a JSON file, a list of `[key, [elector, …]]`, one for each phone. Each writes
one contact every 90 s and asks what the others did every 20 s, at instants of its own,
each on a connection of its own, as phones behind a proxy are. OUT gets what was not
answered as it should have been and, of each answer, the second in which it was asked
for and the milliseconds that it took. A process without Django, so that only waiting is
measured.
"""

import asyncio
import json
import sys
import uuid
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

WRITE_EVERY = 90.0
PULL_EVERY = 20.0
PATIENCE = 30.0
ANSWERS = ("filed", "already_filed")


@dataclass
class Seen:
    """What the crowd saw since it began: by kind of request, the second and the
    milliseconds of each, and what went wrong."""

    began: float
    pulls: list[tuple[float, float]] = field(default_factory=list)
    writes: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Phone:
    """One phone: its key, the electors of its round, and where it last read to."""

    host: str
    key: str
    electors: list[int]
    seen: Seen
    cursor: str = ""

    async def pull(self) -> None:
        answer = await self._ask("GET", f"/field/changes/?since={self.cursor}")
        self.cursor = answer["cursor"]

    async def write(self) -> None:
        now = datetime.now(UTC).isoformat()
        item = {
            "id": str(uuid.uuid4()),
            "kind": "contact",
            "said_at": now,
            "elector": self.electors.pop(),
            "outcome": "not_in",
        }
        answer = await self._ask(
            "POST", "/field/sync/", {"sent_at": now, "items": [item]}
        )
        if answer["verdicts"][0]["answer"] not in ANSWERS:
            raise AssertionError(f"not filed: {answer['verdicts'][0]['code']}")

    async def _ask(self, method: str, path: str, sent: object = None) -> Any:
        body = b"" if sent is None else json.dumps(sent).encode()
        host, port = self.host.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            writer.write(
                f"{method} {path} HTTP/1.0\r\nHost: localhost\r\n"
                f"Authorization: Phone {self.key}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            answer = await reader.read()
        finally:
            writer.close()
        head, _, content = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise AssertionError(head.split(b"\r\n")[0].decode() or "no answer")
        return json.loads(content)


async def again_and_again(
    phone: Phone, name: str, every: float, first: float, until: float
) -> None:
    """Ask at regular instants; timed from when it is sent until it is answered."""
    due = first
    times: list[tuple[float, float]] = getattr(phone.seen, f"{name}s")
    while due < until:
        await asyncio.sleep(max(0, due - perf_counter()))
        began = perf_counter()
        work: Awaitable[None] = getattr(phone, name)()
        try:
            await asyncio.wait_for(work, PATIENCE)
            taken = perf_counter() - began
            times.append((began - phone.seen.began, taken * 1000))
        except Exception as error:
            phone.seen.errors.append(f"{name}: {error!r}")
        due += every


async def crowd(host: str, phones: list[tuple[str, list[int]]], length: float) -> Seen:
    begin = perf_counter() + 1
    seen, dice, until = Seen(begin), Random(5), begin + length
    async with asyncio.TaskGroup() as group:
        for key, electors in phones:
            phone = Phone(host, key, electors, seen)
            for name, every in (("pull", PULL_EVERY), ("write", WRITE_EVERY)):
                first = begin + dice.random() * every
                group.create_task(again_and_again(phone, name, every, first, until))
    return seen


def main(host: str, phones: str, length: str, out: str) -> None:
    given = json.loads(Path(phones).read_text(encoding="utf-8"))
    seen = asyncio.run(crowd(host, given, float(length)))
    Path(out).write_text(json.dumps(asdict(seen)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
