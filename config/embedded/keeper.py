"""The process that keeps the servers while anybody uses them, and then ends them.

`embedded.start` runs `python -m embedded.keeper PURPOSE FOLDER DOOR`, in a session
of its own.
It is the servers' parent, so it learns at once when one dies, and starts it again.
"""

import os
import signal
import sys
from pathlib import Path
from threading import Event

from . import lock, servers_of
from .place import Place
from .server import Server

TICK = 0.25  # seconds between looks at the servers and at who still uses them


def main() -> None:
    """Start the servers, open the door, keep them, and end them when all have left.

    Closing the descriptor `DOOR` tells those who wait at it that the servers answer,
    or that this process has died.
    """
    place, door = Place(sys.argv[1], Path(sys.argv[2])), int(sys.argv[3])
    asked_to_end = Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_end.set())
    keeper = lock.hold(place.folder / "keeper.lock")
    os.truncate(keeper, 0)
    os.write(keeper, str(os.getpid()).encode())
    servers = servers_of(place)
    try:
        start(place, servers)
        os.close(door)
        keep(servers, lock.open_file(place.folder / "users.lock"), asked_to_end)
        # Whoever comes now waits until this process is gone.
        lock.hold(place.folder / "door.lock")
    finally:
        for server in reversed(servers):
            server.end()
        place.remove_sockets()
        os.close(keeper)


def start(place: Place, servers: list[Server]) -> None:
    for server in servers:
        server.end()  # left over where an earlier keeper was killed
    place.renew_sockets()
    for server in servers:
        server.start()
    for server in servers:
        server.wait_until_ready()


def keep(servers: list[Server], users: int, asked_to_end: Event) -> None:
    """Return when no process holds the users' lock any more."""
    while not (asked_to_end.wait(TICK) or lock.try_exclusive(users)):
        for server in servers:
            server.revive()


if __name__ == "__main__":
    main()
