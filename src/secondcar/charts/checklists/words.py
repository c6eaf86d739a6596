"""Lines of a checklist about the words on a chart: title, unit, source, what has to be said, and the alt text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondcar.charts.checklists.attempt import FINE, Attempt, LineResult, doubted, not_judged, wrong
from secondcar.charts.checklists.content import periods_in, plain_name
from secondcar.charts.checklists.drawing import findings_of
from secondcar.charts.honesty.alt_texts import names_period, names_subject, names_values
from secondcar.charts.honesty.truth import DENIED, ask_about_words, judge_words
from secondcar.charts.language import mentions, read_period, unit_of
from secondcar.charts.language.lexicon import role_of, words_for
from secondcar.charts.language.periods import Period, period_in
from secondcar.charts.language.phrases import are_kin, stem
from secondcar.charts.language.say import one_line, say_number
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import currencies_in
from secondcar.charts.reading.records import Reading, category_text


@dataclass(frozen=True)
class Title:
    """There is a title, and where it has to be the learner's own, it is not that of a chart which the unit shows."""

    text: str = ""
    own: bool = True

    @property
    def asks(self) -> str:
        return self.text or ("a title of its own, and not that of a chart above" if self.own else "a title")

    def judge(self, attempt: Attempt) -> LineResult:
        title = title_over(attempt.panels)
        if not re.search(r"[^\W\d_]", title):
            return wrong("There is no title.")
        if self.own and plain_name(title) in map(plain_name, attempt.shown_titles):
            return wrong(f'"{title}" is the title of another chart. What does yours show?')
        return FINE


def title_over(panels: Sequence[Reading]) -> str:
    """Return the title over the whole chart; the names of its panels do not count."""
    title = panels[0].title
    if len(panels) > 1:
        for panel in panels:
            title = title.removesuffix(panel.panel) if panel.panel else title
    return title.strip()


@dataclass(frozen=True)
class UnitLine:
    """The axis of the numbers names its unit, its thousands or billions, and no other unit.

    Attributes:
        unit: the unit as a learner reads it in the list.
        words: words for it; one of them must stand on the axis. Without any, every unit will do.
        factor: 1e9 where it has to be billions; 0 where thousands or millions are as good, if the axis says so.
        per: "month" or "year", where the unit is so many in that time; "any" where that is free.
        base: what percentages are percentages of, as words of which one must stand on the axis.
        bar: the axis is the colour bar of a heatmap.
    """

    unit: str
    words: Sequence[str]
    per: str = ""
    base: Sequence[str] = ()
    factor: float = 0
    bar: bool = False
    text: str = ""

    @property
    def asks(self) -> str:
        place = "a colour bar that names its unit" if self.bar else "its unit on the axis of the numbers"
        scaled = "" if self.factor or not self.words or "%" in self.words else ", or thousands of them"
        return self.text or f"{place}: {self.unit}{scaled}"

    def judge(self, attempt: Attempt) -> LineResult:
        if self.bar and not all(panel.colour_bar for panel in attempt.panels):
            return wrong("There is no colour bar beside the cells.")
        if not self.words and (findings := findings_of(attempt.panels, ["unit"])):
            return wrong(findings[0].sentence)
        if found := next(filter(None, map(self._problem, attempt.panels)), None):
            return found
        factor = attempt.comparisons[0].factor if attempt.comparisons else None
        if factor is None or factor == 1:
            return FINE
        return wrong(_say_wrong_size(attempt), misleads=True)

    def _problem(self, panel: Reading) -> LineResult | None:
        label, written = _axis_words(panel)
        said = f'The axis says "{label}"'
        if not written:
            return wrong("The axis of the numbers has no label.")
        if not self.words:
            return None
        others = currencies_in(written) - {code for word in self.words for code in currencies_in(word)}
        if others or ("%" in label and not _has_word("%", self.words)):
            return wrong(f"{said}, and the list asks for {self.unit}.")
        if self.factor and panel.value_axis.factor != self.factor:
            return wrong(f"{said}. The list asks for {self.unit}.")
        if not _has_word(written, self.words):
            other = unit_of(label).name or not any(_is_unit(token.word) for token in tokens_of(label))
            return wrong(f"{said}.") if other else doubted(f"{said}. Can a reader tell that it counts {self.unit}?")
        if not self.per and (named := _rate_of(label)) and _MONTHS.get(named) not in _months_shown(panel):
            return wrong(f"{said}.")  # unlike "made in half a year", of half-years
        if self.per not in ("", "any") and self.per not in (times := _times_in(label) or _times_in(panel.title)):
            around = () if times else _times_in(" ".join(texts_on([panel])))
            return (doubted if self.per in around else wrong)(f"{said}. In how long a time?")
        if self.base and not _has_word(f"{written} {panel.title}", self.base):
            return wrong(f"{said}. Percent of what?")
        return None


