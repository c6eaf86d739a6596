"""Numbers in texts: "KZT 120 billion", "nearly 19,000", "60 %", "1.6 times"; and numbers written for readers."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondcar.charts.language.number_words import FACTOR_WORDS

# In running text a "k" or "m" behind a number is a factor, too.
SCALES = {**FACTOR_WORDS, "k": 1e3, "m": 1e6}

# What a hedge lets a number be, as parts of it: "nearly 100" is 85 to 100.
_HEDGES = {
    r"about|around|roughly|some|approximately|approx\.?|ca\.?|~|close to": (0.9, 1.1),
    r"nearly|almost|not quite": (0.8, 1.0),
    r"up to|less than|fewer than|under|below|short of": (0.0, 1.0),
    r"more than|over|exceeding|exceeds?|exceeded|above|at least|well over|past": (1.0, math.inf),
}

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?:(?P<hedge>{'|'.join(_HEDGES)})\s+)?(?:(?-i:[A-Z]{{3}})\s|[$€£₸])?\s*"
    rf"(?<![\w.,-])(?P<sign>[+\-\u2212]?)(?P<digits>{_DIGITS})(?:e(?P<power>[+-]?\d+))?(?![\d:])"
    rf"(?:\s?(?P<scale>{'|'.join(SCALES)})\b)?"
    r"\s?(?:(?P<percent>%|per\s?cent\b)|(?P<times>times\b|-?fold\b|[x\u00d7](?!\w)))?",
    re.IGNORECASE,
)
# Years, dates, times of the clock, spans of time and numbered things are no quantities.
_NO_QUANTITY_AFTER = re.compile(
    r"^(?:\s*(?:to|-|\u2013|and)\s*\d{1,2})?\s*[-\u2010]?\s*(?:st|nd|rd|th|months?|years?|days?|weeks?|hours?|quarters?|half|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_NO_QUANTITY_BEFORE = re.compile(
    r"(?:\b(?:figure|fig\.?|table|unit|no\.?|nr\.?|top|page|chapter|model|q|h)|[#/])\s*$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number as a text prints it.

    Attributes:
        text: the words, as printed.
        value: without regard to a hedge; 60 for "60 %".
        low, high: what the words allow, by rounding and by a hedge.
        scaled: a word such as "billion" stands with it.
        grouped: printed with thousands separators.
        percent, times: it is followed by "%", or by "times".
        before, after: the text on either side of it.
    """

    text: str
    value: float
    low: float
    high: float
    scaled: bool
    grouped: bool
    percent: bool
    times: bool
    before: str
    after: str

    def allows(self, value: float) -> bool:
        """Say whether a quantity may be called by this number, whatever its sign."""
        return self.low <= abs(value) <= self.high


def numbers_in(text: str) -> Iterator[Number]:
    """Find the quantities in a text; years, dates and numbered things are passed over.

    >>> [(n.value, n.scaled) for n in numbers_in("KZT 120 billion in 2018, up 60 % on 8 months of 2017")]
    [(120000000000.0, True), (60.0, False)]
    >>> [n.value for n in numbers_in("7.5e+10 tenge")]
    [75000000000.0]
    """
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"[^\d.]", "", found["digits"])
        grouped = bool(re.search(r"\d\D\d{3}(?!\d)", found["digits"])) and digits != found["digits"]
        bare = not (grouped or found["scale"] or found["percent"] or found["times"])
        before, after = text[: found.start("digits")], text[found.end() :]
        if bare and (re.fullmatch(r"(?:19|20)\d\d", digits) or _NO_QUANTITY_AFTER.match(after)):
            continue
        if bare and _NO_QUANTITY_BEFORE.search(before):
            continue
        if bare and float(digits) <= 31 and _MONTH_BEFORE.search(before):
            continue
        scale = SCALES[found["scale"].lower()] if found["scale"] else 1.0
        scale *= 10.0 ** int(found["power"] or 0)
        value = float(digits)
        low, high = _allowed(value, digits, found["hedge"], relative=bool(found["percent"] or found["times"]))
        yield Number(
            text=" ".join(found[0].split()),
            value=value * scale * (-1 if found["sign"] in ("-", "\u2212") else 1),
            low=low * scale,
            high=high * scale,
            scaled=bool(found["scale"]),
            grouped=grouped,
            percent=bool(found["percent"]),
            times=bool(found["times"]),
            before=text[: found.start()] if found["hedge"] else before,
            after=after,
        )


def _allowed(value: float, digits: str, hedge: str | None, relative: bool) -> tuple[float, float]:
    """Return the smallest and the largest quantity that a printed number may stand for."""
    if "." in digits:
        slack = 0.5 * 10 ** -len(digits.split(".")[1])
    else:
        zeros = len(digits) - len(digits.rstrip("0"))
        slack = 0.5 if relative else min(0.5 * 10**zeros, max(0.5, 0.025 * value))
    slack = max(slack, 0.015 * value) if relative else slack
    slack *= 1 + 1e-9
    for words, (least, most) in _HEDGES.items():
        if hedge and re.fullmatch(words, hedge, re.IGNORECASE):
            return least * value - slack, most * value + slack
    return value - slack, value + slack


def say_number(value: float) -> str:
    """Write a number for a reader: three digits, or more where it is a whole number.

    >>> say_number(19000), say_number(120e9), say_number(0.3333), say_number(-36.04)
    ('19,000', '120 billion', '0.333', '-36')
    """
    if abs(value) >= 1e16:
        return f"{value / SCALES['trillion']:,.0f} trillion"
    for word in ("trillion", "billion", "million"):
        if abs(value) >= SCALES[word]:
            return f"{value / SCALES[word]:.4g} {word}"
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
