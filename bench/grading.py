"""How much time and processor time grading and feedback pages take, with `secondcar` and its peers, and the floor.

    make bench-grading                  # two courses, a class of 12, three rounds
    python -m bench.grading 24 5        # a class of 24, five rounds

In each round every grader grades the same class, one after the other, in a fresh copy of the course; then a class
of one. The difference, divided by the rest of the class, is what one more submission costs; the class of one is what
starting costs. Processor time is that of all processes. The floor runs the cells of the teacher's notebook in a
forked process that has everything imported, with figures drawn, outputs thrown away and nothing graded.
"""

import contextlib
import importlib
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from bench import grading_otter
from secondcar.grading.gradebook.register import register
from secondcar.testing import fill, solutions
from tests.support.grading_courses import PLAIN, make_plain_course, make_tiny_course

ROOT = Path(__file__).parents[1]
UNIT = "02-by-and-to"


@dataclass(frozen=True)
class Course:
    """A course to grade. submitted: its folder of submissions."""

    name: str
    folder: Path
    assignment: str
    submitted: str


@dataclass(frozen=True)
class Cost:
    """Seconds of wall time and of processor time."""

    wall: float
    processor: float

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.wall - other.wall, self.processor - other.processor)

    def __truediv__(self, number: float) -> "Cost":
        return Cost(self.wall / number, self.processor / number)


NBGRADER, OURS = ("nbgrader", "autograde"), ("secondcar", "grade")

# What a course costs somebody, for each submission.
Measure = Callable[[Course], Cost]


def plain_course(folder: Path, learners: int) -> Course:
    """Return a course as any nbgrader course may be: tables, one chart, tests that raise."""
    make_plain_course(folder / "plain", learners)
    return Course("plain nbgrader course", folder / "plain", PLAIN, "submitted")


