"""Makes a message of any value: what cannot travel stays, and a number stands for it.

A value arrives as what Python, numpy or pandas would call it. Subclasses arrive as what they are subclasses of, and
what behaves as a mapping or a sequence arrives as one. The judge may ask for attributes of anything else, or call it.

>>> from secondcar.grading.judging.unpacking import unpack
>>> unpack(pack({"mean": 2.5}, keep=id))
{'mean': 2.5}
"""

import array
import builtins
import collections
import contextlib
import datetime
import decimal
import fractions
import functools
import importlib
import itertools
import os
import pathlib
import site
import sys
import types
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, cast, get_args

from secondcar.grading.judging import forms
from secondcar.grading.judging.abilities import ABILITIES, ALWAYS, abilities_of
from secondcar.grading.judging.forms import MOST_DEEP, NotPlain, Value
from secondcar.grading.judging.stand_ins import ITERATORS, Function, Iterating, token_of

# An iterator that does not stay is cut after this many items.
_MOST_ITEMS = 100_000

_SMALL = range(-(2**63), 2**64)
_SCALARS = (type(None), bool, float, str)
KINDS: dict[forms.KindName, type] = {name: getattr(builtins, name, type(None)) for name in get_args(forms.KindName)}
ITEMS: dict[forms.ItemsKind, type] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset, "deque": collections.deque,
    "UserList": collections.UserList,
}  # fmt: skip
PAIRS: dict[forms.PairsKind, type] = {
    "dict": dict, "OrderedDict": collections.OrderedDict, "Counter": collections.Counter,
    "defaultdict": collections.defaultdict, "UserDict": collections.UserDict, "ChainMap": collections.ChainMap,
    "mappingproxy": types.MappingProxyType,
}  # fmt: skip
_VIEWS: dict[forms.ViewKind, type] = {
    "dict_keys": type({}.keys()), "dict_values": type({}.values()), "dict_items": type({}.items())
}  # fmt: skip
_FUNCTIONS = (
    *(types.FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial),
    Function,
    *map(type, (str.join, [].__len__, dict.__dict__["fromkeys"], functools.lru_cache(len))),
)


def pack(
    value: object,
    keep: Callable[[object], int],
    before_own_code: Callable[[], None] = lambda: None,
    iterators_stay: bool = True,
    note: Callable[[Value, object], None] | None = None,
) -> bytes:
    """Return a value as a message.

    Args:
        value: anything.
        keep: keeps what stays here, and returns the number that stands for it. May raise.
        before_own_code: called before code of a class that is neither Python's, numpy's nor pandas' may run. May raise.
        iterators_stay: whether an iterator's items are asked for one by one. Otherwise they travel, if it has an end.
        note: called with each container in it that may be changed, and with its form, the inner ones first.

    Raises:
        NotPlain: it is too large, too deep, or holds itself.
    """
    return forms.encode(Packer(keep, before_own_code, iterators_stay, note).form(value))


def kind_of(value: object) -> str:
    """Return the name of a value's class, whatever the value claims to be."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return name[:1000].encode(errors="replace").decode()


def stays(value: object) -> NoReturn:
    """Refuse what cannot travel, as the `keep` of `pack`. Raises NotPlain."""
    raise NotPlain(kind_of(value))


def differ(one: Any, other: Any) -> bool:
    """Return whether two values are not the same data, or not data.

    >>> differ([1, 2], [1, 2]), differ(1, 1.0), differ(print, print)
    (False, True, True)
    """
    try:
        return pack(one, stays) != pack(other, stays)
    except NotPlain:
        return True


def pack_error(error: BaseException) -> bytes:
    """Return an error as a message: the nearest class of Python's own, and the text."""
    return forms.encode(_fault(error))


