"""Makes other values of what came from a notebook, of the same kinds and sizes, to see whether a test looks at them.

What a comparison does not see stays as it is: missing values, labels, whatever is empty, and the order of categories.
A test that passes with what is made here has compared nothing with the answer.

>>> from secondcar.grading.judging.packing import pack
>>> from secondcar.grading.judging.unpacking import unpack
>>> unpack(garbled(pack({"mean": [2, float("nan")]}, keep=id), 1))
{'mean': [7927, nan]}
"""

import datetime
import decimal
import fractions
import importlib
import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from secondcar.grading.judging import forms
from secondcar.grading.judging.forms import Value

# Far from what anything counts or measures by chance, and still quickly counted up to: this, and three times what is
# there. Of moments, in days.
FAR = 7919


def garbled(message: bytes, sign: int, field: int | None = None) -> bytes:
    """Return a message with other values. Raises NotPlain.

    sign: 1 for larger numbers, -1 for smaller ones. field: the place of the column or field that alone has others.
    """
    form = forms.decode(message)
    if field is None:
        return forms.encode(garbled_form(form, sign))
    if isinstance(form, forms.Items):
        return forms.encode(msgspec.structs.replace(form, items=[_with_other(row, sign, field) for row in form.items]))
    return forms.encode(_with_other(form, sign, field))


def with_other_truth(message: bytes) -> bytes:
    """Return a message in which a number, text or container is false if it was true, and vice versa; or garbled.

    >>> from secondcar.grading.judging.packing import pack
    >>> from secondcar.grading.judging.unpacking import unpack
    >>> [unpack(with_other_truth(pack(value, keep=id))) for value in (1, 0.0, "yes", (), {2: 3})]
    [0, 1.0, '', ('?',), {}]
    """
    form = forms.decode(message)
    if isinstance(form, forms.Items):
        return forms.encode(msgspec.structs.replace(form, items=[] if form.items else ["?"]))
    if isinstance(form, forms.Pairs):
        return forms.encode(msgspec.structs.replace(form, pairs=[] if form.pairs else [("?", "?")]))
    if isinstance(form, (bool, int, float)):
        return forms.encode(type(form)(not form))
    if isinstance(form, str):
        return forms.encode("" if form else "?")
    if isinstance(form, forms.Array) and form.kind == "scalar":
        size = len(form.data)
        return forms.encode(msgspec.structs.replace(form, data=bytes(size) if any(form.data) else b"\x01" * size))
    return garbled(message, 1)


def fields_in(message: bytes) -> list[int]:
    """Return the places of the columns or fields of a table, or of a list of rows, of which there are other values.

    >>> from secondcar.grading.judging.packing import pack
    >>> fields_in(pack([{"city": "Oral", "mean": 2}, {"city": "Taraz", "mean": 3}], keep=id))
    [0, 1]
    """
    form = forms.decode(message)
    rows = form.items if isinstance(form, forms.Items) else [form] if isinstance(form, _TABLES) else []
    numbers = {len(getattr(row, _FIELDS[type(row)])) if type(row) in _FIELDS else 0 for row in rows}
    places = range(numbers.pop() if len(numbers) == 1 else 0)
    return [place for place in places if garbled(message, 1, place) != message]


def _with_other(form: Any, sign: int, field: int) -> Any:
    name = _FIELDS[type(form)]
    parts = list(getattr(form, name))
    parts[field] = garbled_form(parts[field], sign) if name != "pairs" else _other_pair(parts[field], sign)
    return msgspec.structs.replace(form, **{name: parts})


_TABLES = (forms.Frame, forms.Records)
_FIELDS: dict[type, str] = {
    forms.Frame: "values", forms.Records: "fields", forms.Items: "items", forms.Named: "items", forms.Cells: "items",
    forms.Pairs: "pairs", forms.View: "pairs",
}  # fmt: skip


def with_pythons_number(message: bytes) -> bytes:
    """Return a message with Python's number in place of numpy's."""
    form = forms.decode(message)
    is_number = isinstance(form, forms.Array) and form.kind == "scalar" and form.dtype[1] in "biuf"
    return forms.encode(_arrays("array", form).item()) if is_number else message


