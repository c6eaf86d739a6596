"""How much an answer holds, for tests that do not ask how much there is.

A test that goes through an answer alone, or compares with one item, sees nothing of what is not there, and differences
skip what is called otherwise; a test that looks for what is right in an answer is content with one that holds
everything. Such tests pass with the solution's answers, too, when these are cut to one item, when all but one are far
off and called otherwise, or when far ones stand around theirs. Where that is so, a learner's answer may not hold less,
or more, than the solution's.

>>> for deep, place, amount in amounts_in([[1, 1], 2]):
...     print(deep, place, amount)
0  Amount(count=2, kind='items', different=2, labels=())
1 0 Amount(count=2, kind='items', different=1, labels=())
>>> of_parts(first_alone)({"a": [1, 2], "b": 2}, lambda sign: {"a": [7, 8], "b": 9})
{'a': [1], 'b': 2}
>>> more_after([1, 2], lambda sign: [8, 9])
[1, 2, 9]
"""

import collections
import contextlib
import copy
import itertools
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import GeneratorType
from typing import Any, cast

from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.stand_ins import Iterating, token_of
from secondcar.grading.records import Amount

# Takes a value of the solution's, and what makes one like it with far values, given a sign; returns a changed one.
Change = Callable[[Any, Callable[[int], Any]], Any]

# How deep parts of parts are looked at.
DEEPEST = 2
# In what of the solution's holds more, labels, different items and parts are not looked at.
MOST = 200
# Of a learner's, so many are looked at. One that holds more than these holds more than what is compared with it.
_MOST_COUNTED = 100_000
# A text says the same in many words or in few. One that holds everything is longer than so many times the solution's,
# of which the shortest count as so many characters.
_WORDY, _SHORTEST = 10, 20
# How many numbers a text may hold that are neither the solution's nor told to learners: what something was worked out
# from, or the right one in other digits. Whoever guesses names more.
_OWN_NUMBERS = 1
_LONGEST_TEXT = 10_000
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)
# Of so many items or rows, and of so many columns, each is tried alone.
_FEW_ITEMS, _FEW_COLUMNS = 8, 3

_IN_ORDER: tuple[type, ...] = (list, tuple, collections.deque)
_SETS: tuple[type, ...] = (set, frozenset)
_GROWS: dict[type, Callable[[Any], Any]] = {**{kind: kind for kind in (*_IN_ORDER, *_SETS)}, range: list}


def lacks_some_of(amount: Amount, solution: Amount) -> bool:
    """Return whether something holds less than the solution's, or mostly the same again and again."""
    return (
        amount.kind == "object" != solution.kind
        or amount.count < solution.count
        or 0 < 2 * amount.different <= solution.different
        or bool(amount.labels and not set(solution.labels) <= set(amount.labels))
    )


