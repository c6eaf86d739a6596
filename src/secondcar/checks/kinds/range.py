"""A range: two ends, one of which may be open."""

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks import derived, worked
from secondcar.checks.exercise import Evaluate, Exercise, Label, Mistake, Written
from secondcar.checks.kinds.number import forms_of_number
from secondcar.checks.numbers import (
    Band,
    confused,
    describe_slip,
    find_mistake,
    find_slip,
    in_band,
    is_rounding_of,
    is_slip_of_the_pen,
    kept,
    read_as,
)
from secondcar.checks.values import describe_number, in_unit, read_number, read_pair
from secondcar.checks.verdict import UNIT_SLIP, CannotRead, Verdict, right, wrong

# None is an open end, and the band of one.
Ends = Sequence[float | None]
Bands = Sequence[Band | None]

_LEAST_AND_MOST = "What is the least that is possible, and what is the most?"


@dataclass(frozen=True, kw_only=True)
class Range(Exercise[float | Ends]):
    """A range. The value of a mistake is a pair, or one number where the range was missed altogether.

    Attributes:
        unit: the unit of its ends.
        right: what to say to a right answer.
        accept: the bands of the low end and of the high end.
        derived: for each end, ways in which its expression goes wrong, each with the number that it leads to.

    >>> exercise = Range(points=1, hints=[], mistakes=[], unit="vehicles", accept=[[7600, 7600], None])
    >>> exercise.judge((7600, float("inf"))).state
    'right'
    """

    kind = "range"
    needs_code = False

    unit: str
    right: str = "Right."
    accept: Bands
    derived: Sequence[Sequence[tuple[str, float]]] = ()

    def judge(self, value: Any) -> Verdict:
        """Judge a range: both ends must lie in their bands."""
        try:
            ends = read_pair(value)
        except CannotRead:
            return self._judge_single_number(value)
        turned = " The lower end comes first; they were put in order." if _is_turned(value) else ""
        given = f"Your answer was read as {_describe(ends, self.unit)}.{turned}"
        if _fits(ends, self.accept):
            return right(self.right, given)
        for mistake in self.mistakes:
            if not isinstance(mistake.value, int | float) and _is_mistake(ends, mistake.value):
                return wrong(mistake.means, mistake=mistake.id, given=given)
        slip = find_slip(lambda factor: _fits(_scaled(ends, factor), self.accept))
        if slip:
            return wrong(describe_slip(slip, self.unit), mistake=f"{UNIT_SLIP}-{slip[0]}", given=given)
        way = self._way_to(ends)
        if way:
            which, name = way
            return wrong(f"The {which} end: {derived.means(name)}", mistake=derived.mistake_id(name), given=given)
        return wrong(_which_end(ends, self.accept), given=given)

    def _way_to(self, ends: Ends) -> tuple[str, str] | None:
        """Return the end that does not fit and the way that leads to it, where one does."""
        for which, end, band, ways in zip(("low", "high"), ends, self.accept, self.derived, strict=False):
            way = derived.way_to(end, ways) if end is not None and not _end_fits(end, band) else None
            if way:
                return which, way
        return None

    def _judge_single_number(self, value: Any) -> Verdict:
        """Judge one number where a range is asked: it may be a known mistake; any other is unreadable."""
        try:
            number = read_number(value)
        except CannotRead:
            read_pair(value)  # raises the sentence that says what is wrong with it
            raise
        mistake = find_mistake(number, self.mistakes)
        if mistake is None:
            raise CannotRead("This is one number, and I need a range: a pair, (low, high).")
        return wrong(mistake.means, mistake=mistake.id, given=read_as(number, self.unit))

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        return {"accept": [[kept(evaluate(end)) for end in band] or None for band in written["accept"]]}

    def with_derived(self, written: Written, evaluate: Evaluate) -> Self:
        def of_end(expression: object, band: Band | None) -> list[tuple[str, float]]:
            if band is None:
                return []
            return derived.numbers(expression, self.unit, evaluate, lambda number: in_band(number, band))

        ends = [of_end(*end) for end in zip(written["answer"], self.accept, strict=True)]
        return dataclasses.replace(self, derived=ends)

    def formula(self, written: Written, label: Label) -> str:
        low, high = (worked.formula(end, label) for end in written["answer"])
        if low and high:
            return f"for the low end {low}; for the high end {high}"
        return low or high

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        lines = []
        for which, expression, band in zip(("low", "high"), written["answer"], self.accept, strict=True):
            taken = [] if band is None else worked.steps(expression, evaluate, label)
            lines += ["\n".join([f"The {which} end:", *taken])] if taken else []
        return [*lines, f"The answer: {_describe(self.solution(written, evaluate), self.unit)}."]

    def mistake_value(self, value: Any, evaluate: Evaluate) -> float | Ends:
        return _kept_ends(value, evaluate) if isinstance(value, list) else kept(evaluate(value))

    def solution(self, written: Written, evaluate: Evaluate) -> Ends:
        return _kept_ends(written["answer"], evaluate)

    def mistaken_source(self, mistake: Mistake[float | Ends], written: Any) -> str:
        if isinstance(mistake.value, int | float):
            return repr(mistake.value)
        low, high = ('float("inf")' if end is None else repr(end) for end in mistake.value)
        return f"({low}, {high})"

    def other_forms(self, value: Any) -> list[object]:
        import numpy as np
        import pandas as pd

        if isinstance(value, int | float):
            return forms_of_number(value)
        return [list(value), np.array(value), pd.Series(value), {"low": value[0], "high": value[1]}]

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        for name, factor in confused():
            yield name, tuple(end * factor for end in solution)
        yield "only the low end", (solution[0], solution[0])
        yield "only the high end", (solution[1], solution[1])


