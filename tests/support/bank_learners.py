"""Learners who answer each exercise with an entry of its bank, and the marks that the live check announces."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import seaborn as sns
from nbformat import NotebookNode

from secondcar.building.answers import read_answers
from secondcar.building.expressions import evaluate
from secondcar.checks import judge
from secondcar.checks.answers_file import decode, variable_of
from secondcar.checks.exercise import Exercise
from secondcar.testing import fill, solutions
from tests.support.paths import ROOT

NAMES = (
    "import math\nfrom math import inf\nfrom decimal import Decimal\nfrom fractions import Fraction\n"
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nimport seaborn as sns\n"
    "import seaborn.objects as so\nfrom secondcar.charts import set_alt_text\nfrom secondcar.data import claim, fact\n"
)


@dataclass(frozen=True)
class Learner:
    """What a learner hands in, and exercise -> the marks that are due."""

    notebook: NotebookNode
    due: Mapping[str, float]


def as_cell(exercise: str, entry: str) -> str:
    """Return the source of a solution cell that gives a bank entry as the answer."""
    name = variable_of(exercise)
    if entry.lstrip().startswith("def "):
        return f"{NAMES}{entry}\n{name} = {ast.parse(entry).body[-1].name}"
    return f"{NAMES}{name} = {entry}"


def judged_exercises(unit: str) -> dict[str, Exercise[Any]]:
    """Return the exercises that a check judges; nobody marks the written answers here."""
    exercises = decode((ROOT / "source" / unit / "answers.json").read_text(encoding="utf-8"))
    return {name: exercise for name, exercise in exercises.items() if not exercise.by_hand}


def released(unit: str) -> NotebookNode:
    """Return a unit as it is handed out."""
    return nbformat.read(ROOT / "release" / unit / f"{unit}.ipynb", as_version=4)


def solved(unit: str) -> NotebookNode:
    """Return a unit with the teacher's answers."""
    return fill(released(unit), solutions(nbformat.read(ROOT / "source" / unit / f"{unit}.ipynb", as_version=4)))


def learners_of(unit: str, most: int | None = None) -> Iterator[tuple[str, Learner]]:
    """Yield the name of each learner, and the learner: all entries of every bank are among their answers.

    most: of each kind of entry; the first and the last are among them.
    """
    exercises, answers = judged_exercises(unit), read_answers(ROOT / "course" / unit / "answers.toml")
    for kind in ("right", "wrong"):
        banks = {name: answers[name]["bank"][kind] for name in exercises}
        places = range(max(map(len, banks.values())))
        for place in places if most is None else [*places[: most - 1], -1]:
            entries = {name: bank[place % len(bank) if place >= 0 else place] for name, bank in banks.items()}
            cells = {name: as_cell(name, entry) for name, entry in entries.items()}
            yield f"{kind}-{place}", Learner(fill(released(unit), cells), _due(exercises, entries))


def _due(exercises: Mapping[str, Exercise[Any]], entries: Mapping[str, str]) -> dict[str, float]:
    # A chart that names no colours has those of the theme, which each unit that draws sets so.
    with plt.rc_context():
        sns.set_theme(style="whitegrid")
        verdicts = {name: judge(exercise, evaluate(entries[name])) for name, exercise in exercises.items()}
    return {name: round(verdict.share * exercises[name].points, 2) for name, verdict in verdicts.items()}


def hand_in(course: Path, learner: str, unit: str, notebook: NotebookNode) -> None:
    """Write a submission where this course keeps them."""
    folder = course / "grading" / "submitted" / learner / unit
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{unit}.ipynb")