def exceeds(amount: Amount, solution: Amount, told: Collection[str] = ()) -> bool:
    """Return whether something holds more than the solution's. told: numbers that learners know."""
    if amount.kind == "text" and solution.kind in ("text", "number"):
        guesses = set(amount.labels) - set(solution.labels) - set(told)
        return amount.count > _WORDY * max(solution.count, _SHORTEST) or len(guesses) > _OWN_NUMBERS
    return amount.kind == "object" != solution.kind or amount.count > solution.count


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the different numbers in a text, without their signs.

    >>> numbers_in("1,500 of 2000 are 75.0 %, or 3 of 4")
    ('1500', '2000', '75', '3', '4')
    """
    return tuple(dict.fromkeys(f"{float(found.replace(',', '')):.12g}" for found in _NUMBER.findall(text)))


def amounts_in(value: Any, deep: int = 0, place: str = "", most: float = MOST) -> Iterator[tuple[int, str, Amount]]:
    """Yield the amounts of a value and of its parts, each with how deep it lies, and where.

    most: of how many items and labels it is looked at what they are.
    """
    if not deep and _is_number(value):
        yield deep, place, Amount(1, "number", labels=numbers_in(f"{float(value):f}"))
    elif amount := _amount_of(value, most):
        yield deep, place, amount
        if deep < DEEPEST:
            for label, part in _parts(value):
                yield from amounts_in(part, deep + 1, f"{place}/{label!r}" if place else repr(label), most)


def first_called_so(value: Any, far: Callable[[int], Any]) -> Any:
    """Return a value of which only the first row has its label; the others are far off."""
    return _called_otherwise(value, far(1), 0)


def last_called_so(value: Any, far: Callable[[int], Any]) -> Any:
    """Return a value of which only the last row has its label; the others are far off."""
    return _called_otherwise(value, far(-1), len(value) - 1)


def _alone(choose: Callable[[Sequence[Sequence[Any]]], Iterable[int]]) -> Change:
    """Return what leaves of a value some items or rows alone. choose: takes its columns and returns their places."""

    def changed(value: Any, far: Callable[[int], Any]) -> Any:
        try:
            return _cut(value, sorted(set(choose(_columns(value)))))
        except (TypeError, IndexError, ValueError):
            # Nothing is so far down in it, or nothing is larger than another.
            raise NotPlain("It has no such items.") from None

    return changed


def _at(place: int) -> Change:
    return _alone(lambda columns: [range(len(columns[0]))[place]])


def _by_size(column: int, *places: int) -> Change:
    """Return what leaves some items or rows alone. places: of these, when they are sorted by a column."""

    def choose(columns: Sequence[Sequence[Any]]) -> Iterable[int]:
        in_order = sorted(range(len(columns[column])), key=columns[column].__getitem__)
        return [in_order[place] for place in places]

    return _alone(choose)


def _without(place: float) -> Change:
    """Return what leaves one of several items or rows out. place: 0 for the first, 1 for the last."""

    def choose(columns: Sequence[Sequence[Any]]) -> Iterable[int]:
        count = len(columns[0])
        return set(range(count)) - {round(place * (count - 1))} or {0}

    return _alone(choose)


def emptied(value: Any, far: Callable[[int], Any]) -> Any:
    """Return a value with nothing in it.

    >>> emptied({"a": 1}, None), emptied("a", None)
    ({}, '')
    """
    return "" if _is(value, str) else _cut(value, [])


def _near_to_all(*shape: int) -> Change:
    """Return what makes an array with nothing in it, which is near to any other that it is compared with.

    >>> import numpy as np
    >>> np.allclose(_near_to_all(0, 1)(3, None), [1, 2])
    True
    """

    def changed(value: Any, far: Callable[[int], Any]) -> Any:
        numpy = sys.modules.get("numpy")
        if numpy is None or not (_is_number(value) or _is_of("numpy", "ndarray", value)):
            raise NotPlain("It is no number, and no array.")
        return numpy.empty(shape)

    return changed


# A test that does not mind one of these sees nothing in an answer. The last one has a first row and its columns, too.
NOTHING: tuple[Change, ...] = (emptied, _near_to_all(0, 1), _near_to_all(1, 0, 1, 1))


def some_of(amount: Amount) -> Amount:
    """Return an amount of which it counts only whether it is nothing."""
    return Amount(min(amount.count, 1), "some")


# A test that is content with few items is so with all but one of these, unless it minds just these.
ONE_LEFT_OUT: tuple[Change, ...] = (_without(0), _without(1), _without(0.5))
first_alone = _at(0)
# A test may be content with one of these, of all that the solution has.
ONE_ALONE: tuple[Change, ...] = (
    first_alone,
    *(_at(-1 - place) for place in range(_FEW_ITEMS - 1)),
    *(_by_size(column, place) for column in range(_FEW_COLUMNS) for place in (-1, 0)),
)
# It may be content with the first of each of these, the smallest and the largest one. With the others it is content if
# any two will do, because it asks for as many.
ENDS_ALONE: tuple[tuple[Change, Change, Change], ...] = tuple(
    (_by_size(column, 0, -1), _by_size(column, 0, 1), _by_size(column, -2, -1)) for column in range(_FEW_COLUMNS)
)


def more_before(value: Any, far: Callable[[int], Any]) -> Any:
    """Return a value with a far item, or text, before its own."""
    return _joined(value, far(1), before=True)


def more_after(value: Any, far: Callable[[int], Any]) -> Any:
    """Return a value with a far item, or text, after its own."""
    return _joined(value, far(-1), before=False)


def _among_far(make: Callable[[list[Any]], Any]) -> Change:
    def changed(value: Any, far: Callable[[int], Any]) -> Any:
        if not _is_number(value):
            raise NotPlain("It is no number.")
        return make([far(1), value, far(-1)])

    return changed


# A test that only looks for a number may look for it in a text, a list or an array.
NUMBER_AMONG_FAR: tuple[Change, ...] = (
    _among_far(lambda numbers: " ".join(map(str, numbers))),
    _among_far(list),
    _among_far(lambda numbers: sys.modules["numpy"].array(numbers) if "numpy" in sys.modules else tuple(numbers)),
)


def of_parts(change: Change) -> Change:
    """Return what changes the parts of a value in place of the value."""

    def changed(value: Any, far: Callable[[int], Any]) -> Any:
        made: dict[Any, Any] = {}
        for place, part in _parts(value):
            with contextlib.suppress(NotPlain):
                made[place] = change(part, partial(_part_of, far, place))
        if not made:
            raise NotPlain("It has no such parts.")
        if _is(value, list, tuple):
            return type(value)(made.get(place, part) for place, part in enumerate(value))
        return {**value, **made}

    return changed


def _part_of(far: Callable[[int], Any], place: Any, sign: int) -> Any:
    return far(sign)[place]


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    found: Iterable[tuple[Any, Any]] = ()
    of_objects = _is_of("pandas", "Series", value) and value.dtype == object
    if of_objects or _is(value, Mapping) or _is_of("pandas", "DataFrame", value):
        found = value.items()
    elif _is(value, list, tuple) or (_is_of("numpy", "ndarray", value) and value.ndim > 1):
        found = enumerate(value)
    yield from itertools.islice(found, MOST)


def _is(value: Any, *kinds: type) -> bool:
    # The class of what stays in the notebook is not asked for.
    return issubclass(type(value), kinds)


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) or any(_is_of("numpy", kind, value) for kind in ("integer", "floating"))


def _is_of(library: str, kind: str, value: Any) -> bool:
    module = sys.modules.get(library)
    return module is not None and _is(value, getattr(module, kind))


def _amount_of(value: Any, most: float) -> Amount | None:
    """Return the amount of a value, or None if it is a single thing, or an iterator."""
    if _is(value, str):
        return Amount(len(value), "text", labels=numbers_in(value) if len(value) <= _LONGEST_TEXT else ())
    can_be_searched = hasattr(type(value), "__iter__") or hasattr(type(value), "__contains__")
    is_array = _is_of("numpy", "ndarray", value)
    stays = token_of(value) is not None and not _is(value, *_IN_ORDER, *_SETS, Mapping)
    if stays or not hasattr(type(value), "__len__") or (is_array and not value.ndim):
        return (
            Amount(0, "object") if can_be_searched and not (is_array or _is(value, GeneratorType, Iterating)) else None
        )
    # An array of one row may hold nothing all the same.
    count = len(value) if not is_array or value.size else 0
    is_known = count <= most
    if _is(value, Mapping):
        return Amount(count, "table", 0, _called(value) if is_known else ())
    if _is_of("pandas", "Series", value) or _is_of("pandas", "DataFrame", value):
        rows = value.itertuples(index=False, name=None) if value.ndim > 1 else value
        return Amount(count, "table", *((len(different(rows)), _called(value.index)) if is_known else ()))
    return Amount(count, "table" if is_array and value.ndim > 1 else "items", len(different(value)) if is_known else 0)


def different(items: Iterable[Any]) -> set[Any]:
    """Return the items that differ, or what stands for them.

    >>> len(different([[1], [1], [2]]))
    2
    """
    is_array = _is_of("numpy", "ndarray", items)
    items = cast(Any, items)[:_MOST_COUNTED].tolist() if is_array else [*itertools.islice(items, _MOST_COUNTED)]
    try:
        return set(items)
    except TypeError:
        return set(map(repr, items))


def _called(labels: Iterable[Any]) -> tuple[str, ...]:
    return tuple(repr(_plain(label)) for label in itertools.islice(labels, _MOST_COUNTED))


def _plain(label: Any) -> Any:
    """Return a label without what numpy adds to a number; one of several levels is a tuple."""
    if _is(label, tuple):
        return tuple(map(_plain, label))
    return label.item() if hasattr(label, "item") else label


def _called_otherwise(value: Any, far: Any, own: int) -> Any:
    def called(label: Any, place: int) -> Any:
        if place == own:
            return label
        return tuple(f"{part} or so" for part in label) if _is(label, tuple) else f"{label} or so"

    if _is(value, dict):
        return {called(label, place): (value if place == own else far)[label] for place, label in enumerate(value)}
    if _is_of("pandas", "Series", value) or _is_of("pandas", "DataFrame", value):
        parts = [far.iloc[:own], value.iloc[[own]], far.iloc[own + 1 :]]
        pandas = sys.modules["pandas"]
        labels = pandas.Index([called(label, place) for place, label in enumerate(value.index)])
        labels.names = value.index.names
        return pandas.concat([part for part in parts if len(part)]).set_axis(labels)
    raise NotPlain("Its rows have no labels.")


def _columns(value: Any) -> list[list[Any]]:
    """Return the columns of a table, the values of a mapping, or the items of anything else."""
    if _is_of("pandas", "DataFrame", value):
        return [value.iloc[:, column].tolist() for column in range(min(value.shape[1], _FEW_COLUMNS))]
    if _is(value, str):
        raise NotPlain("Nothing is left out of a text.")
    return [list(value.values() if _is(value, dict) else value)]


def _cut(value: Any, places: Sequence[int]) -> Any:
    if _is(value, dict):
        kept = copy.copy(value)
        keys = list(value)
        for key in set(keys) - {keys[place] for place in places}:
            del kept[key]
        return kept
    for kind, make in _GROWS.items():
        if _is(value, kind):
            items = list(value)
            return make([items[place] for place in places])
    if _is_of("numpy", "ndarray", value) and value.ndim:
        return value[places]
    if _is_of("pandas", "Series", value) or _is_of("pandas", "DataFrame", value):
        return value.iloc[places]
    raise NotPlain("Nothing can be left out of it.")


def _joined(value: Any, far: Any, before: bool) -> Any:
    """Return a value with the first or last item of another one before or after its own, or a text with another."""
    if _is(value, str):
        return f"{far}\n{value}" if before else f"{value}\n{far}"
    if _is_of("numpy", "ndarray", value) and value.ndim == 1:
        return sys.modules["numpy"].concatenate([far[:1], value] if before else [value, far[-1:]])
    for kind, make in _GROWS.items():
        if _is(value, kind):
            own, others = list(value), list(far)
            return make(others[:1] + own if before else own + others[-1:])
    raise NotPlain("Nothing can be put beside it.")
