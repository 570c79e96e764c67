"""Processes that use embedded servers, for tests that start, kill and outlive them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import redis

from config.embedded import Place, lock

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# Imported from the folder above it, the launcher needs nothing but Python.
SCRIPT = """
import os, sys, embedded
place = embedded.start(sys.argv[1])
print(place.folder, os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
sys.stdin.read()
"""


class Client:
    """A process that has called `embedded.start` and stays until told to leave."""

    def __init__(
        self,
        state: Path,
        *,
        purpose: str = "local",
        python: str = sys.executable,
        **how: Any,
    ) -> None:
        self.purpose = purpose
        packages = [str(CHECKOUT / "config"), *filter(None, sys.path)]
        own = {"COMMITTEE_ROOM_STATE": str(state), "PYTHONPATH": ":".join(packages)}
        own |= how.pop("env", {})
        clean = {k: v for k, v in os.environ.items() if not k.endswith("_URL")}
        self.process = subprocess.Popen(
            [python, "-c", SCRIPT, purpose],
            env=clean | own,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **how,
        )

    def started(self) -> "Client":
        """Wait until the servers answer."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        folder, self.database_url, self.redis_url = line.split()
        self.place = Place(self.purpose, Path(folder))
        return self

    def refusal(self) -> str:
        return self.process.communicate()[1].strip().splitlines()[-1]

    def leave(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def sql(self, statement: str) -> Any:
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def broker_answers(self) -> bool:
        return bool(redis.Redis.from_url(self.redis_url).ping())


def pid_of(place: Place, name: str) -> int:
    """0 in the moment in which the file is written anew."""
    return int((place.folder / f"{name}.lock").read_text() or 0)


def is_left_behind(place: Place) -> bool:
    """Whether any process or socket of the servers is still there."""
    names = ("keeper", "postgres", "valkey")
    held = any(lock.is_held(place.folder / f"{name}.lock") for name in names)
    return held or (place.folder / "sockets").is_symlink()


def eventually(happens: Callable[[], object], patience: float = 20) -> bool:
    """Whether `happens` is true, or stops failing, before patience runs out."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            if happens():
                return True
        except (psycopg.OperationalError, redis.ConnectionError):
            pass
        time.sleep(0.05)
    return False
