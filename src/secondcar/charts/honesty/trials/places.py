"""Where in a chart a claim looks: at which labels of time, in which dimension, at which pair of values."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from secondcar.charts.honesty.scene import Cell, Dimension, Run, Scene, labels_at
from secondcar.charts.language.claims import Claim, Named
from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.periods import When

# Kinds of times that may be ranked.
_TIMES = ("at", "range", "latest")
# Times that the values tell: "down from its peak".
_EXTREMES = {"peak": max, "trough": min}


def cells_at_times(claim: Claim, scene: Scene, cells: Sequence[Cell]) -> list[Cell] | None:
    """Return the cells at the times of a claim, None where it speaks of times that are not shown."""
    found: list[Cell] = []
    told = [when for when in claim.when if when.period or when.kind in ("latest", "first")]
    for when in told:
        there = scene.at(when, cells)
        if there is None:
            return None
        found += [cell for cell in there if cell not in found]
    return found if told else list(cells)


def labels_of_time(when: When, along: Dimension) -> list[str]:
    """Return the labels of a dimension that a time means, in their order."""
    if when.kind in ("latest", "first"):
        return [along.labels[-1 if when.kind == "latest" else 0]]
    found = labels_at(when, along) if when.period else set()
    return [label for label in along.labels if label in found]


def spots_of(whens: Sequence[When], run: Run, kinds: Sequence[str] = ()) -> list[list[int]]:
    """Return for each time that names a period, or is of some kinds, its places in a run."""
    line = Dimension(0, run.labels, dict(zip(run.labels, run.periods, strict=True)))
    chosen = [when for when in whens if (when.kind in kinds if kinds else when.period or when.kind in _EXTREMES)]
    return [
        [run.values.index(_EXTREMES[when.kind](run.values))]
        if when.kind in _EXTREMES
        else [run.labels.index(label) for label in labels_of_time(when, line)]
        for when in chosen
    ]


def time_dimensions(claim: Claim, scene: Scene) -> list[Dimension]:
    """Return the times that a change may run along: those that its words tell apart, or all."""
    times = [dimension for dimension in scene.times if len(dimension.labels) > 1]
    years = [dimension for dimension in times if all(period.months == 12 for period in dimension.periods.values())]
    if len(years) == 1 < len(times) and any(when.kind == "previous" for when in (*claim.when, *claim.base_when)):
        return years  # "more than last year", in a chart of the months of two years
    for dimension in times:
        named = any(scene.dimension_of(label) is dimension for labels in claim.names for label in labels)
        whens = (*claim.when, *claim.base_when)
        if named or any(0 < len(labels_of_time(when, dimension)) < len(dimension.labels) for when in whens):
            return [dimension]
    return times


Subject = tuple[Dimension, set[str]]


def subject_of(claim: Claim, scene: Scene) -> Subject | None:
    """Return the dimension in which a claim tells one label from others, and that label: of a name, or of a time."""
    return next(iter(subjects_of(claim, scene)), None)


def subjects_of(claim: Claim, scene: Scene) -> list[Subject]:
    """Return what a claim may tell from others: "hottest in July" ranks July among months, or a city among cities."""
    said = {label for labels in claim.names for label in labels}
    places = [scene.dimension_of(label) for labels in claim.names for label in labels]
    named = [(d, said & set(d.labels)) for d in scene.dimensions if d in places and said - set(d.labels) != said]
    named = [(d, own) for d, own in named if len(d.labels) > 1 and (len(own) < len(d.labels) or len(named) == 1)]
    named.sort(key=lambda subject: places.index(subject[0]))
    timed = [
        (dimension, found)
        for dimension in scene.times
        if (found := {label for when in claim.when if when.kind in _TIMES for label in labels_of_time(when, dimension)})
        and len(found) < len(dimension.labels)
    ][:1]
    if timed and ("its own" in claim.flags or role_of(claim.noun, "span")):  # "June is the worst month for Esla"
        return timed
    sizes = {count.number for count in claim.quantifier.of("set")}
    meant = [(d, own) for d, own in named if len(d.labels) in sizes]  # "the most silver of the five nations"
    chosen = meant or (named if "any name" in claim.flags else named[:1])
    return [*chosen, *(timed if "any time" in claim.flags or not chosen else [])]


def places_of(names: Sequence[Named], scene: Scene) -> set[int]:
    """Return the places of the dimensions that some names belong to."""
    found = (scene.dimension_of(label) for labels in names for label in labels)
    return {dimension.place for dimension in found if dimension}


def slices(cells: Sequence[Cell], without: set[int]) -> list[list[Cell]]:
    """Return the cells apart by all labels but those of some dimensions."""
    groups: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        key = tuple(label for place, label in enumerate(cell.labels) if place not in without)
        groups.setdefault(key, []).append(cell)
    return list(groups.values())


def pairs_of(claim: Claim, run: Run) -> tuple[list[tuple[int, int]], bool]:
    """Return the places in a run that a claim compares, and whether its words tell which.

    Words that tell none mean the first and the last value, or the last step.
    """
    last = len(run.values) - 1
    from_first = [replace(when, period=run.periods[0]) if when.kind == "first" else when for when in claim.base_when]
    spots, bases = spots_of(claim.when, run), spots_of(from_first, run)
    if ago := next((when.months for when in (*claim.when, *claim.base_when) if when.kind == "ago"), 0.0):
        end = spots[0][-1] if spots and spots[0] else last
        begun = [place for place in range(end) if abs(_months_between(run, place, end) - ago) < 0.5]
        return [(place, end) for place in begun], True
    if any(not spot for spot in (*spots, *bases)):
        return [], True
    bases = [[place for spot in bases for place in spot]] if bases else []
    named = [run.labels.index(label) for labels in claim.names for label in labels if label in run.labels]
    kinds = {when.kind for when in (*claim.when, *claim.base_when)}
    if bases:
        # "Back above its 2019 level" speaks of the end, and so does "now".
        now = claim.flags & {"again", "reach", "steady"} or "latest" in kinds or claim.number is None
        subjects = (
            [spots[0][-1]] if spots else named[-1:] if named else [last] if now else range(bases[0][0] + 1, last + 1)
        )
        if len(bases[0]) > 1 and claim.number is None and len(list(subjects)) == 1:
            return [(base, subject) for base in bases[0] for subject in subjects if subject != base], True
        return [(bases[0][0], subject) for subject in subjects if subject != bases[0][0]], True
    if len(named) > 1:
        return [(named[0], named[-1])], True
    if len(spots) > 1:
        return [(spots[0][0], spots[-1][-1])], True
    if spots:
        kind = next(when.kind for when in claim.when if when.period)
        if claim.start and kind == "at":  # "from 9.2 to 6.4 in 2019"
            return [(first, spots[0][-1]) for first in range(spots[0][-1])], True
        year_before = any(when.kind == "previous" and when.months for when in (*claim.when, *claim.base_when))
        return _from_one_time(kind, spots[0], run, "yearly" in kinds or year_before), True
    spans = [when.months for when in claim.when if when.kind == "span"]
    if spans:
        return _spanning(run, spans[0]), True
    if kinds & {"yearly", "previous"}:
        before = _earlier(run, last, yearly=True)
        whole = "yearly" in kinds and _is_a_year(run)
        return [(0 if whole else before, last)], True
    return list(dict.fromkeys([(0, last), (last - 1, last)])), last == 1


def _from_one_time(kind: str, spots: Sequence[int], run: Run, yearly: bool) -> list[tuple[int, int]]:
    first, end, last = spots[0], spots[-1], len(run.values) - 1
    if kind == "since":
        return [(first, last)] if first < last else []
    if kind == "after":
        return [(max(0, first - 1), last)]
    if kind in ("until", "before"):
        return [(0, end)] if end else []
    if end > first:
        return [(first, end)]
    return [(_earlier(run, end, yearly), end)] if end else []


def _earlier(run: Run, place: int, yearly: bool) -> int:
    """Return the place before, or twelve months before where that is shown."""
    two = run.periods[place]
    for other in range(place) if yearly else ():
        one = run.periods[other]
        if (one.month, one.months) == (two.month, two.months) and one.year and two.year == one.year + 1:
            return other
    return place - 1


def _is_a_year(run: Run) -> bool:
    """Return whether a run goes through one year, so that "in a year" is all of it."""
    years = {period.year for period in run.periods}
    months = run.periods[-1].month or 1, run.periods[0].month or 1
    return len(years) == 1 and (sum(period.months or 0 for period in run.periods) >= 11 or months[0] - months[1] >= 10)


def windows(run: Run, months: float) -> list[tuple[int, int]]:
    """Return all pairs of places as far apart as a span is long."""
    places = combinations(range(len(run.periods)), 2)
    return [(first, last) for first, last in places if abs(_months_between(run, first, last) - months) < 0.5]


def _spanning(run: Run, months: float) -> list[tuple[int, int]]:
    """Return the pairs as far apart as "in five years" says; a span of as many periods as there are fits, too."""
    last = len(run.periods) - 1
    found = [pair for pair in windows(run, months) if pair[1] == last]
    if abs((run.periods[0].months or 0) * len(run.periods) - months) < 0.5:
        found.append((0, last))
    return found


def _months_between(run: Run, first: int, last: int) -> int:
    one, two = (12 * (run.periods[place].year or 0) + (run.periods[place].month or 1) for place in (first, last))
    return two - one
