"""Notebooks with a part of the wrong kind, and folders that are links: a sentence each, and nobody else is touched."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from secondcar.errors import CourseError
from secondcar.grading.course import load_course
from secondcar.grading.handed_in import read_notebook
from secondcar.grading.reporting import write_report
from secondcar.grading.results import read_results
from tests.support.graded import gradebook_rows
from tests.support.grading_courses import hand_in_tiny, make_tiny_course
from tests.support.some import some

WHOLE = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "a",
            "metadata": {"nbgrader": {"grade_id": "x"}, "tags": ["t"], "collapsed": True},
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["1\n"]},
                {"output_type": "display_data", "data": {"text/plain": ["1"]}, "metadata": {}},
            ],
            "source": ["x = 1\n", "y = 2"],
        },
        {
            "attachments": {"a.png": {"image/png": "YQ=="}},
            "cell_type": "markdown",
            "id": "b",
            "metadata": {},
            "source": "A text",
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "P"}, "language_info": {"name": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
RUBBISH = [None, True, 5, -1, 1e400, float("nan"), 10**30, "", "x", [], [5], [[]], {}, {"a": 5}, {"a": {"b": [5]}}]


def places(part, path=()):
    """Yield the path of each value in a JSON document."""
    for key in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
        yield (*path, key)
        yield from places(part[key], (*path, key))


def with_rubbish(path, rubbish, whole=WHOLE):
    """Return a copy of a notebook with something else at a place."""
    notebook = copy.deepcopy(whole)
    part = notebook
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = rubbish
    return notebook


@pytest.mark.parametrize("path", list(places(WHOLE)), ids=lambda path: ".".join(map(str, path)))
def test_whatever_stands_in_a_part(path):
    for rubbish in RUBBISH:
        try:
            found, _ = read_notebook("p.ipynb", json.dumps(with_rubbish(path, rubbish)).encode())
        except CourseError as fault:
            # Only a damaged answer is a reason to refuse.
            assert path == ("cells",) or len(path) == 2 or path[2] == "source", rubbish
            assert str(fault).startswith("p.ipynb ") and "ask the learner to" in str(fault)
        else:
            whole = nbformat.reads(json.dumps(found), as_version=4)
            nbformat.validate(whole, relax_add_props=True)
            if path[0] != "cells" or (len(path) > 2 and path[2] != "source"):
                assert [cell.source for cell in whole.cells] == ["x = 1\ny = 2", "A text"]


def test_a_whole_notebook_is_as_it_was():
    assert read_notebook("p.ipynb", json.dumps(WHOLE).encode()) == (WHOLE, [])


OLD = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}


@pytest.mark.parametrize("worksheets", [[5], [{"cells": 5}], [{"cells": [{"cell_type": "code", "input": 5}]}]])
def test_a_damaged_notebook_of_an_old_format(worksheets):
    assert read_notebook("p.ipynb", json.dumps(OLD).encode())[0]["cells"] == []
    with pytest.raises(CourseError, match=r"^p.ipynb is .*damaged.*: ask the learner to .*\.$"):
        read_notebook("p.ipynb", json.dumps({**OLD, "worksheets": worksheets}).encode())


# student -> where something else stands in the notebook, what, and whether it can be graded all the same
DAMAGED = {
    "cells": (("cells",), {"a": 1}, False),
    "count": (("cells", 0, "execution_count"), "x", True),
    "format": (("nbformat",), "4", True),
    "future": (("nbformat",), 99, True),
    "kind": (("cells", 1, "cell_type"), 5, True),
    "language": (("metadata", "language_info"), {"name": ["x"], "pygments_lexer": {"a": 1}}, True),
    "metadata": (("metadata",), [], True),
    "minor": (("nbformat_minor",), "x", True),
    "nested": (("cells", 0, "source"), [["x = 2"]], False),
    "number": (("cells", 0, "source"), 5, False),
    "outputs": (("cells", 0, "outputs"), "x", True),
}
INNOCENTS = ("s0000", "s0001")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("damaged") / "course"
    make_tiny_course(root, students=len(INNOCENTS))
    for student, (path, rubbish, _) in DAMAGED.items():
        hand_in_tiny(root, student, "x = 2")
        file = root / "submitted" / student / "tiny" / "tiny.ipynb"
        file.write_text(json.dumps(with_rubbish(path, rubbish, json.loads(file.read_text()))))
    submitted = root / "submitted"
    (submitted / "link-above").symlink_to(submitted / "s0000")
    (submitted / "link-below").mkdir()
    (submitted / "link-below" / "tiny").symlink_to(submitted / "s0000" / "tiny")
    return root


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_class_with_damaged_notebooks_and_links(course):
    before = files_in(course / "submitted")
    command = [sys.executable, "-m", "secondcar", "grade", "tiny", "--json"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert files_in(course / "submitted") == before
    refused = {student for student, (_, _, graded) in DAMAGED.items() if not graded}
    told = json.loads(done.stdout)
    assert set(told["failed"]) == {*refused, "link-above", "link-below"}
    marks = {row[1]: row[4] for row in gradebook_rows(course / "gradebook.db") if row[0] == "grades"}
    for student in (*INNOCENTS, *(DAMAGED.keys() - refused)):
        assert marks[student] == 1, student

    results = {result.student: " ".join(result.notes) for result in read_results(load_course(course), "tiny")}
    report = "".join(path.read_text() for path in write_report(load_course(course), "tiny", names=True))
    notes = {outcome["student"]: outcome["notes"] for outcome in told["outcomes"]}
    for student in some(DAMAGED):
        (note,) = notes[student]
        assert note.startswith("tiny.ipynb ") and ("ask the learner to" in note) == (student in refused)
        assert f"{student}: {note}" in done.stderr
        assert note in results[student] and note in report
    for student, link in (("link-above", "link-above"), ("link-below", "tiny")):
        (note,) = notes[student]
        assert note == f"The folder {link} is a link: it was not read. Put there what was handed in itself."
        assert f"{student}: {note}" in done.stderr
    assert "error" not in done.stderr.lower()
