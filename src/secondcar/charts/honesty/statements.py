"""What a title or an alt text states about a chart, and whether the chart denies it.

A statement that is not understood is never denied: questions, quoted speech, plans and negations are passed over.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from secondcar.charts.honesty.directions import (
    FEWEST_POINTS,
    NOT_STATED,
    denied_directions,
    rank_correlation,
)
from secondcar.charts.honesty.facts import Facts, Run
from secondcar.charts.language.number_words import COUNT_WORDS, FRACTION_WORDS
from secondcar.charts.language.numbers import Number, numbers_in, say_number
from secondcar.charts.language.periods import read_period
from secondcar.charts.language.wording import currencies_in

# Beyond so many marks every percentage is true of some pair, and trying them all takes long.
MOST_PAIRED = 60
# More series than this make no sentence.
MOST_TOLD = 3

_SCALES = (1.0, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)
# "raised three times in ten years" counts how often, not how much.
_OFTEN = r"(?:in|a|an|per|since|over|within|during|between)\b"
_MULTIPLES = (
    (re.compile(r"\b(?:doubled|doubles|twice\s+as)\b", re.IGNORECASE), 2.0),
    (re.compile(r"\b(?:tripled|triples|trebled)\b", re.IGNORECASE), 3.0),
    (re.compile(r"\b(?:quadrupled|quadruples)\b", re.IGNORECASE), 4.0),
    (
        re.compile(
            r"\b(?:halved|(?<!first\s)(?<!second\s)(?<!both\s)halves(?!\sof)|half\s+as)\b(?!.*\bagain\b)", re.IGNORECASE
        ),
        0.5,
    ),
    (re.compile(r"\bhalf\s+as\s.*\bagain\b", re.IGNORECASE), 1.5),
    *(
        (re.compile(rf"\b{word}(?:-?fold|\s+times(?:\s+as)?)\b(?!\s+(?:more|higher|{_OFTEN}))", re.I), float(count))
        for count, word in enumerate(COUNT_WORDS[1:10], start=2)
    ),
)
_BY_A_FRACTION = re.compile(
    rf"\b(?:up|down|by)\s+(?:by\s+)?(?:about\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?"
    rf"(?P<count>an?|one|two|three|four)?\s*(?P<part>{'|'.join(FRACTION_WORDS)})s?\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    r"(?:\bby|\bup|\bdown|\+|-|\u2212|\b(?:rose|rises|rise|risen|grew|grows|grown|growth|increased?|fell|falls?|fallen|"
    r"dropped|drop|declined?|decreased?|gain\w*)(?:\sof)?)\s*(?:about|nearly|almost|over|more than)?\s*$",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(r"^\s*(?:more|higher|less|fewer|lower|above|below|up|down|growth|increase|rise)\b", re.I)
_LEVEL_BEFORE = re.compile(r"\bto\s*(?:about|nearly|almost|over|more than)?\s*$", re.IGNORECASE)
_LEVEL_AFTER = re.compile(r"^\s*of\b", re.IGNORECASE)
# Of a rate of change, such as inflation, everybody says "rose by two percent" for two points.
_RATE = re.compile(r"inflation|growth|rate|change|interest|a year|per year")
# A line that marks a limit or another figure stands beside the values, and is none of them.
_AT_A_LINE = re.compile(r"\bline\s+(?:(?:at|of|for|from|marks?|shows?)\s+)?(?:the\s+)?$", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\b(?:total|together|altogether|combined|sum|since|so far|in all)\b", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?:every (?P<nth>second|third|fourth|fifth|tenth)\b|"
    rf"(?P<count>{'|'.join(COUNT_WORDS[:9])}) (?:in|out of) (?P<whole>{'|'.join(COUNT_WORDS[:10])})\b)",
    re.IGNORECASE,
)
_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}
_HEDGED = re.compile(r"\b(?:more|less|fewer|better) than\s*$|\b(?:over|under|nearly|almost)\s*$", re.IGNORECASE)
# Words after a number that are no unit of another kind.
_NO_UNIT_NEXT = re.compile(
    r"^\W*(?:$|(?:in|and|or|to|from|by|for|were|was|is|are|a|per|on|at|up|down|than|as|with|while|but|made|sold|"
    r"built|produced|assembled|against|after|before|of)\b)|^\s*[.,;:()]",
    re.IGNORECASE,
)


def without_bands(text: str, labels: Iterable[str]) -> str:
    """Leave out of a text the bands of numbers that name categories: they claim no values.

    >>> without_bands("Cars of 5 to 7 million tenge sold best", ["3.5-5m KZT", "5-7m KZT"])
    'Cars of  million tenge sold best'
    """
    for label in labels:
        numbers = [rf"(?<![\w.,]){re.escape(n)}(?![\w,]|\.\d)" for n in re.findall(r"\d+(?:[.,]\d+)*", label)]
        if len(numbers) == 2 and not read_period(label):
            text = re.sub(rf"{numbers[0]}\D{{1,12}}?{numbers[1]}", "", text)
        elif len(numbers) == 1 and _OPEN_BAND.search(label):
            text = re.sub(rf"(?:{_OPEN_BAND.pattern})\s+{numbers[0]}", "", text, flags=re.IGNORECASE)
    return text


_OPEN_BAND = re.compile(
    r"up to|under|below|less than|at most|until|over|above|more than|at least|from|<|>|\+|and (?:more|up|less)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Pairs:
    """Ratios of a later to an earlier value, or of any two where there is no order of time."""

    ratios: tuple[float, ...]
    both_ways: tuple[float, ...]


def denied(text: str, facts: Facts, unit: str, *, any_scale: bool = False) -> Iterator[str]:
    """Give the words of a text that the chart denies, as far as they are understood.

    Args:
        text: a title, or one sentence.
        facts: what the chart shows.
        unit: the words of the value axis.
        any_scale: "75" may stand for 75 billion, and the other way round: whether it does is no matter here.
    """
    # What people would do is a share of those who were asked.
    if not facts.values or NOT_STATED.search(re.sub(r"\bwould\b", "", text)):
        return
    if len(facts.values) <= 4 * MOST_PAIRED:
        pairs = _pairs(facts)
        for number in numbers_in(text):
            if not _is_true(number, facts, pairs, unit, _SCALES if any_scale else (1.0,)):
                yield number.text
        for words, multiple in _MULTIPLES:
            if (found := words.search(text)) and not _is_multiple(text, found, multiple, pairs):
                yield found[0]
        if (found := _BY_A_FRACTION.search(text)) and not _is_change(found, pairs):
            yield found[0]
        for found in _PART.finditer(text):
            if _is_in_percent(unit) and not _is_part(found, text, facts):
                yield found[0]
    yield from denied_directions(text, facts)


def misplaced_numbers(text: str, facts: Facts) -> Iterator[str]:
    """Give the series or categories that a text gives the numbers of others.

    It speaks only where each name stands once in a sentence, and the numbers are true of the chart.

    >>> run = (("2017", 75.0), ("2018", 120.0))
    >>> list(misplaced_numbers("Output: 120 in 2017 and 75 in 2018.", Facts((75, 120), (("", run),), True)))
    ['2017', '2018']
    """
    series = {name: [value for _, value in run] for name, run in facts.runs if name}
    categories: dict[str, list[float]] = defaultdict(list)
    for category, value in (pair for _, run in facts.runs for pair in run):
        categories[category].append(value)
    for sentence in re.split(r"(?<=[.;])\s", text):
        for owners in (series, categories):
            yield from _misplaced_in(sentence, owners)


def _misplaced_in(sentence: str, owners: dict[str, list[float]]) -> Iterator[str]:
    found = {name: list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)) for name in owners}
    names = [match for matches in found.values() for match in matches]
    # A number within a name, as in "5-7m KZT", is no value.
    numbers = [
        number
        for number in numbers_in(sentence)
        if not any(name.start() <= len(number.before) < name.end() for name in names)
    ]
    if len(owners) < 2 or not numbers or any(len(matches) != 1 for matches in found.values()):
        return
    spots = sorted((matches[0].start(), name) for name, matches in found.items())
    numbers_first = len(numbers[0].before) < spots[0][0]
    groups: dict[str, list[Number]] = defaultdict(list)
    for number in numbers:
        spot = len(number.before)
        near = [name for place, name in (spots if numbers_first else spots[::-1]) if (place > spot) is numbers_first]
        groups[near[0] if near else ""].append(number)
    # Only where each name has as many numbers as the next is it clear which belong to which.
    if set(groups) != set(owners) or len({len(group) for group in groups.values()}) > 1:
        return
    for name, group in groups.items():
        for number in group:
            true_of = [owner for owner, values in owners.items() if _allows(number, values)]
            if true_of and name not in true_of and not (number.percent or number.times):
                yield name
                break


def _allows(number: Number, values: Iterable[float]) -> bool:
    return any(number.allows(value * scale) for value in values for scale in _SCALES)


def _pairs(facts: Facts) -> _Pairs:
    forward = [b / a for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2) if a]
    backward = [a / b for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2) if b]
    across = [x / y for group in facts.peers for a, b in combinations(group, 2) for x, y in ((a, b), (b, a)) if y]
    either = forward + backward + across
    return _Pairs(tuple(forward + across if facts.timed else either), tuple(either))


def _is_true(number: Number, facts: Facts, pairs: _Pairs, unit: str, scales: Iterable[float]) -> bool:
    if _AT_A_LINE.search(number.before) or _is_part_of(unit, number):
        return True
    if number.percent:
        return _is_true_percentage(number, facts, pairs, unit)
    if number.times:
        if re.match(rf"\s*{_OFTEN}", number.after):
            return True
        more = re.match(r"\s*(?:more|higher|greater|larger|faster)", number.after, re.IGNORECASE)
        return not pairs.ratios or any(
            number.allows(ratio) or (more and number.allows(ratio - 1)) for ratio in pairs.both_ways
        )
    if not _names_a_value(number, unit):
        return True
    # "exceeds 100,000" speaks of a value that is shown, and not of a sum that nobody drew.
    open_ended = math.isinf(number.high) and not _IN_TOTAL.search(number.before + number.after)
    shown = facts.values if open_ended else (*facts.values, *facts.totals, *_differences(facts))
    return any(number.allows(value * scale) for value in shown for scale in scales)


def _is_part_of(unit: str, number: Number) -> bool:
    """Say whether the axis itself names a number, as in "litres per 100 km" or "95 % interval"."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(f'{abs(number.value):g}')}(?![\d.,]*\d)", unit))


