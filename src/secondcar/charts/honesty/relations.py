"""How scattered points go together."""

from collections.abc import Sequence

import numpy as np

from secondcar.charts.honesty.scene import Scene

# Of fewer points a relation can be seen in any way one likes; a weaker one is not worth a word.
FEWEST_POINTS = 8
WEAKEST_RELATION = 0.2


def points_of(scene: Scene) -> list[tuple[float, float]]:
    """Return place and value of each point of a scene, none where it shows anything else."""
    marks = [mark for reading in scene.readings for mark in reading.marks]
    if any(mark.kind != "point" or isinstance(mark.category, str) for mark in marks):
        return []
    return [(float(mark.category), mark.end) for mark in marks]


def rank_correlation(points: Sequence[tuple[float, float]]) -> float:
    """Return the correlation of the ranks of places and values, from -1 to 1 (Spearman 1904).

    >>> round(rank_correlation([(1, 10), (2, 30), (3, 20), (4, 40)]), 2)
    0.8
    """
    places, values = (np.argsort(np.argsort(side)) for side in zip(*points, strict=True))
    return float(np.corrcoef(places, values)[0, 1])
