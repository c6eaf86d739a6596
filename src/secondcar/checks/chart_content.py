"""What a chart shows against what it must show, whichever way its names are drawn: as panels, series or categories."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secondcar.checks.values import plain
from secondcar.checks.verdict import CannotRead

# The names a value stands under: its panel, series and category, those that there are, in no order.
Names = frozenset[str]
Content = dict[Names, float]


@dataclass(frozen=True)
class Comparison:
    """How the values of a chart stand to those asked for.

    Attributes:
        shown: what the chart shows for each names asked for, as far as it shows it.
        missing: names asked for that the chart lacks.
        extra: names in the chart that are not asked for.
        asked: what was asked for.
    """

    shown: Content
    missing: tuple[Names, ...]
    extra: tuple[Names, ...]
    asked: Content

    def differing(self, within: float) -> Names | None:
        """Return the first names whose value is not the one asked for, None if all are right."""
        wrong = (names for names, value in self.shown.items() if not _close(value, self.asked[names], within))
        return next(wrong, None)

    def agrees(self, within: float) -> bool:
        return not (self.missing or self.extra or self.differing(within))


def compare(readings: Sequence, table: dict, within: float) -> Comparison:
    """Compare the panels of a chart with what it must show.

    Whether a name becomes a panel, a series or a category is the drawer's choice. And where a value can be told by
    fewer names, the others say nothing new: a plan in a colour of its own is still the bar of 2020.

    Args:
        readings: the panels, as `read_all` returns them.
        table: category -> value, or the same under a series, or under a panel and a series.
        within: how far a value may be off, as a share of the one asked for.

    Raises:
        CannotRead: two different values stand under the same names.

    >>> from matplotlib.figure import Figure
    >>> from secondcar.charts import read
    >>> ax = Figure().add_subplot()
    >>> bars = ax.bar(["2017", "2018"], [7600, 19000])
    >>> compare([read(ax)], {"2017": 7600, "2018": 19000}, within=0.001).agrees(0.001)
    True
    """
    asked = dict(_content_of(table))
    shown = _content_shown(readings, {name for names in asked for name in names})
    found = {names: _find(names, shown) for names in asked}
    uses = Counter(found.values())
    found = {names: place for names, place in found.items() if place and uses[place] == 1}
    return Comparison(
        shown={names: shown[place] for names, place in found.items()},
        missing=tuple(names for names in asked if names not in found),
        extra=tuple(names for names in shown if names not in found.values()),
        asked=asked,
    )


def _find(names: Names, shown: Content) -> Names | None:
    """Return the names in the chart that are meant: the same, or the only ones with fewer or more of them."""
    if names in shown:
        return names
    near = [others for others in shown if others <= names or others >= names]
    return near[0] if len(near) == 1 else None


def _content_of(table: dict, above: Names = frozenset()) -> Iterator[tuple[Names, float]]:
    for name, value in table.items():
        names = above | ({plain_name(name)} - {""})
        if isinstance(value, dict):
            yield from _content_of(value, names)
        else:
            yield names, value


def _content_shown(readings: Sequence, known: set[str]) -> Content:
    content: Content = {}
    for panel, reading in zip(_panel_names(readings, known), readings, strict=True):
        for part in filter(None, (reading, reading.twin)):
            for mark in part.marks:
                names = (panel | {plain_name(mark.series), plain_name(mark.category)}) - {""}
                if content.get(names, mark.value) != mark.value:
                    raise CannotRead(
                        f"There are several values at {say_names(names)}: name the series in a legend, or give each "
                        "panel its own title."
                    )
                content[names] = mark.value
    return content


def _panel_names(readings: Sequence, known: set[str]) -> list[Names]:
    """Return the names each panel stands for: the known ones in its title or its value axis, else its title.

    A name that all panels share does not tell them apart.
    """
    if len(readings) == 1:
        return [frozenset()]
    titles = [plain_name(reading.panel) for reading in readings]
    labels = [plain_name(reading.value_axis.label) for reading in readings]
    for texts in (titles, labels):
        found = [_known_names(text, known) for text in texts]
        found = [names - frozenset.intersection(*found) for names in found]
        if all(found) and len(set(found)) == len(found):
            return found
    return [frozenset({title} - {""}) for title in titles]


def _known_names(text: str, known: set[str]) -> Names:
    found = {name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}
    return frozenset(name for name in found if not any(name in other for other in found - {name}))


def is_ordered(readings: Sequence, table: dict) -> bool:
    """Tell whether the categories of every panel stand as in the table; bars that lie may be read from either end."""
    orders = list(_orders(table))
    for reading in readings:
        shown = [plain_name(category) for category in reading.categories]
        ways = [shown, shown[::-1]] if reading.horizontal else [shown]
        wanted = next((order for order in orders if set(shown) <= set(order)), [])
        if [name for name in wanted if name in shown] not in ways:
            return False
    return True


def _orders(table: dict) -> Iterator[list[str]]:
    """Give the order of the names at each level of a table, the categories first."""
    inner = [value for value in table.values() if isinstance(value, dict)]
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
        return plain(name)


def say_names(names: Names) -> str:
    """Write names for a learner.

    >>> say_names(frozenset({"cars", "2018"}))
    '2018, cars'
    """
    return ", ".join(sorted(names))


def _close(number: float, wanted: float, within: float) -> bool:
    return abs(number - wanted) <= max(within * abs(wanted), 1e-9)
