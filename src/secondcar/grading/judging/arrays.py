"""numpy's arrays and scalars as forms, and back."""

from collections.abc import Callable
from math import prod
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from secondcar.grading.judging import forms
from secondcar.grading.judging.forms import NotPlain, Value
from secondcar.grading.judging.garbling import FAR

if TYPE_CHECKING:
    from secondcar.grading.judging.packing import Packer

_RecordKind = Literal["array", "recarray", "void", "record"]
_RAW = "biufcmMS"


def of_array(packer: "Packer", value: np.ndarray) -> Value:
    """Return the form of an array or, for a subclass, of its data."""
    kind: Literal["array", "matrix"] = "matrix" if isinstance(value, np.matrix) else "array"
    shape, dtype = list(value.shape), value.dtype
    if dtype.names:
        return _of_records(packer, value, "recarray" if isinstance(value, np.recarray) else "array")
    if dtype.kind in _RAW and dtype.itemsize:
        return forms.Array(kind, dtype.str, shape, np.asarray(value).tobytes())
    if dtype.kind in "UTS":
        return forms.Cells(kind, "text", shape, [str(text) for text in np.asarray(value).flat])
    return forms.Cells(kind, "object", shape, packer.forms(np.asarray(value, dtype=object).flat))


def _of_records(packer: "Packer", value: np.ndarray, kind: _RecordKind) -> Value:
    names, plain = list(value.dtype.names or ()), np.asarray(value)
    return forms.Records(kind, list(value.shape), names, [packer.form(np.asarray(plain[name])) for name in names])


def _of_masked(packer: "Packer", value: np.ma.MaskedArray) -> Value:
    found = of_array(packer, np.ma.getdata(value))
    if not np.ma.is_masked(value):
        return found
    if value is np.ma.masked or not isinstance(found, forms.Array):
        return forms.Stays("masked array")
    mask = of_array(packer, np.ma.getmaskarray(value))
    assert isinstance(mask, forms.Array)  # truth values are
    return forms.Masked(found, mask)


def _of_scalar(packer: "Packer", value: np.generic) -> Value:
    array = np.asarray(value)
    if array.dtype.names:
        return _of_records(packer, array, "record" if isinstance(value, np.record) else "void")
    if array.dtype.kind in _RAW and array.dtype.itemsize:
        return forms.Array("scalar", array.dtype.str, [], array.tobytes())
    return packer.form(value.item())


def _of_dtype(packer: "Packer", value: np.dtype) -> Value:
    return forms.DType(value.str if value.kind in _RAW else value.char)


FORMS: dict[type, Callable[["Packer", Any], Value]] = {
    np.ndarray: of_array,
    np.matrix: of_array,
    np.recarray: of_array,
    np.ma.MaskedArray: _of_masked,
    np.ufunc: lambda packer, value: packer.function(value),
    type(np.mean): lambda packer, value: packer.function(value),
    **{kind: _of_scalar for kind in set(np.sctypeDict.values()) if issubclass(kind, np.generic)},
    **{type(np.dtype(kind)): _of_dtype for kind in set(np.sctypeDict.values())},
}
BASES: dict[type, Callable[["Packer", Any], Value]] = {
    np.ma.MaskedArray: _of_masked,
    np.ndarray: of_array,
    np.generic: _of_scalar,
    np.dtype: _of_dtype,
}


def array(form: forms.Array) -> Any:
    """Return the array or scalar of a form. Raises NotPlain if its size is not the one that it declares."""
    dtype = np.dtype(form.dtype)
    if prod(form.shape) * dtype.itemsize != len(form.data):
        raise NotPlain("An array is not as large as it says.")
    # A bool with any other bits would be neither True nor False.
    numbers = np.frombuffer(form.data, np.uint8 if dtype.kind == "b" else dtype).astype(dtype)
    if dtype.kind == "M" and np.datetime_data(dtype)[0] == "generic" and not np.isnat(numbers).all():
        raise NotPlain("A moment has no unit.")
    return _shaped(numbers, form.kind, form.shape)


def masked(form: forms.Masked) -> np.ma.MaskedArray:
    """Return the array of a form."""
    values, mask = array(form.values), array(form.missing)
    if not isinstance(values, np.ndarray) or np.shape(mask) != values.shape or mask.dtype != bool:
        raise NotPlain("An array does not say of each of its values whether it is missing.")
    return np.ma.MaskedArray(values, mask)


