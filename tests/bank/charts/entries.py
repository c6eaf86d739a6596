"""What the bank is made of: a drawing with its name and the rules that must fire on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib.pyplot as plt

Draw = Callable[[], object]


@dataclass(frozen=True)
class Entry:
    """One drawing of the bank.

    `draw` returns what a learner would keep: Axes, Figure, a seaborn grid or a seaborn.objects plot.
    `rules` names the honesty rules that must fire, and no others; it is empty for an honest drawing.
    `arguable` names rules that a fair reader might add to the same fault.
    """

    name: str
    draw: Draw
    rules: tuple[str, ...] = ()
    arguable: tuple[str, ...] = ()

    def is_met_by(self, fired: set[str]) -> bool:
        """Return whether the rules that fired are those that must, with or without the arguable ones."""
        return set(self.rules) <= fired <= {*self.rules, *self.arguable}


@contextmanager
def drawn(entry: Entry) -> Iterator[object]:
    """Give the drawing of an entry, and close its figures afterwards."""
    try:
        yield entry.draw()
    finally:
        plt.close("all")
