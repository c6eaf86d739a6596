"""What a notebook calls: `check`, `hint` and `solution` for learners, `require` for the autograder."""

import os
import textwrap
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from secondcar.checks import record, stopped, worked_solutions
from secondcar.checks.answers_file import NoExercise, find_exercise, ids, unit_folder, variable_of
from secondcar.checks.exercise import Exercise
from secondcar.checks.judging import judge
from secondcar.checks.note import as_html, as_text, hint_as_html, look_of, solution_as_html, without_emphasis
from secondcar.checks.verdict import Verdict
from secondcar.note_format import CANNOT_READ, CHECKED_LATER, NOTE_KEY, RIGHT
from secondcar.notes import publish as publish_note

_hints_given: Counter[str] = Counter()
# Stands for what was not handed in; ``...`` is an answer that is still open.
_NOTHING = object()


class NotRightYet(AssertionError):
    """Raised while nbgrader runs, so that the cell earns no marks; it shows one sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in place of a traceback; a feedback page does not wrap lines by itself."""
        return textwrap.wrap(str(self), width=100)


def check(name: str, value: object = _NOTHING) -> None:
    """Show whether an answer is right, and if not, what it would mean.

    Args:
        name: the exercise's id, as it stands above the exercise.
        value: the learner's answer, of any type.

    To a learner it never raises. While nbgrader validates or grades, an answer that is not right raises
    `NotRightYet`; one that is partly right does so only when validating, since grading gives it part of the marks.

    >>> check("units-2017-by", 7600)  # doctest: +SKIP
    """
    verdict = _judge_by_name(name, value)
    _remember(name, value, verdict)
    why = stopped.reason(variable_of(name)) if isinstance(name, str) else None
    if why and verdict.state != RIGHT:
        verdict = Verdict(CANNOT_READ, why)
    _show(name if isinstance(name, str) else "check", verdict)
    if verdict.state == CHECKED_LATER:
        return
    run_by = os.environ.get("NBGRADER_EXECUTION")
    if run_by == "validate" or (run_by and verdict.share == 0):
        _raise_unless_right(name, verdict)


def require(name: str, value: object = _NOTHING) -> float | None:
    """Raise unless an answer earns marks; the build puts this into the hidden part of each graded cell.

    It ignores environment variables, so clearing one does not help a cheat. nbgrader takes a number that a graded cell
    returns as its marks: an answer that is partly right returns them, a right one returns None for full marks.

    Raises:
        NotRightYet: no part of the answer is right.
    """
    verdict = _judge_by_name(name, value)
    if 0 < verdict.share < 1:
        return round(verdict.share * find_exercise(name).points, 2)
    _raise_unless_right(name, verdict)
    return None


def hint(name: str = "") -> None:
    """Give the next hint for an exercise; after the last, say that it was the last.

    >>> hint("units-2017-by")  # doctest: +SKIP
    """
    exercise = _exercise_or_note(name, "hint")
    if exercise is None:
        return
    hints, number = exercise.hints, _hints_given[name]
    _hints_given[name] += 1  # on another day they begin with the first again
    with _changing(name) as known:
        known.hints = max(known.hints, min(number + 1, len(hints)))
    if number < len(hints):
        heading, text = f"Hint {number + 1} of {len(hints)}", hints[number]
    else:
        heading, text = "No more hints", "That was the last one."
        if exercise.worked:
            text += f' The whole way is in solution("{name}").'
    publish(
        f"[{heading}] {without_emphasis(text)}",
        hint_as_html(name, heading, text),
        {"exercise": name, "hint": number + 1},
    )


def solution(name: str = "") -> None:
    """Show how an exercise is worked out, once its answer is right, or all hints are read and three answers tried.

    In a class it stays closed until the teacher opens it.

    >>> solution("units-2017-by")  # doctest: +SKIP
    """
    exercise = _exercise_or_note(name, "solution")
    if exercise is None:
        return
    missing = worked_solutions.what_is_missing(name, exercise)
    if missing:
        heading, lines = "Not open yet", [missing]
    else:
        heading, lines = "Worked solution", list(exercise.worked)
    publish(
        f"[{heading}] {name}\n" + "\n".join(map(without_emphasis, lines)),
        solution_as_html(name, heading, lines),
        {"exercise": name, "solution": not missing},
    )


def _exercise_or_note(name: str, asked: str) -> Exercise[Any] | None:
    """Return an exercise; where it does not exist, say so in place of what was asked."""
    try:
        return find_exercise(name)
    except NoExercise as problem:
        publish(str(problem), hint_as_html(asked, f"No {asked}", str(problem)), {})
        return None


def _changing(name: str) -> AbstractContextManager[record.Tried]:
    """Yield what is known of an exercise, so that it can be changed; outside a unit nothing is saved."""
    folder = unit_folder()
    return record.changing(folder, name) if folder else nullcontext(record.Tried())


def _remember(name: str, value: object, verdict: Verdict) -> None:
    if isinstance(name, str) and name in ids():
        with _changing(name) as known:
            known.add(verdict.state, verdict.share, verdict.mistake, record.fingerprint(value))


def _judge_by_name(name: str, value: object) -> Verdict:
    try:
        exercise = find_exercise(name)
    except NoExercise as problem:
        return Verdict(CANNOT_READ, str(problem))
    if value is _NOTHING:
        return Verdict(CANNOT_READ, f'Put your answer behind the id: check("{name}", {variable_of(name)}).')
    return judge(exercise, value)


def _raise_unless_right(name: str, verdict: Verdict) -> None:
    if verdict.state != RIGHT:
        raise NotRightYet(f"{name}: {look_of(verdict).heading}. {without_emphasis(verdict.message)}")


def _show(name: str, verdict: Verdict) -> None:
    metadata: dict[str, object] = {"exercise": name, "state": verdict.state, "mistake": verdict.mistake}
    if verdict.lines:
        metadata["lines"] = {line.id: line.state for line in verdict.lines}
        if questions := [line.sentence for line in verdict.lines if line.asks]:
            metadata["questions"] = questions
    publish(as_text(name, verdict), as_html(name, verdict), metadata)


def _after_cell(outcome: stopped.Outcome) -> None:
    """Remember what stopped; where a check did, since its answer has no value yet, say why in place of Python."""
    stopped.note(outcome)
    error = outcome.error_in_exec
    if not isinstance(error, NameError) or "check(" not in outcome.info.raw_cell:
        return
    for name in ids():
        if variable_of(name) == error.name:
            why = stopped.reason(error.name) or "It has no value yet: run the cell in which you answer first."
            _show(name, Verdict(CANNOT_READ, why))


stopped.watch(_after_cell)


def publish(text: str, html: str, metadata: Mapping[str, object]) -> None:
    """Show a note, with what programs may read of it, as `secondcar.note_format` says."""
    publish_note(text, html, {NOTE_KEY: metadata})
