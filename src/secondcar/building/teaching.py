"""The teacher's guide: its figures, and its table of which exercise meets which misconception."""

from pathlib import Path

from secondcar.building.answers import read_answers
from secondcar.building.errors import BuildError
from secondcar.building.notebook import points_of, read_unit
from secondcar.building.prose import fill
from secondcar.misconceptions import read_misconceptions

GUIDE = "teaching.md"


def teachers_guide(root: Path, units: list[str]) -> str:
    """Return the guide as teachers read it: course/teaching.md with every reference filled in.

    Besides ``claim`` and ``fact``, its references know ``exercises("02-by-and-to")`` and ``marks("02-by-and-to")``, how
    many of them the unit has, and ``misconceptions_table``.

    Args:
        root: the repository.
        units: all units, in their order.

    Raises:
        BuildError: there is no guide, a reference cannot be filled, or an exercise names an unknown misconception.
    """
    path = root / "course" / GUIDE
    if not path.is_file():
        raise BuildError(f"course/{GUIDE} is missing: write it, since teachers read it.")

    def exercises(unit: str) -> int:
        return len(read_answers(root / "course" / unit / "answers.toml"))

    def marks(unit: str) -> float:
        folder = root / "course" / unit
        return sum(points_of(read_unit(folder / f"{unit}.py", read_answers(folder / "answers.toml"))).values())

    return fill(
        path.read_text(encoding="utf-8"),
        f"course/{GUIDE}",
        exercises=exercises,
        marks=marks,
        misconceptions_table=misconceptions_table(read_misconceptions(root), exercises_by_misconception(root, units)),
    )


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