class Packer:
    """Finds the form of a value."""

    def __init__(
        self,
        keep: Callable[[object], int],
        before_own_code: Callable[[], None],
        iterators_stay: bool,
        note: Callable[[Value, object], None] | None,
    ) -> None:
        self._keep, self._before_own_code, self._iterators_stay = keep, before_own_code, iterators_stay
        self._note = note
        self._deep = 0

    def form(self, value: Any) -> Value:
        """Return the form of a value. Raises NotPlain if it is nested too deep, or holds itself."""
        kind = type(value)
        if kind in _SCALARS:
            return cast(Value, value)
        if kind is int:
            return value if value in _SMALL else forms.Whole(hex(value))
        if self._deep == MOST_DEEP:
            raise NotPlain(f"A value has more than {MOST_DEEP} containers in each other.")
        self._deep += 1
        try:
            found = self._form_of(kind)(self, value)
            if self._note and forms.is_changeable(found):
                self._note(found, value)
            return found
        finally:
            self._deep -= 1

    def forms(self, values: Iterable[Any]) -> list[Value]:
        values = list(values)
        return values if all(type(value) in _SCALARS for value in values) else [self.form(value) for value in values]

    def unordered(self, values: Iterable[Any]) -> list[Value]:
        """Return the forms of a set's members in an order that is the same for every set of them."""
        return sorted(self.forms(values), key=forms.encode)

    def pairs(self, pairs: Iterable[tuple[Any, Any]]) -> list[tuple[Value, Value]]:
        return [(self.form(key), self.form(value)) for key, value in pairs]

    def _form_of(self, kind: type) -> Callable[["Packer", Any], Value]:
        """Return what makes the form of the values of a type."""
        found = _EXACT.get(kind) or _of_libraries("FORMS").get(kind)
        if found is None:
            self._before_own_code()
            return Packer.kin
        return found

    def kin(self, value: Any) -> Value:
        """Return the form of an instance of a subclass, or of a class of a learner's own."""
        kind = type(value)
        if token_of(value) is not None:
            return self.thing(value)
        base = _of_base(kind)(self, value)
        if not isinstance(base, _BASE_FORMS) or not (own := own_names(value)):
            return base
        does = [name for name in ABILITIES if name in own]
        return forms.Kin(self._keep(value), kind_of(value), abilities_of(cast(Hashable, kind)), does, base)

    def function(self, value: Any) -> Value:
        name, text = getattr(value, "__name__", "function"), getattr(value, "__doc__", None)
        name, text = (part[:1000] if type(part) is str else None for part in (name, text))
        return forms.FunctionForm(self._keep(value), name or "function", text, _is_installed(value))

    def iteration(self, value: Iterator[Any]) -> Value:
        if self._iterators_stay:
            return self.chunks(Chunks(value))
        return forms.Items("iterator", self.forms(itertools.islice(value, _MOST_ITEMS)))

    def chunks(self, value: "Chunks") -> Value:
        return forms.Iteration(value.kind, self._keep(value))

    def thing(self, value: Any) -> Value:
        kind = cast(Hashable, type(value))  # every class is; mypy takes object's own __hash__ for that of the class
        return forms.Thing(self._keep(value), kind_of(value), abilities_of(kind))

    def kind(self, value: type) -> Value:
        for name, kind in KINDS.items():
            if kind is value:
                return forms.Kind(name)
        return forms.Thing(self._keep(value), "type", [*ALWAYS, "__call__", "__instancecheck__", "__subclasscheck__"])


# Where libraries are installed; a course's own modules lie elsewhere, and so do Python's.
_INSTALLED = (*site.getsitepackages(), site.getusersitepackages())


def _is_installed(function: Any) -> bool:
    """Return whether a function is of an installed library."""
    written = function.__func__ if type(function) is types.MethodType else function
    if type(written) is types.FunctionType:
        names = written.__globals__
        module = sys.modules.get(str(names.get("__name__")))
        # What a function says of itself may have been changed.
        module = module if getattr(module, "__dict__", None) is names else None
    elif type(function) in (types.MethodType, types.BuiltinFunctionType):
        module = sys.modules.get(type(function.__self__).__module__)
    else:
        return False
    origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
    return any(origin.startswith(os.path.join(folder, "")) for folder in _INSTALLED)


