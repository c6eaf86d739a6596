"""What matplotlib's own types leave open, said once: an artist's figure, the corners of a path, the name of an axis."""

from collections.abc import Iterable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.path import Path

from secondcar.charts.reading.records import Colour, Unreadable


def figure_under(artist: Artist) -> Figure:
    """Return the whole figure that an artist stands in.

    Raises:
        Unreadable: it stands in none.
    """
    figure = artist.get_figure(root=True)
    if figure is None:
        raise Unreadable("The chart was taken off its figure: draw it again before reading it.")
    return figure


def corners_of(path: Path) -> np.ndarray:
    """Return the corners of a path, one a row."""
    return np.asarray(path.vertices)


def as_colour(parts: Iterable[float]) -> Colour:
    """Return red, green, blue and opacity as plain numbers."""
    red, green, blue, opacity = map(float, parts)
    return red, green, blue, opacity


def name_of_axis(axis: Axis) -> str:
    """Return "x" or "y"."""
    return "x" if isinstance(axis, XAxis) else "y"
