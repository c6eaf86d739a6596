"""Asks whether what artists say of themselves is what they draw.

One of a class of its own, or that is drawn through a transform of its own, can say one thing and show another.
"""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Bbox, Transform

from secondcar.charts.reading.artists import corners_of, figure_under
from secondcar.charts.reading.drawn import POINTS_PER_INCH
from secondcar.charts.reading.records import Unreadable

# What stands in one place may be moved apart by less than that.
_SLACK = 5 / POINTS_PER_INCH  # inches


class _Recorder(RendererBase):
    """Draws nothing, and keeps the points of what it is given, in pixels."""

    def __init__(self, dpi: float) -> None:
        super().__init__()
        self.drawn: list[np.ndarray] = [np.empty((0, 2))]
        self._dpi = dpi

    def points_to_pixels(self, points: Any) -> Any:
        return points * self._dpi / POINTS_PER_INCH

    def draw_path(self, gc: Any, path: Path, transform: Transform, rgbFace: Any = None) -> None:
        self.drawn.append(corners_of(transform.transform_path(path)))

    def draw_markers(
        self, gc: Any, marker_path: Path, marker_trans: Any, path: Path, trans: Transform, rgbFace: Any = None
    ) -> None:
        self.drawn.append(corners_of(trans.transform_path(path)))

    def draw_path_collection(  # type: ignore[override]  # the rest are looks
        self, gc: Any, master: Any, paths: Any, transforms: Any, offsets: Any, offset_trans: Transform, *looks: Any,
        **others: Any,
    ) -> None:  # fmt: skip
        self.drawn.append(np.ma.filled(np.ma.asarray(offset_trans.transform(offsets)), np.nan))


def refuse_other_drawing(artist: Artist, ax: Axes, said: np.ndarray, view: Bbox | None = None) -> None:
    """Raise Unreadable if an artist does not draw each point that it says, or draws any beyond all of them.

    Args:
        artist: a bar, a line or the points of a scatter plot.
        ax: where it stands.
        said: the points, one a row, as places and values of the Axes.
        view: the part of the figure, in pixels, outside which it need not draw them.
    """
    dpi = figure_under(ax).dpi
    slack = _SLACK * dpi
    said, drawn = map(_finite, (ax.transData.transform(said), _drawn_by(artist, dpi)))
    near = {(x + i, y + j) for x, y in _squares(drawn, slack) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    wanted = said if view is None else said[((view.min <= said) & (said <= view.max)).all(axis=1)]
    has_all = _squares(wanted, slack) <= near
    if not has_all or (len(said) and ((drawn < said.min(0) - slack) | (drawn > said.max(0) + slack)).any()):
        raise Unreadable(
            "A part of this chart says one thing and draws another, so it cannot be read: draw it with matplotlib's "
            "own bars, lines and points, as they are."
        )


def _finite(points: np.ndarray) -> np.ndarray:
    found: np.ndarray = points[np.isfinite(points).all(axis=1)]
    return found


def _squares(points: np.ndarray, side: float) -> set[tuple[float, ...]]:
    """Return the squares that points lie in: of many points there are few."""
    return set(map(tuple, np.rint(points / side).tolist()))


def _drawn_by(artist: Artist, dpi: float) -> np.ndarray:
    """Return the points of what an artist draws, in pixels, but for strokes and shadows around it."""
    recorder, effects = _Recorder(dpi), artist.get_path_effects()
    if effects:
        artist.set_path_effects([])
    artist.draw(recorder)
    if effects:
        artist.set_path_effects(effects)
    return np.concatenate(recorder.drawn)
