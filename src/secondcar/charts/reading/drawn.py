"""What a thing on drawn Axes shows, in places and values of those Axes, before it is known what they say."""

from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container

from secondcar.charts.reading.looks import Look

TINY = 1e-9
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Drawn:
    """One thing that shows a value, by its place along the category axis and its ends along the value axis."""

    kind: str
    place: float
    base: float
    end: float
    thickness: float  # of bars, cells and pictures across the value axis, else in pixels
    look: Look
    name: str  # the artist's own label, "" if it has none
    group: str  # what was drawn in one piece shares it: "line 0"
    error: tuple[float, float] | None = None
    row: float = 0.0  # of a cell: its place down the heatmap


@dataclass(frozen=True, eq=False)
class Curve:
    """Points that belong together."""

    places: np.ndarray
    values: np.ndarray
    look: Look
    name: str
    thickness: float


@dataclass(frozen=True, eq=False)
class Region:
    """A filled region between a low and a high edge."""

    places: np.ndarray
    low: np.ndarray
    high: np.ndarray
    look: Look
    name: str


def in_data(artist: Artist, ax: Axes) -> bool:
    """Rules and spans run across the whole Axes, whatever its limits are; only data stand at places of both axes."""
    return artist.get_visible() and artist.get_transform().contains_branch(ax.transData)


def name_of(artist: Artist | Container) -> str:
    """Return an artist's own label; those that begin with _ are matplotlib's."""
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") or label == "None" else label
