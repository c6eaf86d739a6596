"""Notebooks under other names, in other places and in damaged bytes; times that cannot be read: one sentence each."""

import json
import subprocess
import sys

import nbformat
import pytest

from secondcar.cli import main
from secondcar.errors import CourseError
from secondcar.grading.course import load_course
from secondcar.grading.handed_in import Expected, choose, is_notebook, read_notebook, read_timestamp
from secondcar.grading.reporting import write_report
from secondcar.grading.results import read_results
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import make_tiny_course
from tests.support.some import some

EXPECTED = {"ps1.ipynb": Expected(frozenset({"x", "x_check"}), {"x": "x = ..."})}


def notebook(answer: str = "x = 1", name: str = "x") -> bytes:
    cell = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name}}, "source": [answer]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


UNTOUCHED = notebook("x = ...")


@pytest.mark.parametrize(
    ("files", "meant"),
    [
        ({"ps1.ipynb": notebook(), "old.ipynb": notebook("x = 2")}, None),
        ({"Untitled1.ipynb": notebook()}, "Untitled1.ipynb"),
        ({"PS1.ipynb": UNTOUCHED}, "PS1.ipynb"),
        ({"ps1.ipynb.txt": notebook()}, "ps1.ipynb.txt"),
        ({"work/ps1.ipynb": notebook()}, "work/ps1.ipynb"),
        ({"ps1.ipynb": UNTOUCHED, "ps1 (1).ipynb": notebook()}, "ps1 (1).ipynb"),
        ({"ps1.ipynb": UNTOUCHED, "copy.ipynb": UNTOUCHED}, None),
        ({"ps1.ipynb": b"{", "ps1 (1).ipynb": notebook()}, "ps1 (1).ipynb"),
        ({"a.ipynb": notebook(), "b.ipynb": notebook()}, "a.ipynb"),
        ({"other.ipynb": notebook(name="y")}, None),
        ({"notes.txt": b"x"}, None),
    ],
)
def test_the_notebook_that_is_meant(files, meant):
    found = choose(files, EXPECTED)
    assert found.refused is None
    assert found.files.get("ps1.ipynb") == files.get(meant or "ps1.ipynb")
    assert (found.notes.get("ps1.ipynb") is not None) == bool(meant)
    if meant:
        assert f'"{meant}", which holds its cells, was graded in its place.' in found.notes["ps1.ipynb"]


def test_two_answered_copies_are_a_persons_to_choose_from():
    found = choose({"a.ipynb": notebook("x = 1"), "b.ipynb": notebook("x = 2")}, EXPECTED)
    assert found.refused == (
        'There is no ps1.ipynb, and several files may be meant ("a.ipynb", "b.ipynb"): keep one, named ps1.ipynb.'
    )


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + notebook(), b"\xff\xfe" + notebook().decode().encode("utf-16-le"), notebook() + b"\0\0"],
)
def test_bytes_that_are_put_right(content):
    found, notes = read_notebook("ps1.ipynb", content)
    assert found["cells"][0]["source"] == ["x = 1"]
    assert "left out" in notes[0] and notes[0].startswith("ps1.ipynb ")


def test_parts_that_are_missing_are_put_there():
    found, notes = read_notebook("p.ipynb", b'{"cells": [{"source": "x"}, {"cell_type": "markdown", "metadata": 3}]}')
    nbformat.validate(nbformat.from_dict(found))
    assert notes == ["p.ipynb lacked parts that every notebook has, or had damaged ones: empty ones were put there."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "p.ipynb is empty"),
        (b"\0\0\0", "p.ipynb is empty"),
        (b'{"cells": [', "was cut off"),
        (b"<html><body>", "is a saved web page"),
        (b'{"cells": [\n<<<<<<< HEAD\n', "conflict between two versions"),
        (b"[1, 2]", "not a notebook"),
        (b'{"cells": 3}', "not a notebook"),
        (b'{"cells": [3]}', "not a notebook"),
        (b"PK\x03\x04", "is not a notebook"),
        (b"[" * 5000, "nested more than"),
    ],
)
def test_what_is_no_notebook_is_told_in_a_sentence(content, said):
    with pytest.raises(CourseError, match=said) as told:
        read_notebook("p.ipynb", content)
    assert str(told.value).startswith("p.ipynb ") and str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2018-09-21 10:00:00 UTC", "2018-09-21T10:00"),
        ("\ufeff2018-09-21 10:00 UTC\r\n", "2018-09-21T10:00"),
        ("21.09.2018 10:00", "2018-09-21T10:00"),
        ("09/21/2018 10:00", "2018-09-21T10:00"),
        ("03.03.2018 10:00", "2018-03-03T10:00"),
    ],
)
def test_times_of_which_there_is_one_reading(text, read):
    assert read_timestamp(text.encode())[0].isoformat().startswith(read)


