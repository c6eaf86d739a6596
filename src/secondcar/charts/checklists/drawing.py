"""Lines of a checklist about what was drawn: its content, its marks, and whether the drawing is honest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondcar.charts import honesty
from secondcar.charts.checklists.attempt import FINE, Attempt, LineResult, not_judged, wrong
from secondcar.charts.checklists.content import Comparison, is_ordered, names_of_labels, plain_name, seen_marks
from secondcar.charts.honesty.colours import DISTANCE, closest_pair, distance
from secondcar.charts.honesty.rules import MISLEADING
from secondcar.charts.honesty.telling_apart import questions_of_colours
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.say import say_number
from secondcar.charts.language.units import quantity
from secondcar.charts.reading.records import Mark, Reading, category_text
from secondcar.counting import counted


@dataclass(frozen=True)
class Returned:
    """The function hands the chart back."""

    text: str = "the function returns the chart"

    def judge(self, attempt: Attempt) -> LineResult:
        return wrong(attempt.returned) if attempt.returned else FINE


@dataclass(frozen=True)
class Shows:
    """The chart shows the values that were asked for, from any table. The axis's unit is another line's."""

    text: str

    def judge(self, attempt: Attempt) -> LineResult:
        problem = next((drawing.problem for drawing in attempt.drawings if drawing.problem), "")
        compared = attempt.comparisons
        if not problem and all(c.agrees for c in compared) and len({c.factor for c in compared}) == 1:
            return FINE
        for mistake in attempt.mistakes if not problem else ():
            same = all(c.agrees and c.factor == 1 for c in attempt.compared_with(mistake.tables))
            # Of values without names, the values alone tell what was done.
            if same or (compared[0].doubled and attempt.has_values(mistake.tables)):
                return wrong(mistake.means, misleads=True, mistake=mistake.id)
        if compared[0].agrees:
            return wrong(_say_only_own(problem), misleads=True)
        asked = [drawing.table or {} for drawing in attempt.drawings]
        if not problem and attempt.has_values(asked) and all(c.renames for c in compared):
            return not_judged(_say_other_names(compared[0]))
        return wrong(_say_difference(compared[0]), misleads=True)


def _say_only_own(problem: str) -> str:
    question = "" if "?" in problem else "Does every number of the chart come from the function's input?"
    said = f"{problem[:1].upper()}{problem[1:]}"
    return " ".join(filter(None, ["With your data it is right. With other numbers it is not.", said, question]))


def _say_other_names(compared: Comparison) -> str:
    missing, extra = ("; ".join(map(compared.say, names)) for names in (compared.missing, compared.extra))
    return f"The values are there. Does a reader know that {extra} stands for {missing}?"


def _say_difference(compared: Comparison) -> str:
    if compared.doubled:
        names = compared.say(compared.doubled[0])
        return (
            f"Several values stand at {names}, and nothing says which is which. Does a legend, or a title above each "
            "panel, name them?"
        )
    if compared.missing:
        missing = "; ".join(map(compared.say, compared.missing))
        return f"The chart does not show {missing}. Which marks and labels does it need?"
    if compared.extra:
        extra = "; ".join(map(compared.say, compared.extra))
        return f"The chart shows {extra}, which is not asked for. What belongs in it?"
    off = compared.differing()
    assert off is not None  # else it would agree
    return f"At {compared.say(off)} the chart shows {say_number(compared.shown[off])}. Is that what the data say?"


# How things may be drawn, and how to call what is drawn in their place.
_CALLED = {
    "line": "a line",
    "step line": "a line in steps",
    "points": "points",
    "area": "a filled area",
    "heatmap": "a heatmap",
    "histogram": "a histogram",
    "pictures": "pictures",
    "bars": "bars",
}


@dataclass(frozen=True)
class Marks:
    """Each series is drawn in one of some ways.

    Attributes:
        drawn: "bars", "line", "histogram", "heatmap", ...: any of them will do.
        dashed: a line must be broken: dashed, dotted, or both.
        beside: bars of several series must stand side by side.
        across: the names of the columns of a heatmap, in any order.
    """

    text: str
    drawn: Sequence[str]
    dashed: bool = False
    beside: bool = False
    across: Sequence[str] = ()

    def judge(self, attempt: Attempt) -> LineResult:
        parts = [part for panel in attempt.panels for part in panel.parts]
        for part in parts:
            if part.mark not in self.drawn:
                return wrong(f"The chart has {_CALLED.get(part.mark, part.mark)}.")
            if self.dashed and part.dashes == "solid":
                return wrong(f"{_named('The line', part.series)} is solid.")
            if (self.beside or _crowded(attempt)) and part.arrangement in ("stacked", "overlaid"):
                how = "on top of each other" if part.arrangement == "stacked" else "one in front of the other"
                return wrong(f"The bars stand {how}.", misleads=True)
        for panel in attempt.panels if self.across else ():
            if set(map(plain_name, panel.categories)) != set(map(plain_name, self.across)):
                return wrong(f"Across stand {', '.join(map(category_text, panel.categories))}.")
        return FINE


def _crowded(attempt: Attempt) -> bool:
    """Return whether several bars share a place where each row of a table has one of its own."""
    single = [len(names) == 1 for compared in attempt.comparisons[:1] for names in compared.asked]
    places = [(panel.panel, mark.category) for panel in attempt.panels for mark in seen_marks(panel)]
    return bool(single) and all(single) and len(set(places)) < len(single) <= len(places)


def _named(what: str, series: str) -> str:
    return f'{what} "{series}"' if series else what


@dataclass(frozen=True)
class InView:
    """Nothing that is drawn lies beyond the limits of the axes."""

    text: str = "all of it in view: nothing is cut off"

    def judge(self, attempt: Attempt) -> LineResult:
        hidden = [mark for panel in attempt.panels for mark in panel.out_of_view]
        if not hidden:
            return FINE
        first = hidden[0]
        at = ", ".join(filter(None, [category_text(first.category), first.series]))
        of_all = f"of {counted(len([mark for panel in attempt.panels for mark in panel.marks]), 'value')}"
        hidden_ones = counted(len(hidden), f"{of_all} lies", f"{of_all} lie")
        return wrong(f"{hidden_ones} outside the picture, such as that of {at}.", misleads=True)


@dataclass(frozen=True)
class Order:
    """The categories stand in the order of the table."""

    text: str

    def judge(self, attempt: Attempt) -> LineResult:
        table = attempt.drawings[0].table
        if table is None or is_ordered(attempt.panels, table):
            return FINE
        shown = ", ".join(category_text(category) for category in attempt.panels[0].categories)
        return wrong(f"They stand in the order {shown}.")


@dataclass(frozen=True)
class Apart:
    """What has not been counted looks different from what has.

    Attributes:
        unlike: the categories or series that must look different from all others.
        hollow: these are the empty or striped ones, if any are.
    """

    text: str
    unlike: Sequence[str]
    hollow: bool = False

    def judge(self, attempt: Attempt) -> LineResult:
        problem = next(self._problems(attempt), "")
        return wrong(problem, misleads=True) if problem else FINE

    def _problems(self, attempt: Attempt) -> Iterator[str]:
        marks = [(mark, panel) for panel in attempt.panels for mark in seen_marks(panel)]
        unlike = set(map(plain_name, self.unlike))
        labels = [label for mark, _ in marks for label in (mark.series, category_text(mark.category))]
        called = names_of_labels(labels, unlike | attempt.names)
        special = [mark for mark, _ in marks if unlike & (called[mark.series] | called[category_text(mark.category)])]
        others = [mark for mark, _ in marks if mark not in special]
        named = {mark: _legend_of(mark, panel) for mark, panel in marks}
        planned = [mark for mark, name in named.items() if mentions(name, "planned")]
        if special and len(planned) < len(named):
            yield from (f'The legend calls {_say(mark)} "{named[mark]}".' for mark in planned if mark in others)
        hollow = [mark for mark, panel in marks if _is_hollow(mark, panel)]
        if self.hollow and not any(mark in special for mark in hollow):
            yield from (f"An outline or stripes are the look of {_say(mark)}." for mark in hollow)
        twins = ((mark, other) for mark in special for other in others if _look_alike(mark, other))
        yield from (f"{_say(mark, 'The')} looks like that of {category_text(other.category)}." for mark, other in twins)


def _say(mark: Mark, the: str = "the") -> str:
    return f"{the} {mark.kind} of {category_text(mark.category)}"


def _legend_of(mark: Mark, panel: Reading) -> str:
    """Return what the legend calls a mark: its series, or the only entry in its colour."""
    entries = [text for text, colour in panel.legend if colour == mark.colour]
    return mark.series or (entries[0] if len(entries) == 1 else "")


def _look_alike(one: Mark, other: Mark) -> bool:
    if _dress(one) != _dress(other):
        return False
    closest = closest_pair([one.colour, other.colour])
    return closest is not None and closest[0] < DISTANCE


def _dress(mark: Mark) -> tuple[str, str, str, bool]:
    """Return what tells a mark from others beside its colour; of a bar also whether it is empty."""
    return mark.hatch, mark.linestyle, mark.marker, mark.edge == mark.colour


def _is_hollow(mark: Mark, panel: Reading) -> bool:
    """Return whether a mark is striped, or an outline alone."""
    empty = mark.edge == mark.colour or distance(mark.colour, panel.background) < DISTANCE
    return bool(mark.hatch) or (mark.edge is not None and empty)


# What each rule over a drawing asks, as part of a line of the list.
ASKED_BY = {
    "zero-base": "bars from zero",
    "lie-factor": "lengths in step with the numbers",
    "area": "bars equally wide",
    "two-scales": "one axis for the numbers",
    "like-for-like": "periods of the same length",
    "colour": "colours that all can tell apart",
    "order": "time in its own order",
}


@dataclass(frozen=True)
class Honest:
    """Rules over the drawing find nothing; of colours that are close to some readers it asks."""

    rules: Sequence[str]
    text: str = ""

    def __post_init__(self) -> None:
        unknown = [rule for rule in self.rules if rule not in ASKED_BY]
        if unknown:
            raise ValueError(f'there is no rule "{unknown[0]}" over a drawing; there are {", ".join(ASKED_BY)}')

    @property
    def asks(self) -> str:
        return self.text or "drawn honestly: " + ", ".join(ASKED_BY[rule] for rule in self.rules)

    def judge(self, attempt: Attempt) -> LineResult:
        findings = findings_of(attempt.panels, self.rules)
        if not findings:
            question = next(questions_of_colours(attempt.panels), "") if "colour" in self.rules else ""
            return not_judged(question) if question else FINE
        misleads = any(finding.severity == MISLEADING for finding in findings)
        return wrong(" ".join(finding.sentence for finding in findings), misleads=misleads)


def findings_of(panels: Sequence[Reading], rules: Sequence[str]) -> tuple[honesty.Finding, ...]:
    """Return what some honesty rules find."""
    off = {rule: "another line asks for it, or none" for rule in honesty.RULES if rule not in rules}
    return honesty.find_faults(panels, off=off)


# Heatmaps


@dataclass(frozen=True)
class NumbersInCells:
    """Each cell holds its own number."""

    text: str = "its number in each cell"

    def judge(self, attempt: Attempt) -> LineResult:
        for panel in attempt.panels:
            for mark in panel.marks:
                stated = quantity(mark.label)
                if stated is None:
                    return wrong("There are cells without a number.")
                if abs(stated.number - mark.value / panel.value_axis.factor) > 0.51 * stated.rounding:
                    said = f'A cell says "{mark.label}", and its colour stands for another number.'
                    return wrong(said, misleads=True)
        return FINE


@dataclass(frozen=True)
class PaleAtZero:
    """The palest colour of a heatmap's scale stands for zero."""

    text: str = "the pale middle of the colours at zero"

    def judge(self, attempt: Attempt) -> LineResult:
        for panel in attempt.panels:
            if panel.palest is None:
                return wrong("There are no cells with colours.")
            span = panel.value_axis.high - panel.value_axis.low
            if abs(panel.palest) > _MIDDLE * span:
                palest = say_number(panel.palest / panel.value_axis.factor)
                return wrong(f"The palest colour stands for {palest}.", misleads=True)
        return FINE


# How far from zero the palest colour may lie, as a share of the scale: the middle of some scales is broad.
_MIDDLE = 0.05
