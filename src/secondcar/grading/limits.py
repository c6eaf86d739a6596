"""What one submission may use. Each bound is enforced from outside the process that runs the notebook."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The bounds for one notebook. nbgrader's own `Execute.timeout` bounds each cell.

    Attributes:
        notebook_seconds: wall time of the whole notebook.
        output_bytes: all that its cells put out, as sent; what changes several outputs counts once for each.
        memory_bytes: of all its processes together where control groups are available, and of each process by itself.
        processes: how many it may have, including threads.
        disk_bytes: all files it makes, including temporary ones.
        submission_bytes, submission_files, cells: how large a submission, and its notebook, may be to be looked at.
        readable: files and folders that a notebook may read besides Python, the system and what was handed in.
        variables: names and values of environment variables that it gets besides those that say how to run.
        writable_home: whether it has a home folder to write to.
        hidden: files and folders that it may not see even if they lie in a readable one.
    """

    notebook_seconds: float = 600
    output_bytes: int = 50_000_000
    memory_bytes: int = 4 << 30
    processes: int = 200
    disk_bytes: int = 200_000_000
    submission_bytes: int = 50_000_000
    submission_files: int = 5_000
    cells: int = 5_000
    readable: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    writable_home: bool = False
    hidden: tuple[str, ...] = ()

    def for_process(self) -> dict[str, int]:
        """Return what the operating system enforces for each process: names of `resource` -> amount."""
        return {
            "RLIMIT_AS": self.memory_bytes,
            "RLIMIT_CPU": int(self.notebook_seconds * (os.cpu_count() or 1)) + 1,
            "RLIMIT_FSIZE": self.disk_bytes,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_NOFILE": 1024,
            "RLIMIT_CORE": 0,
        }
