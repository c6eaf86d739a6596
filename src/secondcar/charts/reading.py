"""Reads off a drawn chart what it shows, from the drawing itself."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.container import BarContainer


def describe(ax: "Axes") -> str:
    """Say in plain text what a chart shows: title, axes, and every bar, line and point.

    Bars are read by their lengths and the tick labels beside them, as a reader would.

    Returns:
        One line each for the title, the axes and each series; numbers to six digits.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> bars = ax.bar(["2017", "2018"], [7600, 19000])
    >>> print(describe(ax))
    Title: none
    Axes: x no label: 2017, 2018; y no label, from 0 to 19950
    Bars: 2017 = 7600; 2018 = 19000
    """
    ax.get_figure().canvas.draw()  # tick labels are empty until a chart is drawn
    lines = [
        f"Title: {_title(ax)}",
        f"Axes: {_describe_axis(ax.xaxis, 'x')}; {_describe_axis(ax.yaxis, 'y')}",
    ]
    lines += [f"Bars{_series(bars)}: {_bars(ax, bars)}" for bars in ax.containers if hasattr(bars, "patches")]
    for line in ax.get_lines():
        if len(line.get_xdata()) and line.get_transform() == ax.transData:
            lines.append(f"Line{_series(line)}: {_points(ax, zip(line.get_xdata(), line.get_ydata(), strict=True))}")
    for points in ax.collections:
        offsets = getattr(points, "get_offsets", list)()
        if len(offsets) and points.get_offset_transform() == ax.transData:
            lines.append(f"Points{_series(points)}: {_points(ax, offsets)}")
    lines += [f"Note: {_one_line(text.get_text())}" for text in ax.texts if text.get_text()]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    """Labels are often broken into lines to fit; a line of the description must not be."""
    return " ".join(text.split())


def _title(ax: "Axes") -> str:
    titles = [ax.get_title(loc=place) for place in ("left", "center", "right")]
    return _one_line(" ".join(titles)) or "none"


def _series(artist) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") or not label else f" {label}"


def _has_categories(axis: "Axis") -> bool:
    """An axis whose tick labels are not the numbers of their places shows categories."""
    for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
        try:
            if abs(float(label.get_text().replace("\u2212", "-").replace(",", "")) - place) > 1e-9:
                return True
        except ValueError:
            return True
    return False


def _describe_axis(axis: "Axis", name: str) -> str:
    label = _one_line(axis.get_label_text()) or "no label"
    if _has_categories(axis):
        texts = [_one_line(text.get_text()) for text in axis.get_ticklabels() if text.get_text()]
        return f"{name} {label}: {', '.join(texts)}"
    low, high = axis.get_view_interval()
    scale = "" if axis.get_scale() == "linear" else f", {axis.get_scale()} scale"
    return f"{name} {label}, from {low:.6g} to {high:.6g}{scale}"


def _place_name(axis: "Axis", place: float) -> str:
    """Return the tick label that stands at a place of the axis, or the place itself."""
    if not _has_categories(axis):
        return f"{place:.6g}"
    for tick, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
        if abs(tick - place) < 0.5 and label.get_text():
            return _one_line(label.get_text())
    return f"{place:.6g}"


def _bars(ax: "Axes", bars: "BarContainer") -> str:
    across = bars.orientation == "horizontal"
    axis = ax.yaxis if across else ax.xaxis
    shown = []
    for bar in bars.patches:
        place = bar.get_y() + bar.get_height() / 2 if across else bar.get_x() + bar.get_width() / 2
        start = bar.get_x() if across else bar.get_y()
        length = bar.get_width() if across else bar.get_height()
        base = "" if start == 0 else f" (from {start:.6g})"
        shown.append(f"{_place_name(axis, place)} = {length:.6g}{base}")
    return "; ".join(shown)


def _points(ax: "Axes", points) -> str:
    return "; ".join(f"{_place_name(ax.xaxis, x)} = {y:.6g}" for x, y in points)
