"""What a title or an alt text states about a chart, and whether the chart denies it.

A statement that is not understood is never denied: questions, quoted speech, plans and negations are passed over.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from secondcar.charts.honesty.facts import Facts, Run, is_named
from secondcar.charts.honesty.periods import read_period
from secondcar.charts.number_words import COUNT_WORDS, CURRENCIES, FRACTION_WORDS
from secondcar.charts.numbers import Number, numbers_in, say_number

# Beyond so many marks every percentage is true of some pair, and trying them all takes long.
MOST_PAIRED = 60

_NOT_STATED = re.compile(
    r"\b(?:not|no|never|without|hardly|instead|if|would|could|should|might|may|will|plan\w*|target\w*|goal\w*|"
    r"forecast\w*|expect\w*|claim\w*|sa(?:ys|id)|according|slow\w*|eas(?:e|es|ed|ing)|towards?|way\sto|by\s20\d\d)\b|n't\b|\?",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:rose|rises|risen|grew|grows|grown|increase[sd]|climb(?:s|ed)|jump(?:s|ed)|surge[sd]|soar(?:s|ed)|"
    r"up(?=\s(?:by\s)?(?:[\d.]|an?\s)))\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fell|falls|fallen|drop(?:s|ped)|decline[sd]|decrease[sd]|shrank|shrinks|slump(?:s|ed)|plunge[sd]|"
    r"plummet(?:s|ed)|collapse[sd]|down(?=\s(?:by\s)?(?:[\d.]|an?\s)))\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:stagnat\w+|unchanged|stood still|standstill|flat(?:lin\w+)?|stable|level(?:l?ed)? off|no change)\b",
    re.IGNORECASE,
)
_CURRENCY_WORDS = {
    code: re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE) for code, words in CURRENCIES.items()
}
_SCALES = (1.0, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)
# A change up to this is no change to speak of.
FLAT_WITHIN = 0.1
_MULTIPLES = (
    (re.compile(r"\b(?:doubled|doubles|twice\s+as)\b", re.IGNORECASE), 2.0),
    (re.compile(r"\b(?:tripled|triples|trebled)\b", re.IGNORECASE), 3.0),
    (re.compile(r"\b(?:quadrupled|quadruples)\b", re.IGNORECASE), 4.0),
    (re.compile(r"\b(?:halved|(?<!first\s)(?<!second\s)(?<!both\s)halves(?!\sof)|half\s+as)\b", re.IGNORECASE), 0.5),
    *(
        (re.compile(rf"\b{word}(?:-?fold|\s+times(?:\s+as)?)\b(?!\s+(?:more|higher))", re.IGNORECASE), float(count))
        for count, word in enumerate(COUNT_WORDS[1:10], start=2)
    ),
)
_BY_A_FRACTION = re.compile(
    rf"\b(?:up|down|by)\s+(?:by\s+)?(?:about\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?"
    rf"(?P<count>an?|one|two|three|four)?\s*(?P<part>{'|'.join(FRACTION_WORDS)})s?\b",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|largest|biggest|greatest|best[\s-]selling|record)\b",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|smallest|fewest|least(?<!at least))\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?P<more>more|higher|larger|bigger|greater)\b(?P<first>.+?)\bthan\b(?!\s[\d.])(?P<second>.+)|"
    r"\b(?:less|fewer|lower|smaller)\b(?P<fewer>.+?)\bthan\b(?!\s[\d.])(?P<other>.+)",
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
    if not facts.values or _NOT_STATED.search(text):
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
    yield from denied_directions(text, facts)


def denied_directions(text: str, facts: Facts) -> Iterator[str]:
    """Give the words of a text for a rise, a fall or a rank that the chart denies."""
    if not _NOT_STATED.search(_FLAT.sub("", text)):
        yield from _denied_direction(text, facts)
        yield from _denied_standstill(text, facts)
        yield from _denied_rank(text, facts)


def _pairs(facts: Facts) -> _Pairs:
    forward = [b / a for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2) if a]
    backward = [a / b for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2) if b]
    across = [x / y for group in facts.peers for a, b in combinations(group, 2) for x, y in ((a, b), (b, a)) if y]
    either = forward + backward + across
    return _Pairs(tuple(forward + across if facts.timed else either), tuple(either))


def _is_true(number: Number, facts: Facts, pairs: _Pairs, unit: str, scales: Iterable[float]) -> bool:
    if number.percent:
        return _is_true_percentage(number, facts, pairs, unit)
    if number.times:
        more = re.match(r"\s*(?:more|higher|greater|larger|faster)", number.after, re.IGNORECASE)
        return not pairs.ratios or any(
            number.allows(ratio) or (more and number.allows(ratio - 1)) for ratio in pairs.both_ways
        )
    if not _names_a_value(number, unit):
        return True
    differences = (b - a for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2))
    shown = (*facts.values, *differences)
    return any(number.allows(value * scale) for value in shown for scale in scales)


def _is_true_percentage(number: Number, facts: Facts, pairs: _Pairs, unit: str) -> bool:
    in_percent = "%" in unit or "cent" in unit or "share" in unit
    if in_percent:
        differences = (b - a for _, run in facts.runs for (_, a), (_, b) in combinations(run, 2))
        if any(number.allows(value) or number.allows(100 * value) for value in (*facts.values, *differences)):
            return True
    if not pairs.ratios:
        return True
    changes = [100 * (ratio - 1) for ratio in pairs.ratios]
    total = sum(value for _, run in facts.runs for _, value in run)
    levels = [100 * ratio for ratio in pairs.both_ways]
    levels += [100 * value / total for value in facts.values] if total else []
    if _CHANGE_AFTER.match(number.after):
        # "37.5 % below" may look back from the later to the earlier value.
        return any(number.allows(100 * (ratio - 1)) for ratio in pairs.both_ways)
    if _CHANGE_BEFORE.search(number.before):
        return any(map(number.allows, changes))
    if _LEVEL_BEFORE.search(number.before) or _LEVEL_AFTER.match(number.after):
        return any(map(number.allows, levels))
    return any(map(number.allows, changes + levels))


def _names_a_value(number: Number, unit: str) -> bool:
    """Say whether a bare number speaks of the value axis, and not of something else that is counted."""
    following = re.match(r"\W*(?:[^\W\d_]+\s?){0,2}", number.after)[0]
    currencies = _currencies_in(unit)
    if _currencies_in(following) - currencies:
        return False  # the same in another currency
    near = re.findall(r"[^\W\d_]+", number.before)[-1:] + re.findall(r"[^\W\d_]+", number.after)[:1]
    near += re.findall(r"[^\W\d_]{3,}", number.text)
    stems = {word[:4] for word in re.findall(r"[^\W\d_]{3,}", unit.casefold())}
    named = {word.casefold()[:4] for word in near if word.casefold() not in ("year", "made", "the", "and")}
    if stems & named or currencies & _currencies_in(" ".join(near)):
        return True
    return (number.scaled or number.grouped) and bool(_NO_UNIT_NEXT.match(number.after))


def _currencies_in(text: str) -> set[str]:
    return {code for code, words in _CURRENCY_WORDS.items() if words.search(text)}


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


def _denied_direction(text: str, facts: Facts) -> Iterator[str]:
    up, down = _UP.search(text), _DOWN.search(text)
    if not facts.timed or bool(up) == bool(down):
        return
    runs = _spoken_of(text, facts)
    sign = 1 if up else -1
    if runs and not any(_moves(run, sign, text) for run in runs):
        yield (up or down)[0]


def _denied_standstill(text: str, facts: Facts) -> Iterator[str]:
    found = _FLAT.search(text)
    if not found or not facts.timed or _UP.search(text) or _DOWN.search(text):
        return
    runs = _spoken_of(text, facts)
    if runs and not any(_is_flat([value for _, value in run]) for run in runs):
        yield found[0]


def _is_flat(values: list[float]) -> bool:
    """Say whether values end about where they began, or did so in their last step."""
    steps = [(values[0], values[-1]), (values[-2], values[-1])]
    return any(abs(after - before) <= FLAT_WITHIN * max(abs(after), abs(before)) for before, after in steps)


def _spoken_of(text: str, facts: Facts) -> list[Run]:
    """Return the runs of the series that a text names, or all."""
    runs = [(name, run) for name, run in facts.runs if len(run) > 1]
    named = [run for name, run in runs if name and name.casefold() in text.casefold()]
    return named or [run for _, run in runs]


def _moves(run: Run, sign: int, text: str) -> bool:
    """Say whether a run goes up (sign 1) or down (-1) from end to end, or at the period that the text names."""
    values = [value for _, value in run]
    steps = [values[-1] - values[0]]
    labels = [category for category, _ in run]
    named = [place for place, label in enumerate(labels) if is_named(label, labels, text)]
    if len(named) == 1 and named[0]:
        steps.append(values[named[0]] - values[named[0] - 1])
    if len(named) > 1:
        steps = [values[named[-1]] - values[named[0]]]
    return any(step * sign > 0 for step in steps)


def _denied_rank(text: str, facts: Facts) -> Iterator[str]:
    runs = [run for _, run in facts.runs if len(run) > 1]
    if not runs:
        return
    if found := _COMPARED.search(text):
        first, second = found["first"] or found["fewer"], found["second"] or found["other"]
        greater = bool(found["more"])
        checks = [_compare(run, first, second, greater) for run in runs]
        if any(check is not None for check in checks) and not any(checks):
            yield found[0]
        return
    for words, choose in ((_HIGHEST, max), (_LOWEST, min)):
        if (found := words.search(text)) and "since" not in text:
            checks = [_is_extreme(run, text, choose) for run in runs]
            if any(check is not None for check in checks) and not any(checks):
                yield found[0]


def _compare(run: Run, first: str, second: str, greater: bool) -> bool | None:
    """Say whether the category named first is greater (or smaller); None unless one is named on either side."""
    labels = [category for category, _ in run]
    left = [value for category, value in run if is_named(category, labels, first)]
    right = [value for category, value in run if is_named(category, labels, second)]
    if len(left) != 1 or len(right) != 1 or left == right:
        return None
    return (left[0] > right[0]) is greater


def _is_extreme(run: Run, text: str, choose: Callable) -> bool | None:
    labels = [category for category, _ in run]
    named = [value for category, value in run if is_named(category, labels, text)]
    if len(named) != 1:
        return None
    return named[0] == choose(value for _, value in run)


def tell_change(facts: Facts) -> str:
    """Tell what the chart shows from its first to its last value, as the answer to a denied statement.

    >>> tell_change(Facts((75, 120), (("", (("2017", 75.0), ("2018", 120.0))),), (), True))
    'the chart shows 75 in 2017 and 120 in 2018: 1.6 times as much'
    """
    runs = [run for _, run in facts.runs if len(run) > 1]
    if not runs:
        return "the chart shows " + ", ".join(say_number(value) for value in facts.values[:1])
    (first, start), (last, end) = runs[-1][0], runs[-1][-1]
    at = "in" if facts.timed else "at"
    shown = f"the chart shows {say_number(start)} {at} {first} and {say_number(end)} {at} {last}"
    return shown + (f": {end / start:.3g} times as much" if start > 0 and end > 0 else "")
