"""Values as plain data: the only form in which anything of a learner's reaches the judge.

Plain data are numbers, text, dates, containers, numpy arrays, pandas tables and matplotlib charts. They are built
anew on the judge's side, from classes that are named here one by one, so nothing comes with them that could act: no
subclass with an `__eq__` of its own, no method replaced on an object. A function travels as a token, and is called
where it lives.

>>> unpack(pack({"mean": 2.5}, no_function), no_function)
{'mean': 2.5}
"""

import builtins
import copyreg
import gc
import importlib
import io
import json
import pickle
import sys
import types
from collections.abc import Callable
from functools import lru_cache
from itertools import islice
from typing import Any, NoReturn

# An endless iterator is cut here.
_MOST_ITEMS = 100_000

_BASES = (bool, int, float, complex, str, bytes, bytearray, tuple, list, set, frozenset, dict)
_ITERATORS = (
    types.GeneratorType,
    *map(type, (iter([]), iter(()), iter({}), iter({}.values()), iter({}.items()), iter(set()), iter(""))),
    *(map, filter, zip, enumerate, reversed),
)
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    type(len),
    type(str.join),
    type([].__len__),
    type,
)

# Modules whose callable objects are functions.
_WRAPPERS = ("functools", "numpy")

# What may be named in a message besides the classes of matplotlib's modules below. Each one makes a value of its
# arguments, and does nothing else.
_NAMES = {
    "builtins": {
        *("bool", "int", "float", "complex", "str", "bytes", "bytearray", "tuple", "list", "set", "frozenset", "dict"),
        *("range", "slice", "object", "Ellipsis", "NotImplemented"),
    },
    "collections": {"OrderedDict", "Counter", "defaultdict", "deque"},
    "copyreg": {"_reconstructor"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
    "pathlib": {"PosixPath", "PurePosixPath", "PureWindowsPath"},
    "uuid": {"UUID"},
    "zoneinfo": {"ZoneInfo._unpickle"},
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy._core.numeric": {"_frombuffer"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "numpy.core.numeric": {"_frombuffer"},
    "pandas._libs.tslibs.timestamps": {"_unpickle_timestamp"},
    "pandas._libs.tslibs.timedeltas": {"_timedelta_unpickle"},
    "pandas._libs.tslibs.nattype": {"_nat_unpickle"},
    "itertools": {"count", "cycle"},
}

# Modules whose classes, and only those, may be named: what a chart consists of.
# fmt: off
_CHART_MODULES = {
    "matplotlib.artist", "matplotlib.axis", "matplotlib.axes", "matplotlib.axes._axes", "matplotlib.axes._base",
    "matplotlib.axes._secondary_axes", "matplotlib.backend_bases", "matplotlib.backends.backend_agg",
    "matplotlib.bezier", "matplotlib.category", "matplotlib.cbook", "matplotlib.cm", "matplotlib.collections",
    "matplotlib.colorbar", "matplotlib.colorizer", "matplotlib.colors", "matplotlib.container", "matplotlib.dates",
    "matplotlib.figure", "matplotlib.font_manager", "matplotlib.gridspec", "matplotlib.image",
    "matplotlib.layout_engine", "matplotlib.legend", "matplotlib.legend_handler", "matplotlib.lines",
    "matplotlib.markers", "matplotlib.offsetbox", "matplotlib.patches", "matplotlib.path", "matplotlib.patheffects",
    "matplotlib.projections.geo", "matplotlib.projections.polar", "matplotlib.quiver", "matplotlib.scale",
    "matplotlib.spines", "matplotlib.table", "matplotlib.text", "matplotlib.ticker", "matplotlib.transforms",
    "matplotlib.units", "matplotlib_inline.backend_inline", "pandas.plotting._matplotlib.converter",
    "seaborn.axisgrid", "seaborn._core.plot",
}
# fmt: on


class NotPlain(Exception):
    """A value cannot travel. The text is a sentence that names its type."""


def no_function(value: object) -> NoReturn:
    """Stand for `keep` or `fetch` where functions are not wanted. Raises NotPlain."""
    raise NotPlain("A function cannot stand here.")


def pack(value: object, keep: Callable[[Callable], str]) -> bytes:
    """Return a value as a message.

    keep: returns a token for a function. Raises NotPlain.

    A subclass of one of Python's own containers travels as that container, and an iterator as its items.
    """
    file = io.BytesIO()
    try:
        _Packer(file, keep).dump(value)
    except NotPlain:
        raise
    except Exception as fault:
        raise NotPlain(f"A value of the type {type(value).__name__} is not plain data ({_one_line(fault)}).") from None
    return file.getvalue()


def unpack(message: bytes, fetch: Callable[[str], Callable]) -> Any:
    """Return the value that `pack` made a message of, or that somebody forged.

    fetch: returns a function that stands for the one with a token. Raises NotPlain if anything is named in the
    message that is not plain data, or if it is damaged.
    """
    unpacker = _Unpacker(io.BytesIO(message), fetch)
    try:
        value = unpacker.load()
    except NotPlain:
        raise
    except Exception as fault:
        raise NotPlain(f"A value could not be read as plain data ({_one_line(fault)}).") from None
    if unpacker.has_charts:
        _refuse_replaced_methods(value)
    return value


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, keep: Callable[[Callable], str]) -> None:
        super().__init__(file, protocol=5)
        self._keep = keep
        self._root: object = None

    def dump(self, obj: object) -> None:
        self._root = obj
        super().dump(obj)

    def persistent_id(self, obj: object) -> tuple | None:
        if not _is_special(type(obj)):
            return None
        if obj is getattr or (isinstance(obj, _FUNCTIONS) and _is_allowed(*_name_of(obj))):
            return None
        if isinstance(obj, types.MethodType) and _is_chart_module(type(obj.__self__).__module__):
            return None
        if isinstance(obj, type) and obj is not self._root:
            raise NotPlain(f"A value of the type {obj.__name__} is not plain data.")
        if isinstance(obj, _FUNCTIONS) or (callable(obj) and _wraps_a_function(obj)):
            return ("function", self._keep(obj), getattr(obj, "__name__", "function"), getattr(obj, "__doc__", None))
        if isinstance(obj, _ITERATORS):
            return ("iterator", list(islice(obj, _MOST_ITEMS)))
        if isinstance(obj, _VIEWS):
            return ("view", type(obj).__name__, dict(obj) if isinstance(obj, _VIEWS[2]) else list(obj))
        numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
        if numpy and isinstance(obj, numpy.ma.MaskedArray):
            return ("masked", obj.filled(), numpy.ma.getmaskarray(obj))
        return _describe(pandas, obj) if pandas else None

    def reducer_override(self, obj: object) -> Any:
        kind = type(obj)
        if not _is_allowed(kind.__module__, kind.__qualname__):
            for base in _BASES:
                if isinstance(obj, base):
                    return base, (_items_of(base, obj),)
            for base in kind.__mro__:
                if _is_chart_module(base.__module__) and _is_allowed(base.__module__, base.__qualname__):
                    return copyreg._reconstructor, (base, object, None), vars(obj)
        return NotImplemented


