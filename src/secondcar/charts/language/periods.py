"""Reads the periods that labels and texts name: years, months, quarters, half-years and ranges of them."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondcar.charts.language.lexicon import meanings, role_of
from secondcar.charts.language.tokens import Token, tokens_of

DAYS_IN_MONTH = 30

_MONTHS = {
    "year": 12.0,
    "quarter": 3.0,
    "month": 1.0,
    "week": 7 / DAYS_IN_MONTH,
    "day": 1 / DAYS_IN_MONTH,
    "decade": 120.0,
}
# Months and days that are usual words, too.
_DOUBTFUL = {"may", "march", "mar", "sun", "sat"}

# A word of a period: its kind, and its number where it has one. ("month", 8), ("year", 2018), ("to", None)
_Item = tuple[str, int | None]


@dataclass(frozen=True)
class Period:
    """A stretch of time as a label names it.

    Attributes:
        year: the year it begins in, None where the label names none.
        month: the month it begins in, from 1; None where only its length is known ("8 months").
        months: how long it is, a fraction for some days of a month; 0 for a single day, None for a year that is
            not over yet ("2018 to date").
        day: the day of the month it begins at, of days only.
    """

    year: int | None
    month: int | None
    months: float | None
    day: int | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        """Periods sort by their beginning."""
        return (self.year or 0, self.month or 1, self.day or 0)


@dataclass(frozen=True)
class When:
    """A time that a sentence names.

    Attributes:
        kind: "at" a period; "since", "until", "after" or "before" one; "range", from the beginning of a period to its
            end; "span", of some length; "ago", so long before; "previous", the period before, or the year; "yearly",
            against the year before; "latest"; "first"; "peak" and "trough", when values are highest and lowest.
        period: None where none is named.
        months: how long a span is, or how long ago.
    """

    kind: str
    period: Period | None = None
    months: float = 0.0


def is_weekday(label: str | float) -> bool:
    """Return whether a label is a day of the week: days run in time, and belong to no year."""
    return isinstance(label, str) and role_of(label.casefold().strip(" ."), "weekday") is not None


def weekday_of(label: str) -> int:
    """Return the number of a day of the week, 1 for Monday."""
    return int(role_of(label.casefold().strip(" ."), "weekday") or 0)


@lru_cache(maxsize=4096)  # every rule asks for the same labels
def read_period(label: str | float) -> Period | None:
    """Read the period that a label names, None where it names none.

    >>> read_period("Jan-Aug 2018")
    Period(year=2018, month=1, months=8, day=None)
    >>> read_period("2017").months, read_period("Q3 2018").months, read_period("first half of 2018").months
    (12, 3, 6)
    >>> read_period("trucks") is None
    True
    """
    if not isinstance(label, str):
        label = f"{label:g}" if float(label).is_integer() and 1900 <= label < 2100 else ""
    return read_items(list(_items(tokens_of(label.replace("_", " ")))))


def period_in(tokens: Sequence[Token], start: int) -> tuple[Period, int] | None:
    """Read the period that begins at a token of a running text, with the token behind it; None if none does."""
    items: list[_Item] = []
    ends = []
    pairs = start > 0 and tokens[start - 1].word == "between"  # else "and" begins another period
    for place in range(start, len(tokens)):
        found = list(_items(tokens[place : place + 1]))
        if (
            not found
            or found[0][0] == "?"
            or (items and tokens[place].text in "\u2013\u2014" and _is_free(tokens, place))
            or (found[0][0] == "and" and not pairs)
        ):
            break
        after_number = [kind for kind, _ in items[-1:]]
        years = [number or 0 for kind, number in items[-2:-1] if kind == "year" and after_number == ["to"]]
        later = tokens[place].word.isdigit() and years and (found[0][1] or 0) > years[0] % 100
        if found[0][0] == "number" and years and not later:
            break  # "from 12 in 2018 to seven"
        items += found
        if found[0][0] == "number" and after_number not in (["month"], ["quarter"], ["to"], ["year word"]):
            continue
        # "2024 half a point below" ends with the year
        alone = found[0] in (("half", None), ("quarter", None)) and [kind for kind, _ in items[-2:-1]] == ["year"]
        joins = ("to", "of", "and", "until", "ordinal", "last", "date word")
        of_year = [kind for kind, _ in items[-3:]] == [
            "months",
            "of",
            "year word",
        ]  # "the last three months of the year"
        if not alone and found[0][0] not in joins and (found[0][0] != "year word" or of_year):
            ends.append((place + 1, len(items)))
    while ends:
        end, length = ends.pop()
        found = items[:length]
        # "April 3 to 19 degrees" and "January 210" give values: in a sentence the day stands first, or a year behind.
        doubtful = [kind for kind, _ in found[:2]] == ["month", "number"] and not any(k == "year" for k, _ in found)
        doubtful = doubtful and not tokens[start].text.endswith(".")  # "Dec. 30"
        if not doubtful and (_part(found, _year_in(found)) or found[0][0] in ("year", "date", "decade")):
            read = read_items(found)
            return (read, end) if read else None
    return None


def _is_free(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a dash stands between a time and a word that begins another: "in April \u2013 by October"."""
    return place + 1 < len(tokens) and role_of(tokens[place + 1].word, "link") is not None


