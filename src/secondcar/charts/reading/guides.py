"""Finds the lines and bands that mark a value or a place, and are none of the data."""

from collections.abc import Callable, Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from secondcar.charts.language.say import one_line
from secondcar.charts.reading.artists import corners_of
from secondcar.charts.reading.drawn import name_of
from secondcar.charts.reading.records import Guide

# How far, in pixels, a text may stand from a line that it names.
_REACH = 20
_DASHES = {"-": "solid", "--": "dashed", ":": "dotted", "-.": "dash-dot"}


def guides_on(ax: Axes, horizontal: bool, value: Callable[[float], float]) -> tuple[Guide, ...]:
    """Return the lines and bands that run across the whole of some Axes.

    Args:
        ax: where they are drawn.
        horizontal: values run from left to right.
        value: turns a place of the value axis into what it states.
    """
    guides = []
    for artist, along_x, low, high in _rules_on(ax):
        on_values = along_x is horizontal
        ends = sorted((value(low), value(high))) if on_values else sorted((low, high))
        style = artist.get_linestyle() if isinstance(artist, Line2D) else "-"
        label = name_of(artist) or _text_beside(ax, along_x, (low, high))
        guides.append(Guide(ends[0], ends[1], on_values, one_line(label), _DASHES.get(str(style), "dashed")))
    return tuple(guides)


def _rules_on(ax: Axes) -> Iterator[tuple[Artist, bool, float, float]]:
    """Give each line or span, whether it stands at a place of the x axis, and its ends there."""
    for artist in [*ax.lines, *ax.patches]:
        if not artist.get_visible() or not isinstance(artist, Line2D | Rectangle | Polygon):
            continue
        in_x, in_y = artist.get_transform().contains_branch_seperately(ax.transData)
        if in_x == in_y:
            continue
        if isinstance(artist, Line2D):
            data = np.asarray(artist.get_xdata(orig=False) if in_x else artist.get_ydata(orig=False), dtype=float)
        else:
            data = corners_of(artist.get_path().transformed(artist.get_patch_transform()))[:, 0 if in_x else 1]
        if len(data) and np.isfinite(data).all():
            yield artist, in_x, float(data.min()), float(data.max())


def _text_beside(ax: Axes, along_x: bool, ends: tuple[float, float]) -> str:
    """Return the text that stands at a line or in a band, "" if none does."""
    spots = ax.transData.transform([(end, end) for end in ends])[:, 0 if along_x else 1]
    found = []
    for text in ax.texts:
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            low, high = (box.x0, box.x1) if along_x else (box.y0, box.y1)
            gap = max(low - max(spots), min(spots) - high, 0.0)
            if gap <= _REACH:
                found.append((gap, text.get_text()))
    return min(found)[1] if found else ""