def with_plain_labels(message: bytes) -> bytes:
    """Return a message in which the rows of tables and columns that have other numbers are counted from 0 on."""
    return forms.encode(_with_plain_labels(forms.decode(message)))


def with_plain_values(message: bytes) -> bytes:
    """Return a message without what comparisons follow in place of values.

    Categories are what they stand for, and narrow numbers are wide ones: those that they are shown as.
    """
    return forms.encode(changed_form(forms.decode(message), _plain_values))


# Kinds of numbers to which others are rounded before they are compared, or that wrap around in what a test works out.
NARROW = ("f2", "f4", "i1", "i2", "i4", "u1", "u2", "u4", "u8")


def _plain_values(form: Any, parts: dict[str, Any]) -> dict[str, Any]:
    if isinstance(form, forms.Array) and form.dtype[1:] in NARROW:
        widened: dict[str, Any] = _arrays("widened", form)
        return widened
    plain = {name: _without_categories(part) for name, part in parts.items()}
    return {name: part for name, part in plain.items() if part is not parts[name]}


def _without_categories(form: Any) -> Any:
    if isinstance(form, list):
        return [*map(_without_categories, form)]
    values = getattr(form.categories, "values", None) if isinstance(form, forms.Categories) else None
    if isinstance(values, forms.Array) and values.dtype[1] in "iufb":
        items = importlib.import_module("secondcar.grading.judging.arrays").array(values).tolist()
    elif isinstance(values, (forms.Cells, forms.Texts)):
        items = list(values.items)
    else:
        return form
    codes = importlib.import_module("secondcar.grading.judging.arrays").array(form.codes).tolist()
    return forms.Cells("array", "object", [len(codes)], [None if code < 0 else items[code] for code in codes])


def filled(message: bytes, sign: int) -> bytes:
    """Return a message in which far values stand for those that are missing or infinite. sign: as for `garbled`."""
    return forms.encode(_filled(forms.decode(message), sign))


def _filled(form: Any, sign: int) -> Any:
    if isinstance(form, float):
        return form if math.isfinite(form) else float(sign * FAR)
    if isinstance(form, (list, tuple)):
        far = garbled_form("?", sign) if any(isinstance(one, str) for one in form) else float(sign * FAR)
        return type(form)(far if one is None else _filled(one, sign) for one in form)
    if isinstance(form, forms.Array):
        return msgspec.structs.replace(form, **_arrays("filled", form, sign))
    if isinstance(form, forms.Nullable):
        return msgspec.structs.replace(
            form,
            values=msgspec.structs.replace(form.values, **_arrays("filled", form.values, sign, form.missing)),
            missing=msgspec.structs.replace(form.missing, data=bytes(len(form.missing.data))),
        )
    if isinstance(form, forms.Constant):
        return float(sign * FAR) if form.name == "NA" else form
    if isinstance(form, forms.Exact):
        return form if decimal.Decimal(form.text).is_finite() else forms.Exact(str(sign * FAR))
    if not isinstance(form, forms.Form):
        return form
    names = [name for name in form.__struct_fields__ if name not in ("names", "shape")]
    return msgspec.structs.replace(form, **{name: _filled(getattr(form, name), sign) for name in names})


def _arrays(name: str, *args: Any) -> Any:
    return getattr(importlib.import_module("secondcar.grading.judging.arrays"), name)(*args)


def without_tokens(message: bytes) -> Value:
    """Return the form in a message in which what stays in the notebook has no number. Raises NotPlain."""
    return with_tokens(message, ())


def without_objects(message: bytes) -> Value:
    """Return the form in a message in which all objects that stay in the notebook are alike. Raises NotPlain."""
    alike = {"token": 0, "kind": "", "abilities": []}
    change = lambda _, parts: {name: alike[name] for name in alike.keys() & parts if "token" in parts}  # noqa: E731
    found: Value = changed_form(forms.decode(message), change)
    return found


