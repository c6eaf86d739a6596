"""What a text says of rises, falls, standstills, ranks and relations, and whether the chart denies it."""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from secondcar.charts.honesty.facts import Facts, Run, is_named

NOT_STATED = re.compile(
    r"\b(?:not|no|never|without|hardly|instead|if|would|could|should|might|may|will|plan\w*|target\w*|goal\w*|"
    r"forecast\w*|expect\w*|claim\w*|sa(?:ys|id)|according|slow\w*|eas(?:e|es|ed|ing)|towards?|way\sto|by\s20\d\d)\b|n't\b|\?",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:rose|rises|risen|rising|grew|grows|grown|growing|increase[sd]|increasing|climb(?:s|ed|ing)|jump(?:s|ed)|"
    r"surge[sd]|soar(?:s|ed)|up(?=\s(?:by\s)?(?:[\d.]|an?\s)))\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fell|falls|fallen|falling|drop(?:s|ped|ping)|decline[sd]|declining|decrease[sd]|decreasing|shrank|shrinks|"
    r"shrinking|slump(?:s|ed)|plunge[sd]|plummet(?:s|ed)|collapse[sd]|down(?=\s(?:by\s)?(?:[\d.]|an?\s)))\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:stagnat\w+|unchanged|stood still|standstill|flat(?:lin\w+)?|stable|level(?:l?ed)? off|no change)\b",
    re.IGNORECASE,
)
# A change up to this is no change to speak of.
FLAT_WITHIN = 0.1
_CHANGES = r"(?!\s+(?:jump|change|rise|fall|drop|step|increase|decrease|growth|gain|loss)\b)"
_HIGHEST = re.compile(
    rf"\b(?:highest|largest|biggest|greatest|best[\s-]selling|record|the most|leads|in the lead)\b{_CHANGES}",
    re.IGNORECASE,
)
_LOWEST = re.compile(rf"\b(?:lowest|smallest|fewest|least(?<!at least))\b{_CHANGES}", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?P<more>more|higher|larger|bigger|greater)\b(?P<first>.+?)\bthan\b(?!\s[\d.])(?P<second>.+)|"
    r"\b(?:less|fewer|lower|smaller)\b(?P<fewer>.+?)\bthan\b(?!\s[\d.])(?P<other>.+)",
    re.IGNORECASE,
)
_THE_MORE = re.compile(
    r"\bthe (?:more|longer|larger|bigger|older|higher|heavier|further)\b[^,]*, the "
    r"(?:(?P<up>more|better|higher|larger|bigger|dearer|longer|faster)|"
    r"(?P<down>less|fewer|lower|worse|smaller|cheaper|shorter|slower))\b",
    re.IGNORECASE,
)
# Of fewer points a relation can be seen in any way one likes; a weaker one is none to speak of.
FEWEST_POINTS = 8
WEAKEST_RELATION = 0.2


def denied_directions(text: str, facts: Facts) -> Iterator[str]:
    """Give the words of a text for a rise, a fall or a rank that the chart denies."""
    if not NOT_STATED.search(_FLAT.sub("", text)):
        yield from _denied_direction(text, facts)
        yield from _denied_standstill(text, facts)
        yield from _denied_rank(text, facts)
        yield from _denied_relation(text, facts)


def _denied_direction(text: str, facts: Facts) -> Iterator[str]:
    up, down = _UP.search(text), _DOWN.search(text)
    if not facts.timed or bool(up) == bool(down):
        return
    runs = _spoken_of(text, facts)
    sign = 1 if up else -1
    labels = [category for category, _ in runs[0]] if runs else []
    compared = sum(is_named(label, labels, text) for label in labels) > 1
    if facts.base and not compared and all((value - facts.base) * sign > 0 for value in facts.values):
        return  # an index above 100 has risen since its base
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
            # Each part of a sentence may rank another: "highest on Friday, lowest on Monday".
            both = _HIGHEST.search(text) and _LOWEST.search(text)
            clause = next(part for part in re.split(r"[,;:]\s", text) if words.search(part)) if both else text
            checks = [_is_extreme(run, clause, choose) for run in runs] + [_is_extreme_series(clause, facts, choose)]
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


def _is_extreme_series(text: str, facts: Facts, choose: Callable) -> bool | None:
    """Say whether the one series that a text names is the highest (or lowest): somewhere, or "in both" or "in all"."""
    runs = {name: dict(run) for name, run in facts.runs if name}
    named = [name for name in runs if name.casefold() in text.casefold()]
    if len(named) != 1 or len(runs) < 2:
        return None
    own = runs[named[0]]
    wins = [value == choose(run[c] for run in runs.values() if c in run) for c, value in own.items()]
    everywhere = re.search(r"\b(?:both|all|each|every|always)\b", text, re.IGNORECASE)
    return all(wins) if everywhere else any(wins)


def _denied_relation(text: str, facts: Facts) -> Iterator[str]:
    found = _THE_MORE.search(text)
    if not found or len(facts.points) < FEWEST_POINTS:
        return
    if rank_correlation(facts.points) * (1 if found["up"] else -1) < WEAKEST_RELATION:
        yield found[0]


def rank_correlation(points: Sequence[tuple[float, float]]) -> float:
    """Return the correlation of the ranks of places and values, from -1 to 1 (Spearman 1904).

    >>> round(rank_correlation([(1, 10), (2, 30), (3, 20), (4, 40)]), 2)
    0.8
    """
    places, values = (np.argsort(np.argsort(side)) for side in zip(*points, strict=True))
    return float(np.corrcoef(places, values)[0, 1])
