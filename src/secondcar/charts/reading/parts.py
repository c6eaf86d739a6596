"""Says how each series of a chart is drawn: as bars side by side, a dashed line, a histogram."""

from collections.abc import Sequence
from itertools import pairwise

from secondcar.charts.reading.drawn import Drawn
from secondcar.charts.reading.records import Mark, Part

_MARKS = {
    "bar": "bars",
    "line": "line",
    "point": "points",
    "area": "area",
    "cell": "heatmap",
    "picture": "pictures",
}
_DASHES = {"-": "solid", "--": "dashed", ":": "dotted", "-.": "dash-dot"}


def parts_of(marks: Sequence[Mark], drawn: Sequence[Drawn], stacked: bool, counts_bins: bool) -> tuple[Part, ...]:
    """Return how each series is drawn, in drawing order.

    Args:
        marks: what was read.
        drawn: the same marks, in places of the axes.
        stacked: marks stand on each other.
        counts_bins: the bars stand on an axis of numbers.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index, mark in enumerate(marks):
        groups.setdefault((mark.kind, mark.series if mark.kind != "cell" else ""), []).append(index)
    parts = []
    for (kind, series), indices in groups.items():
        first, own = marks[indices[0]], [drawn[index] for index in indices]
        others = [
            one for (k, name), rest in groups.items() if (k, name) == (kind, name) != (kind, series) for one in rest
        ]
        bins = kind == "bar" and counts_bins and _touch(own)
        parts.append(
            Part(
                mark="histogram" if bins else _MARKS[kind],
                series=series,
                arrangement=_arrangement(own, [drawn[index] for index in others], stacked),
                dashes=_DASHES.get(first.linestyle, "dashed" if first.linestyle else ""),
                colour=first.colour,
                hatch=first.hatch,
                marker=first.marker,
            )
        )
    return tuple(parts)


def _touch(bars: Sequence[Drawn]) -> bool:
    """Return whether bars stand edge to edge, as the bins of a histogram do."""
    row = sorted(bars, key=lambda bar: bar.place)
    gaps = [b.place - a.place - (a.thickness + b.thickness) / 2 for a, b in pairwise(row)]
    return bool(gaps) and all(abs(gap) <= 0.02 * row[0].thickness for gap in gaps if gap < row[0].thickness / 2)


def _arrangement(own: Sequence[Drawn], others: Sequence[Drawn], stacked: bool) -> str:
    if not others or own[0].kind not in ("bar", "area"):
        return ""
    if stacked:
        return "stacked"
    places = {round(mark.place, 6) for mark in others}
    return "overlaid" if any(round(mark.place, 6) in places for mark in own) else "side by side"
