"""The build gives the same bytes everywhere, hides what learners may not see, and writes all or nothing."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from secondcar.building import BuildError, build
from secondcar.building.sources import SOLUTION_END, SOLUTION_START
from secondcar.checks.answers_file import FILE_NAME, decode
from secondcar.data.places import TABLES
from secondcar.errors import CourseError
from secondcar.testing import unlike
from tests.support.course_files import ALL_EXERCISES, EXERCISES, UNITS, built, notebook
from tests.support.paths import ROOT
from tests.support.small_course import ANSWERS, CHOICE, NUMBER, OTHER_FILES, SCRIPT, TEXT, UNIT, small_course

OLDEST_PYTHON = (3, 11)
BUILD_HERE = """
import sys
from pathlib import Path
from secondcar.building import build
build(Path(sys.argv[1]), target=Path("."), run=False)
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder: its path from there, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The folder of a fresh build of the course."""
    target = tmp_path_factory.mktemp("fresh")
    assert build(ROOT, target=target, run=False) == UNITS
    return target


def test_source_and_release_equal_a_fresh_build(fresh):
    assert len(contents(fresh / "release")) == len(contents(ROOT / "release")) > 3 * len(UNITS)
    assert unlike(ROOT, fresh) == [], "run `make build` and commit what it makes"


def test_a_second_build_gives_the_same_bytes(fresh, tmp_path):
    build(ROOT, [UNITS[5]], target=tmp_path, run=False)
    again, first = contents(tmp_path), contents(fresh)
    assert len(again) > 5 and again == {name: first[name] for name in again}


@pytest.mark.long  # it installs a second Python's packages
def test_another_python_builds_the_same_bytes(fresh, tmp_path):
    python = environment_of_another_python()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "1"}
    run([python, "-c", BUILD_HERE, ROOT], cwd=tmp_path, env=environment)
    assert contents(tmp_path) == contents(fresh)


def run(command: list, **options) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr


def environment_of_another_python() -> Path:
    """Return the Python of an environment with the locked packages, made once and kept beside ``.venv``."""
    python = another_python()
    if python is None:
        pytest.skip("there is no second Python here")
    version = "{}.{}".format(*version_of(python))
    folder = ROOT / f".venv-{version}"
    lock = ROOT / "requirements.lock"
    stamp, wanted = folder / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not stamp.is_file() or stamp.read_text() != wanted:
        run([python, "-m", "venv", "--clear", folder])
        pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--no-deps", "-r", lock])
        stamp.write_text(wanted)
    return inside


def another_python() -> Path | None:
    """Return a Python of another version than this one, on the search path or among pyenv's."""
    on_path = [shutil.which(f"python3.{minor}") for minor in range(OLDEST_PYTHON[1], 20)]
    of_pyenv = (Path.home() / ".pyenv" / "versions").glob("*/bin/python")
    for python in [*map(Path, filter(None, on_path)), *sorted(of_pyenv)]:
        version = version_of(python)
        if version and version >= OLDEST_PYTHON and version != sys.version_info[:2]:
            return python
    return None


def version_of(python: Path) -> tuple[int, int] | None:
    """Return a Python's major and minor version; None if it does not run, as pyenv's shims may not."""
    code = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


@pytest.mark.parametrize(("unit", "name"), ALL_EXERCISES)
def test_no_answer_stands_in_clear_in_the_released_answers(unit, name):
    raw = (ROOT / "release" / unit / FILE_NAME).read_text(encoding="utf-8")
    exercise = built(unit)[name]
    secrets = [
        *exercise.hints,
        *(mistake.means for mistake in exercise.mistakes),
        *(mistake.id for mistake in exercise.mistakes),
    ]
    but_for_ids = re.sub(r'^  "[a-z0-9-]+": ', "", raw, flags=re.MULTILINE)  # ids stand in clear
    assert [secret for secret in secrets if secret in but_for_ids] == []
    packed = json.loads(raw)["exercises"][name]
    assert json.loads(base64.b64decode(packed)) == exercise.to_json()
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", packed), "it is not encoded"


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_no_solution_stands_in_a_released_answer_cell(unit, name):
    taught, handed_out = cell_of("source", unit, name), cell_of("release", unit, name)
    solution = taught.split(SOLUTION_START)[1].split(SOLUTION_END)[0]
    given = {line.strip() for line in (taught.split(SOLUTION_START)[0] + taught.split(SOLUTION_END)[1]).splitlines()}
    secret = {line.strip() for line in solution.splitlines()} - given - {""}
    assert secret
    assert secret.isdisjoint(line.strip() for line in handed_out.splitlines())
    assert "..." in handed_out