@lru_cache
def _is_special(kind: type) -> bool:
    """Tell whether values of a type may travel as something else. Most do not, and a value may have a million parts."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    special = [*_FUNCTIONS, *_ITERATORS, *_VIEWS, *([numpy.ma.MaskedArray] if numpy else [])]
    if pandas:
        special += [pandas.DataFrame, pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray]
        special += [type(pandas.NA), pandas.Period, pandas.Interval]
    return issubclass(kind, tuple(special)) or kind.__module__ in _WRAPPERS


def _name_of(obj: Any) -> tuple[str, str]:
    return str(getattr(obj, "__module__", "")), str(getattr(obj, "__qualname__", ""))


def _items_of(base: type, obj: Any) -> Any:
    """Return what `base` makes a value of that equals `obj`, which is of a subclass."""
    if base is dict:
        return list(dict.items(obj))
    if base is str:
        return str.__str__(obj)
    return base(obj) if base in (bool, int, float, complex, bytes, bytearray) else list(base.__iter__(obj))


def _wraps_a_function(obj: object) -> bool:
    """Tell functools.partial, lru_cache and numpy's ufuncs and vectorised functions from other callable objects."""
    return type(obj).__module__ in _WRAPPERS and not isinstance(obj, type)


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, fetch: Callable[[str], Callable]) -> None:
        super().__init__(file)
        self._fetch = fetch
        self.has_charts = False

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _method_of
        if not _is_allowed(module, name):
            raise NotPlain(f"A value of the type {name} is not plain data.")
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
        if _is_chart_module(module):
            self.has_charts = True
        return found

    def persistent_load(self, described: tuple) -> Any:
        kind, *parts = described
        if kind == "function":
            token, name, text = parts
            return _named(self._fetch(str(token)), name, text)
        if kind == "iterator":
            return iter(_exactly(list, parts[0]))
        if kind == "view":
            name, items = parts
            if name == "dict_items":
                return _exactly(dict, items).items()
            pairs = dict.fromkeys(items) if name == "dict_keys" else dict(enumerate(items))
            return pairs.keys() if name == "dict_keys" else pairs.values()
        if kind == "masked":
            return importlib.import_module("numpy").ma.MaskedArray(parts[0], parts[1])
        return _rebuild(importlib.import_module("pandas"), kind, parts)


