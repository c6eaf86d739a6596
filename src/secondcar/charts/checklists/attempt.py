"""What a learner's chart is judged from: what was drawn from each table, and what a line of the checklist found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from secondcar.charts.checklists.content import Comparison, Table, compare, has_values
from secondcar.charts.reading.records import Reading

RIGHT = "right"
WRONG = "wrong"
NOT_JUDGED = "not-judged"
DOUBTED = "doubted"


@dataclass(frozen=True)
class LineResult:
    """What one line of a checklist found.

    Attributes:
        state: "right" or "wrong"; where a machine cannot decide, "not-judged", or "doubted" where the chart seems to
            show otherwise; these two cost nothing, and ask.
        sentence: what is wrong, or what a person must look at; "" where all is right.
        misleads: whether a reader takes away something false.
        mistake: id of the known mistake that the chart makes, None if none is known.

    >>> LineResult("wrong", "There is no title.").state
    'wrong'
    """

    state: str
    sentence: str = ""
    misleads: bool = False
    mistake: str | None = None


FINE = LineResult(RIGHT)


def wrong(sentence: str, *, misleads: bool = False, mistake: str | None = None) -> LineResult:
    return LineResult(WRONG, sentence, misleads, mistake)


def not_judged(sentence: str) -> LineResult:
    return LineResult(NOT_JUDGED, sentence)


def doubted(sentence: str) -> LineResult:
    return LineResult(DOUBTED, sentence)


@dataclass(frozen=True)
class Drawing:
    """What was drawn from one table.

    Attributes:
        panels: what the panels say; empty where nothing could be read.
        problem: one sentence that says why nothing could be read; "" where all went well.
        table: what the chart must show; None where the exercise leaves that free.
    """

    panels: tuple[Reading, ...]
    problem: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class ChartMistake:
    """A known mistake: what a chart with it shows, table by table, and what to say to it."""

    id: str
    tables: Sequence[Table]
    means: str


@dataclass(frozen=True)
class Attempt:
    """A learner's answer to a chart exercise.

    Attributes:
        drawings: what was drawn from each table of the exercise. The first, from the learner's own, could be read.
        within: how far a value may be off, as a share of the largest one asked for.
        returned: what came back in place of the chart, as a sentence; "" where the chart came back.
        shown_titles: the titles of the charts that the unit shows.
        mistakes: the known ones.
    """

    drawings: tuple[Drawing, ...]
    within: float
    returned: str = ""
    shown_titles: Sequence[str] = ()
    mistakes: Sequence[ChartMistake] = ()

    @property
    def panels(self) -> tuple[Reading, ...]:
        """Return the panels drawn from the learner's own table: all lines but the content look at them alone."""
        return self.drawings[0].panels

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Return how each drawing stands to what it must show, where the exercise asks for something."""
        return self.compared_with([drawing.table for drawing in self.drawings if drawing.table is not None])

    def has_values(self, tables: Sequence[Table]) -> bool:
        """Return whether each drawing shows the values of a table, whatever names they stand under."""
        drawn = zip(self.drawings, tables, strict=False)
        return all(has_values(drawing.panels, table, self.within) for drawing, table in drawn)

    @property
    def names(self) -> set[str]:
        """Return all names that the chart of the learner's own table must show."""
        return {name for compared in self.comparisons[:1] for names in compared.asked for name in names}

    def compared_with(self, tables: Sequence[Table]) -> tuple[Comparison, ...]:
        return tuple(
            compare(drawing.panels, table, self.within) for drawing, table in zip(self.drawings, tables, strict=False)
        )
