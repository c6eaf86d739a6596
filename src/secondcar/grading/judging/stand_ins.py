"""What the judge has in place of a learner's function or object that stays in the notebook.

Whatever is done with it is done in the notebook, and the result is a value like any other. Only the judge may compare,
so nothing that stays in the notebook is compared with data. A request that must be refused is noted: a test that fails
because of it has not been judged.
"""

import collections
import itertools
import operator
import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from types import FunctionType, GeneratorType, MethodType
from typing import Any, NoReturn, Protocol, cast

from secondcar.grading.judging import forms
from secondcar.grading.judging.abilities import ACTING, ALWAYS, COMPARING, READING, family

# An iterator's items come in portions of 1, 2, 4 ... up to this many.
_LARGEST_PORTION = 1000
# The informative ones among the attributes that Python itself looks up.
_TELLING = ("__name__", "__qualname__", "__doc__", "__module__", "__bases__", "__mro__", "__len__", "__dict__")
# What a function is made of.
_CODE = ("__code__", "__closure__", "__globals__", "__builtins__", "__defaults__", "__kwdefaults__")

_MADE_OF = "what a function of the notebook is made of is not known there"
_UNKNOWN_CLASS = "the class of an object of the notebook is not known there"
_COMPARED = "an object of the notebook cannot be compared with data there"


class Notebook(Protocol):
    """The way to the notebook.

    Attributes:
        acts: whether a test may call methods of what stays there.
        by_place: whether an object's items are those at its places, however they are asked for.
        ways_through: the ways in which a test came to the items of objects.
    """

    acts: bool
    by_place: bool
    ways_through: set[str]

    def do(self, token: int, how: str, *args: Any, **kwargs: Any) -> Any:
        """Have something done with what stays there; return the result, or raise what is raised there."""

    def refuse(self, why: str, kind: str) -> NoReturn:
        """Note that a test asked for something that is not available, and of what kind of object; raise NotPlain."""

    def note(self, why: str, kind: str) -> None:
        """Note it without raising an error."""

    def withhold(self, why: str) -> None:
        """Note that a test looked for something that is not available, and perhaps does without."""

    def work(self, what: str, kind: str) -> None:
        """Note what is done with an object, and of what kind that is. Raises NotPlain if the test may not do it."""

    def may_work(self, what: str) -> bool:
        """Return whether the test may do something with an object."""

    def hold_the_same(self, one: int, other: int) -> bool:
        """Return whether two objects are of one class and hold the same."""

    def found_equal(self, alike: bool) -> None:
        """Note that objects are said to be equal. alike: whether they held the same before."""


def stand_in(form: forms.Staying, notebook: Notebook) -> Any:
    """Return what stands for something that stays in the notebook."""
    if isinstance(form, forms.FunctionForm):
        return Function(form, notebook)
    if isinstance(form, forms.Iteration):
        items = _items(form.token, notebook)
        return items if form.kind == "generator" else Iterating(items, form.kind, notebook)
    if isinstance(form, forms.Thing):
        return _class_of(frozenset(form.abilities), notebook.acts)(form.token, form.kind, notebook)
    # It seems to have every ability, and refuses each.
    return _class_of(frozenset(READING), False)(None, form.kind, notebook)


def of_kin(thing: Any, base: Any, own: Sequence[str]) -> Any:
    """Return what stands for an object of a subclass: its base's data, and the notebook for what the subclass adds.

    Where a test may call methods, what they can change stays in the notebook as a whole; so does what has a way of its
    own to its items. thing: stands for the object alone. base: its data. own: the special methods that the subclass
    defines.
    """
    if not isinstance(type(thing), _Kind):
        return thing
    is_array = type(base).__module__ == "numpy"
    goes_own_way = isinstance(base, _CHANGEABLE) and not _WAYS_THROUGH.isdisjoint(own)
    if goes_own_way or (thing._notebook.acts and (is_array or isinstance(base, _CHANGEABLE))):
        _set(thing, _base=type(base))
        return thing
    if is_array:
        return base
    does = frozenset((_DOING if thing._notebook.acts else {"__call__"}).intersection(own))
    kind = _kin_class(cast(Hashable, type(base)), does)  # as every class is
    found = tuple.__new__(kind, base) if isinstance(base, tuple) else kind(base)
    vars(found).update(_thing=thing, _token=thing._token)
    return found


_CHANGEABLE = (list, dict, set, collections.deque, collections.UserList)


