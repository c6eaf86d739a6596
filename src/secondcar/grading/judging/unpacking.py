"""Makes the value of a message, whoever wrote it, only with what is named here and only of what fits its form.

Whatever a message brings from a notebook is data. What stays in the notebook becomes what the reader of the message
makes of its form: a stand-in in the judge, the object that was handed back in the notebook itself.
"""

import array
import builtins
import collections
import contextlib
import datetime
import decimal
import fractions
import importlib
import math
import pathlib
import uuid
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

import msgspec

from secondcar.grading.judging import forms
from secondcar.grading.judging.forms import NotPlain, Staying, Value
from secondcar.grading.judging.garbling import NARROW
from secondcar.grading.judging.labels import labels_in
from secondcar.grading.judging.packing import ITEMS, KINDS, PAIRS
from secondcar.grading.judging.stand_ins import of_kin


def refuse(form: Staying) -> Any:
    """Stand in for `stand_in` where nothing may stay behind. Raises NotPlain."""
    raise NotPlain("A value stays in the notebook.")


def unpack(
    message: bytes,
    stand_in: Callable[[Staying], Any] = refuse,
    made: Callable[[Value, Any], Any] | None = None,
    named: Callable[[str, tuple[str, ...]], type[tuple[Any, ...]] | None] = lambda name, fields: None,
) -> Any:
    """Return the value of a message.

    Args:
        message: as `pack` makes it.
        stand_in: returns what stands for something that stays in the notebook.
        made: called with the form of each container that may be changed, and with what was made of it, in the order of
            `pack`; returns what is to be there.
        named: returns the class that is known here of tuples with some names, if there is one.

    Raises NotPlain, and nothing else, if the message is not one that `pack` made.
    """
    builder = _Builder(stand_in, made, named)
    try:
        return builder.build(forms.decode(message))
    except NotPlain:
        raise
    except Exception as fault:
        raise NotPlain(f"A message is not a value ({type(fault).__name__}).") from None


def blind_spots(message: bytes) -> set[str]:
    """Return what a message holds because of which a test may compare nothing with it.

    =======  ===========================================================================================
    missing  values that are missing, no number or infinite: comparisons skip them, or say the same whatever is asked
    empty    a container, a table or a text with nothing in it, over which loops and comparisons of arrays pass; or the
             error that ends a loop over what has no more items
    plain    followed by what comparisons follow in place of values: the order of categories, narrow numbers
    labels   a column with labels of its own: it meets another one only where they have labels in common
    places   a column whose labels count its rows; this one hides nothing
    columns  followed by what they are called: the columns of a table, which meet those of another as labels do
    rows     likewise the rows of a table or a column, if they are called by words
    kind     followed by what kind of value it is: a test may have nothing to say of another kind
    =======  ===========================================================================================
    """
    try:
        form = forms.decode(message)
        return {*_blind_spots(form), *_kinds(form)}
    except NotPlain:
        return set()


KIND, MISSING, PLAIN = "kind ", "missing", "plain "
TRUTH = f"{KIND}b of "
_TABLE, _NOTHING = f"{KIND}table ", f"{KIND}nothing"


def other_kinds(spots: Iterable[str], solution: Iterable[str]) -> set[str]:
    """Return the questions whose answers are of another kind than the solution's. spots: each with its question.

    To a question that the solution was not asked, an answer may be of any kind that its others are of.
    Where the solution has nothing, a test asks for nothing. A table may stand in place of other things that are called
    by names: garbling leaves the names, which may be all that a test looks at.
    """
    known: dict[str, set[str]] = {}
    for kind, _, asked in (one.rpartition(" of ") for one in solution):
        known.setdefault(asked, set()).add(kind)
    found = set()
    for kind, _, asked in (one.rpartition(" of ") for one in spots if one.startswith(KIND)):
        told = known.get(asked) or set().union(*known.values())
        comparable = not kind.startswith(_TABLE) or any(one.startswith(_TABLE) for one in told)
        if kind not in told and _NOTHING not in told and comparable:
            found.add(asked)
    return found


