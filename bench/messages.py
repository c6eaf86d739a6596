"""How often a wrong answer is told something about itself, beside peers, on the same answers: `make bench-messages`.

``wrong_answers.jsonl`` holds answers written by people who saw only ``release/``, each with what went wrong in it. Each
is run where a learner would run it, below all cells above its exercise. What counts is a message of its own: one that
would not be the same for any other wrong answer. Whether it fits is for a reader to say; README.md has that figure.

An assert as teachers write it in nbgrader's test cells is run. JupyterQuiz and learntools are modelled by what their
code does: the one answers in a browser, the other needs an exercise written for it. Both are told all mistakes that our
exercises list.
"""

import contextlib
import io
import json
import math
import numbers
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat

import secondcar
from secondcar.checks import judge, stopped
from secondcar.checks.answers_file import decode, variable_of
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds.choice import Choice
from secondcar.checks.kinds.function import Function
from secondcar.checks.kinds.number import Number
from secondcar.checks.kinds.table import Table
from secondcar.note_format import CANNOT_READ, RIGHT

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ROOT / "bench" / "wrong_answers.jsonl"
# What we say of an answer that nothing is known about.
GENERAL = ("Check what is compared with what", "It is not right for any case yet", "What do its words say?")

# Takes the exercise, the answer, and why its cell stopped, "" if it did not; returns whether a message is its own.
Tells = Callable[[Exercise[Any], object, str], bool]


def world(unit: str, exercise: str) -> dict[str, Any]:
    """Return the names that a notebook holds above an exercise, the answers to those before it being right."""
    names: dict[str, Any] = {"__name__": "__main__"}
    notebook = nbformat.read(ROOT / "source" / unit / f"{unit}.ipynb", 4)
    with contextlib.chdir(ROOT / "release" / unit):
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise:
                break
            if cell.cell_type == "code" and not cell.source.startswith(("check(", "hint(")):
                with contextlib.suppress(Exception):
                    exec(compile(cell.source, unit, "exec"), names)
                plt.close("all")
    return names


def ours(exercise: Exercise[Any], value: object, why: str) -> bool:
    if why:
        return True
    verdict = judge(exercise, value)
    return bool(verdict.mistake) or verdict.state == CANNOT_READ or not any(g in verdict.message for g in GENERAL)


def asserts(exercise: Exercise[Any], value: object, why: str) -> bool:
    """Return whether Python itself said something: an assert says only that it failed."""
    return bool(why)


def learntools(exercise: Exercise[Any], value: object, why: str) -> bool:
    """Return whether learntools would say more than "Incorrect value for variable", or show the right result."""
    if why or (isinstance(exercise, Number) and not isinstance(value, numbers.Number)):
        return True
    if isinstance(exercise, Function):
        return callable(value)  # it names the input and what it expects there, or that None came back
    if isinstance(exercise, Table):
        columns = {exercise.key, *exercise.columns}
        return len(getattr(value, "index", ())) != len(exercise.rows) or set(getattr(value, "columns", ())) != columns
    return False


def jupyterquiz(exercise: Exercise[Any], value: object, why: str) -> bool:
    """Return whether a quiz would show the feedback that its author wrote for exactly this number or option."""
    if why:
        return False  # nothing runs in a quiz
    listed = [mistake.value for mistake in exercise.mistakes]
    if isinstance(exercise, Number) and isinstance(value, numbers.Real):
        return any(math.isclose(value, known, rel_tol=5e-4) for known in listed)
    return isinstance(exercise, Choice) and isinstance(exercise.answer, str) and value in listed


PEERS: Mapping[str, Tells] = {
    "ours": ours,
    "assert": asserts,
    "learntools (modelled)": learntools,
    "JupyterQuiz (modelled)": jupyterquiz,
}


def told(answers: Path = ANSWERS) -> tuple[int, Counter[str]]:
    """Return how many answers are wrong, and peer -> how many of them it tells something of its own."""
    secondcar.show = lambda *_, **__: plt.close("all")  # nobody looks
    worlds: dict[tuple[str, str], dict[str, Any]] = {}
    counts, wrong = Counter[str](), 0
    for row in map(json.loads, answers.read_text(encoding="utf-8").splitlines()):
        place = row["unit"], row["exercise"]
        exercise = decode((ROOT / "release" / row["unit"] / "answers.json").read_text("utf-8")).get(row["exercise"])
        if exercise is None:
            continue  # the course asks something else now
        names, why = dict(worlds.get(place) or worlds.setdefault(place, world(*place))), ""
        try:
            with contextlib.chdir(ROOT / "release" / row["unit"]):
                exec(compile(row["code"], "answer", "exec"), names)
        except Exception as error:
            why = stopped.describe(error, row["code"])
        value = names.get(variable_of(row["exercise"]), ...)
        if not why and judge(exercise, value).state == RIGHT:
            continue
        wrong += 1
        counts.update(peer for peer, tells in PEERS.items() if tells(exercise, value, why))
    return wrong, counts


def main() -> None:
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        wrong, counts = told()
    print(f"{wrong} wrong answers; told something of its own:")
    for peer in PEERS:
        print(f"  {peer:24} {counts[peer]:4}  {counts[peer] / wrong:.0%}")


if __name__ == "__main__":
    main()
