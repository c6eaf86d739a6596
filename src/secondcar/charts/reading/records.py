"""What a drawn chart says, as small values that can be compared and printed."""

from collections import Counter
from dataclasses import dataclass

Colour = tuple[float, float, float, float]  # red, green, blue and opacity, from 0 to 1
Table = dict[str, float] | dict[str, dict[str, float]]


class Unreadable(Exception):
    """A chart that cannot be read; its text is one sentence that says why."""


@dataclass(frozen=True)
class Mark:
    """One thing in a chart that shows one value.

    Values are scaled out: a bar of 120 on an axis labelled "billion KZT" has a value of 120e9.
    """

    kind: str  # "bar" | "line" | "point" | "area" | "cell" | "picture" (an image or a circle beside a label)
    series: str  # "" where there is one unnamed series
    category: str | float  # the label beside it, ISO text for a date ("2018-08"), or its place on a number axis
    value: float  # what a reader reads: the length of a stacked bar, else where its far end stands
    base: float  # where a bar or area begins, 0 for an honest unstacked one; 0 for the other kinds
    end: float  # what its far end stands at on the value axis
    length: float  # drawn length along the value axis in pixels, clipped to the axes; 0 for the points of a line
    width: float  # drawn width across it in pixels; of a line its thickness, of a point its diameter
    colour: Colour  # as seen: blended with the background
    hatch: str  # "" if none; so too linestyle and marker
    linestyle: str
    marker: str
    error: tuple[float, float] | None  # low and high end of its error bar or band
    edge: Colour | None  # colour of an outline that differs from the fill, as seen
    label: str  # the text written at a bar, picture or cell, as in ax.bar_label; "" if none


@dataclass(frozen=True)
class Scale:
    """One axis of a chart."""

    label: str
    unit: str  # what the label, the tick texts or the title name: "vehicles", "KZT", "%"; "" if none is named
    factor: float  # 1e9 for "billion" in the label or "120 bn" at a tick; 1 if none is named
    low: float  # view limits, low < high, scaled out
    high: float
    inverted: bool
    kind: str  # "linear" | "log" | another scale of matplotlib | "category" | "date"
    ticks: tuple[str, ...]  # tick texts as the reader sees them, from low to high
    misplaced: tuple[str, ...] = ()  # tick texts of a value axis that do not stand at the value they name


@dataclass(frozen=True)
class Part:
    """How one series of a chart is drawn; a checklist asks for it in these words."""

    mark: str  # "bars" | "histogram" | "line" | "step line" | "points" | "area" | "heatmap" | "pictures"
    series: str  # "" where there is one unnamed series
    arrangement: str  # of bars and areas of several series: "side by side" | "stacked" | "overlaid"; else ""
    dashes: str  # of a line or an outline: "solid" | "dashed" | "dotted" | "dash-dot"; else ""
    colour: Colour  # as seen, of its first mark
    hatch: str
    marker: str


@dataclass(frozen=True)
class Guide:
    """A line or a band that marks a value or a place, and is none of the data: a target, a floor, an event."""

    low: float  # what it stands at, scaled out on the value axis; equal to high for a line
    high: float
    on_values: bool  # it marks values; else places of the category axis
    label: str  # the text beside it or its entry in the legend; "" if none
    dashes: str


@dataclass(frozen=True)
class Reading:
    """What one Axes says."""

    marks: tuple[Mark, ...]
    horizontal: bool  # values run from left to right
    stacked: bool
    value_axis: Scale
    category_axis: Scale
    categories: tuple[str | float, ...]  # in reading order: left to right, or top to bottom
    series: tuple[str, ...]  # in legend or drawing order; ("",) for one unnamed series
    title: str  # of the figure, then of the Axes
    panel: str  # what names this panel among others: its own title, or those of its column and row
    legend: tuple[tuple[str, Colour], ...]  # text and colour of each entry
    annotations: tuple[str, ...]  # texts in and around the plot other than titles, labels and ticks
    source: str  # the line that names the source; "" if there is none
    alt: str  # the figure's alt text; "" if there is none
    text_colours: tuple[tuple[str, Colour], ...]  # of titles, labels, ticks and notes
    background: tuple[float, float, float]
    twin: "Reading | None"  # the second value axis over the same plot
    parts: tuple[Part, ...] = ()  # how each series is drawn, in drawing order
    guides: tuple[Guide, ...] = ()  # lines and bands that mark values or places
    out_of_view: tuple[Mark, ...] = ()  # marks whose value or place lies beyond the limits of the axes
    colour_bar: bool = False  # a heatmap's scale of colours is drawn beside it
    palest: float | None = None  # the value that the palest colour of a heatmap stands for; None of other charts
    titles: tuple[str, ...] = ()  # each of the figure's and the Axes' titles, as written
    places: tuple[float, ...] = ()  # of each category along its axis, as drawn
    legend_titles: tuple[str, ...] = ()  # what stands over the entries of a legend
    dropped: tuple[str, ...] = ()  # what is drawn and was not read, in words: "a fitted line"; then it is partly read

    def __hash__(self) -> int:
        """Return a hash of few fields: of 50,000 marks it would take longer than what is remembered by it."""
        return hash((self.title, self.alt, self.series, len(self.marks)))

    @property
    def words(self) -> tuple[str, ...]:
        """Return every text of the chart: titles, labels, legend, notes and alt text; "" for one that is not there."""
        axes = (self.value_axis.label, self.category_axis.label)
        return (self.title, *axes, *(text for text, _ in self.legend), *self.annotations, self.alt)

    def table(self) -> Table:
        """Return the values by category, or by series and category where there are several series.

        Categories are texts here: a bar at the year 2017 of a number axis and a bar labelled "2017" say the same.

        Returns:
            `{category: value}` for one series, `{series: {category: value}}` for several.

        Raises:
            Unreadable: a series has two values for one category, as in a scatter plot.

        >>> read(ax).table()  # doctest: +SKIP
        {'2017': 7600.0, '2018': 19000.0}
        """
        places = Counter((mark.series, category_text(mark.category)) for mark in self.marks)
        for (series, category), count in places.items():
            if count > 1:
                named = f" of {series}" if series else ""
                raise Unreadable(f"There are {count} values{named} at {category}: a table has room for one.")
        table: dict[str, dict[str, float]] = {series: {} for series in self.series}
        for mark in self.marks:
            table[mark.series][category_text(mark.category)] = mark.value
        return table if len(table) > 1 else next(iter(table.values()), {})


def category_text(category: str | float) -> str:
    """Write a category as text; a whole number without decimals.

    >>> category_text(2017.0), category_text("2017")
    ('2017', '2017')
    """
    return category if isinstance(category, str) else f"{category:.12g}"
