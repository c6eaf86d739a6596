"""The unit that the label of an axis names: what is counted or measured, its factor, and per what."""

import re
from dataclasses import dataclass

from secondcar.charts.language.wording import factor_in, plain, unit_in, without_source

_PER = re.compile(
    r"\b(?:per|a|an|each|every|/)\s+((?:1|10|100|1000|million)\b[\d,]*\s*)?(?!cent)([^\W\d_]+)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Unit:
    """A unit as a label names it.

    Attributes:
        name: "KZT" for "billion tenge", "%", "vehicles"; "" where none is named.
        factor: 1e9 for "billion tenge", 1 where none is named.
        per: "month" for "cars a month", "" for a plain count.
    """

    name: str
    factor: float
    per: str


def unit_of(label: str) -> Unit:
    """Read the unit that the label of an axis names.

    >>> unit_of("Value of output, billion tenge")
    Unit(name='KZT', factor=1000000000.0, per='')
    >>> unit_of("cars a month")
    Unit(name='cars', factor=1.0, per='month')
    """
    name = unit_in(label).split(" a ")[0].split(" per ")[0]
    rates = _PER.search(plain(without_source(label)))
    return Unit(name, factor_in(label), rates[2].lower() if rates else "")


def same_unit(label: str, asked: str) -> bool:
    """Return whether a label names the unit asked for, and no other; the factor may differ.

    >>> same_unit("billion KZT", "million tenge"), same_unit("cars a month", "cars")
    (True, False)
    """
    one, other = unit_of(label), unit_of(asked)
    return (one.name, one.per) == (other.name, other.per)
