"""What one submission may use. Each bound is enforced from outside the process that runs the notebook."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The bounds for one notebook. nbgrader's own `Execute.timeout` bounds each cell.

    notebook_seconds: wall time of the whole notebook. output_bytes: all that its cells put out, as sent.
    memory_bytes: address space of its process. file_bytes: size of the largest file it may write.
    folder_bytes: all files it leaves beside the notebook.
    """

    notebook_seconds: float = 600
    output_bytes: int = 50_000_000
    memory_bytes: int = 8 << 30
    file_bytes: int = 200_000_000
    folder_bytes: int = 200_000_000

    def for_process(self) -> dict[str, int]:
        """Return what the operating system enforces: names of `resource` -> bytes."""
        return {"RLIMIT_AS": self.memory_bytes, "RLIMIT_FSIZE": self.file_bytes, "RLIMIT_CORE": 0}
