"""Honesty rules for how values are drawn: zero-base, lie-factor, area, two-scales."""

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

from secondcar.charts.honesty.facts import claimed_values, in_time, periods_of, with_twins, words_of
from secondcar.charts.honesty.rules import MISLEADING, UNCLEAR, Asked, Found, each_panel, name_mark, name_of
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.say import say_number, say_times
from secondcar.charts.language.tokens import numeral_value, tokens_of
from secondcar.charts.reading.records import Mark, Reading, Scale, category_text

# A lie factor inside these bounds is taken for honest, as in Tufte (1983).
HONEST_LIE_FACTOR = (0.95, 1.05)
# Bars and points count as equally wide up to this ratio: pixels and outlines make small differences.
SAME_WIDTH = 1.05


@each_panel
def find_cut_bars(panel: Reading, asked: Asked) -> Found:
    axis, words = panel.value_axis, words_of(panel)
    bars = _filled(panel)
    if not bars:
        if axis.kind == "log" and not mentions(words, "logarithmic"):
            yield UNCLEAR, "The value axis is logarithmic, and no words say so.", None
        if axis.inverted and not panel.horizontal and not mentions(words, "ranked"):
            yield (
                MISLEADING,
                "The value axis is upside down: what rises in the data falls in the drawing.",
                None,
            )
        return
    if axis.kind in ("log", "symlog"):
        sentence = (
            "Bars stand on a logarithmic axis, which has no zero: their lengths say nothing. Draw points or a line."
        )
        yield MISLEADING, sentence, None
        return
    if axis.inverted and not mentions(words, "ranked") and any(bar.end > bar.base for bar in bars):
        way = "from right to left" if panel.horizontal else "downwards"
        yield MISLEADING, f"The value axis is turned round: bars grow {way}.", None
    if _shows_ranges(panel):
        return
    begin = _common_base(panel)
    if begin is None:
        bar = next(bar for bar in bars if bar.base)
        sentence = (
            f"{name_mark(bar, panel)} begins at {say_number(bar.base)}, not at 0. If the bars show ranges, say "
            "so on the chart."
        )
        yield MISLEADING, sentence, bar.base
    elif begin and not _is_named_base(begin, panel):
        start = say_number(begin)
        yield MISLEADING, f"The bars begin at {start}, not at 0: their lengths leave out the first {start}.", begin


def _shows_ranges(panel: Reading) -> bool:
    """Bars from a low to a high value, or in the steps of a waterfall, float when the words of the chart say so."""
    floating = any(bar.base for bar in _filled(panel)) and not panel.stacked
    return floating and (mentions(words_of(panel), "range") or _is_waterfall(panel))


def _is_waterfall(panel: Reading) -> bool:
    """Return whether each bar that floats begins where the one before it ends, and the first stands on zero."""
    order = {category: place for place, category in enumerate(panel.categories)}
    bars = sorted((mark for mark in panel.marks if mark.kind == "bar"), key=lambda bar: order[bar.category])
    slack = 1e-3 * (panel.value_axis.high - panel.value_axis.low)
    steps = [
        any(abs(start - end) <= slack for start in (two.base, two.end) for end in (one.base, one.end))
        for one, two in pairwise(bars)
    ]
    return len(bars) > 2 and all(steps) and not bars[0].base and len(order) == len(bars)


def _filled(panel: Reading) -> list[Mark]:
    return [mark for mark in panel.marks if mark.kind in ("bar", "area")]


def _common_base(panel: Reading) -> float | None:
    """Return where the bars that are seen begin; None where they begin at different values, unstacked."""
    axis = panel.value_axis
    slack = 1e-3 * (axis.high - axis.low)
    bases = [0.0] if panel.stacked else [mark.base for mark in _filled(panel)] or [0.0]
    if max(bases) - min(bases) > slack:
        return None
    seen = min(max(bases[0], axis.low), axis.high)
    return 0.0 if abs(seen) <= slack else seen


def _is_named_base(base: float, panel: Reading) -> bool:
    """Return whether a deviation chart says what its bars begin at: a number such as "2017 = 100", or their mean.

    The word alone is not enough: it must be that number, or the mean or median of the values that are shown.
    """
    slack = 1e-3 * (panel.value_axis.high - panel.value_axis.low)
    if any(guide.on_values and guide.label and abs(guide.low - base) <= slack for guide in panel.guides):
        return True
    texts = [panel.title, *panel.annotations, panel.value_axis.label, panel.category_axis.label]
    texts += [text for text, _ in panel.legend]
    if any(mentions(text, "base") and _gives(base, text, panel) for text in texts):
        return True
    values = [mark.value for mark in panel.marks]
    averages = (
        ("mean", statistics.fmean(values)),
        ("average", statistics.fmean(values)),
        ("median", statistics.median(values)),
    )
    told = " ".join(texts)
    return any(mentions(told, word) and abs(value - base) <= 0.01 * abs(base) for word, value in averages)


