"""Reading a learner's value, whatever type it has, without importing numpy or pandas."""

import contextlib
import math
import numbers
import sys
from types import CodeType
from typing import Any

from secondcar.checks.verdict import CannotRead, NotAttempted
from secondcar.counting import counted


def is_blank(value: object) -> bool:
    """Return whether a value is still the ``...`` that the notebook came with."""
    return value is ...


def code_of(function: object) -> CodeType | None:
    """Return the code of a function; None if it has none, or stands in another process.

    >>> code_of(lambda new: new / 2.5).co_varnames
    ('new',)
    """
    # A proxy counts it as a test's own question, which must not be answered by nothing.
    code = None if hasattr(function, "__apply__") else getattr(function, "__code__", None)
    return code if isinstance(code, CodeType) else None


def read_number(value: Any) -> float:
    """Read one finite number out of any type that holds one.

    Takes int, float, ``Fraction``, ``Decimal``, numpy and pandas scalars, and anything that holds just one of
    them: a one-cell Series, array, table, list or tuple.

    Raises:
        NotAttempted: the value is ``...``.
        CannotRead: it is not one finite number; the message says what it is and what to do.

    >>> from fractions import Fraction
    >>> read_number(Fraction(7600))
    7600.0
    """
    if is_blank(value):
        raise NotAttempted
    value = unwrap_single(value)
    if is_blank(value):
        raise NotAttempted
    _refuse_what_is_no_number(value)
    try:
        number = float(value)
    except OverflowError:
        # A whole number too large for a float is still a number: the largest float stands for it.
        number = sys.float_info.max if value > 0 else -sys.float_info.max
    except Exception:
        raise CannotRead(f"This is {kind_name(value)}, and I need one number.") from None
    if math.isnan(number):
        raise CannotRead('This is "not a number" (NaN): somewhere in the calculation a value is missing.')
    if math.isinf(number):
        raise CannotRead("This is infinity: somewhere in the calculation something was divided by zero.")
    return number


def read_pair(value: Any) -> tuple[float | None, float | None]:
    """Read a range as ``(low, high)``; an open end is None.

    Takes a tuple, list, set, array or Series of two, ``pandas.Interval``, and a dict with the keys low and high
    (or min and max, lower and upper, from and to). Ends in the wrong order are put in order: it is the same range.
    None is the open end of its own side.

    Raises:
        NotAttempted: the value, or an end of it, is ``...``.
        CannotRead: it is not two ends.

    >>> read_pair([19000, math.inf])
    (19000.0, None)
    """
    if is_blank(value):
        raise NotAttempted
    ends = _two_ends(value)
    if any(is_blank(end) for end in ends):
        raise NotAttempted
    low, high = _read_end(ends[0], -math.inf), _read_end(ends[1], math.inf)
    if low > high:
        low, high = high, low
    return (None if math.isinf(low) else low), (None if math.isinf(high) else high)


def unwrap_single(value: Any) -> Any:
    """Return the one thing inside a one-element container, and anything else as it is."""
    if isinstance(value, list | tuple | set | frozenset) and len(value) == 1:
        return unwrap_single(next(iter(value)))
    to_numpy = getattr(value, "to_numpy", None)  # Series, Index and DataFrame
    array = to_numpy() if callable(to_numpy) and not isinstance(value, type) else value
    is_single = getattr(array, "size", None) == 1 and hasattr(array, "item") and hasattr(array, "ndim")
    if is_single and not _is_time(array):  # numpy would turn a date into a count of nanoseconds
        return array.item()
    return value


def read_text(value: Any) -> str:
    """Read a word or a short phrase; case, outer spaces and a final full stop do not count.

    Raises:
        NotAttempted: the value is ``...``.
        CannotRead: it is not text.

    >>> read_text("  Target. ")
    'target'
    """
    if is_blank(value):
        raise NotAttempted
    value = unwrap_single(value)
    if is_blank(value):
        raise NotAttempted
    if not isinstance(value, str) and not _is_truth(value):
        raise CannotRead(f"This is {kind_name(value)}, and I need a word in quotes.")
    return as_text(value).rstrip(".")


def as_text(value: object) -> str:
    """Return what a word, or a yes-or-no value, says.

    >>> as_text(True), as_text(" Yes")
    ('yes', 'yes')
    """
    if _is_truth(value):
        return "yes" if value else "no"
    return plain(value)


# Cyrillic letters that look like Latin ones: a keyboard that was left on Cyrillic types them.
_LOOK_ALIKES = str.maketrans("АВЕЅІКМНОРСТУХаеѕіорсух", "ABESIKMHOPCTYXaesiopcyx")  # noqa: RUF001


def plain(text: object) -> str:
    """Return a text in which spaces, case, and letters that look the same make no difference.

    >>> plain(" Jan-Aug  2017")
    'jan-aug 2017'
    """
    return " ".join(str(text).translate(_LOOK_ALIKES).split()).casefold()


def describe_number(number: float) -> str:
    """Write a number as people read it: thousands separated, no needless digits.

    >>> describe_number(12666.6667), describe_number(0.5)
    ('12,666.7', '0.5')
    """
    if abs(number) >= 1e15 or 0 < abs(number) < 1e-4:
        return f"{number:.4g}"
    digits = 1 if abs(number) >= 100 else 4
    return f"{round(number, digits):,.10g}" if number != int(number) else f"{int(number):,}"


