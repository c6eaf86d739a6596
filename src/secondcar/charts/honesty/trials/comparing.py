"""Trials of comparisons: more than, 19,000 fewer than, 1.6 times as many as, ahead of; between names or in time."""

from collections.abc import Sequence
from dataclasses import replace

from secondcar.charts.honesty.scene import Cell, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every, some
from secondcar.charts.honesty.trials.changes import moves, try_change
from secondcar.charts.honesty.trials.numbers import is_amount, is_open, one_more
from secondcar.charts.honesty.trials.places import cells_at_times, places_of, slices, subject_of
from secondcar.charts.honesty.trials.ranking import try_rank, try_record
from secondcar.charts.language.claims import Claim, Named, Quantifier
from secondcar.charts.language.periods import Period


def try_comparison(claim: Claim, scene: Scene) -> Answer:
    """Try one thing against another, against all others, or against an earlier time."""
    if "beat" in claim.flags and scene.is_bad:
        return None  # who beats others at burglaries has more of them, or less
    if "of-change" in claim.flags and not scene.shows_changes:
        return None
    if "others" in claim.flags and not claim.bases:
        return _against_others(claim, scene)
    if not claim.bases and not claim.sign and claim.number is None:
        claim = _against_each_other(claim, scene)
    if claim.bases:
        return _against_names(claim, scene)
    before = {when.kind for when in claim.base_when}
    if before and before <= {"since", "ago"} and "all" in claim.flags and claim.sign and not claim.number:
        # "More than in any year since 2016", "than in any of the nine years before": at least in those.
        since = tuple(when for when in claim.base_when if when.kind == "since")
        answer = try_record(replace(claim, when=(*claim.when, *since)), scene)
        return answer if answer or since else None
    if "same" in claim.flags and "all" in claim.flags and claim.when and not claim.names:
        cells = cells_at_times(claim, scene, scene.cells) or []  # "in 2018 both are equal"
        return agreed(moves(claim, cells[0].value, cell.value) for cell in cells[1:])
    free = not claim.when or (claim.sign == 0 and claim.number is not None)  # "at the end trams are twice as many"
    other = _counterpart(claim.names, scene) if claim.names and free and not claim.base_when else ()
    if other and not any(scene.dimension_of(label) in scene.times for label in other[0]):
        told = _against_names(replace(claim, bases=other), scene)  # "women get 1,600 euros less"
        return some([told, _against_time(claim, scene)]) if scene.times else told
    return _against_time(claim, scene)


def _against_each_other(claim: Claim, scene: Scene) -> Claim:
    """Take "buses and trucks are level" to compare the two of one kind: "China matches the US on golds"."""
    for dimension in scene.dimensions:
        pair = [named for named in claim.names if set(named) & set(dimension.labels)]
        if len(pair) == 2:
            return replace(claim, names=tuple(named for named in claim.names if named != pair[1]), bases=(pair[1],))
    return claim


def _against_time(claim: Claim, scene: Scene) -> Answer:
    if claim.number is None:
        # Of two times on a chart of growth, the bars are compared.
        valued = {"of-rate"} if any(when.period for when in claim.base_when) else set()
        return try_change(replace(claim, role="change", flags=claim.flags | valued), scene)
    if claim.number.kind in ("times", "fraction") and claim.sign == 0 and not scene.times:
        return None
    return _in_time(claim, scene)


def _in_time(claim: Claim, scene: Scene) -> Answer:
    """Try "60 % more", "1.6 times as many", "160 % of 2017" as changes."""
    number = claim.number
    assert number is not None
    change = replace(claim, role="change")
    if "more times" in claim.flags:
        return some(try_change(replace(change, number=n, sign=0), scene) for n in (number, one_more(number)))
    if number.kind == "fraction" and claim.sign == 0:
        change = replace(change, number=replace(number, kind="times"))
    if number.kind == "percent" and claim.sign == 0:
        change = replace(change, number=replace(number.times(0.01), kind="times"))
    return try_change(change, scene)


def _against_guide(claim: Claim, mark: float, scene: Scene) -> Answer:
    """Try every value spoken of against what a drawn line marks: a target, a ceiling."""
    cells = cells_at_times(claim, scene, scene.named(claim.names))
    answers = [_is_compared(claim, mark, cell.value, scene) for cell in cells or ()]
    spans = claim.flags & {"all", "always", "steady"} or any(when.kind in ("since", "after") for when in claim.when)
    return every(answers) if spans else agreed(answers)


