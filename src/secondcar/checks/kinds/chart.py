"""A chart: what it shows, on data the learner does not see, and whether it shows it honestly."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from secondcar.checks.chart_content import Comparison, compare, is_ordered, say_names
from secondcar.checks.exercise import Evaluate, Exercise, Mistake, Written
from secondcar.checks.numbers import kept
from secondcar.checks.quiet import quietly
from secondcar.checks.values import is_blank
from secondcar.checks.verdict import CannotRead, NotAttempted, Verdict, right, wrong

# What a chart that shows the right values earns before the honesty rules are counted.
CONTENT_SHARE = 0.5

# What a chart shows: category -> value, or the same under a series, or under a panel and a series.
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """Data to draw, and what the chart of them must show.

    Attributes:
        data: column -> values; None where a finished chart is asked.
        shows: the content; None where none is asked.
    """

    data: Mapping[str, Sequence[Any]] | None
    shows: Content | None = None


@dataclass(frozen=True, kw_only=True)
class Chart(Exercise[Sequence[Content]]):
    """A chart, or the function that draws it. The value of a mistake is what a chart with it shows in each case.

    The content must be right in every case, or nothing is earned: a picture with typed-in numbers fails on data the
    learner has not seen. A right content earns half the marks, honesty the other half, or all of them where an
    exercise asks for no content. The rules look at the first case alone, which is the learner's own data: its title
    may name its numbers.

    A chart that misleads loses the whole share of honesty: its readers take away something false, and no source line
    or careful colour makes up for that. Where it only leaves readers without something, each rule that holds earns its
    part.

    Attributes:
        within: how far a value may be off, as a share of the right one.
        right: what to say to a right answer.
        ordered: whether the categories must stand in the order of ``shows``.
        off: honesty rules that do not count, each with the reason.
        cases: the learner's own data first.
    """

    kind = "chart"

    within: float
    right: str = "Right."
    ordered: bool
    off: Mapping[str, str]
    cases: Sequence[Case]

    def judge(self, value: Any) -> Verdict:
        """Judge a chart by its content and by the honesty rules.

        Args:
            value: a chart (Axes, an array of them, a Figure, a seaborn grid or a seaborn.objects plot), or a function
                that takes a DataFrame and returns one.
        """
        if is_blank(value):
            raise NotAttempted
        from secondcar.charts.reading import Unreadable
        from secondcar.charts.reading.panels import axes_of  # only a chart exercise needs matplotlib

        charts, panels = [], []
        with _no_figure_left_open():
            for case in self.cases:
                try:
                    charts.append(axes_of(_draw(value, case.data)))
                    panels.append(_read(charts[-1], case.shows, self.within))
                except Unreadable as problem:
                    raise CannotRead(str(problem)) from None
                except _Stopped as stopped:
                    return wrong(str(stopped))
            return self._wrong_content(panels) or self._judge_honesty(charts[0], panels[0])

    def _wrong_content(self, panels: Sequence[Sequence[Any]]) -> Verdict | None:
        """Say what is wrong in what the chart shows, None if nothing is."""
        asked = [case.shows for case in self.cases if case.shows is not None]
        if len(asked) < len(self.cases):
            return None
        compared = _compare_all(panels, asked, self.within)
        if all(comparison.agrees(self.within) for comparison in compared):
            if self.ordered and not is_ordered(panels[0], asked[0]):
                return wrong(
                    "The values are right, but not their order. In which order does the question ask for them?"
                )
            return None
        for mistake in self.mistakes:
            if all(comparison.agrees(self.within) for comparison in _compare_all(panels, mistake.value, self.within)):
                return wrong(mistake.means, mistake=mistake.id)
        if compared[0].agrees(self.within):
            return wrong(
                "With your data it is right, with other data it is not. Does every number of the chart come from the "
                "function's input?"
            )
        return wrong(_first_difference(compared[0], self.within))

    def _judge_honesty(self, chart: list[Any], panels: Sequence[Any]) -> Verdict:
        from secondcar.charts import honesty
        from secondcar.charts.reading.panels import figure_of

        findings = honesty.find_faults(panels, off=self.off)
        if not findings:
            return right(self.right)
        counted = len(honesty.RULES) - len(self.off)
        misleads = any(finding.severity == honesty.MISLEADING for finding in findings)
        honest = 0.0 if misleads else 1 - len({finding.rule for finding in findings}) / counted
        content, opening = 0.0, ""
        if self.cases[0].shows is not None:
            content, opening = CONTENT_SHARE, "It shows the right values. "
        shown = honesty.picture_pair(figure_of(chart), panels, findings)
        return wrong(
            opening + " ".join(finding.sentence for finding in findings),
            share=content + (1 - content) * honest,
            picture=shown.html,
            picture_text=shown.text,
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return super().from_json({**stored, "cases": [Case(**case) for case in stored["cases"]]})

    @classmethod
    def evaluated(cls, written: Written, evaluate: Evaluate) -> dict[str, Any]:
        # A chart of free choice is judged by its honesty alone: there is nothing that it must show, or be near to.
        shows = evaluate(written["shows"]) if "shows" in written else None
        frames = [evaluate(case) for case in written.get("cases", [])]
        return {
            "within": written.get("within", 0),
            "ordered": written.get("ordered", False),
            "off": written.get("off", {}),
            "cases": [
                Case(
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


def _kept_content(table: Mapping[Any, Any]) -> dict[str, Any]:
    """Keep what a chart must show in a form that JSON can hold: names as text, values as numbers."""
    return {str(key): _kept_content(value) if isinstance(value, dict) else kept(value) for key, value in table.items()}


def _drawn(series: str) -> str:
    """Return as Python source a plain chart of what an expression gives: series -> category -> value."""
    return f"pd.DataFrame({series}).pipe(lambda table: table.plot.bar(legend=len(table.columns) > 1))"


def _with_numbers_reversed(data: Any) -> Any:
    return data.assign(**{column: data[column].to_numpy()[::-1] for column in data.select_dtypes("number")})


def _compare_all(panels: Sequence[Sequence[Any]], tables: Sequence[Content], within: float) -> list[Comparison]:
    return [compare(readings, table, within) for readings, table in zip(panels, tables, strict=True)]


def _read(chart: list[Any], shows: Content | None, within: float) -> Sequence[Any]:
    """Return the panels that answer: those given, or all of their figure, whichever shows what is asked."""
    from secondcar.charts.reading import Unreadable, read_all
    from secondcar.charts.reading.panels import figure_of

    figure = figure_of(chart)
    if shows is None:
        return read_all(figure)
    given = read_all(chart)
    with contextlib.suppress(Unreadable, CannotRead):
        if not compare(given, shows, within).agrees(within):
            whole = read_all(figure)
            return whole if compare(whole, shows, within).agrees(within) else given
    return given


class _Stopped(Exception):
    """The learner's function stopped; the text says where."""


