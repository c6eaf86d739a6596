"""What happens to notebooks in learners' hands: cells merged, split, moved, copied, stripped, retyped, deleted."""

import random
from collections.abc import Callable, Iterator

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

Cells = list[NotebookNode]


def merged(cells: Cells, place: int) -> Cells:
    """Merge a cell with the next one, as JupyterLab does: the first one's kind and settings stay."""
    first, second = cells[place : place + 2]
    first.source = f"{first.source}\n\n{second.source}"
    return [*cells[: place + 1], *cells[place + 2 :]]


def merged_three(cells: Cells, place: int) -> Cells:
    return merged(merged(cells, place), place)


def split(cells: Cells, place: int) -> Cells:
    """Split a cell before its last line that is not indented; both parts have its settings."""
    lines = cells[place].source.split("\n")
    last = max((number for number, line in enumerate(lines) if line and not line[0].isspace()), default=0)
    second = nbformat.from_dict(cells[place])
    second.id = f"{cells[place].id}-2"
    cells[place].source, second.source = "\n".join(lines[:last]), "\n".join(lines[last:])
    return [*cells[: place + 1], second, *cells[place + 1 :]]


def moved_up(cells: Cells, place: int) -> Cells:
    return _moved(cells, place, place - 1)


def moved_up_far(cells: Cells, place: int) -> Cells:
    return _moved(cells, place, place - 4)


def moved_down(cells: Cells, place: int) -> Cells:
    return _moved(cells, place, place + 1)


def moved_down_far(cells: Cells, place: int) -> Cells:
    return _moved(cells, place, place + 4)


def moved_to_the_end(cells: Cells, place: int) -> Cells:
    return _moved(cells, place, len(cells))


def _moved(cells: Cells, place: int, to: int) -> Cells:
    left = cells[:place] + cells[place + 1 :]
    to = max(0, to)
    return [*left[:to], cells[place], *left[to:]]


def copied(cells: Cells, place: int) -> Cells:
    copy = nbformat.from_dict(cells[place])
    copy.id = f"{cells[place].id}-copy"
    return [*cells[: place + 1], copy, *cells[place + 1 :]]


def copied_to_the_end(cells: Cells, place: int) -> Cells:
    return _moved(copied(cells, place), place + 1, len(cells) + 1)


def stripped(cells: Cells, place: int) -> Cells:
    """Take a cell's settings and its id, as copying through another program does."""
    cells[place].metadata, cells[place].id = NotebookNode(), f"new-{place}"
    return cells


def retyped(cells: Cells, place: int) -> Cells:
    kind = "raw" if cells[place].cell_type == "code" else "code"
    fields = {"outputs": [], "execution_count": None} if kind == "code" else {}
    cells[place] = nbformat.from_dict({**_plain(cells[place]), "cell_type": kind, **fields})
    return cells


def stripped_and_retyped(cells: Cells, place: int) -> Cells:
    return stripped(retyped(cells, place), place)


def _plain(cell: NotebookNode) -> dict:
    return {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}


def answered_in_a_cell_of_its_own_above(cells: Cells, place: int) -> Cells:
    return [*cells[:place], new_code_cell(cells[place].source, id=f"own-{place}"), *cells[place:]]


def roles_changed(cells: Cells, place: int) -> Cells:
    settings = cells[place].metadata.get("nbgrader", {})
    for role in ("grade", "solution", "locked"):
        if role in settings:
            settings[role] = not settings[role]
    return cells


def tagged_not_to_run(cells: Cells, place: int) -> Cells:
    cells[place].metadata["tags"] = ["skip-execution"]
    return cells


# Each is tried on every cell of a notebook.
OF_A_CELL: list[Callable[[Cells, int], Cells]] = [
    merged,
    merged_three,
    split,
    moved_up,
    moved_up_far,
    moved_down,
    moved_down_far,
    moved_to_the_end,
    copied,
    copied_to_the_end,
    stripped,
    retyped,
    stripped_and_retyped,
    roles_changed,
    tagged_not_to_run,
]


def doubled(solved: Cells, pristine: Cells) -> Iterator[tuple[str, Cells]]:
    """Yield notebooks in which all cells stand twice."""
    renamed = nbformat.from_dict({"cells": pristine})["cells"]
    for cell in renamed:
        cell.id = f"{cell.id}-twin"
    yield "solved, then pristine", [*solved, *renamed]
    yield "pristine, then solved", [*renamed, *solved]
    twins = nbformat.from_dict({"cells": solved})["cells"]
    for cell in twins:
        cell.id = f"{cell.id}-twin"
    yield "solved twice", [*solved, *twins]
    yield "cell by cell", [one for pair in zip(solved, renamed, strict=True) for one in pair]


def all_stripped(cells: Cells) -> Cells:
    for place in range(len(cells)):
        stripped(cells, place)
    return cells


def mangled(cells: Cells, chance: random.Random, times: int) -> tuple[list[str], Cells]:
    """Return the names of some manglings, and what they make of cells."""
    names = []
    for _ in range(times):
        mangle = chance.choice(OF_A_CELL)
        place = chance.randrange(len(cells) - 3)
        cells = mangle(cells, place)
        names.append(f"{mangle.__name__} {place}")
    return names, cells