def in_unit(number: float, unit: str) -> str:
    """Write a number with its unit; after one, a unit in words stands in brackets, for most units are plurals.

    >>> in_unit(7600, "vehicles"), in_unit(1, "vehicles"), in_unit(1, "%"), in_unit(1.6, "")
    ('7,600 vehicles', '1 (vehicles)', '1 %', '1.6')
    """
    if abs(number) == 1 and unit[:1].isalpha():
        unit = f"({unit})"
    return f"{describe_number(number)} {unit}".strip()


def _refuse_what_is_no_number(value: Any) -> None:
    """Raise CannotRead for what `float` reads although it is not a number, or refuses with a poor message."""
    if value is None:
        raise CannotRead(
            "This is None, so there is no value yet. `print(...)` shows a value but does not keep it, and a function "
            "without `return` gives nothing back."
        )
    if _is_truth(value):
        raise CannotRead(f"This is {value}, a yes-or-no value, and I need a number.")
    if isinstance(value, str):
        raise CannotRead(
            f'This is text: "{value[:30]}". {_to_make_a_number(value)}, so that it is a number that can be calculated '
            "with."
        )
    if isinstance(value, tuple) and all(isinstance(part, int | float) for part in value):
        raise CannotRead(
            f"Python made {len(value)} numbers of this, {' and '.join(map(str, value[:3]))}: a comma ends one value "
            "and begins the next. Write 1500 for one thousand five hundred, and 2.5 for two and a half."
        )
    if kind_name(value).startswith("a whole "):
        raise CannotRead(
            f"This is {kind_name(value)}, and I need one number. Which of its values do you want, or their sum?"
        )
    if isinstance(value, complex) or callable(value) or _is_time(value) or not _may_be_number(value):
        raise CannotRead(f"This is {kind_name(value)}, and I need one number.")


def _to_make_a_number(text: str) -> str:
    """Return what to take away from a text, so that Python reads a number."""
    for unwanted, advice in (("", "Take the quotes away"), (", ", "Take the quotes, commas and spaces away")):
        with contextlib.suppress(ValueError):
            float(text.translate(str.maketrans("", "", unwanted)))
            return advice
    return "Leave words, units and signs out, and take the quotes away"


def _is_truth(value: object) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool", "bool_")


def _is_time(value: Any) -> bool:
    """Return whether numpy keeps a value as a date or a length of time."""
    return getattr(getattr(value, "dtype", None), "kind", None) in ("m", "M")


def _may_be_number(value: Any) -> bool:
    return isinstance(value, numbers.Number) or (hasattr(value, "__float__") and not hasattr(value, "__len__"))


def kind_name(value: Any) -> str:
    """Return in plain words what kind of thing a value is."""
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, list | tuple | set):
        return f"a collection of {counted(len(value), 'thing')}"
    if isinstance(value, bytes):
        return "text in bytes"
    if callable(value):
        return "a function"
    names = {
        "DataFrame": "a whole table",
        "Series": "a whole column",
        "ndarray": "a whole array",
        "Index": "a whole index",
        "NoneType": "None",
        "NAType": "a missing value",
        "NaTType": "a missing date",
        "int": "a number",
        "float": "a number",
        "Timedelta": "a length of time, such as a number of days",
        "timedelta": "a length of time, such as a number of days",
        "Timestamp": "a date",
        "str": "text",
        "bool": "a yes-or-no value",
    }
    name = type(value).__name__
    return names.get(name, f"of the type {name}")


def _two_ends(value: Any) -> tuple[Any, Any]:
    if hasattr(value, "left") and hasattr(value, "right"):  # pandas.Interval
        return value.left, value.right
    if isinstance(value, dict):
        lowered = {str(key).strip().casefold(): end for key, end in value.items()}
        for low, high in (("low", "high"), ("min", "max"), ("lower", "upper"), ("from", "to")):
            if set(lowered) == {low, high}:
                return lowered[low], lowered[high]
        raise CannotRead('I cannot find the two ends: give a pair, (low, high), or a dictionary with "low" and "high".')
    if getattr(value, "ndim", 1) == 2 and getattr(value, "size", 0) == 2:  # a table of two cells
        value = (value.to_numpy() if hasattr(value, "to_numpy") else value).ravel()
    if isinstance(value, str) or not hasattr(value, "__len__") or getattr(value, "ndim", 1) != 1:
        raise CannotRead(f"This is {kind_name(value)}, and I need a range: a pair, (low, high).")
    if len(value) != 2:
        raise CannotRead(f"This holds {counted(len(value), 'value')}, and a range has two ends: (low, high).")
    low, high = list(value)
    return low, high


def _read_end(end: Any, open_end: float) -> float:
    """Read one end of a range; infinity is an open end, and None is the one of its side."""
    if end is None:
        return open_end
    is_number = isinstance(end, numbers.Number)
    try:
        if is_number and math.isinf(end):
            return float(end)
    except (OverflowError, TypeError):  # a very large whole number, or a complex one
        pass
    return read_number(end)
