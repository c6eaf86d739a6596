"""A single number: its band, its known mistakes, its slips in size."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks import derived, worked
from secondcar.checks.exercise import Evaluate, Exercise, Label, Written
from secondcar.checks.numbers import (
    SLIPS,
    Band,
    confused,
    describe_slip,
    find_mistake,
    find_slip,
    in_band,
    is_rounded_enough,
    is_rounder,
    is_rounding_of,
    is_slip_of_the_pen,
    kept,
    read_as,
)
from secondcar.checks.values import describe_number, in_unit, read_number
from secondcar.checks.verdict import UNIT_SLIP, Verdict, right, wrong


def not_the_number(number: float, band: Band) -> str:
    """Describe a number that nothing explains: its side, its sign, how near or how round it is."""
    side = "too low" if number < band[0] else "too high"
    if is_slip_of_the_pen(number, band):
        return (
            f"This is {side}, and not by much. If you trust your way, look for a slip in the arithmetic, or a digit "
            "typed wrong. A hint is there if you want one."
        )
    if is_rounder(number, sum(band) / 2):
        return (
            f"This is {side}. It is a round number, as a guess is, and a guess is a good beginning. Which numbers does "
            "the question give, and what would you do with them to come nearer?"
        )
    if number < 0 < band[0] or band[1] < 0 < number:
        return (
            f"This is {side}: it lies on the other side of zero. Which number is taken away from which, and does it "
            "rise or fall?"
        )
    return (
        f"This is {side}. Check what is compared with what, and try the steps with easy numbers. "
        "A hint is there if you want one."
    )


TWO_AT_ONCE = "derived-two-at-once"
# A factor that would mend the size or the sign of a number -> what to say about it.
_SIZES = {-1.0: "The sign does not fit."} | {
    power: f"The size does not fit: {text.format(word)}."
    for factor, text in SLIPS.values()
    for power, word in ((factor, "small"), (1 / factor, "large"))
}


@dataclass(frozen=True, kw_only=True)
class Number(Exercise[float]):
    """A single number.

    Attributes:
        unit: the unit of the number.
        right: what to say to a right answer.
        accept: the lowest and the highest number that are right.
        derived: ways in which the answer's expression goes wrong, each with the number that it leads to.
        exact: the answer as its expression gives it, where the band leaves room.

    >>> Number(points=1, hints=[], mistakes=[], unit="vehicles", accept=(7550, 7650)).judge(7.6).mistake
    'unit-slip-thousand'
    """

    kind = "number"
    needs_code = False

    unit: str
    right: str = "Right."
    accept: Band
    derived: Sequence[tuple[str, float]] = ()
    exact: float | None = None

    def judge(self, value: Any) -> Verdict:
        """Judge a number against the band, then the mistakes, then slips of unit."""
        number = read_number(value)
        given = read_as(number, self.unit)
        if in_band(number, self.accept):
            return right(f"{self.right}{self._more_exactly(number)}", given)
        mistake = find_mistake(number, self.mistakes)
        if mistake:
            return wrong(mistake.means, mistake=mistake.id, given=given)
        slip = self._slip_of(number)
        if slip:
            return wrong(describe_slip(slip, self.unit), mistake=f"{UNIT_SLIP}-{slip[0]}", given=given)
        way = "sign" if in_band(-number, self.accept) else derived.way_to(number, self.derived)
        if way:
            return wrong(derived.means(way), mistake=derived.mistake_id(way), given=given)
        return self._two_at_once(number, given) or wrong(not_the_number(number, self.accept), given=given)

    def _more_exactly(self, number: float) -> str:
        """Return what to add for a right number that is further off than rounding explains; "" for any other."""
        if self.exact is None or is_rounding_of(number, self.exact, digits=(3,)):
            return ""
        if is_rounded_enough(number, self.exact, self.unit):  # as it was asked
            return ""
        return f" (It is near enough. Worked out with all digits it is {describe_number(self.exact)}.)"

    def _two_at_once(self, number: float, given: str) -> Verdict | None:
        """Judge a number that a known mistake leads to, in another size or with another sign, or return None."""
        for factor, too in _SIZES.items():
            scaled = number * factor
            mistake = next((m for m in self.mistakes if derived.near(scaled, m.value)), None)
            # A guess meets one of so many numbers by chance.
            derived_ways = () if is_rounder(number, sum(self.accept) / 2) else self.derived
            way = next((way for way, to in derived_ways if derived.near(scaled, to)), None)
            if mistake or way:
                means = mistake.means if mistake else derived.means(str(way))
                return wrong(f"Two things come together here. {too} And: {means}", mistake=TWO_AT_ONCE, given=given)
        return None

    def _slip_of(self, number: float) -> tuple[str, bool] | None:
        return find_slip(lambda factor: in_band(number * factor, self.accept)) if number else None

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        accept = [kept(evaluate(end)) for end in written["accept"]]
        return {"accept": accept, "exact": kept(evaluate(written["answer"])) if accept[0] < accept[1] else None}

    def with_derived(self, written: Written, evaluate: Evaluate) -> Self:
        def is_known(number: float) -> bool:
            return bool(self._slip_of(number) or find_mistake(number, self.mistakes))

        found = derived.numbers(
            written["answer"],
            self.unit,
            evaluate,
            lambda number: in_band(number, self.accept),
            is_known,
            written.get("others", ()),
        )
        return dataclasses.replace(self, derived=found)

    def mistake_value(self, value: Any, evaluate: Evaluate) -> float:
        return kept(evaluate(value))

    def solution(self, written: Written, evaluate: Evaluate) -> float:
        return kept(evaluate(written["answer"]))

    def objections(self, written: Written, solution: float) -> Iterator[tuple[str, str]]:
        if not in_band(float(f"{solution:.2e}"), self.accept):
            yield "its answer rounded to three digits lies outside its band", "Make the band wider"
        for slip, (factor, _) in SLIPS.items():
            for scaled in (solution * factor, solution / factor):
                if solution and in_band(scaled, self.accept):
                    yield f"a slip by a {slip} lies in its band", "Make the band narrower"
        for text in [*written["hints"], *(mistake.means for mistake in self.mistakes)]:
            for numeral in re.findall(r"\d[\d,]*\.?\d*", text):
                if in_band(float(numeral.replace(",", "")), self.accept):
                    yield f'"{numeral}" gives the answer away in a hint or message', "Take it out"

    def formula(self, written: Written, label: Label) -> str:
        return worked.formula(written["answer"], label)

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        result = in_unit(self.solution(written, evaluate), self.unit)
        return [*worked.steps(written["answer"], evaluate, label), f"The answer: {result}."]

    def other_forms(self, value: float) -> list[object]:
        return forms_of_number(value)

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        return ((name, solution * factor) for name, factor in confused() if solution != 0)


def forms_of_number(number: float) -> list[object]:
    """Return the same number in other types."""
    from decimal import Decimal
    from fractions import Fraction

    import numpy as np
    import pandas as pd

    return [np.float64(number), Fraction(number), Decimal(repr(number)), pd.Series([number]), [number]]
