"""What a chart shows, laid out so that a claim can be held against it: values under names and times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from secondcar.charts.honesty.facts import claimed_values, periods_of, with_twins
from secondcar.charts.language.claims import Named
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.periods import DAYS_IN_MONTH, Period, When, is_weekday, read_period, weekday_of
from secondcar.charts.language.phrases import stem
from secondcar.charts.language.sources import source_in
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import currencies_in, factor_in, says_percent
from secondcar.charts.reading.records import Guide, Mark, Reading, category_text

# Values of these may not be added up: a sum of prices or shares says nothing.
_NOT_ADDED = ("%", "index", "times", "°C", "°F", "place", "density", "percentage points")


@dataclass(frozen=True)
class Cell:
    """One value with the labels it stands under: of its panel, its series and its category."""

    labels: tuple[str, ...]
    value: float
    ends: tuple[float, ...] = ()  # what an error bar or a floating bar reaches


@dataclass(frozen=True)
class Dimension:
    """The labels that tell cells apart in one way, in the order of time where they are times."""

    place: int  # in the labels of a cell
    labels: tuple[str, ...]
    periods: dict[str, Period] = field(default_factory=dict)  # of each label; empty where they name no times

    @property
    def things(self) -> tuple[str, ...]:
        """Return the labels without the one for all that is left: "Other countries"."""
        return tuple(label for label in self.labels if not mentions(label, "the-rest"))

    @property
    def is_time(self) -> bool:
        """Return whether the labels are times."""
        return bool(self.periods)


@dataclass(frozen=True)
class Run:
    """The values of one series in the order of time."""

    labels: tuple[str, ...]
    periods: tuple[Period, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Scene:
    """The values of one unit in a chart.

    Attributes:
        cells: every value shown.
        dimensions: the ways in which cells are told apart, those with several labels or a time.
        readings: where the values stand.
        words: of the value axis, in small letters.
        factor: what "billion" in the axis label stands for; 1 for none.
        unit: the unit of the values.
        measure: "gap", "share", "balance", "surplus" or "deficit" where the values are worked out; "" where they are
            shown.
    """

    cells: tuple[Cell, ...]
    dimensions: tuple[Dimension, ...]
    readings: tuple[Reading, ...]
    measure: str = ""

    @cached_property
    def words(self) -> str:
        """Return the words of the value axes, in small letters."""
        axes = [reading.value_axis for reading in self.readings]
        said = " ".join(f"{axis.unit} {axis.label}" for axis in axes).casefold()
        return said + " %" * any("%" in tick for axis in axes for tick in axis.ticks)

    @cached_property
    def factor(self) -> float:
        """Return the factor that the value axis names."""
        return self.readings[0].value_axis.factor

    @cached_property
    def in_percent(self) -> bool:
        """Return whether the values are shares or percentages."""
        return self.measure == "share" or says_percent(self.words)

    @cached_property
    def whole(self) -> float:
        """Return what a share of all is written as: 100, or 1 for 0.47."""
        return 100.0 if self.measure in ("gap", "share") or max(self.values, default=0.0) > 1 else 1.0

    @cached_property
    def guides(self) -> dict[str, float]:
        """Return what drawn lines with a label mark: a target, a ceiling."""
        return {guide.label: guide.low for reading in self.readings for guide in _named_guides(reading)}

    @cached_property
    def shows_changes(self) -> bool:
        """Return whether the values are changes themselves, as yearly growth is."""
        return not self.measure and any(
            mentions(self.words, word) for word in ("change", "growth", "increase", "net", "minus", "balance")
        )

    @cached_property
    def is_rate(self) -> bool:
        """Return whether the values are rates of change, such as inflation."""
        rates = ("inflation", "growth", "rate", "change", "interest", "a year", "per year")
        return any(mentions(self.words, word) for word in rates)

    @cached_property
    def is_bad(self) -> bool:
        """Return whether the values are of something that people want little of: then the least is the best."""
        return mentions(self.words, "bad")

    @cached_property
    def is_good(self) -> bool:
        """Return whether the values are of something that people want much of."""
        return not self.is_bad and mentions(self.words, "good")

    @cached_property
    def is_exchange_rate(self) -> bool:
        """Return whether the values are one currency in another."""
        return len(currencies_in(self.words)) > 1

    @cached_property
    def base(self) -> float | None:
        """Return the 100 of an index, None where the values are not an index."""
        words = [token.word for reading in self.readings for token in tokens_of(reading.value_axis.label)]
        return 100.0 if any(pair == ("=", "100") for pair in pairwise(words)) else None

    @cached_property
    def adds_up(self) -> bool:
        """Return whether the sum of values means something."""
        unit = self.readings[0].value_axis.unit
        rates = any(
            mentions(self.words, word) for word in ("price", "rate", "mean", "average", "index", "exchange rate")
        )
        return not self.measure and unit not in _NOT_ADDED and not self.in_percent and not rates and len(self.cells) > 1

    @cached_property
    def has_parts(self) -> bool:
        """Return whether values may be taken together: counts, or shares of one whole."""
        return self.adds_up or (self.in_percent and not self.measure and not self.is_relative)

    @cached_property
    def is_relative(self) -> bool:
        """Return whether values are not counts but changes, shares of wholes of their own, or so many per something."""
        if self.shows_changes:
            return True
        if not self.in_percent:
            words = [token.word for token in tokens_of(self.words)]  # "per head", but "deaths per year" are counts
            return any(one == "per" and not role_of(other, "span") for one, other in pairwise([*words, ""]))
        sums: dict[tuple[str, ...], float] = {}
        for cell in self.cells if self.dimensions else ():
            for dimension in self.dimensions:
                rest = tuple(label for place, label in enumerate(cell.labels) if place != dimension.place)
                key = (str(dimension.place), *rest)
                sums[key] = sums.get(key, 0.0) + cell.value
        wholes = [[total for key, total in sums.items() if key[0] == str(d.place)] for d in self.dimensions]
        return not any(all(0.97 <= total / self.whole <= 1.03 for total in totals) for totals in wholes)

    @cached_property
    def stacked(self) -> bool:
        """Return whether parts stand on each other."""
        return any(reading.stacked for reading in self.readings)

    @cached_property
    def times(self) -> tuple[Dimension, ...]:
        """Return the dimensions that are times."""
        return tuple(dimension for dimension in self.dimensions if dimension.is_time)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """Return every value shown, and every end of an error bar."""
        return tuple(value for cell in self.cells for value in (cell.value, *cell.ends))

    def dimension_of(self, label: str) -> Dimension | None:
        """Return the dimension that has a label."""
        return next((dimension for dimension in self.dimensions if label in dimension.labels), None)

    def named(self, names: Iterable[Named], cells: Sequence[Cell] | None = None) -> list[Cell]:
        """Return the cells that names speak of: names of one dimension side by side, of several together."""
        wanted: dict[int, set[str]] = {}
        for labels in names:
            for label in labels:
                if dimension := self.dimension_of(label):
                    wanted.setdefault(dimension.place, set()).add(label)
        cells = self.cells if cells is None else cells
        return [cell for cell in cells if all(cell.labels[place] in labels for place, labels in wanted.items())]

    def at(self, when: When, cells: Sequence[Cell]) -> list[Cell] | None:
        """Return the cells of a time; all where the chart has no times to tell it from, None where it shows another."""
        if when.kind in ("latest", "first"):
            if any(not d.is_time and all(label.isdigit() for label in d.labels) for d in self.dimensions):
                return None  # the last season, or the last week of each?
            end = -1 if when.kind == "latest" else 0
            ends = {dimension.place: dimension.labels[end] for dimension in self.times}
            return [cell for cell in cells if all(cell.labels[place] == label for place, label in ends.items())]
        if when.period is None or not self.times:
            return list(cells) if not self.times or when.kind == "span" else None
        found = {d.place: labels for d in self.times if (labels := labels_at(when, d))}
        if not found:
            return None
        return [cell for cell in cells if all(cell.labels[place] in labels for place, labels in found.items())]

    def runs(self, cells: Sequence[Cell], along: Dimension) -> Iterator[Run]:
        """Give the values of cells in the order of a dimension, for each of the others' labels apart."""
        groups: dict[tuple[str, ...], dict[str, float]] = {}
        one_each = len({cell.labels[along.place] for cell in cells}) == len(cells)
        for cell in cells:
            # A plan in a colour of its own goes on with the facts: it stands where no other series does.
            rest = () if one_each else tuple(label for place, label in enumerate(cell.labels) if place != along.place)
            groups.setdefault(rest, {})[cell.labels[along.place]] = cell.value
        for group in groups.values():
            labels = tuple(label for label in along.labels if label in group)
            periods = tuple(along.periods[label] for label in labels) if along.is_time else ()
            if len(labels) > 1:
                yield Run(labels, periods, tuple(group[label] for label in labels))

    def total_run(self, cells: Sequence[Cell], along: Dimension) -> Run | None:
        """Return the sums along a dimension, where values add up and several stand at each label."""
        runs = list(self.runs(cells, along))
        if not self.adds_up or len(runs) < 2 or len({run.labels for run in runs}) > 1:
            return None
        sums = tuple(sum(values) for values in zip(*(run.values for run in runs), strict=True))
        return Run(runs[0].labels, runs[0].periods, sums)


