"""A chart: a checklist of what it shows, how it is drawn, and what its words say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from secondcar.checks.drawing import (
    NOT_ATTEMPTED,
    STOPPED,
    Data,
    Panels,
    Seen,
    look,
    no_figure_left_open,
)
from secondcar.checks.exercise import Evaluate, Exercise, Label, Mistake, Written
from secondcar.checks.numbers import kept
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import CannotRead, Line, NotAttempted, Verdict, right, wrong
from secondcar.counting import counted

if TYPE_CHECKING:  # only a chart exercise needs matplotlib
    from secondcar.charts.checklists import Attempt, Drawing, Judged

# What a chart shows: category -> value, or the same under a series, or under a panel and a series.
Content = Mapping[str, Any]


@dataclass(frozen=True)
class ChartCase:
    """Data to draw, and what the chart of them must show.

    Attributes:
        data: column -> values; None where a finished chart is asked for.
        shows: the content; None where none is asked for.
    """

    data: Data | None
    shows: Content | None = None


@dataclass(frozen=True, kw_only=True)
class Chart(Exercise[Sequence[Content]]):
    """A chart, or the function that draws it. The value of a mistake is what a chart with it shows in each case.

    Each line of the checklist counts the same; of a chart that shows something wrong, or misleads, half of that is
    left. What it shows must be right in every case: a picture with typed-in numbers fails on numbers the learner has
    not seen, in a table of the same names. All other lines look at the first case alone, which is the learner's own
    data: a title may name its numbers.

    Attributes:
        within: how far a value may be off, as a share of the largest one: what no eye can see in a picture.
        right: what to say to a right answer.
        checklist: its lines, each with its kind and its parameters, as `secondcar.charts.checklists` takes them.
        shown_titles: the titles of the charts that the unit shows.
        cases: the learner's own data first.
    """

    kind = "chart"

    within: float = 0.005
    right: str = "Right."
    checklist: Sequence[Mapping[str, Any]]
    shown_titles: Sequence[str] = ()
    cases: Sequence[ChartCase]

    def judge(self, value: Any) -> Verdict:
        """Judge a chart by its checklist.

        Args:
            value: a chart (Axes, an array of them, a Figure, a seaborn grid or a seaborn.objects plot), or a function
                that takes a DataFrame and returns one.
        """
        if is_blank(value):
            raise NotAttempted
        from secondcar.charts import checklists

        own, *others = self.cases
        cases = [own, *(case for case in others if case.shows is not None)]
        with no_figure_left_open():
            seen = look(value, [case.data for case in cases])
            first = seen.charts[0]
            if first.fault == NOT_ATTEMPTED:
                raise NotAttempted
            if first.fault == STOPPED:
                return wrong(f"{first.problem[:1].upper()}{first.problem[1:]} What does that line do?")
            attempt = self._attempt(cases, seen.charts)
            return self._verdict(checklists.judge(self.checklist, attempt), attempt, seen.figure)

    def _attempt(self, cases: Sequence[ChartCase], charts: Sequence[Seen]) -> "Attempt":
        from secondcar.charts import checklists

        own = _drawing(charts[0], cases[0], self.within)
        if own.problem:
            raise CannotRead(own.problem)
        others = zip(charts[1:], cases[1:], strict=True)
        drawings = [own, *(_drawing(seen, case, self.within) for seen, case in others)]
        mistakes = [checklists.ChartMistake(mistake.id, mistake.value, mistake.means) for mistake in self.mistakes]
        return checklists.Attempt(tuple(drawings), self.within, charts[0].returned, self.shown_titles, mistakes)

    def _verdict(self, judged: Sequence["Judged"], attempt: "Attempt", figure: Any) -> Verdict:
        from secondcar.charts import checklists

        lines = [Line(line.id, line.text, line.found.state, line.found.sentence) for line in judged]
        missed = [line for line in judged if line.found.state == checklists.WRONG]
        asked = sum(line.asks for line in lines)
        if not missed:
            praise = "" if any(line.objects for line in lines) else self.right
            return right(f"{_for_you(asked)}{praise}".strip(), lines=lines)
        picture, picture_text = _mended(figure, attempt, missed)
        of_all = f"of {counted(len(judged), 'line')} of the checklist"
        held = counted(len(judged) - len(missed) - asked, f"{of_all} holds", f"{of_all} hold")
        return wrong(
            f"{held}. {_for_you(asked)}".strip(),
            mistake=next((line.found.mistake for line in missed if line.found.mistake), None),
            share=checklists.share_of(judged),
            lines=lines,
            picture=picture,
            picture_text=picture_text,
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return super().from_json({**stored, "cases": [ChartCase(**case) for case in stored["cases"]]})

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        # The content of a chart of free choice is not judged: there is nothing that it must show, or be near.
        shows = evaluate(written["shows"]) if "shows" in written else None
        frames = _redrawn([evaluate(case) for case in written.get("cases", [])])
        return {
            "cases": [
                ChartCase(
                    None if frame is None else frame.to_dict("list"),
                    _kept_content(shows(frame)) if shows else None,
                )
                for frame in frames or [None]
            ],
        }

    def mistake_value(self, value: Any, evaluate: Evaluate) -> Sequence[Content]:
        import pandas as pd

        shows = evaluate(value)
        frames = [None if case.data is None else pd.DataFrame(case.data) for case in self.cases]
        return [_kept_content(shows(frame)) for frame in frames]

    def solution(self, written: Written, evaluate: Evaluate) -> object:
        draw = evaluate(written["answer"])
        return draw(None) if self.cases[0].data is None else draw

    def worked_lines(self, written: Written, evaluate: Evaluate, label: Label) -> list[str]:
        return [f"One way to draw it:\n{written['answer'].strip()}"]

    def objections(self, written: Written, solution: Any) -> Iterator[tuple[str, str]]:
        from secondcar.charts import checklists

        own, *others = self.cases
        if any(_names(case) != _names(own) for case in others):
            yield (
                "a further case has other names than the learner's own data, which a right answer may type in",
                "Give that case columns of numbers alone, as long as the first",
            )
        ids = [checklists.id_of(line) for line in self.checklist]
        for name in {name for name in ids if ids.count(name) > 1}:
            yield f'two lines of its checklist are called "{name}"', "Give one an id"
        breaks = written["bank"].get("breaks", {})
        for name in set(breaks) - set(ids):
            yield f'its bank breaks a line "{name}" that is not in its checklist', "Correct its name"
        if written["bank"]:
            for name in ids:
                if not breaks.get(name):
                    yield f'no chart of its bank breaks the line "{name}" alone', "Add one to bank.breaks"
        for entry in (entry for entries in breaks.values() for entry in entries):
            try:
                changed(written["answer"], entry)
            except ValueError as problem:
                yield str(problem), "Correct it"

    def mistaken_source(self, mistake: Mistake[Sequence[Content]], written: Any) -> str:
        series = [table if isinstance(next(iter(table.values())), dict) else {"": table} for table in mistake.value]
        if self.cases[0].data is None:
            return f"{_drawn(f'{series[0]!r}')}"
        inputs = [case.data for case in self.cases]
        return "lambda data: " + _drawn(f"{series!r}[{inputs!r}.index(data.to_dict('list'))]")

    def other_forms(self, value: Any) -> list[object]:
        if not callable(value):
            return [value.get_figure()]

        def as_a_figure(data: object) -> object:
            return value(data).get_figure()

        def without_return(data: object) -> None:
            value(data)

        return [as_a_figure, without_return]

    def near_misses(self, solution: Any) -> Iterator[tuple[str, object]]:
        import pandas as pd

        from secondcar.charts import set_alt_text

        own = pd.DataFrame(self.cases[0].data)
        yield "the learner's own data typed in", lambda data: solution(own)
        yield "the first row left out", lambda data: solution(data.iloc[1:])
        yield "the numbers in reverse", lambda data: solution(_with_numbers_reversed(data))
        yield "without its alt text", lambda data: set_alt_text(solution(data), "A chart.")


def changed(source: str, entry: str | Sequence[str]) -> str:
    """Return the source of a chart that breaks a line: as it stands there, or the answer with parts of it changed.

    Raises:
        ValueError: a part that is to be changed is not in the answer.

    >>> changed("ax.set(ylim=(0, None))", ["0, None", "50, None"])
    'ax.set(ylim=(50, None))'
    """
    if isinstance(entry, str):
        return entry
    for old, new in zip(entry[::2], entry[1::2], strict=True):
        if old not in source:
            raise ValueError(f"its bank changes {old!r}, which is not in its answer")
        source = source.replace(old, new)
    return source


def _redrawn(cases: Sequence[Any]) -> list[Any]:
    """Return the learner's own table, and the same table with the numbers of each further case.

    Only numbers change: an answer that looks up "2017" or names its colours by kind is right, and works on any of them.
    """
    return [*cases[:1], *(cases[0].assign(**dict(columns)) for columns in cases[1:])]


def _names(case: ChartCase) -> tuple[Any, ...]:
    """Return all of a case that is not a number to draw: its texts, and the names of its content."""

    def called(content: Content | None) -> Any:
        return {key: called(value) if isinstance(value, Mapping) else ... for key, value in (content or {}).items()}

    texts = {name: values for name, values in (case.data or {}).items() if any(isinstance(v, str) for v in values)}
    return list(case.data or {}), texts, called(case.shows)


def _kept_content(table: Mapping[Any, Any]) -> dict[str, Any]:
    """Keep what a chart must show in a form that JSON can hold: names as text, values as numbers."""
    return {str(key): _kept_content(value) if isinstance(value, dict) else kept(value) for key, value in table.items()}


def _drawn(series: str) -> str:
    """Return as Python source a plain chart of what an expression gives: series -> category -> value."""
    return f"pd.DataFrame({series}).pipe(lambda table: table.plot.bar(legend=len(table.columns) > 1))"


def _with_numbers_reversed(data: Any) -> Any:
    return data.assign(**{column: data[column].to_numpy()[::-1] for column in data.select_dtypes("number")})


def _drawing(seen: Seen, case: ChartCase, within: float) -> "Drawing":
    """Return the panels that answer: those given, or all of their figure, whichever shows what is asked."""
    from secondcar.charts.checklists import Drawing
    from secondcar.charts.checklists.content import compare

    def shows_it(panels: Panels) -> bool:
        return case.shows is not None and compare(panels.readings, case.shows, within).agrees

    if seen.fault:
        problem = "your function draws nothing." if seen.fault == NOT_ATTEMPTED else seen.problem
        return Drawing((), problem, case.shows)
    # A figure that cannot be read as a whole may hold a panel that can.
    panels = seen.whole if case.shows is None or (shows_it(seen.whole) and not shows_it(seen.given)) else seen.given
    return Drawing(panels.readings, panels.problem, case.shows)


def _for_you(asked: int) -> str:
    """Return the sentence that leaves what no machine could judge to its author.

    >>> _for_you(1), _for_you(0)
    ('Answer the question in the line marked ? yourself: it costs no marks. ', '')
    """
    if not asked:
        return ""
    return f"Answer the question in {'the line' if asked == 1 else 'each line'} marked ? yourself: it costs no marks. "


def _mended(figure: Any, attempt: "Attempt", missed: Sequence["Judged"]) -> tuple[str, str]:
    """Return the pictures of a chart that misleads and of the chart mended, as HTML and as text.

    figure: None if it stands in another process.
    """
    from secondcar.charts.checklists import findings_of
    from secondcar.charts.honesty import picture_pair

    rules = [rule for line in missed if line.found.misleads for rule in line.rules]
    findings = findings_of(attempt.panels, rules)
    if not findings or figure is None:
        return "", ""
    shown = picture_pair(figure, attempt.panels, findings)
    return shown.html, shown.text
