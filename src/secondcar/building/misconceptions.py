"""Which exercise meets which of the known misconceptions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from secondcar.building.sources import Course
from secondcar.misconceptions import read_misconceptions


def named_in(exercise: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the misconceptions that an exercise's mistakes name, each with the place of the mistake."""
    for position, mistake in enumerate(exercise.get("mistakes", [])):
        if "misconception" in mistake:
            yield position, mistake["misconception"]


def exercises_by_misconception(course: Course) -> dict[str, list[str]]:
    """Return misconception id -> its exercises, each as unit, name and kind."""
    met: dict[str, list[str]] = {name: [] for name in read_misconceptions(course.root)}
    for unit in course.units:
        for name, exercise in unit.answers.sound.items():
            for misconception in dict.fromkeys(known for _, known in named_in(exercise)):
                if misconception in met:
                    met[misconception].append(f"{unit.name[:2]} `{name}` ({exercise.get('kind', 'number')})")
    return met


def misconceptions_table(misconceptions: Mapping[str, tuple[str, str]], met: Mapping[str, Sequence[str]]) -> str:
    """Return the table in Markdown.

    Args:
        misconceptions: as `read_misconceptions` returns them.
        met: misconception id -> its exercises.

    >>> print(misconceptions_table({"M01": ("a rise", "*by* read as *to*")}, {"M01": ["02 `undo-by` (function)"]}))
    | id | about | what goes wrong | met in unit and exercise (its kind) |
    |---|---|---|---|
    | M01 | a rise | *by* read as *to* | 02 `undo-by` (function) |
    """
    rows = [
        f"| {name} | {claim} | {what} | {', '.join(met[name]) or 'no exercise yet'} |"
        for name, (claim, what) in misconceptions.items()
    ]
    head = ["| id | about | what goes wrong | met in unit and exercise (its kind) |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])
