"""Where an nbgrader course keeps its gradebook and its folders."""

from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url

from secondcar.errors import CourseError


def load_course(root: Path | str = ".") -> CourseDirectory:
    """Return the course at `root`, configured as nbgrader's own commands find it there.

    >>> load_course("/srv/course").course_id  # doctest: +SKIP
    'econ-101'
    """
    app = NbGrader()
    app.load_cwd_config = False  # the configuration at `root` counts, wherever this runs
    # nbgrader warns that it found no configuration before it looks at `root`.
    app.initialize(["--log-level=ERROR"], root=str(Path(root).resolve()))
    return app.coursedir


def open_gradebook(course: CourseDirectory) -> Gradebook:
    """Return the course's gradebook, to be closed by the caller (`with open_gradebook(course) as gradebook`).

    Raises CourseError if the course has none: nbgrader itself would make an empty one.
    """
    address = make_url(course.db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise CourseError(
            f"There is no gradebook at {address.database}: run this in the course's folder, after grading."
        )
    return Gradebook(course.db_url, course.course_id)


def find_assignment(gradebook: Gradebook, name: str) -> Assignment:
    """Return an assignment of the gradebook. Raises CourseError if there is none of that name."""
    try:
        return gradebook.find_assignment(name)
    except MissingEntry:
        known = ", ".join(assignment.name for assignment in gradebook.assignments) or "none"
        raise CourseError(f"There is no assignment {name} in the gradebook. It knows these: {known}.") from None


def folder_beside_autograded(course: CourseDirectory, name: str) -> Path:
    """Return the folder for files made from marks: it is as private as nbgrader's own autograded folder."""
    return Path(course.root, course.autograded_directory).parent / name
