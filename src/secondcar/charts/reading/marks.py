"""Finds everything on drawn Axes that shows a value."""

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Wedge

from secondcar.charts.reading.areas import area_marks, data_areas, regions_on, runs_along, runs_inside
from secondcar.charts.reading.bars import bars_on, cells_on, pictures_on, steps_on
from secondcar.charts.reading.drawn import TINY, Curve, Drawn
from secondcar.charts.reading.lines import curve_marks, curves_on, lies_on, points_on, without_reference_lines
from secondcar.charts.reading.records import Unreadable
from secondcar.charts.reading.spreads import shows_spreads


def marks_on(ax: Axes, horizontal: bool) -> list[Drawn]:
    """Return everything on Axes that shows a value, in drawing order.

    Rules, reference lines, legend proxies, bands and error bars show none.

    Raises:
        Unreadable: nothing does; the sentence says what is drawn instead.
    """
    cells = list(cells_on(ax))
    if cells:
        return cells
    if shows_spreads(ax):
        raise Unreadable(
            "This chart shows how values spread, in boxes or violins, and nothing of it is judged, not its words "
            "either: draw bars, lines, points or a histogram."
        )
    bars = list(bars_on(ax, horizontal)) or list(steps_on(ax, horizontal))
    curves, error_bars = curves_on(ax, horizontal)
    points = list(points_on(ax, horizontal))
    regions = list(regions_on(ax, horizontal))
    bands = [region for region in regions if any(runs_inside(curve, region) for curve in curves)]
    curves = without_reference_lines(curves, bars, points)
    areas = [] if bars else data_areas([region for region in regions if region not in bands], curves)
    curves = [curve for curve in curves if not any(runs_along(curve, area) for area in areas)]
    points = [point for point in points if not any(lies_on(point, curve) for curve in curves)]
    marks = [*bars]
    for number, area in enumerate(areas):
        marks += area_marks(area, f"area {number}")
    for number, curve in enumerate(curves):
        marks += curve_marks(curve, f"line {number}", bands)
    spans = [(float(np.median(s.places)), float(s.values.min()), float(s.values.max())) for s in error_bars]
    marks = [_with_error(mark, spans) for mark in [*marks, *points]] or list(pictures_on(ax, horizontal))
    marks = marks or [_range_mark(bar, number) for number, bar in enumerate(error_bars)]
    if not marks:
        raise Unreadable(_why_empty(ax))
    return marks


def _range_mark(bar: Curve, number: int) -> Drawn:
    """Read a line that runs along the value axis alone as a range: its value is the middle, or its end if from zero."""
    low, high = float(bar.values.min()), float(bar.values.max())
    value = max(low, high, key=abs) if low == 0 or high == 0 else (low + high) / 2
    place = float(np.median(bar.places))
    return Drawn("point", place, 0.0, value, bar.thickness, bar.look, bar.name, f"range {number}", (low, high))


def _with_error(mark: Drawn, spans: list[tuple[float, float, float]]) -> Drawn:
    if mark.error is not None:
        return mark
    reach = mark.thickness / 4 if mark.kind == "bar" else 1e-6
    slack = TINY * max(1, abs(mark.end))
    for place, low, high in spans:
        if abs(place - mark.place) <= reach and low - slack <= mark.end <= high + slack and low < high:
            return replace(mark, error=(low, high))
    return mark


def _why_empty(ax: Axes) -> str:
    if any(isinstance(patch, Wedge) for patch in ax.patches):
        return (
            "This is a pie chart, whose slices have no axis to read them from, so nothing of it is judged, not its "
            "words either: draw bars instead."
        )
    if ax.images:
        return "This is an image, and its values cannot be read from axes: draw bars, lines or points."
    if any(isinstance(patch, Polygon) for patch in ax.patches):
        return "This chart has an outline only, and its values cannot be read: draw filled bars."
    if ax.patches or ax.collections or ax.lines or ax.artists:
        return "Nothing in this chart can be read as a value: draw bars, lines, points or areas."
    return "There is nothing in this chart: it is drawn on other Axes than these, or a filter left no rows."