def labels_at(when: When, dimension: Dimension) -> set[str]:
    """Return the labels of a dimension that a time covers, or else those that lie around it."""
    named = when.period
    assert named is not None
    shown = dimension.periods.values()
    years = {period.year for period in shown}
    if len(years) > 1:  # of a winter, one November
        years = {period.year for period in shown if (period.months or 0) < 12 and period.month == named.month}
    if named.year is None and named.month and len(years) == 1:
        named = replace(named, year=years.pop())  # "18 September", and one year is shown
        when = replace(when, period=named)
    if when.kind in ("since", "range") and _begins_before(named, dimension):
        return set()
    found: dict[str, set[str]] = {"covered": set(), "around": set()}
    for label, period in dimension.periods.items():
        if how := _relation(when, period):
            found[how].add(label)
    return found["covered"] or found["around"]


def _begins_before(named: Period, dimension: Dimension) -> bool:
    """Return whether a time begins before all that is shown: of "since 2013" a chart from 2014 on says nothing."""
    first = min(dimension.periods.values(), key=lambda period: period.order)
    if named.year is None or first.year is None:
        return False
    unit = 12.0 if (named.months or 0) % 12 == 0 and (named.month or 1) == 1 else 1.0
    return _months(named)[0] + unit <= _months(first)[0]