def _method_of(part: Any, name: str) -> types.MethodType:
    """Return a method of something in a chart, as a chart's own parts hold some of each other's."""
    if not _is_chart_module(type(part).__module__) or not isinstance(getattr(type(part), name), types.FunctionType):
        raise NotPlain("A message was forged.")
    return types.MethodType(getattr(type(part), name), part)


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise NotPlain("A message was forged.")
    return value


def _named(function: Callable, name: object, text: object) -> Callable:
    if type(name) is str:
        function.__name__ = function.__qualname__ = name
    if type(text) is str:
        function.__doc__ = text
    return function


def _is_allowed(module: str, name: str) -> bool:
    """Tell whether a message may name something: an exact name of _NAMES, a numpy scalar, or a class of a chart's."""
    if name in _NAMES.get(module, ()):
        return True
    if module == "numpy":
        numpy = sys.modules.get("numpy")
        found = getattr(numpy, name, None)
        return isinstance(found, type) and issubclass(found, numpy.generic)
    if not _is_chart_module(module):
        return module.startswith("numpy.dtypes") and name.endswith("DType")
    found = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return isinstance(found, type) and found.__module__ == module


def _is_chart_module(module: str) -> bool:
    return module in _CHART_MODULES


def _refuse_replaced_methods(value: Any) -> None:
    """Raise NotPlain if a chart would say what is not drawn: a `get_...` of something in it was replaced."""
    import numpy

    seen, left = set(), [value]
    while left:
        part = left.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, numpy.ndarray) and part.dtype.kind == "O":
            left += list(part.flat)
        if type(part) in (dict, list, tuple, set):
            left += gc.get_referents(part)
        if not _is_chart_module(type(part).__module__):
            continue
        left += vars(part).values() if hasattr(part, "__dict__") else ()
        for name in getattr(part, "__dict__", ()):
            # A bound method is one of `_method_of`.
            if name.startswith("get_") and not isinstance(vars(part)[name], types.MethodType):
                raise NotPlain(f"The {name} of a {type(part).__name__} was replaced.")


# pandas' own messages name functions that set any attribute of a table. So a table travels as its columns.


def _describe(pandas: Any, obj: object) -> tuple | None:
    """Return a table, a column or an index as its parts, None for anything else. A subclass loses what it adds."""
    if isinstance(obj, pandas.DataFrame):
        columns = [_parts_of(pandas, obj.iloc[:, place].array) for place in range(obj.shape[1])]
        return ("frame", obj.index, obj.columns, columns)
    if isinstance(obj, pandas.Series):
        return ("series", obj.index, obj.name, _parts_of(pandas, obj.array))
    if isinstance(obj, pandas.MultiIndex):
        return ("multi-index", [obj.get_level_values(level) for level in range(obj.nlevels)], list(obj.names))
    if isinstance(obj, pandas.RangeIndex):
        return ("range-index", obj.start, obj.stop, obj.step, obj.name)
    if isinstance(obj, pandas.Index):
        return ("index", obj.name, getattr(obj, "freqstr", None), _parts_of(pandas, obj.array))
    if isinstance(obj, pandas.api.extensions.ExtensionArray):
        return ("array", _parts_of(pandas, obj))
    if obj is pandas.NA:
        return ("missing",)
    if isinstance(obj, pandas.Period | pandas.Interval):
        return ("one", _parts_of(pandas, pandas.array([obj])))
    return None


