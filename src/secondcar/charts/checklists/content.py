"""What a chart shows against what it must show, whichever way its names are drawn: as panels, series or categories."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondcar.charts.honesty.facts import with_twins
from secondcar.charts.language.periods import Period, names_only_time, read_period
from secondcar.charts.language.phrases import are_kin, stem
from secondcar.charts.language.tokens import tokens_of
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
    spelled: dict[str, str] = {}
    asked = dict(_content_of(table, spelled))
    shown, doubled = _content_shown(panels, asked, spelled)
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
        spelled=spelled,
    )


def _years_in(text: str) -> set[str]:
    return set(re.findall(r"\b\d{4}\b", text))


def has_values(panels: Sequence[Reading], table: Table, within: float) -> bool:
    """Return whether a chart shows the values of a table, whatever names they stand under, if any."""
    shown = sorted(mark.value for part in with_twins(panels) for mark in seen_marks(part))
    asked = sorted(value for _, value in _content_of(table, {}))
    near = (math.isclose(*pair, rel_tol=within) for pair in zip(shown, asked, strict=False))
    return len(shown) == len(asked) and all(near)


def _find(names: Names, shown: Content) -> Names | None:
    """Return the names in the chart that are meant: the same, or the only ones with fewer or more of them."""
    if names in shown:
        return names
    near = [others for others in shown if others <= names or others >= names]
    return near[0] if len(near) == 1 else None


def _content_of(table: Table, spelled: dict[str, str], above: Names = frozenset()) -> Iterator[tuple[Names, float]]:
    for name, value in table.items():
        names = above | _spell(frozenset({plain_name(name)} - {""}), name, spelled)
        if isinstance(value, Mapping):
            yield from _content_of(value, spelled, names)
        elif isinstance(value, int | float):
            yield names, float(value)


def _content_shown(
    panels: Sequence[Reading], asked: Collection[Names], spelled: dict[str, str]
) -> tuple[Content, list[Names]]:
    content: Content = {}
    doubled: dict[Names, None] = {}
    known = {name for names in asked for name in names}
    for panel, reading in zip(_panel_names(panels, known), panels, strict=True):
        for part in with_twins([reading]):
            called = names_of_labels([*part.series, *map(category_text, part.categories)], known)
            seen = seen_marks(part)
            for mark in part.marks:
                labels = (mark.series, category_text(mark.category))
                names = panel.union(*(_spell(called[label], label, spelled) for label in labels))
                if mark not in seen and names not in asked:
                    continue
                if content.setdefault(names, mark.value) != mark.value:
                    doubled[names] = None
    return content, list(doubled)


def _spell(names: Names, written: object, spelled: dict[str, str]) -> Names:
    for name in names:
        spelled.setdefault(name, " ".join(str(written).split()))
    return names


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

    A label may add a remark in brackets or as a piece of its own, hold several names, in lines or in one, and write a
    time in short. Where it would stand for the same as another label, it stands for itself.

    >>> known = ["2019", "trucks", "buses", "january-june 2018"]
    >>> names = names_of_labels(["2019, at least", "Trucks Jan-Jun 2018", "buses (all)"], known)
    >>> [sorted(found) for found in names.values()]
    [['2019'], ['january-june 2018', 'trucks'], ['buses']]
    """
    found = {label: _names_in(label, known) for label in dict.fromkeys(labels)}
    uses = Counter(found.values())
    return {
        label: names if uses[names] == 1 else frozenset({plain_name(label)} - {""}) for label, names in found.items()
    }


def _names_in(label: str, known: Collection[str]) -> Names:
    plain = plain_name(label)
    if not plain or plain in known:
        return frozenset({plain} - {""})
    first, *remarks = (part for part in re.split(r"[()\n]", label) if part.strip())
    whole = _known_name(first, known)  # "more cars sold, imports included"
    pieces = (
        [_names_of_piece(piece, known) for piece in _PIECES.split(first)] if whole is None else [frozenset({whole})]
    )
    if not any(pieces):
        return frozenset({plain})
    pieces += [_names_of_piece(piece, known) for remark in remarks for piece in _PIECES.split(remark)]
    return frozenset().union(*pieces)


