"""Makes other values of what came from a notebook, of the same kinds and sizes, to see whether a test looks at them.

What a comparison does not see stays as it is: missing values, labels, whatever is empty, and the order of categories.
A test that passes with what is made here has compared nothing with the answer.

>>> from secondcar.grading.judging.packing import pack
>>> from secondcar.grading.judging.unpacking import unpack
>>> unpack(garbled(pack({"mean": [2, float("nan")]}, keep=id), 1))
{'mean': [7921, nan]}
"""

import decimal
import importlib
from collections.abc import Callable
from typing import Any

import msgspec

from secondcar.grading.judging import forms
from secondcar.grading.judging.forms import Value

# Far from what anything counts or measures by chance, and still quickly counted up to.
_FAR = 7919


def garbled(message: bytes, sign: int) -> bytes:
    """Return a message with other values. sign: 1 for larger numbers, -1 for smaller ones. Raises NotPlain."""
    return forms.encode(_garbled(forms.decode(message), sign))


def with_plain_labels(message: bytes) -> bytes:
    """Return a message in which the rows of tables and columns that have other numbers are counted from 0 on."""
    return forms.encode(_with_plain_labels(forms.decode(message)))


def _with_plain_labels(form: Any) -> Any:
    if isinstance(form, (list, tuple)):
        return type(form)(map(_with_plain_labels, form))
    if not isinstance(form, forms.Form):
        return form
    parts = {name: _with_plain_labels(getattr(form, name)) for name in form.__struct_fields__}
    if isinstance(form, (forms.Series, forms.Frame)) and has_numbers_for_labels(form.index):
        parts["index"] = forms.RangeIndex(0, _length(form.index), 1, None)
    return type(form)(**parts)


def has_numbers_for_labels(index: object) -> bool:
    """Return whether an index is of whole numbers other than those from 0 on."""
    if isinstance(index, forms.RangeIndex):
        return (index.start, index.step) != (0, 1)
    return isinstance(index, forms.Index) and isinstance(index.values, forms.Array) and index.values.dtype[1] in "iu"


def _length(index: Any) -> int:
    return (
        len(range(index.start, index.stop, index.step))
        if isinstance(index, forms.RangeIndex)
        else index.values.shape[0]
    )


def _garbled(form: Any, sign: int) -> Any:
    if isinstance(form, bool):
        return not form
    if isinstance(form, (int, float)):
        return form + sign * _FAR
    if isinstance(form, str):
        return f"{form}?"
    if isinstance(form, (list, tuple)):
        return type(form)(_garbled(part, sign) for part in form)
    garble = _OF_FORMS.get(type(form))
    return garble(form, sign) if garble else form


def _parts(*names: str) -> Callable[[Any, int], Value]:
    """Return what garbles some parts of a form."""

    def garble(form: Any, sign: int) -> Any:
        return msgspec.structs.replace(form, **{name: _garbled(getattr(form, name), sign) for name in names})

    return garble


def _pairs(form: Any, sign: int) -> Any:
    return msgspec.structs.replace(form, pairs=[(key, _garbled(value, sign)) for key, value in form.pairs])


def _exact(form: forms.Exact, sign: int) -> Value:
    return forms.Exact(str(decimal.Decimal(form.text) + sign * _FAR))


def _array(form: forms.Array, sign: int) -> Value:
    found: forms.Array = importlib.import_module("secondcar.grading.judging.arrays").garbled(form, sign * _FAR)
    return found


_OF_FORMS: dict[type, Callable[[Any, int], Value]] = {
    forms.Complex: _parts("real"),
    forms.Exact: _exact,
    forms.Ratio: lambda form, sign: forms.Ratio(form.numerator + sign * _FAR * form.denominator, form.denominator),
    forms.RangeForm: _parts("start", "stop"),
    forms.RangeIndex: _parts("start", "stop"),
    forms.Items: _parts("items"),
    forms.Named: _parts("items"),
    forms.Pairs: _pairs,
    forms.View: _pairs,
    forms.Array: _array,
    forms.Cells: _parts("items"),
    forms.Records: _parts("fields"),
    forms.Categories: _parts("categories"),
    forms.Intervals: _parts("left", "right"),
    forms.Texts: _parts("items"),
    forms.Nullable: _parts("values"),
    forms.Column: _parts("values"),
    forms.Index: _parts("values"),
    forms.MultiIndex: _parts("levels"),
    # Labels stay: what is missing because of them stays missing.
    forms.Series: _parts("values"),
    forms.Frame: _parts("values"),
    forms.One: _parts("values"),
}