def when_at(tokens: Sequence[Token], start: int, link: str = "", months: bool = False) -> tuple[When, int] | None:
    """Read the time that begins at a token of a sentence, with the token behind it; None if none does.

    Args:
        tokens: of the whole text.
        start: where it begins.
        link: the word that joins it to those before.
        months: the chart shows months, so that "May" may open a sentence.

    >>> when_at(tokens_of("2014 to 2018"), 0)[0].kind, when_at(tokens_of("the past eight months"), 0)[0].months
    ('range', 8.0)
    """
    if ago := _ago_at(tokens, start):
        return ago
    for found in meanings(tokens, start):
        of = [token.word for token in tokens[start + found.length : start + found.length + 1]] == ["of"]
        if "ago" in found.roles and not of:  # "at the end", but "at the end of 2023"
            kind = found.roles["ago"]
            year = kind == "year-before"
            return When("previous" if year else kind, months=12.0 * year), start + found.length
        end = start + found.length
        end += end < len(tokens) and tokens[end].word == "-"  # "mid-2010s"
        if "edge" in found.roles and (read := period_in(tokens, end)) and read[0].months:
            kind = {"by": "until"}.get(link, link if link in ("since", "until", "after", "before") else "at")
            return When(kind, _edge_of(read[0], found.roles["edge"])), read[1]
    word, alone = tokens[start], not link and start == 0
    if word.word in _DOUBTFUL and (not word.is_name or (alone and word.word != "march" and not months)):
        return None
    if span := _span_at(tokens, start, link):
        return span
    if read := period_in(tokens, start):
        season = read[0].months == 12 and tokens[start].word.isdigit()  # "2021-22"
        ranged = not season and any(
            token.word in ("to", "-", "and", "until", "through") for token in tokens[start : read[1]]
        )
        opens = "until" if tokens[start].word in ("until", "till") else link
        kind = opens if opens in ("since", "until", "after", "before") else "range" if ranged else "at"
        return When(kind, read[0]), read[1] + _is_event(tokens, start, read[1], kind == opens)
    return None


def _is_event(tokens: Sequence[Token], start: int, end: int, opens: bool) -> bool:
    """Return whether a word behind a time says what happened then: "since the 2018 slump", "half its 2012 peak"."""
    roles = ("change", "record", "extreme", "superlative", "extremum") if opens else ("extreme", "extremum")
    if tokens[start - 1].word not in ("the", "its", "their") or end >= len(tokens):
        return False
    return any(role_of(tokens[end].word, role) for role in roles)


# Where the parts of a period begin and end that have names.
_EDGES = {"start": (0, 1 / 12), "early": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1), "end": (11 / 12, 1)}