_PIECES = re.compile(r"[,;:|/]\s*(?=\D|\d{4})|\s[-\u2013\u2014\u00b7]\s")


def _names_of_piece(piece: str, known: Collection[str]) -> Names:
    """Return the known names that a piece of a label is made of, none unless nothing else stands in it."""
    if (name := _known_name(piece, known)) is not None:
        return frozenset({name})
    words = piece.split()
    for place in range(1, len(words)):
        parts = " ".join(words[:place]), " ".join(words[place:])
        found = {name for part in parts if (name := _known_name(part, known)) is not None}
        figures = " ".join(part for part in parts if _known_name(part, known) is None)
        if len(found) == 2 or (found and names_only_time(*found) and not re.search(r"\d", figures)):  # "2019 over"
            return frozenset(found)
    return frozenset()


def _known_name(text: str, known: Collection[str]) -> str | None:
    """Return the known name that a text is: the same, the same time or the same words in another form."""
    plain = plain_name(text)
    if plain in known:
        return plain
    if names_only_time(text):
        same = [name for name in known if names_only_time(name) and read_period(name) == read_period(text)]
    else:
        same = [name for name in known if _are_same_words(plain, name)]
    return same[0] if len(same) == 1 else None


def _are_same_words(one: str, other: str) -> bool:
    """Return whether two names have the same words, whatever their endings and the signs between them.

    >>> _are_same_words("2019, planned", "2019 (plan)"), _are_same_words("cars made", "cars sold")
    (True, False)
    """
    words = [[token for token in tokens_of(name) if token.kind != "sign"] for name in (one, other)]
    return len(words[0]) == len(words[1]) and all(
        a.word == b.word or (a.kind == b.kind == "word" and are_kin(stem(a.word), stem(b.word)))
        for a, b in zip(*words, strict=True)
    )


def _panel_names(panels: Sequence[Reading], known: set[str]) -> list[Names]:
    """Return the names each panel stands for: the known ones in its title or its value axis, else its title.

    A name that all panels share does not tell them apart.
    """
    if len(panels) <= 1:
        return [frozenset() for _ in panels]
    titles = [plain_name(reading.panel) for reading in panels]
    labels = [plain_name(reading.value_axis.label) for reading in panels]
    for texts in (titles, labels):
        found = [_known_names(text, known) for text in texts]
        found = [names - frozenset.intersection(*found) for names in found]
        if all(found) and len(set(found)) == len(found):
            return found
    return [frozenset({title} - {""}) for title in titles]


def _known_names(text: str, known: set[str]) -> Names:
    found = {name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    return frozenset(name for name in found if not any(name in other for other in found - {name}))


def is_ordered(panels: Sequence[Reading], table: Table) -> bool:
    """Return whether the categories of every panel stand as in the table; bars that lie may be read from either end."""
    orders = list(_orders(table))
    known = {name for order in orders for name in order}
    for reading in panels:
        called = names_of_labels(map(category_text, reading.categories), known)
        shown = [", ".join(sorted(called[category_text(category)])) for category in reading.categories]
        wanted = max(orders, key=lambda order: len(set(shown) & set(order)))
        shown = [name for name in shown if name in wanted]  # whether others are right is another line's
        if [name for name in wanted if name in shown] not in ([shown, shown[::-1]] if reading.horizontal else [shown]):
            return False
    return True


def _orders(table: Table) -> Iterator[list[str]]:
    """Give the order of the names at each level of a table, the categories first."""
    inner = [value for value in table.values() if isinstance(value, Mapping)]
    if inner:
        yield from _orders({name: value for part in inner for name, value in part.items()})
    yield list(map(plain_name, table))


def plain_name(name: object) -> str:
    """Write a name so that other spellings of it are the same: 2017, "2017.0" and " 2017".

    >>> plain_name(2017.0), plain_name("Jan-Aug  2017")
    ('2017', 'jan-aug 2017')
    """
    try:
        return f"{float(str(name)):.12g}"
    except ValueError:
        return " ".join(str(name).split()).casefold()
