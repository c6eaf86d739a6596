"""What a class has made is kept: by an upgrade in mid-term, by a backup of a running class, and by its restoring."""

import hashlib
import json
import shutil
import sqlite3
import stat
from contextlib import closing

import pytest

from secondcar.classroom.doctor import examine
from tests.support.paths import ROOT
from tests.support.real_classroom import (
    STUDENTS,
    copied_repository,
    open_classroom,
    prepare,
    prepared_classroom,
    remove_class,
    run_in_course,
    run_in_home,
    secondcar,
)
from tests.support.some import some

pytestmark = pytest.mark.long  # a classroom's environment takes minutes to install

UNIT, LATER = "00-start", "11-verdict"
ADA, BORIS, _ = STUDENTS


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A checkout that lacks the last unit, as in the first weeks of a term."""
    checkout = copied_repository(tmp_path_factory.mktemp("checkout"))
    for name in ("source", "release"):
        shutil.rmtree(checkout / name / LATER)
    return checkout


@pytest.fixture(scope="module")
def classroom(repository):
    """A class that has fetched a unit, handed it in, and been graded."""
    with prepared_classroom(repository) as made:
        must(run_in_course(made, "nbgrader", "release_assignment", UNIT))
        for name in (ADA, BORIS):
            must(run_in_home(made, name, "nbgrader", "fetch_assignment", UNIT))
        must(run_in_home(made, ADA, "nbgrader", "submit", UNIT))
        must(run_in_course(made, "nbgrader", "collect", UNIT))
        must(run_in_course(made, "secondcar", "grade", UNIT))
        yield made


def must(done):
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def class_files(classroom):
    """Owner, mode and content of every file that the class has made or been given."""
    kept = [classroom.students_file, classroom.teachers_file, classroom.course / "nbgrader_config.py"]
    for folder in (classroom.homes, classroom.exchange, classroom.course / "source", classroom.course / "release"):
        kept += folder.rglob("*")
    kept += (classroom.course / "grading").rglob("*")
    return {
        path.relative_to(classroom.folder).as_posix(): (path.owner(), stat.S_IMODE(path.stat().st_mode), digest(path))
        for path in kept
        if path.is_file() and not path.is_symlink() and path.suffix != ".db" and ".jupyter" not in path.parts
    }


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(classroom):
    """Every row of every table of the gradebook."""
    with closing(sqlite3.connect(classroom.course / "grading" / "gradebook.db")) as gradebook:
        tables = gradebook.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: sorted(map(repr, gradebook.execute(f'SELECT * FROM "{name}"'))) for (name,) in tables}


def rows_about(unit, everything):
    return [row for row in everything["assignment"] if unit in row]


def test_an_upgrade_brings_units_and_touches_nothing_that_is_in_use(classroom, repository, tmp_path):
    newer = tmp_path / "checkout"
    shutil.copytree(repository, newer)
    for name in ("source", "release"):
        shutil.copytree(ROOT / name / LATER, newer / name / LATER)
        notebook = newer / name / UNIT / f"{UNIT}.ipynb"
        notebook.write_text(notebook.read_text(encoding="utf-8").replace("course", "COURSE"), encoding="utf-8")
    with (newer / "nbgrader_config.py").open("a") as configuration:
        configuration.write("# another version\n")
    (newer / "hub" / "roster.csv").write_text("id\nstranger\n")
    files, before = class_files(classroom), rows(classroom)
    printed = prepare(classroom, newer)
    assert f"{LATER} is new." in printed
    assert f"{UNIT} is there in another version and stays as it is." in printed
    after = class_files(classroom)
    assert {path: after.get(path) for path in files} == files
    assert {path.split("/")[2] for path in after.keys() - files.keys()} == {LATER}
    later = rows(classroom)
    for table, were in some(before.items()):
        assert set(were) <= set(later[table]), table
    assert not rows_about(LATER, before)
    assert rows_about(LATER, later)


def test_a_backup_of_a_running_class_restores_every_row_and_file(classroom, repository, tmp_path):
    backup = tmp_path / "monday.tar.gz"
    with open_classroom(classroom, repository):
        done = secondcar(classroom, "backup", backup)
        assert (done.returncode, done.stdout) == (0, f"{backup} is written.\n"), done.stderr
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    again = secondcar(classroom, "backup", backup)
    assert again.returncode == 2
    assert "is there already and stays as it is" in again.stderr
    passwords = json.loads(classroom.passwords.read_text())
    files, before = class_files(classroom), rows(classroom)

    refused = secondcar(classroom, "restore", backup, folder=repository)
    assert refused.returncode == 2
    assert "nothing is written over it" in refused.stderr

    remove_class(classroom)
    done = secondcar(classroom, "restore", backup, folder=repository)
    assert done.returncode == 0, done.stderr
    prepare(classroom, repository)
    assert rows(classroom) == before
    restored = class_files(classroom)
    assert {path: restored.get(path) for path in files} == files
    assert json.loads(classroom.passwords.read_text()) == passwords
    with open_classroom(classroom, repository):
        assert examine(classroom) == []
        must(run_in_home(classroom, BORIS, "nbgrader", "submit", UNIT))
    assert UNIT in run_in_course(classroom, "nbgrader", "list", "--inbound").stderr
