"""Feedback pages that say which marks a person has yet to decide."""

from typing import TYPE_CHECKING, Any

from jinja2.filters import do_float
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import GetGrades

from secondcar.counting import counted

if TYPE_CHECKING:
    from nbgrader.preprocessors import GetGrades as Base
else:
    Base = object  # a course says which of its subclasses it is

_AT_A_MARK = "**Your teacher has yet to decide this score.** It can still change."


class _Undecided(float):
    """A score that a page shows in words: to round it changes nothing."""

    words = ""

    def __round__(self, digits: Any = None) -> Any:
        return self

    def __str__(self) -> str:
        return self.words


def _undecided(score: float, words: str) -> _Undecided:
    found = _Undecided(score)
    found.words = words
    return found


def _float(value: Any, default: float = 0.0) -> float:
    return value if isinstance(value, _Undecided) else do_float(value, default)


# With it nbgrader's template, which makes a float of each score, leaves those in words.
FILTERS = {"float": _float}


def saying_what_waits(get_grades: type[GetGrades]) -> type[GetGrades]:
    """Return `get_grades`, which is nbgrader's or a subclass of it, made to say what waits for a person.

    Without that, a page shows such a mark as 0 of 1, as it does those of wrong answers.
    """
    return type(get_grades.__name__, (_SaysWhatWaits, get_grades), {})


class _SaysWhatWaits(Base):
    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        # Name -> the score that counts until then, and the most that it can be.
        self._waiting: dict[str, tuple[float, float]] = {}
        nb, resources = super().preprocess(nb, resources)
        if self._waiting:
            scores, points = map(sum, zip(*self._waiting.values(), strict=True))
            score = resources["nbgrader"]["score"]
            words = f"{round(score - scores, 2)} so far, up to {round(points, 2)} more wait for your teacher"
            resources["nbgrader"]["score"] = _undecided(score, words)
            count = counted(len(self._waiting), "score")
            cells = [_note(f"**Your teacher has yet to decide {count}.** Your total can still change.", nb)]
            for cell in nb.cells:
                if cell.metadata.get("nbgrader", {}).get("grade_id") in self._waiting:
                    cells.append(_note(_AT_A_MARK, nb))
                cells.append(cell)
            nb.cells = cells
        return nb, resources

    def _get_score(self, cell: NotebookNode, resources: dict) -> None:
        super()._get_score(cell, resources)
        settings = cell.metadata.nbgrader
        name, score = settings.grade_id, settings.score
        mark = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        if mark.needs_manual_grade:
            self._waiting[name] = score, settings.points
            settings.score = _undecided(score, "waits for your teacher")


def _note(text: str, nb: NotebookNode) -> NotebookNode:
    cell = new_markdown_cell(text)
    if (nb.nbformat, nb.nbformat_minor) < (4, 5):
        del cell["id"]
    return cell