def _edge_of(period: Period, edge: str) -> Period:
    """Return the part of a period that "early" or "the end of" means: "early 2023" is January to April."""
    first, last = (part * (period.months or 0) for part in _EDGES[edge])
    begin = (period.month or 1) - 1 + first
    years = period.year + int(begin // 12) if period.year else None
    day = 1 + round(begin % 1 * DAYS_IN_MONTH)
    return Period(years, int(begin % 12) + 1, last - first, day if day > 1 else None)


def _ago_at(tokens: Sequence[Token], start: int) -> tuple[When, int] | None:
    """Read "nine years ago", "a decade earlier": so long before the time that a clause speaks of."""
    place = start + (tokens[start].word in ("the", "just", "only"))
    words = [token.word for token in tokens[place : place + 3]]
    ends = all(token.kind == "sign" for token in tokens[place + 3 : place + 4])
    if len(words) < 3 or not (words[2] in ("before", "earlier", "ago", "previously") or (words[2] == "on" and ends)):
        return None
    count, unit = 1 if words[0] in ("a", "an") else _whole(words[0]), role_of(words[1], "span")
    if not count or unit is None or (count == 1 and unit != "decade"):
        return None  # "a year ago" is the one before
    return When("ago", months=count * _MONTHS[unit]), place + 3


def _whole(word: str) -> int:
    return int(word) if word.isdigit() and len(word) < 3 else int(role_of(word, "count") or 0)


def _span_at(tokens: Sequence[Token], start: int, link: str) -> tuple[When, int] | None:
    """Read "five years", "the past eight months" or "a decade" as a length of time."""
    place = start
    while place < len(tokens) and role_of(tokens[place].word, "span-lead"):
        place += 1
    words = [token.word for token in tokens[place : place + 2]] + ["", ""]
    if tokens[place - 1].word in ("last", "final") and [t.word for t in tokens[place + 2 : place + 3]] == ["of"]:
        return None  # "the last four months of 2024" are a period
    if words[1] == "-" and place + 2 < len(tokens) and (unit := role_of(tokens[place + 2].word, "span")):
        part = words[0] in ("three", "two") and tokens[place + 2].word in ("quarters", "halves") and not link
        length = _whole(words[0]) if [token.word for token in tokens[place + 3 : place + 4]] != ["-"] else 0
        length = 0 if part else length  # "three-quarters of sales"
        return (When("span", months=length * _MONTHS[unit]), place + 3) if length else None  # "a ten-year high"
    # "In a year" is a span; "cars a year" is a rate.
    if words[:2] == ["half", "a"] and len(tokens) > place + 2 and role_of(tokens[place + 2].word, "span") == "year":
        return When("span", months=6.0), place + 3
    rated = link in ("in", "over") and tokens[start - 1].word not in ("for", "during")  # "most for a day ticket"
    if words[0] in ("a", "an") and role_of(words[1], "entire") and len(tokens) > place + 2:
        unit = role_of(tokens[place + 2].word, "span")  # "a full week"
        return (When("span", months=_MONTHS[unit]), place + 3) if unit else None
    count = 1 if words[0] in ("a", "an") and (rated or place > start) else _whole(words[0])
    # "Three quarters" is a part of something, unless "in" or "the past" stands before.
    leads = tokens[place - 1].word in ("the", "past", "last", "these") if place > start else link in ("in", "over")
    parts = role_of(words[1], "fraction") and not leads and count < 5  # "six quarters" are no part
    parts = parts or (place + 2 < len(tokens) and role_of(words[1], "fraction") and tokens[place + 2].word == "of")
    parts = parts or (count > 1 and words[1] in _MONTHS)  # "six in ten Year 7 pupils"
    if count and not parts and (unit := role_of(words[1], "span")):
        return When("span", months=count * _MONTHS[unit]), place + 2 + span_ago_at(tokens, place + 1)
    if place > start and (unit := role_of(words[0], "span")) and tokens[place - 1].word in ("past", "last"):
        if tokens[place - 1].word == "last" and words[0] != "years":
            return When("latest"), place + 1  # "the last quarter" is one
        return When("span", months=_MONTHS[unit]), place + 1
    return None


def span_ago_at(tokens: Sequence[Token], place: int) -> bool:
    """Return whether "years before", "months earlier" or the like stands at a token."""
    words = [token.word for token in tokens[place : place + 2]]
    return len(words) == 2 and role_of(words[0], "span") is not None and words[1] in ("before", "earlier", "ago")


def _items(tokens: Sequence[Token]) -> Iterator[_Item]:
    for token in tokens:
        if token.kind == "date":
            yield from _date_items(token.word)
        elif token.kind == "numeral":
            yield _number_item(token.word)
        elif token.kind == "word":
            yield _word_item(token.word)
        elif token.word in "-/":
            yield ("to", None)


def _date_items(word: str) -> Iterator[_Item]:
    if word.endswith("s"):
        yield ("decade", int(word[:4]))
    elif word[-1].isalpha():
        yield ("ordinal", int(word[:-2]))
    elif ":" not in word:
        numbers = [int(part) for part in word.replace(".", "-").replace("/", "-").split("-")]
        year = next(number for number in numbers if number > 99)
        rest = numbers[1:] if numbers[0] == year else numbers[-2::-1]
        yield ("date", year)
        yield ("month", rest[0])
        if len(rest) > 1:
            yield ("day", rest[1])


def _number_item(word: str) -> _Item:
    if word.isdigit() and len(word) == 4 and 1900 <= int(word) < 2100:
        return ("year", int(word))
    return ("number", int(word)) if word.isdigit() and len(word) <= 2 else ("?", None)


_WORDS: dict[str, _Item] = {
    "to": ("to", None),
    "through": ("until", None),
    "till": ("until", None),
    "until": ("until", None),
    "by": ("until", None),
    "and": ("and", None),
    "of": ("of", None),
    "last": ("last", None),
    "final": ("last", None),
    "half": ("half", None),
    "halves": ("half", None),
    "quarter": ("quarter", None),
    "quarters": ("quarter", None),
    "month": ("months", None),
    "months": ("months", None),
    "mo": ("months", None),
    "m": ("m", None),
    "ytd": ("to date", None),
    "date": ("date word", None),
    "year": ("year word", None),
}


def _word_item(word: str) -> _Item:
    if word[:1] in "qh" and word[1:].isdigit() and len(word) == 2:
        return ("quarter" if word[0] == "q" else "half", int(word[1]))
    for role in ("month", "ordinal", "season", "count"):
        if number := role_of(word, role):
            return ("number" if role == "count" else role, int(number))
    return _WORDS.get(word, ("?", None))


def names_only_time(label: str) -> bool:
    """Return whether a label is a period and nothing else: "2018" is, "2018 (plan)" is not.

    >>> names_only_time("Jan-Aug 2018"), names_only_time("2018 (plan)"), names_only_time("trucks Jan-Aug 2018")
    (True, False, False)
    """
    return read_period(label) is not None and all(kind != "?" for kind, _ in _items(tokens_of(label)))


def read_items(items: Sequence[_Item]) -> Period | None:
    """Read a period from its words."""
    year = _year_in(items)
    for start in range(len(items)):
        if part := _part(items[start:], year):
            return part
    if year is None:
        return None
    kinds = [kind for kind, _ in items]
    if "to date" in kinds or (("to", None) in items and "date word" in kinds):
        return Period(year, 1, None)
    return _years(items, year)


def _year_in(items: Sequence[_Item]) -> int | None:
    for (kind, number), (before, part) in zip(items, [("", None), *items], strict=False):
        if kind in ("year", "date", "decade"):
            return number
        if kind == "number" and number and number < 100 and before in ("quarter", "half") and part:
            return 2000 + number  # "Q1 22": two digits behind a part of a year are its year
    return None


def _part(items: Sequence[_Item], year: int | None) -> Period | None:
    """Read a part of a year from words that begin with it: months, quarters, a half, a day."""
    if days := _from_day_to_day(items, year):
        return days
    match list(items):
        case [
            ("month", int(a)),
            ("year", int(y)),
            ("to" | "until" | "and", _),
            ("month", int(b)),
            ("year", int(z)),
            *_,
        ]:
            return Period(y, a, b - a + 1 + 12 * (z - y))
        case [("month", int(a)), ("to" | "until" | "and", _), ("month", int(b)), *_]:
            return Period(year, a, b - a + 1 + 12 * (b < a))
        case [("date", _), ("month", int(a)), ("day", int(d)), *_]:
            return Period(year, a, 0, d)
        case [("last", _), ("number", int(n)), ("months", _), *rest] if n <= 12 and (
            year or ("year word", None) in rest
        ):
            return Period(year, 13 - n, n)
        case [("ordinal", 1), ("number", int(n)), ("months", _), *_] if year and n <= 12:
            return Period(year, 1, n)
        case [("number", int(n)), ("months", _), *_] if n <= 12:
            return Period(year, None, n)
        case [("number", int(n)), ("m", _), *_] if year and n <= 12:  # "5-7m KZT" are millions
            return Period(year, None, n)
        case [("number" | "ordinal", int(d)), ("month", int(month)), *_] if d <= 31:
            return Period(year, month, 0, d)
        case [("month", int(month)), ("number", int(d)), *_] if d <= 31:
            return Period(year, month, 0, d)
        case [("quarter", int(a)), ("to", _), ("quarter" | "number", int(b)), *_] if a < b <= 4:
            return Period(year, 3 * a - 2, 3 * (b - a + 1))
        case [("quarter", int(a)), *_] | [("ordinal", int(a)), ("quarter", None), *_] if a <= 4:
            return Period(year, 3 * a - 2, 3)
        case [("ordinal", int(a)), ("to", None), ("quarter", None), *_] if a <= 4:  # "first-quarter sales"
            return Period(year, 3 * a - 2, 3)
        case [("quarter", None), ("number", int(a)), *_] if a <= 4:
            return Period(year, 3 * a - 2, 3)
        case [("season", int(first)), *_]:
            return Period(year, first, 3)
        case [("half", int(a)), *_] | [("ordinal", int(a)), ("half", None), *_] if a <= 2:
            return Period(year, 6 * a - 5, 6)
        case [("last", _), ("half" | "quarter" as kind, None), *_]:
            months = 6 if kind == "half" else 3
            return Period(year, 13 - months if year else None, months)
        case [("half", None), ("year word", _), ("number", int(a)), *_] if a <= 2:
            return Period(year, 6 * a - 5, 6)
        case [("to" | "until", _), ("month", int(month)), *_]:
            return Period(year, 1, month)
        case [("month", int(month)), *_]:
            return Period(year, month, 1)
    return None


def _from_day_to_day(items: Sequence[_Item], year: int | None) -> Period | None:
    """Read "1 January to 31 August 2018", which is eight months, and other times that two days of a year bound."""
    if items[0][0] == "year" or len({number for kind, number in items if kind == "year"}) > 1:
        return None
    match [(kind, number) for kind, number in items if kind != "year"]:
        case [("number", int(d)), ("to", _), ("number", int(e)), ("month", int(a) as b), *_] if d < e:
            pass
        case [("number", int(d)), ("month", int(a)), ("to" | "until", _), ("number", int(e)), ("month", b), *_]:
            pass
        case [("month", int(a)), ("number", int(d)), ("to" | "until", _), ("month", b), ("number", int(e)), *_]:
            pass
        case _:
            return None
    if not isinstance(b, int) or a > b or max(d, e) > 31:
        return None
    if d == 1 and e >= calendar.monthrange(year or 2000, b)[1] - (b == 2):
        return Period(year, a, b - a + 1)
    return Period(year, a, b - a + (e - d + 1) / DAYS_IN_MONTH, d)


def _years(items: Sequence[_Item], year: int) -> Period:
    if ("decade", year) in items:
        return Period(year, 1, 120)
    for (_, first), (kind, _), (_, last) in zip(items, items[1:], items[2:], strict=False):
        if first == year and kind in ("to", "until", "and") and last:
            last += year // 100 * 100 if last < 100 else 0
            if items[2][1] == (year + 1) % 100:
                break  # "2016/17" is one business year
            return Period(year, 1, 12 * max(1, last - year + 1))
    return Period(year, 1, 12)