def with_tokens(message: bytes, tokens: Iterable[int]) -> Value:
    """Return the form in a message in which what stays in the notebook has other numbers, or none. Raises NotPlain."""
    left = iter(tokens)
    change = lambda _, parts: {"token": next(left, 0)} if "token" in parts else {}  # noqa: E731
    found: Value = changed_form(forms.decode(message), change)
    return found


def tokens_in(message: bytes) -> list[int]:
    """Return the numbers of what stays in the notebook, in the order of `with_tokens`. Raises NotPlain."""
    found: list[int] = []

    def note(form: Any, parts: dict[str, Any]) -> dict[str, Any]:
        found.extend([parts["token"]] if "token" in parts else [])
        return {}

    changed_form(forms.decode(message), note)
    return found


def _with_plain_labels(form: Any) -> Any:
    def labels(form: Any, parts: dict[str, Any]) -> dict[str, Any]:
        if isinstance(form, (forms.Series, forms.Frame)) and has_numbers_for_labels(form.index):
            return {} if _counts_rows(form.index) else {"index": forms.RangeIndex(0, _length(form.index), 1, None)}
        return {}

    return changed_form(form, labels)


def changed_form(form: Any, change: Callable[[Any, dict[str, Any]], dict[str, Any]]) -> Any:
    """Return a form in which some parts are others, at any depth. change: takes a form and its parts, gives those."""
    if isinstance(form, (list, tuple)):
        return form if forms.are_plain(form) else type(form)(changed_form(part, change) for part in form)
    if not isinstance(form, forms.Form):
        return form
    parts = {name: changed_form(getattr(form, name), change) for name in form.__struct_fields__}
    return type(form)(**{**parts, **change(form, parts)})


def has_numbers_for_labels(index: object) -> bool:
    """Return whether numbers are among the labels of an index, other than those that count its rows."""
    if isinstance(index, forms.RangeIndex):
        return (index.start, index.step) != (0, 1)
    return isinstance(index, forms.Index) and _has_numbers(index.values)


def _has_numbers(labels: object) -> bool:
    if isinstance(labels, forms.Array):
        return labels.dtype[1] in "iuf"
    if isinstance(labels, forms.Categories):
        return has_numbers_for_labels(labels.categories)
    items = labels.items if isinstance(labels, forms.Cells) else ()
    return isinstance(labels, forms.Nullable) or any(type(one) in (int, float) for one in items)


def _counts_rows(index: Any) -> bool:
    """Return whether an index counts the rows in some order: whatever has all labels, meets all."""
    if isinstance(index, forms.RangeIndex):
        labels = list(range(index.start, index.stop, index.step))
    elif isinstance(index.values, forms.Array) and index.values.dtype[1] in "iu":
        labels = _arrays("array", index.values).tolist()
    else:
        return False
    return sorted(labels) == list(range(len(labels)))


def _length(index: Any) -> int:
    if isinstance(index, forms.RangeIndex):
        return len(range(index.start, index.stop, index.step))
    labels = index.values
    shape: list[int] = getattr(labels, "codes", getattr(labels, "values", labels)).shape
    return shape[0]


def garbled_form(form: Any, sign: int) -> Any:
    """Return a form with other values, as in `garbled`."""
    if isinstance(form, bool):
        return not form
    if isinstance(form, (int, float)):
        return _far_from(form, sign) if math.isfinite(form) else form
    if isinstance(form, str):
        # A longer one, and one of other characters; different texts stay different.
        return form and (f"{form}?" if sign > 0 else "".join(chr(ord(character) ^ 1) for character in form))
    if isinstance(form, (list, tuple)):
        return type(form)(garbled_form(part, sign) for part in form)
    garble = _OF_FORMS.get(type(form))
    return garble(form, sign) if garble else form


def _far_from(number: Any, sign: int) -> Any:
    return number + sign * (FAR + 3 * abs(number))


def _parts(*names: str) -> Callable[[Any, int], Value]:
    """Return what garbles some parts of a form."""

    def garble(form: Any, sign: int) -> Any:
        return msgspec.structs.replace(form, **{name: garbled_form(getattr(form, name), sign) for name in names})

    return garble


