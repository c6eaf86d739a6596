"""Notes where a test goes through several things side by side, and whether they ended together.

`zip` and `map` end with the shortest. So a test that goes through an answer and the right one sees nothing of what the
answer lacks; where the solution's answers end together with what stands beside them, a learner's have to.

>>> noted = SideBySide()
>>> list(noted.zip([1], [1, 2]))
[(1, 1)]
>>> list(noted.ends.values())
[LoopEnd(steps=1, together=False)]
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Place = tuple[str, int]  # the file and line of a call
# That of a test or a helper: there are no others that look these up as they do all their names.
BY_NAME = ("zip", "map")


@dataclass(frozen=True)
class LoopEnd:
    """How the calls at one place ended: after how many steps in all, and whether everything ended together."""

    steps: int = 0
    together: bool = True


class SideBySide:
    """Has what `zip` and `map` do, and notes it."""

    def __init__(self) -> None:
        self.ends: dict[Place, LoopEnd] = {}

    def zip(self, *iterables: Iterable[Any], strict: bool = False) -> Iterator[Any]:
        """Do what `zip` does."""
        if strict:
            return zip(*iterables, strict=True)
        return self._steps(_place_of_caller(), list(map(iter, iterables)))

    def map(self, function: Callable[..., Any], *iterables: Iterable[Any]) -> Iterator[Any]:
        """Do what `map` does."""
        steps = self._steps(_place_of_caller(), list(map(iter, iterables)))
        return (function(*items) for items in steps)

    def _steps(self, place: Place, iterators: list[Iterator[Any]]) -> Iterator[tuple[Any, ...]]:
        steps = 0
        while iterators:
            items = tuple(next(one, _END) for one in iterators)
            ended = [item is _END for item in items]
            if any(ended):
                before = self.ends.get(place, LoopEnd())
                self.ends[place] = LoopEnd(before.steps + steps, before.together and all(ended))
                return
            steps += 1
            yield items


_END = object()


def _place_of_caller() -> Place:
    frame = sys._getframe(2)
    return frame.f_code.co_filename, frame.f_lineno


def fall_short(ends: dict[Place, LoopEnd], solutions: Iterable[tuple[str, int, int]]) -> bool:
    """Return whether something ended too early where the solution's answers end together with what is beside them.

    solutions: the places of these, each with the number of steps.

    >>> fall_short({("<test>", 3): LoopEnd(1, together=False)}, [("<test>", 3, 2)])
    True
    """
    found = {(file, line): steps for file, line, steps in solutions}
    return any(not end.together and end.steps < found.get(place, 0) for place, end in ends.items())
