"""Puts together what one panel of a drawn chart says."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axes._secondary_axes import SecondaryAxis
from matplotlib.cm import ScalarMappable
from numpy.typing import ArrayLike

from secondcar.charts.language.say import one_line
from secondcar.charts.reading.alt_attribute import alt_text_of
from secondcar.charts.reading.artists import figure_under, name_of_axis
from secondcar.charts.reading.axis_text import AxisText
from secondcar.charts.reading.bars import is_across, map_images_on
from secondcar.charts.reading.drawn import Drawn
from secondcar.charts.reading.guides import guides_on
from secondcar.charts.reading.legends import Entry, entries_of, legend_titles_of, name_series, texts_at
from secondcar.charts.reading.looks import background, blended
from secondcar.charts.reading.marks import marks_on
from secondcar.charts.reading.parts import parts_of
from secondcar.charts.reading.records import Mark, Reading, Scale, Unreadable, category_text
from secondcar.charts.reading.scales import CategoryAxis, ValueAxis, is_category, scale_of_colours
from secondcar.charts.reading.surroundings import (
    annotations_on,
    panel_name,
    source_of,
    text_colours_of,
    title_of,
    titles_of,
)
from secondcar.counting import counted

_KINDS_WITH_LENGTH = ("bar", "picture")
_Name = TypeVar("_Name", bound=str | float)


def read_panel(panel: Sequence[Axes]) -> Reading:
    """Read the first Axes of a panel, and as its twin the next one drawn over it."""
    ax, *over = panel
    entries = entries_of(panel)
    reading = _read_axes(ax, entries)
    others: list[Axes | SecondaryAxis] = [
        *over,
        *(child for child in ax.child_axes if isinstance(child, SecondaryAxis)),
    ]
    twins = (_read_twin(other, entries, reading) for other in others)
    return replace(reading, twin=next((twin for twin in twins if _is_scale(twin, reading)), None))


def _is_scale(twin: Reading, under: Reading) -> bool:
    """Return whether a second axis is one of values, and not texts on the far side of bars that lie."""
    return bool(twin.marks) or twin.horizontal == under.horizontal


def _read_twin(ax: Axes | SecondaryAxis, entries: Sequence[Entry], under: Reading) -> Reading:
    if isinstance(ax, Axes) and ax.has_data():  # a secondary axis is another scale of the same values
        with contextlib.suppress(Unreadable):  # rules alone are not a reading, but their axis is a second scale
            return _read_axes(ax, entries)
    across = not ax.yaxis.get_visible()
    scale = ValueAxis(AxisText(ax.xaxis if across else ax.yaxis)).scale()
    return replace(under, marks=(), categories=(), series=("",), horizontal=across, stacked=False, value_axis=scale)


def _read_axes(ax: Axes, entries: Sequence[Entry]) -> Reading:
    _refuse_other_projections(ax)
    x_text, y_text = AxisText(ax.xaxis), AxisText(ax.yaxis)
    across = is_across(ax, is_category(x_text.kind), is_category(y_text.kind))
    marks = marks_on(ax, across)
    if marks[0].kind == "cell":
        return _read_cells(ax, marks, CategoryAxis(x_text), CategoryAxis(y_text), entries)
    named = y_text if across else x_text
    names_on_axis = len(named.ticks) if is_category(named.kind) else None
    marks, context = _without_context(_without_joints(name_series(ax, marks, across, entries, names_on_axis)))
    _refuse_values_that_are_no_numbers(x_text if across else y_text)
    labels = texts_at(ax, marks, across)
    title = title_of(ax)
    beside = [(mark.end, label) for mark, label in zip(marks, labels, strict=True) if label]
    values = ValueAxis(x_text if across else y_text, title, beside)
    categories = CategoryAxis(y_text if across else x_text)
    middles = _group_places(marks) if not is_category(categories.kind) or categories.kind == "date" else {}
    places = [middles.get(mark, mark.place) if middles else mark.place for mark in marks]
    names = categories.names(places)
    _refuse_pictures_without_label(marks, categories.kind)
    _refuse_values_without_axis(marks, labels, values)
    stacked = _stand_on_others(marks)
    sizes = _pixels(ax, marks, across)
    behind = background(ax)
    read = tuple(
        Mark(
            kind=mark.kind,
            series=mark.name,
            category=names[place],
            value=values.value(mark.end - mark.base + _zero(values)) if on_top else values.value(mark.end),
            base=values.value(mark.base) if mark.kind in ("bar", "area", "picture") else 0.0,
            end=values.value(mark.end),
            length=length,
            width=width,
            colour=blended(mark.look.colour, behind),
            hatch=mark.look.hatch,
            linestyle=mark.look.linestyle,
            marker=mark.look.marker,
            error=(values.value(mark.error[0]), values.value(mark.error[1])) if mark.error else None,
            edge=blended(mark.look.edge, behind) if mark.look.edge else None,
            label=label,
        )
        for mark, place, label, on_top, (length, width) in zip(marks, places, labels, stacked, sizes, strict=True)
    )
    _refuse_two_values_in_one_place(read)
    spots = {names[place]: place for place in places}
    order = _in_reading_order(spots, ax, across)
    in_legend = [entry.text for entry in entries]
    series = sorted(dict.fromkeys(m.series for m in read), key=lambda s: in_legend.index(s) if s in in_legend else 999)
    reading = _reading(
        ax, read, across, any(stacked), values.scale(), categories.scale(), order, tuple(series), entries
    )
    limits = [axis.get_view_interval() for axis in ((ax.xaxis, ax.yaxis) if across else (ax.yaxis, ax.xaxis))]
    return replace(
        reading,
        places=tuple(spots[category] for category in order),
        parts=parts_of(read, marks, any(stacked), counts_bins=not is_category(categories.kind)),
        guides=guides_on(ax, across, values.value),
        out_of_view=_out_of_view(read, [(mark.end, mark.place) for mark in marks], limits),
        dropped=context,
    )


def _out_of_view(
    marks: Sequence[Mark], spots: Sequence[tuple[float, float]], limits: Sequence[ArrayLike]
) -> tuple[Mark, ...]:
    """Return the marks whose spot lies beyond the limits of the two axes."""
    low, high = np.sort(np.array(limits)).T
    slack = 1e-6 * (high - low)
    seen = ((low - slack <= np.array(spots)) & (np.array(spots) <= high + slack)).all(axis=1)
    return tuple(mark for mark, there in zip(marks, seen, strict=True) if not there)


def _reading(
    ax: Axes,
    marks: Sequence[Mark],
    across: bool,
    stacked: bool,
    value_axis: Scale,
    category_axis: Scale,
    categories: Sequence[str | float],
    series: Sequence[str],
    entries: Sequence[Entry],
) -> Reading:
    behind = background(ax)
    return Reading(
        marks=tuple(marks),
        horizontal=across,
        stacked=stacked,
        value_axis=value_axis,
        category_axis=category_axis,
        categories=tuple(categories),
        series=tuple(series),
        title=title_of(ax),
        titles=tuple(one_line(title) for title in titles_of(ax) if title.strip()),
        panel=panel_name(ax),
        legend=tuple((entry.text, blended(entry.look.colour, behind)) for entry in entries),
        legend_titles=legend_titles_of([ax]),
        annotations=tuple(one_line(text) for text in annotations_on(ax)),
        source=source_of(ax),
        alt=alt_text_of(figure_under(ax)),
        text_colours=tuple((text, blended(colour, behind)) for text, colour in text_colours_of(ax)),
        background=behind,
        twin=None,
    )


def _refuse_other_projections(ax: Axes) -> None:
    if ax.name == "3d":
        raise Unreadable("This chart has three dimensions, where lengths cannot be compared: draw it in two.")
    if ax.name != "rectilinear":
        raise Unreadable(f"This chart has {ax.name} axes, which cannot be read: draw it on straight ones.")


def _without_joints(marks: Sequence[Drawn]) -> list[Drawn]:
    """Leave out points that two pieces of one line share."""
    seen, kept = set(), []
    for mark in marks:
        if mark.kind in ("line", "area"):
            key = (mark.kind, mark.name, round(mark.place, 9), mark.base, mark.end)
            if key in seen:
                continue
            seen.add(key)
        kept.append(mark)
    return kept


def _without_context(marks: list[Drawn]) -> tuple[list[Drawn], tuple[str, ...]]:
    """Leave out grey lines without a name beside named ones, and say so: they show what others do, and no series."""
    grey = [mark for mark in marks if _is_grey_line(mark) and not mark.name]
    rest = [mark for mark in marks if mark.name or not _is_grey_line(mark)]
    if not grey or not rest or not all(mark.name for mark in rest if mark.kind == "line"):
        return marks, ()
    lines = counted(len({mark.group for mark in grey}), "line")
    return rest, (f"{lines} without a name {'is' if lines == '1 line' else 'are'} left out",)


def _is_grey_line(mark: Drawn) -> bool:
    return mark.kind == "line" and max(mark.look.colour[:3]) - min(mark.look.colour[:3]) < 0.1


# Places


def _group_places(marks: Sequence[Drawn]) -> dict[Drawn, float]:
    """Return the middle of the group each bar of several series stands in, on an axis of numbers or dates."""
    bars = sorted((mark for mark in marks if mark.kind == "bar"), key=lambda mark: mark.place)
    if len({mark.name for mark in bars}) < 2:
        return {}
    groups: list[list[Drawn]] = []
    for bar in bars:
        last = groups[-1] if groups else []
        touches = last and bar.place - bar.thickness / 2 <= last[-1].place + last[-1].thickness * 0.501
        if touches and (bar.name not in {other.name for other in last} or _same(bar.place, last[-1].place)):
            last.append(bar)
        else:
            groups.append([bar])
    middles: dict[Drawn, float] = {}
    for group in groups:
        left = min(bar.place - bar.thickness / 2 for bar in group)
        right = max(bar.place + bar.thickness / 2 for bar in group)
        middles |= {bar: round((left + right) / 2, 9) for bar in group}
    return middles


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


def _stand_on_others(marks: Sequence[Drawn]) -> list[bool]:
    """Return for each mark whether it is a bar or an area that begins where another at its place ends."""
    there: dict[tuple[str, float], list[Drawn]] = defaultdict(list)
    for mark in marks:
        if mark.kind in ("bar", "area"):
            there[mark.kind, round(mark.place, 6)].append(mark)
    return [
        mark.kind in ("bar", "area")
        and mark.base != 0
        and any(other is not mark and _same(mark.base, other.end) for other in there[mark.kind, round(mark.place, 6)])
        for mark in marks
    ]


def _zero(values: ValueAxis) -> float:
    """Return the place that stands for zero: a length is read from there."""
    return -values.shift / values.slope


def _in_reading_order(places: Mapping[_Name, float], ax: Axes, across: bool) -> list[_Name]:
    """Sort categories from left to right, or from top to bottom."""
    spots = [(0, place) if across else (place, 0) for place in places.values()]
    pixels = ax.transData.transform(spots)
    keys = -pixels[:, 1] if across else pixels[:, 0]
    return [category for _, category in sorted(zip(keys, places, strict=True), key=lambda pair: pair[0])]


def _pixels(ax: Axes, marks: Sequence[Drawn], across: bool) -> list[tuple[float, float]]:
    """Return the drawn length and width of each mark, as far as it lies within the axes."""
    low, high = sorted((ax.xaxis if across else ax.yaxis).get_view_interval())
    half = np.array([mark.thickness / 2 if mark.kind in _KINDS_WITH_LENGTH else 0.0 for mark in marks])
    places = np.array([mark.place for mark in marks])
    sides = np.stack([places - half, places + half], axis=1)
    ends = np.clip([(mark.base, mark.end) for mark in marks], low, high)
    corners = np.stack([ends, sides] if across else [sides, ends], axis=2)
    pixels = ax.transData.transform(corners.reshape(-1, 2)).reshape(-1, 2, 2)
    sizes = abs(pixels[:, 1] - pixels[:, 0])[:, :: 1 if across else -1].tolist()
    found = []
    for mark, (length, width) in zip(marks, sizes, strict=True):
        if mark.kind in (*_KINDS_WITH_LENGTH, "area"):
            found.append((round(length, 3), round(width, 3)))
        else:
            is_point = mark.kind == "point"
            found.append((round(mark.thickness, 3) if is_point else 0.0, round(mark.thickness, 3)))
    return found


def _refuse_two_values_in_one_place(marks: Sequence[Mark]) -> None:
    seen = set()
    for mark in marks:
        key = (mark.series, mark.category)
        if key in seen and mark.kind != "point":
            named = f" of {mark.series}" if mark.series else ""
            raise Unreadable(
                f"Two values{named} stand at {category_text(mark.category)}: name the series in a legend, "
                "or draw on new axes if the cell ran twice."
            )
        seen.add(key)


def _refuse_values_that_are_no_numbers(text: AxisText) -> None:
    name = name_of_axis(text.axis)
    if text.holds_words:
        raise Unreadable(
            f"The values on the {name} axis are texts and no numbers: convert them with pd.to_numeric(...)."
        )
    if text.kind == "date":
        raise Unreadable(f"The values on the {name} axis are dates, which have no length: put them on the other axis.")


def _refuse_pictures_without_label(marks: Sequence[Drawn], kind: str) -> None:
    if marks[0].kind == "picture" and not is_category(kind):
        raise Unreadable("The pictures in this chart stand beside no labels: give each its tick label.")


def _refuse_values_without_axis(marks: Sequence[Drawn], labels: Sequence[str], values: ValueAxis) -> None:
    if not values.text.ticks and not any(labels) and marks[0].kind == "point":
        raise Unreadable(
            "The points in this chart stand at no axis with numbers, so their values cannot be read: show the "
            "ticks, or draw bars."
        )


# Heatmaps


def _read_cells(
    ax: Axes, marks: Sequence[Drawn], columns: CategoryAxis, rows: CategoryAxis, entries: Sequence[Entry]
) -> Reading:
    """Read a heatmap: its columns are the categories and its rows the series."""
    labels = texts_at(ax, marks, False)
    mesh = next((c for c in ax.collections if c.get_array() is not None), None) or map_images_on(ax)[0]
    if mesh.colorbar is not None:
        bar = mesh.colorbar.ax
        values = ValueAxis(AxisText(bar.yaxis if bar.bbox.height >= bar.bbox.width else bar.xaxis), title_of(ax))
        scale = values.scale()
        value_of: Callable[[float], float] = values.value
    else:
        scale = scale_of_colours(mesh.get_clim(), title_of(ax), labels)
        value_of = scale.factor.__mul__
    category_names = columns.names(mark.place for mark in marks)
    row_names = rows.names(mark.row for mark in marks)
    upright = len(category_names) == 1 and len(row_names) > 1  # one column is one series
    behind = background(ax)
    corners = ax.transData.transform([(m.place + side, m.row + side) for m in marks for side in (-0.5, 0.5)])
    sizes = abs(np.diff(corners.reshape(len(marks), 2, 2), axis=1))[:, 0]
    read = []
    for mark, label, (width, height) in zip(marks, labels, sizes, strict=True):
        value = value_of(mark.end)
        column, row = category_names[mark.place], row_names[mark.row]
        series, category = (column, row) if upright else (row, column)
        read.append(
            Mark(
                kind="cell",
                series=str(series),
                category=category,
                value=value,
                base=0.0,
                end=value,
                length=round(float(height), 3),
                width=round(float(width), 3),
                colour=blended(mark.look.colour, behind),
                hatch="",
                linestyle="",
                marker="",
                error=None,
                edge=None,
                label=label,
            )
        )
    _refuse_two_values_in_one_place(read)
    named = row_names if upright else category_names
    categories = _in_reading_order({name: place for place, name in named.items()}, ax, across=upright)
    rows_read = tuple(dict.fromkeys(mark.series for mark in read))
    axis: Scale = (rows if upright else columns).scale()
    reading = _reading(ax, read, False, False, scale, axis, categories, rows_read, entries)
    parts = parts_of(read, marks, stacked=False, counts_bins=False)
    hidden = _out_of_view(read, [(mark.place, mark.row) for mark in marks], [ax.get_xlim(), ax.get_ylim()])
    return replace(
        reading, parts=parts, out_of_view=hidden, colour_bar=mesh.colorbar is not None, palest=value_of(_palest(mesh))
    )


def _palest(mesh: ScalarMappable) -> float:
    """Return the number that the palest colour of a scale of colours stands for, the middle one of several."""
    numbers = np.linspace(*mesh.get_clim(), 1001)  # a norm in steps cannot be turned round, so numbers are tried
    lightness = mesh.to_rgba(numbers)[:, :3] @ np.array([0.2126, 0.7152, 0.0722])
    return float(np.median(numbers[lightness >= lightness.max() - 0.005]))
