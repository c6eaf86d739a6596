"""What the judge may do with an object that stays in the notebook, by the names of Python's special methods.

Reading is what every test may do. Acting is for tests of classes that learners write: there the methods are the answer.
What an object says of itself is data, and the judge compares data; an object is never asked whether it equals data.
"""

import operator
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any


def _call(called: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return called(*args, **kwargs)


def _array(value: Any) -> Any:
    return sys.modules["numpy"].asarray(value)


def _next(value: Any) -> list[Any]:
    """Return the next item, alone in a list; an empty list if there is none."""
    try:
        return [next(value)]
    except StopIteration:
        return []


def _reflected(of: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda value, other: of(other, value)


READING: dict[str, Callable[..., Any]] = {
    "__array__": _array,
    "__bool__": bool,
    "__call__": _call,
    "__complex__": complex,
    "__dir__": dir,
    "__float__": float,
    "__getitem__": operator.getitem,
    "__index__": operator.index,
    "__instancecheck__": lambda kind, value: isinstance(value, kind),
    "__int__": int,
    "__iter__": iter,
    "__len__": len,
    "__next__": _next,
    "__repr__": repr,
    "__str__": str,
    "__subclasscheck__": lambda kind, other: issubclass(other, kind),
}
_SIGNS = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor")
ACTING: dict[str, Callable[..., Any]] = {
    "__contains__": operator.contains,
    "__delitem__": operator.delitem,
    "__enter__": lambda value: value.__enter__(),
    "__exit__": lambda value, *error: value.__exit__(None, None, None),
    "__setitem__": operator.setitem,
    **{f"__{sign}__": getattr(operator, f"__{sign}__") for sign in (*_SIGNS, "neg", "abs", "invert")},
    **{f"__r{sign}__": _reflected(getattr(operator, f"__{sign}__")) for sign in _SIGNS},
}
# An object may be compared with another one that stays there, never with data.
COMPARING: dict[str, Callable[..., Any]] = {
    f"__{sign}__": getattr(operator, sign) for sign in ("eq", "ne", "lt", "le", "gt", "ge")
}
ALWAYS = ("__dir__", "__repr__", "__str__")
# Where a class does not define it, Python, or numpy, derives it from the other.
_FOLLOWS_FROM = {"__ne__": "__eq__", "__array__": "__array_interface__"}
ABILITIES = {**READING, **ACTING, **COMPARING}


def family(how: str) -> str | None:
    """Return the name of an operation, whichever of its two objects is asked; None if the object is only read.

    >>> family("__rsub__"), family("__gt__"), family("__len__")
    ('sub', 'order', None)
    """
    if how in ("__eq__", "__ne__"):
        return "equal"
    if how in COMPARING:
        return "order"
    name = how.strip("_")
    return name.removeprefix("r") if name[1:] in _SIGNS else name if how in ACTING else None


@lru_cache
def abilities_of(kind: type) -> list[str]:
    """Return which of the special methods above the instances of a class have."""
    return [name for name in ABILITIES if name in ALWAYS or _defines(kind, name, _FOLLOWS_FROM.get(name, name))]


def _defines(kind: type, *names: str) -> bool:
    return any(vars(base).get(name) is not None for base in kind.__mro__ if base is not object for name in names)
