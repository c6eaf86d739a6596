"""Writes numbers and texts for readers."""

import math
from collections.abc import Sequence

_LARGE = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
# More texts than this make no sentence.
_MOST_LISTED = 8


def one_line(text: str) -> str:
    """Labels are often broken into lines to fit; what is said about them must not be.

    >>> one_line("of the citizens\\n  of a country")
    'of the citizens of a country'
    """
    return " ".join(text.split())


def say_number(value: float) -> str:
    """Write a number for a reader: three digits, or more where it is a whole number.

    >>> say_number(19000), say_number(120e9), say_number(0.3333), say_number(-36.04)
    ('19,000', '120 billion', '0.333', '-36')
    """
    if abs(value) >= 1e16:
        return f"{value / 1e12:,.0f} trillion"
    for word, factor in _LARGE:
        if abs(value) >= factor:
            return f"{value / factor:.4g} {word}"
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def say_times(ratio: float) -> str:
    """Say how many times as large something is.

    >>> say_times(1.6), say_times(1e3), say_times(1e-9)
    ('1.6 times', 'a thousand times', 'one billionth')
    """
    for number, word in ((1e3, "thousand"), (1e6, "million"), (1e9, "billion")):
        if math.isclose(ratio, number):
            return f"a {word} times"
        if math.isclose(ratio, 1 / number):
            return f"one {word}th"
    if 0 < abs(ratio) < 0.01:
        return f"one {1 / ratio:,.0f}th"
    return f"{ratio:,.0f} times" if abs(ratio) >= 1000 else f"{ratio:.3g} times"


def say_list(texts: Sequence[str]) -> str:
    """Write a list for a reader, the first seven of a long one.

    >>> say_list(["2016", "2018", "2017"])
    '2016, 2018, 2017'
    """
    return ", ".join(texts if len(texts) <= _MOST_LISTED else [*texts[: _MOST_LISTED - 1], "..."])
