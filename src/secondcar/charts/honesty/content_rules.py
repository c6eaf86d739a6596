"""Honesty rules for what a chart compares and says: like-for-like, unit, title-truth, forecast, source, order."""

import re
from collections.abc import Sequence
from itertools import combinations

from secondcar.charts.honesty.colours import DISTANCE, closest_pair
from secondcar.charts.honesty.facts import gather_facts, labels_of, periods_of, units_of, with_twins, words_of
from secondcar.charts.honesty.rules import (
    MISLEADING,
    UNCLEAR,
    Asked,
    Found,
    each_panel,
    name_of,
    notes_of,
    say_list,
    say_times,
)
from secondcar.charts.honesty.statements import denied, tell_change, without_bands
from secondcar.charts.language.number_words import CURRENCIES
from secondcar.charts.language.numbers import numbers_in, say_number
from secondcar.charts.language.periods import DAYS_IN_MONTH, MONTH_NAME, read_period
from secondcar.charts.language.wording import currencies_in, quantity, unit_in
from secondcar.charts.reading.records import Mark, Reading, category_text

# Fewer nominal bars than this can be compared in any order.
MANY_BARS = 5
# The share of pairs that may stand out of order before an order hides the comparison.
LOOSE_ORDER = 0.2
# Periods count as equally long up to this ratio: ten and eleven years may stand side by side.
SAME_LENGTH = 1.15

_PER_TIME = re.compile(
    r"\b(?:per|a|each|every) (?:month|year|day|week|quarter)\b|monthly|yearly average|average|annuali[sz]ed|mean\b|"
    r"%|per ?cent|share|index|rate\b|price|= ?100|end of|stock\b|as of"
)


@each_panel
def find_unlike_periods(panel: Reading, asked: Asked) -> Found:
    axis = panel.value_axis
    if _PER_TIME.search(f"{axis.label} {axis.unit} {' '.join(axis.ticks)}".casefold()):
        return
    for labels in (panel.categories, panel.series):
        lengths = {category_text(label): _length(label, panel.annotations) for label in labels}
        parts = [label for label, months in lengths.items() if months is None]
        lengths = {label: months for label, months in lengths.items() if months}
        if not lengths:
            continue
        short, long = min(lengths, key=lengths.get), max(lengths, key=lengths.get)
        if parts and lengths[long] >= 12:
            sentence = f'"{parts[0]}" is a part of a year, and stands beside "{long}", which is a whole one.'
            yield MISLEADING, sentence, None
        elif lengths[long] > SAME_LENGTH * lengths[short]:
            sentence = (
                f'"{short}" ({_months(lengths[short])}) stands beside "{long}" ({_months(lengths[long])}): compare the '
                "same months, or show values per month."
            )
            yield MISLEADING, sentence, lengths[long] / lengths[short]


def _length(label: str | float, notes: Sequence[str]) -> int | None:
    """Return the months a label covers; a note such as "2018: January-August" or "* 8 months" tells more of it."""
    period = read_period(label)
    if not period:
        return 0
    mark = r"\*" if category_text(label).endswith("*") else rf"{period.year}\s*[:=(]"
    for note in notes:
        told = read_period(note) if re.match(rf"\s*{mark}", note) else None
        if told and told.months:
            return told.months
    if period.months == 12:
        # "2017 January to June; 2018 and 2019 January to May"
        years = (
            rf"\b{period.year}(?:\s*(?:,|and|&)\s*(?:19|20)\d\d)*\s*[:,(]?\s+([^\W\d]+\s*(?:-|\u2013|to)\s*[^\W\d]+)"
        )
        found = (re.search(years, note) for note in notes)
        parts = (read_period(match[1]) for match in found if match)
        return next((part.months for part in parts if part and part.months), period.months)
    return period.months


def _months(count: float) -> str:
    if count < 1:
        return f"{round(count * DAYS_IN_MONTH)} days"
    return "1 month" if count == 1 else f"{count} months"


# Plural words that are measured in a unit, and not counted one by one.
_MEASURED = set(
    [
        "values",
        "units",
        "sales",
        "prices",
        "wages",
        "costs",
        "rates",
        "revenues",
        "emissions",
        "earnings",
        "imports",
        "exports",
        "profits",
        "results",
        "numbers",
        "amounts",
        "sizes",
        "series",
        "taxes",
        "incomes",
        "savings",
        "temperatures",
    ]
)
_IRREGULAR = {"people", "children", "women", "men", "persons"}


