"""What one person's server may take from the others: memory, processes, and one share of the processors."""

import sys
from contextlib import suppress

# Threads count, too: a kernel on a machine with many processors has a hundred.
_PROCESSES = 2000


def join_own_group(account: str, memory_mb: int) -> None:
    """Put this process, and all that it starts, into the account's control group, where there can be one."""
    if sys.platform == "linux":
        from secondcar.grading.isolation.cgroups import ControlGroup

        with suppress(OSError):
            ControlGroup(memory_mb * 1024 * 1024, _PROCESSES, f"second-car-{account}", equal_share=True).join()


def can_be_bounded() -> bool:
    """Return whether there can be control groups here: root can make them on most machines, in few containers."""
    if sys.platform != "linux":
        return False
    from secondcar.grading.isolation.cgroups import ControlGroup

    with suppress(OSError):
        ControlGroup(1024 * 1024, _PROCESSES, "second-car-trial", equal_share=True).remove()
        return True
    return False
