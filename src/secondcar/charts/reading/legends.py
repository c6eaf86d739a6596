"""Reads the legends of a chart, and names series by them as a reader does: by how they look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.legend import Legend
from matplotlib.text import Annotation, Text

from secondcar.charts.language.periods import read_period
from secondcar.charts.language.say import one_line
from secondcar.charts.language.tokens import tokens_of
from secondcar.charts.language.units import quantity, unit_in
from secondcar.charts.reading.artists import figure_under
from secondcar.charts.reading.drawn import Drawn
from secondcar.charts.reading.looks import Look, look_of

# How far from the end of a line, in pixels, a text may stand to be its label.
_DIRECT_LABEL_REACH = 60
# And how far from a point its name may stand.
_BESIDE_A_POINT = 40
# More looks than this are a scale of colours, and no series.
MOST_SERIES = 12


@dataclass(frozen=True)
class Entry:
    """One line of a legend."""

    text: str
    look: Look


def name_series(
    ax: Axes, marks: Sequence[Drawn], across: bool, entries: Sequence[Entry], labels: int | None = None
) -> list[Drawn]:
    """Name the series of each mark: by the legend, by the texts at it, or by what the artist itself is called.

    Series that nothing names are numbered, where only their colour tells them apart.

    Args:
        ax: where the marks are drawn.
        marks: what shows values.
        across: values run from left to right.
        entries: those of the legends.
        labels: how many categories the axis names; None where it measures.
    """
    by_legend = {look: _name_by_legend(look, entries) for look in {mark.look for mark in marks}}
    names = [by_legend[mark.look] for mark in marks]
    if not any(names) and len({mark.group for mark in marks}) > 1:
        direct = _direct_names(ax, marks, across) or _names_on_bars(ax, marks, across)
        names = [direct.get(mark.group, "") for mark in marks]
    names = [name or mark.name for name, mark in zip(names, marks, strict=True)]
    if not any(names) and entries:
        in_order = _names_in_order(marks, entries)
        names = [in_order.get(mark.group, "") for mark in marks]
    each_its_own = len(set(names)) == len(marks) and len({round(mark.place, 6) for mark in marks}) == len(marks)
    if each_its_own and all(mark.kind == "bar" for mark in marks) and (labels is None or labels >= len(marks)):
        names = [""] * len(marks)  # the colours repeat the categories
    if not any(names):
        names = _numbers_of_series(marks)
    return [mark if mark.name == name else replace(mark, name=name) for mark, name in zip(marks, names, strict=True)]


def _numbers_of_series(marks: Sequence[Drawn]) -> list[str]:
    """Number the looks of marks that stand at the same places; those of one look cannot be told apart."""
    if all(mark.kind == "point" for mark in marks):
        return [""] * len(marks)
    looks = list(dict.fromkeys(mark.look for mark in marks))
    if not 2 <= len(looks) <= MOST_SERIES or _overdrawn(marks):
        return [""] * len(marks)
    places = [{round(mark.place, 6) for mark in marks if mark.look == look} for look in looks]
    if not any(one & other for one, other in combinations(places, 2)) and not _dodged(marks):
        return [""] * len(marks)
    return [f"series {looks.index(mark.look) + 1}" for mark in marks]


def _overdrawn(marks: Sequence[Drawn]) -> bool:
    """Return whether bars hide each other, as they do when a cell ran twice."""
    spots = [(round(mark.place, 6), mark.base, mark.base < mark.end) for mark in marks if mark.kind == "bar"]
    return len(set(spots)) < len(spots)


def _dodged(marks: Sequence[Drawn]) -> bool:
    """Return whether bars of several looks touch in groups that stand apart from each other."""
    bars = sorted((mark for mark in marks if mark.kind == "bar"), key=lambda mark: mark.place)
    if len(bars) < len(marks):
        return False
    gaps = [after.place - before.place - (after.thickness + before.thickness) / 2 for before, after in pairwise(bars)]
    touching = [abs(gap) < 1e-6 * bar.thickness for gap, bar in zip(gaps, bars, strict=False)]
    return any(touching) and not all(touching)


def entries_of(axes: Iterable[Axes]) -> list[Entry]:
    """Return the entries of the legends of a plot and of its figure, headings left out."""
    entries = []
    for legend in _legends_of(axes):
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            look = _look_of_handle(handle)
            if look.colour[3] > 0 and text.get_text():
                entries.append(Entry(one_line(text.get_text()), look))
    return entries


def legend_titles_of(axes: Iterable[Axes]) -> tuple[str, ...]:
    """Return what stands over the entries of the legends of a plot and of its figure."""
    titles = (one_line(legend.get_title().get_text()) for legend in _legends_of(axes))
    return tuple(title for title in titles if title)


def _legends_of(axes: Iterable[Axes]) -> list[Legend]:
    axes = list(axes)
    legends = [legend for ax in axes if (legend := ax.get_legend())] + list(figure_under(axes[0]).legends)
    return [legend for legend in legends if legend.get_visible()]


def _look_of_handle(handle: object) -> Look:
    return look_of(handle[0] if isinstance(handle, tuple) else handle)


def _name_by_legend(look: Look, entries: Sequence[Entry]) -> str:
    """Return the text of the one legend entry that looks so, "" if none or several do."""
    texts = {entry.text for entry in _alike(look, entries)}
    return texts.pop() if len(texts) == 1 else ""


def _names_in_order(marks: Sequence[Drawn], entries: Sequence[Entry]) -> dict[str, str]:
    """Name lines that only their dashes tell apart: matplotlib shows no dashes, but keeps the order of a legend.

    Returns:
        Group of the line -> text.
    """
    names: dict[str, str] = {}
    for look in dict.fromkeys(mark.look for mark in marks):
        groups = list(dict.fromkeys(mark.group for mark in marks if mark.look == look))
        alike = _alike(look, entries)
        if len(alike) == len(groups):
            names |= {group: entry.text for group, entry in zip(groups, alike, strict=True)}
    return names


def _alike(look: Look, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the colour of a look; of several, those that share its further traits too."""
    alike = [entry for entry in entries if np.allclose(entry.look.colour[:3], look.colour[:3], atol=0.01)]
    for trait in ("alpha", "hatch", "linestyle", "marker"):
        if len({entry.text for entry in alike}) > 1:
            alike = [entry for entry in alike if getattr(entry.look, trait) == getattr(look, trait)] or alike
    return alike


