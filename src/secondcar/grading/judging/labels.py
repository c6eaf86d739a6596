"""Gives an answer the labels that the solution's has, to see whether a test passes only because it skips them.

What meets no label of the right answer is missing in every difference, and comparisons skip it. So where an answer's
columns are called otherwise, or its rows in words, they are called as the solution's are; where there are too few,
others with far values join them. A test that goes by place, or looks at nothing there, gives the same.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import msgspec

from secondcar.grading.judging import forms
from secondcar.grading.judging.forms import Value
from secondcar.grading.judging.garbling import changed_form, garbled_form

COLUMNS, ROWS = "columns ", "rows "
# The words of longer indexes are data.
_MOST_LABELS = 100


def labels_in(form: Value) -> Iterable[str]:
    """Yield how the columns and rows of a table or a column are called: a kind, and the index as hexadecimal digits."""
    if isinstance(form, forms.Frame):
        yield f"{COLUMNS}{forms.encode(form.columns).hex()}"
    if isinstance(form, (forms.Series, forms.Frame)) and len(_words(form.index)) in range(1, _MOST_LABELS):
        yield f"{ROWS}{forms.encode(form.index).hex()}"


def with_labels(message: bytes, labels: Sequence[str], sign: int) -> bytes:
    """Return a message in which tables and columns lack none of the solution's labels.

    Args:
        message: of an answer.
        labels: as `labels_in` gives them, of the solution's answers.
        sign: as for `garbling.garbled`.
    """
    columns, rows = (
        [names(forms.decode(bytes.fromhex(one.removeprefix(kind)))) for one in labels if one.startswith(kind)]
        for kind, names in ((COLUMNS, _names), (ROWS, _words))
    )

    def change(form: Any, parts: dict[str, Any]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        if isinstance(form, (forms.Series, forms.Frame)) and (more := _called(parts["index"], _words, rows)):
            changed["index"], lacks = more
            values = parts["values"]
            longer = [_longer(one, lacks, sign) for one in (values if isinstance(form, forms.Frame) else [values])]
            changed["values"] = longer if isinstance(form, forms.Frame) else longer[0]
        if isinstance(form, forms.Frame) and (more := _called(parts["columns"], _names, columns)):
            called, lacks = more
            # An index of words may hold what the solution has in a column.
            if not (lacks and _words(parts["index"])):
                values = changed.get("values", parts["values"])
                changed["columns"] = called
                changed["values"] = values + [garbled_form(values[-1], sign)] * lacks
        return changed

    return forms.encode(changed_form(forms.decode(message), change))


def _called(index: Any, names: Callable[[Any], list[Any]], wanted: Sequence[list[Any]]) -> tuple[Value, int] | None:
    """Return an index that lacks none of the most similar labels, and how many are added; None if none is lacking."""
    labels = names(index)
    if not labels or not wanted:
        return None
    known = max(wanted, key=lambda one: len(set(one) & set(labels)))
    lacking = [label for label in known if label not in labels]
    others = iter(lacking)
    renamed = [label if label in known else next(others, label) for label in labels]
    added = list(others)
    return (_index_of(renamed + added, index), len(added)) if lacking else None


def _index_of(labels: list[Any], like: Any = None) -> Value:
    if isinstance(like, forms.MultiIndex):
        levels = zip(*(_of_levels(one, len(like.levels)) for one in labels), strict=True)
        return msgspec.structs.replace(like, levels=[_index_of(list(level)) for level in levels])
    # The solution's may have several levels where the answer's has one.
    labels = [" ".join(map(str, one)) if isinstance(one, tuple) else one for one in labels]
    return forms.Index(forms.Cells("array", "object", [len(labels)], labels), None, None)


def _of_levels(label: Any, number: int) -> tuple[Any, ...]:
    parts = label if isinstance(label, tuple) else (label,)
    return (*parts, *[""] * number)[:number]


def _longer(values: Any, lacks: int, sign: int) -> Value:
    """Return the values of a column with far ones at their end. Raises NotPlain."""
    if not lacks:
        return cast(Value, values)
    far: Any = garbled_form(values, sign)
    if isinstance(values, (forms.Texts, forms.Cells)):
        shape = {"shape": [len(values.items) + lacks]} if isinstance(values, forms.Cells) else {}
        return cast(Value, msgspec.structs.replace(values, items=values.items + far.items[-1:] * lacks, **shape))
    if isinstance(values, forms.Array):
        size = len(values.data) // values.shape[0]
        data = values.data + far.data[-size:] * lacks
        return msgspec.structs.replace(values, data=data, shape=[values.shape[0] + lacks])
    if isinstance(values, forms.Nullable):
        missing = values.missing
        there = msgspec.structs.replace(missing, data=missing.data + bytes(lacks), shape=[missing.shape[0] + lacks])
        return msgspec.structs.replace(values, values=_longer(values.values, lacks, sign), missing=there)
    raise forms.NotPlain("More of such values cannot be made.")


def _names(index: Any) -> list[Any]:
    """Return the labels of an index if they are words or whole numbers; of several levels, tuples of them."""
    if isinstance(index, forms.RangeIndex):
        return list(range(index.start, index.stop, index.step))
    if isinstance(index, forms.MultiIndex):
        return list(zip(*map(_names, index.levels), strict=False))
    values = getattr(index, "values", None)
    if isinstance(values, forms.Array) and values.dtype[1] in "iu":
        found: list[Any] = importlib.import_module("secondcar.grading.judging.arrays").array(values).tolist()
        return found
    items = getattr(values, "items", ())
    return list(items) if all(type(one) is str for one in items) else []


def _words(index: Any) -> list[Any]:
    """Return the labels of an index if they are words; of several levels, tuples with a word in them."""
    names = _names(index)
    first = names[0] if names else ()
    return names if any(isinstance(part, str) for part in (first if type(first) is tuple else [first])) else []