@pytest.mark.parametrize("text", ["soon", "Monday", "03.02.2026 10:00", "99.99.2018", "2018-13-45", "10:00 tomorrow!"])
def test_times_that_cannot_be_read(text):
    with pytest.raises(
        CourseError, match=r"^timestamp.txt says .* write it as 2026-02-28 10:00:00 UTC, and grade again.$"
    ):
        read_timestamp(text.encode())


def test_an_empty_time_is_none():
    assert read_timestamp(b" \n") == (None, "")
    assert is_notebook("a/PS1.IPYNB") and not is_notebook("ps1.html")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("names") / "course"
    make_tiny_course(root, students=6)

    def folder(number):
        return root / "submitted" / f"s000{number}" / "tiny"

    for number, name in [(0, "Untitled1.ipynb"), (1, "work/tiny.ipynb")]:
        (folder(number) / name).parent.mkdir(exist_ok=True)
        (folder(number) / "tiny.ipynb").rename(folder(number) / name)
    whole = (folder(2) / "tiny.ipynb").read_bytes()
    (folder(2) / "tiny.ipynb").write_bytes(b"\xef\xbb\xbf" + whole)
    (folder(3) / "tiny.ipynb").write_bytes(whole[:-40])
    (folder(4) / "timestamp.txt").write_text("soon")
    (folder(5) / "tiny.ipynb").rename(folder(5) / "tiny.pdf")
    return root


def run(course, *options):
    command = [sys.executable, "-m", "secondcar", "grade", "tiny", "--json", *options]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)


def test_a_class_with_odd_files(course):
    done = run(course)
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["failed"] == ["s0003"] and told["empty"] == ["s0005"]
    notes = {outcome["student"]: " ".join(outcome["notes"]) for outcome in told["outcomes"]}
    said = ["Untitled1.ipynb", "work/tiny.ipynb", "byte order mark", "was cut off", 'timestamp.txt says "soon"']
    for number, sentence in some(enumerate(said)):
        assert sentence in notes[f"s000{number}"]
        assert f"s000{number}: {notes[f's000{number}']}" in done.stderr
    marks = {row[1]: row[4] for row in gradebook_rows(course / "gradebook.db") if row[0] == "grades"}
    assert [marks.get(f"s000{number}") for number in (0, 1, 2, 4)] == [1, 1, 1, 1]

    results = {
        result.student: (result.state, " ".join(result.notes)) for result in read_results(load_course(course), "tiny")
    }
    assert [results[f"s000{number}"][0] for number in range(6)] == [
        *["graded"] * 3, "could not be read", "graded", "notebook missing"
    ]  # fmt: skip
    for number in range(4):
        assert said[number] in results[f"s000{number}"][1]
    (page,) = write_report(load_course(course), "tiny")
    assert "was graded in its place" in page.read_text()

    # Nothing that was handed in is touched, and a time that is put right is a reason to grade again.
    assert (course / "submitted" / "s0004" / "tiny" / "timestamp.txt").read_text() == "soon"
    (course / "submitted" / "s0004" / "tiny" / "timestamp.txt").write_text("2018-09-21 10:00:00 UTC")
    again = json.loads(run(course).stdout)
    assert [outcome["student"] for outcome in again["outcomes"]] == ["s0003", "s0004"]


def test_a_name_that_is_none_is_told_from_nothing_handed_in(tmp_path, monkeypatch, capfd):
    make_tiny_course(tmp_path, 0)
    monkeypatch.chdir(tmp_path)
    assert main(["grade", "nope"]) == main(["grade", "tiny"]) == 1
    wrong, nothing = capfd.readouterr().err.splitlines()
    assert wrong == "The course has no assignment nope. It has these: tiny."
    assert nothing.startswith("Nobody has handed in tiny: no notebook is in ")
