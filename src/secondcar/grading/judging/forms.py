"""The forms in which values pass between a notebook and its judge: typed messages that say what a value is.

A message holds numbers, texts, containers of them, raw buffers of listed dtypes, and numbers that stand for what stays
in the notebook. It names no class, function or module of anybody's: a form can be read, never run. A message
that does not fit a form exactly is refused before anything is made of it.

>>> decode(encode(Items("list", [1, 2.5, "text"])))
Items(kind='list', items=[1, 2.5, 'text'])
"""

from collections.abc import Iterable
from typing import Annotated, Literal, dataclass_transform

import msgspec

# A message of more bytes is neither sent nor read.
MOST_BYTES = 32_000_000
# The deepest nesting of containers.
MOST_DEEP = 100

Token = Annotated[int, msgspec.Meta(ge=0)]
Name = Annotated[str, msgspec.Meta(max_length=1000)]
Size = Annotated[int, msgspec.Meta(ge=0)]
Frequency = Annotated[str, msgspec.Meta(max_length=20, pattern=r"\A[A-Za-z0-9-]+\Z")]
Shape = Annotated[list[Size], msgspec.Meta(max_length=32)]

# Numbers and times that numpy keeps as raw memory, of which every pattern of bits is a value.
_UNIT = r"\[\d{0,6}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\]"
RawType = Annotated[
    str, msgspec.Meta(pattern=rf"\A[<>|=]?(b1|[iu][1248]|f(2|4|8|12|16)|c(8|16|24|32)|[mM]8({_UNIT})?|S\d{{1,6}})\Z")
]
Unit = Literal["s", "ms", "us", "ns"]

# fmt: off
KindName = Literal["bool", "int", "float", "complex", "str", "bytes", "list", "tuple", "set", "frozenset", "dict",
                   "range", "object", "NoneType"]
ItemsKind = Literal["list", "tuple", "set", "frozenset", "deque", "UserList", "iterator"]
PairsKind = Literal["dict", "OrderedDict", "Counter", "defaultdict", "UserDict", "ChainMap", "mappingproxy"]
IteratorKind = Literal["generator", "map", "filter", "zip", "enumerate", "reversed", "list_iterator", "other"]
ViewKind = Literal["dict_keys", "dict_values", "dict_items"]
MomentKind = Literal["date", "time", "datetime"]
ConstantName = Literal["Ellipsis", "NotImplemented", "NA", "NaT"]
OtherName = Literal["object", "U", "str", "string", "category", "boolean", "Float32", "Float64", "Int8", "Int16",
                    "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"]
# fmt: on


@dataclass_transform(frozen_default=True)  # says to a type checker that `frozen` is inherited
class Form(msgspec.Struct, array_like=True, tag=True, frozen=True, forbid_unknown_fields=True):
    """A number that JSON cannot write."""


# Numbers, texts and times of Python's own.


class Whole(Form):
    """An int of more than 64 bits."""

    hexadecimal: Annotated[str, msgspec.Meta(max_length=10_000, pattern=r"\A-?0x[0-9a-f]+\Z")]


class Complex(Form):
    real: float
    imaginary: float


class Constant(Form):
    name: ConstantName


class Bytes(Form):
    data: bytes
    changeable: bool


class RangeForm(Form):
    start: int
    stop: int
    step: int


class Slice(Form):
    start: "Value"
    stop: "Value"
    step: "Value"


class Kind(Form):
    """One of Python's own types."""

    name: KindName


class Exact(Form):
    """A Decimal."""

    text: Annotated[str, msgspec.Meta(max_length=10_000)]


class Ratio(Form):
    """A Fraction."""

    numerator: "int | Whole"
    denominator: "int | Whole"


class Moment(Form):
    """A date, a time, or both.

    Attributes:
        zone: the name of its time zone, if that has a name.
        fold: 1 in the second of two hours that clocks show alike.
    """

    kind: MomentKind
    text: Name
    zone: Name | None
    fold: Literal[0, 1]


class Length(Form):
    """A timedelta."""

    days: int
    seconds: int
    microseconds: int


class Unique(Form):
    """A UUID."""

    text: Annotated[str, msgspec.Meta(max_length=36)]


class Place(Form):
    """A path."""

    kind: Literal["PosixPath", "PurePosixPath", "PureWindowsPath"]
    text: Annotated[str, msgspec.Meta(max_length=5000)]


class Raised(Form):
    """An error: the name of the nearest class of Python's own, and the text."""

    kind: Name
    text: Annotated[str, msgspec.Meta(max_length=1000)]


# Containers of Python's own.


class Items(Form):
    kind: ItemsKind
    items: "list[Value]"


class Named(Form):
    """A namedtuple."""

    name: Name
    fields: list[Name]
    items: "list[Value]"


class Pairs(Form):
    """missing: of a defaultdict, what makes the value of a key that is not there."""

    kind: PairsKind
    pairs: "list[tuple[Value, Value]]"
    missing: "Value" = None


class View(Form):
    """What a dictionary's keys(), values() or items() return."""

    kind: ViewKind
    pairs: "list[tuple[Value, Value]]"


class Machine(Form):
    """An array.array of numbers."""

    code: Literal["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"]
    data: bytes


# numpy's.


class Array(Form):
    kind: Literal["array", "matrix", "scalar"]
    dtype: RawType
    shape: Shape
    data: bytes


class Cells(Form):
    """An array of texts or of any values."""

    kind: Literal["array", "matrix"]
    dtype: Literal["text", "object"]
    shape: Shape
    items: "list[Value]"


class Records(Form):
    """An array with named fields, or one record of it."""

    kind: Literal["array", "recarray", "void", "record"]
    shape: Shape
    names: list[Name]
    fields: "list[Value]"


class DType(Form):
    name: RawType


