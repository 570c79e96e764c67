"""Work that two processes share out, as a worker of the demo or of `docker/` does it.

Each has a connection of its own; whoever is free takes the next piece.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

import django

PROCESSES = 2
T = TypeVar("T")


def share_out(work: Callable[[T], object], pieces: Iterable[T]) -> float | None:
    """Do every piece; the peak of memory of one process and its backend, in MB.

    `work` and the pieces are sent to the processes: a function of a module, and rows
    of the database by what finds them.
    """
    with ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("spawn"), initializer=django.setup
    ) as processes:
        peaks = list(processes.map(partial(_watched, work), pieces))
    return max((peak for peak in peaks if peak), default=None)


def peak_alone(work: Callable[[T], object], piece: T) -> float | None:
    """The peak of memory of a step, in MB: in a process and on a connection of its own.

    So nothing counts that making the scene, an earlier step or a floor has left behind.
    """
    return share_out(work, [piece])


def _watched(work: Callable[[T], object], piece: T) -> float | None:
    from bench.memory import Peak  # once Django is set up

    with Peak() as peak:
        work(piece)
    return peak.mb