def token_of(value: Any) -> int | None:
    """Return the number of what a value stands for, or None if it is a value of the judge's own."""
    found = value._token if type(value) is Function or isinstance(type(value), _Kind) else None
    return found if type(found) is int else None


class Function:
    """Stands for a function. It is one for whoever asks; what it is made of is not known."""

    __module__ = "__main__"
    _token: int
    _notebook: Notebook
    # Whether an installed library has it.
    _installed: bool

    def __init__(self, form: forms.FunctionForm, notebook: Notebook) -> None:
        names = {"__name__": form.name, "__qualname__": form.name, "__doc__": form.text}
        _set(self, **names, _token=form.token, _notebook=notebook, _installed=form.installed)

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


ITERATORS: dict[forms.IteratorKind, type] = {
    "generator": GeneratorType, "map": map, "filter": filter, "zip": zip, "enumerate": enumerate, "reversed": reversed,
    "list_iterator": type(iter([])),
}  # fmt: skip


class Iterating(Iterator[Any]):
    """Stands for an iterator that is not a generator."""

    def __init__(self, items: Iterator[Any], kind: forms.IteratorKind, notebook: Notebook) -> None:
        self._items, self._of, self._notebook = items, kind, notebook

    def __next__(self) -> Any:
        return next(self._items)

    @property  # type: ignore[misc]  # nobody sets this one
    def __class__(self) -> type:
        if self._of not in ITERATORS:
            self._notebook.note(_UNKNOWN_CLASS, "iterator")
        return ITERATORS.get(self._of, Iterating)


class _Kind(type):
    """The class of the classes of stand-ins."""


class _StandIn(metaclass=_Kind):
    """Stands for an object."""

    _token: int | None
    _kind: str
    _notebook: Notebook
    # The type of which it is a subclass's, if its data may be compared.
    _base: type | None = None

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
        if self._base is not None:
            return self._base
        self._notebook.note(_UNKNOWN_CLASS, self._kind)
        return type(self)

    def __apply__(self, path: str, *args: Any) -> Any:
        return self._do("apply", path, *args)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _TELLING:
            raise AttributeError(name)
        found = self._do("get", name)
        if token_of(found) is not None and callable(found):
            if not self._notebook.acts:
                self._notebook.refuse("a method of an object of the notebook cannot be called there", self._kind)
            # A line may have points that a test takes from the solution's scatter by another method of the library.
            if not (type(found) is Function and found._installed):
                self._notebook.work(f".{name}", self._kind)
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
    if not acts:
        methods |= _as_one_number(abilities)
    if "__iter__" in abilities:
        methods |= {name: _way_through(name, abilities) for name in _WAYS_THROUGH & abilities}
    # Python removes it from a class that defines how it compares.
    methods["__hash__"] = object.__hash__
    for name in ACTING.keys() & abilities:
        methods[name] = _acting(name) if acts else _refuse_work
    for name in COMPARING:
        methods[name] = _comparing(name, name in abilities) if acts else _telling_apart(name)
    return _Kind("StandIn", (_StandIn,), methods)


# What an object of a subclass does as the subclass says, and not as its base: an object must not be other data.
_DOING = {"__call__", "__repr__", "__str__", *ACTING, *COMPARING}


@lru_cache(maxsize=256)
def _kin_class(base: type, own: frozenset[str]) -> type:
    methods: dict[str, Any] = {"__getattr__": lambda self, name: getattr(vars(self).get("_thing"), name)}
    if issubclass(base, dict):
        methods["__missing__"] = lambda self, key: vars(self)["_thing"][key]
    methods |= {name: _doing_as_subclass(name, base) for name in own}
    # Python removes it from a class that defines how it compares.
    return _Kind(base.__name__, (base,), {**methods, "__hash__": base.__hash__})


def _doing_as_subclass(name: str, base: type) -> Callable[..., Any]:
    """Return what does something as the subclass says; as its base, where the test may not ask for that."""
    as_base = next((vars(one)[name] for one in base.__mro__ if name in vars(one)), None)

    def do(self: Any, *others: Any, **named: Any) -> Any:
        thing, work = vars(self)["_thing"], family(name)
        may_ask = work is None or thing._notebook.may_work(work)
        # A comparison with data is one of data.
        may_ask &= name not in COMPARING or all(isinstance(type(other), _Kind) for other in others)
        if may_ask or as_base is None:
            return getattr(type(thing), name)(thing, *others, **named)
        return as_base(self, *others)

    return do


