"""Cuts a text into numerals, words and signs: the one place that knows what a numeral looks like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Between groups of three digits: a comma, an apostrophe, or a space of any width.
_GROUPS = "[,'\u2019 \u00a0\u2009\u202f]"
_IN_GROUPS = (
    rf"(?!0)[0-9]{{1,3}}(?:{_GROUPS}[0-9]{{3}})+(?![0-9])"  # 19,000  19 000  19'000
    r"|(?!0)[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])"  # 1.234.567
)
_GROUPED = re.compile(_IN_GROUPS)
_NUMERAL = (
    rf"(?:{_IN_GROUPS})(?:[.,][0-9]+)?"
    r"|[0-9]+[.,][0-9]+|[0-9]+|\.[0-9]+"  # 7.5  7,5  75  .5
)
_TOKEN = re.compile(
    r"(?P<date>(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?(?![0-9])"  # 2018-08  2018-08-15
    r"|[0-9]{1,2}[./][0-9]{1,2}[./](?:19|20)[0-9]{2}(?![0-9])"  # 15.08.2018
    r"|(?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{2}(?![0-9])"  # 08.2018
    r"|[0-9]{1,2}:[0-9]{2}(?![0-9])"  # 12:30
    r"|[0-9]+(?:st|nd|rd|th)\b|(?:19|20)[0-9]0s\b)"  # 3rd  2010s
    rf"|(?P<numeral>(?:{_NUMERAL})(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>(?:[A-Z]\.){2,}(?:['\u2019]s)?"  # U.S.
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?= ?[0-9])"  # Dec. 30
    r"|[A-Z]&[A-Z]\b"  # A&E
    r"|[^\W\d_]+(?:['\u2019][^\W\d_]+)*(?:[0-9\u00b2\u00b3]+(?![0-9.,]*[0-9]))?)"
    r"|(?P<sign>[^\w\s])"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


@dataclass(frozen=True)
class Token:
    """One word, numeral or sign of a text.

    Attributes:
        kind: "word", "numeral", "date" or "sign".
        text: as written.
        word: in small letters, without an apostrophe's ending; any dash is "-".
        start, end: where it stands in the text.
    """

    kind: str
    text: str
    word: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Return whether it begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=2048)  # ticks, labels and titles are asked for by many
def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens.

    >>> [token.word for token in tokens_of("Lada\u2019s output: 19\u2019000 cars, up 7,5 %")]
    ['lada', 'output', ':', '19\u2019000', 'cars', ',', 'up', '7,5', '%']
    """
    return tuple(
        Token(found.lastgroup or "", found[0], _plain(found[0]), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    )


def _plain(text: str) -> str:
    if text in _DASHES:
        return "-"
    word = text.replace("\u2019", "'").replace(".", "").casefold() if text[:1].isalpha() else text
    return word.removesuffix("'s")


def is_tight(before: Token, after: Token) -> bool:
    """Return whether nothing stands between two tokens."""
    return before.end == after.start


def spoken(tokens: Sequence[Token]) -> str:
    """Write tokens again, with single spaces: for comparing, not for showing."""
    return " ".join(token.word for token in tokens)


def numeral_value(text: str) -> tuple[float, float]:
    """Return what a numeral says, and what one more in its last digit would add.

    >>> numeral_value("19\u202f000"), numeral_value("7,5"), numeral_value("1.6"), numeral_value("2e3")
    ((19000.0, 1.0), (7.5, 0.1), (1.6, 0.1), (2000.0, 1000.0))
    """
    mantissa, _, power = text.lower().partition("e")
    groups = _GROUPED.match(mantissa)
    whole = "".join(filter(str.isdigit, groups[0])) if groups else ""
    digits = whole + mantissa[groups.end() if groups else 0 :].replace(",", ".")
    exponent = int(power or 0)
    return float(f"{digits}e{exponent}"), 10.0 ** (exponent - len(digits.partition(".")[2]))


def is_grouped(text: str) -> bool:
    """Return whether a numeral is written with thousands separators.

    >>> is_grouped("19,000"), is_grouped("0,333"), is_grouped("7,5")
    (True, False, False)
    """
    return bool(_GROUPED.match(text))