def _parts_of(pandas: Any, array: Any) -> tuple:
    dtype = array.dtype
    # Text has an array of this class too.
    if isinstance(array, pandas.arrays.NumpyExtensionArray) and not isinstance(dtype, pandas.StringDtype):
        return ("numpy", array.to_numpy())
    if isinstance(dtype, pandas.CategoricalDtype):
        return ("categories", array.codes, array.categories, bool(array.ordered))
    if isinstance(dtype, pandas.DatetimeTZDtype):
        return ("instants", array.asi8, dtype.unit, str(dtype.tz))
    if isinstance(dtype, pandas.PeriodDtype):
        return ("periods", array.asi8, dtype.name.removeprefix("period[").removesuffix("]"))
    if isinstance(dtype, pandas.IntervalDtype):
        return ("intervals", array.left, array.right, array.closed)
    if isinstance(dtype, pandas.StringDtype):
        # One text: a pickle would ask of each of a million whether it is special.
        return ("texts", json.dumps(array.to_numpy(object, na_value=None).tolist()), str(dtype))
    if isinstance(dtype, pandas.api.extensions.ExtensionDtype):
        return ("values", [None if missing else value for value, missing in zip(array, array.isna(), strict=True)],
                str(dtype))  # fmt: skip
    return ("numpy", array.to_numpy())


def _rebuild(pandas: Any, kind: str, parts: list) -> Any:
    if kind == "frame":
        index, columns, arrays = parts
        made = [pandas.Series(_array_of(pandas, array), index=index, copy=False) for array in arrays]
        frame = pandas.concat(made, axis=1) if made else pandas.DataFrame(index=index)
        frame.columns = columns
        return frame
    if kind == "series":
        index, name, array = parts
        return pandas.Series(_array_of(pandas, array), index=index, name=name)
    if kind == "multi-index":
        return pandas.MultiIndex.from_arrays(parts[0], names=parts[1])
    if kind == "range-index":
        return pandas.RangeIndex(*parts[:3], name=parts[3])
    if kind == "index":
        name, frequency, array = parts
        index = pandas.Index(_array_of(pandas, array), name=name)
        if frequency is not None and isinstance(index, pandas.DatetimeIndex | pandas.TimedeltaIndex):
            index.freq = frequency
        return index
    if kind == "array":
        return _array_of(pandas, parts[0])
    if kind == "missing":
        return pandas.NA
    if kind == "one":
        return _array_of(pandas, parts[0])[0]
    raise NotPlain("A message was forged.")


def _array_of(pandas: Any, parts: tuple) -> Any:
    kind, *values = parts
    if kind == "numpy":
        return values[0]
    if kind == "categories":
        codes, categories, ordered = values
        return pandas.Categorical.from_codes(codes, categories, ordered=ordered)
    if kind == "instants":
        numbers, unit, zone = values
        utc = pandas.DatetimeIndex(numbers.view(f"M8[{unit}]")).tz_localize("UTC")
        return utc.tz_convert(zone).array
    if kind == "periods":
        return pandas.PeriodIndex.from_ordinals(values[0], freq=values[1]).array
    if kind == "intervals":
        return pandas.arrays.IntervalArray.from_arrays(*values[:2], closed=values[2])
    if kind == "texts":
        return pandas.array(_exactly(list, json.loads(values[0])), dtype=values[1])
    if kind == "values":
        return pandas.array(values[0], dtype=values[1])
    raise NotPlain("A message was forged.")


# Errors travel as the built-in class they are of and their text.


def pack_error(error: BaseException, keep: Callable[[Callable], str]) -> bytes:
    """Return an error as a message: the nearest built-in class and the text."""
    kind = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    try:
        text = str(error)[:1000]
    except Exception:
        text = ""
    return pack((kind.__name__, text), keep)


def unpack_error(message: bytes) -> Exception:
    """Return the error of a message. One that would end the test in silence comes as RuntimeError."""
    name, text = _exactly(tuple, unpack(message, no_function))
    kind = getattr(builtins, str(name), None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError(f"{name}: {text}")
    try:
        return kind(text)
    except TypeError:
        return RuntimeError(f"{name}: {text}")


def _one_line(fault: BaseException) -> str:
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:200]