def _direct_names(ax: Axes, marks: Sequence[Drawn], horizontal: bool) -> dict[str, str]:
    """Return the text that names each line or area by its colour, or by standing near one of its points.

    Returns:
        Group of the line -> text.
    """
    texts = [text for text in ax.texts if _is_name(text) and text.get_window_extent().y0 < ax.bbox.y1]  # no title
    groups: dict[str, list[Drawn]] = {mark.group: [] for mark in marks if mark.kind in ("line", "point", "area")}
    for mark in marks:
        if mark.group in groups:
            groups[mark.group].append(mark)
    looks = {group: members[0].look.colour[:3] for group, members in groups.items()}
    names: dict[str, str] = {}
    for text in texts:
        colour = to_rgba(text.get_color())[:3]
        same = [group for group, other in looks.items() if np.allclose(colour, other, atol=0.01)]
        if len(same) == 1 and len(set(looks.values())) > 1:
            names.setdefault(same[0], _without_numbers(text.get_text()))
    pixels = {
        group: ax.transData.transform([(m.end, m.place) if horizontal else (m.place, m.end) for m in members])
        for group, members in groups.items()
    }
    near = [
        (_distance(text, points), place, group) for place, text in enumerate(texts) for group, points in pixels.items()
    ]
    for distance, place, group in sorted(near):
        words = _without_numbers(texts[place].get_text())
        if distance <= _DIRECT_LABEL_REACH and group not in names and words not in names.values():
            names[group] = words
    return names


def _names_on_bars(ax: Axes, marks: Sequence[Drawn], across: bool) -> dict[str, str]:
    """Return the words that stand at every bar of a group, and at no other, as the name of the group."""
    texts: dict[str, set[str]] = defaultdict(set)
    for mark, text in zip(marks, texts_at(ax, marks, across), strict=True):
        texts[mark.group].add(_without_numbers(text))
    names = {group: next(iter(found)) for group, found in texts.items() if len(found) == 1}
    return names if len(set(names.values())) == len(texts) else {}