def _gives(base: float, text: str, panel: Reading) -> bool:
    numbers = {numeral_value(token.text)[0] for token in tokens_of(text) if token.kind == "numeral"}
    return base in numbers or base / panel.value_axis.factor in numbers


def find_lies(panels: tuple[Reading, ...], asked: Asked) -> Found:
    for panel in with_twins(panels):
        if panel.value_axis.misplaced:
            ticks = ", ".join(f'"{tick}"' for tick in panel.value_axis.misplaced)
            yield MISLEADING, f"On the value axis {ticks} does not stand at its value.", None
            continue
        bars = _bars_with_values(panel)
        if worst := _worst_pair(bars, lambda bar: bar.length):
            yield MISLEADING, _tell_lie(*worst, panel, "long"), worst[2]
    yield from _find_unequal_panels(panels)


def _bars_with_values(panel: Reading) -> list[tuple[Mark, float]]:
    """Return the bars with the values they claim, counted from the base that their chart names."""
    base = _common_base(panel)
    if _shows_ranges(panel):
        return [(mark, mark.end - mark.base) for mark in panel.marks if mark.kind == "bar"]
    if not base or panel.stacked or not _is_named_base(base, panel):
        base = 0
    pairs = zip(panel.marks, claimed_values(panel), strict=True)
    bars = [(mark, value - base) for mark, value in pairs if mark.kind == "bar"]
    # The first value is the earlier one, whichever way time runs in the drawing; without time it is the smaller one.
    if not periods_of(panel.categories):
        return sorted(bars, key=lambda pair: abs(pair[1]))
    order = {category: place for place, category in enumerate(in_time(panel.categories))}
    return sorted(bars, key=lambda pair: order[category_text(pair[0].category)])


def lie_factor(drawn: Sequence[float], data: Sequence[float]) -> float:
    """Return Tufte's lie factor of a first and a second value.

    It is the effect in the drawing divided by the effect in the data, where an effect is the change divided by the
    first value (Tufte, The Visual Display of Quantitative Information, 1983). 1 is honest.

    Args:
        drawn: how long, or how large, the two are drawn, in any one unit.
        data: the two values.

    >>> round(lie_factor([75 - 60, 120 - 60], [75, 120]), 2)
    5.0
    """
    if not drawn[0] or not data[0]:
        return math.inf
    effect_drawn = (drawn[1] - drawn[0]) / drawn[0]
    effect = (data[1] - data[0]) / abs(data[0])
    if abs(effect) < 1e-6:
        return 1.0 if abs(effect_drawn) < 1e-3 else math.inf
    return effect_drawn / (effect if data[0] > 0 else -effect)


def _worst_pair(
    bars: Sequence[tuple[Mark, float]], size: Callable[[Mark], float]
) -> tuple[tuple[Mark, float], tuple[Mark, float], float] | None:
    """Find the two bars, in reading order, with the worst lie factor; None where all are honest."""
    bars = [(bar, value) for bar, value in bars if value and math.isfinite(value)]
    pairs = combinations(bars, 2) if len(bars) <= 60 else pairwise(bars)
    worst, most = None, 0.0
    for first, second in pairs:
        if first[1] * second[1] < 0:
            continue  # bars to either side of zero have no ratio
        factor = lie_factor((size(first[0]), size(second[0])), (first[1], second[1]))
        # Among equally wrong pairs the one with the largest change tells most.
        change = abs(second[1] - first[1]) / max(abs(first[1]), abs(second[1]))
        wrong = abs(factor - 1) + 1e-9 * change
        if not HONEST_LIE_FACTOR[0] <= factor <= HONEST_LIE_FACTOR[1] and wrong > most:
            worst, most = (first, second, factor), wrong
    return worst


def _tell_lie(first: tuple[Mark, float], second: tuple[Mark, float], factor: float, panel: Reading, how: str) -> str:
    def size(bar: Mark) -> float:
        return bar.length if how == "long" else bar.length * bar.width

    if not math.isfinite(factor):
        drawn = "nothing of it is drawn" if not size(first[0]) else f"it is not drawn as {how} as others of that value"
        return f"{name_mark(first[0], panel)} stands for {say_number(first[1])}, but {drawn}."
    ratio = size(second[0]) / size(first[0])
    return (
        f"{name_mark(second[0], panel)} is drawn {say_times(ratio)} as {how} as that for {name_of(first[0], panel)}, "
        f"but its value is {say_times(second[1] / first[1])} as large ({say_number(first[1])} and "
        f"{say_number(second[1])}): a lie factor of {factor:.3g}, by (change drawn / first drawn) / "
        "(change in the data / first in the data)."
    )


