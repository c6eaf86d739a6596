"""The table in the teacher's guide that says which exercise meets which misconception, made from answers.toml."""

import tomllib
from pathlib import Path

from secondcar.building.answers import read_answers
from secondcar.building.errors import BuildError

TABLE_START = "<!-- The table is made by `secondcar build`. -->"
TABLE_END = "<!-- Here the table ends. -->"


def write_teaching_table(root: Path, units: list[str]) -> None:
    """Bring the table in course/teaching.md up to date.

    Raises:
        BuildError: the guide or its table's place is missing, or an exercise names an unknown misconception.
    """
    guide = root / "course" / "teaching.md"
    guide.write_text(with_table(root, units), encoding="utf-8", newline="\n")


def with_table(root: Path, units: list[str]) -> str:
    """Return the text of course/teaching.md with the table as it should be.

    Raises:
        BuildError: as `write_teaching_table`.
    """
    guide = root / "course" / "teaching.md"
    text = guide.read_text(encoding="utf-8") if guide.is_file() else ""
    if text.count(TABLE_START) != 1 or text.count(TABLE_END) != 1:
        raise BuildError(
            f"course/teaching.md must hold the lines {TABLE_START} and {TABLE_END} once: write them where the table of "
            "misconceptions goes."
        )
    before, rest = text.split(TABLE_START)
    after = rest.split(TABLE_END)[1]
    table = misconceptions_table(read_misconceptions(root), exercises_by_misconception(root, units))
    return f"{before}{TABLE_START}\n\n{table}\n\n{TABLE_END}{after}"


def read_misconceptions(root: Path) -> dict[str, tuple[str, str]]:
    """Return misconception id -> (the claim it is about, what goes wrong), from course/misconceptions.toml."""
    written = tomllib.loads((root / "course" / "misconceptions.toml").read_text(encoding="utf-8"))
    return {name: (claim, what) for claim, entries in written.items() for name, what in entries.items()}


def exercises_by_misconception(root: Path, units: list[str]) -> dict[str, list[str]]:
    """Return misconception id -> its exercises, each as unit, name and kind.

    Raises:
        BuildError: an exercise names a misconception that is not in course/misconceptions.toml.
    """
    met: dict[str, list[str]] = {name: [] for name in read_misconceptions(root)}
    for unit in units:
        for name, exercise in read_answers(root / "course" / unit / "answers.toml").items():
            for misconception in {m["misconception"] for m in exercise["mistakes"] if "misconception" in m}:
                if misconception not in met:
                    raise BuildError(
                        f"course/{unit}/answers.toml: exercise {name}: {misconception} is not in "
                        "course/misconceptions.toml. Correct it, or add it there."
                    )
                met[misconception].append(f"{unit[:2]} `{name}` ({exercise['kind']})")
    return met


def misconceptions_table(misconceptions: dict[str, tuple[str, str]], met: dict[str, list[str]]) -> str:
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
