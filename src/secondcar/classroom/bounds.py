"""What one person's server may take from the others: memory, processes, and one share of the processors."""

import sys
from contextlib import suppress

# Threads count, too: a kernel on a machine with many processors has a hundred.
_PROCESSES = 2000


def join_own_group(account: str, memory_mb: int) -> None:
    """Put this process, and all that it starts, into the account's control group, where there can be one."""
    if sys.platform == "linux":
        from secondcar.grading.isolation.cgroups import ControlGroup

        # A terminal's part of the tree may lack the processors, and has memory and processes then.
        for equal_share in (True, False):
            with suppress(OSError):
                ControlGroup(memory_mb * 1024 * 1024, _PROCESSES, f"second-car-{account}", equal_share).join()
                return


def unbounded() -> list[str]:
    """Return what one person can take from the others here.

    Root can make control groups on most machines, and in few containers.
    """
    if sys.platform == "linux":
        from secondcar.grading.isolation.cgroups import ControlGroup

        for equal_share, left in ((True, []), (False, ["the processors"])):
            with suppress(OSError):
                ControlGroup(1024 * 1024, _PROCESSES, "second-car-trial", equal_share).remove()
                return left
    return ["the processors", "memory"]