def _relation(when: When, shown: Period) -> str:
    """Say how a time stands to a period that a chart shows: "covered" by it, "around" it, or "" for apart."""
    named = when.period
    assert named is not None
    if named.year is None or shown.year is None:
        if named.month is None or shown.month is None or shown.months == 12 or named.months == 12:
            return "covered" if named.month is None and shown.month is None and named.months == shown.months else ""
        opens = named.month + ((named.day or 1) - 1) / DAYS_IN_MONTH
        closes = opens + (named.months or 0)
        inside = opens <= shown.month and shown.month + (shown.months or 0) <= closes + 1e-9
        return "covered" if inside and (when.kind in ("at", "range")) else _order(when, named.month, shown.month)
    begin, end = _months(named)
    first, last = _months(shown)
    if when.kind in ("until", "after") and end > begin:  # "through 2022" goes to its end
        return "covered" if (first < end - 1e-9) is (when.kind == "until") else ""
    if when.kind in ("since", "until", "after", "before"):
        return _order(when, begin, first)
    if begin <= first and last <= end + 1e-9:
        return "covered"
    return "around" if first <= begin and end <= last + 1e-9 else ""


def _order(when: When, named: float, shown: float) -> str:
    inside = {"since": shown >= named, "after": shown > named, "until": shown <= named, "before": shown < named}
    return "covered" if inside.get(when.kind, False) else ""