class Base:
    """Stands for a value as its base class has it."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Chunks:
    """An iterator whose items are taken as they are needed: it may have no end, and items may take long to make."""

    def __init__(self, iterator: Iterator[Any]) -> None:
        self._iterator = iterator
        self.kind: forms.IteratorKind = next(
            (name for name, kind in ITERATORS.items() if type(iterator) is kind), "other"
        )
        self._fault: BaseException | None = None

    def take(self, most: int) -> list[Any]:
        """Return the next items, fewer if it ends; an error that comes after some of them is raised the next time."""
        fault, self._fault = self._fault, None
        if fault:
            raise fault
        taken: list[Any] = []
        try:
            while len(taken) < most:
                taken.append(next(self._iterator))
        except StopIteration:
            # One that goes on after its end has ended all the same.
            self._iterator = iter(())
        except BaseException as error:
            if not taken:
                raise
            self._fault = error
        return taken


# Python's own types.


def _items(kind: forms.ItemsKind) -> Callable[[Packer, Iterable[Any]], Value]:
    return lambda packer, value: forms.Items(kind, packer.forms(value))


def _members(kind: forms.ItemsKind) -> Callable[[Packer, Iterable[Any]], Value]:
    return lambda packer, value: forms.Items(kind, packer.unordered(value))


def _pairs(kind: forms.PairsKind) -> Callable[[Packer, Mapping[Any, Any]], Value]:
    return lambda packer, value: forms.Pairs(kind, packer.pairs(list(value.items())))


def _default(packer: Packer, value: "collections.defaultdict[Any, Any]") -> Value:
    return forms.Pairs("defaultdict", packer.pairs(list(value.items())), packer.form(value.default_factory))


def _view(kind: forms.ViewKind) -> Callable[[Packer, Any], Value]:
    return lambda packer, value: forms.View(kind, packer.pairs(dict(value.mapping).items()))


def _moment(kind: forms.MomentKind) -> Callable[[Packer, Any], Value]:
    def form(packer: Packer, value: Any) -> Value:
        zone = getattr(getattr(value, "tzinfo", None), "key", None)
        return forms.Moment(kind, value.isoformat(), zone, getattr(value, "fold", 0))

    return form


def _small(make: Callable[..., Value], *names: str) -> Callable[[Packer, Any], Value]:
    """Return what makes a form of a value's attributes."""
    return lambda packer, value: make(*(packer.form(getattr(value, name)) for name in names))


def _constant(name: forms.ConstantName) -> Callable[[Packer, Any], Value]:
    return lambda packer, value: forms.Constant(name)


def _fault(error: BaseException) -> forms.Raised:
    kind = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    try:
        # A KeyError shows its text in quotes; the one that is made of this in the judge does so, too.
        quotes = type(error).__str__ is KeyError.__str__ and [type(part) for part in error.args] == [str]
        text = (error.args[0] if quotes else str(error))[:1000].encode(errors="replace").decode()
    except Exception:
        text = ""
    return forms.Raised(kind.__name__, text)


def _tuple(packer: Packer, value: tuple[Any, ...]) -> Value:
    items = packer.forms(tuple.__iter__(value))
    names = getattr(type(value), "_fields", None)
    if type(names) is tuple and len(names) == len(items) and all(type(name) is str for name in names):
        return forms.Named(type(value).__name__, list(names), items)
    return forms.Items("tuple", items)


def _mapping(packer: Packer, value: Mapping[Any, Any]) -> Value:
    pairs = None
    with contextlib.suppress(Exception):
        pairs = [(key, value[key]) for key in value]
    return packer.thing(value) if pairs is None else forms.Pairs("dict", packer.pairs(pairs))


def _sequence(packer: Packer, value: Sequence[Any]) -> Value:
    items = None
    with contextlib.suppress(Exception):
        items = [value[place] for place in range(len(value))]
    return packer.thing(value) if items is None else forms.Items("list", packer.forms(items))


_EXACT: dict[type, Callable[[Packer, Any], Value]] = {
    type(...): _constant("Ellipsis"),
    type(NotImplemented): _constant("NotImplemented"),
    complex: _small(forms.Complex, "real", "imag"),
    bytes: lambda packer, value: forms.Bytes(value, False),
    bytearray: lambda packer, value: forms.Bytes(bytes(value), True),
    range: _small(forms.RangeForm, "start", "stop", "step"),
    slice: _small(forms.Slice, "start", "stop", "step"),
    decimal.Decimal: lambda packer, value: forms.Exact(str(value)),
    fractions.Fraction: _small(forms.Ratio, "numerator", "denominator"),
    datetime.timedelta: _small(forms.Length, "days", "seconds", "microseconds"),
    uuid.UUID: lambda packer, value: forms.Unique(str(value)),
    array.array: lambda packer, value: forms.Machine(value.typecode, value.tobytes()),
    type: Packer.kind,
    **{getattr(datetime, kind): _moment(kind) for kind in get_args(forms.MomentKind)},
    **{kind: _items(name) for name, kind in ITEMS.items()},
    set: _members("set"),
    frozenset: _members("frozenset"),
    **{kind: _pairs(name) for name, kind in PAIRS.items()},
    collections.defaultdict: _default,
    Base: lambda packer, value: _of_base(type(value.value))(packer, value.value),
    Chunks: Packer.chunks,
    Iterating: Packer.iteration,
    **{kind: _view(name) for name, kind in _VIEWS.items()},
    **dict.fromkeys(_FUNCTIONS, Packer.function),
}
# The type as which an instance of a subclass travels: the first that fits.
_BASES: dict[type, Callable[[Packer, Any], Value]] = {
    bool: lambda packer, value: bool(value),
    int: lambda packer, value: packer.form(int.__int__(value)),
    float: lambda packer, value: float.__float__(value),
    complex: lambda packer, value: packer.form(complex(complex.__complex__(value))),
    str: lambda packer, value: str.__str__(value),
    bytes: lambda packer, value: forms.Bytes(bytes(bytes.__iter__(value)), False),
    bytearray: lambda packer, value: forms.Bytes(bytes(bytearray.__iter__(value)), True),
    list: lambda packer, value: forms.Items("list", packer.forms(list.__iter__(value))),
    tuple: _tuple,
    set: lambda packer, value: forms.Items("set", packer.unordered(set.__iter__(value))),
    frozenset: lambda packer, value: forms.Items("frozenset", packer.unordered(frozenset.__iter__(value))),
    dict: lambda packer, value: forms.Pairs("dict", packer.pairs(list(dict.items(value)))),
    BaseException: lambda packer, value: _fault(value),
    type: Packer.kind,
    **dict.fromkeys(_FUNCTIONS, Packer.function),
    **{kind: _EXACT[kind] for kind in (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)},
    **{kind: _EXACT[kind] for kind in (decimal.Decimal, fractions.Fraction, array.array, collections.deque)},
    pathlib.PosixPath: lambda packer, value: forms.Place("PosixPath", str(value)),
    pathlib.PurePosixPath: lambda packer, value: forms.Place("PurePosixPath", str(value)),
    pathlib.PureWindowsPath: lambda packer, value: forms.Place("PureWindowsPath", str(value)),
}
# The last resort, for objects that only behave like a container.
_LIKENESSES: dict[type, Callable[[Packer, Any], Value]] = {Mapping: _mapping, Sequence: _sequence}