def our_course(folder: Path, learners: int) -> Course:
    """Return a unit of this course; every other learner is right, the rest left half of it undone."""
    course = folder / "ours"
    shutil.copytree(ROOT / "source" / UNIT, course / "source" / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    released = nbformat.read(ROOT / "release" / UNIT / f"{UNIT}.ipynb", as_version=4)
    right = solutions(nbformat.read(course / "source" / UNIT / f"{UNIT}.ipynb", as_version=4))
    half = dict(list(right.items())[::2])
    for number in range(learners):
        submission = course / "grading" / "submitted" / f"s{number:04}" / UNIT
        submission.mkdir(parents=True)
        nbformat.write(fill(released, half if number % 2 else right), submission / f"{UNIT}.ipynb")
    with contextlib.redirect_stdout(io.StringIO()):
        register(course)
    return Course(f"this course, {UNIT}", course, UNIT, "grading/submitted")


def tiny_course(folder: Path, learners: int) -> Course:
    """Return a course of one exercise that imports nothing: what is left of its cost is starting."""
    make_tiny_course(folder / "tiny", learners)
    return Course("tiny course", folder / "tiny", "tiny", "submitted")


def measure(command: list[str], folder: Path) -> Cost:
    """Run a command in a folder; return what it and its processes took. Raises CalledProcessError if it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - started, processor)


def per_submission(folder: Path, grader: list[str], everyone: list[str], one: list[str], learners: int) -> Cost:
    """Return what one more submission costs a grader. everyone, one: arguments that name the class, and one of it."""
    costs = []
    for who in (everyone, one):
        with tempfile.TemporaryDirectory() as parent:
            copy = Path(parent, "course")
            shutil.copytree(folder, copy)
            costs.append(measure([*grader, *who], copy))
    return (costs[0] - costs[1]) / (learners - 1)


def otter_measures(course: Course, folder: Path, learners: int) -> dict[str, Measure]:
    """Return what measures Otter-Grader with the class of the plain course. If there is no Otter, say why."""
    if reason := grading_otter.why_absent():
        print(f"Otter-Grader is left out: {reason}")
        return {}
    names = grading_otter.make_otter_course(course.folder, folder)
    return {
        name: lambda _, grader=grader: per_submission(folder, grader, names, names[:1], learners)
        for name, grader in grading_otter.GRADERS.items()
    }


def floor(course: Course, learners: int) -> Cost:
    """Return what it costs to run the cells of the teacher's notebook in a process of a fork server."""
    source = course.folder / "source" / course.assignment
    notebook = nbformat.read(source / f"{course.assignment}.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    _import_what_is_needed(code, source)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for _ in range(learners):
        pid = os.fork()
        if pid == 0:
            _run_cells(code, source)
            os._exit(0)
        os.waitpid(pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - started, processor) / learners


def _run_cells(code: list[str], folder: Path) -> None:
    import matplotlib.pyplot as plt

    os.chdir(folder)
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for text in code:
            lines = [line for line in text.splitlines() if not line.startswith("%")]
            with contextlib.suppress(Exception):
                exec("\n".join(lines), space)
            for number in plt.get_fignums():
                plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
            plt.close("all")


def _import_what_is_needed(code: list[str], folder: Path) -> None:
    """Import what the cells import, and the parts of libraries that are imported when a function first needs them."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run_cells(code, folder)
        own = str(folder.resolve())
        found = {
            name
            for name, module in sys.modules.items()
            if not (getattr(module, "__file__", None) or own).startswith(own)
        }
        with open(writing, "w") as names:
            names.write("\n".join(found))
        os._exit(0)
    os.close(writing)
    with open(reading) as names:
        needed = names.read().split()
    os.waitpid(pid, 0)
    for name in needed:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def main(learners: int = 12, rounds: int = 3) -> None:
    """Print the tables."""
    import matplotlib

    matplotlib.use("agg")
    import seaborn  # noqa: F401  the floor's processes find it imported

    def command(program: str, name: str, *options: str) -> Measure:
        grader = [sys.executable, "-m", program, name]
        return lambda course: per_submission(
            course.folder, [*grader, course.assignment, *options], ["--student=*"], ["--student=s0000"], learners
        )

    grading = {
        "nbgrader autograde": command(*NBGRADER),
        "secondcar grade": command(*OURS),
        "  tests in reach, no sandbox": command(*OURS, "--tests-in-reach", "--no-sandbox"),
        "floor": lambda course: floor(course, learners),
    }
    feedback = {
        "nbgrader generate_feedback": command("nbgrader", "generate_feedback"),
        "secondcar feedback": command("secondcar", "feedback"),
    }
    print(f"Seconds a submission; median (lowest-highest) of {rounds} rounds; {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        plain, ours = plain_course(Path(folder), learners), our_course(Path(folder), learners)
        for course, peers in ((plain, otter_measures(plain, Path(folder, "otter"), learners)), (ours, {})):
            print(f"\n{course.name:<32}{'processor':>22}{'wall':>24}{'times less':>18}")
            compare(grading | peers, course, rounds)
            print_parts(course)
            whole_classes(course, learners, rounds)
            grade = [sys.executable, "-m", *OURS, course.assignment]
            measure(grade, course.folder)  # feedback is on what was graded
            compare(feedback, course, rounds)
        whole_classes(tiny_course(Path(folder), learners), learners, rounds)


def whole_classes(course: Course, learners: int, rounds: int) -> None:
    """Print what classes of 2, 5 and all learners cost in all, with the start: nbgrader's seconds beside ours."""
    print(f"\n{'a whole class of ' + course.name:<30}{'processor':>22}{'wall':>24}{'times less':>18}")
    for size, who in ((2, "s000[01]"), (5, "s000[0-4]"), (learners, "*")):
        print(f"  {size} learners")
        compare({" ".join(words): _whole(words, who) for words in (NBGRADER, OURS)}, course, rounds)


def _whole(words: tuple[str, str], who: str) -> Measure:
    def measure_class(course: Course) -> Cost:
        with tempfile.TemporaryDirectory() as parent:
            copy = Path(parent, "course")
            shutil.copytree(course.folder, copy)
            return measure([sys.executable, "-m", *words, course.assignment, f"--student={who}"], copy)

    return measure_class


def compare(measures: dict[str, Measure], course: Course, rounds: int) -> None:
    """Measure all in each round, and print a row for each; the first is nbgrader's."""
    costs = {name: [] for name in measures}
    for _ in range(rounds):
        for name, found in costs.items():
            found.append(measures[name](course))
    stock, *_ = costs.values()
    for name, found in costs.items():
        print(f"  {name:<30}{_spread(found, 'processor')}{_spread(found, 'wall')}", end="")
        print(f"{_ratio(stock, found, 'processor'):>12.1f}{_ratio(stock, found, 'wall'):>8.1f}", flush=True)


def print_parts(course: Course) -> None:
    """Grade the class once more, and print where the processor time of a submission goes."""
    command = [sys.executable, "-m", "secondcar", "grade", course.assignment, "--json"]
    with tempfile.TemporaryDirectory() as parent:  # once graded, a course gives the next measure nothing to do
        copy = shutil.copytree(course.folder, Path(parent, "course"))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    learners = [outcome["processor"] for outcome in json.loads(done.stdout)["outcomes"]]
    parts = {part: statistics.mean(learner[part] for learner in learners) for part in learners[0]}
    total = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(learners)
    parts["sandboxes, start and all else"] = total - sum(parts.values())
    print("    of which:", ", ".join(f"{part} {seconds:.3f}" for part, seconds in parts.items()), flush=True)


def _spread(costs: list[Cost], of: str) -> str:
    values = [getattr(cost, of) for cost in costs]
    return f"{statistics.median(values):>9.3f} ({min(values):.3f}-{max(values):.3f})".rjust(24)


def _ratio(stock: list[Cost], costs: list[Cost], of: str) -> float:
    """Return how many times less than nbgrader's a cost is: the median of the rounds."""
    return statistics.median(getattr(a, of) / getattr(b, of) for a, b in zip(stock, costs, strict=True))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