def _without_numbers(text: str) -> str:
    """Leave the numbers out of the name of a series: "imported 51 %" and "imported 41 %" are one; years stay.

    >>> _without_numbers("imported 51 %"), _without_numbers("made in 2017"), _without_numbers("5-7")
    ('imported', 'made in 2017', '5-7')
    """
    tokens = tokens_of(text)
    numbers = {place for place, token in enumerate(tokens) if token.kind == "numeral" and not read_period(token.word)}
    behind = {place for place, token in enumerate(tokens) if token.word == "%" and place - 1 in numbers}
    kept = [token for place, token in enumerate(tokens) if place not in numbers | behind]
    if not any(token.kind == "word" for token in kept) or not numbers:
        return one_line(text)
    return one_line(text[kept[0].start : kept[-1].end])


def texts_at(ax: Axes, marks: Sequence[Drawn], horizontal: bool) -> list[str]:
    """Return the text written at each bar, picture, cell or point, "" where there is none."""
    shown = [text for text in ax.texts if text.get_visible() and text.get_text()]
    texts = [(place, one_line(text.get_text())) for text in shown if (place := _place_of(text, ax)) is not None]
    if all(mark.kind == "point" for mark in marks):
        return _names_of_points(ax, marks, texts, horizontal)
    return [_text_at(mark, texts, horizontal) if mark.kind in ("bar", "picture", "cell") else "" for mark in marks]


def _names_of_points(
    ax: Axes, marks: Sequence[Drawn], texts: Sequence[tuple[tuple[float, float], str]], horizontal: bool
) -> list[str]:
    """Give each text that is no number to the point it is nearest to."""
    named = [(place, words) for place, words in texts if quantity(words) is None]
    if not named:
        return [""] * len(marks)
    spots = [(mark.end, mark.place) if horizontal else (mark.place, mark.end) for mark in marks]
    points, places = ax.transData.transform(spots), ax.transData.transform([place for place, _ in named])
    apart = np.hypot(*(places[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    labels = [""] * len(marks)
    for text, point in sorted(np.ndindex(*apart.shape), key=lambda pair: apart[pair]):
        words = named[text][1]
        if apart[text, point] <= _BESIDE_A_POINT and not labels[point] and words not in labels:
            labels[point] = words
    return labels


def _text_at(mark: Drawn, texts: Sequence[tuple[tuple[float, float], str]], horizontal: bool) -> str:
    found = []
    for (x, y), words in texts:
        across, along = (y, x) if horizontal else (x, y)
        if abs(across - mark.place) > mark.thickness / 2:
            continue
        if mark.kind == "cell":
            if abs(y - mark.row) < 0.5:
                return words
            continue
        length = abs(mark.end - mark.base)
        middle = (mark.base + mark.end) / 2
        if abs(along - middle) <= 0.7 * length:  # inside the bar, at its end or a little beyond
            found.append((min(abs(along - mark.end), abs(along - middle)), words))
    return min(found)[1] if found else ""


def _place_of(text: Text, ax: Axes) -> tuple[float, float] | None:
    """Return the place a text belongs to, in the values of the axes; None if it belongs to none."""
    if isinstance(text, Annotation):
        if text.xycoords != "data":
            # bar_label hangs its texts on the bars themselves
            bounds = text.get_window_extent()
            x, y = ax.transData.inverted().transform(((bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2))
            return float(x), float(y)
        place = text.xy
    elif text.get_transform().contains_branch(ax.transData):
        place = text.get_position()
    else:
        return None
    x, y = ax.convert_xunits(place[0]), ax.convert_yunits(place[1])
    return float(x), float(y)


def _distance(text: Text, points: np.ndarray) -> float:
    """Return how many pixels lie between a text and the nearest of some points, both ways from its middle line."""
    bounds = text.get_window_extent()
    middle = (bounds.y0 + bounds.y1) / 2
    beside = np.maximum(0, np.maximum(bounds.x0 - points[:, 0], points[:, 0] - bounds.x1))
    return float(np.min(np.hypot(beside, points[:, 1] - middle)))


def _is_name(text: Text) -> bool:
    """Return whether a text may name a series: it is not the number of a point, but may be a year or a period."""
    words = one_line(text.get_text())
    if not words or not text.get_visible():
        return False
    stated = quantity(words)
    number = stated is not None and (stated.factor != 1 or stated.unit == "" or stated.unit == unit_in(stated.unit))
    return not number or read_period(words) is not None
