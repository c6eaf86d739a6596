"""Puts what was found about a test into its cell, where nbgrader, a learner and a teacher find it."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode, from_dict
from nbgrader.utils import get_partial_grade

from secondcar.grading.judging.findings import Settlement
from secondcar.grading.preprocessors.hidden_tests import FOR_TEACHERS
from secondcar.grading.quoting import quoted
from secondcar.grading.records import PERSON, TRUST, ZERO
from secondcar.note_format import FROM_NOTEBOOK, NOTE_KEY, note_in, questions_in

FAILED = "TestFailed"
# What a learner reads says nothing about what the hidden part did, not even of what kind their own result was.
_HIDDEN = "A hidden test did not pass."
_AGAIN = "The test did not pass when it was run out of the notebook's reach."
_A_PERSON_SAYS = "DISPUTED: a person says what this test earns."
_LONGEST = 300
_FOR_YOU = "ASKED ABOUT: no machine could judge this, and it cost no marks. Change them if you find it wrong."


def write_verdict(verdict: Settlement, cell: NotebookNode, disputes: str) -> None:
    """Have nbgrader find this verdict, and no other, in a cell's outputs. disputes: as in `GradingOptions`."""
    if verdict.passed is None:
        _write_dispute(verdict, cell, disputes)
        return
    _show(verdict.shown, cell)
    other_results = bool(verdict.points) or not verdict.passed
    cell.outputs = [
        output
        for output in cell.outputs
        if output.output_type != "execute_result" or not (other_results or _gives_points(output, cell))
    ]
    if verdict.points:
        cell.outputs.append(_result(verdict.points, cell.execution_count))
    if not verdict.passed:
        _fail(cell, _HIDDEN)


def _show(shown: Sequence[Mapping[str, Any]], cell: NotebookNode) -> None:
    """Have a cell show what it displays with answers that learners do not have, in place of the same without them."""
    kinds = [one["metadata"].keys() for one in shown]
    cell.outputs = [
        output
        for output in cell.outputs
        if output.output_type != "display_data" or output.get("metadata", {}).keys() not in kinds
    ]
    cell.outputs += [from_dict({"output_type": "display_data", **one}) for one in shown]


def take_notices_away(notebook: NotebookNode) -> None:
    """Keep a notebook's own outputs from passing for those that are for teachers alone."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("metadata", {}).pop(FOR_TEACHERS, None)


def _write_dispute(verdict: Settlement, cell: NotebookNode, disputes: str) -> None:
    if disputes == ZERO:
        _fail(cell, _AGAIN)
    if disputes == TRUST and verdict.there is False:
        _fail(cell, _HIDDEN)
    if disputes == PERSON:
        _tell_teacher(f"{_A_PERSON_SAYS} {verdict.dispute}", cell)


def noted_questions(cell: NotebookNode) -> list[tuple[str, str]]:
    """Return what a test that ran in the notebook leaves to a person, each in quotation marks, with the test's name.

    The notebook may have written anything there.
    """
    noted = [sentence for output in cell.outputs for _, sentence in questions_in(output.get("metadata", {}))]
    return [(cell.metadata.nbgrader.grade_id, quoted(sentence, _LONGEST)) for sentence in noted]


def write_questions(asked: Sequence[tuple[str, str]], cell: NotebookNode) -> None:
    """Have a teacher find what a test left to a person, and nothing else, where its marks are, and in its notes.

    Its marks stay as they are. asked: each question with its exercise, or with the name of the test.
    """
    for output in cell.outputs:
        note = output.get("metadata", {}).get(NOTE_KEY)
        if isinstance(note, dict):
            named = (note.get("exercise"), cell.metadata.nbgrader.grade_id)
            if note.pop("questions", None):
                note["questions"] = [sentence for name, sentence in asked if name in named]
    if asked:
        _tell_teacher("\n".join([_FOR_YOU, *(sentence for _, sentence in asked)]), cell)


def keep_notes(judged: Sequence[Mapping[str, Any]] | None, cell: NotebookNode) -> None:
    """Have the notes in a test be the judge's alone, or say that they are the notebook's. judged: None: there is none.

    A learner's code can write a display like any check's.
    """
    for output in cell.outputs:
        note = note_in(output)
        if note is not None and judged is None:
            output.metadata[NOTE_KEY][FROM_NOTEBOOK] = True
        elif note is not None and note not in (judged or ()):
            del output.metadata[NOTE_KEY]


def _tell_teacher(text: str, cell: NotebookNode) -> None:
    # Formgrader shows plain text as it is, without wrapping its lines.
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    data = NotebookNode({"text/plain": text, "text/html": paragraphs})
    notice = NotebookNode(output_type="display_data", metadata=NotebookNode({FOR_TEACHERS: True}), data=data)
    cell.outputs.insert(0, notice)


def has_failed(cell: NotebookNode) -> bool:
    """Return whether a cell ended with an error."""
    return any(output.output_type == "error" for output in cell.outputs)


def error_in(cell: NotebookNode) -> str:
    """Return the error that a cell ended with, as one line."""
    error = next(output for output in cell.outputs if output.output_type == "error")
    return " ".join(f"{error.ename}: {error.evalue}".split())[:300]


def _gives_points(output: NotebookNode, cell: NotebookNode) -> bool:
    """Return whether nbgrader would read a part of the marks from a result."""
    most = float(cell.metadata.nbgrader.points)
    try:
        return get_partial_grade(output, most) != most
    except (KeyError, ValueError):
        return True


def _result(points: str, count: int | None) -> NotebookNode:
    return NotebookNode(
        output_type="execute_result", metadata={}, data=NotebookNode({"text/plain": points}), execution_count=count
    )


def _fail(cell: NotebookNode, sentence: str) -> None:
    if not has_failed(cell):
        cell.outputs.append(NotebookNode(output_type="error", ename=FAILED, evalue=sentence, traceback=[sentence]))


def scrub(cell: NotebookNode, hidden: set[int]) -> None:
    """Take hidden lines out of the outputs of a test that ran in the notebook."""
    lines = [line.strip() for number, line in enumerate(cell.source.split("\n"), start=1) if number in hidden]
    lines = [line for line in lines if line]
    failed = has_failed(cell)
    cell.outputs = [output for output in cell.outputs if not _quotes(output, lines)]
    if failed:
        _fail(cell, _HIDDEN)


def _quotes(output: NotebookNode, lines: Sequence[str]) -> bool:
    text = strip_ansi("\n".join(_texts(output)))
    return any(line in text or repr(line)[1:-1] in text for line in lines)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping | list):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from _texts(one)