def _pairs(form: Any, sign: int) -> Any:
    return msgspec.structs.replace(form, pairs=[_other_pair(pair, sign) for pair in form.pairs])


def _other_pair(pair: tuple[Value, Value], sign: int) -> tuple[Value, Value]:
    return pair[0], garbled_form(pair[1], sign)


def _exact(form: forms.Exact, sign: int) -> Value:
    return forms.Exact(str(_far_from(decimal.Decimal(form.text), sign)))


def _whole(form: forms.Whole, sign: int) -> Value:
    return forms.Whole(hex(_far_from(int(form.hexadecimal, 16), sign)))


def _ratio(form: forms.Ratio, sign: int) -> Value:
    found = _far_from(fractions.Fraction(*map(_int, (form.numerator, form.denominator))), sign)
    return forms.Ratio(*(forms.Whole(hex(part)) for part in (found.numerator, found.denominator)))


def _int(form: "int | forms.Whole") -> int:
    return int(form.hexadecimal, 16) if isinstance(form, forms.Whole) else form


def _moment(form: Any, sign: int) -> Any:
    kind = getattr(datetime, form.kind)
    if kind is datetime.time:
        # It has no days to be moved by.
        moved = datetime.datetime.combine(datetime.date(2000, 1, 1), kind.fromisoformat(form.text))
        text = (moved + datetime.timedelta(minutes=sign * FAR)).timetz().isoformat()
    else:
        text = (kind.fromisoformat(form.text) + datetime.timedelta(days=sign * FAR)).isoformat()
    return msgspec.structs.replace(form, text=text)


def _bytes(form: Any, sign: int) -> Any:
    return msgspec.structs.replace(
        form, data=form.data and (form.data + b"?" if sign > 0 else bytes(byte ^ 1 for byte in form.data))
    )


def _array(form: forms.Array, sign: int) -> forms.Array:
    found: forms.Array = importlib.import_module("secondcar.grading.judging.arrays").garbled(form, sign)
    return found


def _counted(name: str, step: Callable[[Any], str]) -> Callable[[Any, int], Value]:
    """Return what garbles the times that a form counts. step: returns the dtype of the counts."""

    def garble(form: Any, sign: int) -> Any:
        counts = getattr(form, name)
        moved = _array(msgspec.structs.replace(counts, dtype=step(form)), sign)
        return msgspec.structs.replace(form, **{name: msgspec.structs.replace(moved, dtype=counts.dtype)})

    return garble


_OF_FORMS: dict[type, Callable[[Any, int], Value]] = {
    forms.Complex: _parts("real"),
    forms.Exact: _exact,
    forms.Ratio: _ratio,
    forms.Whole: _whole,
    forms.Moment: _moment,
    forms.Length: lambda form, sign: msgspec.structs.replace(form, days=_far_from(form.days, sign)),
    forms.Bytes: _bytes,
    forms.RangeForm: _parts("start", "stop"),
    forms.RangeIndex: _parts("start", "stop"),
    forms.Items: _parts("items"),
    forms.Named: _parts("items"),
    forms.Pairs: _pairs,
    forms.Kin: _parts("base"),
    forms.View: _pairs,
    forms.Array: _array,
    forms.Cells: _parts("items"),
    forms.Records: _parts("fields"),
    forms.Categories: _parts("categories"),
    forms.Instants: _counted("counts", lambda form: f"<M8[{form.unit}]"),
    # Of whatever length they are, in seconds.
    forms.Periods: _counted("ordinals", lambda form: "<M8[s]"),
    forms.Intervals: _parts("left", "right"),
    forms.Texts: _parts("items"),
    forms.Nullable: _parts("values"),
    forms.Masked: _parts("values"),
    forms.Column: _parts("values"),
    forms.Index: _parts("values"),
    forms.MultiIndex: _parts("levels"),
    # Labels stay: what is missing because of them stays missing.
    forms.Series: _parts("values"),
    forms.Frame: _parts("values"),
    forms.One: _parts("values"),
}
