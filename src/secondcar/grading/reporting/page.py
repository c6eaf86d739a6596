"""A report as one web page that asks for no other file, and as CSV files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import jinja2
from markupsafe import Markup

from secondcar.counting import counted
from secondcar.grading.csv_tables import csv_text
from secondcar.grading.reporting.check_notes import Count
from secondcar.grading.reporting.outcome import ClassOutcome, ReportedSubmission
from secondcar.grading.results import GRADED
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, WRONG

# With fewer learners, somebody who knows the class can tell whose mark a count is.
TRACEABLE_BELOW = 5

_STATES = {WRONG: "wrong, no known mistake", CANNOT_READ: "cannot be read", NOT_ATTEMPTED: "not attempted"}

# Texts come from learners' files and names: everything is escaped, and a name the page lacks is an error.
_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["counted"] = counted


@dataclass(frozen=True)
class Picture:
    """A chart for the page. image: an HTML image that holds it, with its alt text."""

    alt: str
    image: Markup


@dataclass(frozen=True)
class ReportPictures:
    """The charts of a report: how the marks are spread, and how hard each exercise was; None where there is none."""

    marks: Picture | None = None
    exercises: Picture | None = None


def page(
    outcome: ClassOutcome,
    pictures: ReportPictures,
    misconceptions: Mapping[tuple[str, str], str],
    names: bool,
    made: datetime,
) -> str:
    """Return the report as HTML.

    Args:
        outcome: how the class did.
        pictures: its charts.
        misconceptions: exercise and mistake -> what misconception that is, for those the course has named.
        names: whether a table shows each learner by name.
        made: the time that the page gives.
    """
    return _templates.get_template("page.html.jinja").render(
        outcome=outcome,
        made=made,
        names=names,
        few=0 < len(outcome.submissions) < TRACEABLE_BELOW,
        traceable_below=TRACEABLE_BELOW,
        graded=GRADED,
        pictures=pictures,
        mistakes=[(count, _misconception(count, misconceptions)) for count in _known(outcome)],
        others=_other_verdicts(outcome),
        other_states=_STATES,
    )


def tables(outcome: ClassOutcome, misconceptions: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return file name -> CSV, for each table of the report that names no learner."""
    exercises = [(e.name, e.points, e.marked, e.share, e.waits) for e in outcome.exercises]
    mistakes = [
        (c.exercise, c.mistake, _misconception(c, misconceptions), c.learners, c.message) for c in _known(outcome)
    ]
    columns = ["exercise", "points", "submissions_marked", "share_of_points_earned", "submissions_waiting"]
    others = [(c.exercise, c.state, c.learners) for c in outcome.counts if not c.mistake]
    return {
        "marks.csv": csv_text(["points"], [[mark] for mark in outcome.marks]),
        "exercises.csv": csv_text(columns, exercises),
        "mistakes.csv": csv_text(["exercise", "mistake", "misconception", "learners", "message"], mistakes),
        "other_answers.csv": csv_text(["exercise", "state", "learners"], others),
        "not_graded.csv": csv_text(["state", "reason", "submissions"], outcome.not_graded()),
        "questions.csv": csv_text(["exercise", "questions"], outcome.asked_about()),
        "repairs.csv": csv_text(["repair", "submissions"], outcome.repairs()),
    }


def learners_table(outcome: ClassOutcome) -> str:
    """Return the table by learner as CSV."""
    header = ["learner", "first_name", "last_name", "points", "points_to_be_had", "state", "waits_for", "late", "notes"]
    return csv_text(header, [_learner_row(submission, outcome.points) for submission in outcome.submissions])


def _learner_row(submission: ReportedSubmission, points: float) -> list[object]:
    learner, mark = submission.learner, submission.mark
    return [
        learner.id,
        learner.first_name,
        learner.last_name,
        submission.points,
        points,
        submission.state,
        ", ".join(mark.waits) if mark and submission.waits else "",
        str(mark.late or "") if mark else "",
        " ".join(submission.notes),
    ]


def _known(outcome: ClassOutcome) -> list[Count]:
    return [count for count in outcome.counts if count.mistake]


def _misconception(count: Count, misconceptions: Mapping[tuple[str, str], str]) -> str:
    # One that a notebook alone tells is in quotation marks.
    return misconceptions.get((count.exercise, (count.mistake or "").strip('"')), "")


def _other_verdicts(outcome: ClassOutcome) -> dict[str, dict[str, int]]:
    """Return exercise -> state -> learners, for answers that were neither right nor a known mistake."""
    table: dict[str, dict[str, int]] = {}
    for count in outcome.counts:
        if not count.mistake:
            table.setdefault(count.exercise, {})[count.state] = count.learners
    return dict(sorted(table.items()))
