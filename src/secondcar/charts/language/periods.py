"""Reads the periods that the labels of a chart name: years, months, quarters, half-years and ranges of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from secondcar.charts.language.number_words import COUNT_WORDS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": None,
}

_YEAR = r"(?:19|20)\d\d"
MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TO = r"\s*(?:-|to|through|till|until|and)\s*"
_COUNT = rf"(\d{{1,2}}|{'|'.join(COUNT_WORDS)})"
_ORDINAL = "|".join(_ORDINALS)

_MONTH_RANGE = re.compile(rf"\b({MONTH_NAME})\s*({_YEAR})?{_TO}({MONTH_NAME})\s*({_YEAR})?")
_ISO_MONTH = re.compile(rf"\b({_YEAR})-(0[1-9]|1[0-2])(-\d\d)?\b|\b(0?[1-9]|1[0-2])[./]({_YEAR})\b")
_SOME_MONTHS = re.compile(rf"(?<![\d.,]){_COUNT}(?:[\s-]*(?:months?|mo)|m)\b")
_QUARTERS = re.compile(rf"\bq([1-4])(?:{_TO}q?([1-4]))?\b|\b({_ORDINAL})\s+quarter\b|\bquarter\s+([1-4])\b")
_HALF = re.compile(rf"\bh([12])\b|\b({_ORDINAL})\s+half\b|\bhalf[\s-]year\s*([12])?\b")
_TO_MONTH = re.compile(rf"\b(?:to|until|till|through|by)\s+(?:end[\s-]of[\s-]|the end of )?({MONTH_NAME})")
_DAY = re.compile(rf"\b\d{{1,2}}\s+{MONTH_NAME}|\b{MONTH_NAME}\s+\d{{1,2}}\b(?!\d)")
_DAYS = re.compile(rf"\b(\d{{1,2}})\s*(?:-|to)\s*(\d{{1,2}})\s+({MONTH_NAME})")
_TO_DATE = re.compile(r"\bytd\b|\byear[\s-]to[\s-]date|\bto date\b|\bso far\b")
_ONE_MONTH = re.compile(rf"\b({MONTH_NAME})")
_YEARS = re.compile(rf"\b({_YEAR})\s*(-|/|to)\s*({_YEAR}|\d\d)\b")
_ONE_YEAR = re.compile(rf"(?<![\d.,])({_YEAR})(?=s?(?![\d]|[.,]\d))(s?)")


DAYS_IN_MONTH = 30


@dataclass(frozen=True)
class Period:
    """A stretch of time as a label names it.

    Attributes:
        year: the year it begins in, None where the label names none.
        month: the month it begins in, from 1; None where only its length is known ("8 months").
        months: how long it is, a fraction for some days of a month; 0 for a single day, None for a year that is
            not over yet ("2018 to date").
    """

    year: int | None
    month: int | None
    months: float | None

    @property
    def order(self) -> tuple[int, int]:
        """Periods sort by their beginning."""
        return (self.year or 0, self.month or 1)


def is_weekday(label: str | float) -> bool:
    """Say whether a label is a day of the week: days run in time, and belong to no year."""
    return isinstance(label, str) and label.casefold()[:3] in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=1024)  # every rule asks for the same few labels
def read_period(label: str | float) -> Period | None:
    """Read the period that a label names, None where it names none.

    >>> read_period("Jan-Aug 2018")
    Period(year=2018, month=1, months=8)
    >>> read_period("2017").months, read_period("Q3 2018").months, read_period("first half of 2018").months
    (12, 3, 6)
    >>> read_period("trucks") is None
    True
    """
    if not isinstance(label, str):
        label = f"{label:g}" if float(label).is_integer() and 1900 <= label < 2100 else ""
    text = " ".join(re.sub("[\u2010-\u2015\u2212]", "-", label.lower()).replace("_", " ").split())
    found = _ONE_YEAR.search(text)
    year = int(found[1]) if found else None
    part = _read_part(text, year)
    if part or year is None:
        return part
    if _TO_DATE.search(text):
        return Period(year, 1, None)
    return _read_years(text, year, decade=bool(found[2]))


def _read_part(text: str, year: int | None) -> Period | None:
    """Read a period that is named by its months, quarters or half."""
    if found := _MONTH_RANGE.search(text):
        first, last = _month(found[1]), _month(found[3])
        years = int(found[4]) - int(found[2]) if found[2] and found[4] else last < first
        return Period(year, first, last - first + 1 + 12 * years)
    if found := _ISO_MONTH.search(text):
        return Period(int(found[1] or found[5]), int(found[2] or found[4]), 0 if found[3] else 1)
    found = _SOME_MONTHS.search(text)
    if found and (year or not found[0].endswith("m")):  # "8m 2018" are months, "5-7m KZT" are millions
        count = found[1]
        return Period(year, None, int(count) if count.isdigit() else COUNT_WORDS.index(count) + 1)
    if found := _QUARTERS.search(text):
        number = int(found[1] or found[4] or 0) or _ORDINALS[found[3]]
        last = int(found[2]) if found[2] else number
        return Period(year, number and 3 * number - 2, 3 * ((last or 0) - (number or 0) + 1))
    if found := _HALF.search(text):
        number = int(found[1] or found[3] or 0) or _ORDINALS.get(found[2])
        return Period(year, number and 6 * number - 5, 6)
    if found := _TO_MONTH.search(text):
        return Period(year, 1, _month(found[1]))
    if found := _DAYS.search(text):
        return Period(year, _month(found[3]), (int(found[2]) - int(found[1]) + 1) / DAYS_IN_MONTH)
    if _DAY.search(text):
        return Period(year, _month(_ONE_MONTH.search(text)[1]), 0)
    if found := _ONE_MONTH.search(text):
        return Period(year, _month(found[1]), 1)
    return None


def _read_years(text: str, year: int, decade: bool) -> Period:
    if decade:
        return Period(year, 1, 120)
    found = _YEARS.search(text)
    if not found or (len(found[3]) == 2 and int(found[3]) == (year + 1) % 100):
        return Period(year, 1, 12)  # "2016/17" is one business year
    last = int(found[3]) if len(found[3]) == 4 else year // 100 * 100 + int(found[3])
    return Period(year, 1, 12 * max(1, last - year + 1))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
