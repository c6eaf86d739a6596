"""Runs the cells of a unit that show charts, and reads what stands on them, so that nobody hands in another's title."""

import contextlib
import io
import os
import tempfile
from pathlib import Path
from unittest import mock

import matplotlib
import matplotlib.pyplot as plt

import secondcar
from secondcar import charts
from secondcar.building.execution import SHOWS_AN_ERROR
from secondcar.building.other_files import write_other_files
from secondcar.building.prose import Unfilled
from secondcar.building.sources import Unit
from secondcar.charts.checklists.words import title_over
from secondcar.charts.reading import Unreadable, read_all


def titles_shown(unit: Unit) -> list[str]:
    """Return the titles of the charts that a unit shows, in their order; those of its exercises are not drawn.

    Cells that fail show nothing: running the teacher's notebook says what is wrong with them.
    """
    titles: dict[str, None] = {}

    def note(chart: object, *_: object, **__: object) -> None:
        with contextlib.suppress(Unreadable):
            titles[title_over(read_all(chart))] = None
        plt.close("all")  # the next chart begins on a new figure

    here = Path.cwd()
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(secondcar, "show", note),
        mock.patch.object(charts, "check_honesty", note),
        matplotlib.rc_context({"backend": "agg"}),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        with contextlib.suppress(*Unfilled):  # a rule of its own says so
            write_other_files(unit, Path(folder))
        os.chdir(folder)
        try:
            _run(unit)
        finally:
            os.chdir(here)
    return [title for title in titles if title]


def _run(unit: Unit) -> None:
    namespace = {"__name__": "__main__"}
    for cell in unit.cells:
        if cell.kind == "code" and not (cell.is_solution or cell.is_check) and SHOWS_AN_ERROR not in cell.tags:
            with contextlib.suppress(Exception):
                exec(cell.source, namespace)
            plt.close("all")  # as a notebook does at the end of each cell
