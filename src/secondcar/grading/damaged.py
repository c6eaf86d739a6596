"""Damaged parts of a learner's notebook: emptied where no answer is lost, refused elsewhere.

Everything that reads a submission does so after this, so that nothing else finds a number where a text belongs.
"""

from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat.validator import iter_validate

from secondcar.errors import CourseError

SAVE_AGAIN = "ask the learner to open it in JupyterLab, save it and hand it in again"

# The parts of a cell that hold no answer: outputs are made again.
_EMPTY: dict[str, Any] = {"metadata": {}, "outputs": [], "execution_count": None, "attachments": {}}
_KINDS = ("code", "markdown", "raw")


def mend_damaged(name: str, notebook: object) -> tuple[dict[str, Any], bool]:
    """Return a notebook of format 4 that nbformat's schema accepts, and whether empty parts were put into it.

    Args:
        name: of its file.
        notebook: any JSON; it is changed.

    Raises:
        CourseError: it is not a notebook, or the text of a cell is damaged.

    >>> mend_damaged("p.ipynb", {"cells": [{"source": "x = 1", "outputs": 5}]})[0]["cells"]
    [{'source': 'x = 1', 'outputs': [], 'cell_type': 'code', 'metadata': {}, 'execution_count': None}]
    """
    if isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        notebook = _of_this_format(name, notebook)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(notebook, dict) or not isinstance(cells, list) or not all(isinstance(one, dict) for one in cells):
        raise CourseError(f"{name} is JSON, but not a notebook: {SAVE_AGAIN}.")
    lacked = _fill_up(notebook, {"metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    lacked |= _correct_version(notebook)
    lacked |= any([_fill_up_cell(cell) for cell in cells])
    if any(_refused(notebook, notebook["nbformat_minor"], relax_add_props=False)):
        lacked |= _empty(notebook, _refused({**notebook, "cells": []}, notebook["nbformat_minor"]))
        for number, cell in enumerate(cells, 1):
            refused = _refused(cell, notebook["nbformat_minor"], f"{cell['cell_type']}_cell")
            if ("source",) in {path[:1] for path in refused}:
                raise CourseError(
                    f"{name} is damaged because its cell {number} holds something other than text: ask the learner to "
                    f"hand in another copy."
                )
            lacked |= _empty(cell, refused)
    return notebook, lacked


def _of_this_format(name: str, notebook: dict[str, Any]) -> dict[str, Any]:
    try:
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception:  # nbformat has no single error for what it cannot convert
        raise CourseError(f"{name} is a damaged notebook of an old format: {SAVE_AGAIN}.") from None


def _correct_version(notebook: dict[str, Any]) -> bool:
    """Make a notebook with cells at its top say that it is of format 4; return whether it said something else."""
    minor = notebook["nbformat_minor"]
    right = {"nbformat": 4, "nbformat_minor": minor if type(minor) is int and minor >= 0 else 4}
    wrong = {name: notebook[name] for name in right} != right
    notebook.update(right)
    return wrong


def _fill_up_cell(cell: dict[str, Any]) -> bool:
    lacked = _fill_up(cell, {"cell_type": "code", "metadata": {}, "source": ""})
    if cell["cell_type"] not in _KINDS:
        # It stays and does not run, unless the assignment has a cell of its name.
        cell["cell_type"], lacked = "raw", True
    if cell["cell_type"] == "code":
        cell.pop("attachments", None)
        lacked |= _fill_up(cell, {"outputs": [], "execution_count": None})
    return lacked


def _fill_up(part: dict[str, Any], empty: Mapping[str, Any]) -> bool:
    lacking = empty.keys() - part.keys()
    part.update({name: value for name, value in empty.items() if name in lacking})
    return bool(lacking)


def _refused(
    part: dict[str, Any], minor: int, kind: str | None = None, relax_add_props: bool = True
) -> set[tuple[str, ...]]:
    """Return where nbformat's schema refuses what is in a notebook, or in a cell of a kind: its path."""
    errors = iter_validate(part, kind, version=4, version_minor=minor, relax_add_props=relax_add_props)
    return {tuple(error.relative_path) for error in errors}


def _empty(part: dict[str, Any], refused: set[tuple[str, ...]]) -> bool:
    """Empty the refused parts of a notebook or a cell; return whether there were any."""
    for name, *inner in filter(None, refused):
        if name == "metadata" and inner:
            part["metadata"].pop(inner[0], None)
        elif name in _EMPTY:
            part[name] = type(_EMPTY[name])() if _EMPTY[name] is not None else None
        else:
            part.pop(name, None)
    return any(refused)
