"""File locks. The kernel lets go of them when a process dies, however it dies.

A lock belongs to the open file, so a child that is given the descriptor holds it too.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def hold(path: Path, *, shared: bool = False) -> int:
    """Wait for the lock and return the descriptor that holds it."""
    descriptor = open_file(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    return descriptor


@contextmanager
def held(path: Path) -> Iterator[None]:
    descriptor = hold(path)
    try:
        yield
    finally:
        os.close(descriptor)


def try_hold(path: Path) -> int | None:
    """The descriptor of an exclusive lock, or None while anybody else holds it."""
    descriptor = open_file(path)
    if try_exclusive(descriptor):
        return descriptor
    os.close(descriptor)
    return None


def try_exclusive(descriptor: int) -> bool:
    """Make a held lock exclusive; where others hold it too, ours is let go."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_held(path: Path) -> bool:
    descriptor = try_hold(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def open_file(path: Path) -> int:
    """A descriptor that holds no lock yet."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
