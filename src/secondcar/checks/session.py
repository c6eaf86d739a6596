"""What a notebook calls: `check` and `hint` for learners, `require` for the autograder."""

import os
import textwrap
from collections import Counter
from collections.abc import Mapping

from secondcar.checks import stopped
from secondcar.checks.answers_file import NoExercise, find_exercise, ids, variable_of
from secondcar.checks.judging import judge
from secondcar.checks.note import as_html, as_text, hint_as_html, look_of, without_emphasis
from secondcar.checks.verdict import Verdict
from secondcar.note_format import CANNOT_READ, CHECKED_LATER, NOTE_KEY, RIGHT

_hints_given: Counter[str] = Counter()
# Stands for what was not handed in; ``...`` is an answer that is still open.
_NOTHING = object()


class NotRightYet(AssertionError):
    """Raised while nbgrader runs, so that the cell earns no marks; it shows one sentence and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in place of a traceback; a feedback page does not wrap lines by itself."""
        return textwrap.wrap(str(self), width=100)


def check(name: str, value: object = _NOTHING) -> None:
    """Say whether an answer is right, and if not, what it would mean.

    Args:
        name: the exercise's id, as it stands above the exercise.
        value: the learner's answer, of any type.

    To a learner it never raises. While nbgrader validates or grades, an answer that is not right raises
    `NotRightYet`; one that is partly right does so only when validating, since grading gives it part of the marks.

    >>> check("units-2017-by", 7600)  # doctest: +SKIP
    """
    verdict = _judge_by_name(name, value)
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

    It asks no environment variable, so that clearing one gains nothing. nbgrader takes a number that a graded cell
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
    try:
        exercise = find_exercise(name)
    except NoExercise as problem:
        _publish(str(problem), hint_as_html("hint", "No hint", str(problem)), {})
        return
    hints, number = exercise.hints, _hints_given[name]
    _hints_given[name] += 1
    if number < len(hints):
        heading, text = f"Hint {number + 1} of {len(hints)}", hints[number]
    else:
        heading, text = "No more hints", "That was the last one."
        if not exercise.by_hand:
            text += " Read the note of the check: it asks a question back."
    _publish(
        f"[{heading}] {without_emphasis(text)}",
        hint_as_html(name, heading, text),
        {"exercise": name, "hint": number + 1},
    )


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
    _publish(as_text(name, verdict), as_html(name, verdict), metadata)


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


def _watch_cells() -> None:
    """Have IPython call `_after_cell`. While nbgrader runs, nobody is there to be told."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None and not os.environ.get("NBGRADER_EXECUTION"):
        shell.events.register("post_run_cell", _after_cell)


_watch_cells()


def _publish(text: str, html: str, metadata: Mapping[str, object]) -> None:
    """Show a note in a notebook, or print its text where there is none."""
    try:
        from IPython import get_ipython
    except ImportError:
        get_ipython = None
    if get_ipython is None or get_ipython() is None:
        print(text)
        return
    from IPython.display import display

    display({"text/plain": text, "text/html": html}, raw=True, metadata={NOTE_KEY: metadata})
