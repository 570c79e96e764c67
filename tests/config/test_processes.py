"""The manager behind `make demo`, with real children that only sleep."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.processes import Child, Manager
from tests.embedded.clients import eventually

SLEEP = "import time; time.sleep(600)"
NOTE_THE_END = """
import pathlib, signal, sys, time
def end(*_):
    with pathlib.Path(sys.argv[1]).open("a") as log:
        log.write(sys.argv[2] + " ")
    sys.exit()
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[1] + "." + sys.argv[2]).touch()
time.sleep(600)
"""
MANAGER_OF_ONE = """
import sys
from config.processes import Child, Manager
child = Child("sleeper", [sys.executable, "-c", sys.argv[1]])
Manager([child], print).run(lambda: print(child.process.pid, flush=True), lambda: True)
"""


def test_the_children_end_in_the_order_given(tmp_path: Path) -> None:
    log, names = tmp_path / "log", ["web", "worker", "beat"]
    children = [
        Child(name, [sys.executable, "-c", NOTE_THE_END, str(log), name])
        for name in names
    ]
    manager = Manager(children, print)

    manager.run(
        when_ready=manager.asked_to_end.set,
        ready=lambda: all(Path(f"{log}.{name}").exists() for name in names),
    )

    assert log.read_text().split() == names


def test_a_child_that_dies_is_said_and_started_again() -> None:
    child, said = Child("worker", [sys.executable, "-c", SLEEP]), []
    child.start()
    first = child.process

    first.kill()

    assert eventually(lambda: child.revive(said.append) or child.process is not first)
    assert eventually(lambda: child.revive(said.append) or child.process)
    assert said == ["worker ended (status -9); again in 1 s."]
    child.end()


def test_a_child_that_keeps_dying_is_started_less_and_less_often() -> None:
    child, said = Child("worker", [sys.executable, "-c", ""]), []
    child.start()

    assert eventually(lambda: child.revive(said.append) or len(said) == 2)

    assert [line.rpartition("again in ")[2] for line in said] == ["1 s.", "2 s."]
    child.end()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's parent-death signal")
def test_children_of_a_killed_manager_end_too() -> None:
    manager = subprocess.Popen(
        [sys.executable, "-c", MANAGER_OF_ONE, SLEEP], stdout=subprocess.PIPE, text=True
    )
    child = int(manager.stdout.readline())

    manager.send_signal(signal.SIGKILL)
    manager.communicate()

    assert eventually(lambda: is_ended(child))


def is_ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