def _differences(facts: Facts) -> list[float]:
    return [b - a for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2)]


def _is_true_percentage(number: Number, facts: Facts, pairs: _Pairs, unit: str) -> bool:
    changes_told = _CHANGE_BEFORE.search(number.before) or _CHANGE_AFTER.match(number.after)
    if _is_in_percent(unit):
        levels = (*facts.values, *facts.totals)
        # From 49 % to 59 % are ten points, and not ten percent more.
        points = [] if changes_told and not _RATE.search(unit) else _differences(facts)
        if any(number.allows(value) or number.allows(100 * value) for value in (*levels, *points)):
            return True
    if facts.base and any(number.allows(value - facts.base) for value in facts.values):
        return True
    levels = [100 * ratio for ratio in (*pairs.both_ways, *facts.shares)]
    if not pairs.ratios:
        return len(facts.values) < 2 or any(map(number.allows, levels))
    changes = [100 * (ratio - 1) for ratio in pairs.ratios]
    if _CHANGE_AFTER.match(number.after):
        # "37.5 % below" may look back from the later to the earlier value.
        return any(number.allows(100 * (ratio - 1)) for ratio in pairs.both_ways)
    if changes_told:
        return any(map(number.allows, changes))
    if _LEVEL_BEFORE.search(number.before) or _LEVEL_AFTER.match(number.after):
        any_two = (100 * a / b for a, b in permutations(facts.values, 2) if b)
        return any(map(number.allows, levels)) or any(map(number.allows, any_two))
    return not _is_in_percent(unit) or any(map(number.allows, changes + levels))