def _months(period: Period) -> tuple[float, float]:
    """Return beginning and end of a period, in months since the year 0."""
    begin = 12 * (period.year or 0) + (period.month or 1) - 1 + ((period.day or 1) - 1) / 31
    return begin, begin + (period.months or (1 / 31 if period.day else 0))


def scenes_of(readings: Sequence[Reading]) -> tuple[Scene, ...]:
    """Lay out the values of a figure, one scene for each unit; of points with names also one for the other axis."""
    return _scenes_of(tuple(readings))


@lru_cache(maxsize=1)  # each rule about words asks for the same
def _scenes_of(readings: tuple[Reading, ...]) -> tuple[Scene, ...]:
    parts: dict[tuple[str, str], list[Reading]] = {}
    for reading in with_twins(readings):
        if reading.marks:
            parts.setdefault((reading.value_axis.unit, reading.value_axis.label), []).append(reading)
    scenes: list[Scene] = []
    for part in parts.values():
        if len(part) == 1 and _names_points(part[0]):
            scenes += [_scene_of_points(part[0]), _scene_of_points(_turned(part[0]))]
        else:
            scenes.append(_scene(tuple(part)))
    return tuple(scenes)


def _names_points(reading: Reading) -> bool:
    """Return whether most points of a chart have names and two measures."""
    named = sum(bool(mark.label) for mark in reading.marks)
    measured = all(mark.kind == "point" and not isinstance(mark.category, str) for mark in reading.marks)
    return measured and named > len(reading.marks) / 2


def _turned(reading: Reading) -> Reading:
    """Return a chart of points with its axes exchanged."""
    factor = factor_in(reading.category_axis.label)
    places = [factor * float(mark.category) for mark in reading.marks]
    marks = tuple(
        replace(mark, category=mark.end, value=place, end=place)
        for mark, place in zip(reading.marks, places, strict=True)
    )
    values = replace(reading.category_axis, factor=factor)
    return replace(reading, marks=marks, value_axis=values, category_axis=reading.value_axis, guides=())


def _scene_of_points(reading: Reading) -> Scene:
    """Lay out the values of points under their names; the places of those without are no names."""
    labels = [mark.label or f"point {number}" for number, mark in enumerate(reading.marks)]
    cells = tuple(Cell((label,), mark.end) for label, mark in zip(labels, reading.marks, strict=True))
    return Scene(cells, (Dimension(0, tuple(labels)),), (reading,))


def _scene(readings: tuple[Reading, ...]) -> Scene:
    panels = [reading.panel for reading in readings]
    names = panels if len(set(panels)) == len(panels) else [str(number) for number in range(len(panels))]
    bands = {mark.category: band for reading in readings for mark, band in _bands_of(reading)}
    rows = [
        ((panel, mark.series, bands.get(mark.category) or category_text(mark.category)), value, mark)
        for panel, reading in zip(names, readings, strict=True)
        for mark, value in zip(reading.marks, claimed_values(reading), strict=True)
    ]
    everywhere = [list(dict.fromkeys(labels[place] for labels, _, _ in rows)) for place in range(3)]
    kept = [place for place, labels in enumerate(everywhere) if len(labels) > 1 or (place and _periods(labels))]
    dimensions = tuple(_dimension(number, everywhere[place], readings) for number, place in enumerate(kept))
    cells = tuple(Cell(tuple(labels[place] for place in kept), value, _ends(mark)) for labels, value, mark in rows)
    return Scene(cells, dimensions, readings)


