"""Finds what shows values by its size on drawn Axes: bars, the cells of heatmaps, and pictures in place of bars."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PatchCollection, PolyCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.image import AxesImage
from matplotlib.patches import Ellipse, Polygon, Rectangle, StepPatch

from secondcar.charts.reading.artists import as_colour, corners_of
from secondcar.charts.reading.as_drawn import refuse_other_drawing
from secondcar.charts.reading.drawn import Drawn, in_data, name_of
from secondcar.charts.reading.looks import Look, look_of

# An image of more cells than this is a picture.
MOST_CELLS = 2500


def is_across(ax: Axes, x_names_things: bool, y_names_things: bool) -> bool:
    """Return whether the values run from left to right."""
    sides = {c.orientation for c in ax.containers if isinstance(c, BarContainer) and len(c.patches) and c.orientation}
    if len(sides) == 1:
        return sides == {"horizontal"}
    if x_names_things != y_names_things:
        return y_names_things
    boxes = [_box(patch) for patch in ax.patches if isinstance(patch, Rectangle) and in_data(patch, ax)]
    boxes += [box for collection in ax.collections for box, _ in _boxes_of(collection)]
    if len(boxes) < 2:
        return False
    widths, heights = {round(abs(box[2]), 9) for box in boxes}, {round(abs(box[3]), 9) for box in boxes}
    return len(heights) < len(widths)  # bars are equally thick, whatever they show


def bars_on(ax: Axes, horizontal: bool) -> Iterator[Drawn]:
    """Return the bars, whether they were drawn one by one, as a container or as a collection."""
    containers = [c for c in ax.containers if isinstance(c, BarContainer)]
    kept = {id(patch) for container in containers for patch in container.patches}
    loose = [p for p in ax.patches if isinstance(p, Rectangle) and id(p) not in kept] if not containers else []
    groups: list[BarContainer | list[Rectangle]] = [*containers, loose]
    for number, container in enumerate(groups):
        for patch, name in _named_bars(container):
            if in_data(patch, ax):
                x, y, width, height = box = _box(patch)
                for bar in _bar(box, look_of(patch), name, f"bars {number}", horizontal):
                    refuse_other_drawing(patch, ax, np.array([[x, y], [x + width, y + height]]))
                    yield bar
    for number, collection in enumerate(ax.collections):
        for index, (box, name) in enumerate(_boxes_of(collection)):
            look = look_of(collection, index)
            yield from _bar(_from_zero(box, horizontal), look, name, f"collection {number}", horizontal)


def _named_bars(container: BarContainer | list[Rectangle]) -> list[tuple[Rectangle, str]]:
    """Return each bar and its name: its own, or that of its container; a histogram names only its first bar."""
    if not isinstance(container, BarContainer):
        return [(patch, name_of(patch)) for patch in container]
    names = [name_of(patch) for patch in container.patches]
    shared = name_of(container) or (names[0] if names and not any(names[1:]) else "")
    return [(patch, name or shared) for patch, name in zip(container.patches, names, strict=True)]


def _box(patch: Rectangle) -> tuple[float, float, float, float]:
    return float(patch.get_x()), float(patch.get_y()), float(patch.get_width()), float(patch.get_height())


def _boxes_of(collection: Collection) -> list[tuple[tuple[float, float, float, float], str]]:
    """Return the rectangles of a collection, as so.Bars draws them."""
    if not isinstance(collection, PatchCollection) or not collection.get_visible():
        return []
    extents = [path.get_extents() for path in collection.get_paths()]
    return [((box.x0, box.y0, box.width, box.height), name_of(collection)) for box in extents]


def _from_zero(box: tuple[float, float, float, float], horizontal: bool) -> tuple[float, float, float, float]:
    """A collection keeps no direction: a bar below zero begins at its upper end."""
    x, y, width, height = box
    if horizontal and x + width <= 0:
        return x + width, y, -width, height
    if not horizontal and y + height <= 0:
        return x, y + height, width, -height
    return box


def _bar(box: Sequence[float], look: Look, name: str, group: str, horizontal: bool) -> Iterator[Drawn]:
    x, y, width, height = box
    place, thickness, base, length = (y, height, x, width) if horizontal else (x, width, y, height)
    proxy = width == 0 and height == 0  # seaborn puts one in for each entry of its legend
    if not proxy and np.isfinite(box).all() and look.colour[3] > 0:
        yield Drawn("bar", place + thickness / 2, base, base + length, abs(thickness), look, name, group)


def steps_on(ax: Axes, horizontal: bool) -> Iterator[Drawn]:
    """Return the bars of a histogram that is drawn in one piece, as an outline or as a filled region."""
    for number, artist in enumerate([*ax.patches, *ax.collections]):
        if not in_data(artist, ax):
            continue
        look, group = look_of(artist), f"steps {number}"
        for left, right, base, end in _steps_of(artist, horizontal):
            yield Drawn("bar", (left + right) / 2, base, end, right - left, look, name_of(artist), group)


def _steps_of(artist: Artist, horizontal: bool) -> list[tuple[float, float, float, float]]:
    """Return begin, end, low and high of each step from zero; [] where the outline has slopes."""
    if isinstance(artist, StepPatch):
        values, edges, base = artist.get_data()
        bases = np.broadcast_to(0.0 if base is None else base, len(values))
        return [
            (float(left), float(right), float(low), float(end))
            for left, right, low, end in zip(edges[:-1], edges[1:], bases, values, strict=True)
        ]
    if not isinstance(artist, Polygon | PolyCollection):
        return []
    paths = [artist.get_xy()] if isinstance(artist, Polygon) else [corners_of(path) for path in artist.get_paths()]
    if len(paths) != 1 or len(paths[0]) < 6:
        return []
    along, across = paths[0].T[::-1] if horizontal else paths[0].T
    flat = np.isclose(across[:-1], across[1:])
    if not np.isclose(across, 0).any() or not (flat | np.isclose(along[:-1], along[1:])).all():
        return []
    places = np.unique(along.round(9))
    steps = []
    for left, right in pairwise(places):
        middle = (left + right) / 2
        covers = (np.minimum(along[:-1], along[1:]) < middle) & (np.maximum(along[:-1], along[1:]) > middle)
        levels = [0.0, *across[:-1][covers]]
        steps.append((float(left), float(right), 0.0, float(max(levels, key=abs))))
    return steps


def cells_on(ax: Axes) -> Iterator[Drawn]:
    """Return the cells of heatmaps; empty ones are left out."""
    for image in map_images_on(ax):
        values = _numbers_in(image)
        left, right, bottom, top = image.get_extent()
        rows, columns = values.shape
        width, height = (right - left) / columns, (top - bottom) / rows
        first = (top, -height) if image.origin == "upper" else (bottom, height)
        for (row, column), value in np.ndenumerate(np.ma.filled(values.astype(float), np.nan)):
            if np.isfinite(value):
                look = Look(as_colour(image.to_rgba(value)))
                x, y = left + (column + 0.5) * width, first[0] + (row + 0.5) * first[1]
                yield Drawn("cell", float(x), 0.0, float(value), abs(float(width)), look, "", "cells", row=float(y))
    for mesh in (c for c in ax.collections if isinstance(c, QuadMesh)):
        values = _numbers_in(mesh).reshape(np.asarray(mesh.get_coordinates()).shape[0] - 1, -1)
        corners = np.asarray(mesh.get_coordinates())
        centres = (corners[:-1, :-1] + corners[1:, 1:]) / 2
        width = float(abs(corners[0, 1, 0] - corners[0, 0, 0]))
        for index, value in np.ndenumerate(np.ma.filled(values.astype(float), np.nan)):
            if np.isfinite(value):
                x, y = (float(part) for part in centres[index])
                look = Look(as_colour(mesh.to_rgba(value)))
                yield Drawn("cell", x, 0.0, float(value), width, look, "", "cells", row=y)


def map_images_on(ax: Axes) -> list[AxesImage]:
    """Return an image that maps one number to each cell's colour, as `imshow` draws a table; no photograph."""
    numbers = [image for image in ax.images if image.get_visible() and _numbers_in(image).ndim == 2]
    return numbers if len(numbers) == 1 and _numbers_in(numbers[0]).size <= MOST_CELLS else []


def _numbers_in(coloured: AxesImage | QuadMesh) -> np.ma.MaskedArray:
    return np.ma.asarray(coloured.get_array())


def pictures_on(ax: Axes, horizontal: bool) -> Iterator[Drawn]:
    """Return pictures and round shapes that stand at places of the axes in the manner of bars."""
    boxes = [(image.get_extent(), Look((0.0, 0.0, 0.0, 1.0))) for image in ax.images if image.get_visible()]
    for patch in ax.patches:
        if isinstance(patch, Ellipse) and in_data(patch, ax):
            (x, y), width, height = np.ravel(patch.get_center()), patch.get_width(), patch.get_height()
            boxes.append(((x - width / 2, x + width / 2, y - height / 2, y + height / 2), look_of(patch)))
    if len(boxes) < 2:  # one picture stands for nothing but itself
        return
    for (left, right, bottom, top), look in boxes:
        place, thickness = ((bottom + top) / 2, top - bottom) if horizontal else ((left + right) / 2, right - left)
        base, end = (left, right) if horizontal else (bottom, top)
        yield Drawn("picture", float(place), float(base), float(end), abs(float(thickness)), look, "", "pictures")
