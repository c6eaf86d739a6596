"""A function, tried on cases that the learner does not see."""

import contextlib
import dataclasses
import dis
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks import derived, worked
from secondcar.checks.exercise import Evaluate, Exercise, Label, Mistake, Written
from secondcar.checks.numbers import ROUND_OFF, confused, describe_slip, find_slip, is_rounded_enough, kept
from secondcar.checks.quiet import quietly
from secondcar.checks.values import code_of, describe_number, is_blank, kind_name, read_number, read_text
from secondcar.checks.verdict import UNIT_SLIP, CannotRead, NotAttempted, Verdict, right, wrong
from secondcar.counting import counted

Result = float | str


@dataclass(frozen=True)
class FunctionCase:
    """The arguments that a function is tried on, and what it must give back."""

    args: Sequence[Any]
    answer: Result


@dataclass(frozen=True, kw_only=True)
class Function(Exercise[Sequence[Result]]):
    """A function. The value of a mistake is what a function with that mistake gives for each case.

    Attributes:
        unit: the unit of its results.
        within: how far a number may be off, relative to the right one.
        right: what to say to a right answer.
        cases: what the function is tried on; every case must come out right.
        derived: ways in which the answer's expression goes wrong, each with what it gives for the cases.

    >>> doubled = Function(points=1, hints=[], mistakes=[], unit="", within=0.001, cases=[FunctionCase([2], 4)])
    >>> doubled.judge(lambda x: x + x).state
    'right'
    """

    kind = "function"

    unit: str
    within: float
    right: str = "Right."
    cases: Sequence[FunctionCase]
    derived: Sequence[tuple[str, Sequence[Result]]] = ()

    def judge(self, value: Any) -> Verdict:
        """Judge the learner's function. What it prints or warns about is kept quiet."""
        if is_blank(value):
            raise NotAttempted
        if not callable(value):
            raise CannotRead(
                f"This is {kind_name(value)}, and I need the function itself: its name without brackets after it. "
                "The line that begins with `def` makes it."
            )
        results = []
        for case in self.cases:
            try:
                result = _call(value, case.args)
                if result is None:
                    raise CannotRead("nothing. It ends without `return`, so what it works out is lost.")
                results.append(_read_result(result, case.answer))
            except (NotAttempted, NotImplementedError):
                raise NotAttempted from None
            except CannotRead as problem:
                raise CannotRead(f"For {describe_args(case.args)}, your function gives this back: {problem}") from None
            except (Exception, SystemExit) as error:
                return wrong(
                    f"For {describe_args(case.args)}, your function stopped with {type(error).__name__}: "
                    f"{str(error)[:120]}. What does that line do with these inputs?"
                )
        return self._judge_results(results, unused_inputs(value))

    def _judge_results(self, results: Sequence[Result], unused: Sequence[str] = ()) -> Verdict:
        answers = self._answers
        if self._agree(results, answers):
            return right(self.right, f"Your function was tried on {counted(len(self.cases), 'case')}.")
        first = self._first_difference(results)
        for mistake in self.mistakes:
            if self._agree(results, mistake.value):
                return wrong(mistake.means, mistake=mistake.id, given=f"For {first}.")
        slip = find_slip(lambda factor: self._agree(_times(results, factor), answers))
        if slip:
            return wrong(describe_slip(slip, self.unit), mistake=f"{UNIT_SLIP}-{slip[0]}")
        if _are_rounded(results, answers):
            return wrong(
                f"For {first}: that is rounded too far. Does it fit if the function rounds less, or not at all?"
            )
        if len(set(map(str, results))) == 1 and len(set(map(str, answers))) > 1:
            return wrong(f"For {first}, and the same for any other input. Which names in its formula are not its own?")
        for way, mistaken in self.derived:
            if self._agree(results, mistaken):
                return wrong(derived.means(way), mistake=derived.mistake_id(way), given=f"For {first}.")
        if unused:
            names = " and ".join(f"`{name}`" for name in unused)
            return wrong(
                f"No line of your function uses {names}: what it is given there changes nothing. For {first}. What "
                "would you expect there, on paper?"
            )
        fitting = sum(map(self._agrees, results, answers))
        some = f"It is right for {fitting} of {counted(len(answers), 'case')}, so one kind of input is not thought of."
        none = "It is not right for any case yet."
        return wrong(f"{some if fitting else none} For {first}. What would you expect there, on paper?")

    def _agree(self, results: Sequence[Result], answers: Sequence[Result]) -> bool:
        return all(self._agrees(r, a) for r, a in zip(results, answers, strict=True))

    def _agrees(self, result: Result, answer: Result) -> bool:
        if isinstance(answer, str) or isinstance(result, str):
            return isinstance(answer, str) and isinstance(result, str) and result.casefold() == answer.casefold()
        near = abs(result - answer) <= max(self.within * abs(answer), ROUND_OFF)
        return near or is_rounded_enough(result, answer, self.unit)

    def _first_difference(self, results: Sequence[Result]) -> str:
        for case, result in zip(self.cases, results, strict=True):
            if not self._agrees(result, case.answer):
                shown = result if isinstance(result, str) else describe_number(result)
                return f"{describe_args(case.args)} it gives {shown}"
        raise ValueError("every case agrees")

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return super().from_json({**stored, "cases": [FunctionCase(**case) for case in stored["cases"]]})

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        function = evaluate(written["answer"])
        return {"cases": [FunctionCase(args, _kept_result(function(*args))) for args in written["cases"]]}

    def mistake_value(self, value: Any, evaluate: Evaluate) -> Sequence[Result]:
        function = evaluate(value)
        return [_kept_result(function(*case.args)) for case in self.cases]

    def with_derived(self, written: Written, evaluate: Evaluate) -> Self:
        found: list[tuple[str, Sequence[Result]]] = []
        for way, source in derived.functions(written["answer"], self.unit):
            with contextlib.suppress(Exception):  # a way may lead to something else than a number in some case
                results = self.mistake_value(source, evaluate)
                is_known = self._agree(results, self._answers) or self._judge_results(results).mistake
                if not is_known and not any(self._agree(results, earlier) for _, earlier in found):
                    found.append((way, results))
        return dataclasses.replace(self, derived=found)

    @property
    def _answers(self) -> list[Result]:
        return [case.answer for case in self.cases]

    def formula(self, written: Written, label: Label) -> str:
        body = worked.function_body(written["answer"])
        return worked.formula(body[0], label) if body else ""

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        body = worked.function_body(written["answer"])
        if body is None:
            return [f"One way to write it:\n{written['answer'].strip()}"]
        expression, parameters = body
        lines, case = [f"What it gives back: {expression}."], self.cases[0]
        if not any(isinstance(argument, str) for argument in case.args):
            given = worked.with_values(expression, dict(zip(parameters, case.args, strict=True)))
            lines.append(f"For {describe_args(case.args)}: {'; '.join(worked.steps(given, evaluate, label))}.")
        return lines

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


