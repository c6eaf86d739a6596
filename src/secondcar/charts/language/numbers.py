"""Reads the numbers in texts: "KZT 120 billion", "nearly 19,000", "60 %", "1.6 times", "two thirds", "twice"."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from secondcar.charts.language.lexicon import meanings, role_of, size_ratio, words_for
from secondcar.charts.language.periods import period_in, span_ago_at
from secondcar.charts.language.tokens import Token, is_grouped, is_tight, numeral_value, tokens_of

# What a hedge lets a number be, as parts of it: "nearly 100" is 88 to 100.
HEDGES = {
    "about": (0.9, 1.1),
    "nearly": (0.88, 1.0),
    "just-over": (1.0, 1.12),
    "over": (1.0, math.inf),
    "under": (0.0, 1.0),
    "at-least": (1.0, math.inf),
    "at-most": (0.0, 1.0),
}
# How far beyond its rounding a number is still not denied: of digits, of words such as "a third", and of a limit.
_CLOSE = {"plain": 0.04, "percent": 0.04, "points": 0.04, "times": 0.05, "multiple": 0.05, "fraction": 0.1}
_LIMIT_CLOSE = 0.015
# What "or more" and "or under" behind a number make of it.
_OPEN_ENDS = {"more": "at-least", "better": "at-least", "over": "at-least", "less": "at-most", "under": "at-most"}
_UNITS = ("unit", "measure-unit", "currency", "number-sign", "size")
# So many words may stand inside a part: "one Moor line train in 11".
_MOST_APART = 3
# Single letters are factors only behind a number or beside a currency: elsewhere "K" may be kelvin and "B" a plan.
LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "b": 1e9, "G": 1e9, "T": 1e12}
# So many words name a limit: "the half - hour mark".
_LONGEST_LIMIT = 6
# What is numbered is not a quantity: "figure 3", "No. 5", "line 63".
_NUMBERED = {"figure", "fig", "table", "unit", "no", "nr", "page", "chapter", "model", "line", "route", "#", "="}


# Value, low, high, kind, scale, and the token behind it.
_Amount = tuple[float, float, float, str, float, int]


@dataclass(frozen=True)
class PrintedNumber:
    """A number as a text prints it.

    Attributes:
        text: the words, as printed.
        value: without regard to a hedge; 60 for "60 %", 0.5 for "half".
        low, high: what the words allow, by rounding and by a hedge.
        kind: "plain", "percent", "points", "times", "fraction" for "two thirds", "multiple" for
            "doubled", or "often" for "three times a year".
        hedge: "about", "nearly", "over", ...; "" for none.
        signed: 1 for "+60 %", -1 for "-60 %", else 0.
        scale: 1e9 where "billion" stands with it, else 1.
        grouped: printed with thousands separators.
        currency: its code, "" where none stands with it.
        digit: what one more in the last digit that is not 0 would add; 0 for words.
        noun: what it counts, where that stands within it: "days" of "20 days or more".
        start, end: its tokens.
    """

    text: str
    value: float
    low: float
    high: float
    kind: str = "plain"
    hedge: str = ""
    signed: int = 0
    scale: float = 1.0
    grouped: bool = False
    currency: str = ""
    digit: float = 0.0
    noun: str = ""
    start: int = 0
    end: int = 0

    def allows(self, value: float) -> bool:
        """Return whether a quantity may be called by this number, whatever its sign."""
        return self.low <= abs(value) <= self.high

    def fits(self, value: float) -> bool | None:
        """Return whether a quantity may be called by this number; None if it misses by so little that some would."""
        if self.hedge in ("over", "under") and math.isclose(abs(value), abs(self.value)):
            return None  # "more than 135" of what may be rounded to 135
        if self.allows(value):
            return True
        if self.hedge in HEDGES:
            margin = max(abs(self.value) * _LIMIT_CLOSE, 0.5 * self.digit * (self.hedge == "about"))
        else:
            digit = (0.5 if self.kind == "plain" else 0.3) * self.digit
            margin = max(abs(self.value) * _CLOSE.get(self.kind, 0.0), digit)
        return None if self.low - margin <= abs(value) <= self.high + margin else False

    def times(self, factor: float) -> "PrintedNumber":
        """Return the number in another unit."""
        scaled = {name: factor * getattr(self, name) for name in ("value", "low", "high", "digit")}
        return replace(self, **scaled)


def numbers_in(text: str) -> Iterator[PrintedNumber]:
    """Find the quantities in a text; years, dates, spans of time and numbered things are passed over.

    >>> [(n.value, n.scale) for n in numbers_in("KZT 120 billion in 2018, up 60 % on 8 months of 2017")]
    [(120000000000.0, 1000000000.0), (60.0, 1.0)]
    >>> [n.value for n in numbers_in("19\u2019000 cars, 2,5 million tenge, 120 G, two thirds")]
    [19000.0, 2500000.0, 120000000000.0, 0.6666666666666666]
    """
    tokens = tokens_of(text)
    place = 0
    while place < len(tokens):
        if period := period_in(tokens, place):
            place = period[1]
        elif number := part_at(tokens, place, text) or number_at(tokens, place, text):
            place = number.end
            bare = number.kind == "plain" and number.scale == 1 and not number.grouped
            if not (bare and place < len(tokens) and role_of(tokens[place].word, "span")):
                yield number
        else:
            place += 1


def number_at(tokens: Sequence[Token], start: int, text: str = "") -> PrintedNumber | None:
    """Read the number that begins at a token, with its hedge, currency, scale and percent sign; None if none does."""
    place, hedge = hedge_at(tokens, start)
    if hedge and any(token.word in words_for("idea", "milestone") for token in tokens[place : place + _LONGEST_LIMIT]):
        place += tokens[place].word == "the"  # "beyond the 40-minute mark"
    if digits := _digits_at(tokens, place):
        return replace(digits, text=text[tokens[start].start : tokens[digits.end - 1].end] if text else "", start=start)
    currency, place = _currency_at(tokens, place)
    place, sign = _sign_at(tokens, place)
    if not currency:
        currency, place = _currency_at(tokens, place)
    before = tokens[start - 1].word if start else ""
    numbered = before in _NUMBERED or (start > 1 and before == "." and tokens[start - 2].word in ("no", "nr"))
    # "The top 10", but "four suppliers top 20 million"
    heads = start < 2 or tokens[start - 2].kind != "word" or role_of(tokens[start - 2].word, "link") is not None
    heads = heads or tokens[start - 2].word in ("the", "its", "their")
    numbered |= before == "top" and len(tokens[start].text) < 3 and heads
    amount = None if numbered else _amount_at(tokens, place)
    if amount is None:
        return None
    value, low, high, kind, scale, end = amount
    noun = ""
    if _is_measure(tokens, end) and [token.word for token in tokens[end + 1 : end + 4]] == ["and", "a", "half"]:
        noun, end = tokens[end].word, end + 4  # "an hour and a half"
        value, low, high = (each + 0.5 for each in (value, low, high))
    if open_end := _open_end(tokens, end):
        noun = tokens[end].word if open_end[1] - end > 2 else noun
        hedge, end = open_end
    bare = kind == "plain" and scale == 1 and not currency
    if bare and (_is_year(tokens[place].text) or span_ago_at(tokens, end)):
        return None
    if bare and (upper := _upper_end(tokens, start, end, hedge)) and upper[0] > value:  # "lead by 58 to 44" is a score
        _, _, high, kind, scale, end = upper
    elif measured := _measured_range(tokens, start, end, currency):
        noun, high, end = measured
    if not currency:
        currency, after = _currency_at(tokens, end)
        end = after if kind == "plain" else end
    if tokens[start].word == "within" and end < len(tokens) and "of" in [t.word for t in tokens[end : end + 2]]:
        return None  # "within 22,000 of its record"
    if hedge in HEDGES:
        low, high = _hedged(value, hedge, kind)
    return PrintedNumber(
        text=text[tokens[start].start : tokens[end - 1].end] if text else "",
        value=(-value if sign < 0 else value) * scale,
        low=low * scale,
        high=high * scale,
        kind=kind,
        hedge=hedge,
        signed=sign,
        scale=scale,
        grouped=is_grouped(tokens[place].text),
        currency=currency,
        digit=_last_digit(tokens[place].text) * scale,
        noun=noun,
        start=start,
        end=end,
    )


def _digits_at(tokens: Sequence[Token], place: int) -> PrintedNumber | None:
    """Read "double-digit" and "double digits": 10 to 99 percent."""
    words = [token.word for token in tokens[place : place + 3] if token.word != "-"]
    if words[:1] not in (["double"], ["single"]) or words[1:2] not in (["digit"], ["digits"]):
        return None
    low = 10.0 if words[0] == "double" else 0.0
    return PrintedNumber(
        "",
        low,
        low,
        9.99 if low == 0 else 99.99,
        kind="percent",
        end=place + (3 if tokens[place + 1].word == "-" else 2),
    )


def _open_end(tokens: Sequence[Token], place: int) -> tuple[str, int] | None:
    """Read "or more" and "or below" behind a number, or within two words: the hedge it is, and the token behind."""
    for start in range(place, place + 3):  # "15 minutes late or more"
        words = [token.word for token in tokens[start : start + 2]]
        open_ended = len(words) == 2 and (words[0] == "or" or words in (["and", "over"], ["and", "under"]))
        side = (role_of(words[1], "comparative") or words[1]) if open_ended else ""
        hedge = _OPEN_ENDS.get(side)
        if hedge and all(token.kind == "word" for token in tokens[place:start]):
            return hedge, start + 2
    return None


def _last_digit(numeral: str) -> float:
    if not numeral[:1].isdigit():
        return 0.0
    step = numeral_value(numeral)[1]
    return step * 10.0 ** (len(numeral) - len(numeral.rstrip("0"))) if step == 1 else step


def _hedged(value: float, hedge: str, kind: str) -> tuple[float, float]:
    """Return what a hedge lets a number be; "more than halved" is less than half."""
    least, most = HEDGES[hedge]
    if kind == "multiple" and value < 1:
        return value / most, value / least if least else 1.0
    return (1 - 1e-9) * least * value, (1 + 1e-9) * most * value


def _upper_end(tokens: Sequence[Token], start: int, place: int, hedge: str) -> _Amount | None:
    """Read the "to 7 %" of "by 6 to 7 %": two ends of one number, and no change from one to the other."""
    before = tokens[start - 1].word if start else ""
    between = before == "between" and place < len(tokens) and tokens[place].word == "and"
    spread = place < len(tokens) and tokens[place].word in ("to", "-") and (hedge == "about" or before in ("by", "of"))
    if not (between or spread) or place + 1 >= len(tokens) or tokens[place + 1].kind != "numeral":
        return None
    return _numeral_amount(tokens, place + 1)


def _measured_range(tokens: Sequence[Token], start: int, place: int, currency: str) -> tuple[str, float, int] | None:
    """Read the rest of "between 50 minutes and an hour" or "between £30 and £50": its unit, upper end and end."""
    unit = tokens[place].word if _is_measure(tokens, place) else ""
    joint = place + bool(unit)
    if start == 0 or tokens[start - 1].word != "between" or [t.word for t in tokens[joint : joint + 1]] != ["and"]:
        return None
    upper = _amount_at(tokens, _currency_at(tokens, joint + 1)[1] if currency else joint + 1)
    if upper is None or upper[3] != "plain":
        return None
    other = tokens[upper[5]].word if unit and _is_measure(tokens, upper[5]) else unit
    ratio = size_ratio(other, unit) if unit else 1.0
    return (unit, ratio * upper[2] * upper[4], upper[5] + (other != unit or bool(unit))) if ratio else None


def _is_measure(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a unit stands at a token that tells no time: "hour", "km", and not "years"."""
    word = tokens[place].word if place < len(tokens) else ""
    return role_of(word, "size") is not None and role_of(word, "span") is None


