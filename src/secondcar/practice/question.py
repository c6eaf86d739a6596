"""A drawn question: a claim, what is asked of it, and the exercise that checks the answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from secondcar.checks import judge
from secondcar.checks.derived import near
from secondcar.checks.exercise import Exercise
from secondcar.checks.kinds import KINDS
from secondcar.checks.numbers import is_percent
from secondcar.checks.values import describe_number, in_unit
from secondcar.note_format import RIGHT, WRONG

_FIGURE = re.compile(r"-?\d[\d,.]*\d|-?\d")

# An expression of plain numbers, or a pair of them.
Expression = str | list[str]


@dataclass(frozen=True)
class Slip:
    """A way to go wrong: its id, the answer that it leads to, and what to say."""

    id: str
    value: Expression
    means: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question, as a form words it.

    Attributes:
        claim: what the newspaper writes.
        ask: what is asked.
        answer: an expression of the numbers in the claim, a pair of them for a range, or the option that is right.
        unit: the unit of a number.
        options: the choices, for a question that has any.
        slips: how learners get it wrong.
        hint: one question that helps.
        steps: the worked solution; a result with its unit follows.
        right: what to say to a right answer.
        off_by: how far an answer may be off, if rounding does not decide it.
    """

    claim: str
    ask: str
    answer: Expression
    unit: str = ""
    options: Sequence[str] = ()
    slips: Sequence[Slip]
    hint: str
    steps: Sequence[str]
    right: str
    off_by: float | None = None

    @property
    def kind(self) -> str:
        """Return the kind of exercise that checks the answer."""
        if self.options:
            return "choice"
        return "number" if isinstance(self.answer, str) else "range"

    @cached_property
    def exercise(self) -> Exercise[Any]:
        return KINDS[self.kind].compile(self._written(), 1, evaluate)

    @cached_property
    def solution(self) -> Any:
        """Return the right answer as a learner would give it."""
        return self.answer if self.options else self.exercise.solution(self._written(), evaluate)

    @property
    def result(self) -> str:
        """Return the right answer in words."""
        if self.options:
            return f'"{self.answer}"'
        *low, last = [self.solution] if self.kind == "number" else self.solution
        return " to ".join([*map(describe_number, low), in_unit(last, self.unit)])

    def _written(self) -> Mapping[str, Any]:
        """Return the question in the form in which answers.toml would have it."""
        return {
            "kind": self.kind,
            "answer": self.answer,
            "accept": self._accept(),
            "unit": self.unit,
            "options": self.options,
            "right": self.right,
            "hints": [self.hint],
            "mistakes": [{"id": slip.id, "value": slip.value, "means": slip.means} for slip in self._told_apart()],
        }

    def _accept(self) -> Any:
        if self.options:
            return None
        bands = [self._band(evaluate(end)) for end in ([self.answer] if self.kind == "number" else self.answer)]
        return bands[0] if self.kind == "number" else bands

    def _band(self, number: float) -> list[float]:
        """Return what is right: three digits that count, and for a percentage one after the point, are enough."""
        rounding = max(0.005 * abs(number), 0.05 if is_percent(self.unit) else 0)
        off = rounding if self.off_by is None else self.off_by
        return [number - off, number + off]

    def _told_apart(self) -> list[Slip]:
        """Return the slips without those that lead where an earlier one leads already."""
        if self.options:
            return list(self.slips)
        kept: list[Slip] = []
        for slip in self.slips:
            if not any(_same(slip.value, other.value) for other in kept):
                kept.append(slip)
        return kept


def evaluate(expression: object) -> Any:
    """Return the value of an expression of plain numbers.

    >>> evaluate("19000 / 2.5")
    7600.0
    """
    return eval(expression, {"__builtins__": {}}) if isinstance(expression, str) else expression


def is_sound(question: Question) -> bool:
    """Return whether a question has exactly the answer that it gives, and no slip leads to that answer.

    A draw may be unlucky: where 50 % are left, *by* and *to* are the same; a share may rise *to* as many percent as it
    rises *by*.
    """
    exercise, solution = question.exercise, question.solution
    if question.kind == "number" and describe_number(solution) in _FIGURE.findall(f"{question.claim} {question.ask}"):
        return False
    if judge(exercise, solution).state != RIGHT or any(exercise.objections(question._written(), solution)):
        return False
    return all(
        (verdict := judge(exercise, mistake.value)).state == WRONG and verdict.mistake == mistake.id
        for mistake in exercise.mistakes
    )


def _same(one: Expression, other: Expression) -> bool:
    """Return whether two slips lead to the same number, or pair of numbers."""
    ones, others = ([value] if isinstance(value, str) else value for value in (one, other))
    return len(ones) == len(others) and all(near(evaluate(a), evaluate(b)) for a, b in zip(ones, others, strict=True))
