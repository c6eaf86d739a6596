"""A report on how a class did in one assignment of any nbgrader course: a web page and CSV files.

Marks and hand-ins come from nbgrader's gradebook and folders. Which mistakes were made comes from the checks' own notes
(`reporting.check_notes` says how a course writes them); without such notes that part says so.

No page or file names a learner unless names are asked for. Counts are shown however small they are, because a mistake
that one learner made may be worth a word; where fewer than five learners handed in, the page warns at its top that
whoever knows the class can tell whose marks these are.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from secondcar.files import write_whole
from secondcar.grading.course import folder_beside_autograded
from secondcar.grading.reporting.outcome import ClassOutcome, gather_outcome
from secondcar.grading.reporting.page import ReportPictures, learners_table, page, tables

__all__ = ["write_report"]

PAGE = "report.html"
PAGE_WITH_NAMES = "report-with-names.html"


def no_pictures(outcome: ClassOutcome) -> ReportPictures:
    """Draw nothing."""
    return ReportPictures()


def write_report(
    course: CourseDirectory,
    assignment: str,
    *,
    names: bool = False,
    misconceptions: Mapping[tuple[str, str], str] | None = None,
    draw: Callable[[ClassOutcome], ReportPictures] = no_pictures,
) -> list[Path]:
    """Write the report into the folder `reports/<assignment>` beside nbgrader's autograded folder.

    Each file is replaced by the new one of its name. With `names` there are two more files; nothing else holds a name.

    Args:
        course: as `load_course` returns it.
        assignment: its name in the gradebook.
        names: whether to write a page and a CSV file with a table by learner as well.
        misconceptions: exercise and mistake -> what misconception that is, for those the course has named.
        draw: draws the charts of the page; it has none if this is left out.

    Returns:
        The pages that were written.

    Raises:
        CourseError: there is no gradebook, or no such assignment in it.

    >>> write_report(load_course("."), "ps1")  # doctest: +SKIP
    [PosixPath('/srv/course/reports/ps1/report.html')]
    """
    outcome = gather_outcome(course, assignment)
    known = misconceptions or {}
    pictures = draw(outcome)
    now = datetime.now().astimezone()
    folder = folder_beside_autograded(course, "reports") / assignment
    files = {PAGE: page(outcome, pictures, known, False, now), **tables(outcome, known)}
    if names:
        files |= {PAGE_WITH_NAMES: page(outcome, pictures, known, True, now), "learners.csv": learners_table(outcome)}
    for name, text in files.items():
        write_whole(folder / name, text)
    return [folder / name for name in (PAGE, PAGE_WITH_NAMES) if name in files]
