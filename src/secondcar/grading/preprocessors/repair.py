"""Mend a submitted notebook before nbgrader grades it, and say in plain sentences what was mended.

nbgrader finds its cells by the grade_id in their metadata. A learner who deletes, copies, moves, merges, splits or
retypes such a cell loses marks, and one copied cell stops the grading of the whole class. `RepairSubmission` gives
nbgrader a notebook in which each of its cells stands once, with its kind and settings, in an order that can be graded.
The submitted file itself is never written.

Repair only helps. What a learner wrote stays, runs, and runs in the learner's order. The names that a cell gives a
meaning show which answer it holds, whatever the cell is called; an answer cell as it was handed out never runs after
one that holds its answer, and a check runs when its answers are there.
"""

from functools import cached_property
from itertools import takewhile

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum

from secondcar.counting import counted
from secondcar.grading.preprocessors.merged import Piece, pieces, same_text
from secondcar.grading.preprocessors.released import Released, code_of, grade_id, read_released
from secondcar.grading.preprocessors.teachers_names import put_names_back
from secondcar.grading.quoting import quoted

NOTES_KEY = "grading_notes"
_ROLES = ("grade", "solution", "locked", "task")
_SETTINGS = (*_ROLES, "schema_version", "points")
# Making one reads three files.
_METADATA = MetadataValidator()
_SKIPPED = "skip-execution"
_MISSING = "Nothing stands in the cell of this answer. If it stands in another cell, it can be marked here."


