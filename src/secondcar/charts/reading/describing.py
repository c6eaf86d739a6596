"""Says in plain text what a chart shows."""

from itertools import groupby

from secondcar.charts.reading import read_all
from secondcar.charts.reading.records import Mark, Reading, Scale, Unreadable, category_text

_PLURALS = {"bar": "Bars", "line": "Line", "point": "Points", "area": "Area", "cell": "Cells", "picture": "Pictures"}


def describe(chart: object) -> str:
    """Say in plain text what a chart shows: title, axes, and every bar, line and point.

    Args:
        chart: what `read_all` takes.

    Returns:
        One line each for the title, the axes and each series of every panel; numbers to six digits, in the unit of the
        axis. Of a chart that cannot be read, the sentence that says why.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> bars = ax.bar(["2017", "2018"], [7600, 19000])
    >>> print(describe(ax))
    Title: none
    Axes: x no label: 2017, 2018; y no label, from 0 to 19950
    Bars: 2017 = 7600; 2018 = 19000
    """
    try:
        return "\n".join(map(description, read_all(chart)))
    except Unreadable as reason:
        return f"Not described: {reason}"


def description(reading: Reading) -> str:
    """Say in plain text what one panel shows, as `describe` does."""
    names = "yx" if reading.horizontal else "xy"
    axes = dict(zip(names, (reading.category_axis, reading.value_axis), strict=True))
    lines = [
        f"Title: {reading.title or 'none'}",
        f"Axes: {_axis('x', axes['x'])}; {_axis('y', axes['y'])}",
        *_series(reading),
    ]
    if reading.twin:
        value_axis = reading.twin.value_axis
        lines += [f"Second axis: {_axis('x' if reading.twin.horizontal else 'y', value_axis)}", *_series(reading.twin)]
    return "\n".join([*lines, *(f"Note: {text}" for text in reading.annotations)])


def _axis(name: str, scale: Scale) -> str:
    label = scale.label or "no label"
    if scale.kind in ("category", "date"):
        return f"{name} {label}: {', '.join(scale.ticks)}"
    kind = "" if scale.kind == "linear" else f", {scale.kind} scale"
    return f"{name} {label}, from {scale.low / scale.factor:.6g} to {scale.high / scale.factor:.6g}{kind}"


def _series(reading: Reading) -> list[str]:
    factor = reading.value_axis.factor
    lines = []
    for (kind, series), marks in groupby(reading.marks, key=lambda mark: (mark.kind, mark.series)):
        name = f" {series}" if series else ""
        lines.append(f"{_PLURALS[kind]}{name}: {'; '.join(_mark(mark, factor) for mark in marks)}")
    return lines


def _mark(mark: Mark, factor: float) -> str:
    category = category_text(mark.category) if isinstance(mark.category, str) else f"{mark.category:.6g}"
    base = f" (from {mark.base / factor:.6g})" if mark.base else ""
    return f"{category} = {mark.value / factor:.6g}{base}"