def _find_unequal_panels(panels: tuple[Reading, ...]) -> Found:
    """Panels of one unit are compared with each other: bars by their length, lines and points by their place."""
    for first, second in combinations(panels, 2):
        one, two = first.value_axis, second.value_axis
        same_unit = one.label and (one.label, one.unit) == (two.label, two.unit)
        if not same_unit or {one.kind, two.kind} != {"linear"} or mentions(words_of(first), "own-scale"):
            continue
        small, large = sorted((_step(first), _step(second)))
        if small and large > SAME_WIDTH * small:
            sentence = (
                "The panels have different scales for the same unit: the same value is drawn "
                f"{say_times(large / small)} as long in one panel as in another. Give them one scale."
            )
            yield MISLEADING, sentence, large / small
            return
        if not _filled(first) and not _filled(second) and _apart(one, two):
            sentence = (
                f"The panels have different scales for the same unit ({_say_limits(one)}, and {_say_limits(two)}), so "
                "the same height means another value in each. Give them one scale, or say on the chart that each has "
                "its own scale."
            )
            yield MISLEADING, sentence, None
            return


def _step(panel: Reading) -> float:
    """Return the pixels that one unit of the values takes, by the bars; 0 where none begin at zero."""
    bars = [bar for bar in panel.marks if bar.kind == "bar" and bar.length and bar.value]
    return 0.0 if _common_base(panel) else max((bar.length / abs(bar.value) for bar in bars), default=0.0)


def _apart(one: Scale, two: Scale) -> bool:
    """Return whether two axes differ by more than a sliver of what they span."""
    slack = (SAME_WIDTH - 1) * max(one.high - one.low, two.high - two.low)
    return abs(one.low - two.low) > slack or abs(one.high - two.high) > slack


@each_panel
def find_areas(panel: Reading, asked: Asked) -> Found:
    for bars in _comparable_bars(panel):
        widths = [bar.width for bar, _ in bars]
        if len(bars) > 1 and max(widths) > SAME_WIDTH * min(widths):
            wide, thin = max(bars, key=lambda b: b[0].width)[0], min(bars, key=lambda b: b[0].width)[0]
            worst = _worst_pair(bars, lambda bar: bar.length * bar.width)
            sentence = (
                f"{name_mark(wide, panel)} is {say_times(wide.width / thin.width)} as wide as that for "
                f"{name_of(thin, panel)}: width shows no value, yet it adds to the area."
            )
            if worst and math.isfinite(worst[2]):
                sentence += f" By area the lie factor is {worst[2]:.3g}."
            yield MISLEADING, sentence, worst[2] if worst and math.isfinite(worst[2]) else None
            return
    points = [mark for mark in panel.marks if mark.kind == "point" and mark.width > 0 and mark.value > 0]
    if len(points) > 1 and _grow_with_value(points):
        small, large = min(points, key=lambda p: p.width), max(points, key=lambda p: p.width)
        factor = lie_factor((small.width**2, large.width**2), (small.value, large.value))
        sentence = (
            f"The diameter of the point for {name_of(large, panel)} is {say_times(large.width / small.width)} that for "
            f"{name_of(small, panel)}, so its area is {say_times((large.width / small.width) ** 2)} as large, while "
            f"the value is {say_times(large.value / small.value)} as large: a lie factor of {factor:.3g}. Let the "
            "area grow with the value."
        )
        yield MISLEADING, sentence, factor


def _comparable_bars(panel: Reading) -> Iterator[list[tuple[Mark, float]]]:
    """Group the marks whose widths must be equal: a series, or all where each category or series has one bar."""
    bins = panel.category_axis.kind not in ("category", "date")
    if bins and (panel.category_axis.kind == "log" or mentions(panel.value_axis.label, "density")):
        return  # a histogram of unequal bins is honest where areas, not lengths, show the counts
    by_series, pairs = defaultdict(list), list(_bars_with_values(panel))
    for bar, value in pairs:
        by_series[bar.series].append((bar, value))
    alone = len({bar.category for bar, _ in pairs}) == len(pairs)
    yield from [pairs] if alone or len(by_series) == len(pairs) else by_series.values()
    yield [(mark, mark.value) for mark in panel.marks if mark.kind == "picture"]


def _grow_with_value(points: Sequence[Mark]) -> bool:
    """Return whether diameters, and not areas, follow the values."""
    small, large = min(points, key=lambda p: p.value), max(points, key=lambda p: p.value)
    if large.value < SAME_WIDTH * small.value or large.width < SAME_WIDTH * small.width:
        return False
    return all(
        abs(point.width / small.width - point.value / small.value) <= 0.06 * point.value / small.value
        for point in points
    )


def find_two_scales(panels: tuple[Reading, ...], asked: Asked) -> Found:
    for panel in panels:
        other = panel.twin
        if other is None or not other.marks or not panel.marks:
            continue
        one, two = panel.value_axis, other.value_axis
        if (one.low, one.high, one.unit) == (two.low, two.high, two.unit):
            continue
        sentence = (
            f"Two value axes share one plot: {_say_limits(one)}, and {_say_limits(two)}. Other limits would "
            "show another match: draw two panels, or an index with one base."
        )
        yield MISLEADING, sentence, None


def _say_limits(axis: Scale) -> str:
    return f"{say_number(axis.low)} to {say_number(axis.high)} {axis.unit}".strip()
