"""A function, tried on cases that the learner does not see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks.exercise import Evaluate, Exercise, Mistake, Written
from secondcar.checks.numbers import ROUND_OFF, confused, describe_slip, find_slip, kept
from secondcar.checks.quiet import quietly
from secondcar.checks.values import describe_number, is_blank, read_number, read_text
from secondcar.checks.verdict import UNIT_SLIP, CannotRead, NotAttempted, Verdict, right, wrong

Result = float | str


@dataclass(frozen=True)
class Case:
    """Arguments to try a function on, and what it must give back."""

    args: Sequence[Any]
    answer: Result


@dataclass(frozen=True, kw_only=True)
class Function(Exercise[Sequence[Result]]):
    """A function. The value of a mistake is what a function with that mistake gives for each case.

    Attributes:
        unit: in which its results are asked.
        within: how far a number may be off, relative to the right one.
        right: what to say to a right answer.
        cases: what the function is tried on; every case must come out right.

    >>> doubled = Function(points=1, hints=[], mistakes=[], unit="", within=0.001, cases=[Case([2], 4)])
    >>> doubled.judge(lambda x: x + x).state
    'right'
    """

    kind = "function"

    unit: str
    within: float
    right: str = "Right."
    cases: Sequence[Case]

    def judge(self, value: Any) -> Verdict:
        """Judge the learner's function. What it prints or warns about is kept quiet."""
        if is_blank(value):
            raise NotAttempted
        if not callable(value):
            raise CannotRead("I need the function itself: write its name without brackets after it.")
        results = []
        for case in self.cases:
            try:
                results.append(_read_result(_call(value, case.args), case.answer))
            except (NotAttempted, NotImplementedError):
                raise NotAttempted from None
            except CannotRead as problem:
                raise CannotRead(f"For {describe_args(case.args)}, your function gives this back: {problem}") from None
            except (Exception, SystemExit) as error:
                return wrong(
                    f"For {describe_args(case.args)}, your function stopped with {type(error).__name__}: "
                    f"{str(error)[:120]}. What does that line do with these inputs?"
                )
        return self._judge_results(results)

    def _judge_results(self, results: Sequence[Result]) -> Verdict:
        answers = [case.answer for case in self.cases]
        if _agree(results, answers, self.within):
            return right(self.right, f"Your function was tried on {len(self.cases)} cases.")
        first = _first_difference(self.cases, results, self.within)
        for mistake in self.mistakes:
            if _agree(results, mistake.value, self.within):
                return wrong(mistake.means, mistake=mistake.id, given=f"For {first}.")
        slip = find_slip(lambda factor: _agree_scaled(results, answers, factor, self.within))
        if slip:
            return wrong(describe_slip(slip, self.unit), mistake=f"{UNIT_SLIP}-{slip[0]}")
        return wrong(f"It is not right for every case. For {first}. What would you expect there, on paper?")

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return super().from_json({**stored, "cases": [Case(**case) for case in stored["cases"]]})

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        function = evaluate(written["answer"])
        return {"cases": [Case(args, _kept_result(function(*args))) for args in written["cases"]]}

    def mistake_value(self, value: Any, evaluate: Evaluate) -> Sequence[Result]:
        function = evaluate(value)
        return [_kept_result(function(*case.args)) for case in self.cases]

    def mistaken_source(self, mistake: Mistake[Sequence[Result]], written: Any) -> str:
        return str(written)

    def other_forms(self, value: Any) -> list[object]:
        import pandas as pd

        def in_a_series(*arguments: Any) -> object:
            return pd.Series([value(*arguments)])

        def after_printing(*arguments: Any) -> object:
            print(arguments)
            return value(*arguments)

        return [in_a_series, after_printing]

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        if not isinstance(self.cases[0].answer, str):
            yield from ((name, _scaled(solution, factor)) for name, factor in confused())


def describe_args(args: Sequence[Any]) -> str:
    return "(" + ", ".join(f'"{a}"' if isinstance(a, str) else describe_number(a) for a in args) + ")"


def _kept_result(value: Any) -> Result:
    return value if isinstance(value, str) else kept(value)


def _scaled(function: Callable[..., Any], factor: float) -> Callable[..., Any]:
    return lambda *arguments: function(*arguments) * factor


def _call(function: Callable[..., Any], args: Sequence[Any]) -> object:
    with quietly():
        return function(*args)


def _read_result(result: object, answer: Result) -> Result:
    return read_text(result) if isinstance(answer, str) else read_number(result)


def _agrees(result: Result, answer: Result, within: float) -> bool:
    if isinstance(answer, str):
        return result == answer.casefold()
    if isinstance(result, str):
        return False
    return abs(result - answer) <= max(within * abs(answer), ROUND_OFF)


def _agree(results: Sequence[Result], answers: Sequence[Result], within: float) -> bool:
    return all(_agrees(r, a, within) for r, a in zip(results, answers, strict=True))


def _agree_scaled(results: Sequence[Result], answers: Sequence[Result], factor: float, within: float) -> bool:
    scaled = [result * factor for result in results if not isinstance(result, str)]
    return len(scaled) == len(answers) and _agree(scaled, answers, within)


def _first_difference(cases: Sequence[Case], results: Sequence[Result], within: float) -> str:
    for case, result in zip(cases, results, strict=True):
        if not _agrees(result, case.answer, within):
            shown = result if isinstance(result, str) else describe_number(result)
            return f"{describe_args(case.args)} it gives {shown}"
    raise ValueError("every case agrees")
