"""What grading left of a course, in a form that two graders can be compared in."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode
from sqlalchemy import create_engine, text

from secondcar.grading.gradebook.register import register
from tests.support.grading_courses import exercise_cells, hand_in_answers, release
from tests.support.paths import ROOT

# Everything nbgrader stores about submissions, but its random ids.
_ROWS = {
    "grades": """
        SELECT s.student_id, n.name AS notebook, c.name, g.auto_score, g.manual_score, g.extra_credit,
               g.needs_manual_grade
        FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook b ON b.id = g.notebook_id
        JOIN notebook n ON n.id = b.notebook_id JOIN submitted_assignment s ON s.id = b.assignment_id""",
    "comments": """
        SELECT s.student_id, n.name AS notebook, c.name, m.auto_comment, m.manual_comment
        FROM comment m JOIN base_cell c ON c.id = m.cell_id JOIN submitted_notebook b ON b.id = m.notebook_id
        JOIN notebook n ON n.id = b.notebook_id JOIN submitted_assignment s ON s.id = b.assignment_id""",
    "notebooks": """
        SELECT s.student_id, n.name, b.late_submission_penalty, b.flagged, s.timestamp, s.extension
        FROM submitted_notebook b JOIN notebook n ON n.id = b.notebook_id
        JOIN submitted_assignment s ON s.id = b.assignment_id""",
    "students": "SELECT id, first_name, last_name, email FROM student",
}
_CHANGING = [
    (re.compile(r"ipykernel_\d+/\d+"), "ipykernel_0/0"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0x0"),
]


def gradebook_rows(database: Path) -> set[tuple]:
    """Return every row about submissions in a gradebook, each with the name of its kind first."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        return {(kind, *row) for kind, query in _ROWS.items() for row in connection.execute(text(query))}


def graded_download(folder: Path, unit: str) -> dict[str, float | None]:
    """Sort `downloads` into a course and grade the one learner's notebook of a unit, by both graders.

    Return test -> mark, which both must agree on.
    """
    (folder / "class.csv").write_text("id,first_name,last_name\nada,Ada,Lovelace\n", encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    for version in ("source", "release"):
        shutil.copytree(ROOT / version / unit, folder / version / unit)
    register(folder)
    marks = []
    for module, *command in (
        ("secondcar", "collect", "downloads", "--roster", "class.csv"),
        ("secondcar", "grade", unit),
        ("nbgrader", "autograde", unit, "--force"),
    ):
        done = subprocess.run([sys.executable, "-m", module, *command], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        if command[0] != "collect":
            rows = gradebook_rows(folder / "grading" / "gradebook.db")
            marks.append({row[3]: row[4] for row in rows if row[0] == "grades"})
    assert marks[0] == marks[1]
    return marks[0]


def graded_files(folder: Path) -> dict[str, object]:
    """Return path -> (mode, content) below a folder of autograded submissions; a notebook's content as cells."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, _content(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".secondcar" not in path.parts
    }


def without_errors_of_tests(files: dict[str, object]) -> dict[str, object]:
    """Return graded files with only the fact left that a test failed, for graders that say so in other words."""
    return {path: (mode, _silenced(content)) for path, (mode, content) in files.items()}


def _silenced(content: object) -> object:
    if not isinstance(content, list):
        return content
    cells = json.loads(json.dumps(content))
    for cell in cells[1:]:
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("grade"):
            failed = any(output["output_type"] == "error" for output in cell["outputs"])
            # A figure that is still open is shown after the error of its cell; a verdict comes after all.
            others = [output for output in cell["outputs"] if output["output_type"] != "error"]
            cell["outputs"] = [*others, *(["failed"] if failed else [])]
    return cells


def _content(path: Path) -> object:
    if path.suffix != ".ipynb":
        return path.read_bytes()
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [notebook["metadata"], *map(comparable_cell, notebook["cells"])]


def comparable_cell(cell: dict) -> dict:
    """Return a cell without what differs each time: when it ran, addresses, process ids, and random ids.

    A kernel sends what is printed in portions, as time goes by: portions that follow each other are joined.
    """
    cell = json.loads(json.dumps(cell))
    if re.fullmatch("[0-9a-f]{8}", cell.get("id", "")):
        del cell["id"]
    if "execution" in cell["metadata"]:
        cell["metadata"]["execution"] = sorted(cell["metadata"]["execution"])
    joined = []
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream":
            output["text"] = "".join(output["text"])
            if joined and joined[-1].get("name") == output["name"]:
                joined[-1]["text"] += output["text"]
                continue
        joined.append(output)
    if "outputs" in cell:
        cell["outputs"] = joined
    content = json.dumps(cell)
    for pattern, constant in _CHANGING:
        content = pattern.sub(constant, content)
    return json.loads(content)


def marks_in(root: Path) -> dict[str, dict[str, float | None]]:
    """Return student -> exercise -> marks."""
    marks: dict[str, dict[str, float | None]] = {}
    for row in gradebook_rows(root / "gradebook.db"):
        if row[0] == "grades":
            marks.setdefault(row[1], {})[row[3].removesuffix("_check")] = row[4]
    return marks


def marks_of_class(
    root: Path,
    exercises: Mapping[str, tuple[str, str, str]],
    learners: Mapping[str, Mapping[str, str]],
    above: Sequence[NotebookNode] = (),
    options: Sequence[str] = (),
) -> dict[str, dict[str, float | None]]:
    """Grade a class of an assignment that is made for it; return student -> exercise -> marks.

    exercises: name -> the answer, the visible test and the hidden one. learners: their answers, where these are not the
    solution's. above: cells above the exercises. options: of the command.
    """
    cells = [*above, *(cell for name, texts in exercises.items() for cell in exercise_cells(name, *texts))]
    release(root, "ps1", cells, "c.Execute.timeout = 60")
    right = {name: answer for name, (answer, *_) in exercises.items()}
    for student, answers in learners.items():
        hand_in_answers(root, student, "ps1", {**right, **answers})
    subprocess.run([sys.executable, "-m", "secondcar", "grade", "ps1", *options], cwd=root, check=True)
    return marks_in(root)
