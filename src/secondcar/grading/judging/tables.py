"""pandas' tables, columns, indexes and single values as forms, and back."""

import zoneinfo
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd

from secondcar.grading.judging import arrays, forms
from secondcar.grading.judging.forms import NotPlain, Value

if TYPE_CHECKING:
    from secondcar.grading.judging.packing import Packer

_OTHER_DTYPES = get_args(forms.OtherName)
_NULLABLE = tuple(type(pd.api.types.pandas_dtype(name)) for name in _OTHER_DTYPES if name[0] in "IUF" and name != "U")
_NULLABLE += (pd.BooleanDtype,)


def _of_values(packer: "Packer", values: Any) -> Value:
    """Return the form of what a column or an index holds."""
    dtype = values.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return forms.Categories(_raw(values.codes), packer.form(values.categories), bool(values.ordered))
    if isinstance(dtype, pd.DatetimeTZDtype):
        return forms.Instants(_raw(values.asi8), dtype.unit, str(dtype.tz))
    if isinstance(dtype, pd.PeriodDtype):
        return forms.Periods(_raw(values.asi8), dtype.name.removeprefix("period[").removesuffix("]"))
    if isinstance(dtype, pd.IntervalDtype):
        return forms.Intervals(packer.form(values.left), packer.form(values.right), values.closed)
    if isinstance(dtype, pd.StringDtype):
        # They may be numpy's.
        items = [one if one is None else str(one) for one in values.to_numpy(object, na_value=None)]
        return forms.Texts(items, dtype.name)
    if isinstance(dtype, _NULLABLE):
        return forms.Nullable(_raw(values.to_numpy(dtype.numpy_dtype, na_value=0)), _raw(values.isna()))
    of_numpy = isinstance(values, pd.arrays.NumpyExtensionArray) or isinstance(dtype, np.dtype)
    return arrays.of_array(packer, values.to_numpy() if of_numpy else values.to_numpy(object))


def _raw(values: Any) -> forms.Array:
    values = np.asarray(values)
    return forms.Array("array", values.dtype.str, list(values.shape), values.tobytes())


def _of_index(packer: "Packer", value: pd.Index) -> Value:
    if isinstance(value, pd.MultiIndex):
        levels = [packer.form(value.get_level_values(level)) for level in range(value.nlevels)]
        return forms.MultiIndex(levels, packer.forms(value.names))
    if isinstance(value, pd.RangeIndex):
        return forms.RangeIndex(value.start, value.stop, value.step, packer.form(value.name))
    return forms.Index(_of_values(packer, value.array), packer.form(value.name), _frequency(value))


def _frequency(index: pd.Index) -> str | None:
    """Return the name of the frequency of times, if it is all that there is to say about it."""
    name: str | None = getattr(index, "freqstr", None)
    try:
        return name if name and pd.tseries.frequencies.to_offset(name) == index.freq else None
    except ValueError:
        return None


def _of_series(packer: "Packer", value: pd.Series) -> Value:
    return forms.Series(_of_index(packer, value.index), packer.form(value.name), _of_values(packer, value.array))


def _of_frame(packer: "Packer", value: pd.DataFrame) -> Value:
    columns = [_of_values(packer, value.iloc[:, place].array) for place in range(value.shape[1])]
    return forms.Frame(_of_index(packer, value.index), _of_index(packer, value.columns), columns)


def _of_one(packer: "Packer", value: Any) -> Value:
    return forms.One(_of_values(packer, pd.Series([value]).array))


def _of_dtype(packer: "Packer", value: Any) -> Value:
    return forms.OtherDType(value.name) if value.name in _OTHER_DTYPES else packer.thing(value)


def _constant(name: forms.ConstantName) -> Callable[["Packer", Any], Value]:
    return lambda packer, value: forms.Constant(name)


_INDEXES = (pd.Index, pd.RangeIndex, pd.MultiIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex,
            pd.IntervalIndex, pd.CategoricalIndex)  # fmt: skip
_ARRAYS = [getattr(pd.arrays, name) for name in pd.arrays.__all__]
FORMS: dict[type, Callable[["Packer", Any], Value]] = {
    pd.DataFrame: _of_frame,
    pd.Series: _of_series,
    **dict.fromkeys(_INDEXES, _of_index),
    **dict.fromkeys((pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval), _of_one),
    **{kind: lambda packer, value: forms.Column(_of_values(packer, value)) for kind in (pd.Categorical, *_ARRAYS)},
    type(pd.NA): _constant("NA"),
    type(pd.NaT): _constant("NaT"),
}
BASES: dict[type, Callable[["Packer", Any], Value]] = {
    pd.DataFrame: _of_frame,
    pd.Series: _of_series,
    pd.Index: _of_index,
    pd.api.extensions.ExtensionArray: lambda packer, value: forms.Column(_of_values(packer, value)),
    pd.api.extensions.ExtensionDtype: _of_dtype,
}


