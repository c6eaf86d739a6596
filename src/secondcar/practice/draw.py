"""Random draws that are the same on every machine."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A sequence of draws that depends on a text alone.

    Python promises the same sequence in every version only for `random.Random.random`; all draws are made from that.

    >>> Draw("seven").between(1, 6) == Draw("seven").between(1, 6)
    True
    """

    def __init__(self, text: str):
        self._next = random.Random(text).random

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._next() * (high - low + 1))

    def of(self, things: Sequence[T]) -> T:
        """Return one of several things."""
        return things[self.between(0, len(things) - 1)]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the same things in another order."""
        return sorted(things, key=lambda _: self._next())