def _is_in_percent(unit: str) -> bool:
    return "%" in unit or "cent" in unit or "share" in unit


def _names_a_value(number: Number, unit: str) -> bool:
    """Say whether a bare number speaks of the value axis, and not of something else that is counted."""
    following = re.match(r"\W*(?:[^\W\d_]+\s?){0,2}", number.after)[0]
    currencies = currencies_in(unit)
    if currencies_in(following) - currencies:
        return False  # the same in another currency
    near = re.findall(r"[^\W\d_]+", number.before)[-1:] + re.findall(r"[^\W\d_]+", number.after)[:1]
    near += re.findall(r"[^\W\d_]{3,}", number.text)
    stems = {word[:4] for word in re.findall(r"[^\W\d_]{3,}", unit.casefold())}
    named = {word.casefold()[:4] for word in near if word.casefold() not in ("year", "made", "the", "and")}
    if stems & named or currencies & currencies_in(" ".join(near)):
        return True
    return (number.scaled or number.grouped) and bool(_NO_UNIT_NEXT.match(number.after))


def _is_part(found: re.Match, text: str, facts: Facts) -> bool:
    """Say whether "every second" or "three in four" is a share that the chart shows, or may be one."""
    if _HEDGED.search(text[: found.start()]):
        return True
    if found["nth"]:
        part = 1 / _NTH[found["nth"].lower()]
    else:
        part = (COUNT_WORDS.index(found["count"].lower()) + 1) / (COUNT_WORDS.index(found["whole"].lower()) + 1)
    shown = [*facts.shares, *facts.values, *(value / 100 for value in facts.values)]
    return any(0.9 * part <= abs(value) <= 1.1 * part for value in shown)


