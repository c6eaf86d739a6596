"""Finds what shows values by its size on drawn Axes: bars, the cells of heatmaps, and pictures in place of bars."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PatchCollection, QuadMesh
from matplotlib.container import BarContainer
from matplotlib.patches import Ellipse, Rectangle

from secondcar.charts.drawn import Drawn, in_data, name_of
from secondcar.charts.looks import Look, look_of


def is_across(ax: Axes, x_names_things: bool, y_names_things: bool) -> bool:
    """Say whether the values run from left to right."""
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
    for number, container in enumerate([*containers, loose]):
        for patch in getattr(container, "patches", container):
            if in_data(patch, ax):
                name = name_of(patch) or (name_of(container) if isinstance(container, BarContainer) else "")
                yield from _bar(_box(patch), look_of(patch), name, f"bars {number}", horizontal)
    for number, collection in enumerate(ax.collections):
        for index, (box, name) in enumerate(_boxes_of(collection)):
            look = look_of(collection, index)
            yield from _bar(_from_zero(box, horizontal), look, name, f"collection {number}", horizontal)


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


def cells_on(ax: Axes) -> Iterator[Drawn]:
    """Return the cells of heatmaps; empty ones are left out."""
    for mesh in (c for c in ax.collections if isinstance(c, QuadMesh)):
        values = np.ma.asarray(mesh.get_array()).reshape(np.asarray(mesh.get_coordinates()).shape[0] - 1, -1)
        corners = np.asarray(mesh.get_coordinates())
        centres = (corners[:-1, :-1] + corners[1:, 1:]) / 2
        width = float(abs(corners[0, 1, 0] - corners[0, 0, 0]))
        for index, value in np.ndenumerate(np.ma.filled(values.astype(float), np.nan)):
            if np.isfinite(value):
                x, y = (float(part) for part in centres[index])
                look = Look(tuple(float(part) for part in mesh.to_rgba(value)))
                yield Drawn("cell", x, 0.0, float(value), width, look, "", "cells", row=y)


def pictures_on(ax: Axes, horizontal: bool) -> Iterator[Drawn]:
    """Return pictures and round shapes that stand at places of the axes in the manner of bars."""
    boxes = [(image.get_extent(), Look((0.0, 0.0, 0.0, 1.0))) for image in ax.images if image.get_visible()]
    for patch in ax.patches:
        if isinstance(patch, Ellipse) and in_data(patch, ax):
            (x, y), width, height = patch.get_center(), patch.get_width(), patch.get_height()
            boxes.append(((x - width / 2, x + width / 2, y - height / 2, y + height / 2), look_of(patch)))
    if len(boxes) < 2:  # one picture stands for nothing but itself
        return
    for (left, right, bottom, top), look in boxes:
        place, thickness = ((bottom + top) / 2, top - bottom) if horizontal else ((left + right) / 2, right - left)
        base, end = (left, right) if horizontal else (bottom, top)
        yield Drawn("picture", float(place), float(base), float(end), abs(float(thickness)), look, "", "pictures")