@each_panel
def find_missing_unit(panel: Reading, asked: Asked) -> Found:
    axis = panel.value_axis
    # Without an axis the title is the place that remains.
    unit = axis.unit or ("" if axis.ticks else unit_in(panel.title))
    if not unit and not _names_what_is_counted(axis.label):
        shown = f'only "{axis.label}"' if axis.label else "nothing"
        yield UNCLEAR, f"The value axis says {shown}: what is counted, and in which unit?", None
    elif asked.unit and asked.unit.casefold() not in f"{axis.unit} {axis.label}".casefold():
        yield (
            MISLEADING,
            f'The value axis says "{axis.label or axis.unit}", but the values are {asked.unit}.',
            None,
        )
    elif other := _denied_currency(panel):
        sentence = f"The value axis says {axis.unit}, but the words of the chart give the same numbers in {other}."
        yield MISLEADING, sentence, None
    elif (total := _counted_total(panel)) is not None:
        sentence = (
            f"The axis says percent, but the values add up to {say_number(total)}, and the words of the chart count as "
            "many: are these counts?"
        )
        yield MISLEADING, sentence, None
    elif factor := _denied_factor(panel):
        sentence = (
            f'By its axis ("{axis.label or axis.unit}") the chart shows {say_number(panel.marks[-1].value)}, '
            f"but its words give the same number {say_times(factor)} as large. Which unit is right?"
        )
        yield MISLEADING, sentence, factor


def _names_what_is_counted(label: str) -> bool:
    """Take a plural for a unit: "Pupils enrolled" needs no other, "Inflation" and "Prices" do."""
    words = set(re.findall(r"[^\W\d_]{3,}", label.casefold()))
    plurals = {word for word in words if word.endswith("s") and not word.endswith(("ss", "us", "is"))}
    return bool(plurals - _MEASURED or words & _IRREGULAR)


def _denied_currency(panel: Reading) -> str | None:
    """Return the other currency in which the chart's words give the values of its axis."""
    own = panel.value_axis.unit
    values = [mark.value for mark in panel.marks]
    for text in (panel.title, panel.alt, *panel.annotations):
        for number in numbers_in(text):
            named = currencies_in(number.text) | currencies_in(" ".join(number.after.split()[:2]))
            if own in CURRENCIES and number.scaled and any(map(number.allows, values)) and named and own not in named:
                return min(named)
    return None


def _counted_total(panel: Reading) -> float | None:
    """Return the sum of values in percent where it is no whole and the chart's words count it."""
    if panel.value_axis.unit != "%" or len(panel.series) > 1:
        return None
    total = sum(mark.value for mark in panel.marks)
    words = (number for text in (panel.title, panel.alt, *panel.annotations) for number in numbers_in(text))
    counted = any(n.value == total and not (n.percent or n.times or n.scaled) for n in words)
    return total if counted and abs(total - 100) > 2 else None


def _denied_factor(panel: Reading) -> float | None:
    """Find a power of 1000 between the numbers in the chart's words and the values by its axis."""
    values = [abs(mark.value) for mark in panel.marks if mark.value]
    labels = [stated.number for mark in panel.marks if (stated := quantity(mark.label)) and stated.factor != 1]
    words = []
    for text in (panel.title, panel.alt):
        numbers = [number for number in numbers_in(text) if not (number.percent or number.times)]
        # Within one text a word such as "billion" may stand once for several numbers.
        words += [number for number in numbers if number.scaled] or [number for number in numbers if number.grouped]
    for numbers in ({n: (0.99 * n, 1.01 * n) for n in labels}, {n.value: (n.low, n.high) for n in words}):
        # One number alone may fit by chance.
        if len(numbers) < 2 or any(low <= value <= high for low, high in numbers.values() for value in values):
            continue
        for factor in (1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9):
            if all(any(low <= value * factor <= high for value in values) for low, high in numbers.values()):
                return factor
    return None


def find_false_title(panels: tuple[Reading, ...], asked: Asked) -> Found:
    facts = gather_facts(panels)
    labels = labels_of(panels)
    # Numbers that are all off by one factor are a wrong unit, and the rule for units says so.
    any_scale = any(map(_denied_factor, panels))
    if any(panel.value_axis.misplaced for panel in with_twins(panels)):
        return  # nobody knows what such a chart shows
    for title in dict.fromkeys(panel.title for panel in panels):
        false = [
            words
            for words in denied(without_bands(title, labels), facts, units_of(panels), any_scale=any_scale)
            if not any(words in label for label in labels)
        ]
        if false:
            words = '" and "'.join(false)
            yield MISLEADING, f'The title says "{words}", but {tell_change(facts)}.', None


_PLAN = re.compile(
    r"\b(?:plan(?:s|ned)?|targets?|targeted|forecasts?|forecasted|expected|project(?:ed|ions?)|goals?|aims?|outlook|propos(?:al|als|ed)|"
    r"scenarios?|predict(?:ed|ions?)|to be made)\b|\b20\d\d\s?[ef]\b"
)


