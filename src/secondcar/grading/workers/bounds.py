"""Limits on what a worker itself may use for one learner, because a submission may be meant to hold it up."""

import contextlib
import ctypes
import resource
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from secondcar.counting import counted

MEMORY_BYTES = 6 << 30
# A class's longest page takes a second or two.
PAGE_SECONDS = 60
# For reading what a learner handed in, and mending it: that takes a part of a second.
READING_SECONDS = 60

# Code that catches every error does not end when it is told to: it is told again after this many seconds.
_AGAIN = 1.0


class TookTooLong(Exception):
    """Work for one learner took longer than it may."""


@contextlib.contextmanager
def bounded(seconds: float, of_processor: bool = False) -> Iterator[None]:
    """Make the work for one learner fail before it takes the machine's time or memory.

    of_processor: whether only the time counts that its thread computes, so that a busy machine costs nobody anything.

    Raises TookTooLong or MemoryError in that work, in any thread, because a Dask worker grades in one of its own. Work
    that waits for the system, or computes within a C library, ends when that returns.

    >>> with bounded(5):
    ...     print("done")
    done
    """
    with _bounded_memory(), _bounded_time(seconds, of_processor):
        yield


@contextlib.contextmanager
def ended_after(seconds: float, of_processor: bool = False) -> Iterator[None]:
    """Have the system end this process, which is there for that work alone, if the work does not end.

    `bounded` cannot reach what computes within a C library, such as a pattern that takes for ever.

    of_processor: whether only the time counts that this process computes.

    >>> with ended_after(5):
    ...     print("done")
    done
    """
    timer, number = (signal.ITIMER_PROF, signal.SIGPROF) if of_processor else (signal.ITIMER_REAL, signal.SIGALRM)
    signal.signal(number, signal.SIG_DFL)
    signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)


@contextlib.contextmanager
def _bounded_memory() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limits = {pages * resource.getpagesize() + MEMORY_BYTES, soft, hard} - {resource.RLIM_INFINITY}
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def _bounded_time(seconds: float, of_processor: bool) -> Iterator[None]:
    clock = time.pthread_getcpuclockid(threading.get_ident()) if of_processor else time.CLOCK_MONOTONIC
    end = time.clock_gettime(clock) + seconds
    thread, done, turn = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()
    sent = threading.Event()
    error = type("TookTooLong", (TookTooLong,), {"__str__": lambda self: _sentence(seconds)})

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            left = end - time.clock_gettime(clock)
            wait = left if left > 0 else _AGAIN
            with turn:
                if left <= 0 and not done.is_set():
                    sent.set()
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(error))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        with turn:
            done.set()
            if sent.is_set():
                # It may not have arrived yet. Where none was sent, a profiler would wait for ever after this.
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        watcher.join()


def _sentence(seconds: float) -> str:
    return f"It took longer than {counted(seconds, 'second')}, so it was given up."