@pytest.mark.parametrize("unit", UNITS)
def test_no_hidden_test_stands_in_a_released_notebook(unit):
    text = "\n".join(cell.source for cell in notebook("release", unit).cells)
    assert "HIDDEN TESTS" not in text
    assert "MARK SCHEME" not in text
    assert "require(" not in text
    assert SOLUTION_START not in text


def cell_of(folder: str, unit: str, name: str) -> str:
    (source,) = [cell.source for cell in notebook(folder, unit).cells if cell.id == name]
    return source


@pytest.fixture
def course(tmp_path):
    """The root of a small course of one unit."""
    return small_course(tmp_path / "root")


def test_the_small_course_is_built(course):
    assert build(course) == [UNIT]
    source = nbformat.read(course / "source" / UNIT / f"{UNIT}.ipynb", as_version=4)
    assert [cell.outputs[0].data["text/plain"] for cell in source.cells if cell.id == "cell-004"] == ["100.0"]
    assert [cell.id for cell in source.cells if "nbgrader" in cell.metadata][1:] == [
        *(NUMBER, f"{NUMBER}-check", CHOICE, f"{CHOICE}-check", TEXT)
    ]
    tables = {f"data/{table}.csv" for table in TABLES}
    assert set(contents(course / "release" / UNIT)) == {
        *(f"{UNIT}.ipynb", FILE_NAME, "glossary.md"),
        *OTHER_FILES,
        *tables,
    }


def test_other_files_are_handed_out_with_their_figures(course):
    hidden = course / "course" / UNIT / ".ipynb_checkpoints" / "loaves.csv"
    hidden.parent.mkdir()
    hidden.write_text("{{ claim('lost') }}")
    build(course, run=False)
    for folder in ("source", "release"):
        files = contents(course / folder / UNIT)
        assert files["tables/loaves.csv"] == b"year,loaves,growth\n2022,4500,\n2023,11250,0.25\n"
        assert files["oven.bin"] == OTHER_FILES["oven.bin"]
        assert files["data/claims.csv"] == (course / "course" / "data" / "claims.csv").read_bytes()


def test_an_unknown_unit_stops_the_build(course):
    with pytest.raises(CourseError, match=rf"There is no unit 12-cafe in course/. The units are: {UNIT}"):
        build(course, ["12-cafe"])


def test_a_mistake_leaves_what_was_built_before(course):
    build(course, run=False)
    before = contents(course / "source") | contents(course / "release")
    path = course / "course" / UNIT / ANSWERS
    path.write_text(path.read_text().replace('answer   = "by"', 'answer   = "of"'))
    other = course / "course" / "02-other"
    other.mkdir()
    (other / "02-other.py").write_text((path.parent / SCRIPT).read_text().replace("Unit 01", "Unit 02"))
    with pytest.raises(BuildError):
        build(course, run=False)
    assert contents(course / "source") | contents(course / "release") == before


def test_a_private_answer_store_gets_the_answers(course, tmp_path):
    build(course, run=False, answers=tmp_path / "answers")
    kept = decode((tmp_path / "answers" / UNIT / FILE_NAME).read_text())
    public = decode((course / "release" / UNIT / FILE_NAME).read_text())
    assert list(kept) == list(public) == [NUMBER, CHOICE, TEXT]
    assert kept[NUMBER].to_json()["accept"] == [3582, 3618]
    assert "accept" not in public[NUMBER].to_json()
