"""Turns an exercise of answers.toml into what answers.json holds, and proves that it is right."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from secondcar.building.expressions import evaluate
from secondcar.checks import judge
from secondcar.checks.exercise import Exercise, Mistake, Written
from secondcar.checks.kinds import KINDS
from secondcar.checks.kinds.chart import Chart, changed
from secondcar.checks.numbers import NEAR
from secondcar.counting import counted
from secondcar.data import describe
from secondcar.note_format import NOT_ATTEMPTED, RIGHT

# What is wrong with an exercise, and what to do about it.
Objection = tuple[str, str]
Objections = Iterator[Objection]


def compile_exercise(written: Written, points: float) -> tuple[Exercise[Any] | None, list[Objection]]:
    """Evaluate an exercise's expressions and prove that its answer, mistakes and bank behave.

    Args:
        written: the exercise as `secondcar.building.answers.filled` returns it.
        points: nbgrader's points of its graded cell or its task.

    Returns:
        The exercise, or None where an expression fails; and all that is wrong with it.
    """
    try:
        exercise = KINDS[written["kind"]].compile(written, points, evaluate, describe)
        solution = exercise.solution(written, evaluate)
    except Exception as error:
        return None, [(f"an expression fails ({type(error).__name__}: {error})", "Correct it")]
    return exercise, list(_objections(exercise, written, solution))


def numbers_beside(name: str, written: Mapping[str, Written]) -> dict[str, object]:
    """Return what an exercise needs to know of the other numbers that its unit asks for."""
    others = [(other, exercise["answer"]) for other, exercise in written.items() if exercise["kind"] == "number"]
    return {"others": [(other, answer) for other, answer in others if other != name]}


def mistaken_answers(exercise: Exercise[Any], written: Written) -> Iterator[tuple[Mistake[Any], Any]]:
    """Yield each listed mistake with what a learner who makes it hands in."""
    for mistake, described in zip(exercise.mistakes, written["mistakes"], strict=True):
        yield mistake, evaluate(exercise.mistaken_source(mistake, described["value"]))


def _objections(exercise: Exercise[Any], written: Written, solution: object) -> Objections:
    if exercise.by_hand:
        yield from exercise.objections(written, solution)
        return
    wrong = list(_to_answer(exercise, solution))
    if wrong:
        yield from wrong  # all else follows from it
        return
    yield from exercise.objections(written, solution)
    yield from _to_mistakes(exercise, written)
    yield from _to_bank(exercise, written["bank"])
    if isinstance(exercise, Chart):
        yield from _to_breaks(exercise, written)


def _to_answer(exercise: Exercise[Any], solution: object) -> Objections:
    verdict = judge(exercise, solution)
    if verdict.state != RIGHT:
        yield f"its own answer is judged {verdict.state} ({verdict.message})", "Make answer and accept agree"


def _to_mistakes(exercise: Exercise[Any], written: Written) -> Objections:
    if len(exercise.mistakes) < 3 and "few_mistakes" not in written:
        yield f"it lists {counted(len(exercise.mistakes), 'mistake')}", "List three, or say why in few_mistakes"
    listed = exercise.mistakes[: len(written["mistakes"])]
    for position, (mistake, described) in enumerate(zip(listed, written["mistakes"], strict=True)):
        for earlier in listed[:position]:
            yield from _to_pair(earlier, mistake)
        try:
            answer = evaluate(exercise.mistaken_source(mistake, described["value"]))
        except Exception as error:
            what = f"the value of the mistake {mistake.id} is not an answer ({type(error).__name__}: {error})"
            yield what, "Write it as the kind asks"
        else:
            yield from _to_mistake(exercise, mistake, answer)


def _to_pair(earlier: Mistake[Any], mistake: Mistake[Any]) -> Objections:
    if earlier.id == mistake.id:
        yield f"the mistake {mistake.id} is there twice", "Give each its own id"
    if _same_value(earlier.value, mistake.value):
        yield (
            f"the mistakes {earlier.id} and {mistake.id} give the same answer",
            "Make them one, with a message that names both ways",
        )


def _to_mistake(exercise: Exercise[Any], mistake: Mistake[Any], answer: object) -> Objections:
    verdict = judge(exercise, answer)
    if verdict.state == RIGHT:
        yield f"the mistake {mistake.id} is judged right", "Make accept narrower"
    elif verdict.mistake != mistake.id:
        yield (
            f"the mistake {mistake.id} gets the message of {verdict.mistake or 'no mistake'}",
            "Change its value, or the order of the mistakes",
        )


def _same_value(one: object, other: object) -> bool:
    """Return whether a learner could not tell two mistaken answers apart, numbers up to a rounded step."""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return all(map(_same_value, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=NEAR)
    return one == other


def _to_bank(exercise: Exercise[Any], bank: Mapping[str, Any]) -> Objections:
    for expected in ("right", "wrong"):
        for entry in bank.get(expected, []):
            try:
                value = evaluate(entry)
            except Exception as error:
                yield f"the bank entry {entry!r} cannot be evaluated ({error})", "Correct it"
            else:
                yield from _to_entry(exercise, expected, entry, value)


def _to_entry(exercise: Exercise[Any], expected: str, entry: str, value: object) -> Objections:
    verdict = judge(exercise, value)
    if expected == "right" and verdict.state != RIGHT:
        yield f"the bank's right answer {entry!r} is judged {verdict.state}", "Correct it or the band"
    if expected == "wrong" and verdict.state in (RIGHT, NOT_ATTEMPTED):
        yield f"the bank's wrong answer {entry!r} is judged {verdict.state}", "Correct it or the band"
    if expected == "wrong" and verdict.mistake in [mistake.id for mistake in exercise.mistakes]:
        yield (
            f"the bank's wrong answer {entry!r} is the listed mistake {verdict.mistake}",
            "Put another in its place",
        )


def _to_breaks(exercise: Chart, written: Written) -> Objections:
    """Yield what is wrong with charts of the bank that do not break their line, or make it ask, alone."""
    breaks = written["bank"].get("breaks", {})
    for line, position, entry in ((line, *each) for line, entries in breaks.items() for each in enumerate(entries, 1)):
        named = f'chart {position} that is to break the line "{line}"'
        try:
            verdict = judge(exercise, evaluate(changed(written["answer"], entry)))
        except Exception as error:
            yield f"{named} cannot be evaluated ({error})", "Correct it in bank.breaks"
            continue
        broken = [judged.id for judged in verdict.lines if judged.objects or (judged.asks and judged.id == line)]
        if broken != [line]:
            found = " and ".join(f'"{name}"' for name in broken) or "no line"
            yield f"{named} breaks {found}", "Let it break this line alone, in bank.breaks"
