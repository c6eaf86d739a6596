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

    A task's own text is the teacher's: what a learner wrote stands below it, up to the next cell with a name.

    >>> texts_in(b'{"cells": [{"metadata": {"nbgrader": {"grade_id": "x"}}, "source": ["x = 1"]}]}')
    {'x': 'x = 1'}
    """
    texts: dict[str, str] = {}
    task = None
    try:
        for cell in json.loads(notebook)["cells"]:
            settings, text = cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
            if isinstance(name := settings.get("grade_id"), str):
                task = name if settings.get("task") else None
                texts[name] = "" if task else text
            elif task and text.strip():
                texts[task] += f"{text}\n"
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}
    return texts
