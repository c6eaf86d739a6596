"""What one person's server may take from the others: memory, processes, and one share of the processors."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondcar.grading.isolation.cgroups import ControlGroup

# Threads count, too: a kernel on a machine with many processors has a hundred.
_PROCESSES = 2000


def join_own_group(account: str, memory_mb: int) -> None:
    """Put this process, and all that it starts, into the account's control group, where there can be one."""
    for group, _ in _groups(account, memory_mb):
        with suppress(OSError):
            group.join()
            return


def remove_own_group(account: str, memory_mb: int) -> None:
    """Remove the account's control group, in which nothing runs any more: nobody else would."""
    for group, _ in _groups(account, memory_mb):
        group.remove()


def unbounded() -> list[str]:
    """Return what one person can take from the others here.

    Root can make control groups on most machines, and in few containers.
    """
    for group, equal_share in _groups("trial", memory_mb=1):
        group.remove()
        return [] if equal_share else ["the processors"]
    return ["the processors", "memory"]


def _groups(account: str, memory_mb: int) -> Iterator[tuple["ControlGroup", bool]]:
    """Make the account's group or take the one that is there, where that is allowed, and say whether it has a share.

    A terminal's part of the tree may lack the processors, and has memory and processes then.
    """
    if sys.platform == "linux":
        from secondcar.grading.isolation.cgroups import ControlGroup

        name, memory_bytes = f"second-car-{account}", memory_mb * 1024 * 1024
        for equal_share in (True, False):
            with suppress(OSError):
                yield ControlGroup(memory_bytes, _PROCESSES, name, equal_share), equal_share