def _is_multiple(text: str, found: re.Match, multiple: float, pairs: _Pairs) -> bool:
    hedge = text[: found.start()].split()[-2:]
    least, most = 0.9 * multiple, 1.1 * multiple
    if hedge[-1:] and hedge[-1].lower() in ("nearly", "almost"):
        least = 0.8 * multiple
    if [word.lower() for word in hedge] == ["more", "than"]:
        least, most = (multiple, float("inf")) if multiple > 1 else (0, multiple)
    return not pairs.ratios or any(least <= ratio <= most for ratio in pairs.ratios)


def _is_change(found: re.Match, pairs: _Pairs) -> bool:
    count = ["a", "an", "one", "two", "three", "four"].index((found["count"] or "a").lower())
    change = max(1, count - 1) * FRACTION_WORDS[found["part"].lower()]
    return not pairs.ratios or any(0.85 * change <= abs(ratio - 1) <= 1.15 * change for ratio in pairs.ratios)


def tell_change(facts: Facts) -> str:
    """Tell what the chart shows from its first to its last value, as the answer to a denied statement.

    Without time it tells the largest and the smallest, of several series each one, and of scattered points how they go
    together.

    >>> tell_change(Facts((75, 120), (("", (("2017", 75.0), ("2018", 120.0))),), True))
    'the chart shows 75 in 2017 and 120 in 2018: 1.6 times as much'
    >>> tell_change(Facts((486, 153), (("", (("trucks", 486.0), ("buses", 153.0))),), False))
    'the chart shows at most 486 (trucks) and at least 153 (buses)'
    """
    if len(facts.points) >= FEWEST_POINTS:
        relation = rank_correlation(facts.points)
        return (
            f"the chart shows {len(facts.points)} points with a rank correlation of {relation:.2f} (1 at most, 0 none)"
        )
    runs = [(name, run) for name, run in facts.runs if len(run) > 1]
    named = [(name, run) for name, run in runs if name]
    if 1 < len(named) <= MOST_TOLD:
        return "the chart shows " + "; ".join(f"for {name} {_tell_run(run, facts.timed)}" for name, run in named)
    if runs:
        return f"the chart shows {_tell_run(runs[-1][1], facts.timed)}"
    return "the chart shows " + ", ".join(say_number(value) for value in facts.values[:1])


def _tell_run(run: Run, timed: bool) -> str:
    if not timed:
        ranked = sorted(run, key=lambda pair: pair[1])
        (smallest, low), (largest, high) = ranked[0], ranked[-1]
        return f"at most {say_number(high)} ({largest}) and at least {say_number(low)} ({smallest})"
    (first, start), (last, end) = run[0], run[-1]
    times = f": {end / start:.3g} times as much" if start > 0 and end > 0 else ""
    return f"{say_number(start)} in {first} and {say_number(end)} in {last}{times}"