def values(form: Value, build: Callable[[Value], Any]) -> Any:
    """Return what a column or an index holds. build: makes a value of a form. Raises NotPlain."""
    if isinstance(form, forms.Categories):
        return pd.Categorical.from_codes(build(form.codes), build(form.categories), ordered=form.ordered)
    if isinstance(form, forms.Instants):
        utc = pd.DatetimeIndex(_flat(form.counts, "i8").view(f"M8[{form.unit}]")).tz_localize("UTC")
        return utc.tz_convert(_zone(form.zone)).array
    if isinstance(form, forms.Periods):
        return pd.PeriodIndex.from_ordinals(_flat(form.ordinals, "i8"), freq=form.frequency).array
    if isinstance(form, forms.Intervals):
        return pd.arrays.IntervalArray.from_arrays(build(form.left), build(form.right), closed=form.closed)
    if isinstance(form, forms.Texts):
        return pd.array(form.items, dtype=form.dtype)
    if isinstance(form, forms.Nullable):
        return _nullable(arrays.array(form.values), _flat(form.missing, "b1"))
    if isinstance(form, forms.Array | forms.Cells) and form.kind == "array" and len(form.shape) == 1:
        return build(form)
    raise NotPlain("A column holds something that a column cannot hold.")


def _flat(form: forms.Array, dtype: str) -> np.ndarray:
    found = arrays.array(form)
    if not isinstance(found, np.ndarray) or found.dtype != np.dtype(dtype) or found.ndim != 1:
        raise NotPlain("A column holds something that a column cannot hold.")
    return found


def _nullable(found: np.ndarray, missing: np.ndarray) -> Any:
    kinds = {"b": pd.arrays.BooleanArray, "f": pd.arrays.FloatingArray}
    return kinds.get(found.dtype.kind, pd.arrays.IntegerArray)(found, missing)


def _zone(name: str) -> Any:
    if name in zoneinfo.available_timezones():
        return zoneinfo.ZoneInfo(name)
    # "UTC+05:00", as Python calls a distance from UTC.
    return pd.Timestamp(f"2000-01-01T00:00{name.removeprefix('UTC')}").tz


def index(form: forms.Index, build: Callable[[Value], Any]) -> pd.Index:
    """Return the index of a form."""
    found = pd.Index(values(form.values, build), name=build(form.name))
    if form.frequency is not None and isinstance(found, pd.DatetimeIndex | pd.TimedeltaIndex):
        found.freq = form.frequency
    return found


def multi_index(form: forms.MultiIndex, build: Callable[[Value], Any]) -> pd.MultiIndex:
    """Return the index of a form."""
    return pd.MultiIndex.from_arrays(
        [_index(level, build) for level in form.levels], names=list(map(build, form.names))
    )


def range_index(form: forms.RangeIndex, build: Callable[[Value], Any]) -> pd.RangeIndex:
    """Return the index of a form."""
    return pd.RangeIndex(form.start, form.stop, form.step, name=build(form.name))


def series(form: forms.Series, build: Callable[[Value], Any]) -> pd.Series:
    """Return the column of a form."""
    return pd.Series(values(form.values, build), index=_index(form.index, build), name=build(form.name))


def frame(form: forms.Frame, build: Callable[[Value], Any]) -> pd.DataFrame:
    """Return the table of a form."""
    rows, columns = _index(form.index, build), _index(form.columns, build)
    made = [pd.Series(values(column, build), index=rows, copy=False) for column in form.values]
    found = pd.concat(made, axis=1) if made else pd.DataFrame(index=rows)
    found.columns = columns
    return found


def column(form: forms.Column, build: Callable[[Value], Any]) -> Any:
    """Return the array of a form."""
    return values(form.values, build)


def one(form: forms.One, build: Callable[[Value], Any]) -> Any:
    """Return the one value in the array of a form."""
    (found,) = pd.Series(values(form.values, build))
    return found


def dtype(form: forms.OtherDType, build: Callable[[Value], Any]) -> Any:
    """Return the dtype of a form."""
    return pd.api.types.pandas_dtype(form.name)


def _index(form: Value, build: Callable[[Value], Any]) -> pd.Index:
    if not isinstance(form, forms.Index | forms.RangeIndex | forms.MultiIndex):
        raise NotPlain("The index of a table is not an index.")
    return build(form)
