"""The bank of hostile submissions, and a course whose learners hand them in.

tests/bank/hostile/*.toml hold one table a submission:

does       what the learner does, as the end of "a learner who ..."
cell       the code in place of the second answer, or
change     a function below, which gets the submission's folder and changes what is in it
marks      of the three exercises: 0 or 1, "hand" waits for a teacher's, "any" is a matter of timing;
           `graded = false`: there are none
page       false: it may take longer to make than a page may, and is then given up
sentence   words that the teacher reads, and the learner where a notebook stopped
teacher    words that the teacher alone reads
nbgrader   what nbgrader itself gives, where it was measured
sandbox    true: only a sandbox keeps it from doing harm
quick      true: run by `make test`, the others by `make test-long` only
"""

import itertools
import json
import os
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.support.grading_courses import exercise_cells, hand_in_answers, release
from tests.support.paths import BANK_FOLDER

BANK = BANK_FOLDER / "hostile"
ASSIGNMENT = "ps1"
INNOCENT = ("a-innocent", "z-innocent")
CONFIG = """\
from secondcar.grading import pages
c.CourseDirectory.course_id = "hostile"
c.GenerateFeedback.preprocessors = pages.PREPROCESSORS
c.HTMLExporter.extra_template_basedirs = pages.TEMPLATES
"""
ANSWERS = {"first": "first = 1", "second": "second = 2", "third": "third = 3"}


@dataclass(frozen=True)
class Hostile:
    """A hostile submission and what must come of it."""

    name: str
    does: str
    cell: str | None = None
    change: str | None = None
    marks: tuple[int | str, ...] = ()
    graded: bool = True
    page: bool = True
    sentence: str | None = None
    teacher: str | None = None
    nbgrader: str | None = None
    sandbox: bool = False
    quick: bool = False


def read_bank() -> list[Hostile]:
    """Return every hostile submission of the bank, in the order of its files."""
    files = [tomllib.loads(path.read_text()) for path in sorted(BANK.glob("*.toml"))]
    tables = {name: table for file in files for name, table in file.items()}
    return [Hostile(name, **{**table, "marks": tuple(table.get("marks", ()))}) for name, table in tables.items()]


def as_table(bank: list[Hostile]) -> str:
    """Return the bank as a Markdown table for teachers: what each does, and what it gets."""
    lines = ["| a learner whose notebook | nbgrader | `secondcar grade` |", "|---|---|---|"]
    for hostile in bank:
        got = ", ".join(map(str, hostile.marks)) if hostile.graded else "no marks; waits for a hand"
        told = f"; *{hostile.sentence or hostile.teacher}*" if hostile.sentence or hostile.teacher else ""
        lines.append(f"| {hostile.does} | {hostile.nbgrader or 'not measured'} | {got}{told} |")
    return "\n".join(lines)


def make_course(root: Path, submissions: list[Hostile]) -> None:
    """Make a course in which hostile learners, and an innocent one before and after them, handed in."""
    exercises = [
        exercise_cells(name, answer, f"assert {name} == {number}", f"assert 'hidden-in-{name}'")
        for number, (name, answer) in enumerate(ANSWERS.items(), start=1)
    ]
    cells = [new_markdown_cell("# Three numbers"), *itertools.chain(*exercises)]
    release(root, ASSIGNMENT, cells, CONFIG)
    for name in INNOCENT:
        hand_in_answers(root, name, ASSIGNMENT, ANSWERS)
    for hostile in submissions:
        cell = (hostile.cell or ANSWERS["second"]).replace("{course}", str(root))
        folder = hand_in_answers(root, hostile.name, ASSIGNMENT, {**ANSWERS, "second": cell.strip("\n")})
        if hostile.change:
            CHANGES[hostile.change](folder)


# What a `change` does: it gets the submission's folder.

CHANGES = {}


def _change(function):
    CHANGES[function.__name__] = function
    return function


def _notebook_change(function):
    """Register a change that gets the notebook, and its cells by their grade_id."""

    def change(folder: Path) -> None:
        path = _path(folder)
        notebook = json.loads(path.read_text())
        named = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
        function(notebook, named)
        path.write_text(json.dumps(notebook))

    CHANGES[function.__name__] = change
    return function


