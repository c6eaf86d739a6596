"""Draws a misleading chart as it should have been, from what the chart says; the chart itself is left alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from textwrap import fill
from typing import TYPE_CHECKING, Any

from secondcar.charts.honesty.facts import claimed_values, with_twins
from secondcar.charts.honesty.ordering import helpful_order
from secondcar.charts.honesty.plans import plans_of
from secondcar.charts.honesty.rules import Finding
from secondcar.charts.honesty.telling import tell
from secondcar.charts.language.periods import read_period
from secondcar.charts.language.say import say_number
from secondcar.charts.reading.records import Reading, category_text
from secondcar.charts.reading.scales import factor_of_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# What a drawing can put right; a unit, a source or an alt text only the author knows.
MENDED = {
    "zero-base",
    "lie-factor",
    "area",
    "two-scales",
    "like-for-like",
    "title-truth",
    "forecast",
    "colour",
    "order",
}
HATCHES = ("", "//", "..", "xx", "\\\\", "++")
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", ":", "-.", (0, (5, 1)), (0, (1, 1)))
BAR_WIDTH = 0.8  # of all bars at one category together
# More numbers than this hide the bars they stand at, and more years the axis.
MOST_LABELS = 12
# What fits side by side under one panel; longer labels are turned.
LETTERS_BESIDE = 45


@dataclass(frozen=True)
class _Panel:
    """What one panel of the mended chart shows: series -> category -> value, in the unit of its axis."""

    kind: str  # "bar", "line" or "point"
    table: dict[str, dict[str, float]]
    plans: frozenset[tuple[str, str]]  # series and category of each plan
    reading: Reading
    per_month: bool
    from_zero: bool  # two quantities can be compared by eye where each begins at nothing


def mend(readings: Reading | Sequence[Reading], findings: Iterable[Finding]) -> "Figure | None":
    """Draw a chart anew, with what the findings name put right.

    Bars begin at zero and are equally wide, two scales become two panels that begin at zero, plans are hatched or
    dashed, unlike periods become values per month, series get colours and a second cue, and a false title gives way to
    what the chart shows.

    Args:
        readings: what `read` or `read_all` returned.
        findings: what `find_faults` returned for them.

    Returns:
        A new figure; None if nothing in the findings can be mended by drawing, or the chart is a heatmap.
    """
    from matplotlib.figure import Figure

    readings = (readings,) if isinstance(readings, Reading) else tuple(readings)
    broken = {finding.rule for finding in findings}
    shown = with_twins(readings)
    if not all(_months(category_text(category)) for reading in shown for category in reading.categories):
        broken -= {"like-for-like"}
    if not broken & MENDED or any(map(_is_beyond, shown)):
        return None
    panels = [_plan_panel(reading, broken) for reading in shown]
    # The two parts of a broken axis show the same values.
    panels = [panel for place, panel in enumerate(panels) if panel.table not in [p.table for p in panels[:place]]]
    # With several panels each keeps its own title, and the figure what is left.
    several, title = len(readings) > 1, readings[0].title
    if several:
        title = title.removesuffix(readings[0].panel.partition(" | ")[0]).strip()
    figure = Figure(figsize=(1.5 + 3.5 * len(panels), 3.8), layout="constrained")
    one_scale = len({reading.value_axis.label for reading in shown}) == 1
    along_x = any(reading.horizontal for reading in shown)
    grid = figure.subplots(
        1, len(panels), squeeze=False, sharex=one_scale and along_x, sharey=one_scale and not along_x
    )
    for ax, panel in zip(grid[0], panels, strict=True):
        _draw(ax, panel, "colour" in broken)
        ax.set_title(panel.reading.panel if several else "", fontsize="medium")
    width = round(13 * figure.get_figwidth())  # letters to a line
    title = tell(readings) if "title-truth" in broken else title
    figure.suptitle(fill(title, width), fontsize="medium")
    if source := next((reading.source for reading in readings if reading.source), ""):
        figure.supxlabel(fill(source, width), fontsize="small")
    return figure


def _is_beyond(reading: Reading) -> bool:
    """Return whether a chart needs its data anew, not only its drawing.

    So do heatmaps, histograms of unequal bins, charts with false ticks, and points of which two stand at one place.
    """
    kinds = {mark.kind for mark in reading.marks}
    places = [mark.category for mark in reading.marks]
    uneven = len({round(mark.width) for mark in reading.marks}) > 1
    return (
        "cell" in kinds
        or bool(reading.value_axis.misplaced)
        or len({(mark.series, mark.category) for mark in reading.marks}) < len(reading.marks)
        or ("bar" in kinds and uneven and not any(isinstance(place, str) for place in places))
    )


def _plan_panel(reading: Reading, broken: set[str]) -> _Panel:
    categories = helpful_order(reading) if "order" in broken else list(map(category_text, reading.categories))
    per_month = "like-for-like" in broken
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for mark, value in zip(reading.marks, claimed_values(reading), strict=True):
        category = category_text(mark.category)
        value /= factor_of_words(reading.value_axis)
        table[mark.series][category] = value / _months(category) if per_month else value
    ordered = {name: {c: row[c] for c in categories if c in row} for name, row in table.items()}
    kinds = [mark.kind for mark in reading.marks]
    kind = "bar" if {"bar", "picture", "area"} & set(kinds) else kinds[0]
    plans = frozenset((mark.series, category_text(mark.category)) for mark in plans_of(reading))
    return _Panel(kind, ordered, plans, reading, per_month, "two-scales" in broken)


def _months(category: str) -> float:
    period = read_period(category)
    return (period.months or 0) if period else 0


def _draw(ax: "Axes", panel: _Panel, new_colours: bool) -> None:
    categories = list(dict.fromkeys(category for row in panel.table.values() for category in row))
    colours = _colours(panel, new_colours)
    if panel.kind == "bar":
        _draw_bars(ax, panel, categories, colours, new_colours)
    else:
        _draw_curves(ax, panel, categories, colours)
    reading = panel.reading
    label = reading.value_axis.label or reading.value_axis.unit or "unit?"
    label += ", per month" if panel.per_month else ""
    across = reading.horizontal
    (ax.set_xlabel if across else ax.set_ylabel)(label)
    (ax.set_ylabel if across else ax.set_xlabel)(reading.category_axis.label.replace(reading.source, "").strip())
    if not _measures(panel):
        _label_categories(ax, categories, across)
    if len([name for name in panel.table if name]) > 1 or panel.plans:
        ax.legend(fontsize="small")


def _draw_bars(ax: "Axes", panel: _Panel, categories: list[str], colours: dict[str, Any], new_cues: bool) -> None:
    reading, across = panel.reading, panel.reading.horizontal
    width = BAR_WIDTH / (1 if reading.stacked else len(panel.table))
    tops = dict.fromkeys(categories, 0.0)
    hatches = {mark.series: mark.hatch for mark in reversed(reading.marks)}
    if new_cues:
        hatches = dict(zip(panel.table, cycle(HATCHES), strict=False))
    labels = len(reading.marks) <= MOST_LABELS and not reading.stacked
    for place, (name, row) in enumerate(panel.table.items()):
        shift = 0 if reading.stacked else (place - (len(panel.table) - 1) / 2) * width
        for plan in (False, True):
            chosen = {c: v for c, v in row.items() if ((name, c) in panel.plans) is plan}
            if not chosen:
                continue
            style: dict[str, Any] = {
                "color": "none" if plan else colours[name],
                "edgecolor": colours[name] if plan else "white",
                "hatch": "///" if plan else hatches[name],
                "label": _say_plan(name) if plan else name or "made",
            }
            places = [categories.index(category) + shift for category in chosen]
            base = [tops[category] for category in chosen] if reading.stacked else 0
            if across:
                bars = ax.barh(places, list(chosen.values()), width, left=base, **style)
            else:
                bars = ax.bar(places, list(chosen.values()), width, bottom=base, **style)
            if labels:
                ax.bar_label(bars, [say_number(value) for value in chosen.values()], padding=2, fontsize="small")
            for category, value in chosen.items():
                tops[category] += value
    ax.margins(x=0.2 if across else None, y=None if across else 0.12)
    (ax.axvline if across else ax.axhline)(0, color="black", linewidth=0.8)


def _draw_curves(ax: "Axes", panel: _Panel, categories: list[str], colours: dict[str, Any]) -> None:
    across = panel.reading.horizontal
    spots = {c: float(c) if _measures(panel) else number for number, c in enumerate(categories)}
    for place, (name, row) in enumerate(panel.table.items()):
        cues: dict[str, Any] = {"color": colours[name], "marker": MARKERS[place % len(MARKERS)]}
        style = DASHES[place % len(DASHES)] if panel.kind == "line" else "none"
        facts = [c for c in row if (name, c) not in panel.plans]
        plans = facts[-1:] + [c for c in row if (name, c) in panel.plans]
        for chosen, dashes, label in ((facts, style, name or "made"), (plans, ":", _say_plan(name))):
            if chosen is facts or len(plans) > 1:
                places, values = [spots[c] for c in chosen], [row[c] for c in chosen]
                ax.plot(*((values, places) if across else (places, values)), linestyle=dashes, label=label, **cues)
    ax.margins(x=None if across else 0.15, y=0.15 if across else None)
    begins_at_zero = panel.from_zero or panel.reading.value_axis.low <= 0  # as the author had it
    values = [value for row in panel.table.values() for value in row.values()]
    if begins_at_zero and min(values) >= 0:
        (ax.set_xlim if across else ax.set_ylim)(0, 1.08 * max(values) or None)
    if panel.reading.value_axis.kind == "log":
        (ax.set_xscale if across else ax.set_yscale)("log")


def _say_plan(name: str) -> str:
    return f"{name} (plan)" if name else "plan"


def _measures(panel: _Panel) -> bool:
    """Return whether lines or points stand at places of a number axis, whose distances count; years do as labels."""
    places = panel.reading.categories
    numbers = all(isinstance(place, float) for place in places)
    return panel.kind != "bar" and numbers and not all(map(read_period, places))


def _colours(panel: _Panel, new: bool) -> dict[str, Any]:
    """Return each series' colour: as it was, or of the palette made for colour-blind readers."""
    if new:
        import seaborn as sns

        return dict(zip(panel.table, sns.color_palette("colorblind", len(panel.table)), strict=True))
    plain = "tab:blue"  # a picture has no colour of its own
    return {m.series: plain if m.kind == "picture" else m.colour for m in reversed(panel.reading.marks)}


def _label_categories(ax: "Axes", categories: list[str], across: bool) -> None:
    # Of many periods every second or third will do; of names none may be missing.
    step = 1 + len(categories) // MOST_LABELS if all(map(read_period, categories)) else 1
    places = list(range(0, len(categories), step))
    texts = [categories[place] for place in places]
    if across:
        ax.set_yticks(places, texts)
        ax.invert_yaxis()
        return
    ax.set_xticks(places, texts)
    if sum(len(text) + 2 for text in texts) > LETTERS_BESIDE:
        ax.tick_params(axis="x", labelrotation=30)
