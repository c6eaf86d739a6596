"""Every small change of a solution is refused, or is listed as still right, with its reason.

The teacher's notebook runs here cell by cell; at each solution cell its mutants run in copies of the names so far.
"""

import ast
import contextlib
import copy
import functools
import io
import warnings
from dataclasses import dataclass

import matplotlib
import nbformat
import pandas as pd
import pytest

from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.building.sources import CHECK_SUFFIX
from secondcar.checks import judge
from secondcar.checks.kinds.table import Table
from tests.support.course_files import EXERCISES, built, notebook, written
from tests.support.mutants import code_mutants
from tests.support.paths import ROOT


@dataclass(frozen=True)
class Attempt:
    """A solution cell, the names that it finds, and the name that its check reads."""

    cell: str
    namespace: dict
    checked: str


@functools.cache
def attempts(unit: str) -> dict[str, Attempt]:
    """Run a unit's notebook and return exercise id -> its attempt."""
    matplotlib.use("Agg")
    found, namespace = {}, {"__name__": "__main__"}
    cells = [cell for cell in notebook("source", unit).cells if cell.cell_type == "code"]
    checked = {grade_id(cell): checked_name(cell.source) for cell in cells if grade_id(cell).endswith(CHECK_SUFFIX)}
    with contextlib.chdir(ROOT / "source" / unit):
        for cell in cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                name = grade_id(cell)
                found[name] = Attempt(cell.source, copied(namespace), checked[name + CHECK_SUFFIX])
            if SHOWS_AN_ERROR not in cell.metadata.get("tags", []):
                run(cell.source, namespace)
    return found


def grade_id(cell: nbformat.NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def checked_name(source: str) -> str:
    """Return the second argument of the cell's ``check("id", name)``."""
    call = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.func.id == "check")
    return call.args[1].id


def run(code: str, namespace: dict) -> None:
    """Run code without letting it show anything."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(code, namespace)


def copied(namespace: dict) -> dict:
    """Copy names and the tables and collections behind them, which a cell may change in place."""
    kinds = (pd.DataFrame, pd.Series, list, dict, set)
    return {
        name: copy.deepcopy(value) if isinstance(value, kinds) and name != "__builtins__" else value
        for name, value in namespace.items()
    }


def result(code: str, attempt: Attempt) -> object:
    """Return what the check would read after this code; a cell that fails leaves the three dots."""
    namespace = copied(attempt.namespace)
    try:
        run(code, namespace)
    except Exception:
        return ...
    return namespace.get(attempt.checked, ...)


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_the_mutants_of_a_solution(unit, name, count):
    attempt, exercise = attempts(unit)[name], built(unit)[name]
    solution = result(attempt.cell, attempt)
    assert judge(exercise, solution).state == "right", "the solution itself must be right"

    mutants = {
        what: result(code, attempt) for what, code in code_mutants(attempt.cell, getattr(exercise, "options", []))
    }
    mutants.update(exercise.near_misses(solution))
    right = {what for what, value in mutants.items() if judge(exercise, value).state == "right"}
    listed = written(unit)[name].get("equivalent_mutants", {})

    count("mutants of the solutions", f"{unit[:2]} {name}", mutants=len(mutants), refused=len(mutants) - len(right))
    assert mutants, "no mutant: the solution has nothing that the tests know how to change"
    assert not right - set(listed), (
        f"still right: narrow the band or the cases of [{name}], or give each its reason in "
        f"[{name}.equivalent_mutants] of course/{unit}/answers.toml: {', '.join(map(repr, right - set(listed)))}"
    )
    assert not set(listed) - right, (
        f"not right, or not there: take out of [{name}.equivalent_mutants]: {', '.join(set(listed) - right)}"
    )


MUTATED = {
    "a / b": ["dividend and divisor swapped", "multiplied for divided", "b for a", "a for b"],
    "a - b": ["the two sides of - swapped", "b for a", "a for b"],
    "a * 1.5": ["2.5 for 1.5"],
    "a * 2.6": ["1.6 for 2.6"],
    "1 + a": ["the 1 dropped", "2 for 1", "0 for 1"],
    "a - 1": ["the two sides of - swapped", "the 1 dropped", "2 for 1", "0 for 1"],
    "a[3]": ["4 for 3", "2 for 3"],
    "a * 100": [],
    "{'x': '2.5', 'y': 1.5}": ["'1.5' for '2.5'", "'none' for '2.5'", "2.5 for 1.5"],
}


@pytest.mark.parametrize("solution", MUTATED)
def test_a_solution_is_changed_in_each_known_way(solution):
    cell = f"x = ...\n### BEGIN SOLUTION\nx = {solution}\n### END SOLUTION"
    options = ["1.5", "2.5", "none"] if "{" in solution else []
    found = dict(code_mutants(cell, options))
    assert sorted(found) == sorted(f"{name} in line 1" for name in MUTATED[solution])
    assert len(set(found.values())) == len(found)
    assert ast.unparse(ast.parse(cell)) not in found.values()


def test_the_parameters_of_a_function_are_swapped():
    cell = "def f(new, percent):\n    ### BEGIN SOLUTION\n    return new\n    ### END SOLUTION\n    return ..."
    assert dict(code_mutants(cell, [])) == {
        "new and percent swapped": "def f(percent, new):\n    return new\n    return ..."
    }


def test_a_number_in_a_table_is_changed_in_its_last_digit():
    columns = {"quantity": "number"}
    exercise = Table(points=1, hints=[], mistakes=[], key="id", columns=columns, within=0.01, rows=[])
    table = pd.DataFrame({"id": ["a", "b", "c"], "quantity": [19000, 1.6, 0.25]})
    changed = {name: mutant["quantity"].tolist() for name, mutant in exercise.near_misses(table)}
    assert changed["quantity of a: one off"] == [20000, 1.6, 0.25]
    assert changed["quantity of b: one off"] == pytest.approx([19000, 1.7, 0.25])
    assert changed["quantity of c: one off"] == pytest.approx([19000, 1.6, 0.26])
    assert changed["quantity of b: 0.25"] == [19000, 0.25, 0.25]
