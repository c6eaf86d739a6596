"""Where the tests find the course: its units, their exercises, and their notebooks."""

import functools
from pathlib import Path

import nbformat

from secondcar.building import unit_names
from secondcar.building.answers import read_answers
from secondcar.building.compiling import compile_exercise
from secondcar.checks.answers_file import FILE_NAME, decode
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds import KINDS
from tests.support.paths import ROOT

UNITS = unit_names(ROOT)


@functools.cache
def written(unit: str) -> dict[str, dict]:
    """Return a unit's exercises as its answers.toml has them, texts filled."""
    return read_answers(answers_path(unit))


@functools.cache
def built(unit: str) -> dict[str, Exercise]:
    """Return a unit's exercises as `check` gets them, from the committed answers.json."""
    return decode((ROOT / "source" / unit / FILE_NAME).read_text(encoding="utf-8"))


def compiled(path: Path, name: str, exercise: dict) -> Exercise:
    """Return one exercise of any answers.toml as `check` gets it; its bank is left to the tests."""
    return compile_exercise(path, name, {**exercise, "bank": {}}, points=1)


def answers_path(unit: str) -> Path:
    return ROOT / "course" / unit / "answers.toml"


def notebook(folder: str, unit: str) -> nbformat.NotebookNode:
    """Read a unit's committed notebook from ``source`` or ``release``."""
    return nbformat.read(ROOT / folder / unit / f"{unit}.ipynb", as_version=4)


ALL_EXERCISES = [(unit, name) for unit in UNITS for name in written(unit)]
# Those that a check judges; the others are written answers, which a person marks.
EXERCISES = [(unit, name) for unit, name in ALL_EXERCISES if not KINDS[written(unit)[name]["kind"]].by_hand]
TEXTS = [(unit, name) for unit, name in ALL_EXERCISES if (unit, name) not in EXERCISES]
