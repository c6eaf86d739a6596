"""What is one object in a notebook, so that it can be one in the judge.

All that a notebook answers arrives as a copy. So a test that changes what it was given does not see whether the answer
changes with it: a copy that has the argument's own rows, rows that are one list, a default that every call returns. A
notebook therefore numbers the containers that may be changed, and the judge may make one object of each number.

>>> rows, objects = [[1], [2]], Objects()
>>> objects.numbers_of([*rows, rows])
Numbers(first=0, others=[], named=[])
>>> objects.numbers_of([*rows, rows[:]])
Numbers(first=3, others=[(0, 0), (1, 1)], named=[])
>>> objects.numbers_of([rows[1]], Names({"given": rows})).named
[(1, 'given', [1])]
"""

import contextlib
import itertools
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from secondcar.grading.judging import forms
from secondcar.grading.judging.answers import Numbers
from secondcar.grading.judging.forms import NotPlain, Value
from secondcar.grading.judging.packing import pack, stays

# How many references there are to an object that only `Objects` holds: its own, and that of the call that counts them.
_OWN = 2


class Objects:
    """The containers that a notebook told, or was handed, within a test."""

    def __init__(self) -> None:
        self._next, self._forgotten = 0, 0
        self._numbers: dict[Hashable, int] = {}
        # They live as long as this: otherwise another object could get the same id.
        self._held: dict[int, tuple[Hashable, object]] = {}

    def numbers_of(self, containers: Sequence[object], names: "Names | None" = None) -> Numbers:
        """Return the numbers of containers; new ones get theirs. names: in what they may be."""
        first, others, named = self._next, [], []
        for number, container in enumerate(containers, first):
            key = _key_of(container)
            known = self._numbers.setdefault(key, number)
            if known == number:
                self._held[number] = key, container
            else:
                others.append((number - first, known))
            named += [(known, name, path) for name, path in names.found(key)] if names else []
        self._next += len(containers)
        return Numbers(first, others, named)

    def forget(self) -> None:
        """Forget the latest containers that nobody else holds: they will not be told again."""
        # The inner ones have smaller numbers.
        for number in reversed(range(self._forgotten, self._next)):
            held = self._held.get(number)
            if held and sys.getrefcount(held[1]) <= _OWN:
                del self._held[number], self._numbers[held[0]]
        self._forgotten = self._next


class Names:
    """The containers in what names hold.

    >>> rows = [[1], [2]]
    >>> list(Names({"rows": rows, "one": rows[0]}).found(id(rows[0])))
    [('rows', [0]), ('one', [])]
    """

    def __init__(self, names: Mapping[str, object]) -> None:
        self._places: dict[Hashable, list[tuple[str, list[int]]]] = {}
        # As in `Objects`.
        self._held = [(name, value) for name, value in names.items() if not name.startswith("_")]
        for name, value in self._held:
            for path, part in itertools.islice(_parts_of(value, []), _MOST_PARTS):
                self._places.setdefault(_key_of(part), []).append((name, path))

    def found(self, key: Hashable) -> list[tuple[str, list[int]]]:
        """Return the names, and where in what they hold something is."""
        return self._places.get(key, [])


# Of a larger value, only so much is looked at for each test.
_MOST_PARTS = 200
_PLAIN = (int, float, str, bool, type(None))


def _parts_of(value: Any, path: list[int]) -> Iterator[tuple[list[int], Any]]:
    yield path, value
    items = _items_of(value)
    # What is in a list is mostly of one kind.
    if items and type(items[0]) not in _PLAIN:
        for place, item in enumerate(items):
            yield from _parts_of(item, [*path, place])


def _items_of(value: Any) -> Sequence[Any]:
    if type(value) is dict:
        return list(value.values())
    return value if type(value) in (list, tuple) else ()


def part_of(value: Any, path: Sequence[int]) -> Any:
    """Return what is at a place of a value. Raises IndexError."""
    for place in path:
        value = _items_of(value)[place]
    return value


def _key_of(container: Any) -> Hashable:
    numpy = sys.modules.get("numpy")
    if numpy and type(container) is numpy.ndarray and container.size:
        # Another array of the same memory is the same.
        return container.ctypes.data, container.shape, container.strides, container.dtype.str
    return id(container)


class OneEach:
    """Makes one object of all that has the same number."""

    def __init__(
        self,
        own: Callable[[str, Sequence[int]], Any],
        save: Callable[[Any], None],
        become: Callable[[Any, Any], Any],
    ) -> None:
        """Begin with nothing.

        Args:
            own: returns what the judge itself has at a place of what a name holds, or None.
            save: called with what the test may change now, although it is not a copy.
            become: makes an object what another one is, and returns it; or that one, if it cannot.
        """
        self._own, self._save, self._become = own, save, become
        # What was last told of each number, and the object here.
        self._known: dict[int, tuple[bytes, Any]] = {}

    def hand_over(self, first: int, containers: Sequence[tuple[Value, Any]]) -> None:
        """Note the judge's own containers, with their forms, which have numbers in the notebook now."""
        for number, (form, container) in enumerate(containers, first):
            self._known[number] = forms.encode(form), container

    def made(self, numbers: Numbers) -> Callable[[Value, Any], Any]:
        """Return what returns the object for each container of a value, as `unpack` asks for it."""
        places, others = itertools.count(), dict(numbers.others)
        named = {number: (name, path) for number, name, path in numbers.named if self._own(name, path) is not None}

        def one(form: Value, container: Any) -> Any:
            place = next(places)
            number = others.get(place, numbers.first + place)
            told = forms.encode(form)
            if number in named and number not in self._known:
                self._take_own(number, told, self._own(*named[number]))
            before, found = self._known.get(number, (told, container))
            if found is not container:
                self._save(found)
            # What the test changed in it stays, unless the notebook has changed it, too.
            found = found if told == before else self._become(found, container)
            self._known[number] = told, found
            return found

        return one

    def _take_own(self, number: int, told: bytes, own: Any) -> None:
        """Note what the judge has of its own for a number, if that is what it is in the notebook."""
        with contextlib.suppress(NotPlain):
            if pack(own, stays) == told:
                self._known[number] = told, own
