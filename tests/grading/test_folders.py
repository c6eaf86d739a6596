"""However a learner's folder is nested, it is walked and removed, and what cannot be kept is said."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from nbgrader import utils
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from secondcar.grading import assignment
from secondcar.grading.finding import FindsFolders, too_much_json
from secondcar.grading.folders import entries_below, find_all_files, remove_tree, swap_folder, temporary_folder
from secondcar.grading.grade import grade
from secondcar.grading.limits import Limits
from secondcar.grading.progress import Progress, printable
from tests.support.grading_courses import make_tiny_course


def make_deep(folder: Path, depth: int, name: str = "d") -> None:
    """Make folders in folders, whatever the length of their path."""
    before = os.getcwd()
    os.chdir(folder)
    for _ in range(depth):
        os.mkdir(name)
        os.chdir(name)
    Path("file").write_text("x")
    os.chdir(before)


@pytest.mark.parametrize(("depth", "name"), [(980, "d"), (3000, "d"), (30, "n" * 200)])
def test_any_nesting_is_walked_and_removed(tmp_path, depth, name):
    folder = tmp_path / "folder"
    folder.mkdir()
    make_deep(folder, depth, name)
    (folder / "link").symlink_to(tmp_path)
    found = list(entries_below(folder))
    assert None in found
    assert "link" in [entry.name for entry in found if entry]
    remove_tree(folder)
    assert not folder.exists() and tmp_path.exists()


@pytest.mark.parametrize(
    "exclude", [[], [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.ipynb"], ["*"], [".*", "[a]*"]]
)
def test_the_files_found_are_nbgraders(tmp_path, exclude):
    for folder in ("", "a", "a/[b]", "a/[b]/a", "__pycache__", "__pycache__/c", ".hidden", "a/.ipynb_checkpoints"):
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in ("a.py", "b.pyc", ".c", ".d.pyc", "[a]", "e.ipynb", "a\nb.ipynb"):
            (tmp_path / folder / name).touch()
    assert sorted(find_all_files(str(tmp_path), exclude)) == sorted(utils.find_all_files(str(tmp_path), exclude))


def test_many_files_are_found_soon(tmp_path):
    for number in range(5000):
        (tmp_path / f"{number}.txt").touch()
    started = time.process_time()
    assert len(find_all_files(str(tmp_path), ["*.ipynb", ".*"])) == 5000
    assert time.process_time() - started < 2


def test_what_nobody_may_enter_is_removed(tmp_path):
    with temporary_folder("try-") as folder:
        Path(folder, "closed").mkdir(mode=0)
    assert not os.path.exists(folder)
    remove_tree(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"[" + b"[]," * 2_000_000 + b"[]]", "more than 1,000,000 values"),
        (b"[" * 5000 + b"]" * 5000, "nested more than 100 deep"),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "nested more than 100 deep"),
    ],
)
def test_json_that_would_not_fit_is_not_parsed(text, why):
    assert why in too_much_json(text)


def test_text_of_a_notebook_is_no_structure():
    cells = [{"source": '[{\\",' * 400_000 + '"', "outputs": []}]
    assert too_much_json(json.dumps({"cells": cells}).encode()) is None


def test_text_that_is_cut_off_is_looked_through_once():
    started = time.process_time()
    assert too_much_json(b"[" * 101 + b'"' + b'\\"' * 20_000) == "is nested more than 100 deep"
    assert time.process_time() - started < 2


def converter(root: Path, student: str = "*") -> Autograde:
    course = CourseDirectory(root=str(root), assignment_id="ps1", student_id=student)
    return type("Autograde", (FindsFolders, Autograde), {})(coursedir=course, config=Config())


def hand_in(root: Path, student: str, *notebooks: str) -> None:
    folder = root / "submitted" / student / "ps1"
    folder.mkdir(parents=True)
    for notebook in notebooks:
        (folder / notebook).write_text("{}")


def test_a_folder_is_found_whatever_its_name_holds(tmp_path):
    names = ["g01 [1]", "two\nlines", "esc\x1b[2J", "a*b?", "é", "x" * 100]
    for name in names:
        hand_in(tmp_path, name, "p1.ipynb")
    found = converter(tmp_path)
    assert sorted(assignment.find_submissions(found)) == sorted(names)
    assert assignment.find_all_submissions(found) == (assignment.find_submissions(found), [])
    assert list(assignment.find_submissions(converter(tmp_path, "g01 [1]"))) == ["g01 [1]"]
    refused = {
        student: assignment.read_submission_files(found, student, folder, Limits(), {}).refused
        for student, folder in assignment.find_submissions(found).items()
    }
    assert [student for student, why in refused.items() if why] == ["esc\x1b[2J", "two\nlines"]


def test_notebooks_come_in_order(tmp_path):
    hand_in(tmp_path, "ada", "p3.ipynb", "p1.ipynb", "p2.ipynb")
    found = converter(tmp_path)
    found.init_notebooks()
    assert [Path(path).name for path in next(iter(found.assignments.values()))] == ["p1.ipynb", "p2.ipynb", "p3.ipynb"]


def test_a_submission_that_is_nested_too_deep_is_refused(tmp_path):
    hand_in(tmp_path, "ada", "p1.ipynb")
    folder = tmp_path / "submitted" / "ada" / "ps1"
    make_deep(folder, 900)
    assert "nested" in assignment.read_submission_files(converter(tmp_path), "ada", folder, Limits(), {}).refused


def test_a_terminal_is_not_commanded():
    assert printable("s\x1b[2J\x07\u202e\r: done\n") == "s\\x1b[2J\\x07\\u202e\\r: done\\n"


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("new", [True, False])
def test_folders_are_swapped(old, new, tmp_path):
    place, staged, aside = (tmp_path / name / "ada" for name in ("pages", "staged", "aside"))
    for folder, made in ((place, old), (staged, new)):
        if made:
            folder.mkdir(parents=True)
            (folder / folder.parent.name).write_text("")
    swap_folder(place, staged if new else None, aside)
    assert [path.name for path in place.glob("*")] == (["staged"] if new else [])
    assert not staged.exists() and not aside.exists()


def test_names_that_are_no_text_and_a_time_that_never_ends_hold_up_nobody(tmp_path, monkeypatch, capsys):
    make_tiny_course(tmp_path, students=2)
    monkeypatch.chdir(tmp_path)
    one, other = (tmp_path / "submitted" / student / "tiny" for student in ("s0000", "s0001"))
    for folder in (one, other):
        (folder / "timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
    shutil.copytree(one, tmp_path / "submitted" / "na\udcffme" / "tiny")
    (other / "tiny.ipynb").rename(other / "tin\udcff.ipynb")
    for failed in (["na\udcffme"], ["na\udcffme"]):
        summary = grade(["tiny"], modules=(), on_outcome=Progress().show)
        assert [outcome.student for outcome in summary.failed] == failed
        assert "is not text in UTF-8" in capsys.readouterr().err
        # Before the second run: what the system can read for ever, and what it waits for.
        for folder, make in ((one, os.mkfifo), (other, lambda path: path.symlink_to("/dev/zero"))):
            (folder / "timestamp.txt").unlink()
            make(folder / "timestamp.txt")
    assert summary.skipped == ["s0000", "s0001"]