def unused_inputs(function: Any) -> list[str]:
    """Return the inputs of a function that no line of it reads; none where its code is not available.

    >>> unused_inputs(lambda new, percent: new / 2.5)
    ['percent']
    """
    code = code_of(function)
    if code is None:
        return []
    read = {str(step.argval) for step in dis.get_instructions(code) if not step.opname.startswith("STORE")}
    named = {name for argval in read for name in re.findall(r"\w+", argval)}
    return [name for name in code.co_varnames[: code.co_argcount] if name not in named and name not in code.co_cellvars]


def describe_args(args: Sequence[Any]) -> str:
    return "(" + ", ".join(f'"{a}"' if isinstance(a, str) else describe_number(a) for a in args) + ")"


def _kept_result(value: Any) -> Result:
    """Keep a result in a form that JSON can hold.

    Raises:
        ValueError: it is not a finite number.
    """
    if isinstance(value, str):
        return value
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that an answer can be")
    return kept(value)


def _scaled(function: Callable[..., Any], factor: float) -> Callable[..., Any]:
    return lambda *arguments: function(*arguments) * factor


def _call(function: Callable[..., Any], args: Sequence[Any]) -> object:
    with quietly():
        return function(*args)


def _read_result(result: object, answer: Result) -> Result:
    return read_text(result) if isinstance(answer, str) else read_number(result)


def _times(results: Sequence[Result], factor: float) -> list[Result]:
    return [result if isinstance(result, str) else result * factor for result in results]


def _are_rounded(results: Sequence[Result], answers: Sequence[Result]) -> bool:
    """Return whether each result is its answer, rounded to the same places, however few."""
    pairs = list(zip(results, answers, strict=True))
    numeric = [(r, a) for r, a in pairs if not isinstance(r, str) and not isinstance(a, str)]
    return len(numeric) == len(pairs) and any(
        all(abs(r - round(a, places)) <= ROUND_OFF * max(1.0, abs(a)) for r, a in numeric) for places in range(-6, 4)
    )
