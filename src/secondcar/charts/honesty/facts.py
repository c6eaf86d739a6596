"""What the marks of a chart claim, and in which order of time they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from secondcar.charts.language.periods import Period, read_period
from secondcar.charts.language.units import Quantity, quantity
from secondcar.charts.reading.records import Mark, Reading, category_text


def with_twins(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return the readings, each followed by the one of its second value axis."""
    return tuple(panel for reading in readings for panel in (reading, reading.twin) if panel)


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
    if not all(mark.label for mark in reading.marks):
        return drawn
    written = [_number_at(mark, reading) for mark in reading.marks]
    stated = [quantity for quantity in written if quantity]
    numbers = [quantity.number for quantity in stated]
    if len(numbers) < len(drawn) or numbers == list(range(1, len(numbers) + 1)):
        return drawn  # some marks have none, or they are ranks
    step = _common_rounding([abs(number) for number in numbers])
    return [
        # Above a stack may stand its sum.
        value
        if min(abs(value - said.number), abs(mark.end - said.number)) <= 0.51 * max(step, said.rounding)
        else said.number
        for mark, value, said in zip(reading.marks, drawn, stated, strict=True)
    ]


def _common_rounding(numbers: Sequence[float]) -> float:
    """Return the power of ten that several numbers are rounded to, a tenth of the smallest at most.

    >>> _common_rounding([120, 120]), _common_rounding([100, 150]), _common_rounding([120])
    (10.0, 10.0, 0.0)
    """
    step = 1.0
    while len(numbers) > 1 and 100 * step <= min(numbers) and all(number % (10 * step) == 0 for number in numbers):
        step *= 10
    return step if step > 1 else 0.0


def _number_at(mark: Mark, reading: Reading) -> Quantity | None:
    """Return the quantity written at a mark, in the unit of the values; None if none or of another kind."""
    other = any(sign in mark.label for sign in "=:#") or read_period(mark.label)
    stated = None if other else quantity(mark.label)
    if stated is None or ((stated.unit == "%") != (reading.value_axis.unit == "%") and stated.unit):
        return None
    if stated.factor != 1:
        return stated
    factor = reading.value_axis.factor
    return replace(stated, number=stated.number * factor, rounding=stated.rounding * factor)


def in_time(categories: Sequence[str | float]) -> list[str]:
    """Return the texts of categories in the order of time, or as they stand where they are not periods."""
    texts = [category_text(category) for category in categories]
    periods = periods_of(categories)
    if not periods:
        return texts
    return [text for _, text in sorted(zip(periods, texts, strict=True), key=lambda pair: pair[0].order)]


def periods_of(categories: Sequence[str | float]) -> list[Period] | None:
    """Return the period of each category, None unless all of them name one."""
    periods = []
    for category in categories:
        if (period := read_period(category)) is None:
            return None  # of 50,000 points the first tells
        periods.append(period)
    return periods or None