class RepairSubmission(NbGraderPreprocessor):
    """nbgrader preprocessor: repair a submission, log each repair, and tell the learner in a cell at the top.

    Place it first in `Autograde.sanitize_preprocessors`. The sentences also go into the notebook's metadata,
    as a list under "grading_notes". A submission that needs no repair goes through as it is.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        names = resources["nbgrader"]
        converter = getattr(self.parent, "parent", None)
        course = getattr(converter, "coursedir", None) or CourseDirectory(parent=self, db_url=names["db_url"])
        released = read_released(course, names["assignment"], names["notebook"])
        nb.cells, notes = repair(nb.cells, released)
        _bring_hidden_parts_back(nb.cells, released)
        if notes:
            for note in notes:
                self.log.warning("%s, %s: %s", names["student"], names["notebook"], note)
            nb.metadata[NOTES_KEY] = [*nb.metadata.get(NOTES_KEY, ()), *notes]
            nb.cells.insert(0, _note_to_the_learner(notes))
        _fit_ids(nb)
        return nb, resources


def repair(cells: list[NotebookNode], released: list[Released]) -> tuple[list[NotebookNode], list[str]]:
    """Return the cells in a form nbgrader can grade, and one sentence for each thing that had to be mended.

    Args:
        cells: the submitted cells, which are changed in place.
        released: all cells of the assignment, in order.
    """
    work = _Repair(cells, released)
    work.recognise_cells()
    work.part_merged_cells()
    work.join_split_cells()
    work.recognise_answers()
    work.keep_one_of_each()
    work.bring_up_to_date()
    work.keep_what_stands_in_tasks()
    work.restore_kinds_and_settings()
    work.put_back_missing_cells()
    work.move_untouched_answers_forward()
    work.move_answers_before_their_users()
    work.move_checks_behind_answers()
    work.move_set_up_forward()
    cells, names = put_names_back(work.cells, released, work.own_names)
    if names:
        listed = ", ".join(f"`{name}`" for name in names)
        work.notes.append(f"A cell gave {listed} another meaning. The checks were run with the old one.")
    return cells, work.notes


def _bring_hidden_parts_back(cells: list[NotebookNode], released: list[Released]) -> None:
    """Give each locked cell that is as it was handed out the text that is graded.

    nbgrader's next step does so too, but then warns that these cells have changed.
    """
    locked = {item.name: item for item in released if item.is_locked}
    for cell in cells:
        item = locked.get(grade_id(cell) or "")
        if item and cell.source == item.visible:
            cell.source = item.cell.source


class _Repair:
    def __init__(self, cells: list[NotebookNode], released: list[Released]):
        self.cells = list(cells)
        self.released = released
        self.checks = _checks(released)
        self.wanted = {item.name: item for item in released if item.name}
        self.by_id = {item.cell["id"]: item for item in released if "id" in item.cell}
        self.copies: dict[str, list[NotebookNode]] = {name: [] for name in self.wanted}
        self.found: dict[str, NotebookNode] = {}
        self.notes: list[str] = []

    def recognise_cells(self) -> None:
        """Find nbgrader's cells by their names, their ids, or the teacher's text."""
        strangers = []
        for cell in self.cells:
            _run_what_is_tagged_not_to(cell)
            name = grade_id(cell)
            if name in self.wanted:
                self.copies[name].append(cell)
            else:
                strangers.append(cell)
        # Only now is it known which names no cell carries.
        for cell in strangers:
            known = self._name_a_stranger_lost(cell)
            if known:
                self._name_again(cell, known)
            elif "nbgrader" in cell.metadata and not _claims_nothing(cell):
                called = f"called {quoted(name)}" if (name := grade_id(cell)) else "with unreadable settings"
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
            if cell.source.strip() and same_text(cell.source, item.visible):
                return item.name
        return None

    def _name_again(self, cell: NotebookNode, name: str) -> None:
        self.copies[name].append(cell)
        cell.metadata["nbgrader"] = NotebookNode(self.wanted[name].cell.metadata.nbgrader)
        self.notes.append(f"The cell `{name}` had lost its name. It was recognised and named again.")

    def part_merged_cells(self) -> None:
        """Part a cell where a teacher's text stands in it that is nowhere else, or more than its own."""
        lost = [item for item in self.released if not self._stands(item)]
        for cell in list(self.cells):
            own = self.wanted.get(grade_id(cell) or "")
            kept = own if own and own.is_locked and not own.is_task else None
            parts = pieces(cell.source, [*([kept] if kept else []), *lost])
            if len(parts) > 1:
                place = _position(self.cells, cell)
                self.cells[place : place + 1] = self._part(cell, kept, parts)
                lost = [item for item in lost if all(item is not found for _, found in parts)]
                self.notes.append("A cell held more than one cell of the assignment. It was parted again.")

    def _stands(self, item: Released) -> bool:
        if item.name:
            return item.is_answer or bool(self.copies[item.name])
        return any(same_text(cell.source, item.visible) for cell in self.cells)

    def _part(self, cell: NotebookNode, kept: Released | None, parts: list[Piece]) -> list[NotebookNode]:
        """Return the cells of a merged one, which goes on as the part of `kept`, or as the learner's first."""
        goes_on = next((number for number, (_, item) in enumerate(parts) if item is kept), None)
        parted = []
        for number, (text, item) in enumerate(parts):
            part = cell if number == goes_on else self._new_cell(item, cell.cell_type)
            part.source = text
            parted.append(part)
        return parted if goes_on is not None or kept is None else [*parted, cell]

    def _new_cell(self, item: Released | None, kind: str) -> NotebookNode:
        if item is None:
            return nbformat.v4.new_code_cell() if kind == "code" else nbformat.v4.new_markdown_cell()
        cell = _handed_out(item)
        if item.name:
            self.copies[item.name].append(cell)
        return cell

    def join_split_cells(self) -> None:
        """Join two cells that are Python only together."""
        place = 0
        while place + 1 < len(self.cells):
            first, second = self.cells[place : place + 2]
            both = f"{first.source}\n{second.source}"
            of_one_kind = first.cell_type == second.cell_type == "code"
            if of_one_kind and not code_of(first.source).readable and code_of(both).readable:
                first.source = both
                del self.cells[place + 1]
                for copies in self.copies.values():
                    copies[:] = [one for one in copies if one is not second]
                self.notes.append("Two cells were not Python by themselves. They were joined.")
            else:
                place += 1

    def recognise_answers(self) -> None:
        """Name cells of the learner's own that hold an answer whose own cell is gone."""
        for index, item in enumerate(self.released):
            if item.is_answer and not self.copies[item.name]:
                for cell in self._holders(index, item):
                    self._name_again(cell, item.name)

    def _holders(self, index: int, item: Released) -> list[NotebookNode]:
        own = [cell for cell in self.cells if self._is_own(cell)]
        if item.cell.cell_type == "code":
            giving = [cell for cell in own if code_of(cell.source).binds & item.binds]
            return [cell for cell in giving if cell.cell_type == "code"] or giving
        # A text is known by its place alone.
        start = max(map(self._place_of, self.released[:index]), default=-1)
        ends = [place for place in map(self._place_of, self.released[index + 1 :]) if place > start]
        between = self.cells[start + 1 : min(ends, default=len(self.cells))]
        return [cell for cell in own if cell.cell_type != "code" and any(cell is other for other in between)][-1:]

    def _is_own(self, cell: NotebookNode) -> bool:
        """Return whether a cell is the learner's own: with a text that is not the teacher's, and without a name."""
        if grade_id(cell) in self.wanted or not cell.source.strip():
            return False
        return not any(same_text(cell.source, item.visible) for item in self.released)

    def _place_of(self, item: Released) -> int:
        copies = self.copies.get(item.name) or [cell for cell in self.cells if same_text(cell.source, item.visible)]
        return _position(self.cells, copies[0]) if copies and item.visible.strip() else -1

    def keep_one_of_each(self) -> None:
        for name, copies in self.copies.items():
            if not copies:
                continue
            kept = self.found[name] = self._copy_that_counts(name)
            if len(copies) > 1:
                number = 1 + _position(copies, kept)
                self.notes.append(
                    f"There were {counted(len(copies), 'copy', 'copies')} of the cell `{name}`. Copy {number} counts; "
                    "others that were changed stay and run, but earn no marks."
                )
            for other in copies:
                if other is not kept:
                    del other.metadata["nbgrader"]
                    # As it was handed out it would undo what the learner did.
                    if same_text(other.source, self.wanted[name].visible):
                        del self.cells[_position(self.cells, other)]

    def _copy_that_counts(self, name: str) -> NotebookNode:
        """Choose a copy without moving any: they all go on to run in the learner's order."""
        copies, item = self.copies[name], self.wanted[name]
        if len(copies) == 1:
            return copies[0]
        if item.is_check:
            # Cells below it may give the names another meaning.
            end = self._end_of_answers(dict(self.checks)[name])
            return next((one for one in copies if _position(self.cells, one) > end), copies[-1])
        if item.is_locked:
            return copies[0]
        changed = [one for one in copies if not same_text(one.source, item.visible)] or copies
        # The last word before the check counts. What follows the check may be a draft: it counts only if
        # nothing before the check was changed.
        check = next((check for check, answers in self.checks if name in answers), None)
        if check and self.copies[check]:
            end = _position(self.cells, self.copies[check][-1])
            changed = [one for one in changed if _position(self.cells, one) < end] or changed
        return changed[-1]

    def _end_of_answers(self, names: list[str]) -> int:
        """Return the place of the last cell that gives answers their meaning."""
        own = [self.found[name] for name in names if name in self.found]
        binds = frozenset[str]().union(*(self.wanted[name].binds for name in names))
        giving = [cell for cell in self.cells if self._gives(cell) & binds]
        return max((_position(self.cells, cell) for cell in (*own, *giving)), default=-1)

    def bring_up_to_date(self) -> None:
        """Give a teacher's cell that the learner got in an older version, and did not change, the text of now."""
        older = []
        for name, cell in self.found.items():
            item = self.wanted[name]
            is_older = not same_text(cell.source, item.visible) or _has_other_settings(cell, item)
            if item.is_locked and is_older and _is_as_handed_out(cell):
                cell.source, cell.metadata["nbgrader"] = item.visible, NotebookNode(item.cell.metadata.nbgrader)
                older.append(f"`{name}`")
        if older:
            cells = ", ".join(older)
            self.notes.append(
                f"Your teacher corrected this notebook after you got it: {cells}. The corrected cells were used."
            )

    def keep_what_stands_in_tasks(self) -> None:
        """Copy a changed question of a written answer below it: the change may be the learner's answer."""
        for name, cell in self.found.items():
            item = self.wanted[name]
            if item.is_task and cell.source.strip() and not same_text(cell.source, item.visible):
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
            if not _is_valid(cell) or _has_other_settings(cell, item):
                self.notes.append(f"The grading settings of the cell `{name}` had changed. They were put back.")
                cell.metadata["nbgrader"] = NotebookNode(item.cell.metadata.nbgrader)
            _put_tags_back(cell, item.cell)
            # nbgrader puts the text back itself, but does not tell the learner.
            if item.is_locked and not same_text(cell.source, item.visible):
                self.notes.append(f"The text of the cell `{name}` had changed. The original text was used.")
                self._keep_answer_in(cell, item)

    def _keep_answer_in(self, cell: NotebookNode, item: Released) -> None:
        """Keep what was typed over a teacher's text, if it gives an answer its meaning."""
        if item.cell.cell_type == "code" and code_of(cell.source).binds & self.own_names:
            self.cells.insert(_position(self.cells, cell), nbformat.v4.new_code_cell(cell.source))
        cell.source = item.visible

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The names that are the learner's to give a meaning."""
        return frozenset[str]().union(*(item.binds for item in self.released if item.is_answer))

    def put_back_missing_cells(self) -> None:
        others = any(map(self._is_own, self.cells))
        for index, item in enumerate(self.released):
            if not item.name or item.name in self.found:
                continue
            cell = self.found[item.name] = _handed_out(item)
            self.cells.insert(self._place_for(index), cell)
            if not item.is_answer:
                self.notes.append(f"The cell `{item.name}` was missing. It was put back.")
                continue
            if item.is_marked_by_hand and others:
                _ask_for_a_hand(cell)
            self.notes.append(
                f"The cell for the answer `{item.name}` was missing. An empty one was put back: unless "
                "another cell holds the answer, this exercise counts as not attempted."
            )

    def _place_for(self, index: int) -> int:
        # A check goes in late, and everything else early.
        if self.released[index].is_check:
            followers = filter(None, map(self._cell_of, self.released[index + 1 :]))
            return next((_position(self.cells, cell) for cell in followers), len(self.cells))
        leaders = filter(None, map(self._cell_of, reversed(self.released[:index])))
        return next((_position(self.cells, cell) + 1 for cell in leaders), 0)

    def _cell_of(self, item: Released) -> NotebookNode | None:
        if item.name:
            return self.found.get(item.name)
        # Cells without a name, such as the teacher's prose, are landmarks as long as nobody changed them.
        same = (cell for cell in self.cells if item.visible.strip() and same_text(cell.source, item.visible))
        return next(same, None)

    def move_untouched_answers_forward(self) -> None:
        """Let no answer cell that is as it was handed out run after a cell that holds the answer."""
        for item in self.released:
            if not (item.is_answer and same_text(self.found[item.name].source, item.visible)):
                continue
            givers = self._givers(item)
            if givers and item.is_marked_by_hand:
                _ask_for_a_hand(self.found[item.name])
            if givers and _position(self.cells, givers[0]) < _position(self.cells, self.found[item.name]):
                self._move(item.name, _position(self.cells, givers[0]))
                self.notes.append(f"The answer to `{item.name}` stands in another cell, which counts.")

    def _givers(self, item: Released) -> list[NotebookNode]:
        """Return the cells, in order, in which the learner gave the names of an answer a meaning."""
        own = self.found[item.name]
        if not same_text(own.source, item.visible):
            return [cell for cell in self.cells if cell is own or self._gives(cell) & item.binds]
        return [cell for cell in self.cells if self._gives(cell) & item.binds]

    def _gives(self, cell: NotebookNode) -> frozenset[str]:
        """Return the names that a learner gave a meaning in a cell that was not handed out for them."""
        if cell.cell_type != "code":
            return frozenset()
        given = self.wanted.get(grade_id(cell) or "") or self.by_id.get(cell.get("id"))
        if given is None and any(same_text(cell.source, item.visible) for item in self.released):
            return frozenset()
        return code_of(cell.source).binds - (given.binds if given else frozenset())

    def move_answers_before_their_users(self) -> None:
        """Let an answer run before the first cell that uses it, if it stands behind: the learner ran it in time."""
        for index, item in enumerate(self.released):
            if not item.is_answer or [id(cell) for cell in self._givers(item)] != [id(self.found[item.name])]:
                continue
            cell = self.found[item.name]
            above = self.cells[: _position(self.cells, cell)]
            users = [place for place, other in enumerate(above) if self._uses(other) & item.binds]
            # Another answer may give the same name a meaning first.
            users = [
                place
                for place in users
                if self._uses(above[place]) & item.binds - frozenset[str]().union(*map(_binds, above[:place]))
            ]
            handed_out_above = [self._cell_of(one) for one in self.released[:index]] if users else []
            users = [place for place in users if not any(above[place] is one for one in handed_out_above)]
            mine = code_of(cell.source).uses
            needed = [place + 1 for place, other in enumerate(above) if _binds(other) & mine]
            first = max([*users[:1], *needed], default=len(above)) if users else len(above)
            if first < len(above):
                self._move(item.name, first)
                self.notes.append(f"The answer `{item.name}` stood behind a cell that uses it. It was moved up.")

    def _uses(self, cell: NotebookNode) -> frozenset[str]:
        """Return the names that a cell uses and a check does not: checks are moved themselves."""
        known = self.wanted.get(grade_id(cell) or "")
        is_check = known is not None and known.is_check
        return frozenset() if is_check or cell.cell_type != "code" else code_of(cell.source).uses - _binds(cell)

    def move_checks_behind_answers(self) -> None:
        notes = []
        # From the last check to the first, so that several checks of one answer keep their order.
        for name, paired in reversed(self.checks):
            at = _position(self.cells, self.found[name])
            last = max(
                (self._end_of_answer(answer, at, answer in paired) for answer in self._needs(name, paired)), default=-1
            )
            if at < last:
                self._move(name, last)
                notes.append(f"The check `{name}` stood before the answer it checks. It was moved behind it.")
        self.notes += reversed(notes)

    def _needs(self, check: str, paired: list[str]) -> list[str]:
        """Return the answers that a check asks for: those above whose names it has, or those that stand before it."""
        uses = self.wanted[check].uses
        above = takewhile(lambda item: item.name != check, self.released)
        named = [item.name for item in above if item.is_answer and item.binds & uses]
        return named or paired

    def _end_of_answer(self, name: str, check: int, paired: bool) -> int:
        """Return the place after which a check has to stand because of an answer."""
        givers = [_position(self.cells, cell) for cell in self._givers(self.wanted[name])]
        if not givers:
            return _position(self.cells, self.found[name]) if paired else -1
        return -1 if givers[0] < check else givers[0]

    def move_set_up_forward(self) -> None:
        for index, item in reversed([*enumerate(self.released)]):
            if not (item.is_set_up and item.binds):
                continue
            at = _position(self.cells, self.found[item.name])
            above = self.cells[:at]
            needing = [place for place, cell in enumerate(above) if self._needs_set_up(cell, item, above[:place])]
            # Where it was handed out below a cell, that cell takes the names from another one.
            handed_out_above = [self._cell_of(one) for one in self.released[:index]] if needing else []
            needing = [place for place in needing if not any(above[place] is one for one in handed_out_above)]
            # It may itself need an answer.
            earliest = max((place + 1 for place, cell in enumerate(above) if self._gives_to(cell, item)), default=0)
            first = max(min(needing, default=at), earliest)
            if first < at:
                self._move(item.name, first)
                self.notes.append(f"The cell `{item.name}` stood behind cells that need it. It was moved up.")

    def _needs_set_up(self, cell: NotebookNode, item: Released, above: list[NotebookNode]) -> bool:
        if cell.cell_type != "code":
            return False
        known, code = self.wanted.get(grade_id(cell) or ""), code_of(cell.source)
        if known is None:
            # A cell of the learner's own takes what stands above it, and matters only if it holds an answer.
            given = frozenset[str]().union(*map(_binds, above))
            mine, uses = bool(code.binds & self.own_names), code.needs - given
        else:
            mine, uses = known.is_answer or known.is_check, known.uses if known.is_check else code.uses
        return mine and ("*" in item.binds or bool(uses & item.binds))

    def _gives_to(self, cell: NotebookNode, item: Released) -> bool:
        return bool(_binds(cell) & (item.uses - item.binds) & self.own_names)

    def _move(self, name: str, position: int) -> None:
        self.cells.insert(position, self.cells.pop(_position(self.cells, self.found[name])))