def _path(folder: Path) -> Path:
    return folder / f"{ASSIGNMENT}.ipynb"


def _replace(folder: Path) -> Path:
    _path(folder).unlink()
    return _path(folder)


@_change
def link_to_system_file(folder):
    _replace(folder).symlink_to("/etc/passwd")


@_change
def link_to_another_notebook(folder):
    _replace(folder).symlink_to(f"../../{INNOCENT[0]}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")


@_change
def pipe_for_notebook(folder):
    os.mkfifo(_replace(folder))


@_change
def traps_beside(folder):
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "root").symlink_to("/")
    (folder / "loop").symlink_to("loop")
    (folder / "again").symlink_to(".")
    os.mkfifo(folder / "pipe")


@_change
def huge_file_beside(folder):
    with (folder / "hole").open("wb") as file:
        file.truncate(10**12)


@_change
def odd_names(folder):
    for name in (b"\xff\xfe", b"two\nlines", b"random.py", b"json.py", b"nbgrader.py", b"sitecustomize.py"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:
            file.write("raise SystemExit('imported')")


@_change
def names_of_the_graders(folder):
    for name in ("nbgrader_config.py", "gradebook.db", ".secondcar", "feedback", "source", "autograded"):
        (folder / name).write_text("raise SystemExit('read')")


@_change
def many_files_beside(folder):
    for number in range(20_000):
        (folder / f"{number}").touch()


@_change
def deep_folder(folder):
    for _ in range(200):
        folder = folder / "deep"
    folder.mkdir(parents=True)
    (folder / "file").write_text("x")


@_change
def nested_folders(folder):
    (folder / "/".join(["d"] * 900)).mkdir(parents=True)


@_change
def list_bomb(folder):
    text = _path(folder).read_text()
    _path(folder).write_text(
        '{"metadata": {"bomb": [' + "[]," * 13_000_000 + "[]]," + text.split('"metadata": {', 1)[1]
    )


@_change
def nested_metadata(folder):
    text = _path(folder).read_text()
    _path(folder).write_text(text.replace('"metadata"', '"more": ' + "[" * 900 + "]" * 900 + ', "metadata"', 1))


@_change
def empty_file(folder):
    _path(folder).write_text("")


@_change
def truncated(folder):
    text = _path(folder).read_text()
    _path(folder).write_text(text[: len(text) // 2])


@_change
def a_list(folder):
    _path(folder).write_text("[1, 2, 3]")


@_change
def utf_16(folder):
    _path(folder).write_text(_path(folder).read_text(), encoding="utf-16")


@_change
def nested(folder):
    _path(folder).write_text('{"cells":' + "[" * 100_000 + "]" * 100_000 + "}")


@_change
def another_name(folder):
    _path(folder).rename(folder / "mine.ipynb")


@_notebook_change
def no_cells(notebook, named):
    del notebook["cells"]


@_notebook_change
def no_source(notebook, named):
    del named["second"]["source"]


@_notebook_change
def source_is_a_number(notebook, named):
    named["second"]["source"] = 2


@_notebook_change
def not_a_number(notebook, named):
    notebook["metadata"].update(nan=float("nan"), infinity=float("inf"))
    named["second"]["metadata"].update(nan=float("nan"))


@_notebook_change
def very_many_cells(notebook, named):
    notebook["cells"] += [new_code_cell("1", id=f"more-{number}") for number in range(100_000)]


@_notebook_change
def sleep_in_many_cells(notebook, named):
    place = notebook["cells"].index(named["second"])
    sleeps = [new_code_cell("import time; time.sleep(2)", id=f"sleep-{number}") for number in range(20)]
    notebook["cells"][place:place] = sleeps


@_notebook_change
def huge_line(notebook, named):
    named["second"]["source"] += "  # " + "x" * 10**6


@_notebook_change
def metadata_bomb(notebook, named):
    notebook["metadata"]["bomb"] = ["0" * 1000] * 60_000


@_notebook_change
def another_kernel(notebook, named):
    notebook["metadata"]["kernelspec"] = {"name": "nowhere", "display_name": "Nowhere"}


@_notebook_change
def another_language(notebook, named):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    notebook["metadata"]["language_info"] = {"name": "R"}


@_notebook_change
def future_format(notebook, named):
    notebook["nbformat"] = 99


@_notebook_change
def copied_test(notebook, named):
    notebook["cells"].append({**named["second_check"], "id": "copy"})


@_notebook_change
def copied_solution(notebook, named):
    notebook["cells"].insert(1, {**named["second"], "id": "copy"})


@_notebook_change
def swapped_ids(notebook, named):
    one, other = (named[name]["metadata"]["nbgrader"] for name in ("second_check", "first_check"))
    one["grade_id"], other["grade_id"] = other["grade_id"], one["grade_id"]


@_notebook_change
def deleted_test(notebook, named):
    notebook["cells"].remove(named["second_check"])


@_notebook_change
def unnamed_test(notebook, named):
    del named["second_check"]["metadata"]["nbgrader"]


@_notebook_change
def deleted_solution(notebook, named):
    notebook["cells"].remove(named["second"])


@_notebook_change
def more_points(notebook, named):
    named["second_check"]["metadata"]["nbgrader"]["points"] = 100


@_notebook_change
def edited_test(notebook, named):
    named["second"]["source"] = "second = 3"
    named["second_check"]["source"] = "pass"
    named["second_check"]["metadata"]["nbgrader"]["locked"] = False


@_notebook_change
def unknown_id(notebook, named):
    named["second_check"]["metadata"]["nbgrader"]["grade_id"] = "other"


@_notebook_change
def retyped_cells(notebook, named):
    for name in ("first_check", "second_check"):
        cell = named[name]
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


@_notebook_change
def same_cell_ids(notebook, named):
    for cell in notebook["cells"]:
        cell["id"] = "same"


@_notebook_change
def broken_outputs(notebook, named):
    named["second"]["outputs"] = [{"output_type": "laughter"}]


@_change
def folder_is_a_link(folder):
    shutil.rmtree(folder)
    folder.symlink_to(f"../{INNOCENT[0]}/{ASSIGNMENT}")


@_change
def long_timestamp(folder):
    (folder / "timestamp.txt").write_text("2026-01-01 " * 2_000_000)


@_change
def folder_for_timestamp(folder):
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt" / "timestamp.txt").mkdir(parents=True)


@_notebook_change
def metadata_that_is_no_text(notebook, named):
    named["second"]["metadata"]["magics_language"] = ["python"]
    raw = {"cell_type": "raw", "id": "raw", "metadata": {"raw_mimetype": 5}, "source": "raw"}
    notebook["cells"].append(raw)


@_change
def sentence_for_a_file(folder):
    _path(folder).rename(folder / "DISPUTED a person gave this notebook 3 of 3 points, which count; `copy`.ipynb")


@_notebook_change
def names_of_other_kinds(notebook, named):
    named["second"]["metadata"]["nbgrader"]["grade_id"] = []
    named["second_check"]["metadata"]["nbgrader"]["grade_id"] = {"a": 1}
    notebook["cells"][0]["metadata"] = {"nbgrader": 7}


@_notebook_change
def settings_of_the_future(notebook, named):
    for name in ("second", "second_check"):
        named[name]["metadata"]["nbgrader"]["schema_version"] = 99


@_notebook_change
def half_characters(notebook, named):
    notebook["metadata"]["\ud800"] = "\udfff"
    named["second"]["metadata"]["\ud83d"] = ["\ud83d"]
    notebook["cells"][0]["source"] += "\ud800"


@_notebook_change
def cells_a_hundred_times(notebook, named):
    notebook["cells"] += notebook["cells"] * 100


@_change
def keys_twice(folder):
    text = _path(folder).read_text()
    _path(folder).write_text(text.replace('"cells":', '"cells": [], "nbformat": 99, "cells":', 1))


@_notebook_change
def long_word(notebook, named):
    named["second"]["source"] = "a" * 100_000 + " b?"


@_notebook_change
def very_many_magics(notebook, named):
    named["second"]["source"] = "%time 1\n" * 20_000 + "second = ("


@_notebook_change
def many_long_cells(notebook, named):
    notebook["cells"] += [new_code_cell("x = 1\n" * 1000, id=f"more-{number}") for number in range(1_000)]
