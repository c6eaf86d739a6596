"""How a class did in one assignment, gathered from nbgrader's gradebook and folders."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader.api import Assignment, Gradebook
from nbgrader.coursedir import CourseDirectory

from secondcar.grading.course import find_assignment, open_gradebook
from secondcar.grading.gradebook.marks import (
    AssignmentMark,
    CellMark,
    Learner,
    read_cell_marks,
    read_learners,
    read_marks,
)
from secondcar.grading.quoting import quoted
from secondcar.grading.reporting.check_notes import CheckNote, Count, count_notes, read_check_notes
from secondcar.grading.results import GRADED, NotebookResult, read_results


@dataclass(frozen=True)
class ReportedSubmission:
    """The work of one learner, and what became of it.

    Attributes:
        state: as `read_results` says it, of the first notebook that was not graded; "graded" if all were.
        mark: None where the gradebook has none.
        notes: what was repaired, or why a notebook was not graded.
    """

    learner: Learner
    state: str
    mark: AssignmentMark | None
    notes: tuple[str, ...]

    @property
    def points(self) -> float | None:
        """Return the points that count; None unless all of it is graded, by a person where that is needed."""
        return self.mark.points if self.mark and self.state == GRADED else None

    @property
    def waits(self) -> bool:
        """Return whether a person still has to mark a part of it."""
        return bool(self.state == GRADED and self.mark and self.mark.waits)


@dataclass(frozen=True)
class ReportedExercise:
    """How hard one graded cell was.

    Attributes:
        name: the exercise's, where a check says it, else the cell's; with the notebook's name if it is not unique.
        points: the most that can be reached.
        marked: submissions in which it is marked.
        share: of all points available in these, the part that was earned; None if there are none.
        waits: submissions in which a person has yet to mark it.
    """

    name: str
    points: float
    marked: int
    share: float | None
    waits: int = 0


@dataclass(frozen=True)
class ReportedQuestion:
    """What a check left to a person: it cost the learner no marks."""

    exercise: str
    learner: Learner
    sentence: str


@dataclass(frozen=True)
class ClassOutcome:
    """How a class did.

    Attributes:
        points: the most that can be reached.
        enrolled: learners in the gradebook.
        exercises: the hardest first.
        counts: verdicts of the checks, the most common first; empty in a course whose checks say nothing.
        questions: what the checks left to a person, by exercise.
    """

    course: str
    assignment: str
    points: float
    enrolled: int
    submissions: tuple[ReportedSubmission, ...]
    exercises: tuple[ReportedExercise, ...]
    counts: tuple[Count, ...]
    questions: tuple[ReportedQuestion, ...]

    @property
    def marks(self) -> list[float]:
        """The points of all fully marked submissions, in an order that does not tell whose they are."""
        return sorted(submission.points for submission in self.submissions if submission.points is not None)

    @property
    def states(self) -> Counter[str]:
        """How many submissions are in which state."""
        return Counter(submission.state for submission in self.submissions)

    @property
    def waiting(self) -> int:
        """Submissions of which a person still has to mark a part."""
        return sum(submission.waits for submission in self.submissions)

    @property
    def late(self) -> int:
        """Submissions that came after the due date and any extension."""
        return sum(bool(submission.mark and submission.mark.late) for submission in self.submissions)

    @property
    def repaired(self) -> int:
        """Submissions in which something had to be mended before they could be graded."""
        return sum(submission.state == GRADED and bool(submission.notes) for submission in self.submissions)

    def not_graded(self) -> list[tuple[str, str, int]]:
        """Return each reason why submissions were not graded: state, sentence and how many, the most common first."""
        reasons = Counter((one.state, one.notes[0]) for one in self.submissions if one.state != GRADED)
        return sorted(((*reason, count) for reason, count in reasons.items()), key=lambda row: (-row[2], row))

    def asked_about(self) -> list[tuple[str, int]]:
        """Return how many questions there are about each exercise, the most common first."""
        return Counter(question.exercise for question in self.questions).most_common()

    def repairs(self) -> list[tuple[str, int]]:
        """Return each kind of repair and in how many submissions it was made, the most common first.

        Nothing that it quotes stands in it: a learner may have given a name that tells who it was.
        """
        mended = (submission.notes for submission in self.submissions if submission.state == GRADED)
        counts = Counter(note for notes in mended for note in {re.sub('"[^"]*"', '"..."', n) for n in notes})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def gather_outcome(course: CourseDirectory, assignment: str) -> ClassOutcome:
    """Gather how a class did, after `nbgrader autograde`; nothing is written.

    Raises CourseError if there is no gradebook, or no such assignment in it.
    """
    with open_gradebook(course) as gradebook:
        found = find_assignment(gradebook, assignment)
        results = read_results(course, assignment)
        learners = {learner.id: learner for learner in read_learners(gradebook)}
        marks = read_marks(gradebook, assignment)
        read = [(result, _read_notes(course, assignment, result)) for result in results if result.state == GRADED]
        exercises = _exercises_of(read)
        by_learner = [(result.student, _with_names(own, exercises)) for result, own in read]
        return ClassOutcome(
            course.course_id,
            assignment,
            found.max_score,
            len(learners),
            tuple(_submissions(results, learners, marks)),
            tuple(_exercises(gradebook, found, results, exercises)),
            tuple(count_notes(own for _, own in by_learner)),
            tuple(_questions(learners, by_learner)),
        )


def _questions(
    learners: Mapping[str, Learner], by_learner: Iterable[tuple[str, dict[str, CheckNote]]]
) -> list[ReportedQuestion]:
    questions = [
        ReportedQuestion(note.exercise, learners.get(student, Learner(student)), sentence)
        for student, own in by_learner
        for note in own.values()
        for sentence in note.questions
    ]
    return sorted(questions, key=lambda one: (one.exercise, one.learner.id))


def _submissions(
    results: Iterable[NotebookResult], learners: dict[str, Learner], marks: dict[str, AssignmentMark]
) -> Iterator[ReportedSubmission]:
    by_student = defaultdict(list)
    for result in results:
        by_student[result.student].append(result)
    for student, own in by_student.items():
        state = next((result.state for result in own if result.state != GRADED), GRADED)
        notes = tuple(note for result in own if state in (result.state, GRADED) for note in result.notes)
        yield ReportedSubmission(learners.get(student, Learner(student)), state, marks.get(student), notes)


def _read_notes(course: CourseDirectory, assignment: str, result: NotebookResult) -> dict[str, CheckNote]:
    folder = course.format_path(course.autograded_directory, result.student, assignment)
    return read_check_notes(json.loads(Path(folder, f"{result.notebook}.ipynb").read_text(encoding="utf-8")))


def _exercises_of(read: Sequence[tuple[NotebookResult, dict[str, CheckNote]]]) -> dict[str, list[str]]:
    """Return cell -> the exercises that it checks, as most notebooks say: one learner's code may write any note."""
    said = Counter((result.notebook, note.cell, note.exercise) for result, own in read for note in own.values())
    graded = Counter(result.notebook for result, _ in read)
    exercises = defaultdict(list)
    for (notebook, cell, exercise), times in said.items():
        if 2 * times > graded[notebook]:
            exercises[cell].append(exercise)
    return exercises


