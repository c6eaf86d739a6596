"""Bounds of what a worker itself may use for one learner: what is handed in may be meant to hold it up."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from secondcar.counting import counted
from secondcar.grading.isolation.sandbox import limit_resources

MEMORY_BYTES = 6 << 30
# A class's longest page takes a second or two.
PAGE_SECONDS = 60


class TookTooLong(Exception):
    """What was done for one learner took longer than it may."""


def bound_memory() -> None:
    """Have this process fail for one learner, by MemoryError, before it takes the machine's memory."""
    limit_resources({"RLIMIT_AS": MEMORY_BYTES})


@contextlib.contextmanager
def bounded_time(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in what is done meanwhile, if it takes longer. For the main thread of a process.

    >>> with bounded_time(5):
    ...     print("done")
    done
    """

    def end(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"It took longer than {counted(seconds, 'second')}, so it was given up.")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
