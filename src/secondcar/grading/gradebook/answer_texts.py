"""The texts in the cells of a graded notebook, by nbgrader's names of the cells."""

import json
from pathlib import Path


def texts_of_cells(path: Path) -> dict[str, str]:
    """Return name -> text of the cells of a notebook; none if it is not there, or cannot be read."""
    try:
        return texts_in(path.read_bytes())
    except OSError:
        return {}


def texts_in(notebook: bytes) -> dict[str, str]:
    """Likewise, of a notebook's bytes.

    >>> texts_in(b'{"cells": [{"metadata": {"nbgrader": {"grade_id": "x"}}, "source": ["x = 1"]}]}')
    {'x': 'x = 1'}
    """
    try:
        cells = json.loads(notebook)["cells"]
        named = {cell["metadata"].get("nbgrader", {}).get("grade_id"): "".join(cell["source"]) for cell in cells}
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}
    return {name: text for name, text in named.items() if isinstance(name, str)}
