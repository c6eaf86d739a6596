"""A chart exercise is a checklist: what its lines ask, and what each of them finds in a learner's chart.

A line is written in answers.toml as a table with its kind and its parameters, and is one small class here. The list
in the notebook and the note of the check are both made from it, so nothing is asked that is not judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any, Protocol

from secondcar.charts.checklists.attempt import (
    RIGHT,
    WRONG,
    Attempt,
    ChartMistake,
    Drawing,
    LineResult,
)
from secondcar.charts.checklists.drawing import (
    Apart,
    Honest,
    InView,
    Marks,
    NumbersInCells,
    Order,
    PaleAtZero,
    Returned,
    Shows,
    findings_of,
)
from secondcar.charts.checklists.words import AltText, PeriodLine, Says, Source, Title, TrueWords, UnitLine

__all__ = [
    "RIGHT",
    "WRONG",
    "Attempt",
    "ChartMistake",
    "Drawing",
    "Judged",
    "LineResult",
    "findings_of",
    "id_of",
    "judge",
    "line_of",
    "share_of",
    "text_of",
]


class ChecklistLine(Protocol):
    """One line of a checklist."""

    @property
    def text(self) -> str: ...

    def judge(self, attempt: Attempt) -> LineResult: ...


KINDS: Mapping[str, type[Any]] = {
    "shows": Shows,
    "marks": Marks,
    "in-view": InView,
    "returned": Returned,
    "title": Title,
    "unit": UnitLine,
    "source": Source,
    "says": Says,
    "period": PeriodLine,
    "order": Order,
    "apart": Apart,
    "honest": Honest,
    "true-words": TrueWords,
    "alt-text": AltText,
    "numbers-in-cells": NumbersInCells,
    "pale-at-zero": PaleAtZero,
}


@dataclass(frozen=True)
class Judged:
    """A line of a checklist with what was found."""

    id: str
    text: str
    found: LineResult
    rules: Sequence[str] = ()  # the honesty rules that it asks


# What a parameter of each type looks like in answers.toml, in words and as types; a list holds its members' type.
_FORMS: Mapping[Any, tuple[str, Any]] = {
    str: ("a text in quotes", str),
    bool: ("true or false", bool),
    float: ("a number", int | float),
    Sequence[str]: ('a list of texts, as in ["car", "vehicle"]', [str]),
    Sequence[Sequence[str]]: ('a list of lists, as in [["Kazinform"], ["tenge", "KZT"]]', [[str]]),
}


def _fits(value: object, form: Any) -> bool:
    if isinstance(form, list):
        return isinstance(value, list) and all(_fits(member, form[0]) for member in value)
    return isinstance(value, form) and isinstance(value, bool) is (form is bool)


def line_of(written: Mapping[str, Any]) -> ChecklistLine:
    """Return a line from its table in answers.toml.

    Raises:
        ValueError: its kind is unknown, or its parameters are not those of its kind.

    >>> text_of({"line": "source", "names": [["Kazinform"]]})
    'a source line ("Source: ..." or the like) that names Kazinform'
    """
    kind = str(written.get("line"))
    if kind not in KINDS:
        raise ValueError(f'there is no line "{kind}" in a checklist; there are {", ".join(KINDS)}')
    parameters = {key: value for key, value in written.items() if key not in ("line", "id")}
    known = {field.name: field for field in fields(KINDS[kind])}
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise ValueError(f'the line "{kind}" has no `{unknown[0]}`; it may have {", ".join(known)}')
    missing = [name for name, field in known.items() if field.default is MISSING and name not in parameters]
    if missing:
        raise ValueError(f'the line "{kind}" needs `{missing[0]}`')
    for name, value in parameters.items():
        said, form = _FORMS[known[name].type]
        if not _fits(value, form):
            raise ValueError(f'`{name}` of the line "{kind}" is not {said}')
    line: ChecklistLine = KINDS[kind](**parameters)
    return line


def id_of(written: Mapping[str, Any]) -> str:
    """Return what a line is called in reports: its own id, else its kind."""
    return str(written.get("id", written["line"]))


def text_of(written: Mapping[str, Any]) -> str:
    """Return what a line asks of the learner."""
    line = line_of(written)
    return getattr(line, "asks", line.text)


def judge(checklist: Sequence[Mapping[str, Any]], attempt: Attempt) -> list[Judged]:
    """Return what each line of a checklist finds in an attempt, in the order of the list."""
    return [
        Judged(id_of(written), text_of(written), line_of(written).judge(attempt), written.get("rules", ()))
        for written in checklist
    ]


def share_of(lines: Sequence[Judged]) -> float:
    """Return the share of the marks: each line counts the same, and of a chart that misleads only half of that.

    A line that could not be judged costs nothing.

    >>> fine, bad = Judged("title", "", LineResult("right")), Judged("source", "", LineResult("wrong"))
    >>> share_of([fine, fine, fine, bad])
    0.75
    """
    held = sum(line.found.state != WRONG for line in lines) / len(lines)
    return held / 2 if any(line.found.misleads for line in lines) else held
