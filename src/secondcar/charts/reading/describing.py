"""Says in plain text what a chart shows."""

from itertools import groupby

import numpy as np

from secondcar.charts.reading import read_all
from secondcar.charts.reading.records import Mark, Reading, Scale, Unreadable
from secondcar.charts.reading.scales import factor_of_words

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
    factor = factor_of_words(scale)
    return f"{name} {label}, from {_number(scale.low / factor)} to {_number(scale.high / factor)}{kind}"


def _series(reading: Reading) -> list[str]:
    factor = factor_of_words(reading.value_axis)
    lines = []
    for (kind, series), marks in groupby(reading.marks, key=lambda mark: (mark.kind, mark.series)):
        name = f" {series}" if series else ""
        lines.append(f"{_PLURALS[kind]}{name}: {'; '.join(_mark(mark, factor) for mark in marks)}")
    return lines


def _mark(mark: Mark, factor: float) -> str:
    category = mark.category if isinstance(mark.category, str) else _number(mark.category)
    base = f" (from {_number(mark.base / factor)})" if mark.base else ""
    return f"{category} = {_number(mark.value / factor)}{base}"


def _number(value: float) -> str:
    """Write a number to six digits, and never as a power of ten, which readers of a text do not know.

    >>> _number(1.2e11), _number(7600.0), _number(0.1 + 0.2), _number(3e-5)
    ('120000000000', '7600', '0.3', '0.00003')
    """
    return np.format_float_positional(value, precision=6, unique=False, fractional=False, trim="-")
