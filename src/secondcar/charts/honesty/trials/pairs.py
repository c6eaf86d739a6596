"""Trials of two series against each other in time: overtakes, grew faster than, the gap; and of scattered points."""

from collections.abc import Sequence
from dataclasses import replace

from secondcar.charts.honesty.relations import FEWEST_POINTS, WEAKEST_RELATION, points_of, rank_correlation
from secondcar.charts.honesty.scene import Dimension, Run, Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed
from secondcar.charts.honesty.trials.comparing import try_comparison
from secondcar.charts.honesty.trials.places import pairs_of, spots_of
from secondcar.charts.language.claims import Claim, Named


def _paired_runs(claim: Claim, scene: Scene) -> list[tuple[Run, Run]]:
    """Return the runs of a name and of what it is compared with."""
    found = []
    for along in scene.times if claim.names and claim.bases else ():
        one, two = (_runs_of(named, claim, scene, along) for named in (claim.names, claim.bases))
        if len(one) == 1 and len(two) == 1 and one[0].labels == two[0].labels:
            found.append((one[0], two[0]))
    return found


def _runs_of(named: Sequence[Named], claim: Claim, scene: Scene, along: Dimension) -> list[Run]:
    """Return the runs of some names, or their sum where they are taken together."""
    cells = scene.named(named)
    total = scene.total_run(cells, along) if "together" in claim.flags else None
    return [total] if total else list(scene.runs(cells, along))


def try_crossing(claim: Claim, scene: Scene) -> Answer:
    """Try whether one series was below another, and is above it at the named time, or at the end."""
    if not scene.times or (claim.base_when and not claim.bases):
        return try_comparison(replace(claim, role="compare"), scene)
    answers: list[Answer] = []
    for one, two in _paired_runs(claim, scene):
        ahead = [a > b for a, b in zip(one.values, two.values, strict=True)]
        told = spots_of((*claim.when, *claim.base_when), one)
        if not all(told):
            return None  # at a time that is not shown
        if told:
            # "It took until 2022 to overtake": in that year, and not before
            places = told[0][-1:] if claim.when and claim.when[0].kind == "until" else told[0]
            answers.append(any(place and ahead[place] and not ahead[place - 1] for place in places))
        else:
            answers.append(ahead[-1] and not all(ahead))
    return agreed(answers)


def try_faster(claim: Claim, scene: Scene) -> Answer:
    """Try whether one series grew, or fell, by a larger share than another; of growth itself, whether it is larger."""
    if scene.shows_changes:  # "Retail grows faster than transport", of bars of growth
        turned = tuple(replace(cell, value=claim.direction * cell.value, ends=()) for cell in scene.cells)
        return try_comparison(replace(claim, role="compare"), replace(scene, cells=turned))
    answers: list[Answer] = []
    for one, two in _paired_runs(claim, scene):
        pairs, told = pairs_of(replace(claim, base_when=()), one)
        for first, last in pairs if told else pairs[:1]:
            if not one.values[first] or not two.values[first]:
                return None
            own, other = (claim.direction * (run.values[last] / run.values[first] - 1) for run in (one, two))
            answers.append(own > 0 and (own - other) * claim.sign > 0)
    return agreed(answers)


def try_relation(claim: Claim, scene: Scene) -> Answer:
    """Try "the more ..., the better ..." on scattered points."""
    points = points_of(scene)
    return rank_correlation(points) * claim.sign >= WEAKEST_RELATION if len(points) >= FEWEST_POINTS else None
