"""The misconceptions that the course knows, and which mistake of an exercise is one of them."""

import tomllib
from pathlib import Path
from typing import Any

from secondcar.checks.note import without_emphasis
from secondcar.errors import CourseError


def read_misconceptions(root: Path) -> dict[str, tuple[str, str]]:
    """Return misconception id -> (the claim it is about, what goes wrong), from course/misconceptions.toml."""
    written = _read(root / "course" / "misconceptions.toml")
    return {name: (claim, what) for claim, entries in written.items() for name, what in entries.items()}


def misconceptions_of(root: Path, unit: str) -> dict[tuple[str, str], str]:
    """Return exercise and mistake -> the misconception's id and what goes wrong, in plain text, for one unit.

    A unit of another course has none. It reads what the build has accepted, without the build's packages.
    """
    answers = root / "course" / unit / "answers.toml"
    if not answers.is_file():
        return {}
    wrong = read_misconceptions(root)
    return {
        (name, mistake["id"]): f"{mistake['misconception']}: {without_emphasis(wrong[mistake['misconception']][1])}"
        for name, exercise in _read(answers).items()
        for mistake in exercise.get("mistakes", ())
        if mistake.get("misconception") in wrong
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} cannot be read: {error}. Correct it, or take it from the course again.") from None