@each_panel
def find_plans_like_facts(panel: Reading, asked: Asked) -> Found:
    planned = [mark for mark in panel.marks if is_plan(mark, panel, asked)]
    with_plans = {mark.series for mark in planned}
    # A dashed line to a target begins at the last fact, which another line shows as a fact.
    elsewhere = {(mark.category, mark.value) for mark in panel.marks if mark.series not in with_plans}
    facts = [
        mark
        for mark in panel.marks
        if mark not in planned and not (mark.series in with_plans and (mark.category, mark.value) in elsewhere)
    ]
    one_colour_each = len({mark.colour for mark in facts}) > 1
    for plan in planned:
        for fact in facts:
            if _look_alike(plan, fact, one_colour_each):
                sentence = (
                    f'"{name_of(plan, panel)}" is a plan or a forecast, and is drawn like "{name_of(fact, panel)}", '
                    "which is a fact: set it apart by hatching, an outline or dashes, and say so."
                )
                yield MISLEADING, sentence, None
                return


# What is said to be over is a fact: "the target for 2020 was missed".
_SETTLED = r"\b(?:missed|reached|met|kept|failed|not|was|fell)\b"


def is_plan(mark: Mark, panel: Reading, asked: Asked) -> bool:
    texts = [category_text(mark.category).casefold(), mark.series.casefold()]
    if any(_PLAN.search(text) or _PLAN.search(_footnote_of(text, panel)) for text in texts):
        return True
    period = read_period(mark.category)
    if not period or not period.year:
        return False
    if asked.now and period.year > asked.now:
        return True
    if _is_planned_by_source(mark, period.year, panel):
        return True
    # The title alone may tell it: "output in 2019, and the target for 2020".
    others = " ".join([*map(category_text, panel.categories), *panel.series, *notes_of(panel)]).casefold()
    told = re.search(
        rf"(?:{_PLAN.pattern})\s+(?:for|of|in|by)\s+(?:the year\s+)?{period.year}\b(?!.*{_SETTLED})",
        panel.title.casefold(),
    )
    return bool(told) and not _PLAN.search(others)


def _is_planned_by_source(mark: Mark, year: int, panel: Reading) -> bool:
    """Say whether the source line tells of a year that it is planned: "Source: ...; 2019 to 2021 forecast".

    Texts within the plot name a line beside them, such as the target. A clause that gives the planned number speaks
    of this mark only if the mark shows that number; and where one category is called the plan of the year, another of
    that year is none.
    """
    others = [category_text(category) for category in panel.categories if category != mark.category]
    if any(_PLAN.search(text.casefold()) and str(year) in text for text in [*others, *panel.series]):
        return False
    for clause in re.split(r"[;,.()]\s+|[()]", panel.source.casefold()):
        if _PLAN.search(clause) and not re.search(_SETTLED, clause) and _covers(clause, year):
            numbers = list(numbers_in(clause))
            if not numbers or any(number.allows(mark.value) for number in numbers):
                return True
    return False


def _covers(clause: str, year: int) -> bool:
    """Say whether a clause names a year: by itself, within "2019 to 2021", or after "from 2021"."""
    clause = re.sub(rf"{MONTH_NAME}\s*20\d\d", "", clause)  # when it was published
    spans = re.findall(r"\b(20\d\d)\s*(?:to|-|\u2013)\s*(20\d\d)\b", clause)
    after = re.findall(r"\b(?:from|since|after)\s+(20\d\d)\b(?!\s*(?:to|-|\u2013))", clause)
    named = str(year) in re.findall(r"\b20\d\d\b", clause)
    return named or any(int(a) <= year <= int(b) for a, b in spans) or any(int(a) <= year for a in after)


def _footnote_of(label: str, panel: Reading) -> str:
    """Return the note that a sign at the end of a label points to: "2020*" to "* planned"; "" if none does."""
    sign = re.search(r"[*\u2020\u2021\u00b9\u00b2\u00b3]+$", label)
    if not sign:
        return ""
    notes = [*panel.annotations, panel.category_axis.label, panel.value_axis.label]
    found = (re.search(rf"(?<!\S){re.escape(sign[0])}\s*(\w.*)", note) for note in notes)
    return next((match[1].casefold() for match in found if match), "")


def _look_alike(plan: Mark, fact: Mark, colours_vary: bool) -> bool:
    if plan.kind != fact.kind or (plan.hatch, plan.linestyle) != (fact.hatch, fact.linestyle):
        return False
    if plan.kind != "line" and (plan.marker != fact.marker or plan.edge != fact.edge):
        return False
    closest = closest_pair([plan.colour, fact.colour])
    return (colours_vary and plan.series == fact.series) or closest[0] < DISTANCE


_NO_SOURCE = re.compile(
    r"\W*(?:the |from (?:the )?)?(?:internet|world wide web|web|net|online|google|social media|media|various|unknown|"
    r"me|myself|todo|tba|n/?a|x+|\?+)\W*",
    re.IGNORECASE,
)


