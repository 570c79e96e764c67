"""Several processes run as one: one that dies is started again; all end in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

TICK = 0.2
LONGEST_PAUSE = 30.0
PROVEN_AFTER = 60.0  # seconds of life, after which a death is not held against a child
PATIENCE = 10.0  # for each child to end its work


@dataclass
class Child:
    """One command that is to be running. `descriptors` are left open for it."""

    name: str
    command: Sequence[str]
    descriptors: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    pause: float = field(default=0.5, init=False)

    def start(self) -> None:
        # In a session of its own: Ctrl-C reaches the manager alone, which ends the
        # children one after the other.
        self.process = subprocess.Popen(
            self.command,
            pass_fds=self.descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self.started_at = time.monotonic()

    def revive(self, say: Callable[[str], object]) -> None:
        """Start it again some time after its death: the more deaths, the later."""
        if self.process is None:
            if time.monotonic() > self.started_at + self.pause:
                self.start()
        elif (status := self.process.poll()) is not None:
            lived = time.monotonic() - self.started_at
            proven = lived > PROVEN_AFTER
            self.pause = 0.5 if proven else min(self.pause * 2, LONGEST_PAUSE)
            say(f"{self.name} ended (status {status}); again in {self.pause:.0f} s.")
            self.process, self.started_at = None, time.monotonic()

    def end(self) -> None:
        """Ask it to finish; after a while end it with all of its own children."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Manager:
    """Runs the children until Ctrl-C or SIGTERM; they end in the order given."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], object]) -> None:
        self.children = children
        self.say = say
        self.asked_to_end = Event()

    def run(self, when_ready: Callable[[], object], ready: Callable[[], bool]) -> None:
        """Start all; call `when_ready` once `ready` is true; return when all ended."""
        signs = (signal.SIGINT, signal.SIGTERM)
        before = {sign: signal.signal(sign, self._end_soon) for sign in signs}
        waiting = True
        try:
            for child in self.children:
                child.start()
            while not self.asked_to_end.wait(TICK):
                for child in self.children:
                    child.revive(self.say)
                if waiting and ready():
                    waiting = False
                    when_ready()
        finally:
            for child in self.children:
                child.end()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def _end_soon(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_end.set()


def end_with_parent() -> None:
    """Have the kernel end this child when the manager is killed (Linux only)."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1  # noqa: N806 - the kernel's name
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