def other_missing(spots: Iterable[str], solution: Iterable[str]) -> set[str]:
    """Return the questions whose answers lack values where the solution's do not. spots: each with its question.

    To a question that the solution was not asked, as to a call with other data, an answer may lack some if others may.
    """
    solution = set(solution)
    lack, asked = (asked_about(one for one in solution if one.startswith(kind)) for kind in (MISSING, KIND))
    calls_may = any(not one.startswith("ask ") for one in lack)
    found = asked_about(one for one in spots if one.startswith(MISSING)) - lack
    return {one for one in found if one in asked or one.startswith("ask ") or not calls_may}


def asked_about(spots: Iterable[str]) -> set[str]:
    """Return the questions that spots are of."""
    return {one.rpartition(" of ")[2] for one in spots}


def _kinds(form: object) -> Iterator[str]:
    """Yield the kind of a value, coarsely; none if garbling leaves what may be all that a test looks at: its keys."""
    if form is None:
        yield _NOTHING
    elif isinstance(form, (forms.Series, forms.Frame)):
        values = form.values if isinstance(form, forms.Frame) else [form.values]
        yield from {f"{_TABLE}{_family(one)}" for one in values}
    elif isinstance(form, forms.Array) and form.kind == "scalar":
        # numpy's float64 is a float; no other kind of its numbers is one of Python's.
        yield f"{KIND}{_NUMBER if form.dtype[1:] == 'f8' else f'scalar {form.dtype[1]}'}"
    elif isinstance(form, (forms.Array, forms.Cells)):
        yield f"{KIND}{form.kind} {_family(form)}"
    elif isinstance(form, forms.Masked):
        yield from _kinds(form.values)
    elif isinstance(form, _CONTAINERS):
        yield f"{KIND}{type(form).__name__} {getattr(form, 'kind', '')}"
    elif isinstance(form, _SINGLE) or not isinstance(form, forms.Form):
        yield f"{KIND}{_family(form)}"


_CONTAINERS = (forms.Items, forms.Named, forms.RangeForm)
_SINGLE = (forms.Whole, forms.Complex, forms.Exact, forms.Ratio, forms.Moment, forms.Length, forms.Bytes, forms.One)
_NUMBER = "number"


def _family(form: Any) -> str:
    if isinstance(form, forms.Array):
        return _NUMBER if form.dtype[1] in "iuf" else form.dtype[1]
    if isinstance(form, forms.Nullable):
        return _family(form.values)
    if isinstance(form, forms.Categories):
        return _family(getattr(form.categories, "values", None))
    if isinstance(form, (forms.Cells, forms.Texts)):
        families = {_family(one) for one in form.items if one is not None}
        return families.pop() if len(families) == 1 else "mixed"
    if isinstance(form, bool):
        return "b"
    if isinstance(form, (int, float, forms.Whole)):
        return _NUMBER
    return type(form).__name__


def _blind_spots(form: object) -> Iterator[str]:
    if _misses_some(form):
        yield MISSING
    if _is_empty(form):
        yield "empty"
    if isinstance(form, forms.Categories):
        yield from (f"{PLAIN}categories", *[f"{PLAIN}ordered"] * form.ordered)
    if isinstance(form, forms.Array) and form.dtype[1:] in NARROW:
        yield f"{PLAIN}{form.dtype}"
    if isinstance(form, (forms.Series, forms.Frame)):
        index = form.index
        counts_rows = isinstance(index, forms.RangeIndex) and (index.start, index.step) == (0, 1)
        yield "places" if counts_rows else "labels"
        yield from labels_in(form)
    if isinstance(form, forms.MultiIndex):
        # Levels may have no names.
        form = form.levels
    if isinstance(form, forms.Categories):
        # Its codes are not its values.
        form = [form.categories]
    parts = msgspec.structs.astuple(form) if isinstance(form, forms.Form) else form
    if isinstance(parts, (list, tuple)) and not forms.are_plain(parts):
        for part in parts:
            yield from _blind_spots(part)


def unpack_error(message: bytes) -> Exception:
    """Return the error in a message. One that would end a test silently comes as RuntimeError. Raises NotPlain."""
    fault = forms.decode(message)
    if not isinstance(fault, forms.Raised):
        raise NotPlain("A message is not an error.")
    return _fault(fault)


