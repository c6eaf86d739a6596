"""What a notebook held when it was handed out: its cells, in order, as nbgrader grades them."""

import ast
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.preprocessors.clearmarkingscheme import ClearMarkScheme
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from traitlets.config import Config

from secondcar.grading.judging.cell_code import (
    bound_names,
    definitions_of,
    imports_in,
    names_needed,
    names_used,
    parse_cell,
)


@dataclass(frozen=True)
class Released:
    """One cell of a notebook that was handed out.

    Attributes:
        cell: as nbgrader grades it: hidden tests and mark schemes in, solutions out, nbgrader's metadata complete.
        visible: the text the learner was given.
        solved: the teacher's own text.
    """

    cell: NotebookNode
    visible: str
    solved: str = ""

    @cached_property
    def binds(self) -> frozenset[str]:
        """The names that it gives a meaning, here or when a learner has done what is asked."""
        if self.cell.cell_type != "code":
            return frozenset()
        return code_of(self.visible).binds | code_of(self.solved).binds

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names that it needs or gives."""
        return code_of(self.cell.source).uses if self.cell.cell_type == "code" else frozenset()

    @cached_property
    def name(self) -> str:
        """The cell's grade_id, or an empty name for a cell that is not one of nbgrader's."""
        return grade_id(self.cell) or ""

    @cached_property
    def is_answer(self) -> bool:
        return is_solution(self.cell)

    @cached_property
    def is_marked_by_hand(self) -> bool:
        return is_grade(self.cell) and is_solution(self.cell)

    @cached_property
    def is_check(self) -> bool:
        return is_grade(self.cell) and not is_solution(self.cell)

    @cached_property
    def is_task(self) -> bool:
        return is_task(self.cell)

    @cached_property
    def is_set_up(self) -> bool:
        return self.cell.cell_type == "code" and self.is_locked and not self.is_check

    @cached_property
    def is_locked(self) -> bool:
        return is_locked(self.cell)


@dataclass(frozen=True)
class Code:
    """What the text of a code cell says about its names.

    Attributes:
        binds: those it gives a meaning, or takes one from.
        defines: of these, imports, functions and classes.
        uses: all names.
        needs: those it takes from cells above it.
        imports: the names that only imports give a meaning, each with what it stands for.
        readable: whether it is Python.
    """

    binds: frozenset[str] = frozenset()
    defines: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    imports: frozenset[tuple[str, str]] = frozenset()
    readable: bool = True


@lru_cache(4096)
def code_of(text: str) -> Code:
    """Return what a text says as a code cell.

    >>> sorted(code_of("import math\\nhalf = whole / 2").binds)
    ['half', 'math']
    """
    try:
        module = parse_cell(text)
        stars = {"*" for part in ast.walk(module) if isinstance(part, ast.alias) and part.name == "*"}
        return Code(
            frozenset(bound_names(module) | stars),
            frozenset(bound_names(definitions_of(module))),
            frozenset(names_used(module)),
            frozenset(names_needed(module)),
            frozenset(imports_in(module)),
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Code(readable=False)


def read_released(course: CourseDirectory, assignment: str, notebook: str) -> list[Released]:
    """Return the cells of a notebook of an assignment that is in the gradebook.

    Raises FileNotFoundError if its source notebook is gone, and nbgrader's MissingEntry if it was never
    registered.
    """
    path = Path(course.format_path(course.source_directory, ".", assignment), f"{notebook}.ipynb")
    if not path.is_file():
        raise FileNotFoundError(
            f"{path.relative_to(course.root)} is missing, and submissions of {assignment} cannot be repaired "
            "without it: put it back, then grade again."
        )
    with Gradebook(course.db_url) as gradebook:
        registered = {
            cell.name: (cell.source, cell.checksum)
            for cell in gradebook.find_notebook(notebook, assignment).source_cells
        }
    settings = {name: course.config.get(name, {}) for name in ("ClearHiddenTests", "ClearMarkScheme")}
    return _read(path.read_text(encoding="utf-8-sig"), json.dumps(registered), json.dumps(settings))


@lru_cache(8)  # a class has one
def _read(text: str, registered: str, settings: str) -> list[Released]:
    known = json.loads(registered)
    # The gradebook has the text that counts, but not the order of the cells; the source has the order.
    cells, solved = [], []
    for cell in nbformat.reads(text, as_version=4).cells:
        name, own = grade_id(cell), cell.source
        if name in known:
            cell.source, cell.metadata.nbgrader.checksum = known[name]
            cell.metadata.nbgrader.cell_type = cell.cell_type
        if name is None or name in known:
            cells.append(cell)
            solved.append(own)
    visible = _visible_texts(cells, Config(json.loads(settings)))
    return [Released(*item) for item in zip(cells, visible, solved, strict=True)]


def _visible_texts(cells: list[NotebookNode], config: Config) -> list[str]:
    copy = nbformat.from_dict(nbformat.v4.new_notebook(cells=cells))
    for clear in (ClearHiddenTests(config=config), ClearMarkScheme(config=config)):
        copy, _ = clear.preprocess(copy, {})
    return [cell.source for cell in copy.cells]


def grade_id(cell: NotebookNode) -> str | None:
    """Return the name nbgrader knows the cell by, or None if it has none that can be read."""
    settings = cell.metadata.get("nbgrader")
    name = settings.get("grade_id") if isinstance(settings, dict) else None
    return name if isinstance(name, str) else None