def _bands_of(reading: Reading) -> Iterator[tuple[Mark, str]]:
    """Give the bars of a histogram with the bands that they count, "50-100"; none where bins are uneven or years."""
    if [part.mark for part in reading.parts] != ["histogram"]:
        return
    marks = [mark for mark in reading.marks if not isinstance(mark.category, str)]
    middles = sorted({float(mark.category) for mark in marks})
    widths = [b - a for a, b in pairwise(middles)]
    counts = len(widths) > 1 and len(marks) == len(middles)
    if not counts or max(widths) - min(widths) > 0.05 * max(widths) or middles[0] < 0 or 1800 < middles[-1] < 2200:
        return
    for mark in marks:
        low, high = (round(float(mark.category) + side * widths[0] / 2, 6) + 0.0 for side in (-1, 1))
        yield mark, f"{low:g}-{high:g}"


def _dimension(place: int, labels: Sequence[str], readings: Sequence[Reading]) -> Dimension:
    periods = _periods(labels)
    year = _year_of(readings)
    if year and not any(period.year for period in periods.values()):
        periods = {label: replace(period, year=year) for label, period in periods.items() if not is_weekday(label)}
    if periods:
        return Dimension(place, tuple(sorted(labels, key=lambda label: periods[label].order)), periods)
    return Dimension(place, tuple(labels))


def _year_of(readings: Sequence[Reading]) -> int | None:
    """Return the one year that the axes name: "month of 2021"."""
    texts = [_without_source(axis.label, r) for r in readings for axis in (r.value_axis, r.category_axis)]
    years = {period.year for text in texts if (period := read_period(text)) and period.year}
    return years.pop() if len(years) == 1 else None


def _without_source(text: str, reading: Reading) -> str:
    return text.replace(reading.source, "") if reading.source else text


def _periods(labels: Sequence[str]) -> dict[str, Period]:
    """Return the period of each label; of weekdays one that tells their order; {} unless all are times."""
    if labels and all(map(is_weekday, labels)):
        return {label: Period(None, None, 0, weekday_of(label)) for label in labels}
    return dict(zip(labels, periods_of(labels) or (), strict=False))


def _ends(mark: Mark) -> tuple[float, ...]:
    ends = (mark.end, mark.base) if mark.kind in ("bar", "area") and mark.base else ()
    return (*ends, *(mark.error or ()))


def _named_guides(reading: Reading) -> Iterator[Guide]:
    return (guide for guide in reading.guides if guide.label and guide.on_values and guide.low == guide.high)


def labels_of(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the texts that name something in a chart: of its categories, series, panels and guides."""
    panels = [reading.panel for reading in readings if len(readings) > 1]
    named = [category for reading in readings for category in reading.categories if isinstance(category, str)]
    named += [band for reading in readings for _, band in _bands_of(reading)]
    names = [*named, *(series for reading in with_twins(readings) for series in reading.series), *panels]
    names += [guide.label for reading in readings for guide in _named_guides(reading)]
    names += [mark.label for reading in readings if _names_points(reading) for mark in reading.marks]
    return tuple(dict.fromkeys(name for name in names if name))


def vocabulary(readings: Sequence[Reading], without: str, notes: bool = True) -> set[str]:
    """Return the words of a chart, by their stems: what a text of it may speak of.

    Args:
        readings: of the chart.
        without: the text that speaks, "title" or "alt text".
        notes: count those of notes, too: what a note says may hold at its place alone.
    """
    texts = texts_beside(readings, without, notes)
    return {stem(token.word) for text in texts for token in tokens_of(text) if token.kind == "word"}


def texts_beside(readings: Sequence[Reading], without: str, notes: bool = True) -> list[str]:
    """Return the texts of a chart beside the one that speaks, as `vocabulary` asks for them."""
    texts = [name for reading in readings for name in reading.categories if isinstance(name, str)]
    for reading in with_twins(readings):
        own = {"title": reading.title, "alt text": reading.alt}.get(without)
        left_out = () if notes else [text for text in reading.annotations if not source_in(text)]
        texts += [text for text in reading.words if text != own and text not in left_out]
        texts += [*reading.legend_titles, *reading.series, reading.value_axis.unit]
    return texts