def _misses_some(form: object) -> bool:
    if isinstance(form, forms.Array):
        return bool(importlib.import_module("secondcar.grading.judging.arrays").has_missing(form))
    if isinstance(form, forms.Nullable):
        return any(form.missing.data)
    if isinstance(form, forms.Texts):
        return None in form.items
    if isinstance(form, forms.Exact):
        return not decimal.Decimal(form.text).is_finite()
    if isinstance(form, forms.Constant):
        return form.name in ("NA", "NaT")
    if isinstance(form, (list, tuple)):
        # Among others, pandas takes None for missing.
        return not _NEVER_MISSING.issuperset(map(type, form)) and any(one is None or _is_no_number(one) for one in form)
    numbers = (form.real, form.imaginary) if isinstance(form, forms.Complex) else (form,)
    return any(map(_is_no_number, numbers))


_NEVER_MISSING = {bool, int, str, bytes}


def _is_no_number(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _is_empty(form: object) -> bool:
    if isinstance(form, (forms.Array, forms.Cells, forms.Records)):
        return 0 in form.shape
    if isinstance(form, (forms.RangeForm, forms.RangeIndex)):
        return (form.stop - form.start) * form.step <= 0
    if isinstance(form, (forms.Items, forms.Texts)):
        return not form.items
    if isinstance(form, (forms.Pairs, forms.View)):
        return not form.pairs
    if isinstance(form, (forms.Machine, forms.Bytes)):
        return not form.data
    if isinstance(form, forms.Raised):
        return form.kind == "IndexError"
    return form == "" or (isinstance(form, list) and "" in form)


# Errors that end a loop, and so a test, silently. Python does the same for generators (PEP 479).
_ENDINGS = (StopIteration, StopAsyncIteration)


def _fault(form: forms.Raised) -> Exception:
    kind = getattr(builtins, form.kind, None)
    if isinstance(kind, type) and issubclass(kind, Exception) and kind not in _ENDINGS:
        # Some are made of more than a text.
        for make in (kind, partial(kind.__new__, kind)):
            with contextlib.suppress(TypeError):
                return make(form.text)
    return RuntimeError(f"{form.kind}: {form.text}")


class _Builder:
    def __init__(
        self,
        stand_in: Callable[[Staying], Any],
        made: Callable[[Value, Any], Any] | None,
        named: Callable[[str, tuple[str, ...]], type[tuple[Any, ...]] | None],
    ) -> None:
        self._stand_in, self._made, self._known = stand_in, made, named

    def build(self, form: Value) -> Any:
        if not isinstance(form, forms.Form):
            return form
        found = _MAKERS[type(form)](self, form)
        return self._made(form, found) if self._made and forms.is_changeable(form) else found

    def part(self, form: Value) -> Any:
        """Return what a form stands for that is only a part of a value, such as the numbers in a column."""
        return _MAKERS[type(form)](self, form) if isinstance(form, forms.Form) else form

    def all(self, found: list[Value]) -> list[Any]:
        return [self.build(form) for form in found]

    def pairs(self, found: list[tuple[Value, Value]]) -> list[tuple[Any, Any]]:
        return [(self.build(key), self.build(value)) for key, value in found]

    def stand_in(self, form: Staying) -> Any:
        return self._stand_in(form)

    def named(self, name: str, fields: tuple[str, ...], items: list[Any]) -> tuple[Any, ...]:
        """Return a tuple with names."""
        return tuple.__new__(self._known(name, fields) or _namedtuple(name, fields), items)


def _constant(builder: _Builder, form: forms.Constant) -> Any:
    if form.name in ("NA", "NaT"):
        return getattr(importlib.import_module("pandas"), form.name)
    return getattr(builtins, form.name)


def _kind(builder: _Builder, form: forms.Kind) -> type:
    return KINDS[form.name]


def _moment(builder: _Builder, form: forms.Moment) -> Any:
    found = getattr(datetime, form.kind).fromisoformat(form.text)
    if form.fold:
        found = found.replace(fold=1)
    if form.zone is None:
        return found
    if form.zone not in zoneinfo.available_timezones():
        raise NotPlain("A time zone is not valid.")
    return found.replace(tzinfo=zoneinfo.ZoneInfo(form.zone))


def _place(builder: _Builder, form: forms.Place) -> pathlib.PurePath:
    found: pathlib.PurePath = getattr(pathlib, form.kind)(form.text)
    return found


def _items(builder: _Builder, form: forms.Items) -> Any:
    found = builder.all(form.items)
    return iter(found) if form.kind == "iterator" else ITEMS[form.kind](found)


def _named(builder: _Builder, form: forms.Named) -> tuple[Any, ...]:
    if any(name in _METHODS and isinstance(item, Staying) for name, item in zip(form.fields, form.items, strict=False)):
        raise NotPlain("A tuple has a method of the notebook's in place of its own.")
    return builder.named(form.name, tuple(form.fields), builder.all(form.items))


_METHODS = set(dir(tuple))


@lru_cache
def _namedtuple(name: str, fields: tuple[str, ...]) -> type[tuple[Any, ...]]:
    return collections.namedtuple(name, fields)


def _pairs(builder: _Builder, form: forms.Pairs) -> Any:
    found = dict(builder.pairs(form.pairs))
    if form.kind == "defaultdict":
        return collections.defaultdict(builder.build(form.missing), found)
    return PAIRS[form.kind](found)


def _kin(builder: _Builder, form: forms.Kin) -> Any:
    thing = builder.stand_in(forms.Thing(form.token, form.kind, form.abilities))
    return of_kin(thing, builder.part(form.base), form.own)


def _view(builder: _Builder, form: forms.View) -> Any:
    return getattr(dict(builder.pairs(form.pairs)), form.kind.removeprefix("dict_"))()


def _machine(builder: _Builder, form: forms.Machine) -> "array.array[Any]":
    found: array.array[Any] = array.array(form.code)
    found.frombytes(form.data)
    return found


def _whole(builder: _Builder, form: forms.Whole) -> int:
    return int(form.hexadecimal, 16)


def _bytes(builder: _Builder, form: forms.Bytes) -> bytes | bytearray:
    return bytearray(form.data) if form.changeable else form.data


def _of_arrays(name: str, *parts: str) -> Callable[[_Builder, Any], Any]:
    """Return a maker of numpy objects. parts: the attributes of the form that are lists of forms."""

    def make(builder: _Builder, form: Any) -> Any:
        module = importlib.import_module("secondcar.grading.judging.arrays")
        return getattr(module, name)(form, *(builder.all(getattr(form, part)) for part in parts))

    return make


def _of_tables(name: str) -> Callable[[_Builder, Any], Any]:
    """Return a maker of pandas objects."""

    def make(builder: _Builder, form: Any) -> Any:
        return getattr(importlib.import_module("secondcar.grading.judging.tables"), name)(form, builder.part)

    return make


def _made(make: Callable[..., Any], *names: str) -> Callable[[_Builder, Any], Any]:
    """Return a maker that hands the parts of a form to a function."""
    return lambda builder, form: make(*(builder.build(getattr(form, name)) for name in names))


_MAKERS: dict[type, Callable[[_Builder, Any], Any]] = {
    forms.Whole: _whole,
    forms.Complex: _made(complex, "real", "imaginary"),
    forms.Constant: _constant,
    forms.Bytes: _bytes,
    forms.RangeForm: _made(range, "start", "stop", "step"),
    forms.Slice: _made(slice, "start", "stop", "step"),
    forms.Kind: _kind,
    forms.Exact: _made(decimal.Decimal, "text"),
    forms.Ratio: _made(fractions.Fraction, "numerator", "denominator"),
    forms.Moment: _moment,
    forms.Length: _made(datetime.timedelta, "days", "seconds", "microseconds"),
    forms.Unique: _made(uuid.UUID, "text"),
    forms.Place: _place,
    forms.Raised: lambda builder, form: _fault(form),
    forms.Items: _items,
    forms.Named: _named,
    forms.Pairs: _pairs,
    forms.Kin: _kin,
    forms.View: _view,
    forms.Machine: _machine,
    forms.Array: _of_arrays("array"),
    forms.Cells: _of_arrays("cells", "items"),
    forms.Records: _of_arrays("records", "fields"),
    forms.Masked: _of_arrays("masked"),
    forms.DType: _of_arrays("dtype"),
    forms.OtherDType: _of_tables("dtype"),
    forms.Column: _of_tables("column"),
    forms.Index: _of_tables("index"),
    forms.RangeIndex: _of_tables("range_index"),
    forms.MultiIndex: _of_tables("multi_index"),
    forms.Series: _of_tables("series"),
    forms.Frame: _of_tables("frame"),
    forms.One: _of_tables("one"),
    **dict.fromkeys((forms.FunctionForm, forms.Iteration, forms.Thing, forms.Stays), _Builder.stand_in),
}
