"""Mend a submitted notebook before nbgrader grades it, and say in plain sentences what was mended.

nbgrader finds its cells by the grade_id in their metadata. A learner who deletes, copies, moves or retypes
such a cell loses marks, and one copied cell stops the grading of the whole class. `RepairSubmission` gives
nbgrader a notebook in which each of its cells stands once, with its kind and settings, in an order that can
be graded. The submitted file itself is never written.
"""

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import NbGraderPreprocessor

from secondcar.counting import counted
from secondcar.grading.preprocessors.released import Released, grade_id, read_released

NOTES_KEY = "grading_notes"
_ROLES = ("grade", "solution", "locked", "task")
_SETTINGS = (*_ROLES, "schema_version", "points")


class RepairSubmission(NbGraderPreprocessor):
    """nbgrader preprocessor: repair a submission, log each repair, and tell the learner in a cell at the top.

    Place it first in `Autograde.sanitize_preprocessors`. The sentences also go into the notebook's metadata,
    as a list under "grading_notes". A submission that needs no repair goes through as it is.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        course = CourseDirectory(parent=self, db_url=names["db_url"])
        nb.cells, notes = repair(nb.cells, read_released(course, names["assignment"], names["notebook"]))
        if notes:
            for note in notes:
                self.log.warning("%s, %s: %s", names["student"], names["notebook"], note)
            nb.metadata[NOTES_KEY] = notes
            nb.cells.insert(0, _note_to_the_learner(notes))
        _fit_ids(nb)
        return nb, resources


def repair(cells: list[NotebookNode], released: list[Released]) -> tuple[list[NotebookNode], list[str]]:
    """Return the cells in a form nbgrader can grade, and one sentence for each thing that had to be mended.

    cells: the submitted cells, which are changed in place. released: all cells of the assignment, in order.
    """
    work = _Repair(cells, released)
    work.recognise_cells()
    work.keep_one_of_each()
    work.keep_what_stands_in_tasks()
    work.restore_kinds_and_settings()
    work.put_back_missing_cells()
    work.move_checks_behind_answers()
    work.move_set_up_forward()
    return work.cells, work.notes


class _Repair:
    def __init__(self, cells: list[NotebookNode], released: list[Released]):
        self.cells = list(cells)
        self.released = released
        self.wanted = {item.name: item for item in released if item.name}
        self.copies: dict[str, list[NotebookNode]] = {name: [] for name in self.wanted}
        self.found: dict[str, NotebookNode] = {}
        self.notes: list[str] = []

    def recognise_cells(self) -> None:
        strangers = []
        for cell in self.cells:
            name = grade_id(cell)
            if name in self.wanted:
                self.copies[name].append(cell)
            else:
                strangers.append(cell)
        # Only now is it known which names no cell carries.
        for cell in strangers:
            known = self._name_a_stranger_lost(cell)
            if known:
                self.copies[known].append(cell)
                cell.metadata["nbgrader"] = NotebookNode(self.wanted[known].cell.metadata.nbgrader)
                self.notes.append(f"The cell `{known}` had lost its name. It was recognised and named again.")
            elif "nbgrader" in cell.metadata and not _claims_nothing(cell):
                called = f"called `{grade_id(cell)}`" if grade_id(cell) else "with unreadable settings"
                del cell.metadata["nbgrader"]
                self.notes.append(
                    f"A cell {called} is not part of this assignment. It stays and runs, but earns no marks."
                )

    def _name_a_stranger_lost(self, cell: NotebookNode) -> str | None:
        missing = [item for item in self.wanted.values() if not self.copies[item.name]]
        for item in missing:
            if "id" in cell and cell.id == item.cell.get("id"):
                return item.name
        for item in missing:
            if cell.source.strip() and _same_text(cell.source, item.visible):
                return item.name
        return None

    def keep_one_of_each(self) -> None:
        for name, copies in self.copies.items():
            if not copies:
                continue
            kept = self.found[name] = self._copy_that_counts(name)
            if len(copies) > 1:
                number = 1 + _position(copies, kept)
                self.notes.append(
                    f"There were {counted(len(copies), 'copy', 'copies')} of the cell `{name}`. Copy {number} counts; "
                    "the others stay and run, but earn no marks."
                )
            for copy in copies:
                if copy is not kept:
                    del copy.metadata["nbgrader"]

    def _copy_that_counts(self, name: str) -> NotebookNode:
        """Choose a copy without moving any: they all go on to run in the learner's order."""
        copies, item = self.copies[name], self.wanted[name]
        if item.is_check:
            return copies[-1]
        if item.is_locked:
            return copies[0]
        changed = [copy for copy in copies if not _same_text(copy.source, item.visible)] or copies
        # The last word before the check counts. What follows the check may be a draft: it counts only if
        # nothing before the check was changed.
        check = next((check for check, answers in _checks(self.released) if name in answers), None)
        if check and self.copies[check]:
            end = _position(self.cells, self.copies[check][-1])
            changed = [copy for copy in changed if _position(self.cells, copy) < end] or changed
        return changed[-1]

    def keep_what_stands_in_tasks(self) -> None:
        """Copy a changed question of a written answer below it: the change may be the learner's answer."""
        for name, cell in self.found.items():
            item = self.wanted[name]
            if item.is_task and cell.source.strip() and not _same_text(cell.source, item.visible):
                text = nbformat.v4.new_markdown_cell(cell.source)
                self.cells.insert(_position(self.cells, cell) + 1, text)
                self.notes.append(f"What you wrote into the question `{name}` now stands below it.")

    def restore_kinds_and_settings(self) -> None:
        for name, cell in self.found.items():
            item = self.wanted[name]
            if cell.cell_type != item.cell.cell_type:
                self.notes.append(
                    f"The cell `{name}` had been turned from {item.cell.cell_type} into {cell.cell_type}. "
                    "It was turned back, with its text kept."
                )
                _change_kind(cell, item.cell.cell_type)
            settings, right = cell.metadata.nbgrader, item.cell.metadata.nbgrader
            if not _is_valid(cell) or any(settings.get(key) != right.get(key) for key in _SETTINGS):
                self.notes.append(f"The grading settings of the cell `{name}` had changed. They were put back.")
                cell.metadata["nbgrader"] = NotebookNode(right)
            # nbgrader puts the text back itself, but does not tell the learner.
            if item.is_locked and not _same_text(cell.source, item.visible):
                self.notes.append(f"The text of the cell `{name}` had changed. The original text was used.")

    def put_back_missing_cells(self) -> None:
        for index, item in enumerate(self.released):
            if item.name is None or item.name in self.found:
                continue
            cell = nbformat.from_dict(item.cell)
            _change_kind(cell, cell.cell_type)
            self.cells.insert(self._place_for(index), cell)
            self.found[item.name] = cell
            if item.is_answer:
                self.notes.append(
                    f"The cell for the answer `{item.name}` was missing. An empty one was put back: unless "
                    "another cell holds the answer, this exercise counts as not attempted."
                )
            else:
                self.notes.append(f"The cell `{item.name}` was missing. It was put back.")

    def _place_for(self, index: int) -> int:
        # A check goes in late, and everything else early: an empty answer must not overwrite one that the
        # learner wrote into a cell of their own.
        if self.released[index].is_check:
            followers = filter(None, map(self._cell_of, self.released[index + 1 :]))
            return next((_position(self.cells, cell) for cell in followers), len(self.cells))
        leaders = filter(None, map(self._cell_of, reversed(self.released[:index])))
        return next((_position(self.cells, cell) + 1 for cell in leaders), 0)

    def _cell_of(self, item: Released) -> NotebookNode | None:
        if item.name:
            return self.found.get(item.name)
        # Cells without a name, such as the teacher's prose, are landmarks as long as nobody changed them.
        same = (cell for cell in self.cells if item.visible.strip() and _same_text(cell.source, item.visible))
        return next(same, None)

    def move_checks_behind_answers(self) -> None:
        notes = []
        # From the last check to the first, so that several checks of one answer keep their order.
        for name, answers in reversed(_checks(self.released)):
            last = max((_position(self.cells, self.found[answer]) for answer in answers), default=-1)
            if _position(self.cells, self.found[name]) < last:
                self._move(name, last)
                notes.append(f"The check `{name}` stood before the answer it checks. It was moved behind it.")
        self.notes += reversed(notes)

    def move_set_up_forward(self) -> None:
        for index, item in reversed(list(enumerate(self.released))):
            if not item.is_set_up:
                continue
            users = (user for user in self.released[index + 1 :] if user.is_answer or user.is_check)
            first = min((_position(self.cells, self.found[user.name]) for user in users), default=len(self.cells))
            if first < _position(self.cells, self.found[item.name]):
                self._move(item.name, first)
                self.notes.append(f"The cell `{item.name}` stood behind cells that need it. It was moved up.")

    def _move(self, name: str, position: int) -> None:
        self.cells.insert(position, self.cells.pop(_position(self.cells, self.found[name])))