def _with_names(own: dict[str, CheckNote], exercises: Mapping[str, list[str]]) -> dict[str, CheckNote]:
    """Return a notebook's notes; an exercise that it alone names so is quoted."""
    notes = (
        note if note.exercise in exercises.get(note.cell, ()) else replace(note, exercise=quoted(note.exercise))
        for note in own.values()
    )
    return {note.exercise: note for note in notes}


def _exercises(
    gradebook: Gradebook,
    assignment: Assignment,
    results: Iterable[NotebookResult],
    named: Mapping[str, list[str]],
) -> list[ReportedExercise]:
    graded = {(result.student, result.notebook) for result in results if result.state == GRADED}
    earned: dict[tuple[str, str], list[CellMark]] = defaultdict(list)
    waits: Counter[tuple[str, str]] = Counter()
    for mark in read_cell_marks(gradebook, assignment.name):
        if (mark.learner, mark.notebook) in graded:
            of = (mark.notebook, mark.cell)
            if mark.waits:
                waits[of] += 1
            else:
                earned[of].append(mark)
    cells = [(book.name, cell) for book in assignment.notebooks for cell in [*book.grade_cells, *book.task_cells]]
    names = Counter(named.get(cell.name, [cell.name])[0] for _, cell in cells)
    exercises = []
    for notebook, cell in cells:
        marked = earned[notebook, cell.name]
        to_be_had = cell.max_score * len(marked)
        share = sum(mark.points for mark in marked) / to_be_had if to_be_had else None
        name = named.get(cell.name, [cell.name])[0]
        # Several notebooks may name a cell alike, and several cells check one exercise.
        unique = name if names[name] == 1 else f"{notebook}: {cell.name}"
        exercises.append(ReportedExercise(unique, cell.max_score, len(marked), share, waits[notebook, cell.name]))
    return sorted(exercises, key=lambda exercise: (exercise.share is None, exercise.share, exercise.name))
