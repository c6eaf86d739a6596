"""Trials of bins and scattered points: a part beyond a limit, the fullest bin, the point with the most of something."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondcar.charts.honesty.relations import FEWEST_POINTS, WEAKEST_RELATION, points_of, rank_correlation
from secondcar.charts.honesty.scene import Scene
from secondcar.charts.honesty.trials.answers import Answer, agreed, every
from secondcar.charts.honesty.trials.numbers import is_open
from secondcar.charts.honesty.trials.sentences import Axis, Limit, Told, axis_said, told_by
from secondcar.charts.language.numbers import PrintedNumber
from secondcar.charts.language.phrases import band_at
from secondcar.charts.language.roles import Item
from secondcar.charts.language.tokens import Token, tokens_of
from secondcar.charts.language.units import factor_in

# So far from a limit the edge of a bin may lie that it means.
_ROUNDED = 0.036
# Of fewer points there is nothing to tell, and of more nobody tells one from another.
_POINTS = range(3, 1001)
# From and to which value a bar counts, and how many.
Bin = tuple[float, float, float]


@dataclass(frozen=True)
class _Row:
    """A bin or a point: where it lies on each axis, and how many it counts."""

    spans: tuple[tuple[float, float], ...]
    weight: float = 1.0
    name: str = ""


def bins_of(scene: Scene) -> list[Bin]:
    """Return the bins of a chart that counts things by a number, in the unit of its axis; none of any other chart."""
    if len(scene.dimensions) != 1 or scene.times or len(scene.cells) < 3 or min(scene.values) < 0:
        return []
    bins: list[Bin] = []
    for cell in scene.cells:
        if (band := band_at(tokens_of(cell.labels[0]), 0)) is None:
            return []  # of 50,000 points the first tells
        bins.append((*band[0], cell.value))
    return bins


def try_sentence(items: Sequence[Item], tokens: Sequence[Token], scene: Scene) -> Answer:
    """Try all that a sentence says of bins or points; None where something in it has no place there.

    Args:
        items: the words of the sentence that say something.
        tokens: of the whole text.
        scene: any chart; of others than bins and points nothing is settled.
    """
    axes, rows = _laid_out(scene) if items else ([], [])
    whole = sum(row.weight for row in rows)
    told = told_by(items, tokens, axes, [row.name for row in rows if row.name], whole) if rows else None
    if told is None:
        return None
    if told.moves:
        return _related(told, tokens, axes, rows)
    if told.ranks or told.names:
        return _of_one(told, axes, rows)
    return _of_several(told, axes, rows) if told.limits else None


def _laid_out(scene: Scene) -> tuple[list[Axis], list[_Row]]:
    """Return the axes on which bins or points lie, and those; none of any other chart."""
    reading = scene.readings[0]
    along, values = reading.category_axis, reading.value_axis
    factor = factor_in(along.label)
    if bins := bins_of(scene) if scene.has_parts else []:
        rows = [_Row(((factor * a, factor * b),), count) for a, b, count in bins]
    elif len(scene.readings) == 1 and len(reading.marks) in _POINTS and (points := points_of(scene)):
        names = [mark.label for mark in reading.marks]
        rows = [_Row(((factor * a,) * 2, (b,) * 2), name=name) for (a, b), name in zip(points, names, strict=True)]
    else:
        return [], []
    told = [(along, factor, values.label or "count"), (values, values.factor, "")][: len(rows[0].spans)]
    return [
        Axis(
            f"{axis.unit} {axis.label}",
            factor,
            frozenset(end for row in rows for end in row.spans[place]),
            counted if len(told) == 1 else "",
        )
        for place, (axis, factor, counted) in enumerate(told)
    ], rows


def _lies(limit: Limit, row: _Row, axes: Sequence[Axis]) -> Answer:
    """Return whether a row lies within a limit; None for a bin that it cuts."""
    (a, b), number, axis = row.spans[limit.axis], limit.number, axes[limit.axis]
    low, high = number.low, number.high
    if number.hedge in ("over", "at-least", "under", "at-most"):
        low, high = (number.value, math.inf) if number.hedge in ("over", "at-least") else (-math.inf, number.value)
    if not axis.counted:
        if a < 0 or number.signed:
            return None if number.value < 0 or not is_open(number) else number.hedge in ("under", "at-most")
        if number.hedge in ("", "about", "nearly", "just-over"):
            return number.fits(a)
        return low <= a <= high and not (number.hedge in ("over", "under") and math.isclose(a, number.value))
    if low == high:
        return None
    low, high = _snapped(low, axis), _snapped(high, axis)
    # A limit between the edges with no more digits than the bins are wide may itself be rounded.
    exact = {low, high} <= axis.ends | {-math.inf, math.inf} or number.digit <= 0.99 * (b - a)
    rounded = (0 if exact else number.digit / 2) - 1e-9
    if low + rounded <= a and b <= high - rounded:
        return True
    return None if b > low - rounded and a < high + rounded else False


def _snapped(end: float, axis: Axis) -> float:
    """Return the edge of a bin that a limit means, where its rounding reaches one."""
    nearest = min(axis.ends, key=lambda edge: abs(edge - end))
    return nearest if abs(nearest - end) <= _ROUNDED * abs(end) < math.inf else end


def _all_lie(limits: Sequence[Limit], row: _Row, axes: Sequence[Axis]) -> Answer:
    return every(_lies(limit, row, axes) for limit in limits) if limits else True


def _counted(limits: Sequence[Limit], axes: Sequence[Axis], rows: Sequence[_Row]) -> tuple[float, float]:
    """Return how many lie within limits for certain, and how many may."""
    lying = [(row.weight, _all_lie(limits, row, axes)) for row in rows]
    return sum(w for w, lies in lying if lies), sum(w for w, lies in lying if lies is not False)


def _amount(told: Told, rows: Sequence[_Row]) -> PrintedNumber | None:
    """Return the one amount of a sentence beside the number of all: "40 of the 1,400"; None where there is none."""
    whole = sum(row.weight for row in rows)
    amounts = sorted(told.amounts, key=lambda number: number.kind == "plain" and number.value == whole)
    right = len(amounts) < 3 and all(number.fits(whole) for number in amounts[1:])
    return amounts[0] if amounts and right else None


def _of_several(told: Told, axes: Sequence[Axis], rows: Sequence[_Row]) -> Answer:
    """Try how many lie within limits: of all, or of those within the first of two limits."""
    limits, kinds, amount = told.limits, set(told.quantifiers), _amount(told, rows)
    if len({limit.axis for limit in limits}) < len(limits) or len(kinds) + bool(told.amounts) > 1:
        return None
    if told.amounts and amount is None:
        return None
    if amount and amount.kind == "plain":
        return agreed(_is_part(amount, part) for part in _counted(limits, axes, rows))
    if "none" in kinds:
        return agreed(not part for part in _counted(limits, axes, rows))
    restriction = _restriction(told) if len(limits) > 1 else []
    if not (kinds or amount or restriction or limits[0].always):
        return None
    among = [row for row in rows if _all_lie(restriction, row, axes) is not False]
    if not among or any(_all_lie(restriction, row, axes) is None for row in among):
        return None
    whole = sum(row.weight for row in among)
    parts = _counted([limit for limit in limits if limit not in restriction], axes, among)
    if amount:
        return agreed(_is_part(amount, part / whole) for part in parts)
    sign = 1 if "most" in kinds else -1 if "few" in kinds else 0
    return agreed((part - whole / 2) * sign > 0 if sign else part == whole for part in parts)


def _restriction(told: Told) -> list[Limit]:
    """Return the limit of those that are spoken of: behind "every", or the first, or what is told for a value."""
    kept = [limit for limit in told.limits if not limit.always] if any(limit.always for limit in told.limits) else []
    begin = next(iter(told.quantifiers.values()), 0)
    return (kept or [limit for limit in told.limits if limit.place > begin] or told.limits)[:1]


def _of_one(told: Told, axes: Sequence[Axis], rows: Sequence[_Row]) -> Answer:
    """Try what is said of the fullest bin, or of a point that has a name or a rank: its ranks and values."""
    if told.quantifiers or len(told.names) > 1 or len({axis for axis, _, _ in told.ranks}) < len(told.ranks):
        return None
    ranked = [_ranked(rows, *rank) for rank in told.ranks]
    one = next((row for row in rows if told.names == [row.name]), None) if told.names else ranked[0]
    if one is None or None in ranked:
        return None
    limits = [limit for limit in told.limits if not _is_width(limit, one)]
    whole = sum(row.weight for row in rows)
    amount = _amount(told, rows)
    if told.amounts and (amount is None or (len(axes) > 1 and amount.value != whole)):
        return None
    answers = [_lies(limit, one, axes) for limit in limits] + [row is one for row in ranked[not told.names :]]
    if amount and len(axes) == 1:
        answers.append(amount.fits(one.weight if amount.kind == "plain" else one.weight / whole))
    return every(answers)


def _ranked(rows: Sequence[_Row], axis: int, sign: int, place: int) -> _Row | None:
    """Return the row that has a place on an axis, or by what it counts; None where several do."""
    sizes = [sign * (row.weight if axis < 0 else row.spans[axis][0]) for row in rows]
    found = [row for row, size in zip(rows, sizes, strict=True) if sum(other > size for other in sizes) == place - 1]
    return found[0] if len(found) == 1 else None


def _is_width(limit: Limit, row: _Row) -> bool:
    """Return whether a number says how wide a bin is: "the busiest half-hour"."""
    return not limit.number.hedge and math.isclose(limit.number.value, row.spans[0][1] - row.spans[0][0])


def _related(told: Told, tokens: Sequence[Token], axes: Sequence[Axis], rows: Sequence[_Row]) -> Answer:
    """Try how two parts compare, how bins go on beyond a limit, and how the two measures of points go together."""
    if told.names or told.ranks or told.amounts or len(told.moves) > 2:
        return None
    said = {axis_said([token.word], axes) for token in tokens if token.kind == "word" and len(token.word) > 2}
    if len(axes) == 1 and len(told.moves) == 1 and len(told.limits) == 2 and not told.changes:
        (low, high), (other_low, other_high) = (_counted([limit], axes, rows) for limit in told.limits)
        sign = told.moves[0]
        return agreed((a - b) * sign > 0 for a, b in ((low, other_high), (high, other_low)))
    if len(axes) == len(told.moves) == 1 >= len(told.limits) and told.changes and (told.limits or 0 in said):
        there = [row.weight for row in rows if _all_lie(told.limits, row, axes)]  # "numbers thin out beyond the hour"
        steps = [(b - a) * told.moves[0] > 0 for a, b in pairwise(there)]
        return True if steps and all(steps) else None
    if len(axes) < 2 or told.limits or told.quantifiers or len(rows) < FEWEST_POINTS:
        return None
    if len(told.moves) == 1 and not ({0, 1} <= said and told.changes):
        return None
    points = [(row.spans[0][0], row.spans[1][0]) for row in rows]
    return rank_correlation(points) * math.prod(told.moves) >= WEAKEST_RELATION


def _is_part(number: PrintedNumber, part: float) -> Answer:
    answer = number.fits(100 * part if number.kind == "percent" else part)
    exact = number.kind == "plain" or number.text.casefold().startswith(("only", "just", "barely", "a mere"))
    return None if answer is False and not exact and part > number.low else answer  # where most do, half do, too
