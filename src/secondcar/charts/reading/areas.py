"""Finds the filled areas on drawn Axes that show values, and tells them from bands and shadings."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import FancyArrow, Polygon

from secondcar.charts.reading.artists import corners_of
from secondcar.charts.reading.drawn import TINY, Curve, Drawn, Region, in_data, name_of
from secondcar.charts.reading.looks import Look, look_of


def regions_on(ax: Axes, horizontal: bool) -> Iterator[Region]:
    """Return everything filled between a low and a high edge."""
    for collection in ax.collections:
        scattered = len(np.asarray(collection.get_offsets())) > 1  # one shape at many places: cells of a hexbin
        if isinstance(collection, PolyCollection) and not scattered and in_data(collection, ax):
            paths = [corners for corners in map(corners_of, collection.get_paths()) if len(corners)]
            yield from _region(paths, look_of(collection), name_of(collection), horizontal)
    for patch in ax.patches:
        if isinstance(patch, Polygon) and not isinstance(patch, FancyArrow) and in_data(patch, ax):
            yield from _region([patch.get_xy()], look_of(patch), name_of(patch), horizontal)


def _region(outlines: list[np.ndarray], look: Look, name: str, horizontal: bool) -> Iterator[Region]:
    vertices = np.concatenate([np.empty((0, 2)), *(np.asarray(outline, dtype=float) for outline in outlines)])
    vertices = vertices[np.isfinite(vertices).all(axis=1)]
    if not len(vertices):
        return
    along, across = (vertices[:, 1], vertices[:, 0]) if horizontal else (vertices[:, 0], vertices[:, 1])
    places = np.unique(along.round(9))
    upright = abs(np.diff(along)) < TINY
    ends = np.isclose(along[:-1], places[0]) | np.isclose(along[:-1], places[-1])
    if (upright & (np.diff(across) != 0) & ~ends).any():
        return  # steps: at each two values stand
    edges = [np.unique(across[np.isclose(along, place, atol=1e-9, rtol=0)].round(9)) for place in places]
    if len(places) > 1 and all(len(edge) <= 2 for edge in edges):
        low, high = (np.array([pick(edge) for edge in edges]) for pick in (min, max))
        if (high > low).any():
            yield Region(places, low, high, look, name)


def _edge_at(region: Region, curve: Curve) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Return a curve's values and the region's edges at the places they share, None if they share too few."""
    shared = [(i, int(np.argmin(abs(region.places - place)))) for i, place in enumerate(curve.places)]
    shared = [(i, j) for i, j in shared if abs(region.places[j] - curve.places[i]) < 1e-6]
    if len(shared) < 2:
        return None
    own, other = (list(indices) for indices in zip(*shared, strict=True))
    return curve.values[own], region.low[other], region.high[other]


def runs_inside(curve: Curve, region: Region) -> bool:
    """Return whether a line runs between the edges of a region, as it does in a band of uncertainty."""
    edges = _edge_at(region, curve)
    if edges is None:
        return False
    values, low, high = edges
    slack = 1e-6 * max(1e-12, float(np.ptp(region.high)) + float(np.max(region.high - region.low)))
    within = (low - slack <= values) & (values <= high + slack)
    inside = (low + slack < values) & (values < high - slack)
    return bool(within.all() and inside.any())


def runs_along(curve: Curve, region: Region) -> bool:
    """Return whether a line is an edge of a region."""
    edges = _edge_at(region, curve)
    if edges is None:
        return False
    values, low, high = edges
    return bool(np.allclose(values, high, rtol=1e-6, atol=1e-9) or np.allclose(values, low, rtol=1e-6, atol=1e-9))


def data_areas(regions: list[Region], curves: list[Curve]) -> list[Region]:
    """Return the regions that show values: not the gap shaded between two lines, and not a band at one level."""
    areas = []
    for region in regions:
        grounded = np.allclose(region.low, 0, atol=1e-9) or np.allclose(region.high, 0, atol=1e-9)
        stands_on = any(
            len(other.places) == len(region.places) and np.allclose(other.high, region.low, rtol=1e-6)
            for other in regions
            if other is not region
        )
        line = next((curve for curve in curves if runs_along(curve, region)), None)
        shading = bool(curves) and not grounded and not stands_on
        level = np.ptp(region.low) == 0 and np.ptp(region.high) == 0 and bool(curves)
        if not shading and not (level and not grounded):
            areas.append(replace(region, name=region.name or (_top_line(region, curves) or line or region).name))
    return areas


def _top_line(region: Region, curves: list[Curve]) -> Curve | None:
    """The line along the far edge of an area carries its name in pandas."""
    for curve in curves:
        edges = _edge_at(region, curve)
        if edges is not None and np.allclose(edges[0], edges[2], rtol=1e-6, atol=1e-9):
            return curve
    return None


def area_marks(area: Region, group: str) -> Iterator[Drawn]:
    """Return one mark for each place of an area; it begins at the edge nearer to zero."""
    for place, low, high in zip(area.places, area.low, area.high, strict=True):
        base, end = (high, low) if high <= 0 and low < 0 else (low, high)
        yield Drawn("area", float(place), float(base), float(end), 0.0, area.look, area.name, group)
