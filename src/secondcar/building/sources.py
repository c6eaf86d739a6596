"""A course as its authors wrote it: its units, their cells and tables, and on which line each thing stands."""

import contextlib
import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from secondcar.building import keys
from secondcar.building.errors import BuildError, Fault, Faults, refuse
from secondcar.checks.answers_file import variable_of
from secondcar.data.places import FOLDER as DATA_FOLDER
from secondcar.data.places import own_tables
from secondcar.units import unit_names

GLOSSARY, GUIDE, MISCONCEPTIONS, OPTIONS = "glossary.md", "teaching.md", "misconceptions.toml", "options.toml"
_MARKER = re.compile(r"^# %%")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^(\"[^\"]+\"|'[^']+'|[\w-]+)\s*=")
SOLUTION_START, SOLUTION_END = "### BEGIN SOLUTION", "### END SOLUTION"
CHECK_SUFFIX = "-check"


@dataclass(frozen=True)
class SourceCell:
    """One cell of a percent-format notebook.

    Attributes:
        line: where its ``# %%`` stands in the file.
        kind: "markdown" or "code".
        source: its text.
        nbgrader: what it says to nbgrader; empty if nothing.
        tags: its tags.
        marker: its ``# %%`` line.
        position: its place among the cells, from 0.
    """

    line: int
    kind: str
    source: str
    nbgrader: dict[str, Any]
    tags: Sequence[str]
    marker: str
    position: int

    @property
    def id(self) -> str:
        """The id that the cell gets in the notebook."""
        return str(self.nbgrader.get("grade_id") or f"cell-{self.position + 1:03d}")

    @property
    def is_solution(self) -> bool:
        return bool(self.nbgrader.get("solution"))

    @property
    def is_check(self) -> bool:
        return bool(self.nbgrader.get("grade"))

    @property
    def is_task(self) -> bool:
        """Return whether it asks for a written answer, which is marked by hand."""
        return bool(self.nbgrader.get("task"))

    @property
    def exercise(self) -> str:
        """The id of the exercise that a solution, a graded cell or a task belongs to."""
        return self.id.removesuffix(CHECK_SUFFIX)

    def line_of(self, line: int) -> int:
        """Return the line of the file on which a line of the source, from 0, stands."""
        return self.line + 1 + line


def read_cells(script: str) -> list[SourceCell]:
    """Return the cells of a percent-format notebook.

    >>> [cell.line for cell in read_cells("# %% [markdown]\\n# # Title\\n\\n# %%\\nx = 5\\n")]
    [1, 4]
    """
    import jupytext  # only the build needs it, and not what reads answers alone

    lines = script.splitlines()
    markers = [number for number, line in enumerate(lines, start=1) if _MARKER.match(line)]
    cells = jupytext.reads(script, fmt="py:percent").cells
    # Code may stand before the first marker.
    places = [0] * (len(cells) - len(markers)) + markers
    return [
        SourceCell(
            line=line,
            kind=cell.cell_type,
            source=cell.source,
            nbgrader=_as_dict(cell.metadata.get("nbgrader")),
            tags=tuple(cell.metadata.get("tags", ())),
            marker=lines[line - 1] if line else "",
            position=position,
        )
        for position, (cell, line) in enumerate(zip(cells, places, strict=False))
    ]


def check_call(exercise: str) -> str:
    """Return what the graded cell of an exercise holds.

    >>> check_call("units-2017-by")
    'check("units-2017-by", units_2017_by)'
    """
    return f'check("{exercise}", {variable_of(exercise)})'


