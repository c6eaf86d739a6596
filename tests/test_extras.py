"""Each part of the package works with what its extra brings, and says which extra is missing where it is."""

import argparse
import ast
import functools
import sys
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from secondcar import cli
from secondcar.extras import advice_on
from tests.support.bare_environment import BareEnvironment, closure
from tests.support.course_files import UNITS
from tests.support.paths import ROOT

DISTRIBUTIONS = packages_distributions()
PACKAGE = ROOT / "src" / "secondcar"
# Which modules need more than `pip install secondcar` brings: the nearest folder above a module decides.
EXTRAS = {
    "cli.py": "learn",
    "__main__.py": "learn",
    "building": "build",
    "data/schema.py": "build",
    "demonstration.py": "build",
    "report_charts.py": "teach",
    "site": "site",
    "testing.py": "build",
    "grading": "teach",
    "grading/workers/cluster.py": "cluster",
    "classroom": "classroom",
    "exchange": "classroom",
}
# An example of each command, with the extra that it needs.
COMMANDS = {
    "learn": (None, []),
    "fresh": (None, ["00-start"]),
    "practice": (None, ["--sheet", "1"]),
    "progress": (None, []),
    "solutions": (None, ["closed"]),
    "new-unit": ("build", ["02-trams"]),
    "new-course": ("build", ["course-of-mine"]),
    "build": ("build", []),
    "register": ("teach", []),
    "grade": ("teach", ["ps1"]),
    "feedback": ("teach", ["ps1"]),
    "class-demo": ("build", []),
    "collect": ("teach", ["downloads"]),
    "examine": ("examine", []),
    "report": ("teach", ["ps1"]),
    "export": ("teach", ["--to", "csv"]),
    "units": ("teach", ["--into", "other"]),
    "classroom": ("classroom", ["--folder", "class"]),
    "doctor": ("classroom", ["--folder", "class"]),
    "backup": ("classroom", ["class.tar.gz", "--folder", "class"]),
    "restore": ("classroom", ["class.tar.gz", "--folder", "class"]),
}
# Runs a notebook's cells as a kernel would, without one.
RUN_NOTEBOOK = """
import json, sys
import matplotlib; matplotlib.use("agg")
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
cells = [cell for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
for cell in cells:
    done = shell.run_cell("".join(cell["source"]))
    if "raises-exception" not in cell["metadata"].get("tags", []):
        done.raise_error()
print(len(cells))
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """What `pip install secondcar` gives."""
    return BareEnvironment(tmp_path_factory.mktemp("bare") / "env")


@functools.cache
def direct(extra):
    """Return the packages that this one asks for itself, with an extra or None."""
    asked = map(Requirement, requires("secondcar"))
    return {canonicalize_name(r.name) for r in asked if r.marker is None or r.marker.evaluate({"extra": extra or ""})}


def extra_of(module):
    """Return the extra that a module of this package belongs to; None if it needs none."""
    inside = module.relative_to(PACKAGE)
    return next((EXTRAS[path.as_posix()] for path in (inside, *inside.parents) if path.as_posix() in EXTRAS), None)


def imports_of(module):
    """Yield each module that a module of this package imports at once, and, from other packages, also later."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None)]
        )
        for name in filter(None, names) if isinstance(node, ast.Import | ast.ImportFrom) else ():
            if not name.startswith("secondcar") or node.col_offset == 0:
                yield name


def needed_by(name):
    """Return the distribution that an import needs, or those of the extra that a module of this package belongs to."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return set()
    if top != "secondcar":
        return {canonicalize_name(distribution) for distribution in DISTRIBUTIONS[top][:1]}
    path = PACKAGE.joinpath(*name.split(".")[1:])
    extra = extra_of(path if path.is_dir() else path.with_suffix(".py"))
    return direct(extra) if extra else set()


@pytest.mark.parametrize("module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_its_extra_declares(module):
    undeclared = {name for name in imports_of(module) if not needed_by(name) <= direct(extra_of(module))}
    assert undeclared == set()


@pytest.mark.parametrize("unit", [UNITS[0], *(pytest.param(unit, marks=pytest.mark.long) for unit in UNITS[1:])])
def test_a_unit_runs_with_nothing_but_the_package(unit, bare, tmp_path):
    notebook = ROOT / "release" / unit / f"{unit}.ipynb"
    done = bare.run("-c", RUN_NOTEBOOK, notebook, cwd=notebook.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.splitlines()[-1]) > 5


def test_nothing_that_a_learner_needs_not_is_installed_for_one():
    assert (
        closure("secondcar", frozenset(["learn"]))
        .keys()
        .isdisjoint(
            {"nbgrader", "sqlalchemy", "notebook", "distributed", "psycopg", "jupyterhub", "jupytext", "pytest"}
        )
    )


def test_every_command_is_here():
    [commands] = [each for each in cli.command_parser()._actions if isinstance(each, argparse._SubParsersAction)]
    needed = {name: command.get_default("extra") for name, command in commands.choices.items()}
    assert needed == {name: extra for name, (extra, _) in COMMANDS.items()}


@pytest.mark.parametrize("command", [name for name, (extra, _) in COMMANDS.items() if extra])
def test_a_command_names_the_extra_that_it_lacks(command, bare, tmp_path):
    extra, arguments = COMMANDS[command]
    done = bare.run("-m", "secondcar", command, *arguments, cwd=tmp_path)
    [sentence] = done.stderr.splitlines()
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
    assert sentence.startswith(f"`secondcar {command}` needs packages that are not installed (")
    assert f'`pip install "secondcar[{extra}]"`' in sentence


def test_units_come_without_an_extra_and_jupyterlab_with_one(bare, tmp_path):
    assert bare.run("-m", "secondcar", "learn", "--no-start", cwd=tmp_path).returncode == 0
    done = bare.run("-m", "secondcar", "learn", cwd=tmp_path)
    assert done.returncode == 2
    assert '`pip install "secondcar[learn]"`' in done.stderr
    assert bare.run("-m", "secondcar", "fresh", "00-start", cwd=tmp_path).returncode == 0
    assert "00-start-kept-1" in [path.name for path in (tmp_path / "my-work").iterdir()]


@pytest.mark.parametrize(
    ("missing", "extra"),
    [
        ("psycopg", "postgresql"),
        ("distributed", "cluster"),
        ("a_module_of_a_teacher", None),
        ("secondcar.nothing", None),
    ],
)
def test_only_a_package_that_an_extra_brings_is_advised(missing, extra):
    sentence = advice_on(ModuleNotFoundError(name=missing), "grade")
    assert f"secondcar[{extra}]" in sentence if extra else sentence is None


def test_the_version_is_the_packages(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == "secondcar 0.1.0\n"
