"""Copies of this process, and what is tried in one, which is ended if it takes too much."""

import contextlib
import mmap
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

SECONDS = 5
_MEMORY = 1 << 30  # bytes more than this process has


def fork() -> int:
    """Fork this process as it is: Python would begin its random numbers anew in the fork."""
    random: Any = sys.modules.get("random")
    state = None
    # A notebook may have changed what is asked here.
    with contextlib.suppress(Exception):
        state = random.getstate()
    process = os.fork()
    if not process:
        with contextlib.suppress(Exception):
            random.setstate(state)
    return process


def in_copy(look: Callable[[], T], kind: Any, patience: float, seconds: int = SECONDS) -> T | None:
    """Return what a copy of this process finds, or None if it takes too much time or memory.

    Nothing else ends a loop that catches every error or runs in C, and gives back the memory and the names.

    Args:
        look: what to do there.
        kind: the type of what it finds, as msgspec has them.
        patience: how many seconds to wait for it at most.
        seconds: how many of processor time it may take. A busy machine must not change what is found.

    >>> in_copy(lambda: 1 + 1, int, patience=10)
    2
    """
    found, finds = os.pipe()
    try:
        process = fork()
    except OSError:
        os.close(found)
        os.close(finds)
        return None
    if not process:
        try:
            _bound(seconds)
            with open(finds, "wb") as result:
                result.write(msgspec.json.encode(look()))
        finally:
            os._exit(0)
    os.close(finds)
    told, end = b"", time.monotonic() + patience
    while select.select([found], [], [], max(0, end - time.monotonic()))[0] and (part := os.read(found, 1 << 16)):
        told += part
    os.close(found)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with contextlib.suppress(msgspec.DecodeError):
        return cast(T, msgspec.json.decode(told, type=kind))
    return None


def _bound(seconds: int) -> None:
    _lower(resource.RLIMIT_CPU, seconds)
    # Where there is no /proc, there is no limit to share either.
    with contextlib.suppress(FileNotFoundError):
        now = int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE
        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        left = _MEMORY if limit == resource.RLIM_INFINITY else max(0, limit - now) // 2
        _lower(resource.RLIMIT_AS, now + min(left, _MEMORY))


def _lower(limit: int, most: int) -> None:
    hard = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
