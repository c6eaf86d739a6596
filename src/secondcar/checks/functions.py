"""Judging a function by trying it on cases that the learner does not see."""

from secondcar.checks.numbers import ROUND_OFF, describe_slip, find_slip
from secondcar.checks.quiet import quietly
from secondcar.checks.values import describe_number, is_blank, read_number, read_text
from secondcar.checks.verdict import UNIT_SLIP, NotAttempted, Unreadable, Verdict, right, wrong


def judge_function(exercise: dict, value: object) -> Verdict:
    """Judge a function: every case must come out right.

    Args:
        exercise: with ``cases`` (each with ``args`` and ``answer``, a number or a text), ``within`` (how far a
            number may be off, relative to the answer), ``unit``, and ``mistakes`` whose ``value`` is the list of
            what a function with that mistake gives for each case.
        value: the learner's function. What it prints or warns about is kept quiet.

    >>> case = {"args": [2], "answer": 4}
    >>> judge_function({"cases": [case], "within": 0.001, "mistakes": []}, lambda x: x + x).state
    'right'
    """
    if is_blank(value):
        raise NotAttempted
    if not callable(value):
        raise Unreadable("I need the function itself: write its name without brackets after it.")
    cases, within = exercise["cases"], exercise["within"]
    results = []
    for case in cases:
        try:
            results.append(_read_result(_call(value, case["args"]), case["answer"]))
        except (NotAttempted, NotImplementedError):
            raise NotAttempted from None
        except Unreadable as problem:
            raise Unreadable(f"For {describe_args(case['args'])}, your function gives this back: {problem}") from None
        except (Exception, SystemExit) as error:
            return wrong(
                f"For {describe_args(case['args'])}, your function stopped with {type(error).__name__}: "
                f"{str(error)[:120]}. What does that line do with these inputs?"
            )
    answers = [case["answer"] for case in cases]
    if _agree(results, answers, within):
        return right(exercise.get("right", "Right."), f"Your function was tried on {len(cases)} cases.")
    for mistake in exercise["mistakes"]:
        if _agree(results, mistake["value"], within):
            return wrong(
                mistake["means"],
                mistake=mistake["id"],
                given=f"For {_first_difference(cases, results, within)}.",
            )
    slip = find_slip(lambda factor: _agree_scaled(results, answers, factor, within))
    if slip:
        return wrong(describe_slip(slip, exercise.get("unit", "")), mistake=f"{UNIT_SLIP}-{slip[0]}")
    return wrong(
        f"It is not right for every case. For {_first_difference(cases, results, within)}. "
        "What would you expect there, on paper?"
    )


def describe_args(args: list) -> str:
    return "(" + ", ".join(f'"{a}"' if isinstance(a, str) else describe_number(a) for a in args) + ")"


def _call(function, args: list) -> object:
    with quietly():
        return function(*args)


def _read_result(result: object, answer: object) -> float | str:
    return read_text(result) if isinstance(answer, str) else read_number(result)


def _agrees(result: float | str, answer: float | str, within: float) -> bool:
    if isinstance(answer, str):
        return result == answer.casefold()
    return abs(result - answer) <= max(within * abs(answer), ROUND_OFF)


def _agree(results: list, answers: list, within: float) -> bool:
    return all(_agrees(r, a, within) for r, a in zip(results, answers, strict=True))


def _agree_scaled(results: list, answers: list, factor: float, within: float) -> bool:
    if any(isinstance(answer, str) for answer in answers):
        return False
    return _agree([r * factor for r in results], answers, within)


def _first_difference(cases: list[dict], results: list, within: float) -> str:
    for case, result in zip(cases, results, strict=True):
        if not _agrees(result, case["answer"], within):
            shown = result if isinstance(result, str) else describe_number(result)
            return f"{describe_args(case['args'])} it gives {shown}"
    raise ValueError("every case agrees")
