"""What the judge has in place of a learner's function or object that stays in the notebook.

Whatever is done with it is done in the notebook, and the result is a value like any other. Only the judge may compare,
so nothing that stays in the notebook is compared with data. A request that must be refused is noted: a test that fails
because of it has not been judged.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any, NoReturn, Protocol

from secondcar.grading.judging import forms
from secondcar.grading.judging.abilities import ACTING, ALWAYS, COMPARING, READING

# An iterator's items come in portions of 1, 2, 4 ... up to this many.
_LARGEST_PORTION = 1000
# The informative ones among the attributes that Python itself looks up.
_TELLING = ("__name__", "__qualname__", "__doc__", "__module__", "__bases__", "__mro__", "__len__", "__dict__")
# What a function is made of.
_CODE = ("__code__", "__closure__", "__globals__", "__builtins__", "__defaults__", "__kwdefaults__")

_MADE_OF = "what a function of the notebook is made of is not known there"
_COMPARED = "an object of the notebook cannot be compared with data there"


class Notebook(Protocol):
    """The way to the notebook. acts: whether a test may call methods of what stays there."""

    acts: bool

    def do(self, token: int, how: str, *args: Any, **kwargs: Any) -> Any:
        """Have something done with what stays there; return the result, or raise what is raised there."""

    def refuse(self, why: str, kind: str) -> NoReturn:
        """Note that a test asked for something that is not available, and of what kind of object; raise NotPlain."""

    def note(self, why: str, kind: str) -> None:
        """Note it without raising an error."""

    def withhold(self, why: str) -> None:
        """Note that a test looked for something that is not available, and perhaps does without."""


def stand_in(form: forms.Staying, notebook: Notebook) -> Any:
    """Return what stands for something that stays in the notebook."""
    if isinstance(form, forms.FunctionForm):
        return Function(form, notebook)
    if isinstance(form, forms.Iteration):
        return _items(form.token, notebook)
    if isinstance(form, forms.Thing):
        return _class_of(frozenset(form.abilities), notebook.acts)(form.token, form.kind, notebook)
    # It seems to have every ability, and refuses each.
    return _class_of(frozenset(READING), False)(None, form.kind, notebook)


def token_of(value: Any) -> int | None:
    """Return the number of what a value stands for, or None if it is a value of the judge's own."""
    found = value._token if type(value) is Function or isinstance(type(value), _Kind) else None
    return found if type(found) is int else None


class Function:
    """Stands for a function. It is one for whoever asks; what it is made of is not known."""

    __module__ = "__main__"
    _token: int
    _notebook: Notebook

    def __init__(self, form: forms.FunctionForm, notebook: Notebook) -> None:
        names = {"__name__": form.name, "__qualname__": form.name, "__doc__": form.text}
        _set(self, **names, _token=form.token, _notebook=notebook)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._notebook.do(self._token, "__call__", *args, **kwargs)

    def __apply__(self, path: str, *args: Any) -> Any:
        return self._notebook.do(self._token, "apply", path, *args)

    def __get__(self, value: object, kind: type | None = None) -> Any:
        return self if value is None else MethodType(self, value)

    @property  # type: ignore[misc]  # nobody sets this one
    def __class__(self) -> type:
        return FunctionType

    @property
    def __dict__(self) -> Any:  # type: ignore[override]  # what the notebook's own function has there
        return self.__getattr__("__dict__")

    def __copy__(self) -> "Function":
        return self

    def __getattr__(self, name: str) -> Any:
        if name in _CODE:
            self._notebook.withhold(_MADE_OF)
            raise AttributeError(name)
        return self._notebook.do(self._token, "get", name)


# As Python calls the class of functions. Its own notes for a type checker are no function's.
Function.__name__ = "function"
del Function.__annotations__


def _set(stand_in: object, **attributes: Any) -> None:
    for name, value in attributes.items():
        object.__setattr__(stand_in, name, value)


def _items(token: int, notebook: Notebook) -> Iterator[Any]:
    portion, place = 1, 0
    while items := notebook.do(token, "take", portion, place):
        yield from items
        place += portion
        portion = min(2 * portion, _LARGEST_PORTION)


class _Kind(type):
    """The class of the classes of stand-ins."""


class _StandIn(metaclass=_Kind):
    """Stands for an object."""

    _token: int | None
    _kind: str
    _notebook: Notebook

    def __init__(self, token: int | None, kind: str, notebook: Notebook) -> None:
        _set(self, _token=token, _kind=kind, _notebook=notebook)

    __doc__ = None

    @property
    def __dict__(self) -> Any:  # type: ignore[override]  # what the notebook's own object has there
        return self.__getattr__("__dict__")

    def __copy__(self) -> Any:
        return type(self)(self._token, self._kind, self._notebook)

    @property  # type: ignore[misc]  # an object's can be set; nobody sets this one
    def __class__(self) -> type:
        self._notebook.note("the class of an object of the notebook is not known there", self._kind)
        return type(self)

    def __apply__(self, path: str, *args: Any) -> Any:
        return self._do("apply", path, *args)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _TELLING:
            raise AttributeError(name)
        found = self._do("get", name)
        if type(found) is Function and not self._notebook.acts:
            self._notebook.refuse("a method of an object of the notebook cannot be called there", self._kind)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        if not self._notebook.acts:
            self._notebook.refuse("an object of the notebook cannot be changed there", self._kind)
        self._do("set", name, value)

    def _do(self, how: str, *args: Any, **kwargs: Any) -> Any:
        if self._token is None:
            self._notebook.refuse("a value cannot leave the notebook", self._kind)
        return self._notebook.do(self._token, how, *args, **kwargs)


@lru_cache(maxsize=256)
def _class_of(abilities: frozenset[str], acts: bool) -> type:
    """Return a class of stand-ins for objects with some special methods."""
    methods: dict[str, Any] = {name: _doing(name) for name in READING.keys() & abilities | set(ALWAYS)}
    # Python removes it from a class that defines how it compares.
    methods["__hash__"] = object.__hash__
    for name in ACTING.keys() & abilities:
        methods[name] = _doing(name) if acts else _refuse_work
    for name in COMPARING:
        methods[name] = _comparing(name, name in abilities) if acts else _telling_apart(name)
    return _Kind("StandIn", (_StandIn,), methods)


def _doing(name: str) -> Callable[..., Any]:
    if name == "__array__":
        # numpy hands over a dtype and whether to copy.
        return lambda self, *settings, **others: self._do(name)
    return lambda self, *args, **kwargs: self._do(name, *args, **kwargs)


def _refuse_work(self: _StandIn, *args: Any) -> NoReturn:
    self._notebook.refuse("an object of the notebook cannot be used there", self._kind)


def _comparing(name: str, defined: bool) -> Callable[[Any, Any], Any]:
    """Return what compares two objects of the notebook's as Python does it there. defined: whether by their class."""

    def compare(self: _StandIn, other: Any) -> Any:
        if not isinstance(type(other), _Kind):
            self._notebook.refuse(_COMPARED, self._kind)
        if defined:
            return self._do(name, other)
        same = self._token == other._token
        return {"__eq__": same, "__ne__": not same}.get(name, NotImplemented)

    return compare


def _telling_apart(name: str) -> Callable[[Any, Any], bool]:
    def compare(self: _StandIn, other: Any) -> bool:
        if self is other and name in ("__eq__", "__ne__"):
            return name == "__eq__"
        self._notebook.refuse(_COMPARED, self._kind)

    return compare