def _axis_words(panel: Reading) -> tuple[str, str]:
    """Return the label of the value axis without a source line, and all that stands written along that axis."""
    label = panel.value_axis.label.replace(panel.source, "").strip()
    at_marks = " ".join(mark.label for mark in panel.marks)
    written = " ".join(filter(None, [label, *panel.value_axis.ticks, at_marks]))
    return label, written if re.search(r"[^\W\d_]|%", written) else ""


_TIMES = {"annual": "year", "annually": "year", "annum": "year", "yearly": "year", "yr": "year"}
_TIMES |= {"monthly": "month", "mo": "month", "weekly": "week", "daily": "day", "quarterly": "quarter"}
_MONTHS = {"half year": 6, "year": 12, "quarter": 3, "month": 1, "week": 0.25, "day": 0, "hour": 0}


def _months_shown(panel: Reading) -> set[float | None]:
    """Return how many months the periods are long that a chart shows."""
    periods = [read_period(name) for name in (*panel.series, *panel.categories)]
    return {period.months for period in periods if period}


def _times_in(text: str) -> set[str]:
    """Return the times that a text speaks of: "month" of "cars made in a month" and of "monthly cars"."""
    return {time for token in tokens_of(text) if (time := _TIMES.get(token.word) or role_of(token.word, "span"))}


def _rate_of(label: str) -> str:
    """Return the time in which so many are counted: "month" for "cars a month" and "monthly cars", "" for none."""
    per = unit_of(label).per
    named = (_TIMES[token.word] for token in tokens_of(label) if token.word in _TIMES)
    return per if per in _MONTHS else next(named, "")


def _is_unit(word: str) -> bool:
    """Return whether a word that no lexicon has as a unit may be one: not "rate", "percent", "a year" or "of"."""
    roles = ("span", "month", "scale", "count", "link", "joint", "neutral", "percent", "restriction", "only", "measure")
    return len(word) > 2 and not any(role_of(word, role) for role in (*roles, "quality", "level", "range"))


def _say_wrong_size(attempt: Attempt) -> str:
    panel, compared = attempt.panels[0], attempt.comparisons[0]
    names, value = max(compared.shown.items(), key=lambda item: item[1])
    label = _axis_words(panel)[0] or panel.value_axis.unit
    return (
        f'The axis says "{label}", so at {compared.say(names)} a reader reads '
        f"{say_number(value / panel.value_axis.factor)} of that. How much is it really?"
    )


def _has_word(text: str, words: Sequence[str]) -> bool:
    """Return whether one of some words stands in a text, also in the plural.

    >>> _has_word("number of draws", ["draw"]), _has_word("singers", ["car"]), _has_word("10 %", ["%"])
    (True, False, True)
    """
    text = _plain(text)
    for word in map(_plain, words):
        before, after = (r"(?<!\w)" if word[0].isalnum() else ""), (r"(?:e?s)?(?!\w)" if word[-1].isalnum() else "")
        if re.search(f"{before}{re.escape(word)}{after}", text):
            return True
    return False