class OtherDType(Form):
    """A dtype of objects, of texts, or of pandas'."""

    name: OtherName


# pandas'.


class Categories(Form):
    codes: Array
    categories: "Value"
    ordered: bool


class Instants(Form):
    """Times in a time zone, counted from 1970 in UTC."""

    counts: Array
    unit: Unit
    zone: Name


class Periods(Form):
    ordinals: Array
    frequency: Frequency


class Intervals(Form):
    left: "Value"
    right: "Value"
    closed: Literal["left", "right", "both", "neither"]


class Texts(Form):
    items: list[str | None]
    dtype: Literal["str", "string"]


class Nullable(Form):
    """Numbers or truth values, some of which are missing."""

    values: Array
    missing: Array


class Masked(Nullable):
    """numpy's array of such values."""


class Column(Form):
    """A pandas array outside a table."""

    values: "Value"


class Index(Form):
    values: "Value"
    name: "Value"
    frequency: Frequency | None


class RangeIndex(Form):
    start: int
    stop: int
    step: int
    name: "Value"


class MultiIndex(Form):
    levels: "list[Value]"
    names: "list[Value]"


class Series(Form):
    index: "Value"
    name: "Value"
    values: "Value"


class Frame(Form):
    index: "Value"
    columns: "Value"
    values: "list[Value]"


class One(Form):
    """The one thing in an array of pandas': a Timestamp, Timedelta, Period or Interval."""

    values: "Value"


# What stays in the notebook.


class FunctionForm(Form):
    """installed: whether an installed library has it, be it as a method."""

    token: Token
    name: Name
    text: str | None
    installed: bool = False


class Iteration(Form):
    kind: IteratorKind
    token: Token


class Thing(Form):
    """Any other object. kind: the name of its class, for a person to read; abilities: its special methods."""

    token: Token
    kind: Name
    abilities: list[Name]


class Kin(Form):
    """An object of a subclass of one of Python's own types, to which the subclass adds something.

    Attributes:
        token, kind, abilities: as of a Thing.
        own: those of the special methods that the subclass defines.
        base: what the object is without what the subclass adds.
    """

    token: Token
    kind: Name
    abilities: list[Name]
    own: list[Name]
    base: "Value"


class Stays(Form):
    """A value that cannot leave the notebook and cannot be asked for anything."""

    kind: Name


Staying = FunctionForm | Iteration | Thing | Stays
# fmt: off
Value = (
    None | bool | int | float | str | Whole | Complex | Constant | Bytes | RangeForm | Slice | Kind | Exact | Ratio
    | Moment | Length | Unique | Place | Raised | Items | Named | Pairs | View | Machine | Array | Cells | Records
    | DType | OtherDType | Categories | Instants | Periods | Intervals | Texts | Nullable | Masked | Column | Index
    | RangeIndex | MultiIndex | Series | Frame | One | FunctionForm | Iteration | Thing | Kin | Stays
)
# fmt: on

_PLAIN = {type(None), bool, int, float, str, bytes}


def are_plain(parts: Iterable[object]) -> bool:
    """Return whether no part of a form has parts itself. Most lists hold only numbers and texts.

    >>> are_plain([1, "a"]), are_plain([[1]])
    (True, False)
    """
    return _PLAIN.issuperset(map(type, parts))


_NO_TEXT = (type(None), int, float, Whole, Complex, Constant, Array, Staying)


def may_hold_text(form: object) -> bool:
    """Return whether a form may be of a text, or of something that holds one.

    >>> may_hold_text([1, 2.5]), may_hold_text([1, ["a"]])
    (False, True)
    """
    if isinstance(form, Items):
        form = form.items
    if isinstance(form, (list, tuple)):
        return any(map(may_hold_text, form))
    return not isinstance(form, _NO_TEXT)


# Of what can be changed, the kinds of containers that a test changes, and of which a notebook may hand out its own.
_CHANGEABLE: dict[type, tuple[str | None, ...]] = {
    Items: ("list", "set", "deque"),
    Pairs: ("dict", "OrderedDict", "Counter", "defaultdict"),
    Array: ("array", "matrix"),
    Cells: ("array", "matrix"),
    Masked: (None,),
    Bytes: (None,),
    Series: (None,),
    Frame: (None,),
}


def is_changeable(form: Value) -> bool:
    """Return whether what a form stands for may be changed in place.

    >>> is_changeable(Items("list", [])), is_changeable(Items("tuple", []))
    (True, False)
    """
    kinds = _CHANGEABLE.get(type(form))
    return kinds is not None and getattr(form, "kind", None) in kinds and getattr(form, "changeable", True)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Value)


class NotPlain(Exception):
    """A value cannot travel, or a message is not a value. The text is a sentence for the teacher."""


def encode(form: Value) -> bytes:
    """Return a form as a message. Raises NotPlain if it is too large, or a text in it is not Unicode."""
    try:
        message = _encoder.encode(form)
    except (UnicodeEncodeError, OverflowError, RecursionError, MemoryError) as fault:
        raise NotPlain(f"A value cannot be written down ({type(fault).__name__}).") from None
    if len(message) > MOST_BYTES:
        raise NotPlain(f"A value is larger than {MOST_BYTES / 1e6:g} MB.")
    return message


def decode(message: bytes) -> Value:
    """Return the form in a message, whoever wrote it. Raises NotPlain if there is none."""
    if len(message) > MOST_BYTES:
        raise NotPlain(f"A value is larger than {MOST_BYTES / 1e6:g} MB.")
    try:
        form: Value = _decoder.decode(message)
    except (msgspec.MsgspecError, RecursionError, MemoryError, UnicodeDecodeError, OverflowError):
        raise NotPlain("A message is not one that a notebook sends.") from None
    return form
