"""What the note of a check tells programs.

It is metadata of the display, beside the text and HTML for people::

    {"secondcar": {"exercise": "units-2017-by", "state": "wrong", "mistake": "by-read-as-to"}}

`state` is one of those below. `mistake` names a mistake that the course knows, or is null. `questions`, if there are
any, are sentences about what no machine could judge: they cost no marks, and a person reads them. The display's plain
text begins with "[heading] exercise: message". The grader sets `from_notebook` where a notebook alone says so, which
its learner can make say anything.
"""

from collections.abc import Mapping
from typing import Any

NOTE_KEY = "secondcar"

RIGHT = "right"
WRONG = "wrong"
NOT_ATTEMPTED = "not-attempted"
CANNOT_READ = "cannot-read"
CHECKED_LATER = "checked-later"
STATES = (RIGHT, WRONG, NOT_ATTEMPTED, CANNOT_READ, CHECKED_LATER)

FROM_NOTEBOOK = "from_notebook"

_LONGEST, _MOST = 1000, 20


def note_in(display: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the note that a display is, without its questions, with its plain text; None if it is not one.

    >>> note_in({"metadata": {NOTE_KEY: {"state": "right", "questions": []}}, "data": {"text/plain": "[a] b: c"}})
    {'state': 'right', 'text': '[a] b: c'}
    """
    note = display.get("metadata", {}).get(NOTE_KEY)
    if not isinstance(note, dict):
        return None
    said = {key: value for key, value in note.items() if key not in ("questions", FROM_NOTEBOOK)}
    return {**said, "text": display.get("data", {}).get("text/plain")}


def questions_in(metadata: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the questions of the note that a display is, if it is one: each with its exercise.

    A learner's code can write a display as well, so what does not fit counts for nothing, and none is long or goes over
    more than one line.

    >>> questions_in({NOTE_KEY: {"exercise": "imports-chart", "state": "right", "questions": ["Is it so?"]}})
    (('imports-chart', 'Is it so?'),)
    """
    note = metadata.get(NOTE_KEY)
    exercise, questions = (note.get("exercise"), note.get("questions")) if isinstance(note, dict) else (None, None)
    if not isinstance(exercise, str) or not isinstance(questions, list | tuple):
        return ()
    return tuple((_line(exercise), _line(one)) for one in questions[:_MOST] if isinstance(one, str))


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
