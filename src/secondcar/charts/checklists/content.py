"""What a chart shows against what it must show, whichever way its names are drawn: as panels, series or categories."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.language.periods import Period, names_only_time, read_period
from secondcar.charts.language.phrases import are_kin, stem
from secondcar.charts.language.tokens import Token, tokens_of
from secondcar.charts.reading.records import Mark, Reading, category_text

# The names a value stands under: its panel, series and category, those that there are, in no order.
Names = frozenset[str]
Content = dict[Names, float]
Table = Mapping[str, object]  # category -> value, or the same under a series, or under a panel and a series

# A chart that draws billions without "billion" on the axis shows the right content in a wrong unit.
_THOUSANDS = (1.0, 1e3, 1e6, 1e9, 1e12, 1e-3, 1e-6, 1e-9, 1e-12)


@dataclass(frozen=True)
class Comparison:
    """How the values of a chart stand to those asked for.

    Attributes:
        shown: what the chart shows for each names asked for, as far as it shows it, in the unit of its axis.
        missing: names asked for that the chart lacks.
        extra: names in the chart that are not asked for.
        doubled: names under which the chart shows several values.
        asked: what was asked for.
        within: how far a value may be off, as a share of the largest one asked for.
        spelled: each name as it is written in the table or on the chart.
    """

    shown: Content
    missing: tuple[Names, ...]
    extra: tuple[Names, ...]
    doubled: tuple[Names, ...]
    asked: Content
    within: float
    spelled: Mapping[str, str]

    @property
    def factor(self) -> float | None:
        """Return how many thousands, millions, ... times too small all values are; None where they differ otherwise."""
        return next((factor for factor in _THOUSANDS if self._differing(factor) is None), None)

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.extra or self.doubled) and self.factor is not None

    @property
    def renames(self) -> bool:
        """Return whether what is missing may stand under other words, and nothing that is found has another value."""
        shown, asked = (" ".join(map(" ".join, names)) for names in (self.extra, self.missing))
        worded = all(re.search(r"[^\W\d_]|\b\d{4}\b", " ".join(names)) for names in self.extra)
        same_years = _years_in(shown) <= _years_in(asked)
        found = len(self.extra) == len(self.missing) and not self.doubled and self.differing() is None
        return found and worded and same_years

    def differing(self) -> Names | None:
        """Return the first names whose value is not the one asked for, None if all are right."""
        return self._differing(1.0)

    def _differing(self, factor: float) -> Names | None:
        slack = self.within * max(map(abs, self.asked.values()), default=0.0) + 1e-9
        right = {n for n, value in self.shown.items() if abs(value * factor - self.asked[n]) <= slack}
        return next((n for n in self.shown if n not in right), None)

    def say(self, names: Names) -> str:
        """Write names as they stand in the table or on the chart.

        >>> compare([], {"2018": {"Cars": 5}}, 0.01).say(frozenset({"cars", "2018"}))
        '2018, Cars'
        """
        return ", ".join(sorted(self.spelled.get(name, name) for name in names))


def compare(panels: Sequence[Reading], table: Table, within: float) -> Comparison:
    """Compare the panels of a chart with what it must show.

    Whether a name becomes a panel, a series or a category is the drawer's choice. And where a value can be told by
    fewer names, the others say nothing new: a plan in a colour of its own is still the bar of 2020.

    >>> from matplotlib.figure import Figure
    >>> from secondcar.charts import read
    >>> ax = Figure().add_subplot()
    >>> bars = ax.bar(["2017", "2018"], [7600, 19000])
    >>> compare([read(ax)], {"2017": 7600, "2018": 19000}, within=0.005).agrees
    True
    """
    rows = list(_rows_of(table))
    asked = {_names_of(names): value for names, value in rows}
    shown, doubled = _content_shown(panels, asked)
    labels = (label for part in with_twins(panels) for label in (*part.series, *map(category_text, part.categories)))
    written = [*labels, *(name for names, _ in rows for name in names)]
    found = {names: _find(names, shown) for names in asked}
    uses = Counter(found.values())
    placed = {names: place for names, place in found.items() if place is not None and uses[place] == 1}
    return Comparison(
        shown={names: shown[place] for names, place in placed.items()},
        missing=tuple(names for names in asked if names not in placed),
        extra=tuple(names for names in shown if names not in placed.values()),
        doubled=tuple(doubled),
        asked=asked,
        within=within,
        spelled={plain_name(name): " ".join(name.split()) for name in written},
    )


def _years_in(text: str) -> set[str]:
    return set(re.findall(r"\b\d{4}\b", text))


def has_values(panels: Sequence[Reading], table: Table, within: float) -> bool:
    """Return whether a chart shows the values of a table, whatever names they stand under, if any."""
    shown = sorted(mark.value for part in with_twins(panels) for mark in seen_marks(part))
    asked = sorted(value for _, value in _rows_of(table))
    near = (math.isclose(*pair, rel_tol=within) for pair in zip(shown, asked, strict=False))
    return len(shown) == len(asked) and all(near)


def _find(names: Names, shown: Content) -> Names | None:
    """Return the names in the chart that are meant: the same, or the only ones with fewer or more of them."""
    if names in shown:
        return names
    near = [others for others in shown if others <= names or others >= names]
    return near[0] if len(near) == 1 else None


def _rows_of(table: Table, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    """Give each value of a table with the names that it stands under, from the outermost to its category."""
    for name, value in table.items():
        names = (*above, str(name))
        if isinstance(value, Mapping):
            yield from _rows_of(value, names)
        elif isinstance(value, int | float):
            yield names, float(value)


def _names_of(written: Iterable[str]) -> Names:
    return frozenset(map(plain_name, written)) - {""}


def _content_shown(panels: Sequence[Reading], asked: Collection[Names]) -> tuple[Content, list[Names]]:
    content: Content = {}
    doubled: dict[Names, None] = {}
    known = {name for names in asked for name in names}
    for panel, reading in zip(_panel_names(panels, known), panels, strict=True):
        for part in with_twins([reading]):
            called = names_of_labels([*part.series, *map(category_text, part.categories)], known)
            seen = seen_marks(part)
            for mark in part.marks:
                labels = (mark.series, category_text(mark.category))
                names = panel.union(*(called[label] for label in labels))
                if mark not in seen and names not in asked:
                    continue
                if content.setdefault(names, mark.value) != mark.value:
                    doubled[names] = None
    return content, list(doubled)


def seen_marks(reading: Reading) -> list[Mark]:
    """Return the marks that a reader sees: no bar of zero where another series has its bar in the same place."""
    beside = {part.series for part in reading.parts if part.arrangement == "side by side"}
    filled = {mark.category for mark in reading.marks if mark.value}
    return [
        mark
        for mark in reading.marks
        if mark.kind != "bar" or mark.value or mark.series in beside or mark.category not in filled
    ]


def periods_in(text: str) -> list[Period]:
    """Return the periods that a text names, as a whole and in each of its parts."""
    parts = (text, *re.split(r"[;:()\n]|[.,](?!\d)", text))
    return [period for period in map(read_period, parts) if period is not None]


def names_of_labels(labels: Iterable[str], known: Collection[str]) -> dict[str, Names]:
    """Return the names that each label of a chart stands for; a label that is not known is a name of its own.

    A label may hold several names, and a remark set off by a sign, in brackets or on a line of its own; beside a time
    it need not be set off. Where a label would stand for the same as another, it stands for itself.

    >>> known = ["2019", "trucks", "buses", "january-june 2018"]
    >>> names = names_of_labels(["2019, at least", "Trucks Jan-Jun 2018", "buses (all)"], known)
    >>> [sorted(found) for found in names.values()]
    [['2019'], ['january-june 2018', 'trucks'], ['buses']]
    """
    found = {label: _names_in(label, known) for label in dict.fromkeys(labels)}
    uses = Counter(found.values())
    return {label: names if uses[names] == 1 else _names_of([label]) for label, names in found.items()}


# What sets a remark off.
_BREAK = re.compile(r"[()\n]|[,;:|/]\s*(?=\D|\d{4})|\s[-\u2013\u2014\u00b7]\s")


def _names_in(label: str, known: Collection[str]) -> Names:
    if plain_name(label) in known:
        return _names_of([label])
    breaks = [found.start() for found in _BREAK.finditer(label)]
    named = _named_words(label, known)
    loose = set()  # names that stand among other words
    for _, piece in groupby(named, key=lambda token: bisect_right(breaks, token.start)):
        words = list(piece)
        names = {name for word in words if (name := named[word])}
        others = " ".join(word.word for word in words if not named[word])
        figures = re.search(r"\d", others)
        loose |= {name for name in names if others and (figures or not names_only_time(name))}
    return frozenset(named.values()) - {"", *loose} or _names_of([label])


def _named_words(text: str, known: Collection[str]) -> dict[Token, str]:
    """Return each word and number of a text with the known name that it is a part of, "" if of none."""
    words = [token for token in tokens_of(text) if token.kind != "sign"]
    named = dict.fromkeys(words, "")
    for length in range(1, len(words) + 1):  # of two names in one place the longer is meant
        for begin in range(len(words) - length + 1):
            span = words[begin : begin + length]
            written = text[span[0].start : span[-1].end]
            plain = plain_name(written)
            same = [plain] if plain in known else [name for name in known if _is_name(written, name)]
            within = {named[word] for word in span} - {""}
            if len(same) == 1 and (within == {same[0]} or same[0] not in within):  # else it leaves a name out
                named |= dict.fromkeys(span, same[0])
    return named


def _is_name(text: str, name: str) -> bool:
    """Return whether a text is a name: the same time, or the same words, whatever their endings and signs.

    >>> _is_name("Jan-Jun 2018", "january-june 2018"), _is_name("2019, planned", "2019 (plan)"), _is_name("car", "bus")
    (True, True, False)
    """
    if names_only_time(text):
        return names_only_time(name) and read_period(text) == read_period(name)
    words = [[token for token in tokens_of(words) if token.kind != "sign"] for words in (text, name)]
    return len(words[0]) == len(words[1]) and all(
        a.word == b.word or (a.kind == b.kind == "word" and are_kin(stem(a.word), stem(b.word)))
        for a, b in zip(*words, strict=True)
    )


def _panel_names(panels: Sequence[Reading], known: Collection[str]) -> list[Names]:
    """Return the names each panel stands for: the known ones in its title or its value axis, else its title.

    A name that all panels share does not tell them apart.
    """
    if len(panels) <= 1:
        return [frozenset() for _ in panels]
    for texts in ([panel.panel for panel in panels], [panel.value_axis.label for panel in panels]):
        found = [frozenset(_named_words(text, known).values()) - {""} for text in texts]
        found = [names - frozenset.intersection(*found) for names in found]
        if all(found) and len(set(found)) == len(found):
            return found
    return [_names_of([panel.panel]) for panel in panels]


def is_ordered(panels: Sequence[Reading], table: Table) -> bool:
    """Return whether the categories of every panel stand as in the table; bars that lie may be read from either end."""
    levels = zip(*(names for names, _ in _rows_of(table)), strict=False)
    orders = [list(dict.fromkeys(map(plain_name, level))) for level in levels][::-1]  # the categories first
    known = {name for order in orders for name in order}
    for reading in panels:
        called = names_of_labels(map(category_text, reading.categories), known)
        shown = [", ".join(sorted(called[category_text(category)])) for category in reading.categories]
        wanted = max(orders, key=lambda order: len(set(shown) & set(order)), default=[])
        shown = [name for name in shown if name in wanted]  # whether others are right is another line's
        if [name for name in wanted if name in shown] not in ([shown, shown[::-1]] if reading.horizontal else [shown]):
            return False
    return True


def plain_name(name: object) -> str:
    """Write a name so that other spellings of it are the same: 2017, "2017.0" and " 2017".

    >>> plain_name(2017.0), plain_name("Jan-Aug  2017")
    ('2017', 'jan-aug 2017')
    """
    try:
        return f"{float(str(name)):.12g}"
    except ValueError:
        return " ".join(str(name).split()).casefold()
