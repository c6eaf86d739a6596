"""Trials of levels and shares: 19,000 vehicles in 2018, every second car, 72 % of sales."""

import math
from collections.abc import Sequence
from dataclasses import replace

from secondcar.charts.honesty.scene import Cell, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every, some
from secondcar.charts.honesty.trials.comparing import try_comparison
from secondcar.charts.honesty.trials.numbers import is_open, says, speaks_of_values
from secondcar.charts.honesty.trials.places import cells_at_times, places_of, slices
from secondcar.charts.honesty.trials.spread import bins_of
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.numbers import PrintedNumber

# "Nearly all" is from the first on, and not below the second.
_NEARLY_ALL = (0.85, 0.75)


def try_level(claim: Claim, scene: Scene) -> Answer:
    """Try a value: at the names and times of the claim, or anywhere where it names none."""
    if "whole" in claim.flags:  # "58 of 82 billion"
        cells = cells_at_times(claim, scene, scene.cells) if scene.adds_up and claim.number else None
        return says(claim.number, sum(c.value for c in cells), claim, scene) or None if cells and claim.number else None
    answer = _try_level(claim, scene)
    if answer is False and (claim.bases or any(when.kind == "ago" for when in claim.when)):
        return None  # "saves four euros compared with Esla", "ten years on it is under 39 million"
    assert claim.number is not None
    bins = bins_of(scene) if answer is False else []
    if bins and min(bins)[0] <= claim.number.value <= max(end for _, end, _ in bins if end < math.inf):
        return None  # "the largest group scored between 60 and 70" names a place on the other axis
    return None if answer is False and not speaks_of_values(claim, claim.number, scene) else answer


def _try_level(claim: Claim, scene: Scene) -> Answer:
    number = claim.number
    assert number is not None
    if _counts_labels(claim, scene):
        return True
    cells = cells_at_times(claim, scene, scene.named(claim.names))
    if not cells or "others" in claim.flags:
        return None
    if ends := claim.flags & {"end 1", "end -1"}:  # "the winner took a third"
        pick = max if "end 1" in ends else min
        cells = [pick(cells, key=lambda cell: cell.value)]
        claim = replace(claim, names=tuple((label,) for label in cells[0].labels), flags=claim.flags - ends)
        return try_share(claim, scene) if number.kind in ("percent", "fraction") else _try_level(claim, scene)
    if "all" in claim.flags and (latest := _within_span(claim, cells, scene)):
        return every(says(number, cell.value, claim, scene) for cell in latest) or None
    if claim.flags & {"always", "all", "steady"} or any(when.kind in ("since", "after") for when in claim.when):
        return every(says(number, cell.value, claim, scene) for cell in cells)
    if "threshold" in claim.flags and not claim.when and scene.times:
        return _try_last(claim, number, cells, scene)
    if "together" in claim.flags and len(claim.names) > 1 and len(cells) == len(claim.names) and scene.has_parts:
        return says(number, sum(cell.value for cell in cells), claim, scene)
    spread = _spreads(claim, cells, scene)
    if spread and scene.adds_up and number.hedge in ("under", "at-most"):
        return says(number, sum(cell.value for cell in cells), claim, scene) or None  # "fewer than 1,500 in 2024"
    found = [says(number, value, claim, scene) for cell in cells for value in (cell.value, *cell.ends)]
    if (answer := _of_several(claim, number, found, spread)) is True:
        return True
    if any(_sums(claim, number, cells, scene)):
        return True
    if number.kind != "plain" and scene.in_percent and len(claim.names) > 1 and len(cells) > 1:
        return _in_percent(claim, scene) if "together" in claim.flags else None
    if answer is None:
        return None
    if number.kind in ("percent", "fraction") and not scene.in_percent:
        part = replace(claim, flags=claim.flags | {"of"})
        return try_share(part, scene) or None if claim.names or claim.when else None
    told = "own" in claim.flags or claim.names or claim.when
    if number.kind != "plain" and not claim.names and not scene.times:
        return None  # a share of something that has no name here
    return False if told or not any(says(number, value, claim, scene) for value in scene.values) else None


def _within_span(claim: Claim, cells: Sequence[Cell], scene: Scene) -> list[Cell]:
    """Return the cells of the last so many times: "in each of the past five seasons"; none where no span is told."""
    spans = [when.months for when in claim.when if when.kind == "span"]
    if len(spans) != 1 or len(scene.times) != 1:
        return []
    along = scene.times[0]
    count = spans[0] / (along.periods[along.labels[-1]].months or math.inf)
    latest = along.labels[-round(count) :] if 1 <= count <= len(along.labels) else ()
    return [cell for cell in cells if cell.labels[along.place] in latest]


