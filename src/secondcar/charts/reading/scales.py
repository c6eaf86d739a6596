"""Says what the places of an axis mean to somebody who looks at its ticks and label: values or categories."""

import datetime
import math
import re
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib import dates as mdates

from secondcar.charts.language.say import one_line
from secondcar.charts.language.units import Quantity, factor_in, plain, quantity, unit_in, unit_in_title
from secondcar.charts.reading.artists import name_of_axis
from secondcar.charts.reading.axis_text import AxisText, period_frequency, scale_kind
from secondcar.charts.reading.between import names_between
from secondcar.charts.reading.records import Scale, Unreadable

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
# How far, in the last written digit, a rounded tick text may be from its place.
_ROUNDING = 0.51


class ValueAxis:
    """An axis that values are read from.

    Its places are turned into the values its tick texts and its label state: a bar that ends at 120 beside the tick
    "120" of an axis labelled "billion KZT" says 120e9, and so does one that ends at 120e9 beside the tick "120 bn".
    """

    def __init__(self, text: AxisText, title: str = "", beside: Sequence[tuple[float, str]] = ()):
        """Read an axis.

        Args:
            text: what stands along it.
            title: names unit and factor where the axis does not.
            beside: the texts written at the ends of bars, with the place of the end; read where there are no ticks.
        """
        self.text = text
        written = self.text.quantities
        numbers = [(place, stated) for place, words in beside if (stated := quantity(words)) is not None]
        self.slope, self.shift = 1.0, 0.0
        pairs = written or (numbers if _fits(numbers, _power_of_ten(numbers), 0.0) else [])
        if pairs:
            self.slope, self.shift = _line_through(pairs)
        self.misplaced = tuple(
            text
            for place, text in self.text.ticks
            if (stated := dict(written).get(place)) and not _close(place, stated, self.slope, self.shift)
        )
        # Where both sides of zero count up, as agree and disagree do, the axis has no signs.
        mirrored = [_close(-place, stated, self.slope, self.shift) for place, stated in written if place < 0]
        if mirrored and all(mirrored):
            self.misplaced = ()
        in_label = unit_in(self.text.label)
        named = [factor for words in (self.text.label, "" if in_label else title) if (factor := factor_in(words)) != 1]
        suffix = max((stated.factor for _, stated in pairs), default=1.0)
        self.multiplier = 1.0  # what the label adds to the numbers beside the axis
        if named and named[0] != self.text.offset_factor and suffix < named[0]:
            self.multiplier = named[0]  # "37k" beside "million tonnes" is 37 billion
        self.factor = (suffix if suffix != 1 else self.text.offset_factor) * self.multiplier
        at_ticks, at_bars = ([stated.unit for _, stated in found] for found in (written, numbers))
        told = [self.text.unit, *at_ticks, in_label, *at_bars, unit_in_title(title)]
        self.unit = next((unit for unit in told if unit), "")

    def value(self, place: float) -> float:
        """Return the value a place of the axis states, without the noise of binary fractions."""
        return _clean((self.slope * place + self.shift) * self.multiplier)

    def scale(self) -> Scale:
        """Return what the axis says."""
        axis = self.text.axis
        low, high = sorted(self.value(float(end)) for end in axis.get_view_interval())
        return Scale(
            label=one_line(self.text.label),
            unit=self.unit,
            factor=self.factor,
            low=low,
            high=high,
            inverted=bool(axis.get_inverted()),
            kind=scale_kind(axis),
            ticks=tuple(text for _, text in self.text.ticks),
            misplaced=self.misplaced,
        )


class CategoryAxis:
    """An axis that names what is shown: words, numbers or dates."""

    def __init__(self, text: AxisText):
        self.text = text
        self.kind = text.kind
        numbers = self.text.quantities
        # Numbers away from their places are names, as "2017" at 0 is; "2019 (plan)" is one wherever it stands.
        worded = any(number.unit not in ("", "%") for _, number in numbers)
        if self.kind != "date" and numbers and (worded or not _fits(numbers, _power_of_ten(numbers), 0.0)):
            self.kind = "category"
        places = [place for place, _ in self.text.ticks]
        self.reach = min(np.diff(places), default=1.0) / 2  # a label names what stands nearer to it than to others

    def names(self, places: Iterable[float]) -> dict[float, str | float]:
        """Return the category each place belongs to.

        Raises:
            Unreadable: no label stands beside a place.
        """
        places = list(dict.fromkeys(places))
        if self.kind == "date":
            frequency = period_frequency(self.text.axis)
            return dict(zip(places, date_texts([_date(place, frequency) for place in places]), strict=True))
        if self.kind == "category":
            named = self._names_between(places) or {place: self._label_at(place) for place in places}
            texts = list(named.values())
            if all(_ISO_DATE.fullmatch(text) for text in texts):
                texts = date_texts([datetime.datetime.fromisoformat(text) for text in texts])
            return dict(zip(places, texts, strict=True))
        return {place: _clean(place) for place in places}

    def _names_between(self, places: Sequence[float]) -> dict[float, str]:
        """Return a name for every place where only some have a label, and all the others lie evenly between them."""
        ticks = [*self.text.ticks, *self.text.hidden_ticks]  # labels beyond the view still name what stands there
        at_ticks = {round(tick, 6) for tick, _ in ticks}
        if len(self.text.ticks) < 2 or all(round(place, 6) in at_ticks for place in places):
            return {}
        name = names_between(ticks)
        named = {place: name(place) for place in places} if name else {}
        return named if all(named.values()) else {}

    def _label_at(self, place: float) -> str:
        ticks = [*self.text.ticks, *self.text.hidden_ticks]
        distances = [abs(tick - place) for tick, _ in ticks]
        nearest = int(np.argmin(distances)) if distances else None
        if nearest is not None and distances[nearest] <= min(self.reach, 1e-6 * max(1, abs(place))):
            return ticks[nearest][1]
        # Of crowded labels some are left out, and pandas sets ticks beside its points: the formatter knows them all.
        if isinstance(place, float) and place == round(place) and (text := self._formatted(place)):
            return text
        if nearest is not None and distances[nearest] < self.reach * (1 - 1e-9):
            return ticks[nearest][1]
        name = name_of_axis(self.text.axis)
        raise Unreadable(
            f"No tick label of the {name} axis stands beside the mark at {place:.6g}: give every mark its label, "
            f"as in ax.set_{name}ticks([0, 1], labels)."
        )

    def _formatted(self, place: float) -> str:
        if not self.text.ticks and not self.text.holds_words:
            return ""  # nothing is written along the axis; words out of view are still known
        return one_line(plain(str(self.text.axis.get_major_formatter()(place))))

    def scale(self) -> Scale:
        """Return what the axis says; the limits of words and dates are places along it."""
        axis = self.text.axis
        low, high = sorted(_clean(float(end)) for end in axis.get_view_interval())
        return Scale(
            label=one_line(self.text.label),
            unit=unit_in(self.text.label),
            factor=1.0,
            low=low,
            high=high,
            inverted=bool(axis.get_inverted()),
            kind=self.kind,
            ticks=tuple(text for _, text in self.text.ticks),
        )