def _of_base(kind: type) -> Callable[[Packer, Any], Value]:
    """Return what makes the form of instances of a subclass, or of a class of its own."""
    for base, make in {**_BASES, **_of_libraries("BASES"), **_LIKENESSES}.items():
        if issubclass(kind, base):
            return make
    # Of an iterator whose class is written in Python a test may ask more than for its items, and so of a file.
    is_more = any(hasattr(kind, name) for name in ("read", "readline"))
    is_more |= isinstance(getattr(kind, "__next__", None), types.FunctionType)
    return Packer.iteration if issubclass(kind, Iterator) and not is_more else Packer.thing


def is_data(kind: type) -> bool:
    """Return whether a class is a subclass of one that is data.

    >>> is_data(bool), is_data(Packer)
    (True, False)
    """
    return any(issubclass(kind, base) for base in {**_BASES, **_of_libraries("BASES")})


# The forms of what a subclass may add something to.
_BASE_FORMS = (int, float, str, forms.Whole, forms.Complex, forms.Bytes, forms.Items, forms.Named, forms.Pairs,
               forms.Array)  # fmt: skip
_OF_PYTHON = {"builtins", "collections", "collections.abc", "typing"}


def own_names(value: object) -> set[str]:
    """Return what a subclass adds to one of the types here, but for the fields of a tuple: names, items, operations."""
    bases = {**_BASES, **_of_libraries("BASES")}
    subclasses = itertools.takewhile(lambda one: one not in bases, type(value).__mro__)
    classes = [one for one in subclasses if one.__module__ not in _OF_PYTHON]
    names = {name for one in classes for name, what in vars(one).items() if not _is_of_python(what)}
    names |= set(getattr(value, "__dict__", ()) if classes else ())
    # What only behaves as a container is one.
    special = {"__getattr__", "__missing__", *(ABILITIES if is_data(type(value)) else ())}
    fields = getattr(type(value), "_fields", ())
    return {name for name in names if name in special or not name.startswith("_")} - set(fields)


def _is_of_python(method: object) -> bool:
    """Return whether it is of those that Python writes into a class, as into that of a tuple with names."""
    return isinstance(method, types.FunctionType) and method.__module__ in _OF_PYTHON


# numpy and pandas are used only where they are already imported.

_LIBRARIES = {"numpy": "arrays", "pandas": "tables"}


def _of_libraries(what: str) -> dict[type, Callable[[Packer, Any], Value]]:
    return _merged(tuple(module for name, module in _LIBRARIES.items() if name in sys.modules), what)


@functools.lru_cache
def _merged(modules: tuple[str, ...], what: str) -> dict[type, Callable[[Packer, Any], Value]]:
    found: dict[type, Callable[[Packer, Any], Value]] = {}
    for module in modules:
        found |= getattr(importlib.import_module(f"secondcar.grading.judging.{module}"), what)
    return found
