"""Trials of changes: rose, fell by 60 %, doubled, from 75 to 120, every year, then fell."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, groupby, pairwise

from secondcar.charts.honesty.scene import Cell, Run, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every, some
from secondcar.charts.honesty.trials.numbers import is_amount, is_open, reaches, says
from secondcar.charts.honesty.trials.places import cells_at_times, pairs_of, spots_of, time_dimensions, windows
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.ideas import mentions

# A change up to the first is not worth a word, one beyond the second is not a standstill.
_FLAT, _MOVED = 0.05, 0.1
_SAME, _OTHER = 0.005, 0.05  # of "unchanged" and "the same"
# "Slightly" is up to the first and not beyond the second; "sharply" not below the first and from the second on.
_SLIGHT, _SHARP = (0.1, 0.2), (0.05, 0.15)
# In longer series a number fits some pair by chance.
_MOST_PAIRED = 60


def try_change(claim: Claim, scene: Scene) -> Answer:
    """Try a change in time, along every time that the chart shows or the one that the claim names."""
    if claim.number and claim.end is None and (shown := _is_shown(claim, scene)) is not None:
        return shown
    based = any(when.kind == "previous" or when.period for when in claim.base_when)
    if len(scene.times) > 1 and "steady" in claim.flags and based:
        claim = replace(claim, flags=claim.flags - {"steady"} | {"all"})  # "more than last year in every month"
    if "all" in claim.flags and all(dimension.is_time for dimension in scene.dimensions):
        claim = replace(claim, flags=claim.flags | {"steady"})  # "up at each survey"
    timeless = [named for named in claim.names if scene.dimension_of(named[0]) not in scene.times]
    # "From Monday to Friday" goes through all days between.
    cells = scene.named(timeless if len(timeless) + 1 < len(claim.names) else claim.names)
    if not claim.names and any(when.kind == "since" for when in claim.when):  # until now, and not until the plan
        cells = [cell for cell in cells if not any(mentions(label, "plan-noun") for label in cell.labels)] or cells
    if claim.bases and not (claim.number or claim.end or claim.base_when):
        return None  # "climbed higher than inflation ever did"
    if "paced" in claim.flags and not (scene.shows_changes or scene.is_rate):
        return None  # what slows is a rate
    if (
        scene.shows_changes
        and not claim.flags & {"of-rate", "paced"}
        and not (claim.number or claim.end or claim.start)
        and claim.sign
    ):
        there = cells_at_times(claim, scene, cells) or []
        signs = agreed(cell.value * claim.sign > 0 for cell in there)
        if (row := int(claim.quantifier.number("row"))) and len(scene.times) == len(scene.dimensions) == 1:
            held = [cell.value * claim.sign > 0 for cell in there]
            longest = max((len(list(group)) for up, group in groupby(held) if up), default=0)
            return longest == row or held[-row:] == [True] * row or (None if longest > row else False)
        if signs is None or claim.flags & {"then", "row", "anew", "again"}:
            return None  # "the growth fell", or "it fell"
        # Of a chart of growth both "it fell" and "the growth fell" may be said.
        return signs if signs or not scene.times or _along_times(claim, scene, cells) is False else None
    return _along_times(claim, scene, cells)


def _along_times(claim: Claim, scene: Scene, cells: Sequence[Cell]) -> Answer:
    answers: list[Answer] = []
    for along in time_dimensions(claim, scene):
        own = [_try_run(claim, run, scene) for run in scene.runs(cells, along)]
        total = scene.total_run(cells, along)
        if own:
            answers.append(_of_series(claim, own, _try_run(claim, total, scene) if total else None, scene))
    if not answers:
        return _ends_shown(claim, scene) if "ends" in claim.flags else None
    return some(answers) if claim.number or claim.end or claim.start else agreed(answers)


def _is_shown(claim: Claim, scene: Scene) -> Answer:
    """Return whether a chart of changes shows this one as a value, "+10 points in 2019"; None where it need not."""
    number = claim.number
    if number is None or number.kind in ("times", "multiple") or not (scene.shows_changes or number.signed):
        return None
    shown = [cell.value * (claim.sign or 1) for cell in cells_at_times(claim, scene, scene.named(claim.names)) or ()]
    unit = 0.01 if number.kind == "fraction" else 1
    each = [number.fits(unit * value) if value > 0 or not claim.sign else False for value in shown]
    answer = every(each) if each and claim.flags & {"steady", "all"} else some(each)
    return True if answer else False if answer is False and scene.shows_changes and not scene.times else None


def _of_series(claim: Claim, own: Sequence[Answer], whole: Answer, scene: Scene) -> Answer:
    """Put together what several series say: a number fits any or their sum, a direction fits all or the stacked sum."""
    if "together" in claim.flags and len(own) > 1:
        return whole
    if "all" in claim.flags:
        return every(own)
    if len(own) == 1:
        return own[0]
    if number := claim.number or claim.end or claim.start:
        answer = some([*own, whole]) if not is_open(number) else agreed(own)
        if whole and len(claim.names) > 1:
            return True  # "wind and solar output doubled": together
        return answer or (answer if len(claim.names) < 2 else None)  # of several names it may be that of one alone
    if scene.stacked and whole is not None and not claim.names:
        return whole
    answer = agreed(own)
    return (whole or None) if answer is None and not claim.names else answer


def _ends_shown(claim: Claim, scene: Scene) -> Answer:
    """Return whether "from 3 to 31 degrees" names the ends of what is shown."""
    if not (claim.start and claim.end and scene.values):
        return None
    ends = (says(claim.start, min(scene.values), claim, scene), says(claim.end, max(scene.values), claim, scene))
    return True if all(ends) else None


def _try_run(claim: Claim, run: Run, scene: Scene) -> Answer:
    """Try a change on one series."""
    if "spell" in claim.flags:  # "after four years of growth", which may end at any time
        spells = [windows(run, when.months) for when in claim.when if when.kind == "span"]
        within = (pairwise(run.values[first : last + 1]) for spell in spells for first, last in spell)
        return some(every(moves(claim, a, b) for a, b in steps) for steps in within) or None  # of a longer one the end
    row = int(claim.quantifier.number("row"))
    if row and (claim.end or claim.start):
        return None
    if row:
        spots, begun = spots_of(claim.when, run), spots_of(claim.base_when, run)
        if begun and begun[0] and not spots:  # "from May three months running": with May, or after it
            steps = list(pairwise(run.values))
            return some(
                every(moves(claim, a, b) for a, b in steps[first : first + row])
                for first in (begun[0][0] - 1, begun[0][0])
                if 0 <= first <= len(steps) - row
            )
        kind = next((when.kind for when in claim.when if when.period), "")
        if len(spots) == 1 and kind in ("after", "since") and spots[0]:  # "rose two years running after 2020"
            first = spots[0][0] - (kind == "after")
            steps = list(pairwise(run.values))[first : first + row]
            return every(moves(claim, a, b) for a, b in steps) if len(steps) == row else None
        ends = spots[0][-1:] if len(spots) == 1 and claim.when[0].kind in ("at", "until") else []
        if len(spots) > 1 or (spots and len(spots[0]) != 1 and not ends):
            return None  # "three months in a row, from March to May" may begin with either
        if not ends:
            held = [moves(claim, a, b) for a, b in pairwise(run.values)]
            longest = max((len(list(group)) if up else 0 for up, group in groupby(held)), default=0)
            return held[-row:] == [True] * row or longest == row or (None if longest > row and held[-1] else False)
        steps = list(pairwise(run.values[: ends[0] + 1]))[-row:]
        return every(moves(claim, a, b) for a, b in steps) if len(steps) == row else None
    if claim.flags & {"then", "steady"} and any(when.kind == "span" for when in claim.when):
        return None  # "every five years": from each to the next, whichever these are
    if "then" in claim.flags and not (claim.number or claim.end):
        answers = [moves(claim, a, b) for a, b in _stretches(claim, run)]
        told = answers[0 if "first" in claim.flags else -1]
        return told if told or not any(answers) else None
    pairs, told = pairs_of(claim, run)
    if not pairs:
        return None
    answers = [_between(claim, run, first, last, scene) for first, last in pairs]
    if scene.is_exchange_rate and not claim.end:
        return True if any(answers) else None  # what rises for one currency falls for the other
    if not (claim.number or claim.end):
        if claim.flags & {"slight", "anew", "again"} and not told:
            return answers[-1]  # "picks up again", "eases a little" and "keeps rising" speak of the last step
        several = len({first for first, _ in pairs}) > 1 and told  # "less than in 2022", of which quarters are shown
        if several or "steady" in claim.flags:
            return agreed(answers) if several else answers[0]
        answer = answers[0] or agreed(answers)
        return _on_no_stretch(claim, run, scene) if answer is False and claim.sign and not told else answer
    if "ends" in claim.flags and claim.when and not any(answers):
        return None  # "from 106.8 to 106.0 in 2018" may speak of what happened within a bar
    if told or any(answers):
        answer = some(answers)
        return answer
    return _elsewhere(claim, run, scene)


def _stretches(claim: Claim, run: Run) -> list[tuple[float, float]]:
    """Return the steps of which one must move as a part of a sequence says: "flat in 2014, then a plunge"."""
    spots = spots_of(claim.when, run)
    steps = list(pairwise(run.values))
    return [steps[spot[-1] - 1] for spot in spots if spot and spot[-1]] or steps


def _on_no_stretch(claim: Claim, run: Run, scene: Scene) -> Answer:
    """A direction that names no time is denied only where no stretch from the first or to the last value has it."""
    last = len(run.values) - 1
    stretches = [(0, end) for end in range(1, last + 1)] + [(start, last) for start in range(last)]
    return False if all(_between(claim, run, a, b, scene) is False for a, b in stretches) else None


def _elsewhere(claim: Claim, run: Run, scene: Scene) -> Answer:
    """A number that names no time may be that of any two values: then the chart does not settle it."""
    if len(run.values) > _MOST_PAIRED:
        return None
    places = combinations(range(len(run.values)), 2)
    return False if all(_between(claim, run, a, b, scene) is False for a, b in places) else None


def _between(claim: Claim, run: Run, first: int, last: int, scene: Scene) -> Answer:
    a, b = run.values[first], run.values[last]
    answers: list[Answer] = []
    if claim.start:
        answers.append(says(claim.start, a, claim, scene))
    if claim.end:
        answers.append(reaches(claim.end, a, b, claim, scene))
    if claim.number:
        answers.append(is_amount(claim, claim.number, a, b, scene))
        if claim.sign and claim.number.kind != "multiple":
            answers.append((b - a) * claim.sign > 0)
    elif claim.sign and claim.end and not claim.start:
        answers.append((b - a) * claim.sign > 0 or None)  # from where, nobody says
    elif claim.sign or not answers:
        answers.append(_is_direction(claim, run.values[min(first, last) : max(first, last) + 1], a, b))
    return every(answers)


def _is_direction(claim: Claim, values: Sequence[float], a: float, b: float) -> Answer:
    moved = moves(claim, a, b)
    if claim.flags & {"steady", "row"} and claim.sign:
        return every(moves(claim, x, y) for x, y in pairwise(values))
    if moved and claim.sign and any(when.kind == "until" for when in claim.when):
        return b == (max(values) if claim.sign > 0 else min(values)) or None
    if moved is not True or not a or not claim.sign:
        return moved
    if "vanished" in claim.flags:
        return not b
    size = abs(b / a - 1)
    if "slight" in claim.flags:
        return size <= _SLIGHT[0] or (None if size <= _SLIGHT[1] else False)
    if "sharp" in claim.flags:
        return size >= _SHARP[1] or (None if size >= _SHARP[0] else False)
    return True


def moves(claim: Claim, a: float, b: float) -> Answer:
    """Return whether a second value stands to a first as a claim without a number says."""
    if "reach" in claim.flags:
        return b >= (1 - _SAME) * a
    if claim.sign:
        return (b - a) * claim.sign > 0
    size = abs(b - a) / max(abs(a), abs(b), 1e-300)
    least, most = (_SAME, _OTHER) if "same" in claim.flags else (_FLAT, _MOVED)
    return size <= least or (None if size <= most else False)


def try_pace(claim: Claim, scene: Scene) -> Answer:
    """Try whether a growth, or a fall, itself grows from step to step: by the difference and by the ratio alike."""
    answers: list[Answer] = []
    for along in time_dimensions(claim, scene):
        for run in scene.runs(scene.named(claim.names), along):
            steps = [(claim.direction * (b - a), claim.direction * (b / a - 1)) for a, b in pairwise(run.values) if a]
            told = [[(b - a) * claim.sign > 0 for a, b in pairwise(way)] for way in zip(*steps, strict=True)]
            if claim.when or len(steps) < 2 or len(steps) + 1 < len(run.values):
                return None
            answers.append(
                agreed(True if all(way) else False if "steady" in claim.flags or not any(way) else None for way in told)
            )
    return agreed(answers)