def garbled(form: forms.Array, sign: int) -> forms.Array:
    """Return the form with values far from these, as `garbling` has it; what is missing stays so."""
    dtype = np.dtype(form.dtype)
    if dtype.kind == "S":
        return form
    numbers = np.frombuffer(form.data, dtype)
    if dtype.kind == "b":
        changed = ~numbers
    elif dtype.kind in "mM":
        unit = np.datetime_data(dtype)[0]
        is_long = unit in ("generic", "D", "W", "M", "Y")
        day = 1 if is_long else int(np.timedelta64(1, "D").astype(f"m8[{unit}]").astype(int))
        changed = np.where(np.isnat(numbers), numbers, (numbers.view("i8") + sign * FAR * day).view(dtype))
    else:
        with np.errstate(all="ignore"):
            far = (np.array(FAR).astype(dtype) + 3 * np.abs(numbers)).astype(dtype)
            moved = numbers + far if sign > 0 else numbers - far
            changed = np.where(np.isfinite(numbers), moved, numbers).astype(dtype)
    return forms.Array(form.kind, form.dtype, form.shape, changed.tobytes())


def filled(form: forms.Array, sign: int, missing: forms.Array | None = None) -> dict[str, Any]:
    """Return the data of a form with far values for what is missing or infinite. missing: says of more what is."""
    dtype = np.dtype(form.dtype)
    if dtype.kind not in "biufcmM":
        return {}
    numbers = np.frombuffer(form.data, dtype)
    holes = ~np.isfinite(numbers) | (np.frombuffer(missing.data, bool) if missing else False)
    number = {"b": sign > 0, "u": FAR}.get(dtype.kind, sign * FAR)
    far = np.array(number).astype("i8" if dtype.kind in "mM" else dtype).view(dtype)
    return {"data": np.where(holes, far, numbers).astype(dtype).tobytes()}


def widened(form: forms.Array) -> dict[str, Any]:
    """Return the dtype and data of a form whose numbers are those that they are shown as, in eight bytes."""
    numbers = np.frombuffer(form.data, np.dtype(form.dtype))
    if numbers.dtype.kind == "f":
        return {"dtype": "<f8", "data": numbers.astype(str).astype("<f8").tobytes()}
    if (numbers > np.iinfo("i8").max).any():
        raise NotPlain("A number needs more than eight bytes with a sign.")
    return {"dtype": "<i8", "data": numbers.astype("<i8").tobytes()}


def has_missing(form: forms.Array) -> bool:
    """Return whether there is a number or a time in an array that is none, or an infinite number."""
    dtype = np.dtype(form.dtype)
    if dtype.kind not in "fcmM" or len(form.data) % dtype.itemsize:
        return False
    return not np.isfinite(np.frombuffer(form.data, dtype)).all()


def cells(form: forms.Cells, items: list[Any]) -> Any:
    """Return the array of a form. items: what is in it."""
    if form.dtype == "text" and not all(type(item) is str for item in items):
        raise NotPlain("An array of texts holds something else.")
    if prod(form.shape) != len(items):
        raise NotPlain("An array is not as large as it says.")
    if form.dtype == "text":
        found = np.array(items, dtype=str)
    else:
        found = np.empty(len(items), dtype=object)
        for place, item in enumerate(items):
            found[place] = item
    return _shaped(found, form.kind, form.shape)


def records(form: forms.Records, columns: list[Any]) -> np.ndarray:
    """Return the array of a form. columns: what is under each name."""
    shape = tuple(form.shape)
    if len(form.names) != len(columns) or not form.names:
        raise NotPlain("An array with names does not hold what it says.")
    for column in columns:
        if not isinstance(column, np.ndarray) or column.shape[: len(shape)] != shape:
            raise NotPlain("An array with names does not hold what it says.")
    kinds = [(name, column.dtype, column.shape[len(shape) :]) for name, column in zip(form.names, columns, strict=True)]
    found = np.empty(shape, dtype=kinds)
    for name, column in zip(form.names, columns, strict=True):
        found[name] = column
    if form.kind in ("record", "recarray"):
        found = found.view(np.recarray)
    return found[()] if form.kind in ("record", "void") else found


def dtype(form: forms.DType) -> Any:
    """Return the dtype of a form."""
    return np.dtype(form.name)


def _shaped(flat: np.ndarray, kind: str, shape: list[int]) -> Any:
    found = flat.reshape(shape)
    if kind == "scalar":
        if shape:
            raise NotPlain("A number is an array.")
        return found[()]
    if kind == "matrix":
        if len(shape) != 2:
            raise NotPlain("A matrix has other than two dimensions.")
        return found.view(np.matrix)
    return found
