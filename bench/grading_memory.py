"""How much memory grading a class of 2,000 takes as it goes on, and how fast the class is graded.

    make bench-memory
    python -m bench.grading_memory 300      # a smaller class

The notebooks are tiny: what is measured is the machinery. Every few seconds the memory of the grader, its workers,
their fork server and all notebooks is added up as PSS: memory that processes share counts once. A line is printed for
each tenth of the class.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.grading_courses import make_tiny_course

_LINES = 10
_LOOK_SECONDS = 2


def megabytes_of_family(process: int) -> float:
    """Return the PSS of a process, everything it started, and everything those started."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    family, kilobytes = {process}, 0
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    for pid in family:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return kilobytes / 1000


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def look(course: Path) -> Iterator[tuple[int, float, float]]:
    """Grade a course; yield from time to time how many are graded, the seconds so far, and the megabytes."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "secondcar", "grade", "tiny"]
    run = subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL)
    while run.poll() is None:
        time.sleep(_LOOK_SECONDS)
        graded = len(list(course.glob("autograded/*/tiny")))
        yield graded, time.perf_counter() - started, megabytes_of_family(run.pid)
    if run.returncode:
        sys.exit(f"Grading ended with exit code {run.returncode}.")


def main(students: int = 2000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        make_tiny_course(course, students)
        print(f"{students} submissions, {os.cpu_count()} cores; the first line holds the start")
        print("  graded  a second  MB, most at a time")
        told, told_at, most = 0, 0.0, 0.0
        for graded, seconds, megabytes in look(course):
            most = max(most, megabytes)
            if graded - told >= students / _LINES or graded == students > told:
                print(f"{graded:>8}{(graded - told) / (seconds - told_at):>10.1f}{most:>19.0f}", flush=True)
                told, told_at, most = graded, seconds, 0.0
        print(f"{seconds:.0f} s in all")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
