"""What the checks in a graded notebook said, read from the notebook's own outputs.

A check that a course runs in a graded cell may say more than right or wrong: `secondcar.note_format` says how. Outputs
without its metadata count for nothing, so a course without such checks has no notes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from secondcar.grading.quoting import quoted
from secondcar.note_format import FROM_NOTEBOOK, NOTE_KEY, RIGHT, STATES, questions_in

# A learner's code can write outputs as well: nothing in them may make a report unreadable.
_LONGEST = 300


@dataclass(frozen=True)
class CheckNote:
    """The note of one check.

    Attributes:
        cell: the graded cell's name.
        mistake: None where the answer is not a known mistake.
        message: in plain text.
        questions: what no machine could judge, as sentences.
    """

    cell: str
    exercise: str
    state: str
    mistake: str | None
    message: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """The number of learners who got one verdict in one exercise, and what most of them were told."""

    exercise: str
    state: str
    mistake: str | None
    message: str
    learners: int


def read_check_notes(notebook: Mapping[str, Any]) -> dict[str, CheckNote]:
    """Return exercise -> what the last check of it said, from the graded cells of a notebook of format 4.

    >>> read_check_notes(nbformat.read("ada/ps1/p1.ipynb", as_version=4))["units-2017-by"].mistake  # doctest: +SKIP
    'by-read-as-to'
    """
    notes = {}
    for cell in notebook["cells"]:
        settings = cell["metadata"].get("nbgrader", {})
        is_test = settings.get("grade") and not settings.get("solution")
        for output in cell.get("outputs", []) if is_test else []:
            note = _read_note(settings["grade_id"], output)
            if note:
                notes[note.exercise] = note
    return notes


def _read_note(cell: str, output: Mapping[str, Any]) -> CheckNote | None:
    said = output.get("metadata", {}).get(NOTE_KEY)
    if not isinstance(said, dict):
        return None
    exercise, state, mistake = (said.get(key) for key in ("exercise", "state", "mistake"))
    if not isinstance(exercise, str) or not isinstance(state, str) or not isinstance(mistake, str | None):
        return None
    text = output.get("data", {}).get("text/plain", "")
    message = _message_in("".join(text), exercise)
    told = _in_quotation_marks if said.get(FROM_NOTEBOOK) else _cut
    return CheckNote(
        cell,
        " ".join(exercise.split())[:_LONGEST],
        state if state in STATES else told(state),
        mistake and told(mistake),
        message and told(message),
        tuple(sentence for _, sentence in questions_in(output["metadata"])),
    )


def _cut(text: str) -> str:
    return text[:_LONGEST]


def _in_quotation_marks(text: str) -> str:
    return quoted(text, _LONGEST)


def _message_in(text: str, exercise: str) -> str:
    """Return the message of a note without its question, which is for the learner.

    >>> _message_in("[? Not yet] a: One way to get this is to divide. What is the base?\\nRead as 7.", "a")
    'One way to get this is to divide.'
    """
    message = text.partition("\n")[0].partition(f"] {exercise}: ")[2]
    sentences = re.split(r'(?<=[.!?])\s+|(?<=[.!?]")\s+', message)
    return " ".join(sentence for sentence in sentences if not sentence.rstrip('"').endswith("?"))


def count_notes(notebooks: Iterable[Mapping[str, CheckNote]]) -> list[Count]:
    """Count verdicts over a class, the most common first; right answers are not counted.

    Args:
        notebooks: what `read_check_notes` returned for each learner.
    """
    messages: dict[tuple[str, str, str | None], Counter[str]] = defaultdict(Counter)
    for notes in notebooks:
        for note in notes.values():
            if note.state != RIGHT:
                messages[note.exercise, note.state, note.mistake][note.message] += 1
    counts = [Count(*what, told.most_common(1)[0][0], told.total()) for what, told in messages.items()]
    return sorted(counts, key=lambda count: (-count.learners, count.exercise, count.state, count.mistake or ""))
