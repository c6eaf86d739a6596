"""Where the tests find the course: its units, their exercises, and their notebooks."""

import ast
import functools
import html
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from secondcar.building.answers import read_answers
from secondcar.building.compiling import compile_exercise
from secondcar.checks.answers_file import FILE_NAME, decode
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds import KINDS
from secondcar.units import unit_names
from tests.support.paths import ROOT

UNITS = unit_names(ROOT / "course", ".py")


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
    made, objections = compile_exercise({**exercise, "bank": {}}, points=1)
    assert made and not objections, f"{path}: {name}: {objections}"
    return made


def answers_path(unit: str) -> Path:
    return ROOT / "course" / unit / "answers.toml"


def notebook(folder: str, unit: str) -> nbformat.NotebookNode:
    """Read a unit's committed notebook from ``source`` or ``release``."""
    return nbformat.read(ROOT / folder / unit / f"{unit}.ipynb", as_version=4)


@dataclass(frozen=True)
class Chart:
    """A chart that a notebook shows: its cell, its alt text, and what its plain text says that it shows."""

    cell: str
    alt: str
    says: str


# What `show` puts out, beside a plain text that begins with the same alt text.
PICTURE = re.compile(r'<img alt="(?P<alt>[^"]*)" src="data:image/png;base64,[^"]+".*>')


def charts(unit: str) -> list[Chart]:
    """Return the charts of a teacher's notebook, having found one for each `show` that its code calls."""
    found, calls = [], 0
    for cell in code_cells("source", unit):
        calls += sum(getattr(node.func, "id", None) == "show" for node in calls_of(cell.source))
        for data in (output.data for output in cell.outputs if "data" in output):
            if data["text/plain"].startswith("Chart: "):
                alt = html.unescape(PICTURE.fullmatch(data["text/html"])["alt"])
                found.append(Chart(cell.id, alt, data["text/plain"].removeprefix(f"Chart: {alt}")))
    assert len(found) == calls
    return found


def code_cells(folder: str, unit: str) -> list[nbformat.NotebookNode]:
    """Return the code cells of a unit's committed notebook; there are some in each."""
    cells = [cell for cell in notebook(folder, unit).cells if cell.cell_type == "code"]
    assert cells
    return cells


def calls_of(code: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]


ALL_EXERCISES = [(unit, name) for unit in UNITS for name in written(unit)]
# Those that a check judges; the others are written answers, which a person marks.
EXERCISES = [(unit, name) for unit, name in ALL_EXERCISES if not KINDS[written(unit)[name]["kind"]].by_hand]
TEXTS = [(unit, name) for unit, name in ALL_EXERCISES if (unit, name) not in EXERCISES]
