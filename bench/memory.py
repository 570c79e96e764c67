"""The peak of private memory: of this process, and of the database's work for it.

Shared pages are left out, since the server's buffer cache fills up with whatever is
read; `VmHWM` would count them. So `RssAnon` is sampled, of this process and of the
backend of its connection with that backend's parallel workers. Linux only.

Memory that a process or a backend has once taken it keeps: so a step is watched where
nothing has run before it (`bench.two_processes.peak_alone`).
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import connection

EVERY = 0.02  # seconds
ENDED = (FileNotFoundError, ProcessLookupError)  # while its files were read


class Peak:
    """`with Peak() as peak: …`, then `peak.mb`; None where the system does not tell."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend: int = cursor.fetchone()[0]
        self.python_kb = self.database_kb = 0
        self._titles: dict[int, bytes] = {}
        self._stop = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    @property
    def mb(self) -> float | None:
        total = self.python_kb + self.database_kb
        return round(total / 1024, 1) if total else None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._sample()  # of a step that was shorter than the time between two

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            self._sample()

    def _sample(self) -> None:
        with suppress(FileNotFoundError):
            self.python_kb = max(self.python_kb, private_kb(os.getpid()))
            self.database_kb = max(self.database_kb, self._database())

    def _database(self) -> int:
        server = status(self.backend)["PPid"]
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return sum(private_kb(pid) for pid in map(int, children) if self._is_ours(pid))

    def _is_ours(self, pid: int) -> bool:
        if pid not in self._titles:
            with suppress(*ENDED):
                self._titles[pid] = Path(f"/proc/{pid}/cmdline").read_bytes()
        own = f"parallel worker for PID {self.backend}".encode()
        return pid == self.backend or own in self._titles.get(pid, b"")


def private_kb(pid: int) -> int:
    """0 for a process that has just ended."""
    try:
        return int(status(pid)["RssAnon"].split()[0])
    except (*ENDED, KeyError):
        return 0


def status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (x.partition(":") for x in lines)}
