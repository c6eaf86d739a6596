"""Runs the cells of a unit that show charts, and reads what stands on them, so that nobody hands in another's title."""

import contextlib
import io
import os
from pathlib import Path
from unittest import mock

import matplotlib
import matplotlib.pyplot as plt
import nbformat

import secondcar
from secondcar import charts
from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.charts.checklists.words import title_over
from secondcar.charts.reading import Unreadable, read_all


def titles_shown(notebook: nbformat.NotebookNode, folder: Path) -> list[str]:
    """Return the titles of the charts that a unit shows, in their order; those of its exercises are not drawn.

    Args:
        notebook: the unit's, as `read_unit` returns it.
        folder: where the files lie that its cells read.
    """
    titles: dict[str, None] = {}

    def note(chart: object, *_: object, **__: object) -> None:
        with contextlib.suppress(Unreadable):
            titles[title_over(read_all(chart))] = None
        plt.close("all")  # the next chart begins on a new figure

    here = Path.cwd()
    with (
        mock.patch.object(secondcar, "show", note),
        mock.patch.object(charts, "check_honesty", note),
        matplotlib.rc_context({"backend": "agg"}),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        os.chdir(folder)
        try:
            _run(notebook)
        finally:
            os.chdir(here)
    return [title for title in titles if title]


def _run(notebook: nbformat.NotebookNode) -> None:
    namespace = {"__name__": "__main__"}
    for cell in notebook.cells:
        exercise = cell.metadata.get("nbgrader", {})
        own = exercise.get("solution") or exercise.get("grade")
        if cell.cell_type == "code" and not own and SHOWS_AN_ERROR not in cell.metadata.get("tags", []):
            exec(cell.source, namespace)
            plt.close("all")  # as a notebook does at the end of each cell
