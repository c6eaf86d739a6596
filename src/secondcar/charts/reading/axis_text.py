"""Reads what stands written along one axis of a drawn chart."""

import re
from collections.abc import Sequence

import numpy as np
from matplotlib import dates as mdates
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.ticker import EngFormatter

from secondcar.charts.language.periods import names_only_time, read_period
from secondcar.charts.language.say import one_line
from secondcar.charts.language.units import Quantity, plain, quantity
from secondcar.charts.reading.artists import figure_under, name_of_axis
from secondcar.charts.reading.between import Tick, months_of_initials, with_years

# Places beyond this count no days: of the year 5000 no chart tells.
_LAST_DAY = 1e6
_DATE_FORMATTERS = (mdates.AutoDateFormatter, mdates.DateFormatter, mdates.ConciseDateFormatter)


class AxisText:
    """What stands written along one axis: its label and its tick texts with their places."""

    def __init__(self, axis: Axis):
        self.axis = axis
        self.label = label_of(axis)
        self.ticks = _tick_texts(axis)
        self.hidden_ticks = _tick_texts(axis, in_view=False)  # they still name what is drawn beyond the limits
        formatter = axis.get_major_formatter()
        # Of "120 GKZT" only the formatter knows where the prefix ends and the unit begins.
        self.unit = formatter.unit if isinstance(formatter, EngFormatter) else ""
        self.offset_factor, self.offset = _offset(axis.get_offset_text().get_text()) if self.ticks else (1.0, 0.0)
        self.quantities = [
            (place, stated)
            for place, text in self.ticks
            if (stated := self._stated(quantity(text.removesuffix(self.unit)))) is not None
        ]

    def _stated(self, written: Quantity | None) -> Quantity | None:
        """Add what matplotlib writes at the end of the axis: "1e6" or "+7.6e3"."""
        if written is None or (self.offset_factor == 1 and self.offset == 0):
            return written
        return Quantity(
            written.number * self.offset_factor + self.offset,
            written.rounding * self.offset_factor,
            written.factor,
            written.unit,
        )

    @property
    def holds_words(self) -> bool:
        """Return whether texts were drawn along this axis, one place after the other."""
        return isinstance(self.axis.get_major_formatter(), StrCategoryFormatter)

    @property
    def kind(self) -> str:
        """Return "date", "category", or the name of the scale of a number axis."""
        formatter = self.axis.get_major_formatter()
        if isinstance(formatter, _DATE_FORMATTERS) or period_frequency(self.axis) or _stand_on_dates(self.ticks):
            return "date"
        if self.holds_words or len(self.quantities) < len(self.ticks):
            return "category"
        return scale_kind(self.axis)


def _stand_on_dates(ticks: Sequence[Tick]) -> bool:
    """Return whether each text names the month or the year of its place, counted in days as matplotlib counts them."""
    for place, text in ticks:
        period = read_period(text) if names_only_time(text) else None
        if period is None or period.year is None or abs(place) > _LAST_DAY:
            return False
        date = mdates.num2date(place)
        if date.year != period.year or (period.months == 1 and date.month != period.month):
            return False
    return len(ticks) > 1


def label_of(axis: Axis) -> str:
    """Return the label of an axis: its own, or the one it shares with other panels."""
    text = axis.label
    if text.get_visible() and axis.get_visible() and text.get_text().strip():
        return text.get_text()
    for sibling in [*_siblings(axis), *_beside_in_grid(axis)]:
        if sibling.label.get_visible() and sibling.label.get_text().strip():
            return sibling.label.get_text()
    figure = axis.axes.get_figure() or figure_under(axis.axes)
    return figure.get_supxlabel() if name_of_axis(axis) == "x" else figure.get_supylabel()


def scale_kind(axis: Axis) -> str:
    """Return the name of an axis's scale; "linear" for all with even steps, such as those of seaborn.objects."""
    low, high = axis.get_view_interval()
    steps = np.diff(axis.get_transform().transform(np.linspace(low, high, 5)))
    return "linear" if np.allclose(steps, steps[0], rtol=1e-6) else axis.get_scale() or "other"


def _siblings(axis: Axis) -> list[Axis]:
    """Return the same axis of the panels that share it: only the outer ones are labelled."""
    ax = axis.axes
    shared = ax.get_shared_x_axes() if name_of_axis(axis) == "x" else ax.get_shared_y_axes()
    # The nearest are asked first: a twin lies at the same place.
    corner = np.array([ax.bbox.x0, ax.bbox.y0])
    near = sorted(
        shared.get_siblings(ax), key=lambda other: float(np.hypot(*(corner - (other.bbox.x0, other.bbox.y0))))
    )
    return [other.xaxis if name_of_axis(axis) == "x" else other.yaxis for other in near if other is not ax]


def _beside_in_grid(axis: Axis) -> list[Axis]:
    """Return the same axis of the panels beside this one, in a grid that shares only the other axis.

    A seaborn grid with `sharey=False` has scales of their own in each row, and still labels the first panel alone.
    """
    ax, across = axis.axes, name_of_axis(axis) == "x"
    shared = ax.get_shared_y_axes() if across else ax.get_shared_x_axes()
    place = ax.get_subplotspec()
    beside = []
    for other in shared.get_siblings(ax):
        spec = other.get_subplotspec()
        if other is not ax and place and spec:
            same = spec.colspan == place.colspan if across else spec.rowspan == place.rowspan
            beside += [other.xaxis if across else other.yaxis] * same
    return beside


def _tick_texts(axis: Axis, in_view: bool = True) -> list[tuple[float, str]]:
    """Return place and text of every tick in view, or beyond it; the neighbour's where the axis is shared."""
    for candidate in [axis, *_siblings(axis)]:
        ax = candidate.axes
        if not (candidate.get_visible() and ax.axison and ax.get_visible()):
            continue
        low, high = sorted(candidate.get_view_interval())
        slack = 1e-9 * (high - low)
        texts = []
        for tick in candidate.get_major_ticks():
            label = next((t for t in (tick.label1, tick.label2) if t.get_visible() and t.get_text().strip()), None)
            if label is not None and bool(low - slack <= tick.get_loc() <= high + slack) is in_view:
                texts.append((float(tick.get_loc()), one_line(plain(label.get_text()))))
        if texts:
            return with_years(months_of_initials(sorted(texts)))
    return []


def _offset(text: str) -> tuple[float, float]:
    """Read the factor and the number added that matplotlib writes at the end of an axis.

    >>> _offset("1e6"), _offset("+7.6e3")
    ((1000000.0, 0.0), (1.0, 7600.0))
    """
    text = plain(text).replace(" ", "")
    found = re.fullmatch(r"(?:1e([+-]?\d+)|\u00d7?10\^\{?([+-]?\d+)\}?)?([+-]\d[\d.]*(?:e[+-]?\d+)?)?", text)
    if not found:
        return 1.0, 0.0
    power = found[1] or found[2]
    return 10.0 ** int(power) if power else 1.0, float(found[3] or 0)


def period_frequency(axis: Axis) -> object:
    """Return the frequency of a pandas time axis, whose places count its periods."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, (*_DATE_FORMATTERS, StrCategoryFormatter)):
        return None
    return getattr(formatter, "freq", None)