def _draw(value: Any, data: Mapping[str, Sequence[Any]] | None) -> object:
    """Return the chart: the value itself, or what the learner's function makes of the data."""
    if not callable(value):
        return value
    if data is None:
        raise CannotRead("I need the chart itself: keep what the drawing call returns, as in ax = sns.barplot(...).")
    import matplotlib.pyplot as plt
    import pandas as pd
    from IPython.utils.capture import capture_output

    before = set(plt.get_fignums())
    plt.figure()  # seaborn draws on the current figure, which would be the one of the case before
    try:
        # What the function shows is for the learner's own cell; the check only wants what it returns.
        with quietly(), capture_output():
            chart = value(pd.DataFrame(data))
    except NotImplementedError:
        raise NotAttempted from None
    except (Exception, SystemExit) as error:
        raise _Stopped(
            f"Your function stopped with {type(error).__name__}: {str(error)[:120]}. What does that line do?"
        ) from None
    if is_blank(chart):
        raise NotAttempted
    drawn = [plt.figure(number) for number in plt.get_fignums() if number not in before]
    return drawn[-1].gca() if chart is None and drawn else chart


@contextlib.contextmanager
def _no_figure_left_open() -> Iterator[None]:
    """Close the figures that a check opens, or the notebook would show them and the next plot would draw on them."""
    import matplotlib.pyplot as plt

    before = set(plt.get_fignums())
    try:
        yield
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)


def _first_difference(compared: Comparison, within: float) -> str:
    if compared.missing:
        missing = "; ".join(map(say_names, compared.missing))
        return f"The chart does not show {missing}. Which marks and labels does it need?"
    if compared.extra:
        extra = "; ".join(map(say_names, compared.extra))
        return f"The chart shows {extra}, which is not asked for. What belongs in it?"
    names = compared.differing(within)
    return f"At {say_names(names)} the chart shows {compared.shown[names]:,.6g}. Is that what the data say?"
