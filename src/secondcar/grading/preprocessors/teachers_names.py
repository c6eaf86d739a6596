"""Gives checks back the teacher's names that a learner gave another meaning, as in `check = 7`.

Each check that needs some of them then stands between a cell that puts the old meanings back and one that puts the
learner's back. All other checks find what the learner's own functions find, as with nbgrader.
"""

import ast
import builtins
from collections.abc import Iterable, Mapping, Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from secondcar.grading.judging.cell_code import names_used, parse_cell
from secondcar.grading.preprocessors.merged import same_text
from secondcar.grading.preprocessors.released import Code, Released, code_of, grade_id

_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))

_KEEP = """\
# Kept for the checks: a cell below gives {listed} another meaning.
_teachers = globals().get("_teachers", {{}})
_teachers |= {{one: globals()[one] for one in {names!r} if one in globals()}}"""
_BEFORE = """\
# {listed} as the check needs it.
_learners = {{one: globals().pop(one) for one in {names!r} if one in globals()}}
globals().update({{one: was for one, was in globals().get("_teachers", {{}}).items() if one in {names!r}}})"""
_AFTER = """\
# {listed} as you had it.
_teachers, _ = globals().get("_teachers", {{}}), [globals().pop(one, None) for one in {names!r}]
globals().update(_learners)"""


def put_names_back(
    cells: Sequence[NotebookNode], released: Sequence[Released], answers: frozenset[str]
) -> tuple[list[NotebookNode], list[str]]:
    """Return the cells, with more of them if names have to be put back; and those names.

    answers: names that are the learner's to give a meaning.
    """
    texts = [item.visible for item in released if item.cell.cell_type == "code" and not item.is_answer]
    defined = frozenset[str]().union(*(code_of(text).defines for text in texts))
    teachers = (defined | _BUILTINS) - answers
    imports = _imported_as_one_thing([code_of(text) for text in texts])
    own = [cell for cell in cells if cell.cell_type == "code" and not any(same_text(cell.source, t) for t in texts)]
    names = sorted(
        teachers
        & frozenset[str]().union(*(_changed_by(code_of(cell.source), imports) - _given(cell, released) for cell in own))
    )
    uses = _uses_of(texts)
    checks = [item for item in released if item.is_check and item.cell.cell_type == "code"]
    needed = {item.name: sorted(_reached(item.uses, uses) & set(names)) for item in checks}
    names = sorted(frozenset().union(*needed.values()))
    if not names:
        return list(cells), []
    told = _told(names)
    shown: list[NotebookNode] = []
    for cell in cells:
        if back := needed.get(grade_id(cell) or ""):
            shown += [new_code_cell(_BEFORE.format(**_told(back))), cell, new_code_cell(_AFTER.format(**_told(back)))]
        elif cell.cell_type == "code" and cell not in own and code_of(cell.source).defines & set(names):
            shown += [cell, new_code_cell(_KEEP.format(**told))]
        else:
            shown.append(cell)
    return shown, names


def _told(names: Sequence[str]) -> dict[str, object]:
    return {"listed": ", ".join(names), "names": tuple(names)}


def _uses_of(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the functions and classes that cells define, each with the names that it uses."""
    parts = [part for text in texts if code_of(text).readable for part in parse_cell(text).body]
    defined = [part for part in parts if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    return {part.name: frozenset(names_used(ast.Module([part], []))) for part in defined}


def _reached(names: frozenset[str], uses: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return names, and those that they use, and so on. uses: functions and classes, each with what it uses."""
    found, new = names, names
    while new:
        new = frozenset().union(*(uses.get(name, frozenset()) for name in new)) - found
        found |= new
    return found


def _imported_as_one_thing(teachers: Sequence[Code]) -> dict[str, str]:
    """Return the names that the teacher's cells import and define in no other way, each with what it stands for."""
    found: dict[str, set[str]] = {}
    for code in teachers:
        imported = dict(code.imports)
        for name in code.defines:
            found.setdefault(name, set()).add(imported.get(name, ""))
    return {name: path for name, (path, *others) in found.items() if path and not others}


def _changed_by(code: Code, teachers: dict[str, str]) -> frozenset[str]:
    """Return the names that a cell may give another meaning: not those that it imports as the teacher does."""
    others = {name for name, path in code.imports if teachers.get(name) != path}
    return code.binds - ({name for name, _ in code.imports} - others)


def _given(cell: NotebookNode, released: Sequence[Released]) -> frozenset[str]:
    """Return the names that a cell gave a meaning when it was handed out: a learner may import more in it."""
    same = (item for item in released if "id" in cell and cell.id == item.cell.get("id"))
    return next((code_of(item.visible).binds for item in same), frozenset())