def _checks(released: list[Released]) -> list[tuple[str, list[str]]]:
    """Return each check with its answers: the solution cells between the checks before it and itself."""
    pairs: list[tuple[str, list[str]]] = []
    answers: list[str] = []
    after_check = False
    for item in released:
        if item.is_check:
            pairs.append((item.name, answers))
            after_check = True
        elif item.is_answer:
            answers = [item.name] if after_check else [*answers, item.name]
            after_check = False
    return pairs


def _binds(cell: NotebookNode) -> frozenset[str]:
    return code_of(cell.source).binds if cell.cell_type == "code" else frozenset()


def _handed_out(item: Released) -> NotebookNode:
    """Return a new cell as it was handed out; a locked one as nbgrader grades it."""
    cell = nbformat.from_dict(item.cell)
    _change_kind(cell, cell.cell_type)
    return cell


def _ask_for_a_hand(cell: NotebookNode) -> None:
    """Have a person look: nbgrader gives an answer that is as it was handed out no marks without asking anybody."""
    cell.source = f"# {_MISSING}" if cell.cell_type == "code" else f"*{_MISSING}*"


def _run_what_is_tagged_not_to(cell: NotebookNode) -> None:
    tags = cell.metadata.get("tags")
    if isinstance(tags, list) and _SKIPPED in tags:
        cell.metadata["tags"] = [tag for tag in tags if tag != _SKIPPED]


