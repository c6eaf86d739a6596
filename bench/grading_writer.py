"""How many results a second go into a course: rows into the gradebook, files into autograded/.

    make bench-writer
    python -m bench.grading_writer 5000      # 5,000 results

One submission of a plain nbgrader course is graded, its result is multiplied under other names, and the writer
writes the lot in batches: as first submissions, then again as if each had been handed in anew. Nothing else runs.
"""

import os
import sys
import tempfile
import time
import uuid
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Gradebook

from secondcar.grading import assignment
from secondcar.grading.gradebook.writer import Writer
from secondcar.grading.isolation.sandbox import find_sandbox
from secondcar.grading.kernel.fork_server import ForkServer
from secondcar.grading.limits import Limits
from secondcar.grading.records import GradingOptions, GradingResult
from secondcar.grading.workers.submission import grade_submission
from tests.support.grading_courses import PLAIN, make_plain_course

BATCHES = (1, 10, 50)


def grade_one(converter, bundle) -> GradingResult:
    """Return the result of the course's one submission."""
    ((student, folder),) = assignment.find_submissions(converter).items()
    submission = assignment.read_submission_files(converter, student, folder, bundle.limits, {})
    with ForkServer(sandbox=find_sandbox().kind) as fork_server:
        return grade_submission(bundle, submission, {}, fork_server.address)


def of_student(result: GradingResult, student: str) -> GradingResult:
    """Return the same result as another student's, with ids of its own."""
    ids = {row["id"]: uuid.uuid4().hex for rows in result.rows.values() for row in rows}
    ids[result.student] = student
    rows = {
        name: [{column: ids.get(value, value) for column, value in row.items()} for row in some]
        for name, some in result.rows.items()
    }
    return replace(result, student=student, rows=rows)


def write(writer: Writer, results: list[GradingResult], batch: int) -> tuple[float, float]:
    """Write all results. Return how many a second, and the processor time of each, in milliseconds."""
    started, used = time.perf_counter(), time.process_time()
    for first in range(0, len(results), batch):
        writer.write(results[first : first + batch])
    seconds, used = time.perf_counter() - started, time.process_time() - used
    return len(results) / seconds, used * 1000 / len(results)


def main(number: int = 1000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        make_plain_course(Path(folder), students=1)
        os.chdir(folder)
        converter = assignment.load_converter([PLAIN])
        course = converter.coursedir
        with Gradebook(course.db_url, course.course_id) as gradebook:
            bundle = assignment.read_bundle(converter, gradebook.engine, GradingOptions(), Limits())
            result = grade_one(converter, bundle)
            writer = Writer(converter, gradebook.engine, bundle.rows, Path(folder, "scratch"))
            kilobytes = sum(map(len, result.files.values())) / 1000
            rows = sum(map(len, result.rows.values()))
            print(f"{number} results a line, each of {rows} rows and {len(result.files)} files with {kilobytes:.0f} kB")
            print("results a batch   first: a second, processor ms   again: a second, processor ms")
            for batch in BATCHES:
                results = [of_student(result, f"b{batch}-{count:06}") for count in range(number)]
                rates = [*write(writer, results, batch), *write(writer, results, batch)]
                print("{:>15}{:>17.0f}{:>14.1f}{:>17.0f}{:>14.1f}".format(batch, *rates), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
