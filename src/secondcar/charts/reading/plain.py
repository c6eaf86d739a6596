"""Readings as plain data, for charts that stay in another process."""

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

R = TypeVar("R")


def rebuild(kind: type[R], plain: Any) -> R:
    """Return a record of a kind from what `dataclasses.asdict` made of it, whoever sent that.

    Raises:
        TypeError: it is not a record of that kind.

    >>> from dataclasses import asdict
    >>> from secondcar.charts.reading.records import Guide
    >>> rebuild(Guide, asdict(Guide(1.0, 2.0, True, "target", "dashed")))
    Guide(low=1.0, high=2.0, on_values=True, label='target', dashes='dashed')
    """
    found: R = _rebuilt(kind, plain)
    return found


def _rebuilt(kind: Any, plain: Any) -> Any:
    if is_dataclass(kind) and isinstance(plain, dict):
        kinds = get_type_hints(kind)
        if plain.keys() == {field.name for field in fields(kind)}:
            make: Any = kind  # a class, though `is_dataclass` is true of its instances, too
            return make(**{name: _rebuilt(kinds[name], value) for name, value in plain.items()})
    elif get_origin(kind) is tuple and isinstance(plain, tuple | list):
        inner = get_args(kind)
        inner = inner[:1] * len(plain) if inner[1:] == (...,) else inner
        return tuple(_rebuilt(one, value) for one, value in zip(inner, plain, strict=True))
    elif isinstance(kind, UnionType):
        return _rebuilt(next((one for one in get_args(kind) if _fits(one, plain)), NoneType), plain)
    elif _fits(kind, plain):
        return plain
    raise TypeError(f"{plain!r:.60} is not {kind}.")


def _fits(kind: Any, plain: Any) -> bool:
    """Return whether a value may be of a kind, at first sight."""
    if is_dataclass(kind):
        return isinstance(plain, dict)
    if get_origin(kind) is tuple:
        return isinstance(plain, tuple | list)
    return isinstance(plain, int | float if kind is float else kind)
