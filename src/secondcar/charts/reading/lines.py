"""Finds the lines and points on drawn Axes that show values, and the error bars apart from them."""

from collections.abc import Iterable, Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cbook import STEP_LOOKUP_MAP
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.container import ErrorbarContainer
from numpy.typing import ArrayLike

from secondcar.charts.reading.areas import runs_inside
from secondcar.charts.reading.artists import figure_under
from secondcar.charts.reading.as_drawn import refuse_other_drawing
from secondcar.charts.reading.drawn import POINTS_PER_INCH, TINY, Curve, Drawn, Region, in_data, name_of
from secondcar.charts.reading.looks import Look, look_of, looks_of


def curves_on(ax: Axes, horizontal: bool) -> tuple[list[Curve], list[Curve]]:
    """Return the lines of a plot, and apart from them the error bars, which seaborn draws as lines too."""
    pixels = figure_under(ax).dpi / POINTS_PER_INCH
    parts = {id(part) for c in ax.containers if isinstance(c, ErrorbarContainer) for part in c.lines[1]}
    curves: list[Curve] = []
    error_bars: list[Curve] = []
    for line in ax.lines:
        if id(line) in parts or not in_data(line, ax):
            continue
        look = look_of(line)
        size = line.get_linewidth() if look.linestyle else line.get_markersize()
        points = [line.get_xdata(orig=False), line.get_ydata(orig=False)]
        if look.linestyle or look.marker:
            corners = STEP_LOOKUP_MAP[line.get_drawstyle()](*map(_filled, points))
            refuse_other_drawing(line, ax, np.column_stack(corners), ax.bbox)
        name = name_of(line) or next((name_of(c) for c in ax.containers if line in c.get_children()), "")
        _sort_in(_curve(points, look, name, size * pixels, horizontal), curves, error_bars)
    for collection in ax.collections:
        if isinstance(collection, LineCollection) and in_data(collection, ax):
            widths = np.atleast_1d(collection.get_linewidth())
            for index, segment in enumerate(collection.get_segments()):
                look, size = look_of(collection, index), widths[index % len(widths)] * pixels
                curve = _curve(np.asarray(segment).T, look, name_of(collection), size, horizontal)
                flat = curve is not None and len(curve.places) == 2 and np.ptp(curve.values) == 0
                if not flat:  # a dash or a rule
                    _sort_in(curve, curves, error_bars)
    return curves, error_bars


def _curve(points: Iterable[ArrayLike], look: Look, name: str, size: float, horizontal: bool) -> Curve | None:
    x, y = map(_filled, points)
    places, values = (y, x) if horizontal else (x, y)
    there = np.isfinite(places) & np.isfinite(values)
    if not there.any() or look.colour[3] == 0 or not (look.linestyle or look.marker):
        return None
    return Curve(places[there], values[there], look, name, float(size))


def _filled(numbers: ArrayLike) -> np.ndarray:
    """Return numbers with NaN where one is missing or masked."""
    return np.asarray(np.ma.filled(np.ma.asarray(numbers, dtype=float), np.nan))


def _sort_in(curve: Curve | None, curves: list[Curve], error_bars: list[Curve]) -> None:
    if curve is None:
        return
    steps = np.diff(curve.places)
    upright = not steps.any() and len(curve.places) > 1
    capped = len(set(curve.places.round(9))) <= 3 and (steps > TINY).any() and (steps < -TINY).any()
    bare = not curve.look.marker
    (error_bars if bare and (upright or capped) else curves).append(curve)


def without_reference_lines(curves: list[Curve], bars: list[Drawn], points: list[Drawn]) -> list[Curve]:
    """Leave out lines that mark a level or a trend beside what shows the data."""
    kept = []
    for curve in curves:
        places = set(curve.places.round(6))
        level = not curve.look.marker and np.ptp(curve.values) == 0 and len(places) > 1
        others = [other for other in curves if other is not curve and np.ptp(other.values) > 0]
        stands_alone = len(places) == 2 and others and all(set(other.places.round(6)) != places for other in others)
        dotted = {round(point.place, 6) for point in points}
        between = bool(dotted) and not (dotted <= places or places <= dotted)
        beside_bars = bool(bars) and (level or not _keeps_to(places, bars))
        if not (beside_bars or between or (level and (points or stands_alone))):
            kept.append(curve)
    return kept


def _keeps_to(places: set[float], bars: list[Drawn]) -> bool:
    """Return whether a line has its points at the bars, and not in between as a trend or a density has."""
    centres = {round(bar.place, 6): bar.thickness for bar in bars}
    at_bars = all(any(abs(place - centre) <= thick for centre, thick in centres.items()) for place in places)
    return at_bars and len(places) <= len(centres)


def points_on(ax: Axes, horizontal: bool) -> Iterator[Drawn]:
    """Return the points of scatter plots; missing ones are left out."""
    pixels = figure_under(ax).dpi / POINTS_PER_INCH
    for number, collection in enumerate(ax.collections):
        if not isinstance(collection, PathCollection) or not collection.get_visible():
            continue
        if not collection.get_offset_transform().contains_branch(ax.transData):
            continue
        offsets = _filled(collection.get_offsets())
        diameters = (np.sqrt(collection.get_sizes()) * pixels).tolist() or [0.0]
        looks, name = looks_of(collection, len(offsets)), name_of(collection)
        places, values = offsets.T[::-1] if horizontal else offsets.T
        refuse_other_drawing(collection, ax, offsets)
        shown = np.flatnonzero(np.isfinite(offsets).all(axis=1))
        for index, place, value in zip(shown.tolist(), places[shown].tolist(), values[shown].tolist(), strict=True):
            diameter, look = diameters[index % len(diameters)], looks[index % len(looks)]
            yield Drawn("point", place, 0.0, value, diameter, look, name, f"points {number}")


def curve_marks(curve: Curve, group: str, bands: list[Region]) -> Iterator[Drawn]:
    """Return the points of a line, each with its part of the band around the line."""
    band = next((region for region in bands if runs_inside(curve, region) and _alike(curve.look, region.look)), None)
    kind = "line" if curve.look.linestyle else "point"
    for place, value in zip(curve.places, curve.values, strict=True):
        error = None
        if band is not None:
            index = int(np.argmin(abs(band.places - place)))
            error = (float(band.low[index]), float(band.high[index]))
        yield Drawn(kind, float(place), 0.0, float(value), curve.thickness, curve.look, curve.name, group, error)


def _alike(one: Look, other: Look) -> bool:
    return np.allclose(one.colour[:3], other.colour[:3], atol=0.01)


def lies_on(point: Drawn, curve: Curve) -> bool:
    """A dot drawn over the point of a line says nothing new."""
    at = abs(curve.places - point.place) < 1e-6
    return bool((abs(curve.values[at] - point.end) <= TINY * max(1, abs(point.end))).any())
