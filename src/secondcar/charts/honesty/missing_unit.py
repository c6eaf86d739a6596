"""The rule unit: the value axis names what it counts, in a unit that the chart's words do not deny."""

from collections.abc import Iterator

from secondcar.charts.honesty.rules import MISLEADING, UNCLEAR, Asked, Found, each_panel
from secondcar.charts.language.lexicon import role_of, words_for
from secondcar.charts.language.numbers import PrintedNumber, numbers_in
from secondcar.charts.language.say import say_number, say_times
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import quantity, says_percent, unit_in
from secondcar.charts.reading.records import Reading

_IRREGULAR = {"people", "children", "women", "men", "persons"}


@each_panel
def find_missing_unit(panel: Reading, asked: Asked) -> Found:
    axis = panel.value_axis
    # Without an axis the title is the place that remains.
    unit = axis.unit or ("" if axis.ticks else unit_in(panel.title))
    named = asked.unit is not None and asked.unit.casefold() in f"{axis.unit} {axis.label}".casefold()
    if not unit and not named and not _names_what_is_counted(axis.label):
        shown = f'only "{axis.label}"' if axis.label else "nothing"
        yield UNCLEAR, f"The value axis says {shown}: what is counted, and in which unit?", None
    elif asked.unit and not named:
        sentence = f'The value axis says "{axis.label or axis.unit}", but the values are {asked.unit}.'
        yield MISLEADING, sentence, None
    elif other := _denied_currency(panel):
        sentence = f"The value axis says {axis.unit}, but the words of the chart give the same numbers in {other}."
        yield MISLEADING, sentence, None
    elif (total := _counted_total(panel)) is not None:
        sentence = (
            f"The axis says percent, but the values add up to {say_number(total)}, and the words of the chart count as "
            "many: are these counts?"
        )
        yield MISLEADING, sentence, None
    elif factor := denied_factor(panel):
        sentence = (
            f'By its axis ("{axis.label or axis.unit}") the chart shows {say_number(panel.marks[-1].value)}, '
            f"but its words give the same number {say_times(factor)} as large. Which unit is right?"
        )
        yield MISLEADING, sentence, factor


def _names_what_is_counted(label: str) -> bool:
    """Take a plural for a unit: "Pupils enrolled" needs no other, "Inflation" and "Prices" do."""
    words = {token.word for token in tokens_of(label) if token.kind == "word" and len(token.word) > 2}
    plurals = {word for word in words if word.endswith("s") and not word.endswith(("ss", "us", "is"))}
    return bool(plurals - set(words_for("measured-plural", "any")) or words & _IRREGULAR)


def _said(panel: Reading) -> Iterator[PrintedNumber]:
    for text in (panel.title, panel.alt, *panel.annotations):
        yield from numbers_in(text)


def _denied_currency(panel: Reading) -> str | None:
    """Return the other currency in which the chart's words give the values of its axis."""
    own = panel.value_axis.unit
    if role_of(own.casefold(), "currency") is None:
        return None
    values = [mark.value for mark in panel.marks]
    others = (number for number in _said(panel) if number.scale > 1 and number.currency not in ("", own))
    return next((number.currency for number in others if any(map(number.allows, values))), None)


def _counted_total(panel: Reading) -> float | None:
    """Return the sum of values in percent where it is not a whole and the chart's words count it."""
    if panel.value_axis.unit != "%" or len(panel.series) > 1:
        return None
    total = sum(mark.value for mark in panel.marks)
    counted = any(n.value == total and n.kind == "plain" and n.scale == 1 for n in _said(panel))
    return total if counted and abs(total - 100) > 2 else None


def denied_factor(panel: Reading) -> float | None:
    """Find a power of 1000 between the numbers in the chart's words and the values by its axis."""
    if says_percent(panel.value_axis.unit):
        return None  # words give the numbers that shares are of: "77,471 of 100,000" beside 77.5 %
    values = [abs(mark.value) for mark in panel.marks if mark.value]
    labels = [stated.number for mark in panel.marks if (stated := quantity(mark.label)) and stated.factor != 1]
    words = []
    for text in (panel.title, panel.alt):
        numbers = [number for number in numbers_in(text) if number.kind == "plain"]
        numbers = [number for number in numbers if number.currency in ("", panel.value_axis.unit)]
        # Within one text a word such as "billion" may stand once for several numbers.
        words += [number for number in numbers if number.scale > 1] or [number for number in numbers if number.grouped]
    for bounds in ({n: (0.99 * n, 1.01 * n) for n in labels}, {n.value: (n.low, n.high) for n in words}):
        # One number alone may fit by chance.
        if len(bounds) < 2 or any(low <= value <= high for low, high in bounds.values() for value in values):
            continue
        for factor in (1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9):
            if all(any(low <= value * factor <= high for value in values) for low, high in bounds.values()):
                return factor
    return None
