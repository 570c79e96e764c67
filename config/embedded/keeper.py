"""The process that keeps the servers while anybody uses them, and then ends them.

Run as `python -m embedded.keeper PURPOSE DOOR` by `embedded.start`, in its own session.
It is the servers' parent, so it learns at once when one dies, and starts it again.
"""

import os
import signal
import sys
from threading import Event

from . import lock, servers_of
from .server import Server

TICK = 0.25  # seconds between looks at the servers and at who still uses them


def main() -> None:
    """Start the servers, open the door, keep them, and end them when all have left.

    Closing the descriptor `DOOR` tells those who wait at it that the servers answer,
    or that this process has died.
    """
    purpose, door = sys.argv[1], int(sys.argv[2])
    asked_to_end = Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_end.set())
    place, servers = servers_of(purpose)
    keeper = lock.hold(place.folder / "keeper.lock")
    os.truncate(keeper, 0)
    os.write(keeper, str(os.getpid()).encode())
    for server in servers:
        server.end()  # left over where an earlier keeper was killed
    place.renew_sockets()
    try:
        for server in servers:
            server.start()
        for server in servers:
            server.wait_until_ready()
        os.close(door)
        keep(servers, lock.open_file(place.folder / "users.lock"), asked_to_end)
        # Whoever comes now waits until this process is gone.
        lock.hold(place.folder / "door.lock")
    finally:
        for server in reversed(servers):
            server.end()
        place.remove_sockets()


def keep(servers: list[Server], users: int, asked_to_end: Event) -> None:
    while not (asked_to_end.wait(TICK) or lock.try_exclusive(users)):
        for server in servers:
            server.revive()


if __name__ == "__main__":
    main()
