"""One server program under the keeper: started, watched, ended."""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from . import lock
from .place import Place, ServersRefused, run_as

PATIENCE = 30  # seconds to start or to end; either takes a tenth of one


class Server(ABC):
    """A program that holds its own lock file, with its process id inside.

    The lock's descriptor is left to the program and its children alone: while any of
    them lives the file is locked, and once it is free nothing is left of them,
    whatever stale pid files or unreaped processes say.
    """

    name: ClassVar[str]
    variable: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, place: Place) -> None:
        self.place = place
        self.lock_file = place.folder / f"{self.name}.lock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """What the environment variable of this server says."""

    @abstractmethod
    def prepare(self) -> None:
        """Make ready for a start; nothing of an earlier life is running."""

    @abstractmethod
    def command(self) -> list[str | Path]:
        """The program and its arguments; it stays in the foreground."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it is ready for work."""

    def start(self) -> None:
        """Start it, unless a child of its last life is still at work."""
        descriptor = lock.try_hold(self.lock_file)
        if descriptor is None:
            return
        self.prepare()
        with self.place.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                pass_fds=[descriptor],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                umask=0o077,
                **run_as(),
            )
        os.truncate(descriptor, 0)
        os.write(descriptor, str(self.process.pid).encode())
        os.close(descriptor)

    def revive(self) -> None:
        """Start it again if it has died."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process is None or self.process.poll() is not None:
                raise ServersRefused(f"{self.name} ended as soon as it was started.")
            if time.monotonic() > deadline:
                raise ServersRefused(f"{self.name} does not answer.")
            time.sleep(0.02)

    def end(self) -> None:
        """Stop it, whoever started it; by force if it will not."""
        for sign in (self.stop_signal, signal.SIGKILL):
            if lock.is_held(self.lock_file):
                with suppress(ProcessLookupError, ValueError):
                    os.kill(int(self.lock_file.read_text()), sign)
            if self._wait_until_gone():
                return

    def _wait_until_gone(self) -> bool:
        deadline = time.monotonic() + PATIENCE
        while lock.is_held(self.lock_file):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        if self.process:
            self.process.wait()
        return True