def _as_one_number(abilities: frozenset[str]) -> dict[str, Any]:
    """Return methods that make each kind of number of the same one: an object must not be two numbers."""
    first = next((name for name in ("__index__", "__float__", "__int__") if name in abilities), None)
    kinds = {"__float__": float, "__int__": int, "__complex__": complex}
    others = {name: kind for name, kind in kinds.items() if name in abilities and name != first}
    return {name: lambda self, kind=kind: kind(self._do(first)) for name, kind in others.items()}


def _doing(name: str) -> Callable[..., Any]:
    if name == "__next__":
        return _next_of
    if name == "__array__":
        # numpy hands over a dtype and whether to copy.
        return lambda self, *settings, **others: self._do(name)
    return lambda self, *args, **kwargs: self._do(name, *args, **kwargs)


# With a copy of its data these would change nothing of the object.
_CHANGING = {"__setitem__", "__delitem__", "__enter__", "__exit__"}


def _acting(name: str) -> Callable[..., Any]:
    """Return what has an object do something; with its data, if it is some, where the solution's is but data."""
    work, do = cast(str, family(name)), _doing(name)

    def act(self: _StandIn, *others: Any) -> Any:
        if self._base is None or name in _CHANGING or self._notebook.may_work(work):
            return do(self, *others)
        return ACTING[name](self._do("base"), *others)

    return act


def _next_of(self: _StandIn) -> Any:
    for item in self._do("__next__"):
        return item
    raise StopIteration


_WAYS_THROUGH = {"__iter__", "__getitem__", "__len__", "__array__"}


def _way_through(name: str, abilities: frozenset[str]) -> Callable[..., Any]:
    do = _doing(name)
    found = {
        "__iter__": iter,
        "__len__": lambda items: sum(1 for _ in items),
        "__array__": lambda items: sys.modules["numpy"].asarray(list(items)),
    }

    def way(self: _StandIn, *args: Any, **others: Any) -> Any:
        # What is asked for in another way has no place.
        if name != "__getitem__" or isinstance(args[0], (int, slice)):
            self._notebook.ways_through.add(name)
        if self._notebook.by_place and name in found:
            return found[name](_by_place(self, abilities))
        return do(self, *args, **others)

    return way


def _by_place(self: _StandIn, abilities: frozenset[str]) -> Iterator[Any]:
    """Yield the items at the places of an object; if it has no places, what it yields itself."""
    has_places = "__getitem__" in self._notebook.ways_through
    places = range(self._do("__len__")) if "__len__" in abilities else itertools.count()
    for place in places if has_places else ():
        try:
            item = self._do("__getitem__", place)
        except IndexError:
            return
        except (KeyError, TypeError):
            if place:
                raise
            break
        yield item
    else:
        if has_places:
            return
    yield from self._do("__iter__")


def _refuse_work(self: _StandIn, *args: Any) -> NoReturn:
    self._notebook.refuse("an object of the notebook cannot be used there", self._kind)


# What comparisons say of equal objects.
_WHEN_EQUAL = {"__eq__": True, "__ne__": False}


def _comparing(name: str, defined: bool) -> Callable[[Any, Any], Any]:
    """Return what compares two objects of the notebook's as Python does it there. defined: whether by their class."""

    def compare(self: _StandIn, other: Any) -> Any:
        if not isinstance(type(other), _Kind):
            return _compared(self, name, other)
        if defined:
            tokens = token_of(self), token_of(other)
            may_differ = name in _WHEN_EQUAL and None not in tokens and len({*tokens}) > 1
            # A comparison may change what it compares.
            alike = not may_differ or self._notebook.hold_the_same(*cast(tuple[int, int], tokens))
            said = self._do(name, other)
            if may_differ and said is _WHEN_EQUAL[name]:
                self._notebook.found_equal(alike)
            return said
        same = self._token == other._token
        return {"__eq__": same, "__ne__": not same}.get(name, NotImplemented)

    return compare


def _compared(one: _StandIn, name: str, other: Any) -> bool:
    """Compare an object's data, if it is some, with data: here, as data."""
    if one._base is None:
        one._notebook.refuse(_COMPARED, one._kind)
    return bool(getattr(operator, name)(one._do("base"), other))


def _telling_apart(name: str) -> Callable[[Any, Any], bool]:
    def compare(self: _StandIn, other: Any) -> bool:
        if self is other and name in ("__eq__", "__ne__"):
            return name == "__eq__"
        return _compared(self, name, other)

    return compare