def _against_names(claim: Claim, scene: Scene) -> Answer:
    marks = {scene.guides[label] for labels in claim.bases for label in labels if label in scene.guides}
    if marks:
        return _against_guide(claim, marks.pop(), scene) if len(marks) == 1 else None
    if not places_of(claim.names, scene) & places_of(claim.bases, scene):
        # "Output fell short of the plan", "class 6C beats its plan": what is compared is the other beside the plan.
        claim = replace(claim, names=(*claim.names, *_counterpart(claim.bases, scene)))
    if len(claim.bases) > 1 and "together" not in claim.flags and len(places_of(claim.bases, scene)) == 1:
        return every(_against_names(replace(claim, bases=(base,)), scene) for base in claim.bases)
    owners = places_of(claim.names, scene) & places_of(claim.bases, scene)
    cells = cells_at_times(claim, scene, scene.cells)
    if not owners or cells is None:
        return None
    pairs = []
    summed = "together" in claim.flags and scene.has_parts
    others = {dimension.place for dimension in scene.dimensions if not dimension.is_time} if summed else set()
    for group in _at_one_time(cells, owners | others, scene):
        own, bases = scene.named(claim.names, group), scene.named(claim.bases, group)
        if (len(own) == 1 or summed) and (len(bases) == 1 or summed) and own and bases:
            pairs.append((sum(cell.value for cell in bases), sum(cell.value for cell in own)))
    return _of_pairs(claim, pairs, scene)


def _at_one_time(cells: Sequence[Cell], without: set[int], scene: Scene) -> list[list[Cell]]:
    """Return the cells apart by all labels but those of some dimensions; "2020 (plan)" is the same time as "2020"."""
    groups: dict[tuple[Period | str, ...], list[Cell]] = {}
    for cell in cells:
        kept = [d for d in scene.dimensions if d.place not in without]
        key = tuple(d.periods.get(cell.labels[d.place], cell.labels[d.place]) for d in kept)
        groups.setdefault(key, []).append(cell)
    return list(groups.values())


def _counterpart(named: Sequence[Named], scene: Scene) -> tuple[Named, ...]:
    """Return the one other label beside what something is compared with: "output fell short of the plan"."""
    told = {label for labels in named for label in labels}
    for dimension in scene.dimensions:
        rest = set(dimension.labels) - told
        if len(rest) == 1 < len(dimension.labels):
            return (tuple(rest),)
    return ()


def _of_pairs(claim: Claim, pairs: Sequence[tuple[float, float]], scene: Scene) -> Answer:
    """Put together what pairs of values say: a number fits any, "more" fits all, or their sums."""
    answers = [_is_compared(claim, a, b, scene) for a, b in pairs]
    if not answers:
        return None
    sums = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    if scene.stacked and scene.adds_up and not scene.times and "all" not in claim.flags:
        return _is_compared(claim, *sums, scene)
    if claim.number:
        summed = len(pairs) > 1 and scene.adds_up and not scene.times
        if is_open(claim.number) and True in answers and False in answers:
            return None  # "less than ten points behind", after some matches
        return some([*answers, _is_compared(claim, *sums, scene)] if summed else answers)
    if "all" in claim.flags or len(set(answers)) == 1:
        return every(answers)
    return True if scene.adds_up and not scene.times and _is_compared(claim, *sums, scene) else None


def _is_compared(claim: Claim, a: float, b: float, scene: Scene) -> Answer:
    """Return whether b stands to a as a claim says."""
    number, sign = claim.number, claim.sign
    if number is None:
        return moves(claim, a, b)
    if sign and (b - a) * sign <= 0:
        return False
    if number.kind in ("times", "multiple") or (sign == 0 and number.kind in ("percent", "fraction")):
        if not a or not b:
            return None
        ratio = a / b if sign < 0 else b / a
        if number.kind == "percent":
            return number.fits(100 * ratio)
        more = [number.fits(ratio - 1)] if "more times" in claim.flags else []
        return some([number.fits(ratio), *more])
    return is_amount(claim, number, a, b, scene)


def _against_others(claim: Claim, scene: Scene) -> Answer:
    """Try "more than all others": each of them, or all of them together."""
    if not claim.names and not claim.when:
        return try_record(replace(claim, flags=frozenset(["record"])), scene)
    if "together" not in claim.flags:
        return try_rank(replace(claim, bases=(), flags=frozenset(), quantifier=Quantifier()), scene)
    subject, cells = subject_of(claim, scene), cells_at_times(claim, scene, scene.cells)
    if subject is None or cells is None or not scene.adds_up or claim.number:
        return None
    dimension, own = subject
    return agreed(_outweighs(claim, group, own, dimension.place) for group in slices(cells, {dimension.place}))


def _outweighs(claim: Claim, group: Sequence[Cell], own: set[str], place: int) -> Answer:
    mine = sum(cell.value for cell in group if cell.labels[place] in own)
    return (mine - (sum(cell.value for cell in group) - mine)) * claim.sign > 0