def date_texts(dates: Sequence[datetime.datetime]) -> list[str]:
    """Write dates as ISO text, as long as they need: "2018", "2018-08", "2018-08-31" or with the time of day.

    Firsts and lasts of months or years stand for the whole of them, as they do in tables.

    >>> date_texts([datetime.datetime(2018, 1, 1), datetime.datetime(2018, 2, 1)])
    ['2018-01', '2018-02']
    """
    if any((date.hour, date.minute, date.second) != (0, 0, 0) for date in dates):
        return [date.isoformat(" ", "minutes") for date in dates]
    tomorrow = [date + datetime.timedelta(days=1) for date in dates]
    for days in (dates, tomorrow):
        if all((day.month, day.day) == (1, 1) for day in days):
            return [f"{date:%Y}" for date in dates]
        if all(day.day == 1 for day in days):
            return [f"{date:%Y-%m}" for date in dates]
    return [f"{date:%Y-%m-%d}" for date in dates]


def _date(place: float, frequency: object) -> datetime.datetime:
    if frequency is None:
        date: datetime.datetime = mdates.num2date(place).replace(tzinfo=None)
        return (date + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
    import pandas as pd  # whoever drew periods has it loaded

    begin: datetime.datetime = pd.Period(ordinal=round(place), freq=frequency).to_timestamp().to_pydatetime()
    return begin


def _line_through(pairs: Sequence[tuple[float, Quantity]]) -> tuple[float, float]:
    """Find how places become the values written beside them: `value = slope * place + shift`."""
    power = _power_of_ten(pairs)
    if _fits(pairs, 1.0, 0.0):
        return 1.0, 0.0
    if _fits(pairs, power, 0.0):
        return power, 0.0
    places, numbers = [place for place, _ in pairs], [stated.number for _, stated in pairs]
    if len(set(places)) > 2:
        slope, shift = (float(number) for number in np.polyfit(places, numbers, 1))
        if slope and _fits(pairs, slope, shift):
            return slope, shift
    return max((1.0, power), key=lambda slope: sum(_close(place, stated, slope, 0.0) for place, stated in pairs)), 0.0


def _power_of_ten(pairs: Sequence[tuple[float, Quantity]]) -> float:
    """Return the power of ten that numbers beside an axis are of their places: 1e-9 for 120 beside 120e9."""
    ratios = [stated.number / place for place, stated in pairs if place and stated.number / place > 0]
    return 10.0 ** round(math.log10(np.median(ratios))) if ratios else 1.0


def _fits(pairs: Sequence[tuple[float, Quantity]], slope: float, shift: float) -> bool:
    return bool(pairs) and not _misplaced(pairs, slope, shift)


def _misplaced(pairs: Sequence[tuple[float, Quantity]], slope: float, shift: float) -> bool:
    return not all(_close(place, stated, slope, shift) for place, stated in pairs)


def _close(place: float, stated: Quantity, slope: float, shift: float) -> bool:
    allowed = max(_ROUNDING * stated.rounding, 1e-9 * abs(stated.number))
    return abs(slope * place + shift - stated.number) <= allowed


def _clean(number: float) -> float:
    return float(f"{number:.12g}")


def factor_of_words(scale: Scale) -> float:
    """Return what the values of an axis are divided by to be told in the words of its label: 1e9 for "billion KZT".

    Where the label names no unit, the title or the ticks name both unit and factor.
    """
    is_scaled = scale.factor != 1  # the steps of a category axis stand as they are written
    return factor_in(scale.label) if is_scaled and unit_in(scale.label) else scale.factor


def is_category(kind: str) -> bool:
    """Return whether an axis of a kind names things rather than measuring them."""
    return kind in ("category", "date")


def scale_of_colours(limits: tuple[float, float], title: str, texts: Sequence[str]) -> Scale:
    """Return what a heatmap without a colour bar says of its scale: the title and the texts of its cells."""
    units = (stated.unit for text in texts if (stated := quantity(text)) and stated.unit)
    factor = factor_in(title)
    low, high = (_clean(limit * factor) for limit in sorted(limits))
    unit = unit_in_title(title) or next(units, "")
    return Scale("", unit, factor, low, high, inverted=False, kind="linear", ticks=())
