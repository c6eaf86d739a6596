"""The rule order: time runs one way and in even steps, sizes have an order; of other orders it only asks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, pairwise
from typing import TypeVar

import numpy as np

from secondcar.charts.honesty.facts import periods_of
from secondcar.charts.honesty.rules import MISLEADING, UNCLEAR, Asked, Found, each_panel, say_categories
from secondcar.charts.language.lexicon import values_of, words_for
from secondcar.charts.language.numbers import number_at
from secondcar.charts.language.periods import Period
from secondcar.charts.language.tokens import spoken, tokens_of
from secondcar.charts.reading.records import Reading, category_text
from secondcar.counting import counted

# Fewer nominal bars than this can be compared in any order.
MANY_BARS = 5
# The share of pairs that may stand out of order before an order hides the comparison.
LOOSE_ORDER = 0.2
# Months have 28 to 31 days; steps that differ by more are not even.
EVEN_STEPS = 1.2
_LAST = ("other", "others", "rest", "total", "all", "unknown", "none", "sum")


@each_panel
def find_hiding_order(panel: Reading, asked: Asked) -> Found:
    if {mark.kind for mark in panel.marks} == {"cell"}:
        return
    categories = _ordered(panel)
    periods = periods_of(categories)
    if periods:
        yield from _find_time_out_of_order(panel, categories, periods)
        yield from _find_uneven_steps(panel, categories, periods)
    elif _are_nominal_bars(panel, categories) and _have_numbers(categories):
        places = [_place_of_band(str(category)) for category in categories]
        if _share_out_of_size(panel, categories) > LOOSE_ORDER and (loose := _share_out_of_order(places)) > 0:
            sentence = f"The sizes stand out of order: {say_categories(categories)}. Put them from small to large."
            yield UNCLEAR, sentence, loose


def questions_of_order(panels: Sequence[Reading]) -> Iterator[str]:
    """Ask of bars that stand neither by their values nor in an order of their own whether another would help."""
    for panel in panels:
        categories = _ordered(panel)
        if not _are_nominal_bars(panel, categories) or periods_of(categories) or _have_numbers(categories):
            continue
        names = [str(category).casefold() for category in categories]
        if _share_out_of_size(panel, categories) > LOOSE_ORDER and not _is_scale(names):
            yield (
                f"{counted(len(categories), 'bar stands', 'bars stand')} in another order than that of their values "
                f"({say_categories(categories)}). Would a reader compare them more easily if they were sorted?"
            )


def _ordered(panel: Reading) -> list[str | float]:
    """Return the categories that have an order: what is left over stands last anyway."""
    return [c for c in panel.categories if not isinstance(c, str) or _first_word(c) not in _LAST]


def _first_word(text: str) -> str:
    return spoken(tokens_of(text)).partition(" ")[0]


def _are_nominal_bars(panel: Reading, categories: Sequence[str | float]) -> bool:
    bars = any(mark.kind == "bar" for mark in panel.marks)
    return bars and len(categories) >= MANY_BARS and all(isinstance(category, str) for category in categories)


def _is_scale(names: Sequence[str]) -> bool:
    """Return whether names are steps of a scale that everybody knows, such as the days of a week."""
    words = [f" {spoken(tokens_of(name))} " for name in names]
    for scale in values_of("order"):
        steps = words_for("order", scale)
        spots = [next((n for n, step in enumerate(steps) if f" {step} " in name), None) for name in words]
        found = [spot for spot in spots if spot is not None]
        if len(found) == len(spots) and found in (sorted(found), sorted(found, reverse=True)):
            return True
    return False


def _find_time_out_of_order(panel: Reading, categories: Sequence[str | float], periods: Sequence[Period]) -> Found:
    order = [period.order for period in periods]
    ways = (False, True) if panel.horizontal else (False,)
    if any(order == sorted(order, reverse=way) for way in ways):
        return
    # Half years and then whole years: what is equally long has an order, and overlaps the rest.
    blocks = [[period.order for period in block] for _, block in groupby(periods, key=lambda period: period.months)]
    apart = len({period.months for period in periods}) == len(blocks) and 1 < len(blocks) < len(periods)
    if apart and any(all(block == sorted(block, reverse=way) for block in blocks) for way in ways):
        return
    # Months without a year may run over the turn of the year.
    if any(order[turn:] + order[:turn] == sorted(order) for turn in range(len(order))) and not any(order[0][:1]):
        return
    how = "runs backwards" if order == sorted(order, reverse=True) else "is out of order"
    way = "from top to bottom" if panel.horizontal else "from left to right"
    yield MISLEADING, f"Time {how}: {say_categories(categories)}. Let it run {way}.", None


def _find_uneven_steps(panel: Reading, categories: Sequence[str | float], periods: Sequence[Period]) -> Found:
    """Find times that stand at even steps and are not evenly apart: a slope then says something else than it seems."""
    if len(periods) < 3 or len(panel.places) != len(panel.categories) or not any(m.kind == "line" for m in panel.marks):
        return
    spots = dict(zip(panel.categories, panel.places, strict=True))
    drawn = [abs(spots[b] - spots[a]) for a, b in pairwise(categories)]
    if min(drawn) <= 0:
        return
    paces = [gap / step for gap, step in zip(_days_between(periods), drawn, strict=True)]
    working = [gap / step for gap, step in zip(_working_days_between(periods), drawn, strict=True)]
    if min(paces) <= 0 or (min(working) > 0 and max(working) <= EVEN_STEPS * min(working)):
        return  # exchanges are closed on weekends: their days may stand at even steps
    if max(paces) > EVEN_STEPS * min(paces):
        widest, closest = paces.index(max(paces)), paces.index(min(paces))
        sentence = (
            f"From {category_text(categories[widest])} to {category_text(categories[widest + 1])} is longer than from "
            f"{category_text(categories[closest])} to {category_text(categories[closest + 1])}, and is drawn as wide: "
            "put the times where they belong, as numbers or dates, not as labels."
        )
        yield MISLEADING, sentence, max(paces) / min(paces)


def _dates(periods: Sequence[Period]) -> list[np.datetime64]:
    months = [np.datetime64(f"{period.year or 2001:04}-01", "M") + (period.month or 1) - 1 for period in periods]
    return [month.astype("M8[D]") + (period.day or 1) - 1 for month, period in zip(months, periods, strict=True)]


def _days_between(periods: Sequence[Period]) -> list[int]:
    return [int((later - date).astype(int)) for date, later in pairwise(_dates(periods))]


def _working_days_between(periods: Sequence[Period]) -> list[int]:
    """Return the working days from each to the next; 0 where one is not a working day, or not a day at all."""
    dates = _dates(periods)
    if not all(period.year and period.day and np.is_busday(date) for period, date in zip(periods, dates, strict=True)):
        return [0] * (len(dates) - 1)
    return [int(np.busday_count(date, later)) for date, later in pairwise(dates)]


def _sums(panel: Reading) -> dict[str, float]:
    """Return the sum of the values at each category."""
    sums: dict[str, float] = defaultdict(float)
    for mark in panel.marks:
        sums[category_text(mark.category)] += mark.value
    return sums


def _share_out_of_size(panel: Reading, categories: Sequence[str | float]) -> float:
    sums = _sums(panel)
    return _share_out_of_order([sums[str(category)] for category in categories])


# Numbers, or the places of bands: each sorts among its like.
V = TypeVar("V", float, tuple[float, int])


def _share_out_of_order(values: Sequence[V]) -> float:
    """Return the share of pairs that stand against the order, rising or falling, that fits best."""
    pairs = list(combinations(values, 2))
    falls, rises = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    return min(falls, rises) / max(1, len(pairs))


def helpful_order(panel: Reading) -> list[str]:
    """Return the categories in the order of time, of their own sizes, or of their values, largest first."""
    categories = [category_text(category) for category in panel.categories]
    if periods := periods_of(categories):
        times = {category: period.order for category, period in zip(categories, periods, strict=True)}
        return sorted(categories, key=lambda category: times[category])
    if _have_numbers(categories):
        return sorted(categories, key=_place_of_band)
    sums = _sums(panel)
    return sorted(categories, key=lambda category: -sums[category])


def _have_numbers(names: Sequence[str | float]) -> bool:
    return all(any(map(str.isdigit, str(name))) for name in names)


def _place_of_band(name: str) -> tuple[float, int]:
    """Return where a band of numbers stands: "up to 3.5" before "3.5-5", "over 15" after "10-15".

    >>> _place_of_band("up to 3.5") < _place_of_band("3.5-5") < _place_of_band("over 15")
    True
    """
    tokens = tokens_of(name)
    hours = [token.word for token in tokens if token.word in ("am", "pm")]
    for place in range(len(tokens)):
        if number := number_at(tokens, place):
            if hours:
                return number.value % 12 + 12 * (hours[0] == "pm"), 0
            above = number.hedge in ("over", "at-least") or any(token.word == "+" for token in tokens)
            below = number.hedge in ("under", "at-most") or (place > 0 and tokens[place - 1].word == "<")
            return number.value, 1 if above or (place and tokens[place - 1].word == ">") else -1 if below else 0
    digits = "".join(filter(str.isdigit, name))
    return float(digits or 0), 0
