"""Finds the learner's functions that depend on nothing that later cells can change.

Such a function gives the same answer at the end of the notebook as at its test, so the process that ran the notebook
can call it then. For any other function a fork of the process is kept from the test on, which costs more than most
functions do.
"""

import decimal
import dis
import functools
import locale
import os
import sys
import types
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter, is_
from typing import Any

# Modules whose functions and classes keep no state, except what `_STATEFUL` names.
_MODULES = {
    *("builtins", "collections", "datetime", "decimal", "fractions", "functools", "itertools", "json", "math"),
    *("numpy", "operator", "pandas", "re", "statistics", "string"),
}
_STATEFUL = {
    *("choice", "default_rng", "permutation", "random", "sample", "shuffle"),  # a generator of random numbers
    *("boxplot", "hist", "plot", "plotting"),  # pyplot's figures
    *("getcontext", "localcontext", "setcontext"),  # how decimal counts
    *("breakpoint", "compile", "delattr", "eval", "exec", "getattr", "globals", "input", "locals", "open", "setattr"),
    *("super", "vars"),
}
_FUNCTIONS = (type, types.FunctionType, types.BuiltinFunctionType)
_NUMPYS_FUNCTIONS = {"numpy.ufunc", "numpy._ArrayFunctionDispatcher"}
_NUMBERS = (bool, int, float, complex, Decimal, Fraction)
_UNCHANGEABLE = (*_NUMBERS, str, bytes, range, date, timedelta, type(None), type(...))
_CODE_CHANGES_STATE = {"DELETE_ATTR", "DELETE_GLOBAL", "IMPORT_NAME", "STORE_ATTR", "STORE_GLOBAL"}
# Of a function around it; inside of this, its own names are no state.
_CHANGES_CELL = {"DELETE_DEREF", "STORE_DEREF"}

_MISSING = object()
_builtins_of = attrgetter("__builtins__")  # which typeshed does not know


class NotSelfContained(Exception):
    """A function depends on something that later cells can change."""


class State:
    """What some functions depend on, as it is when this object is made.

    >>> limit = 3
    >>> def under(number):
    ...     return number < limit
    >>> state = State([under])
    >>> limit = 4
    >>> state.is_unchanged()
    False
    """

    def __init__(self, functions: Iterable[types.FunctionType]) -> None:
        """Note it. Raises NotSelfContained."""
        self._functions = list(functions)
        self._parts: list[object] = []
        seen: set[int] = set()
        try:
            self._settings = settings()
            for function in self._functions:
                _note(function, self._parts, seen)
        except Exception as fault:  # a notebook may have changed whatever is asked here
            raise NotSelfContained from fault

    def is_unchanged(self) -> bool:
        """Return whether the functions would still give the answers that they would have given then."""
        try:
            now = State(self._functions)
        except NotSelfContained:
            return False
        same = len(now._parts) == len(self._parts) and all(map(is_, now._parts, self._parts))
        return same and now._settings == self._settings


def could_remember(value: object) -> bool:
    """Return whether something that can be called could remember what it is asked, or answer with what has changed."""
    try:
        if type(value) is functools.partial:
            parts = [value.func, *value.args, *value.keywords.values()]
            return any(could_remember(part) if callable(part) else not _is_unchangeable(part) for part in parts)
        if type(value) is types.FunctionType:
            _note(value, [], set())
            return False
        return callable(value) and not _is_known(value)
    except BaseException:  # a notebook may have changed whatever is asked here
        return True


def settings(that_raise: bool = False) -> tuple[object, ...]:
    """Return the current folder and the settings of Python, pandas and numpy on which results can depend.

    that_raise: whether of what is done with warnings, and with numbers that are none, only errors count.
    """
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    return (
        os.getcwd(),
        tuple(one for one in warnings.filters if one[0] == "error" or not that_raise),
        pandas and repr(vars(pandas.options)),
        numpy and repr(numpy.get_printoptions()),
        numpy and [one for one in numpy.geterr().items() if one[1] in ("raise", "call") or not that_raise],
        repr(decimal.getcontext()),
        locale.setlocale(locale.LC_ALL),
    )


def _note(function: types.FunctionType, found: list[object], seen: set[int]) -> None:
    if id(function) in seen:
        return
    seen.add(id(function))
    defaults = function.__defaults__ or ()
    if function.__kwdefaults__ or vars(function) or not all(map(_is_unchangeable, defaults)):
        raise NotSelfContained
    found += [function, function.__code__, *defaults]
    names = sorted(_globals_of(function.__code__))
    words = sorted({word for part in _with_inner(function.__code__) for word in part.co_names})
    values = [function.__globals__.get(name, _builtins_of(function).get(name, _MISSING)) for name in names]
    # What is in the functions around it, which are over. Others in there that change it are found when they are told.
    values += [cell.cell_contents for cell in function.__closure__ or ()]
    for value in values:
        found.append(value)
        if isinstance(value, types.FunctionType) and value.__globals__ is function.__globals__:
            _note(value, found, seen)
        elif isinstance(value, types.ModuleType) and _is_known(value):
            found += (parts := list(_parts_of(value, words, set())))
            if not all(part is _MISSING or _is_unchangeable(part) or _is_known(part) for part in parts):
                raise NotSelfContained
        elif not (value is _MISSING or _is_unchangeable(value) or _is_known(value)):
            raise NotSelfContained


def _parts_of(module: types.ModuleType, words: Sequence[str], seen: set[int]) -> Iterator[object]:
    """Yield what words name in a module and in modules that they name in it: a later cell can set it."""
    seen.add(id(module))
    for word in words:
        value = vars(module).get(word, _MISSING)
        yield value
        if isinstance(value, types.ModuleType) and id(value) not in seen:
            yield from _parts_of(value, words, seen)


def _globals_of(code: types.CodeType) -> set[str]:
    """Return the names that a function looks up outside of itself. Raises NotSelfContained if it does more."""
    names = set()
    for part in _with_inner(code):
        for step in dis.get_instructions(part):
            if step.opname in _CODE_CHANGES_STATE or (step.opname in _CHANGES_CELL and step.argval in code.co_freevars):
                raise NotSelfContained
            if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                names.add(step.argval)
        if any(name in _STATEFUL or name.startswith("_") for name in part.co_names):
            raise NotSelfContained
    return names


def _with_inner(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _with_inner(constant)


def _is_unchangeable(value: Any) -> bool:
    if type(value) in (tuple, frozenset):
        return all(map(_is_unchangeable, value))
    return type(value) in _UNCHANGEABLE


def _is_known(value: Any) -> bool:
    """Return whether something is of a module that keeps no state, as that module has it: anybody can say they are."""
    if isinstance(value, types.ModuleType):
        name, path = value.__name__, []
    elif isinstance(value, _FUNCTIONS) or f"{type(value).__module__}.{type(value).__name__}" in _NUMPYS_FUNCTIONS:
        # None for a method that is bound to an object.
        name, path = value.__module__ or "", getattr(value, "__qualname__", value.__name__).split(".")
    else:
        return False
    if name.partition(".")[0] not in _MODULES or name.startswith("numpy.random"):
        return False
    held = sys.modules.get(name)
    for part in path:
        held = getattr(held, part, None)
    return held is value