def try_side(claim: Claim, scene: Scene) -> Answer:
    """Try "in surplus" and "in the red": on which side of zero values lie, all of them or none."""
    cells = cells_at_times(claim, scene, scene.named(claim.names))
    answers = [cell.value * claim.sign > 0 for cell in cells or ()]
    whole = claim.flags & {"all", "steady"} or any(when.kind in ("since", "after") for when in claim.when)
    return every(answers) if whole and answers else agreed(answers)


def _counts_labels(claim: Claim, scene: Scene) -> bool:
    """Return whether a number says how many things or times a chart shows: "bread prices in five cities"."""
    number = claim.number
    counts = number and number.kind == "plain" and not number.hedge and claim.noun and not (claim.names or claim.when)
    return number is not None and bool(counts) and any(len(d.labels) == number.value for d in scene.dimensions)


def _try_last(claim: Claim, number: PrintedNumber, cells: Sequence[Cell], scene: Scene) -> Answer:
    """A limit is passed or missed by the last value; if only an earlier one did, that may be meant."""
    ends = {dimension.place: dimension.labels[-1] for dimension in scene.times}
    last = [c for c in cells if all(c.labels[place] == label for place, label in ends.items())]
    answer = some(says(number, cell.value, claim, scene) for cell in last)
    if answer is not False:
        return answer
    passed = number.high > number.value and any(says(number, cell.value, claim, scene) for cell in cells)
    return None if passed else False


def _sums(claim: Claim, number: PrintedNumber, cells: Sequence[Cell], scene: Scene) -> list[Answer]:
    """Try a number as the sum of what is spoken of, of all or under any one label."""
    if not scene.adds_up or len(cells) < 2 or ("own" in claim.flags and "together" not in claim.flags):
        return []
    # "Tops a million in 2023", of which months are shown, speaks of their sum.
    summed = "together" in claim.flags or _spreads(claim, cells, scene)
    if number.hedge in ("over", "at-least", "under", "at-most") and not summed:
        return []
    total = sum(cell.value for cell in cells)
    sums = {total}
    for dimension in scene.dimensions:
        for label in {cell.labels[dimension.place] for cell in cells}:
            sums.add(sum(cell.value for cell in cells if cell.labels[dimension.place] == label))
    return [True for value in sums if says(number, value, claim, scene)]


def try_share(claim: Claim, scene: Scene) -> Answer:
    """Try a part of a whole."""
    if claim.number and claim.number.kind == "plain":
        return try_level(claim, scene)
    if claim.number and (claim.number.kind == "times" or (claim.number.kind == "percent" and claim.number.value > 100)):
        return None
    if scene.in_percent:
        counted = claim.quantifier.of("first") and not claim.names and not scene.is_relative
        return _of_unnamed(claim, scene.cells, scene) if counted else _in_percent(claim, scene)
    cells = cells_at_times(claim, scene, scene.cells)
    if cells is None or not scene.adds_up or min(scene.values, default=0.0) < 0:
        return None  # "for" and "against" on two sides of a line are not parts of their sum
    if claim.bases or claim.base_when:
        return try_comparison(replace(claim, role="compare", sign=0), scene)
    planned = tuple(named for named in claim.names if any(mentions(label, "plan-noun") for label in named))
    if len(claim.names) == 2 and len(planned) == 1 and "of" in claim.flags:  # "half of the homes planned were built"
        rest = tuple(named for named in claim.names if named not in planned)
        return try_comparison(replace(claim, role="compare", sign=0, names=rest, bases=planned), scene) or None
    owners = places_of(claim.names, scene)
    if not owners and "of" in claim.flags and any(when.period for when in claim.when):
        return _of_times(claim, cells, scene)
    if not owners:
        return _of_unnamed(claim, cells, scene)
    if len(owners) < len(claim.names) and "listed names" not in claim.flags:
        return None  # "8 % of the cars they made": one of two names may be the whole
    if "most" in claim.flags and claim.number is None and len(owners) > 1:  # "the EU buys most of the food"
        wholes = [(tuple(n for n in claim.names if places_of([n], scene) != {place}), place) for place in owners]
        return some(_most_or_first(claim, scene, scene.named(rest, cells), {place}) for rest, place in wholes) or None
    if "most" in claim.flags and claim.number is None:
        return _most_or_first(claim, scene, cells, owners)
    if len(owners) > 1 and "of" in claim.flags:  # "a third of all gold medals go to the South"
        wholes = [(tuple(n for n in claim.names if places_of([n], scene) != {place}), place) for place in owners]
        return some(_of_whole(claim, scene.named(rest, cells), {place}, scene) for rest, place in wholes) or None
    answer = _of_whole(claim, cells, owners, scene)
    return answer if scene.stacked else answer or None  # what stands side by side may overlap: asked of the same people