def _put_tags_back(cell: NotebookNode, right: NotebookNode) -> None:
    if "tags" in right.metadata:
        cell.metadata["tags"] = list(right.metadata["tags"])
    else:
        cell.metadata.pop("tags", None)


def _is_valid(cell: NotebookNode) -> bool:
    try:
        _METADATA.validate_cell(cell)
    except Exception:  # a learner's file may hold anything, and each kind of rubbish raises its own error
        return False
    return True


def _has_other_settings(cell: NotebookNode, item: Released) -> bool:
    mine, right = cell.metadata.nbgrader, item.cell.metadata.nbgrader
    return any(mine.get(key) != right.get(key) for key in _SETTINGS)


def _is_as_handed_out(cell: NotebookNode) -> bool:
    """Return whether a cell has the text and the settings for which nbgrader computed its checksum."""
    return _is_valid(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)


def _claims_nothing(cell: NotebookNode) -> bool:
    """nbgrader itself leaves such settings on plain cells; they are not the learner's fault."""
    return _is_valid(cell) and not any(cell.metadata.nbgrader.get(role) for role in _ROLES)


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
    seen: set[str] = set()
    for cell in nb.cells:
        if cell.get("id") in (None, *seen):
            cell.id = nbformat.v4.new_raw_cell().id
        seen.add(cell.id)
