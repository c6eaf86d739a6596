"""Trials of ranks: the highest, second place, a record, a peak, the largest step."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from secondcar.charts.honesty.scene import Cell, Dimension, Run, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every
from secondcar.charts.honesty.trials.places import (
    cells_at_times,
    pairs_of,
    slices,
    spots_of,
    subject_of,
    subjects_of,
    time_dimensions,
)
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.periods import When


def try_rank(claim: Claim, scene: Scene) -> Answer:
    """Try whether a name, or else a time, has the highest, lowest or n-th value."""
    if claim.flags & {"best", "worst"} and not (scene.is_bad or scene.is_good):
        return None
    if claim.flags & {"best", "worst"} and scene.is_bad:
        claim = replace(claim, sign=-claim.sign, flags=claim.flags - {"best", "worst"} | {"valued"})
    ranked = claim.place == 1 and claim.flags & {"high", "low"} and "steady" not in claim.flags
    if ranked and any(when.kind == "since" for when in claim.when):
        return try_record(claim, scene)  # "in 2022, the most since 2017"
    subjects = subjects_of(claim, scene)
    if not subjects:
        if any(when.kind in ("since", "span") for when in claim.when):
            return try_record(claim, scene)
        return (try_record(claim, scene) or None) if "ever" in claim.flags and claim.place == 1 else None
    if scene.is_exchange_rate or scene.readings[0].value_axis.unit == "place":
        return None
    return agreed(_rank_of(claim, scene, dimension, own) for dimension, own in subjects)


def _rank_of(claim: Claim, scene: Scene, dimension: Dimension, own: set[str]) -> Answer:
    """Try whether one label of a dimension has the place that a claim says, among the others of that dimension."""
    if len(own) == len(dimension.labels):
        return None
    rest = tuple(labels for labels in claim.names if not set(labels) & own)
    cells: list[Cell] | None = scene.named(rest)
    if not dimension.is_time or len(rest) < len(claim.names):
        cells = cells_at_times(claim, scene, cells or [])
    if not cells:
        return None
    if "together" in claim.flags and scene.adds_up:
        return _is_ranked(claim, own, _sums(cells, dimension), dimension)
    groups = slices(cells, {dimension.place})
    answers = [answer for group in groups if (answer := _is_ranked(claim, own, group, dimension)) is not None]
    if "all" in claim.flags or len(rest) > 1 or len(set(answers)) == 1:
        return every(answers)
    if any(time is not dimension for time in scene.times) and not claim.when:  # of several times the last is spoken of
        latest = try_rank(replace(claim, when=(When("latest"),)), scene)
        often = 2 * sum(map(bool, answers)) > len(answers)
        return None if latest is False and often and "again" not in claim.flags else latest
    rest_of = [other for other in scene.dimensions if other is not dimension]
    apart = any(_all_numbers(other) or _has_plan(other) for other in rest_of)  # points grow from match to match
    summed = answers and scene.adds_up and not (scene.times or apart)
    return True if summed and _is_ranked(claim, own, _sums(cells, dimension), dimension) else None


def _all_numbers(dimension: Dimension) -> bool:
    return all(label.replace(".", "", 1).isdigit() for label in dimension.labels)


def _has_plan(dimension: Dimension) -> bool:
    return any(mentions(label, "plan-noun") for label in dimension.labels)


def _sums(cells: Sequence[Cell], dimension: Dimension) -> list[Cell]:
    """Return the sum under each label of a dimension."""
    labels = ("",) * dimension.place
    return [
        Cell((*labels, label), sum(cell.value for cell in cells if cell.labels[dimension.place] == label))
        for label in dimension.labels
    ]


def _is_ranked(claim: Claim, own: set[str], group: Sequence[Cell], dimension: Dimension) -> Answer:
    mine = [cell.value for cell in group if cell.labels[dimension.place] in own]
    if len(mine) > 1 and claim.place == 1 and len(mine) == len(own) < len(group):
        return _leads_together(claim, mine, [cell.value for cell in group if cell.labels[dimension.place] not in own])
    if len(mine) > 1:
        return None
    if not mine or len(group) < 2 or ("of-two" in claim.flags and len(group) > 2):
        return None
    above = sum(cell.value * claim.sign > mine[0] * claim.sign for cell in group) + 1
    if above == claim.place:
        alone = sum(cell.value == mine[0] for cell in group) == 1
        return True if alone else None  # of two that are level, who leads?
    if claim.flags & {"best", "worst", "valued"}:  # of complaints the fewest are best
        below = sum(cell.value * claim.sign < mine[0] * claim.sign for cell in group) + 1
        return None if below == claim.place else False
    return False


def _leads_together(claim: Claim, mine: Sequence[float], others: Sequence[float]) -> Answer:
    """Try "Brazil and Vietnam lead", before all others, or "peaks in early 2023", with one of its months."""
    pick = max if claim.sign > 0 else min
    ahead = [(value - pick(others)) * claim.sign > 0 for value in mine]
    if "one of" in claim.flags:
        return any(ahead)
    return all(ahead) if "listed names" in claim.flags else None


def try_record(claim: Claim, scene: Scene) -> Answer:
    """Try whether the last value, or that of a named time, stands out from all before it, or since some time."""
    answers: list[Answer] = []
    for along in scene.times:
        for run in scene.runs(scene.named(claim.names), along):
            own, since = spots_of(claim.when, run, ("at", "latest")), spots_of(claim.when, run, ("since",))
            if any(not spots for spots in (*own, *since)):
                return None
            spans = [when.months for when in claim.when if when.kind == "span"]
            if any(span > _months_shown(run) + 1 for span in spans):
                return None  # "a ten-year high", and three years are shown
            own.sort(key=len)  # "May set a record for the first half": the shorter time is the subject
            place = own[0][-1] if own else len(run.values) - 1
            start = since[0][0] + 1 if since else 0
            rest = run.values[start:place]
            if not place or not (rest or since):
                return None
            answers.append(all(run.values[place] * claim.sign > value * claim.sign for value in rest))
    return agreed(answers)


def _months_shown(run: Run) -> float:
    """Return how many months lie between the beginning of a run and its end."""
    first, last = ((12 * (period.year or 0) + (period.month or 1)) for period in (run.periods[0], run.periods[-1]))
    return last - first + (run.periods[-1].months or 1)


def try_peak(claim: Claim, scene: Scene) -> Answer:
    """Try whether a named time has the highest value; one above its neighbours alone may be called a peak, too."""
    if not claim.when and not scene.times and len(claim.names) == 1:
        return try_rank(replace(claim, role="rank"), scene)  # "peaks at ages 10 to 13"
    if not any(when.kind == "at" for when in claim.when):
        return None
    rest = tuple(labels for labels in claim.names if scene.dimension_of(labels[0]) not in scene.times)
    part = replace(scene, cells=tuple(scene.named(rest)))
    several = sum(when.kind == "at" for when in claim.when) > 1
    told = replace(claim, names=(), flags=claim.flags | {"listed names" if several else "one of"})
    answer = try_rank(told, part) if part.cells else None
    if answer is not False:
        return answer
    for along in scene.times:
        for run in scene.runs(scene.named(claim.names), along):
            for place in (spot for spots in spots_of(claim.when, run) for spot in spots):
                beside = [run.values[p] for p in (place - 1, place + 1) if 0 <= p < len(run.values)]
                if len(beside) == 2 and all(run.values[place] * claim.sign > value * claim.sign for value in beside):
                    return None
    return False


def try_step(claim: Claim, scene: Scene) -> Answer:
    """Try whether a change is the largest of all steps."""
    if scene.is_exchange_rate:
        return None
    if scene.shows_changes:
        sign = claim.sign or 1
        if "least" not in claim.flags:
            return try_rank(replace(claim, sign=sign), scene)
        rising = tuple(cell for cell in scene.cells if cell.value * sign > 0)  # of what rose, the least
        return try_rank(replace(claim, sign=-sign), replace(scene, cells=rising))
    subject = subject_of(replace(claim, when=()), scene)
    if subject and not subject[0].is_time:
        return _largest_change(claim, *subject, scene)
    answers: list[Answer] = []
    for along in scene.times:
        for run in scene.runs(scene.named(claim.names), along):
            spots = spots_of(claim.when, run, ("at", "range"))
            steps = [(b - a) * claim.sign if claim.sign else abs(b - a) for a, b in pairwise(run.values)]
            ranged = any(when.kind == "range" for when in claim.when) and len(spots) == 1 and len(spots[0]) != 2
            if ranged or len(spots) != 1 or not spots[0] or not spots[0][-1] or len(steps) < 2:
                return None
            answers.append(steps[spots[0][-1] - 1] == (min if "least" in claim.flags else max)(steps))
    answer = agreed(answers)
    if answer is False and try_rank(replace(claim, role="rank", sign=1), scene):
        return None  # the largest loss may be what is drawn itself
    return answer


def _largest_change(claim: Claim, dimension: Dimension, own: set[str], scene: Scene) -> Answer:
    """Try whether a name changed more than all others of its kind, by the difference and by the ratio alike."""
    rest = tuple(labels for labels in claim.names if not set(labels) & own)
    changes: dict[str, tuple[float, float]] = {}
    for along in time_dimensions(claim, scene):
        for label in dimension.labels:
            runs = list(scene.runs(scene.named((*rest, (label,))), along))
            pairs = pairs_of(replace(claim, names=(), base_when=()), runs[0])[0] if len(runs) == 1 else []
            if not pairs or label in changes or not all(runs[0].values[first] for first, _ in pairs[:1]):
                return None
            a, b = (runs[0].values[place] for place in pairs[0])
            sign = claim.sign or 1
            changes[label] = ((b - a) * sign, (b / a - 1) * sign)
    if len(own) != 1 or len(changes) < 2:
        return None
    mine, pick = changes[min(own)], min if "least" in claim.flags else max
    return agreed(mine[way] == pick(change[way] for change in changes.values()) for way in (0, 1))