def _checks(released: list[Released]) -> list[tuple[str, list[str]]]:
    """Return each check with its answers: the solution cells between the checks before it and itself."""
    pairs, answers, after_check = [], [], False
    for item in released:
        if item.is_check:
            pairs.append((item.name, answers))
            after_check = True
        elif item.is_answer:
            answers = [item.name] if after_check else [*answers, item.name]
            after_check = False
    return pairs


def _is_valid(cell: NotebookNode) -> bool:
    try:
        MetadataValidator().validate_cell(cell)
    except Exception:  # a learner's file may hold anything, and each kind of rubbish raises its own error
        return False
    return True


def _claims_nothing(cell: NotebookNode) -> bool:
    """nbgrader itself leaves such settings on plain cells; they are no fault of the learner's."""
    return _is_valid(cell) and not any(cell.metadata.nbgrader.get(role) for role in _ROLES)


def _same_text(one: str, other: str) -> bool:
    # Editors differ in line ends and in blanks at the end of a line.
    return _stripped_lines(one) == _stripped_lines(other)


def _stripped_lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _position(cells: list[NotebookNode], cell: NotebookNode) -> int:
    # `list.index` would take an equal cell for this one.
    return next(index for index, other in enumerate(cells) if other is cell)


def _change_kind(cell: NotebookNode, kind: str) -> None:
    cell.cell_type = kind
    if kind == "code":
        cell.outputs, cell.execution_count = [], None
        cell.pop("attachments", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _note_to_the_learner(notes: list[str]) -> NotebookNode:
    opening = "**A note on your notebook.** It was mended before grading. The file you handed in was not changed.\n"
    text = "\n".join([opening, *(f"- {note}" for note in notes)])
    return nbformat.v4.new_markdown_cell(text, id="grading-note")


def _fit_ids(nb: NotebookNode) -> None:
    """Make cell ids unique; notebooks older than format 4.5 have none."""
    if nb.nbformat_minor < 5:
        for cell in nb.cells:
            cell.pop("id", None)
        return
    seen = set()
    for cell in nb.cells:
        if cell.id in seen:
            cell.id = nbformat.v4.new_raw_cell().id
        seen.add(cell.id)
