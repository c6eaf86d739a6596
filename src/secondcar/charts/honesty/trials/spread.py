"""Trials of parts beyond a limit, on a histogram or bars of bands: most wait less than 25 minutes."""

import math

from secondcar.charts.honesty.relations import points_of
from secondcar.charts.honesty.scene import Scene
from secondcar.charts.honesty.trials.answers import Answer
from secondcar.charts.honesty.trials.numbers import unit_ratio
from secondcar.charts.language.claims import Claim
from secondcar.charts.language.numbers import HEDGES, PrintedNumber
from secondcar.charts.language.phrases import band_at
from secondcar.charts.language.tokens import tokens_of

# So far from a limit the edge of a bin may lie that it means.
_ROUNDED = 0.035
# From and to which value a bar counts, and how many.
Bin = tuple[float, float, float]


def bins_of(scene: Scene) -> list[Bin]:
    """Return the bins of a chart that counts things by a number, in the unit of its axis; none of any other chart."""
    if len(scene.dimensions) != 1 or scene.times or len(scene.cells) < 3 or min(scene.values) < 0:
        return []
    bands = [band_at(tokens_of(cell.labels[0]), 0) for cell in scene.cells]
    return [(*band[0], cell.value) for band, cell in zip(bands, scene.cells, strict=True) if band] if all(bands) else []


def try_spread(claim: Claim, scene: Scene) -> Answer:
    """Try how large a part lies beyond a limit; a bin that the limit cuts may lie on either side."""
    bins, limit = bins_of(scene), claim.end
    axis = scene.readings[0].category_axis if bins else scene.readings[0].value_axis
    scattered = not bins
    bins = bins or [(point[1], point[1], 1.0) for point in points_of(scene)]
    whole = sum(count for _, _, count in bins)
    ratio = unit_ratio(claim.noun, f"{axis.unit} {axis.label}")
    if not whole or not ratio or limit is None or claim.names or claim.when:
        return None
    if not (limit.hedge in HEDGES or " and " in limit.text or " to " in limit.text):
        return None  # "not one has turned 70"
    largest = max(end for _, end, _ in bins if end < math.inf)
    factors = {ratio, 1 / axis.factor, 1 / limit.scale, 1.0 / (axis.factor * limit.scale)} if ratio == 1 else {ratio}
    edge = limit.times(min(factors, key=lambda factor: _apart(limit.value * factor, largest)))
    edges = set() if scattered else {end for a, b, _ in bins for end in (a, b)}
    low, high = (_snapped(end, edge.value, edges) for end in _limits(edge))
    # A limit between the edges with no more digits than the bins are wide may itself be rounded.
    exact = scattered or {low, high} <= edges | {-math.inf, math.inf}
    rounded = (0 if exact or edge.digit <= 0.99 * min(b - a for a, b, _ in bins) else edge.digit / 2) - 1e-9
    inside = sum(count for a, b, count in bins if low + rounded <= a and b <= high - rounded) / whole
    touching = sum(count for a, b, count in bins if b > low - rounded and a < high + rounded) / whole
    counts = claim.number is not None and claim.number.kind == "plain"
    answers: set[Answer] = {_is_part(claim, part * (whole if counts else 1)) for part in (inside, touching)}
    return answers.pop() if len(answers) == 1 else None


def _snapped(end: float, limit: float, edges: set[float]) -> float:
    """Return the edge of a bin that a limit means, where its rounding reaches one."""
    nearest = min(edges, key=lambda edge: abs(edge - end), default=math.inf)
    return nearest if abs(nearest - end) <= _ROUNDED * abs(limit) else end


def _apart(one: float, other: float) -> float:
    return abs(math.log(abs(one) / abs(other))) if one and other else math.inf


def _limits(limit: PrintedNumber) -> tuple[float, float]:
    if limit.hedge in ("over", "at-least"):
        return limit.value, math.inf
    return (-math.inf, limit.value) if limit.hedge in ("under", "at-most") else (limit.low, limit.high)


def _is_part(claim: Claim, part: float) -> Answer:
    if claim.quantifier.kinds & {"none", "never"}:
        return not part
    number = claim.number
    if number is None:
        return part == 1 if "all" in claim.flags else part > 0.5
    answer = number.fits(100 * part if number.kind == "percent" else part)
    exact = number.kind == "plain" or number.text.casefold().startswith(("only", "just", "barely", "a mere"))
    return None if answer is False and not exact and part > number.low else answer  # where most do, half do, too
