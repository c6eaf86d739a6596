"""When a worked solution is shown."""

import os
import sys
from pathlib import Path
from typing import Any

from secondcar.checks import record
from secondcar.checks.answers_file import solutions_setting, unit_folder
from secondcar.checks.exercise import Exercise
from secondcar.counting import counted
from secondcar.note_format import RIGHT
from secondcar.workspace import RECORD

TRIES = 3


def what_is_missing(name: str, exercise: Exercise[Any]) -> str:
    """Return in a sentence what a learner still has to do before a solution is shown; "" where it is open."""
    folder = unit_folder()
    if folder is None or not exercise.worked:
        return "There is none for this exercise: a person marks it, and more than one answer can be good."
    setting = "closed" if os.environ.get("NBGRADER_EXECUTION") else solutions_setting(folder) or _default(folder)
    if setting == "closed":
        return "In this class your teacher opens the solutions, most often after the deadline."
    known = record.tried(folder, name)
    if known.state == RIGHT:
        return ""
    if setting == "after-right":
        return "It opens when your answer is right. It shows one way to get there, which may not be yours."
    missing = []
    if known.hints < len(exercise.hints):
        missing.append(f'read {counted(len(exercise.hints) - known.hints, "more hint")} with hint("{name}")')
    if len(known.tries) < TRIES:
        missing.append(f"check {counted(TRIES - len(known.tries), 'more different answer')}")
    return f"It opens when your answer is right, or when you {' and '.join(missing)}." if missing else ""


def _default(folder: Path) -> str:
    """A learner alone has nobody to ask; what a class was handed stays closed until the teacher says so."""
    is_alone = "pyodide" in sys.modules or any((parent / RECORD).is_file() for parent in folder.parents)
    return "after-three" if is_alone else "closed"
