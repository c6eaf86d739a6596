"""Put the assignments in `source/` into the gradebook, and touch nothing else.

`nbgrader generate_assignment` does that too, but it also writes `release/`, and it changes what the gradebook says
about an assignment that is being graded. Here the release goes to a temporary folder, and an assignment with
submissions is left alone.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from secondcar.counting import counted


def register(
    root: Path | str = ".",
    assignments: Sequence[str] | None = None,
    only_new: bool = False,
    clear_solutions: Config | None = None,
) -> bool:
    """Register folders of `source/` in the gradebook of the course at `root`; print one line for each.

    `assignments` names the folders; without it, all are registered. With `only_new`, those that the gradebook knows
    by name are passed over. `clear_solutions` takes the place of the course's own settings of how solutions are
    taken out.

    Returns whether every assignment is registered as it stands in `source/`.
    Raises FileNotFoundError if `root` holds no nbgrader_config.py.
    """
    root = Path(root).resolve()
    if not (root / "nbgrader_config.py").is_file():
        raise FileNotFoundError(f"{root} holds no nbgrader_config.py: run this in the folder of the course.")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.setdefault("root", str(root))
    if clear_solutions is not None:
        config.ClearSolutions = clear_solutions
    course = CourseDirectory(config=config)
    if assignments is None:
        sources = Path(course.format_path(course.source_directory, ".", "."))
        assignments = sorted({path.parent.name for path in sources.glob("*/*.ipynb")})
    if only_new:
        with Gradebook(course.db_url) as gradebook:
            known = {assignment.name for assignment in gradebook.assignments}
        assignments = [name for name in assignments if name not in known]
    with tempfile.TemporaryDirectory() as folder:
        done = [_register_one(config, assignment, Path(folder)) for assignment in assignments]
    return all(done)


def _register_one(config: Config, assignment: str, scratch: Path) -> bool:
    gradebook, trial = CourseDirectory(config=config).db_url, f"sqlite:///{scratch / 'trial.db'}"
    _generate(config, assignment, db_url=trial, release_directory=str(scratch / "trial"))
    known, submissions = _cells(gradebook, assignment)
    if known == _cells(trial, assignment)[0]:
        print(f"{assignment}: already registered.")
        return True
    if submissions:
        print(
            f"{assignment}: not registered because its cells have changed and the gradebook holds "
            f"{counted(submissions, 'submission')}: grade this class with the version it was given, and give the next "
            "a new gradebook."
        )
        return False
    _generate(config, assignment, db_url=gradebook, release_directory=str(scratch / "release"))
    print(f"{assignment}: registered.")
    return True


def _generate(config: Config, assignment: str, **places: str) -> None:
    course = CourseDirectory(config=config, assignment_id=assignment, **places)
    GenerateAssignment(coursedir=course, config=config).start()


def _cells(db_url: str, assignment: str) -> tuple[set[tuple[Any, ...]], int]:
    """Return all that the gradebook says about the assignment's cells, and how many submissions it has."""
    with Gradebook(db_url) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            return set(), 0
        cells: set[tuple[Any, ...]] = set()
        for notebook in found.notebooks:
            for cell in notebook.source_cells:
                cells.add((notebook.name, cell.name, cell.cell_type, cell.locked, cell.source, cell.checksum))
            for cell in [*notebook.grade_cells, *notebook.task_cells]:
                cells.add((notebook.name, cell.name, cell.cell_type, cell.max_score))
        return cells, len(found.submissions)


def main(only_new: bool = False) -> None:
    """Register the course in this folder; exit with 1 if an assignment could not be registered."""
    try:
        done = register(only_new=only_new)
    except FileNotFoundError as error:
        sys.exit(str(error))
    if not done:
        sys.exit(1)


if __name__ == "__main__":
    main()
