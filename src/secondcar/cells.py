"""The cells of a learner's notebook, as JSON: put back as they were handed out, or brought up to a newer version."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from secondcar.errors import CourseError

# A cell of a notebook, or the notebook, as JSON.
Json = dict[str, Any]


def read_notebook(path: Path, unit: str) -> Json:
    """Return a notebook's JSON, with `cells` known to be a list of dicts."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        cells = content["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        cells = None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CourseError(
            f"{path} cannot be read as a notebook: start the whole unit afresh with `secondcar fresh {unit}`; "
            "what is there now will be kept."
        )
    notebook: Json = content
    return notebook


def text_of(notebook: Json) -> str:
    """Return what a notebook's file holds."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def settings_of(cell: Json) -> Json:
    settings: Json = cell.get("metadata", {}).get("nbgrader", {})
    return settings


def name_of(cell: Json) -> str | None:
    """Return a cell's grade id; a text cell has none, and goes by its own id."""
    return settings_of(cell).get("grade_id") or cell.get("id")


def exercises_in(cells: list[Json]) -> list[str]:
    names = (name_of(cell) for cell in cells if settings_of(cell).get("solution") or settings_of(cell).get("task"))
    return [name for name in names if name]


def restore_exercise(cells: list[Json], released: list[Json], exercise: str) -> None:
    """Put the released cells of an exercise into `cells`: each in its place, the answer before its check."""
    check, text = f"{exercise}-check", f"{exercise}-text"
    for name in (check, exercise, text):
        for position, cell in enumerate(released):
            if name_of(cell) == name:
                _restore_cell(cells, cell, _place(cells, released[:position], check))


def _restore_cell(cells: list[Json], fresh: Json, place: int) -> None:
    """Replace the first cell of the same name and drop its doubles; insert at `place` if there is none."""
    same = [index for index, cell in enumerate(cells) if name_of(cell) == name_of(fresh)]
    for index in reversed(same):
        del cells[index]
    cells.insert(same[0] if same else place, fresh)


def _place(cells: list[Json], before: list[Json], check: str) -> int:
    """Return where a deleted cell belongs: before its check, else after the nearest released cell before it."""
    for index, cell in enumerate(cells):
        if name_of(cell) == check:
            return index
    places = {cell.get("id"): index for index, cell in enumerate(cells)}
    for cell in reversed(before):
        if cell.get("id") in places:
            return places[cell["id"]] + 1
    return 0


def bring_up_to_date(mine: list[Json], new: list[Json], old: list[Json]) -> list[Json]:
    """Return the cells of a newer version of a notebook, with what the learner wrote in an older one.

    A locked cell is the teacher's. In any other, what the learner changed stays, and what is as it was handed out
    becomes as it is handed out now. Cells of the learner's own follow the cell that they followed.

    Args:
        mine: the learner's cells.
        new: the newer version.
        old: the version that the learner was handed; empty if that is not known: then what is not locked stays.
    """
    handed_out = {name_of(cell): cell for cell in old}
    names = {cell.get("id"): name_of(cell) for cell in (*old, *new)}
    found: dict[str | None, Json] = {}
    followers: dict[str | None, list[Json]] = defaultdict(list)
    known = {name_of(cell) for cell in new}
    # The cell itself counts, before a copy of it: a copy has another id.
    first = {names.get(cell.get("id"), name_of(cell)): cell for cell in reversed(mine)}
    first |= {names[cell["id"]]: cell for cell in reversed(mine) if cell.get("id") in names}
    last = None
    for cell in mine:
        name = names.get(cell.get("id"), name_of(cell))
        if name in known and first[name] is cell:
            found[name], last = cell, name
        elif name in known:
            followers[last].append(cell)
        elif _is_the_learners(cell, handed_out.get(name)):
            followers[last].append(_plain(cell))
    cells = [*followers[None]]
    for cell in new:
        name = name_of(cell)
        cells += [_renewed(found.get(name), cell, handed_out.get(name)), *followers[name]]
    return cells


def _renewed(mine: Json | None, new: Json, old: Json | None) -> Json:
    if mine is None or (_source(mine) != _source(new) and not _is_the_learners(mine, old)):
        return new
    return {**mine, "id": new.get("id"), "metadata": {**mine.get("metadata", {}), **new.get("metadata", {})}}


def _is_the_learners(cell: Json, old: Json | None) -> bool:
    """Return whether a learner wrote what a cell holds. old: the cell as it was handed out, if that is known."""
    if settings_of(old or cell).get("locked"):
        return False
    return old is None or _source(cell) != _source(old)


def _plain(cell: Json) -> Json:
    """Return a cell that belongs to no exercise."""
    settings = ("nbgrader", "deletable", "editable")
    return {**cell, "metadata": {name: one for name, one in cell.get("metadata", {}).items() if name not in settings}}


def _source(cell: Json) -> str:
    return "".join(cell.get("source", "")).rstrip()
