"""Which plots a chart has: the panels of a figure, each with the further value axes drawn over it."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure, SubFigure

from secondcar.charts.reading.alt_attribute import alt_text_of, keep_alt_text
from secondcar.charts.reading.artists import figure_under
from secondcar.charts.reading.records import Unreadable

if TYPE_CHECKING:
    from seaborn.objects import Plot


def figure_of(chart: object) -> Figure:
    """Return the whole figure that a chart stands in; a seaborn.objects plot is drawn anew.

    Raises:
        Unreadable: it is not a chart.
    """
    if isinstance(chart, Figure | SubFigure):
        return figure_under(chart)
    return figure_under(_not_empty(axes_of(chart))[0])


def panels_of(chart: object) -> list[list[Axes]]:
    """Return the plots of a chart: each panel's Axes, followed by those drawn over it.

    Args:
        chart: Axes, Figure, seaborn grid, seaborn.objects plot, what a drawing call returned, or a list of these.

    Raises:
        Unreadable: it is not a chart, or nothing is drawn in it.
    """
    given = _not_empty(axes_of(chart))
    everything = [ax for ax in figure_under(given[0]).axes if ax.get_visible()]
    given = [ax for ax in given if ax not in _colour_bars(everything)]
    filled = [ax for ax in given if ax.has_data()] or given[:1]
    panels: list[list[Axes]] = []
    for ax in filled:
        if not any(ax in panel for panel in panels):
            panels.append([ax, *(other for other in everything if other is not ax and _same_place(ax, other))])
    return panels


def _not_empty(axes: list[Axes]) -> list[Axes]:
    if not axes:
        raise Unreadable("The figure is empty: draw a chart on it before reading it.")
    for ax in axes:
        figure_under(ax)  # refuses one that was taken off
    return axes


def axes_of(chart: object, around: tuple[object, ...] = ()) -> list[Axes]:
    """Return all Axes of a chart; a seaborn.objects plot is drawn on a figure of its own.

    Args:
        chart: what a drawing call returned.
        around: the lists that it stands in, so that one that holds itself is not followed for ever.

    Raises:
        Unreadable: it is not a chart.
    """
    if isinstance(chart, Axes):
        return [chart]
    if isinstance(chart, Figure | SubFigure):
        return [ax for ax in chart.axes if ax.get_visible()]
    if is_undrawn(chart):
        figure = Figure()
        chart.on(figure).plot()
        if text := alt_text_of(chart):
            keep_alt_text(figure, text)
        return figure.axes
    if isinstance(chart, Container):
        return _together(chart.get_children())
    if isinstance(chart, Artist):
        return [chart.axes] if isinstance(chart.axes, Axes) else []
    if isinstance(chart, list | tuple | np.ndarray) and not any(chart is outer for outer in around):
        return _together(np.ravel(np.asarray(chart, dtype=object)), (*around, chart))
    drawn = getattr(chart, "figure", None)  # seaborn's grids
    if isinstance(drawn, Figure | SubFigure):
        return axes_of(drawn)
    kind = "nothing (None)" if chart is None else f"of type {type(chart).__name__}"
    fix = "keep what the drawing call returns, as in ax = sns.barplot(...)"
    raise Unreadable(f"This is not a chart but {kind}: {fix}.")


def is_undrawn(chart: object) -> TypeGuard["Plot"]:
    """Return whether this is a plot of seaborn.objects, which draws nothing until it is shown."""
    objects = sys.modules.get("seaborn.objects")  # there is no such plot unless somebody imported it
    return objects is not None and isinstance(chart, objects.Plot)


def _together(parts: Iterable[object], around: tuple[object, ...] = ()) -> list[Axes]:
    return list(dict.fromkeys(ax for part in parts if part is not None for ax in axes_of(part, around)))


def _colour_bars(axes: Iterable[Axes]) -> list[Axes]:
    shown = [*(c for ax in axes for c in ax.collections), *(image for ax in axes for image in ax.images)]
    return [artist.colorbar.ax for artist in shown if artist.colorbar is not None]


def _same_place(one: Axes, other: Axes) -> bool:
    """Axes at one place of the figure look like one plot, whether twinx made them or somebody by hand."""
    return bool(np.allclose(one.get_position().bounds, other.get_position().bounds, atol=1e-6))
