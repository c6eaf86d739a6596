"""Names marks that have no label of their own by those that have: of a few months, years or hours all are known."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from secondcar.charts.language.periods import names_only_time, read_period

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_INITIALS = "".join(month[0] for month in _MONTHS)
_CLOCK = re.compile(r"(\d{1,2})(?::00| ?h)")
# Fewer letters than this may be those of anything.
_FEWEST_INITIALS = 6

# Where a tick stands and what is written at it.
Tick = tuple[float, str]
# A number for the time that a label names, and how to write such a number.
_Counted = tuple[Callable[[str], int | None], Callable[[int], str]]


def months_of_initials(ticks: Sequence[Tick]) -> list[Tick]:
    """Return ticks with months for their initials, J, F, M, A, M, ...; others as they are.

    >>> months_of_initials([(place, letter) for place, letter in enumerate("JFMAMJ")])[4]
    (4, 'May')
    """
    letters = "".join(text for _, text in ticks)
    start = _INITIALS.find(letters)
    if len(letters) != len(ticks) or len(ticks) < _FEWEST_INITIALS or start < 0:
        return list(ticks)
    return [(place, _MONTHS[start + number]) for number, (place, _) in enumerate(sorted(ticks))]


def with_years(ticks: Sequence[Tick]) -> list[Tick]:
    """Return ticks with their years, where a part of a year has its own written at some alone: "Q1 2021", "Q2", "Q3".

    >>> with_years([(0, "Q4"), (1, "Q1 2022"), (2, "Q2")])
    [(0, 'Q4 2021'), (1, 'Q1 2022'), (2, 'Q2 2022')]
    """
    periods = [read_period(text) if names_only_time(text) else None for _, text in ticks]
    parts = [period for period in periods if period and period.month and period.months and period.months < 12]
    dated = [place for place, period in enumerate(parts) if period.year]
    if len(parts) < len(ticks) or not 0 < len(dated) < len(ticks):
        return list(ticks)
    year, month = parts[dated[0]].year or 0, parts[dated[0]].month or 1
    for period in reversed(parts[: dated[0]]):  # back to the beginning
        year, month = year - ((period.month or 1) >= month), period.month or 1
    told = []
    last = 0
    for (place, text), period in zip(ticks, parts, strict=True):
        year = period.year or year + ((period.month or 1) <= last)
        last = period.month or 1
        told.append((place, text if period.year else f"{text} {year}"))
    return told


def names_between(ticks: Sequence[Tick]) -> Callable[[float], str] | None:
    """Return what names the places between labelled ones, None where their labels do not go on evenly.

    >>> name = names_between([(0, "Jan"), (5, "Jun"), (11, "Dec")])
    >>> name(1), name(4.5)
    ('Feb', '')
    """
    places = [place for place, _ in ticks]
    for number_of, write in _COUNTED:
        numbers = [number_of(text) for _, text in ticks]
        known = [number for number in numbers if number is not None]
        if len(set(places)) < 2 or len(known) < len(ticks):
            continue
        slope, shift = np.polyfit(places, known, 1)
        if np.allclose(slope * np.array(places) + shift, known, atol=1e-3):
            return partial(_name_at, float(slope), float(shift), write)
    return None


def _name_at(slope: float, shift: float, write: Callable[[int], str], place: float) -> str:
    number = slope * place + shift
    return write(round(number)) if abs(number - round(number)) < 1e-3 else ""


def _year(text: str) -> int | None:
    period = read_period(text)
    return period.year if period and period.months == 12 and text.strip().isdigit() else None


def _month(text: str) -> int | None:
    period = read_period(text)
    return period.month if period and period.months == 1 and period.year is None else None


def _dated_month(text: str) -> int | None:
    period = read_period(text)
    return (
        12 * period.year + period.month - 1 if period and period.months == 1 and period.year and period.month else None
    )


def _hour(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    return int(found[1]) if found else None


_COUNTED: tuple[_Counted, ...] = (
    (_year, str),
    (_month, lambda number: _MONTHS[(number - 1) % 12]),
    (_dated_month, lambda number: f"{number // 12}-{number % 12 + 1:02}"),
    (_hour, lambda number: f"{number % 24}:00"),
)