def find_missing_source(panels: tuple[Reading, ...], asked: Asked) -> Found:
    sources = [source for panel in panels if (source := re.sub(r"^\W*sources?\W*", "", panel.source, flags=re.I))]
    if sources and all(map(_NO_SOURCE.fullmatch, sources)):
        yield UNCLEAR, f'"{sources[0]}" is no source: name who published the numbers, and when.', None
    told = bool(sources)
    invented = any(re.search(r"\binvented|made[\s-]up|fictional|fictitious", words_of(panel)) for panel in panels)
    if not told and not invented:
        yield UNCLEAR, 'No line names the source. If the numbers are invented, write "invented".', None


# Texts that have an order of their own, without being numbers or periods.
_SCALES = (
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ("small", "medium", "large"),
    ("low", "medium", "high"),
    ("weak", "medium", "good"),
    ("poor", "fair", "good"),
    ("first", "second", "third", "fourth", "fifth", "sixth"),
)
_RANKING = re.compile(
    r"\brank|\bmost\b|\bleast\b|\b(?:high|low|large|small|bigg|few|b|wor)est\b|\btop\b", re.IGNORECASE
)
_LAST = re.compile(r"^(?:others?|rest|total|all|unknown|none|sum)\b", re.IGNORECASE)


@each_panel
def find_hiding_order(panel: Reading, asked: Asked) -> Found:
    if {mark.kind for mark in panel.marks} == {"cell"}:
        return
    categories = [category for category in panel.categories if not _LAST.match(category_text(category))]
    periods = periods_of(categories)
    if periods:
        yield from _find_time_out_of_order(panel, categories, [period.order for period in periods])
        return
    bars = any(mark.kind == "bar" for mark in panel.marks)
    if not bars or len(categories) < MANY_BARS or not all(isinstance(category, str) for category in categories):
        return
    by_size = _share_out_of_order([_sum_at(category, panel) for category in categories])
    names = [category.casefold() for category in categories]
    by_name = names in (sorted(names), sorted(names, reverse=True)) and not _has_numbers(names)
    if by_size <= LOOSE_ORDER or (by_name and not _RANKING.search(panel.title)):
        return
    if _has_numbers(names):
        if _share_out_of_order([_place_of_band(name) for name in names]) > 0:
            yield (
                UNCLEAR,
                f"The sizes stand out of order: {say_list(categories)}. Put them from small to large.",
                by_size,
            )
        return
    for scale in _SCALES:
        if all(any(name.startswith(step) for step in scale) for name in names):
            return
    sentence = (
        f"{len(categories)} bars stand in no order that helps to compare them ({say_list(categories)}): "
        "sort them by their values."
    )
    yield UNCLEAR, sentence, by_size


def _find_time_out_of_order(panel: Reading, categories: list, order: list[tuple[int, int]]) -> Found:
    if order == sorted(order) or (panel.horizontal and order == sorted(order, reverse=True)):
        return
    # Months without a year may run over the turn of the year.
    if any(order[turn:] + order[:turn] == sorted(order) for turn in range(len(order))) and not any(order[0][:1]):
        return
    how = "runs backwards" if order == sorted(order, reverse=True) else "is out of order"
    way = "from top to bottom" if panel.horizontal else "from left to right"
    yield MISLEADING, f"Time {how}: {say_list(categories)}. Let it run {way}.", None


def _sum_at(category: str, panel: Reading) -> float:
    return sum(mark.value for mark in panel.marks if category_text(mark.category) == category)


def _share_out_of_order(values: Sequence) -> float:
    """Return the share of pairs that stand against the order, rising or falling, that fits best."""
    pairs = list(combinations(values, 2))
    falls, rises = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    return min(falls, rises) / max(1, len(pairs))


def helpful_order(panel: Reading) -> list[str]:
    """Return the categories in the order of time, of their own sizes, or of their values, largest first."""
    categories = [category_text(category) for category in panel.categories]
    if periods := periods_of(categories):
        order = {category: period.order for category, period in zip(categories, periods, strict=True)}
    elif _has_numbers(categories):
        order = {category: _place_of_band(category.casefold()) for category in categories}
    else:
        order = {category: -_sum_at(category, panel) for category in categories}
    return sorted(categories, key=order.get)


def _has_numbers(names: Sequence[str]) -> bool:
    return all(re.search(r"\d", name) for name in names)


def _place_of_band(name: str) -> tuple[float, int]:
    """Return where a band of numbers stands: "up to 3.5" before "3.5-5", "over 15" after "10-15"."""
    number = float(re.search(r"\d+(?:\.\d+)?", name.replace(",", ""))[0])
    below = re.search(r"up to|under|below|less|<|until", name)
    above = re.search(r"over|above|more|>|\+|and up", name)
    return number, -1 if below else 1 if above else 0
