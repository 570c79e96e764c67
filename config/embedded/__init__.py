"""PostgreSQL and Valkey on this machine, with nothing to install or to configure.

`start("local")` is called before Django reads its settings: it sets `DATABASE_URL` and
`REDIS_URL` where they are not set, and the servers run for as long as any process that
called it lives. See docs/decisions/0002-embedded-servers.md.
"""

import atexit
import os
import signal
import subprocess
import sys
from pathlib import Path

from . import lock
from .place import Place, ServersRefused, make_place
from .postgres import Postgres, find_programs
from .server import Server
from .valkey import Valkey

__all__ = ["Place", "ServersRefused", "start"]


def start(purpose: str) -> Place | None:
    """Have this process use the servers of `purpose` until it ends.

    Returns where they keep their files, or None where the environment names both.
    """
    if all(_is_named(kind.variable) for kind in (Postgres, Valkey)):
        return None
    place = make_place(purpose, major=find_programs()[1])
    servers = servers_of(place)
    try:
        users = lock.hold(place.folder / "users.lock", shared=True)
    except PermissionError as error:
        raise ServersRefused(
            f"{place.folder} belongs to another user: remove it, or set "
            "COMMITTEE_ROOM_STATE to a folder of yours."
        ) from error
    _find_or_start_keeper(place)
    atexit.register(_leave, place, servers, users, os.getpid())
    for server in servers:
        if not _is_named(server.variable):
            os.environ[server.variable] = server.url
    return place


def servers_of(place: Place) -> list[Server]:
    """In the order in which they start; they end in the other."""
    return [Postgres(place), Valkey(place)]


def _is_named(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def _find_or_start_keeper(place: Place) -> None:
    door = place.folder / "door.lock"
    for _ in range(3):
        descriptor = lock.hold(door)
        if not lock.is_held(place.folder / "keeper.lock"):
            _start_keeper(place, descriptor)
        os.close(descriptor)
        # The keeper's copy of the descriptor keeps the door shut until servers answer.
        os.close(lock.hold(door, shared=True))
        if lock.is_held(place.folder / "keeper.lock"):
            return
    raise ServersRefused(
        f"The embedded servers did not start:\n{place.log.read_text()[-2000:]}"
    )


def _start_keeper(place: Place, door: int) -> None:
    with place.log.open("wb") as log:
        subprocess.Popen(
            [
                *(sys.executable, "-m", "embedded.keeper"),
                *(place.purpose, str(place.folder), str(door)),
            ],
            # From this folder it need not import the project, nor Celery with it.
            cwd=Path(__file__).parent.parent,
            pass_fds=[door],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _leave(place: Place, servers: list[Server], users: int, owner: int) -> None:
    """The last to leave waits until the servers have ended."""
    if os.getpid() != owner or not lock.try_exclusive(users):
        return
    keeper = place.folder / "keeper.lock"
    if lock.is_held(keeper):
        os.kill(int(keeper.read_text()), signal.SIGTERM)
        os.close(lock.hold(keeper))
    for server in reversed(servers):
        server.end()  # left over where the keeper was killed
    place.remove_sockets()
