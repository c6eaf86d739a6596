"""Which room imports which, as the contracts in pyproject.toml say; and in a room one name is one class."""

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts against the package in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [LINT, "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_rooms_are_kept_apart():
    done = contracts(ROOT)
    assert done.returncode == 0, done.stdout


def test_no_two_classes_of_a_room_share_a_name():
    package = ROOT / "src" / "secondcar"
    names = Counter(
        (path.relative_to(package).parts[0], node.name)
        for path in package.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert len(names) > 300
    assert [found for found, times in names.items() if times > 1] == []


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the package."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("checks/values.py", "secondcar.building.answers"),
        ("data/__init__.py", "nbgrader.api"),
        ("charts/showing.py", "secondcar.checks.values"),
        ("exchange/archive.py", "secondcar.units"),
        ("grading/reporting/page.py", "secondcar.charts.images"),
        ("grading/judging/judge.py", "secondcar.grading.kernel.runner"),
        ("grading/records.py", "secondcar.grading.gradebook.rows"),
        ("files.py", "secondcar.workspace"),
    ],
)
def test_an_import_that_leads_the_wrong_way_is_found(importer, imported, copied):
    file = copied / "src" / "secondcar" / importer
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n\ndef late():\n    import {imported}\n", "utf-8")
    done = contracts(copied)
    file.write_text(before, "utf-8")
    assert done.returncode == 1 and imported.partition(".")[0] in done.stdout
    assert f"secondcar.{importer.partition('.')[0].replace('/', '.').removesuffix('.__init__')}" in done.stdout