def _of_whole(claim: Claim, cells: Sequence[Cell], owners: set[int], scene: Scene) -> Answer:
    """Try the share of what a claim names in the sum of some cells."""
    parts = []
    for group in slices(cells, owners):
        whole = sum(cell.value for cell in group)
        if whole > 0:
            parts.append(sum(cell.value for cell in scene.named(claim.names, group)) / whole)
    return _fits_parts(claim, parts)


def _of_times(claim: Claim, cells: Sequence[Cell], scene: Scene) -> Answer:
    """Try the share of a time in the sum of all; of sums that grow, the part reached by then."""
    grown = mentions(scene.words, "cumulative")
    part, whole = ([cell.value for cell in each] for each in (cells, scene.cells))
    size = max(whole) if grown else sum(whole)
    if size <= 0 or not part:
        return None
    answer = _fits_parts(claim, [(max(part) if grown else sum(part)) / size])
    return answer or (answer if len(scene.dimensions) == 1 else None)


def _fits_parts(claim: Claim, parts: Sequence[float], spread: bool = False) -> Answer:
    number = claim.number
    if number is None:
        return agreed(_is_most(claim, part) for part in parts)
    fitting = [number.fits(100 * part if number.kind == "percent" else part) for part in parts]
    return _of_several(claim, number, fitting, spread)


def _most_or_first(claim: Claim, scene: Scene, cells: Sequence[Cell], owners: set[int]) -> Answer:
    """Try "most guests come from Brova": more than half, or, as people say it too, more than from anywhere else."""
    answers: list[Answer] = []
    for group in slices(cells, owners):
        own = sum(cell.value for cell in scene.named(claim.names, group))
        largest = max((cell.value for cell in group), default=0.0)
        answers.append(own > sum(cell.value for cell in group) / 2 or (None if own >= largest else False))
    return agreed(answers)


def _spreads(claim: Claim, cells: Sequence[Cell], scene: Scene) -> bool:
    """Return whether the times of a claim cover several of those shown: 2021 in a chart of months."""
    return bool(claim.when) and any(len({cell.labels[d.place] for cell in cells}) > 1 for d in scene.times)


def _of_several(claim: Claim, number: PrintedNumber, found: Sequence[Answer], spread: bool) -> Answer:
    """Put together what a number is to several values that it may be meant for."""
    if claim.flags & {"always", "all"}:
        return every(found)
    if (is_open(number) or spread) and True in found and False in found:
        return None  # "more than 90,000", which some are and some are not
    return some(found) if found else None


def _is_most(claim: Claim, part: float) -> Answer:
    if "nearly-all" in claim.flags:
        return part >= _NEARLY_ALL[0] or (None if part >= _NEARLY_ALL[1] else False)
    return part < 0.5 if "few" in claim.flags else part > 0.5


def _in_percent(claim: Claim, scene: Scene) -> Answer:
    cells = cells_at_times(claim, scene, scene.named(claim.names))
    if not cells or min(scene.values) < 0:
        return None
    counted = mentions(scene.words, claim.noun) and "placed" not in claim.flags  # "one new car in five was electric"
    if "is-name" in claim.flags and scene.is_relative and not counted:
        return None  # each share is one within its name, and the name is no part of anything
    whole = scene.whole
    owners = places_of(claim.names, scene)
    parts = [cell.value / whole for cell in cells]
    if len(owners) < len(claim.names) and "listed names" not in claim.flags:
        return None  # "those who stay away find it too expensive": two labels share words with it
    several = {place for place in owners if len({cell.labels[place] for cell in cells}) > 1}
    apart = "all" in claim.flags  # "gas and solar each deliver a quarter"
    if not apart and len(claim.names) > 1 and len(several) == 1 and ("together" in claim.flags or len(owners) == 1):
        parts = [sum(cell.value for cell in group) / whole for group in slices(cells, several)]  # "the car or the bus"
    answer = _fits_parts(claim, parts, _spreads(claim, cells, scene))
    if answer and not (claim.names or claim.when) and len(scene.dimensions) > len(scene.times):
        return None  # one of several fits, and nobody knows whether it is the one that is meant
    if answer is False and not claim.names:
        # A share that is not named may be what is left of one that is shown.
        rest = _fits_parts(claim, [1 - part for part in parts])
        return False if rest is False else None
    return answer


def _of_unnamed(claim: Claim, cells: Sequence[Cell], scene: Scene) -> Answer:
    """Try a share of something that is not named: of the largest, or of as many as the clause counts."""
    number = claim.number
    if number is None or len(scene.dimensions) != 1 or scene.times:
        return None
    count = int(claim.quantifier.number("first")) or 1
    things = set(scene.dimensions[0].things)
    values = sorted((cell.value for cell in cells if cell.labels[0] in things), reverse=True)
    part = sum(values[:count]) / (scene.whole if scene.in_percent else sum(cell.value for cell in cells) or 1)
    answer = number.fits(100 * part if number.kind == "percent" else part)
    return answer if count > 1 or answer else None
