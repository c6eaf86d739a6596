"""What a feedback page begins with: each exercise by its name, with marks, state, and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution, is_task

from secondcar.grading.preprocessors.answer_above import ANSWER_TO
from secondcar.grading.reporting.check_notes import CheckNote, read_check_notes
from secondcar.note_format import CANNOT_READ, NOT_ATTEMPTED, RIGHT

# What nbgrader itself writes beside an answer that is as it was handed out.
_UNTOUCHED = "No response."
_CHECK = "-check"
_HEADING = re.compile(r"^##+ +(.+)$", re.MULTILINE)
# What it begins with, where that says what kind of part it is.
_KIND = re.compile(r"(?:[A-Z]\w+ )?[Ee]xercise: *")
_NOBODY = CheckNote("", "", "", None, "")


@dataclass(frozen=True)
class ExerciseState:
    """How far an answer is: a sign for the eye, the same in words, and what to do."""

    key: str
    sign: str
    words: str
    advice: str


DONE = ExerciseState("right", "✓", "Right", "Nothing to do.")
ASKED = ExerciseState("right", "✓?", "Right as far as a machine can tell", "Answer the question in its note yourself.")
PARTLY = ExerciseState("partly", "◐", "Partly right", "Its note names what to look at again.")
MISTAKE = ExerciseState("mistake", "?", "Not yet", "Its note says what this answer would mean, and asks a question.")
WRONG = ExerciseState("wrong", "✗", "Not yet", "Read the question again; a hint may help.")
UNREAD = ExerciseState("unread", "!", "Cannot be read", "Its note says which form the answer should have.")
OPEN = ExerciseState("open", "…", "Not attempted", "Write an answer when you come back to it.")
STOPPED = ExerciseState("stopped", "!", "The cell stopped", "The last line below it says why.")
WAITS = ExerciseState("waits", "✎", "Waits for your teacher", "Nothing to do: a person reads it.")
MARKED = ExerciseState("marked", "✎", "Read by your teacher", "Compare it with what was asked.")


@dataclass(frozen=True)
class ListedExercise:
    """One line of the list.

    Attributes:
        name: the exercise's own.
        title: what its heading calls it; its name, if it has none of its own.
        cell: the grade id of the cell that has its marks.
        state: how far it is.
        score: the marks it has.
        points: the most that it can have; 0 if it has none.
        comment: what the teacher wrote about it; "" if nothing.
        asked: whether a part was left to a person, who is asked about it.
    """

    name: str
    title: str
    cell: str
    state: ExerciseState
    score: float
    points: float
    comment: str = ""
    asked: bool = False

    @property
    def waits(self) -> bool:
        """Return whether a person still has to mark it."""
        return self.state is WAITS


class ListExercises(GetGrades):
    """nbgrader preprocessor for `GenerateFeedback`, in place of `GetGrades`, whose work it does too."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb, resources = super().preprocess(nb, resources)
        resources["nbgrader"]["exercises"] = with_comments(nb, list(_exercises(nb)))
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        cell.metadata.nbgrader["waits"] = bool(grade.needs_manual_grade)

    def _get_comment(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_comment(cell, resources)
        settings = cell.metadata.nbgrader
        settings["untouched"] = settings["comment"] == _UNTOUCHED
        if settings["untouched"]:
            settings["comment"] = None


def _exercises(nb: NotebookNode) -> Iterator[ListedExercise]:
    """Yield what has marks or a check's note, in the notebook's order."""
    notes = {note.cell: note for note in read_check_notes(nb).values()}
    heading = ""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and not is_solution(cell) and ANSWER_TO not in cell.metadata:
            heading = _heading_in(cell.source) or heading
        if not is_grade(cell) and not is_task(cell):
            continue
        settings = cell.metadata.nbgrader
        note = notes.get(settings.grade_id)
        name = note.exercise if note else settings.grade_id.removesuffix(_CHECK)
        settings["exercise"] = name
        if note:  # what is left is the share that it returns, for the grader
            cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
        if settings.points or note:
            title = re.sub("[*`]", "", heading) or name
            state, asked = _state(cell, note or _NOBODY), bool(note and note.questions)
            yield ListedExercise(name, title, settings.grade_id, state, settings.score, settings.points, asked=asked)
            heading = ""


def _heading_in(source: str) -> str:
    """Return the last heading of a text, without the word that says what kind of part it is; "" if it has none.

    >>> _heading_in("## Prices\\n\\n### Data exercise: by and to ##")
    'by and to'
    """
    last = "".join(_HEADING.findall(source)[-1:]).rstrip().rstrip("#").strip()
    return last[kind.end() :] if (kind := _KIND.match(last)) else last


def _state(cell: NotebookNode, note: CheckNote) -> ExerciseState:
    settings = cell.metadata.nbgrader
    if settings.waits:
        return WAITS
    if note.state == RIGHT if not settings.points else settings.score >= settings.points:
        return ASKED if note.questions else DONE
    if settings.get("untouched") or note.state == NOT_ATTEMPTED:
        return OPEN
    if is_task(cell) or is_solution(cell):
        return MARKED
    if settings.score > 0:
        return PARTLY
    if note.state == CANNOT_READ:
        return UNREAD
    if note.mistake:
        return MISTAKE
    stopped = not note.state and any(output.output_type == "error" for output in cell.get("outputs", []))
    return STOPPED if stopped else WRONG


def with_comments(nb: NotebookNode, listed: list[ListedExercise]) -> list[ListedExercise]:
    """Return the list with the teacher's comments, which nbgrader keeps at the cells that hold answers."""
    comments: dict[str, str] = {}
    answer = ""
    for cell in nb.cells:
        if is_solution(cell) or is_task(cell):
            answer = cell.metadata.nbgrader.get("comment") or ""
        if is_grade(cell) or is_task(cell):
            comments[cell.metadata.nbgrader.grade_id], answer = answer, ""
    return [replace(one, comment=comments.get(one.cell, "")) for one in listed]
