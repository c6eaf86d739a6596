"""What the marks of a chart say together: the values they claim, series in the order of time, and totals."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from secondcar.charts.language.periods import Period, is_weekday, read_period
from secondcar.charts.language.wording import Quantity, quantity
from secondcar.charts.reading.records import Mark, Reading, category_text

Run = tuple[tuple[str, float], ...]  # category and value, in the order of time where the categories are periods


@dataclass(frozen=True)
class Facts:
    """What a text may truly say of a chart.

    Attributes:
        values: every value shown, and every end of an error bar.
        totals: the sum and the mean of each series, and the totals of the categories.
        shares: each value as a part of its category, of its series and of all, 1 for the whole.
        runs: one for each series, named; and one of the totals where there are several series, named "".
        peers: the values of several series at one category.
        timed: each run is in the order of time.
        base: the 100 of an index, None where the values are none.
        points: place and value of each point, where the places are numbers.
    """

    values: tuple[float, ...]
    runs: tuple[tuple[str, Run], ...]
    timed: bool
    totals: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    peers: tuple[tuple[float, ...], ...] = ()
    base: float | None = None
    points: tuple[tuple[float, float], ...] = ()


def with_twins(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings, each followed by the one of its second value axis."""
    return tuple(panel for reading in readings for panel in (reading, reading.twin) if panel)


def units_of(readings: Iterable[Reading]) -> str:
    """Return all words of the value axes, in small letters; "%" where only the ticks say it."""
    axes = [panel.value_axis for panel in with_twins(readings) if panel.marks]
    words = " ".join(f"{axis.unit} {axis.label}" for axis in axes).casefold()
    return words + " %" * any("%" in tick for axis in axes for tick in axis.ticks)


def labels_of(readings: Iterable[Reading]) -> tuple[str, ...]:
    """Return the texts of all categories."""
    return tuple(dict.fromkeys(category_text(category) for reading in readings for category in reading.categories))


def words_of(reading: Reading) -> str:
    """Return all texts of a chart that tell what its values are, in small letters."""
    texts = [reading.title, *reading.annotations, reading.value_axis.label, reading.category_axis.label]
    texts += [text for text, _ in reading.legend]
    return " ".join(texts).casefold()


def claimed_values(reading: Reading) -> list[float]:
    """Return for each mark the value the chart claims: the number written at it, or where it ends.

    A written number counts only where it denies the drawing: else the drawing is the finer of the two.
    """
    drawn = [mark.value if reading.stacked else mark.end for mark in reading.marks]
    written = [_number_at(mark, reading) for mark in reading.marks]
    numbers = [stated.number for stated in written if stated]
    if len(numbers) < len(drawn) or numbers == list(range(1, len(numbers) + 1)):
        return drawn  # some marks have none, or they are ranks
    return [
        value if abs(value - stated.number) <= 0.51 * stated.rounding else stated.number
        for value, stated in zip(drawn, written, strict=True)
    ]


def _number_at(mark: Mark, reading: Reading) -> Quantity | None:
    """Return the quantity written at a mark, in the unit of the values; None if none or of another kind."""
    stated = None if re.search(r"[=:#]", mark.label) or read_period(mark.label) else quantity(mark.label)
    if stated is None or ((stated.unit == "%") != (reading.value_axis.unit == "%") and stated.unit):
        return None
    if stated.factor != 1:
        return stated
    factor = reading.value_axis.factor
    return replace(stated, number=stated.number * factor, rounding=stated.rounding * factor)


def gather_facts(readings: Sequence[Reading]) -> Facts:
    """Gather the facts of all panels and second axes of a figure."""
    values: list[float] = []
    totals: list[float] = []
    shares: list[float] = []
    points: list[tuple[float, float]] = []
    runs: list[tuple[str, Run]] = []
    by_category: dict[str, list[float]] = defaultdict(list)
    timed = True
    for reading in with_twins(readings):
        timed &= all(read_period(category) or is_weekday(category) for category in reading.categories)
        series: dict[str, dict[str, float]] = defaultdict(dict)
        doubled = set()
        for mark, value in zip(reading.marks, claimed_values(reading), strict=True):
            category = category_text(mark.category)
            if category in series[mark.series]:
                doubled.add(mark.series)
            series[mark.series][category] = value
            by_category[category].append(value)
            if mark.kind == "point" and not isinstance(mark.category, str):
                points.append((mark.category, value))
            values += [value, *_ends(mark)]
        order = in_time(reading.categories)
        tables = {name: table for name, table in series.items() if name not in doubled}
        groups = [list(table.values()) for table in tables.values()]
        groups.append([value for group in groups for value in group])
        shares += [value / sum(group) for group in groups for value in group if sum(group)]
        if len(tables) > 1:
            sums = {c: sum(t[c] for t in tables.values()) for c in order if all(c in t for t in tables.values())}
            totals += sums.values()
            shares += [t[c] / whole for t in tables.values() for c, whole in sums.items() if whole]
            tables[""] = sums
        for name, table in tables.items():
            runs.append((name, tuple((category, table[category]) for category in order if category in table)))
            totals += [sum(table.values()), sum(table.values()) / max(1, len(table))]
    peers = tuple(tuple(group) for group in by_category.values() if len(group) > 1)
    index = any(re.search(r"=\s?100\b", reading.value_axis.label) for reading in readings)
    return Facts(
        tuple(values),
        tuple(runs),
        timed,
        totals=tuple(totals),
        shares=tuple(shares),
        peers=peers,
        base=100.0 if index else None,
        points=tuple(points),
    )


def _ends(mark: Mark) -> tuple[float, ...]:
    ends = (mark.end, mark.base) if mark.kind in ("bar", "area") and mark.base else ()
    return (*ends, *(mark.error or ()))


def in_time(categories: Sequence[str | float]) -> list[str]:
    """Return the texts of categories in the order of time, or as they stand where they are no periods."""
    texts = [category_text(category) for category in categories]
    periods = periods_of(categories)
    if not periods:
        return texts
    return [text for _, text in sorted(zip(periods, texts, strict=True), key=lambda pair: pair[0].order)]


def periods_of(categories: Sequence[str | float]) -> list[Period] | None:
    """Return the period of each category, None unless all of them name one."""
    periods = [read_period(category) for category in categories]
    return periods if periods and all(periods) else None


def is_named(category: str | float, categories: Sequence[str | float], text: str) -> bool:
    """Say whether a text names a category: by its label, or by its year where no other category has that year."""
    label = category_text(category).casefold()
    if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text.casefold()):
        return True
    period = read_period(category)
    years = [other.year for other in map(read_period, categories) if other]
    return bool(period and period.year and years.count(period.year) == 1 and str(period.year) in text)
