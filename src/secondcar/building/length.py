"""How long a unit takes a beginner, from what it holds: words to read, code to read and run, exercises to do."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondcar.building.answers import filled
from secondcar.building.asking import asked
from secondcar.building.prose import fill
from secondcar.building.sources import SourceCell, Unit
from secondcar.checks.exercise import Written
from secondcar.counting import counted

WORDS_A_MINUTE = 150
SECONDS_A_LINE_OF_CODE = 5
# Minutes of an exercise, its hints and a second try included; a choice takes longer with each of its lines.
MINUTES = {"number": 3.0, "range": 3.5, "function": 4.0, "table": 5.0, "chart": 9.0, "text": 8.0, "choice": 1.5}
MINUTES_A_LINE = 0.4
# How a cell that ends a sitting begins.
STOP = "**A good place to stop.**"
_SMALL_NUMBERS = ("", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Length:
    """How much a unit holds.

    Attributes:
        words: words of its texts, questions included.
        lines: lines of its code that are not an exercise's.
        exercises: how many exercises it has.
        sittings: the minutes from one place to stop to the next.
    """

    words: int
    lines: int
    exercises: int
    sittings: Sequence[float]

    @property
    def minutes(self) -> int:
        """The minutes of all sittings, to the next five."""
        return _to_five(sum(self.sittings))


def length_of(unit: Unit, answers: Mapping[str, Written] | None = None) -> Length:
    """Return how much a unit holds.

    Args:
        unit: a unit in whose references no rule found a fault.
        answers: its exercises with their texts filled; read from the unit if None.
    """
    answers = answers or _filled(unit)
    words = lines = 0
    sittings = [0.0]
    for cell, text in _filled_texts(unit, answers, lambda _: time_names()):
        if text.startswith(STOP):
            sittings.append(0.0)
        if cell.kind == "markdown":
            words += words_in(text)
            sittings[-1] += words_in(text) / WORDS_A_MINUTE
        elif cell.id not in answers:
            lines += len(text.splitlines())
            sittings[-1] += len(text.splitlines()) * SECONDS_A_LINE_OF_CODE / 60
        if cell.id in answers:
            sittings[-1] += _minutes_of(answers[cell.id])
    return Length(words, lines, len(answers), sittings)


def texts_of(unit: Unit, answers: Mapping[str, Written]) -> Iterator[tuple[SourceCell, str]]:
    """Yield each cell of a unit, with its text as learners read it."""
    length = length_of(unit, answers)
    yield from _filled_texts(unit, answers, lambda stops: time_names(length, stops))


def _filled_texts(
    unit: Unit, answers: Mapping[str, Written], times: Callable[[int], Mapping[str, str]]
) -> Iterator[tuple[SourceCell, str]]:
    stops = 0
    for cell in unit.cells:
        stops += cell.source.startswith(STOP)
        if cell.kind == "markdown":
            names: dict[str, Any] = {"ask": lambda name: asked(answers[name]), **times(stops)}
            yield cell, fill(cell.source, **names)
        else:
            yield cell, cell.source


def _filled(unit: Unit) -> dict[str, Written]:
    return {name: filled(written) for name, written in unit.answers.tables.items()}


def longest_texts(unit: Unit) -> Iterator[tuple[SourceCell, int]]:
    """Yield the last cell of each run of texts without a cell to run or an answer to write, and its words."""
    words, last = 0, None
    for cell, text in texts_of(unit, _filled(unit)):
        if cell.kind == "markdown" and not cell.is_task:
            words, last = words + words_in(text), cell
        else:
            yield from [(last, words)] if last else []
            words, last = 0, None
    yield from [(last, words)] if last else []


def words_in(text: str) -> int:
    return len(re.findall(r"\w[\w'-]*", text))


def time_names(length: Length | None = None, stops: int = 0) -> dict[str, str]:
    """Return what ``{{ time }}`` and ``{{ next_sitting }}`` say in a unit's texts.

    Args:
        length: how long the unit is; None before that is known, since these few words do not change it.
        stops: how many places to stop come up to the text, itself included.

    >>> time_names(Length(9, 9, 9, [31.0, 38.0]), stops=1)
    {'time': 'about 70 minutes, in two sittings', 'next_sitting': 'about 40 minutes'}
    """
    sittings = length.sittings if length else [0.0]
    number = f", in {_SMALL_NUMBERS[len(sittings)]} sittings" if len(sittings) > 1 else ""
    return {
        "time": f"about {counted(_to_five(sum(sittings)), 'minute')}{number}",
        "next_sitting": f"about {counted(_to_five(sittings[stops] if stops < len(sittings) else 0), 'minute')}",
    }


def length_table(units: Sequence[Unit]) -> str:
    """Return a table in Markdown of how much each unit holds."""
    rows = [_row(unit, length_of(unit)) for unit in units]
    head = "| unit | words | lines of code | exercises | minutes | sittings |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def _row(unit: Unit, length: Length) -> str:
    sittings = " + ".join(str(_to_five(part)) for part in length.sittings)
    held = f"{length.words:,} | {length.lines} | {length.exercises}"
    return f"| unit {unit.name[:2]} | {held} | {length.minutes} | {sittings} |"


def _to_five(minutes: float) -> int:
    return max(5, round(minutes / 5) * 5)


def _minutes_of(exercise: Written) -> float:
    kind, answer = exercise["kind"], exercise.get("answer")
    lines = len(answer) if kind == "choice" and isinstance(answer, dict) else 0
    return MINUTES[kind] + lines * MINUTES_A_LINE
