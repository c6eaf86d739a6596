"""How well grading on a Dask cluster uses its workers: 1, 2 and 4 of them, on this machine.

    make bench-cluster
    python -m bench.grading_cluster 40      # a class of 40

Two classes are graded. The notebooks of the first compute: no more workers can help than there are cores. Those of the
second sleep, and need no core: what is lost there is lost by the scheduler, by what travels, and by the one process
that writes. Efficiency is the rate with N workers, divided by N times the rate with one. The rate is that between the
moments when every worker has begun and when the first may have no more to do.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from distributed import Client

from secondcar.grading.grade import grade
from tests.support.dask_cluster import scheduler, workers
from tests.support.grading_courses import hand_in_tiny, make_tiny_course

ANSWERS = {
    "computing for about a second": "x = 2; sum(i * i for i in range(10**7))",
    "sleeping for two seconds": "import time; x = 2; time.sleep(2)",
}
NUMBERS = (1, 2, 4)


def rate(course: Path, address: str, number: int) -> float:
    """Return how many submissions a second this many workers grade."""
    moments = []
    summary = grade(
        ["tiny", "--force"],
        modules=("json",),
        scheduler=address,
        on_outcome=lambda *outcome: moments.append(time.perf_counter()),
    )
    if summary.failed:
        sys.exit(f"Not graded: {summary.failed}")
    inner = moments[2 * number : -number]
    return (len(inner) - 1) / (inner[-1] - inner[0])


def main(students: int = 40) -> None:
    """Print the table."""
    print(f"{students} submissions, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder, scheduler(Path(folder)) as address:
        for name, answer in ANSWERS.items():
            course = Path(folder, name.split()[0])
            course.mkdir()
            make_tiny_course(course, 0)
            for student in range(students):
                hand_in_tiny(course, f"s{student:04}", answer)
            os.chdir(course)
            alone = None
            print(f"\n{name:<32}workers   a second   efficiency")
            for number in NUMBERS:
                with (
                    workers(Path(folder, f"workers{number}"), address, number),
                    Client(address, set_as_default=False) as client,
                ):
                    client.wait_for_workers(number)
                    found = rate(course, address, number)
                    alone = alone or found
                    print(f"{number:>39}{found:>11.2f}{found / alone / number:>13.0%}", flush=True)
            os.chdir(folder)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
