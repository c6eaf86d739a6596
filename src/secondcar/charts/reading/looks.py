"""How a thing on a chart looks to the reader: its colour as seen, hatch, line style and marker."""

from dataclasses import dataclass
from functools import lru_cache
from math import lcm

from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch

from secondcar.charts.reading.artists import as_colour, corners_of, figure_under
from secondcar.charts.reading.records import Colour


@dataclass(frozen=True)
class Look:
    """What tells one series from another."""

    colour: Colour  # as drawn, with its alpha
    hatch: str = ""
    linestyle: str = ""
    marker: str = ""
    edge: Colour | None = None  # of an outline that differs from the fill, or that has none in it

    @property
    def alpha(self) -> float:
        return round(self.colour[3], 2)


def background(ax: Axes) -> tuple[float, float, float]:
    """Return the colour behind a chart: of the Axes, over the figure, over white paper."""
    paper = blended(to_rgba(figure_under(ax).get_facecolor()), (1.0, 1.0, 1.0))
    return blended(to_rgba(ax.get_facecolor()), paper[:3])[:3]


@lru_cache(maxsize=1024)  # the marks of a series share it
def blended(colour: Colour, behind: tuple[float, float, float]) -> Colour:
    """Return the opaque colour that a see-through colour makes over a background."""
    *channels, alpha = colour
    red, green, blue = (round(c * alpha + b * (1 - alpha), 6) for c, b in zip(channels, behind, strict=True))
    return red, green, blue, 1.0


def look_of(artist: object, index: int = 0) -> Look:
    """Return how an artist looks; of a collection, its member at an index."""
    if isinstance(artist, Line2D):
        return _line_look(artist)
    if isinstance(artist, Patch):
        face, edge = to_rgba(artist.get_facecolor()), to_rgba(artist.get_edgecolor())
        outlined = edge[3] and artist.get_linewidth() and (not face[3] or edge[:3] != face[:3])
        dashes = "--" if outlined and artist.get_linestyle() not in ("-", "solid") else ""
        colour = face if face[3] else edge
        return Look(colour, artist.get_hatch() or "", linestyle=dashes, edge=edge if outlined else None)
    if isinstance(artist, Collection):
        return _member_look(artist, index)
    return Look((0.0, 0.0, 0.0, 0.0))


def looks_of(collection: Collection, members: int) -> list[Look]:
    """Return the looks of a collection's members, which they take by turns."""
    parts = (collection.get_facecolor(), collection.get_edgecolor(), collection.get_paths())
    return [_member_look(collection, index) for index in range(min(members, lcm(*(len(part) or 1 for part in parts))))]


def _line_look(line: Line2D) -> Look:
    style, marker = (_named(trait) for trait in (line.get_linestyle(), line.get_marker()))
    if style or not marker:
        return Look(to_rgba(line.get_color(), line.get_alpha()), linestyle=style, marker=marker)
    face, edge = to_rgba(line.get_markerfacecolor()), to_rgba(line.get_markeredgecolor())
    outline = edge if face[3] and edge[:3] != face[:3] and line.get_markeredgewidth() else None
    return Look(to_rgba(face if face[3] else edge, line.get_alpha()), marker=marker, edge=outline)


def _named(trait: object) -> str:
    """Return the name of a line style or marker, "" for none at all."""
    return "" if trait in (None, "None", "none", " ", "") else str(trait)


def _member_look(collection: Collection, index: int) -> Look:
    faces, edges = to_rgba_array(collection.get_facecolor()), to_rgba_array(collection.get_edgecolor())
    colours = faces if len(faces) and faces[index % len(faces)][3] else edges
    colour = as_colour(colours[index % len(colours)]) if len(colours) else (0.0, 0.0, 0.0, 0.0)
    marker, outline = "", None
    if isinstance(collection, PathCollection):
        outline = as_colour(edges[index % len(edges)]) if len(edges) else None
        outline = outline if outline and outline[3] and outline[:3] != colour[:3] else None
        paths = collection.get_paths()
        marker = _marker_name(corners_of(paths[index % len(paths)]).round(3).tobytes()) if len(paths) else ""
    linestyle = ""
    if isinstance(collection, LineCollection):
        styles = collection.get_linestyle()
        style = styles[index % len(styles)]  # a pair of offset and dashes, without dashes for a solid line
        linestyle = "--" if isinstance(style, tuple) and style[1] is not None else "-"
    return Look(colour, hatch=collection.get_hatch() or "", linestyle=linestyle, marker=marker, edge=outline)


def _marker_name(outline: bytes) -> str:
    """Scatter keeps the outline of its markers, not their name."""
    return _marker_names().get(outline, "other")


@lru_cache(maxsize=1)
def _marker_names() -> dict[bytes, str]:
    names: dict[bytes, str] = {}
    for name in MarkerStyle.filled_markers:
        style = MarkerStyle(name)
        outline = style.get_path().transformed(style.get_transform())
        names.setdefault(corners_of(outline).round(3).tobytes(), str(name))
    return names