def _kept_ends(ends: Sequence[object], evaluate: Evaluate) -> Ends:
    values = [float(evaluate(end)) for end in ends]
    return [None if math.isinf(value) else kept(value) for value in values]


def _end_fits(end: float | None, band: Band | None) -> bool:
    if end is None or band is None:
        return end is None and band is None
    return in_band(end, band)


def _is_turned(value: Any) -> bool:
    """Return whether a range came with its higher end first."""
    return (
        isinstance(value, list | tuple) and all(isinstance(end, int | float) for end in value) and value[0] > value[1]
    )


def _fits(ends: Ends, bands: Bands) -> bool:
    return all(_end_fits(end, band) for end, band in zip(ends, bands, strict=True))


def _is_mistake(ends: Ends, wrong_ends: Ends) -> bool:
    return all(
        end is wrong_end if end is None or wrong_end is None else is_rounding_of(end, wrong_end)
        for end, wrong_end in zip(ends, wrong_ends, strict=True)
    )


def _scaled(ends: Ends, factor: float) -> Ends:
    return [None if end is None else end * factor for end in ends]


def _describe(ends: Ends, unit: str) -> str:
    low, high = ends
    if low is not None and high is not None:
        return f"{describe_number(low)} to {in_unit(high, unit)}"
    if low is not None:
        return f"{in_unit(low, unit)} or more"
    return "open at both ends" if high is None else f"{in_unit(high, unit)} or less"


def _which_end(ends: Ends, bands: Bands) -> str:
    """Return which end does not fit, and how."""
    if None not in ends and ends[0] == ends[1]:
        return "Both ends are one and the same number. What would make it smaller, and what would make it larger?"
    low, high = (_about_end(*each) for each in zip(ends, bands, ("least", "most"), strict=True))
    if not low:
        return f"The low end fits. Look at the high end again: {high}"
    if not high:
        return f"The high end fits. Look at the low end again: {low}"
    # Where the whole range lies says more than a sentence on each of its ends, and would repeat both.
    return f"Neither end fits yet. {_where(ends, bands) or f'The low end: {low} The high end: {high}'}"


def _about_end(end: float | None, band: Band | None, extreme: str) -> str:
    """Return how one end does not fit; "" where it fits."""
    if _end_fits(end, band):
        return ""
    if band is None:
        return f"do the words name a {extreme} at all?"
    if end is None:
        return f"it is open. Which is the {extreme} that the words allow?"
    side = "low" if end < band[0] else "high"
    if is_slip_of_the_pen(end, band):
        return (
            f"it is too {side}, and not by much. Is there a slip in the arithmetic, or a word that you read otherwise?"
        )
    return f"it is too {side}. What is the {extreme} that is possible?"


def _where(ends: Ends, bands: Bands) -> str:
    """Return where a range lies that fits at neither end; "" where an end of it or of the right one is open."""
    (low, high), (least, most) = ends, bands
    if low is None or high is None or least is None or most is None:
        return ""
    if high < least[0] or low > most[1]:
        side = "low" if high < least[0] else "high"
        return f"The whole range lies too {side}. Is each end worked out the right way, from the right numbers?"
    if low > least[1] and high < most[0]:
        return f"The range is too narrow: it leaves out what may well be true. {_LEAST_AND_MOST}"
    if low < least[0] and high > most[1]:
        return f"The range is too wide: it takes in what the words rule out. {_LEAST_AND_MOST}"
    return ""