def _plain(text: str) -> str:
    """Write a text in small letters, with the same dashes and quotes everywhere."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text.casefold())
    return " ".join(re.sub("['\u2018\u2019\u201c\u201d\u00ab\u00bb]", '"', text).split())


@dataclass(frozen=True)
class Source:
    """A line says where the numbers come from.

    Attributes:
        names: who must be named; each is a list of names for the same, of which one will do. None: anybody a reader
            can ask.
    """

    names: Sequence[Sequence[str]] = ()
    text: str = ""

    @property
    def asks(self) -> str:
        *names, last = [words[0] for words in self.names] or [""]
        named = f" that names {', '.join(names)}{' and ' * bool(names)}{last}" if last else ""
        return self.text or f'a source line ("Source: ..." or the like){named}'

    def judge(self, attempt: Attempt) -> LineResult:
        source = next((panel.source for panel in attempt.panels if panel.source), "")
        missing = [words for words in self.names if not _has_word(source, words)]
        if missing:
            on_chart = " ".join(texts_on(attempt.panels))
            names = ", ".join(words[0] for words in missing)
            if all(_has_word(on_chart, words) for words in missing):
                return doubted(f"No source line names {names}. Can a reader tell that the numbers come from there?")
            here = f'It says "{one_line(source)}"' if source else "No line says where the numbers come from"
            return wrong(f"{here}, and {names} is not named.")
        findings = findings_of(attempt.panels, ["source"])
        if findings:
            return wrong(" ".join(finding.sentence for finding in findings))
        named = any(token.is_name for token in tokens_of(source)[1:]) or "." in source
        if source and not (self.names or named):
            return not_judged(f'It says "{one_line(source)}". Can a reader ask there, or look it up?')
        return FINE


@dataclass(frozen=True)
class Says:
    """Words that must stand on the chart: in its title, at its axes, in its legend, its notes or its source line.

    The names that come from the table were not written by the learner, and do not count.

    Attributes:
        ideas: what must be said, in any words for it: "calculated", "planned", "at-least".
        words: other words, each a list of which one will do. One in quotes is the name of a reading: it must stand for
            itself, as in 'read as "to"' or "Reading: to", not in a sentence ("from 100 to 150").
    """

    text: str
    ideas: Sequence[str] = ()
    words: Sequence[Sequence[str]] = ()

    def judge(self, attempt: Attempt) -> LineResult:
        texts = [text for text in texts_on(attempt.panels) if plain_name(text) not in attempt.names]
        missing = [
            words_for("idea", idea) or (idea,) for idea in self.ideas if not any(mentions(text, idea) for text in texts)
        ]
        missing += [tuple(words) for words in self.words if not any(_says_one_of(text, words) for text in texts)]
        named = ", ".join(words[0] for words in missing)
        own = set(texts) - {panel.source for panel in attempt.panels}
        if missing and all(any(_hints_at(text, words) for text in own) for words in missing):
            return doubted(f"The list asks for {self.text}. Can a reader see it there, in whichever words ({named})?")
        return wrong(f"No word on the chart says so: {named}.") if missing else FINE


def _says_one_of(text: str, words: Sequence[str]) -> bool:
    named = [word.strip('"') for word in words if word.startswith('"')]
    return _has_word(text, words) or any(_names_word(_plain(text), word) for word in named)


def _hints_at(text: str, phrases: Sequence[str]) -> bool:
    """Return whether all words of a phrase stand somewhere in a text; the "to" of "January to August" is none.

    >>> _hints_at("what a calculator says", ["calculated"]), _hints_at("January to August", ['"to"'])
    (True, False)
    """
    said = {stem(word) for word in _words_beside_periods(text)}
    asked = ([stem(token.word) for token in tokens_of(phrase) if token.kind == "word"] for phrase in phrases)
    return any(all(any(are_kin(word, other) for other in said) for word in words) for words in asked)


def _words_beside_periods(text: str) -> Iterator[str]:
    tokens, place = tokens_of(text), 0
    while place < len(tokens):
        if period := period_in(tokens, place):
            place = period[1]
        else:
            yield tokens[place].word
            place += 1


def _names_word(text: str, word: str) -> bool:
    """Return whether a text speaks of a word: nothing follows that it would join, or "reading" or "word" beside it.

    >>> _names_word("readings: to / as much", "to"), _names_word("from 100 to 150", "to")
    (True, False)
    """
    alone = rf"(?<![\w-]){word}(?![\w-])(?=\s*(?:$|[^\w\s]|(?:and|or|reading|readings)\b))"
    return re.search(rf"{alone}|\b(?:reading|word)s?\W+(?:of\W+|as\W+)?{word}\b", text) is not None


def texts_on(panels: Sequence[Reading]) -> Iterator[str]:
    """Give every text that a reader of the picture sees, the source line apart from what it stands beside."""
    for panel in panels:
        yield panel.source
        yield from (text.replace(panel.source, "") if panel.source else text for text in _texts_of(panel))


def _texts_of(panel: Reading) -> Iterator[str]:
    yield panel.title
    yield panel.panel
    yield from (text for text, _ in panel.legend)
    yield from panel.legend_titles
    yield from panel.annotations
    yield from (mark.label for mark in panel.marks if mark.label)
    yield from (axis.label for axis in (panel.value_axis, panel.category_axis))
    yield from map(category_text, panel.categories)
    yield from panel.series


@dataclass(frozen=True)
class PeriodLine:
    """The chart names the time that its numbers are from. The day that a source is from is not that time.

    Attributes:
        period: as a learner reads it in the list: "January to August 2018".
    """

    period: str
    text: str = ""

    def __post_init__(self) -> None:
        if read_period(self.period) is None:
            raise ValueError(f'"{self.period}" is not a period, such as "January to August 2018"')

    @property
    def asks(self) -> str:
        return self.text or f"the period: {self.period}"

    def judge(self, attempt: Attempt) -> LineResult:
        asked = read_period(self.period)
        assert asked is not None, self.period
        sources = {panel.source for panel in attempt.panels} - {""}
        named: list[Period] = []
        for text in texts_on(attempt.panels):
            named += [period for period in periods_in(text) if text not in sources or period.months == asked.months]
        months = any(period.months == asked.months and period.month in (asked.month, None) for period in named)
        year = asked.year is None or any(period.year == asked.year for period in named)
        if months and year:
            return FINE
        said = {role_of(token.word, "month") for text in texts_on(attempt.panels) for token in tokens_of(text)}
        ends = {str(asked.month), f"{(asked.month or 0) + (asked.months or 0) - 1:.0f}"}
        return doubted(f"Do its words say {self.period}?") if ends <= said else wrong("No word on the chart says so.")


@dataclass(frozen=True)
class AltText:
    """A text for readers who do not see the picture says what is compared, how it compares, and from when it is.

    Attributes:
        about: words for what is compared, each a list of which one will do.
        periods: words for the times, each a list of which one will do; any time that the chart shows will do, too.
    """

    about: Sequence[Sequence[str]]
    periods: Sequence[Sequence[str]] = ()
    text: str = "an alt text that says what is compared, over which period, and how it compares"

    def judge(self, attempt: Attempt) -> LineResult:
        panels = attempt.panels
        alt = next((panel.alt for panel in panels if panel.alt.strip()), "")
        if not alt:
            return wrong("There is no alt text.")
        labels = (str(label) for panel in panels for label in (*panel.series, *panel.categories))
        shown = set(map(read_period, labels)) & set(periods_in(alt))
        asked = [*self.about, *(() if shown else self.periods)]
        missing = [words[0] for words in asked if not _has_word(alt, words)]
        lacking = [] if names_subject(alt, panels) else ["what is compared"]
        lacking += [] if names_values(alt) else ["the values or their relation"]
        lacking += [] if names_period(alt, panels) else ["the period"]
        if not missing and not lacking:
            return FINE
        said = f"It does not say: {', '.join(dict.fromkeys([*lacking, *missing]))}."
        nothing = len(lacking) > 1 or (self.about and not shown and len(missing) == len(asked))
        return wrong(said) if nothing else doubted(f"{said} Does somebody know who sees no picture?")


@dataclass(frozen=True)
class TrueWords:
    """What the words of the chart claim, the chart bears out.

    A machine reads English too badly to take a mark for it: of seven titles that it alone refused, three were true
    (bench/README.md). So this line asks, its author and the teacher.
    """

    text: str = "words that the numbers you see bear out"

    def judge(self, attempt: Attempt) -> LineResult:
        claims = judge_words(attempt.panels)
        denied = [claim.sentence for claim in claims if claim.answer == DENIED]
        question = ask_about_words(attempt.panels, values_too=False)
        if denied:
            return doubted(" ".join([*denied, question or "Is it so?"]))
        return not_judged(question) if question else FINE
