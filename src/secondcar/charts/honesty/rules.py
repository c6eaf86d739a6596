"""What an honesty rule is, and the words its sentences share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.language.say import say_list
from secondcar.charts.reading.records import Mark, Reading

MISLEADING = "misleading"
UNCLEAR = "unclear"
DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a chart.

    Attributes:
        rule: a key of `RULES`.
        severity: "misleading" where a reader gets a wrong picture, "unclear" where something is missing, "doubtful"
            where words seem to say something else than the chart shows.
        sentence: what is wrong in this chart, with its numbers.
        measure: how wrong, in the rule's own measure; None where it has none.
    """

    rule: str
    severity: str
    sentence: str
    measure: float | None = None


@dataclass(frozen=True)
class Asked:
    """What the person who asks knows beyond the chart: the right unit, and the year that is running."""

    unit: str | None = None
    now: int | None = None


# What a rule finds: severity, sentence, measure.
Found = Iterator[tuple[str, str, float | None]]


@dataclass(frozen=True)
class Rule:
    """One honesty rule.

    Attributes:
        name: short, as a teacher writes it to turn the rule off.
        reason: why the rule is one, in one sentence.
        find: gives what is wrong in the panels of a figure.
    """

    name: str
    reason: str
    find: Callable[[tuple[Reading, ...], Asked], Found]


def each_panel(find: Callable[[Reading, Asked], Found]) -> Callable[[tuple[Reading, ...], Asked], Found]:
    """Make a rule for one panel look at every panel and second axis."""

    def find_in_all(panels: tuple[Reading, ...], asked: Asked) -> Found:
        for panel in with_twins(panels):
            if panel.marks:
                yield from find(panel, asked)

    return find_in_all


def notes_of(panel: Reading) -> list[str]:
    return [note for note in panel.annotations if note != panel.source]


def name_of(mark: Mark, panel: Reading) -> str:
    category = _short(mark.category)
    named = len(panel.series) > 1 and mark.series not in ("", category)
    return f"{category}, {mark.series}" if named else category


def _short(category: str | float) -> str:
    """Round the middle of a bin, which has more digits than a reader wants."""
    return category if isinstance(category, str) else f"{category:.5g}"


def name_mark(mark: Mark, panel: Reading) -> str:
    return f"The {mark.kind} for {name_of(mark, panel)}"


def say_categories(categories: Sequence[str | float]) -> str:
    return say_list([_short(category) for category in categories])
