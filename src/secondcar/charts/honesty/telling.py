"""Tells in a sentence what a chart shows, as the answer to a claim."""

from collections.abc import Sequence

from secondcar.charts.honesty.relations import FEWEST_POINTS, points_of, rank_correlation
from secondcar.charts.honesty.scene import Cell, Scene, scenes_of
from secondcar.charts.language.lexicon import role_of
from secondcar.charts.language.say import say_number
from secondcar.charts.reading.records import Reading
from secondcar.counting import counted

# More series than this do not fit in a sentence.
MOST_TOLD = 3


def tell(readings: Sequence[Reading]) -> str:
    """Tell what a chart shows from its first to its last value.

    Without time it tells the largest and the smallest, of several series each one, and of scattered points how they go
    together.

    >>> tell(read_all(ax))  # doctest: +SKIP
    '75 in 2017 and 120 in 2018: 1.6 times as much'
    """
    scenes = scenes_of(readings)
    return "; ".join(dict.fromkeys(map(_tell_scene, scenes[:MOST_TOLD]))) or "nothing that can be read"


def _tell_scene(scene: Scene) -> str:
    points = points_of(scene)
    if len(points) >= FEWEST_POINTS:
        correlation = f"a rank correlation of {rank_correlation(points):.2f} (1 at most, 0 none)"
        return f"{counted(len(points), 'point')} with {correlation}"
    groups = _series(scene)
    if 1 < len(groups) <= MOST_TOLD:
        return "; ".join(f"for {name} {_tell_series(cells, scene)}" for name, cells in groups.items())
    if len(groups) > MOST_TOLD:
        return _tell_ranks([(" ".join(cell.labels), cell.value) for cell in scene.cells])
    return _tell_series(scene.cells, scene)


def _series(scene: Scene) -> dict[str, list[Cell]]:
    """Return the cells of each series or panel; a series is what stands beside the last dimension."""
    groups: dict[str, list[Cell]] = {}
    for cell in scene.cells:
        groups.setdefault(", ".join(cell.labels[:-1]), []).append(cell)
    return groups


def _tell_series(cells: Sequence[Cell], scene: Scene) -> str:
    if len(cells) == 1:
        return say_number(cells[0].value)
    along = scene.dimensions[-1]
    if not along.is_time:
        return _tell_ranks([(cell.labels[-1], cell.value) for cell in cells])
    order = {label: place for place, label in enumerate(along.labels)}
    row = sorted(cells, key=lambda cell: order[cell.labels[-1]])
    start, end = row[0].value, row[-1].value
    times = f": {end / start:.3g} times as much" if start > 0 and end > 0 else ""
    first, last = (_at(cell.labels[-1]) for cell in (row[0], row[-1]))
    return f"{say_number(start)} {first} and {say_number(end)} {last}{times}"


def _at(time: str) -> str:
    """Say when something was: "in 2018", "on 30 June".

    >>> _at("2018"), _at("on 30 June 2017")
    ('in 2018', 'on 30 June 2017')
    """
    return time if role_of(time.partition(" ")[0].casefold(), "link") else f"in {time}"


def _tell_ranks(values: Sequence[tuple[str, float]]) -> str:
    ranked = sorted(values, key=lambda pair: pair[1])
    (smallest, low), (largest, high) = ranked[0], ranked[-1]
    return f"at most {say_number(high)} ({largest}) and at least {say_number(low)} ({smallest})"
