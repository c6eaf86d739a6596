"""The exercises of a unit, read from the ``answers.json`` beside its notebook."""

import base64
import difflib
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds import from_json
from secondcar.errors import CourseError
from secondcar.files import write_whole

FILE_NAME = "answers.json"
# Its name where JupyterLab has no other way to leave a file out of its list: in a browser.
HIDDEN_NAME = f".{FILE_NAME}"
FORMAT = 1
# When a unit shows its worked solutions: never, after the right answer, or after it or all hints and three tries.
SOLUTIONS = ("closed", "after-right", "after-three")

# A notebook starts in its own folder; a learner may change folders later.
_FOLDER_AT_START = Path.cwd()


class NoExercise(Exception):
    """The exercise does not exist, or there are no exercises; the text is one sentence for the learner."""


def encode(unit: str, exercises: Mapping[str, Exercise[Any]], solutions: str | None = None) -> str:
    """Return the text of a unit's ``answers.json``.

    Args:
        unit: its name.
        exercises: id -> exercise.
        solutions: one of `SOLUTIONS`; None leaves it to where the unit is worked on.

    The ids are readable; the rest is base64 of JSON, so that nobody reads an answer by accident. It is not a secret.
    """
    packed = {
        name: base64.b64encode(json.dumps(exercise.to_json(), ensure_ascii=False).encode()).decode()
        for name, exercise in exercises.items()
    }
    setting = {"solutions": solutions} if solutions else {}
    return json.dumps({"format": FORMAT, "unit": unit, **setting, "exercises": packed}, indent=1) + "\n"


def decode(text: str) -> dict[str, Exercise[Any]]:
    """Return exercise id -> exercise, the inverse of `encode`."""
    packed = json.loads(text)["exercises"]
    return {name: from_json(json.loads(base64.b64decode(exercise))) for name, exercise in packed.items()}


def unit_folder() -> Path | None:
    """Return the folder of the unit that the notebook runs in; None where there is none."""
    return next((folder for folder in (Path.cwd(), _FOLDER_AT_START) if file_in(folder).is_file()), None)


def file_in(folder: Path) -> Path:
    """Return the file of a unit's exercises; a hidden one counts only where none has the usual name.

    A learner may hand in a hidden one, too: grading restores the usual one alone.
    """
    usual = folder / FILE_NAME
    return usual if usual.is_file() else folder / HIDDEN_NAME


def solutions_setting(folder: Path) -> str | None:
    """Return what a unit's own file says of its worked solutions, one of `SOLUTIONS`; None where it says nothing."""
    try:
        setting = json.loads(file_in(folder).read_text(encoding="utf-8")).get("solutions")
    except (OSError, ValueError, AttributeError):
        return None
    return setting if setting in SOLUTIONS else None


def set_solutions(path: Path, when: str) -> None:
    """Write into a unit's ``answers.json`` when its worked solutions are shown.

    Args:
        path: the file.
        when: one of `SOLUTIONS`.

    Raises:
        CourseError: it cannot be read or written.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        exercises = told.pop("exercises")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(f"{path} cannot be read: run this in the course's folder, with the name of a unit.") from None
    write_whole(path, json.dumps({**told, "solutions": when, "exercises": exercises}, indent=1) + "\n")


def find_exercise(name: str) -> Exercise[Any]:
    """Return one exercise of the unit in whose folder the notebook runs.

    Raises:
        NoExercise: no (readable) ``answers.json`` here, or no exercise of that name.
    """
    exercises = _load()
    if not isinstance(name, str) or not name:
        example = next(iter(exercises), "")
        raise NoExercise(
            f'The brackets begin with an exercise\'s id in quotes, as it stands above it, such as "{example}".'
        )
    if name not in exercises:
        close = difflib.get_close_matches(str(name), exercises, n=1)
        advice = f'Did you mean "{close[0]}"?' if close else f"This unit has: {', '.join(exercises)}."
        raise NoExercise(f'There is no exercise called "{name}" in this unit. {advice}')
    return exercises[name]


def ids() -> list[str]:
    """Return the ids of the exercises of the unit in whose folder the notebook runs; none where there is no unit."""
    try:
        return list(_load())
    except NoExercise:
        return []


def variable_of(name: str) -> str:
    """Return the Python name that holds the answer to an exercise.

    >>> variable_of("units-2017-by")
    'units_2017_by'
    """
    return name.replace("-", "_")


def _load() -> dict[str, Exercise[Any]]:
    folder = unit_folder()
    if folder is None:
        raise NoExercise(
            f"There is no {FILE_NAME} in the folder this notebook runs in: open the notebook from its own unit's "
            "folder."
        )
    path = file_in(folder)
    try:
        return _load_file(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise NoExercise(
            f"The file {FILE_NAME} beside this notebook is damaged: start this unit afresh to get a good one."
        ) from None


@functools.lru_cache(maxsize=32)
def _load_file(path: Path, changed: int) -> dict[str, Exercise[Any]]:
    """Read and decode one file; `changed` makes a new file count as new."""
    return decode(path.read_text(encoding="utf-8"))
