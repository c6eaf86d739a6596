"""Recognizes charts of distributions: box plots, violins and letter-value plots, however they were drawn.

Their boxes stand for quartiles and their bulges for densities. No honesty rule here covers those, and to read the
medians alone would call a chart honest whose other parts nobody looked at. So such charts are named, and not read.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PatchCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, StepPatch

from secondcar.charts.reading.artists import corners_of
from secondcar.charts.reading.drawn import in_data

# Fewer corners are a band or a polygon of the author's own.
VIOLIN_CORNERS = 40
# Fewer boxes at one place may be stacked bars.
LETTER_BOXES = 4


def shows_spreads(ax: Axes) -> bool:
    """Return whether boxes, violins or letter values are drawn on Axes."""
    filled = (patch for patch in ax.patches if isinstance(patch, PathPatch) and not isinstance(patch, StepPatch))
    boxes = any(in_data(patch, ax) for patch in filled)
    return boxes or any(map(_is_box, ax.lines)) or any(map(_is_violin, ax.collections))


def _is_box(line: Line2D) -> bool:
    """A box plot of matplotlib and pandas draws each box as one line around a rectangle."""
    x, y = (np.asarray(ends) for ends in (line.get_xdata(), line.get_ydata()))
    closed = len(x) == 5 and (x[0], y[0]) == (x[4], y[4])
    return closed and len(set(x)) == 2 and len(set(y)) == 2


def _is_violin(collection: Collection) -> bool:
    if isinstance(collection, PatchCollection):
        boxes = [path.get_extents() for path in collection.get_paths()]
        for low, high in (("x0", "x1"), ("y0", "y1")):
            middles = {round(getattr(box, low) + getattr(box, high), 6) for box in boxes}
            widths = {round(getattr(box, high) - getattr(box, low), 6) for box in boxes}
            if len(boxes) >= LETTER_BOXES and len(middles) == 1 and len(widths) > 2:
                return True
    if not isinstance(collection, PolyCollection):
        return False
    outlines = [outline for outline in map(corners_of, collection.get_paths()) if len(outline) >= VIOLIN_CORNERS]
    return any(_is_mirrored(*sides) for outline in outlines for sides in (outline.T, outline.T[::-1]))


def _is_mirrored(along: np.ndarray, across: np.ndarray) -> bool:
    """Return whether an outline bulges equally to both sides of a line that runs along it."""
    middles = [(across[along == place].min() + across[along == place].max()) / 2 for place in np.unique(along)]
    return bool(np.ptp(across)) and np.ptp(middles) < 1e-6 * np.ptp(across)