def _as_dict(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Lines:
    """On which line of a TOML file each table and each key stands.

    >>> lines = Lines.of('[undo-by]\\nask = "How many?"\\n\\n[[undo-by.mistakes]]\\nid = "by"\\n')
    >>> lines.find("undo-by"), lines.find("undo-by", "ask"), lines.find("undo-by", "mistakes", 0, "id")
    (1, 2, 5)
    """

    places: dict[tuple[object, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Lines":
        """Read the lines of a file."""
        places: dict[tuple[object, ...], int] = {}
        tables: Counter[str] = Counter()
        path: tuple[object, ...] = ()
        for number, line in enumerate(text.splitlines(), start=1):
            header, key = _HEADER.match(line), _KEY.match(line)
            if header and not key:
                name = header[1]
                path = tuple(part.strip().strip("\"'") for part in name.split("."))
                if line.lstrip().startswith("[["):
                    path = (*path, tables[name])
                    tables[name] += 1
                places.setdefault(path, number)
            elif key:
                places.setdefault((*path, key[1].strip("\"'")), number)
        return cls(places)

    def find(self, *path: object) -> int:
        """Return the line of a table or key, or of what it stands in; 0 if none of them is found."""
        return next((self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places), 0)


class Answers:
    """An answers.toml.

    Args:
        path: where it lies.
        name: what faults call it.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name

    @functools.cached_property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What the file says, as it stands there.

        Raises:
            BuildError: it cannot be read.
        """
        return read_toml(self.path, self.name)

    @functools.cached_property
    def _objections(self) -> list[tuple[list[str | int], keys.Objection]]:
        return list(keys.objections(self.tables))

    def faults(self) -> Faults:
        """Yield what its tables lack, or have in excess."""
        for path, (what, fix) in self._objections:
            name, *rest = path or ["?"]
            yield Fault(self.name, self.line(*path), f"exercise {name}{keys.place(rest)}: {what}", fix)

    @property
    def sound(self) -> dict[str, dict[str, Any]]:
        """The valid tables: the other rules may rely on their keys."""
        broken = {str(path[0]) for path, _ in self._objections if path}
        return {name: table for name, table in self.tables.items() if name not in broken}

    @functools.cached_property
    def _lines(self) -> Lines:
        return Lines.of(self.path.read_text(encoding="utf-8"))

    def line(self, *path: object) -> int:
        """Return the line on which a table or key stands."""
        return self._lines.find(*path)


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """Return what a TOML file says.

    Args:
        path: where it lies.
        name: what faults call it.

    Raises:
        BuildError: it is missing, or neither UTF-8 nor TOML.
    """
    refuse(unreadable(path, name))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        told = re.fullmatch(r"(.*?) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        reason, line = (told[1], int(told[2] or 0)) if told else (str(error), 0)
        what = f"the file cannot be read as TOML ({reason[:1].lower()}{reason[1:]})"
        raise BuildError([Fault(name, line, what, "Correct it there")]) from error


def unreadable(path: Path, name: str) -> Faults:
    """Yield a fault if a text file is missing, or is not UTF-8."""
    if not path.is_file():
        yield Fault(name, 0, "the file is missing", "Write it, or put it back")
        return
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault(name, content.count(b"\n", 0, error.start) + 1, "the file is not UTF-8 text", "Save it as UTF-8")


class Unit:
    """One unit: its notebook, its answers, and the files beside them.

    Args:
        course: the folder ``course/``.
        name: the unit's name.
    """

    def __init__(self, course: Path, name: str) -> None:
        self.course, self.name = course, name
        self.folder = course / name
        self.script_path = self.folder / f"{name}.py"
        # As faults name it.
        self.script = f"course/{name}/{name}.py"
        self.answers = Answers(self.folder / "answers.toml", f"course/{name}/answers.toml")

    @functools.cached_property
    def cells(self) -> list[SourceCell]:
        return read_cells(self.script_path.read_text(encoding="utf-8"))

    @property
    def points(self) -> dict[str, float]:
        """Exercise id -> the points of its graded cell or its task."""
        worth = [(cell.exercise, cell.nbgrader.get("points")) for cell in self.cells if cell.is_check or cell.is_task]
        return {name: points for name, points in worth if isinstance(points, int | float)}

    @functools.cached_property
    def is_readable(self) -> bool:
        """Return whether its notebook and its answers can be read at all."""
        with contextlib.suppress(BuildError):
            return not list(unreadable(self.script_path, self.script)) and self.answers.tables is not None
        return False

    @property
    def brings_tables(self) -> bool:
        """Return whether its course brings claims, facts and sources of its own, to hand out beside the notebook."""
        return own_tables(self.course) is not None

    def other_files(self) -> list[Path]:
        """Return the files that are neither its notebook nor its answers; hidden ones do not count."""
        own = {self.script_path, self.answers.path}
        return [
            path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path not in own and not _is_hidden(path.relative_to(self.folder))
        ]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


class Course:
    """A course: its units, and the pages that belong to all of them.

    Args:
        root: its folder, which holds ``course/``.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "course"

    @functools.cached_property
    def units(self) -> list[Unit]:
        """The units in their order."""
        return [Unit(self.folder, name) for name in unit_names(self.folder, ".py")]

    @property
    def data(self) -> Path:
        return self.folder / DATA_FOLDER

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each page that is there: the glossary and the teacher's guide."""
        for name in (GLOSSARY, GUIDE):
            if (self.folder / name).is_file():
                yield name, (self.folder / name).read_text(encoding="utf-8")