def _is_year(numeral: str) -> bool:
    return len(numeral) == 4 and numeral.isdigit() and 1900 <= int(numeral) < 2100


def hedge_at(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """Return the token behind the hedges that begin at a token, and the one that counts; "exactly" changes nothing."""
    place, hedge = start, ""
    while place < len(tokens):
        found = next((m for m in meanings(tokens, place) if "hedge" in m.roles), None)
        if found is None:
            break
        place += found.length
        ranged = [token.kind for token in tokens[place : place + 2]] == ["sign", "numeral"] and tokens[
            place
        ].word == "-"
        place += ranged and is_tight(tokens[place - 1], tokens[place])  # "under-40s"
        hedge = found.roles["hedge"] if found.roles["hedge"] in HEDGES else hedge
    return place, hedge


def _currency_at(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    if place < len(tokens):
        for found in meanings(tokens, place):
            if "currency" in found.roles:
                return found.roles["currency"], place + found.length
    return "", place


def _sign_at(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    if place + 1 >= len(tokens) or tokens[place].word not in ("+", "-", "plus", "minus"):
        return place, 0
    word, free = tokens[place].word, place == 0 or not is_tight(tokens[place - 1], tokens[place])
    signed = _currency_at(tokens, place + 1)[1]
    if signed >= len(tokens) or tokens[signed].kind != "numeral" or not (free or tokens[place - 1].kind == "sign"):
        return place, 0
    return place + 1, 1 if word in ("+", "plus") else -1


def _amount_at(tokens: Sequence[Token], place: int) -> _Amount | None:
    if place >= len(tokens):
        return None
    token = tokens[place]
    for role, kind in (("times", "times"), ("multiple", "multiple")):
        if stated := role_of(token.word, role):
            value = float(stated)
            behind = [token.word for token in tokens[place + 1 : place + 4]]
            if kind == "times" and behind[:1] == ["in"] and any(role_of(word, "span") for word in behind[1:]):
                kind = "often"  # "twice in eleven years"
            return value, 0.93 * value, 1.07 * value, kind, 1.0, place + 1
    if token.kind == "numeral":
        return _numeral_amount(tokens, place)
    worded = _worded_amount(tokens, place)
    return worded if worded and (worded[4] > 1 or not worded[0]) else _fraction_amount(tokens, place) or worded


def _numeral_amount(tokens: Sequence[Token], place: int) -> _Amount:
    value, step = numeral_value(tokens[place].text)
    scale, end = scale_at(tokens, place + 1)
    kind, end = _kind_at(tokens, end)
    relative = kind != "plain"
    if step < 1 or "e" in tokens[place].text.lower():
        slack = 0.5 * step
    else:
        zeros = len(tokens[place].text) - len(tokens[place].text.rstrip("0"))
        slack = (
            min(0.5, 0.15 * value) if relative else min(0.5 * 10**zeros, max(0.5 if scale == 1 else 0.0, 0.025 * value))
        )
    slack = (max(slack, 0.015 * value) if relative else slack) * (1 + 1e-9)
    return value, value - slack, value + slack, kind, scale, end


def _fraction_amount(tokens: Sequence[Token], place: int) -> _Amount | None:
    """Read "half", "a third", "two thirds", "three quarters"; "half an hour" and "half-hour" are amounts."""
    article = [token.word for token in tokens[place + 1 : place + 3]]
    if tokens[place].word == "half" and article[:1] in (["a"], ["an"]) and len(article) == 2:
        sign = next((m for m in meanings(tokens, place + 2) if m.roles.get("number-sign") == "points"), None)
        if sign:
            return 0.5, 0.475, 0.525, "points", 1.0, place + 2 + sign.length
        if role_of(article[1], "size"):
            return 0.5, 0.475, 0.525, "plain", 1.0, place + 2
    if tokens[place].word == "half" and _is_measure(tokens, place + 1 + (article[:1] == ["-"])):
        return 0.5, 0.475, 0.525, "plain", 1.0, place + 1
    word, after = tokens[place].word, tokens[place + 1].word if place + 1 < len(tokens) else ""
    count = 1 if word in ("a", "an") else int(role_of(word, "count") or 0)
    end = place + 1
    if count and after == "-" and place + 2 < len(tokens):
        after, end = tokens[place + 2].word, place + 2
    parts = role_of(after, "fraction") if count else None
    if parts is None:
        count, parts, end = 1, role_of(word, "fraction") if word == "half" else None, place
    if parts is None or (count == 1 and after.endswith("s") and end > place):
        return None
    tail = tokens[end + 1 : end + 3]
    if word == "half" and len(tail) == 2 and tail[0].word == "-" and is_tight(tail[0], tail[1]):
        return None  # "half-marathon"
    behind = [token.word for token in tail if token.word != "-"]
    behind = behind[behind[:1] != [] and role_of(behind[0], "course") == "row" :]  # "for a third consecutive year"
    if behind and role_of(behind[0], "span") and (end > place or tokens[end + 1].word == "-"):
        return None  # "for a third year in a row", "two half-years"
    value = count / int(parts)
    if value > 1:
        return None  # "six quarters"
    return value, 0.93 * value, 1.07 * value, "fraction", 1.0, end + 1


def _worded_amount(tokens: Sequence[Token], place: int) -> _Amount | None:
    """Read "three", "three and a half", "a million", "two hundred"; "one" and "a" need something behind them."""
    word = tokens[place].word
    dozen = word == "a" and [token.word for token in tokens[place + 1 : place + 2]] == ["dozen"]
    place += dozen
    word = tokens[place].word
    count = 1.0 if word in ("a", "an") else float(role_of(word, "count") or 0)
    end = place + 1
    if word == "half" and end + 1 < len(tokens) and tokens[end].word == "a" and scale_at(tokens, end + 1)[0] > 1:
        count, end = 0.5, end + 1  # "half a million"
    if word in ("zero", "nothing") and place and role_of(tokens[place - 1].word, "link") in ("to", "at", "from"):
        return 0.0, 0.0, 0.0, "plain", 1.0, end  # "down to nothing"
    if not count:
        return None
    count, end = _with_ones(tokens, end, count)
    if [token.word for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        count, end = count + 0.5, end + 3
    if end < len(tokens) and count < 100 and role_of(tokens[end].word, "count") == "100":
        count, end = 100 * count, end + 1
    scale, end = scale_at(tokens, end)
    if scale > 1 and [token.word for token in tokens[end : end + 3]] == ["and", "a", "half"]:
        count, end = count + 0.5, end + 3
    kind, end = _kind_at(tokens, end)
    if word in ("a", "an", "one") and scale == 1 and kind == "plain" and count == 1:
        end += [token.word for token in tokens[end : end + 1]] == ["single"]
        if not _is_one(tokens, place, end):
            return None
    slack = 0.08 * count if kind == "times" else 0.5 if kind != "plain" else 0.49 if scale > 1 else 1e-9
    slack = min(slack, 0.1) if count < 1 else slack  # "half a million"
    return count, count - slack, count + slack, kind, scale, end


def _with_ones(tokens: Sequence[Token], end: int, count: float) -> tuple[float, int]:
    """Add the "five" of "twenty-five" to tens that end before a token."""
    ones = role_of(tokens[end + 1].word, "count") if end + 1 < len(tokens) and tokens[end].word == "-" else None
    joined = ones and int(ones) < 10 and count in range(20, 100, 10)
    return (count + int(ones), end + 2) if joined and ones else (count, end)


def _is_rated(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a number stands right before a word, or with its scale and the noun that it counts."""
    before = tokens[max(0, place - 3) : place]
    numeral = next((at for at in range(len(before) - 1, -1, -1) if before[at].kind == "numeral"), len(before))
    return numeral < len(before) and all(token.kind == "word" for token in before[numeral + 1 :])


def _is_one(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return whether "one" or "a" counts, as in "one gold short of", "a degree warmer", "by a single vote"."""
    if end >= len(tokens) or tokens[end].kind != "word" or (start and tokens[start - 1].word in ("the", "no", "not")):
        return False
    if tokens[end].word == "of" and end + 1 < len(tokens) and _count(tokens[end + 1].word):
        return True  # "one of 13 towns"
    before, behind = tokens[start - 1].word if start else "", [token.word for token in tokens[end + 1 : end + 3]]
    opens = before in ("than", "and", "to", "in", "between") or role_of(before, "hedge") is not None
    if _is_measure(tokens, end) and (
        opens or tokens[start].word == "one" or behind in (["or", "more"], ["or", "less"])
    ):
        return True  # "more than an hour"
    if tokens[end - 1].word in ("a", "an") and _is_rated(tokens, start):
        return False  # "500 a month", "22p a litre"
    if tokens[end - 1].word in ("a", "an") and not any(role_of(tokens[end].word, role) for role in _UNITS):
        return False  # "a loaf costs more"
    if start and tokens[start - 1].word in ("only", "just") and tokens[end - 1].word == "one":
        return True  # "only one brand topped 100,000"
    compared = any(
        "comparative" in found.roles for found in (meanings(tokens, end + 1) if end + 1 < len(tokens) else ())
    )
    return compared or (start > 0 and tokens[start - 1].word == "by" and tokens[end - 1].word != "a")


def scale_at(tokens: Sequence[Token], place: int) -> tuple[float, int]:
    """Return the factor that stands behind a number, and the token behind that: "bn" in "120 bn"."""
    if place < len(tokens):
        token = tokens[place]
        behind = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.text in LETTERS:
            # "5 m" before a word may be metres or months: a currency, the end, or a tight "5m" is a factor.
            alone = behind is None or behind.kind != "word" or bool(_currency_at(tokens, place + 1)[0])
            if is_tight(tokens[place - 1], token) or alone or token.text in "GTB":
                return LETTERS[token.text], place + 1
        elif (power := role_of(token.word, "scale")) is not None:
            return 10.0 ** int(power), place + 1
    return 1.0, place


def _kind_at(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    if place < len(tokens) and tokens[place].word == "-":  # "1.6-fold"
        kind, end = _kind_at(tokens, place + 1)
        return (kind, end) if kind == "times" else ("plain", place)
    for found in meanings(tokens, place) if place < len(tokens) else ():
        if "number-sign" in found.roles:
            kind, end = found.roles["number-sign"], place + found.length
            return "often" if kind == "times" and _counts_how_often(tokens, place, end) else kind, end
    return "plain", place


def _counts_how_often(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Return whether "times" counts how often, "raised three times in ten years", not how much, "grew 1.6 times"."""
    before, behind = tokens[place - 1].word, [token.word for token in tokens[end : end + 2]]
    whole = before.isdigit() or role_of(before, "count") is not None
    dated = behind[:1] == ["in"] and _is_year(behind[-1])  # "grew three times in 2018"
    return whole and not dated and bool(behind) and role_of(behind[0], "often") is not None


def part_at(tokens: Sequence[Token], start: int, text: str = "") -> PrintedNumber | None:
    """Read "every second", "nearly one in three" or "three out of four" as a part; None if none begins there."""
    place, hedge = hedge_at(tokens, start)
    words = [token.word for token in tokens[place : place + 5]]
    if words[:1] in (["every"], ["each"]) and len(words) > 1 and (nth := role_of(words[1], "ordinal")) and nth != "1":
        part, end = 1 / int(nth), place + 2
    else:
        if pence := _pence_in_pound(tokens, place):
            return pence if not text else replace(pence, text=text[tokens[start].start : tokens[pence.end - 1].end])
        if apart := part_apart(tokens, place):
            part, end = apart[0], place + 1
            low, high = _hedged(part, hedge, "fraction") if hedge in HEDGES else (0.93 * part, 1.07 * part)
            written = text[tokens[start].start : tokens[end - 1].end] if text else ""
            return PrintedNumber(written, part, low, high, kind="fraction", hedge=hedge, start=start, end=end)
        behind = 2 if words[1:2] == ["in"] else 3 if words[1:3] == ["out", "of"] else 0
        behind += words[behind : behind + 1] == ["every"]
        ends = (words[0], words[behind]) if 0 < behind < len(words) else ("", "")
        count, whole = (float(_count(word)) for word in ends)
        if not 0 < count < whole or (behind < len(words) - 1 and _is_span(words[behind + 1], whole)):
            return None  # "up by one crown in four years"
        whole, end = _with_ones(tokens, place + behind + 1, whole)
        part = count / whole
    written = text[tokens[start].start : tokens[end - 1].end] if text else ""
    low, high = _hedged(part, hedge, "fraction") if hedge in HEDGES else (0.93 * part, 1.07 * part)
    return PrintedNumber(written, part, low, high, kind="fraction", hedge=hedge, start=start, end=end)


def _is_span(word: str, count: float) -> bool:
    """Return whether a word is a length of time behind a count: "four years", and not "ten Year 7 pupils"."""
    return role_of(word, "span") is not None and (count == 1 or word.endswith("s"))


def _pence_in_pound(tokens: Sequence[Token], place: int) -> PrintedNumber | None:
    """Read "88p in every pound" and "30 cents in the dollar" as parts."""
    words = [token.word for token in tokens[place : place + 5]]
    hundredths = len(words) == 5 and role_of(words[1], "hundredth") and words[2] in ("in", "of", "out")
    if not hundredths or not words[0].isdigit() or role_of(words[4], "currency") is None:
        return None
    part = int(words[0]) / 100
    return PrintedNumber("", part, part - 0.005, part + 0.005, kind="fraction", digit=0.01, start=place, end=place + 5)


def part_apart(tokens: Sequence[Token], place: int) -> tuple[float, int, int] | None:
    """Read a part with words in it, "one Moor line train in 11": its value, and where "in 11" begins and ends."""
    count = _count(tokens[place].word) if place < len(tokens) else 0
    for behind in range(place + 2, min(place + 2 + _MOST_APART, len(tokens) - 1)) if count else ():
        between = tokens[place + 1 : behind]
        if any(token.kind != "word" or any(role_of(token.word, role) for role in _UNITS) for token in between):
            return None  # "2 percent in six years"
        end = behind + 1 if tokens[behind].word == "in" else behind + 2 if tokens[behind].word == "out" else 0
        whole = _count(tokens[end].word) if 0 < end < len(tokens) else 0
        if end and count < whole and not (end + 1 < len(tokens) and role_of(tokens[end + 1].word, "span")):
            return count / whole, behind, end + 1
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() and len(word) <= 3 else int(role_of(word, "count") or 0)
