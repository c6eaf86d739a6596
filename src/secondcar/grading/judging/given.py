"""What a teacher gives learners to work with, and what their answers leave of it.

An answer may change a table of the teacher's: it adds a column, say. A test then takes the table as the notebook has
it, and compares the new column with the others. So what the teacher's own answers leave as it was has to be so.
"""

import collections
import copy
import hashlib
import sys
from collections.abc import Iterator, Mapping, Set
from typing import Any

from secondcar.grading.judging.forms import NotPlain
from secondcar.grading.judging.packing import kind_of, pack, stays

WHOLE = ""

# A list or a dictionary of more items is looked at as a whole.
_MOST_PARTS = 1000


def left_alone(own: Any, now: Any) -> dict[str, str]:
    """Return the parts of a value that are the same now, each with its digest: all of it, or items, or columns.

    >>> sorted(left_alone({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}))
    ["'a'"]
    """
    before, after = digest_of(own), digest_of(now)
    if before == after != "":
        return {WHOLE: after}
    parts = _digests(now)
    return {part: digest for part, digest in _digests(own).items() if digest and parts.get(part) == digest}


def has_all(value: Any, given: Mapping[str, str]) -> bool:
    """Return whether a value has parts as `left_alone` returns them."""
    found = {WHOLE: digest_of(value)} if WHOLE in given else _digests(value)
    return all(found.get(part) == digest for part, digest in given.items())


def leaves(own: Any, now: Any, parts: Set[str]) -> bool:
    """Return whether parts of a value are the same now, be it that the rows of a table are in another order."""
    left = left_alone(own, now)
    pandas = sys.modules.get("pandas")
    if WHOLE in left or parts <= left.keys() or not pandas or not isinstance(own, pandas.DataFrame):
        return WHOLE in left or parts <= left.keys()
    labels = [label for label in own.columns if WHOLE in parts or repr(label) in parts]
    return (
        isinstance(now, pandas.DataFrame)
        and set(labels) <= set(now.columns)
        and _rows(own, labels) == _rows(now, labels)
    )


def _rows(table: Any, labels: list[Any]) -> collections.Counter[str]:
    return collections.Counter(map(repr, table[labels].itertuples(index=False, name=None)))


def with_parts_of(own: Any, value: Any, parts: Set[str]) -> Any:
    """Return a value in which some parts are those of another one. Raises NotPlain if it has no such parts."""
    if WHOLE in parts:
        return own
    if not issubclass(type(value), type(own)):
        raise NotPlain(f"Data of another kind stands in place of the teacher's ({kind_of(value)}).")
    found = copy.copy(value)
    for label, part in _parts(own):
        if repr(label) in parts:
            # What has the same rows, whatever these are called, is not arranged anew.
            same_rows = hasattr(part, "index") and not callable(part.index) and part.index.equals(found.index)
            found[label] = part.array if same_rows else part
    return found


def _digests(value: Any) -> dict[str, str]:
    return {repr(label): digest_of(part) for label, part in _parts(value)}


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    # The class of what stays in the notebook is not asked for.
    pandas, kind = sys.modules.get("pandas"), type(value)
    if issubclass(kind, (list, dict)) and len(value) <= _MOST_PARTS:
        yield from enumerate(value) if issubclass(kind, list) else value.items()
    elif pandas and issubclass(kind, pandas.DataFrame):
        yield from value.items()


def digest_of(value: Any) -> str:
    """Return what stands for a value, or nothing if it is not data."""
    try:
        return hashlib.sha256(pack(value, stays)).hexdigest()
    except NotPlain:
        return ""
