"""Reads units: the one that a label names, its factor and per what; and the quantities that ticks and bars state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from secondcar.charts.language.lexicon import meanings, role_of
from secondcar.charts.language.numbers import LETTERS, scale_at
from secondcar.charts.language.periods import read_period
from secondcar.charts.language.say import one_line
from secondcar.charts.language.sources import without_source
from secondcar.charts.language.tokens import Token, numeral_value, spoken, tokens_of

# "per million people" is a rate, "over two billion" is a statement: neither says what the numbers of an axis count.
_OF_UNITS = ("unit", "currency", "measure-unit")
# The case of letters is part of a symbol, and no more than a habit in a word.
_SYMBOL = 3
_NOT_BEFORE_FACTOR = {"per", "a", "half", "several", "many"}


@dataclass(frozen=True)
class Quantity:
    """A number with its factor and unit, as a tick or a bar states it."""

    number: float  # scaled out: 120e9 for "120 bn"
    rounding: float  # what one more in the last written digit would add
    factor: float  # 1e9 for "120 bn"
    unit: str
    signed: bool = False  # written with a plus


@dataclass(frozen=True)
class NamedUnit:
    """A unit as a label names it.

    Attributes:
        name: "KZT" for "billion tenge", "%", "vehicles"; "" where none is named.
        factor: 1e9 for "billion tenge", 1 where none is named.
        per: "month" for "cars a month", "100,000" for "deaths per 100,000", "" for a plain count.
    """

    name: str
    factor: float
    per: str


def unit_of(label: str) -> NamedUnit:
    """Read the unit that the label of an axis names.

    >>> unit_of("Value of output, billion tenge")
    NamedUnit(name='KZT', factor=1000000000.0, per='')
    >>> unit_of("cars a month")
    NamedUnit(name='cars', factor=1.0, per='month')
    """
    name = unit_in(label)
    per = next((per for _, per in _rates(tokens_of(plain(without_source(label))))), "")
    return NamedUnit("" if name.startswith("per ") else name.split(" a ")[0].split(" per ")[0], factor_in(label), per)


def same_unit(label: str, asked: str) -> bool:
    """Return whether a label names the unit asked for, and no other; the factor may differ.

    >>> same_unit("billion KZT", "million tenge"), same_unit("cars a month", "cars")
    (True, False)
    """
    one, other = unit_of(label), unit_of(asked)
    return (one.name, one.per) == (other.name, other.per)


@lru_cache(maxsize=2048)
def unit_in(text: str) -> str:
    """Return the unit a label names: what stands in brackets, behind the last comma, or anywhere; "" if none does.

    >>> unit_in("Share of vehicles (%)"), unit_in("Investment, billion tenge"), unit_in("Output"), unit_in("CO2, Mt")
    ('%', 'KZT', '', 'Mt')
    """
    text = plain(without_source(text))
    if _known_unit(tokens_of(text)[:1]) == "%":
        return "%"  # "percent of the plan (cars)": brackets say of what
    bracketed = _bracketed(text)
    last = text.rpartition(",")[2]
    for part in [*reversed(bracketed), last, text]:
        if unit := _known_unit(tokens_of(part)) or (_letter_unit(part) if part is not text or "," not in text else ""):
            return unit
    for part in reversed(bracketed):
        stated = one_line(" ".join(t.text for t in tokens_of(part) if role_of(t.word, "scale") is None))
        stated = stated.removeprefix("in ").removeprefix("of ")
        if stated and not any(c.isdigit() for c in stated) and not read_period(stated) and factor_in(f"({part})") == 1:
            return stated
    tokens = tokens_of(text)
    opening = [rate for rate in _rates(tokens[:3]) if not role_of(rate[0], "measure")]
    return _counted_thing(tokens) or next((f"{what} per {per}".strip() for what, per in opening), "")


def _bracketed(text: str) -> list[str]:
    return re.findall(r"[(\[]([^)\]]+)[)\]]", text)


def _known_unit(tokens: Sequence[Token]) -> str:
    """Return the first unit of the lexicon that a text names."""
    for place, token in enumerate(tokens):
        for found in meanings(tokens, place):
            written = " ".join(t.text for t in tokens[place : place + found.length])
            for role in ("unit", "currency"):
                if role in found.roles:
                    return found.roles[role]
            if "measure-unit" in found.roles:
                return written if len(token.text) <= _SYMBOL else written.lower()
            if "counted" in found.roles:
                return written.lower()
    return ""


def _letter_unit(text: str) -> str:
    """Return a unit of a letter or two that stands alone, as in "Output (t)"."""
    words = [t for t in tokens_of(text) if role_of(t.word, "scale") is None or (t.word == "g" and t.text == "g")]
    alone = len(words) == 1 and role_of(words[0].word, "unit-letter") is not None
    return words[0].text if alone else ""


def _counted_thing(tokens: Sequence[Token]) -> str:
    """Return what is counted by "number of pupils" or "thousand pupils"."""
    for place, token in enumerate(tokens[:-1]):
        behind = tokens[place + 1 :]
        counting = token.word in ("number", "count") and behind[0].word == "of"
        if counting or role_of(token.word, "scale"):
            named = next((t for t in behind if t.word != "of"), None)
            if named and named.kind == "word":
                return named.word
    return ""


def _rates(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Give what stands before and behind "per", "a", "each" or "in the": "cars" and "month" of "cars a month"."""
    for place in range(1, len(tokens) - 1):
        word, before, behind = tokens[place].word, tokens[place - 1], tokens[place + 1]
        of_each = word in ("a", "an", "one", "each", "every", "for") or (before.word, word) == ("in", "the")
        each = of_each and (role_of(behind.word, "span") or _known_unit([before]) or role_of(before.word, "currency"))
        if before.kind != "word" or behind.word == "cent" or not (each or word in ("per", "/")):
            continue
        per = behind.text if behind.kind == "numeral" else behind.word
        if before.word == "half":
            per = f"half {per}"
        yield ("" if role_of(before.word, "scale") else before.word), per


def factor_in(text: str) -> float:
    """Return the factor a label or a title names, 1 if it names none.

    >>> factor_in("Investment, billion KZT"), factor_in("Cars per million people"), factor_in("Cars, '000")
    (1000000000.0, 1.0, 1000.0)
    """
    tokens = tokens_of(plain(without_source(text)))
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        counted = before is not None and (before.kind == "numeral" or role_of(before.word, "count"))
        asked = spoken(tokens[max(0, place - 2) : place]) in ("so many", "how many")  # "by so many billion tenge"
        if before is not None and (counted or (before.word in _NOT_BEFORE_FACTOR and not asked)):
            continue
        power = role_of(token.word, "scale")
        if power is not None and len(token.word) > 1:
            return 10.0 ** int(power)
        if token.text in LETTERS and _beside_currency(tokens, place):
            return LETTERS[token.text]
        if factor := _written_factor(tokens, place):
            return factor
    return 1.0


def _beside_currency(tokens: Sequence[Token], place: int) -> bool:
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return any(role_of(token.word, "currency") for token in beside)


def _written_factor(tokens: Sequence[Token], place: int) -> float:
    """Read "'000", "(1000s)", "in 1,000", "x 1000", "10^6" and "1e6"; 0 where none of them stands there."""
    words = (
        [token.word for token in tokens[max(0, place - 1) : place + 4]]
        if place
        else ["", *(t.word for t in tokens[:4])]
    )
    match words:
        case [before, "000", *_] if before in ("'", "\u2019", "(") or role_of(before, "currency"):
            return 1e3
        case ["in" | "(" | "x" | "\u00d7", "1000" | "1,000" | "1 000", *_]:
            return 1e3
        case [_, "10", "^", power, *_] if power.isdigit():
            return 10.0 ** int(power)
        case [_, "10", "^", "{"] if place + 3 < len(tokens) and tokens[place + 3].word.isdigit():
            return 10.0 ** int(tokens[place + 3].word)
        case [_, number, *_] if number.startswith("1e") and number[2:].isdigit():
            return 10.0 ** int(number[2:])
    return 0.0


def unit_in_title(title: str) -> str:
    """Return the unit a title states in brackets or behind "in"; what it merely speaks of is not a unit.

    >>> unit_in_title("Value of cars made, in billion tenge"), unit_in_title("Cars made in Kazakhstan")
    ('KZT', '')
    """
    title = plain(title)
    tokens = tokens_of(title)
    behind = [tokens[place + 1 :] for place, token in enumerate(tokens) if token.word in ("in", ",")]
    for part in [*map(tokens_of, _bracketed(title)), *behind]:
        stated = [t for t in part if t.word not in ("in", "of") and not (role_of(t.word, "scale") and len(t.word) > 1)]
        if unit := _known_unit(stated[:1]):
            return unit
    return ""


def currencies_in(text: str) -> set[str]:
    """Return the codes of the currencies that a text names.

    >>> currencies_in("24,500 US dollars")
    {'USD'}
    """
    tokens = tokens_of(text)
    found: set[str] = set()
    behind = 0
    for place in range(len(tokens)):
        named = next((m for m in meanings(tokens, place) if "currency" in m.roles), None) if place >= behind else None
        if named:
            found.add(named.roles["currency"])
            behind = place + named.length  # the "$" of "NZ$" is no currency of its own
    return found


@lru_cache(maxsize=2048)  # ticks and labels are asked for many times
def quantity(text: str) -> Quantity | None:
    """Read the quantity a tick or a bar label states, or None where the text holds no number or several.

    >>> quantity("120 bn KZT")
    Quantity(number=120000000000.0, rounding=1000000000.0, factor=1000000000.0, unit='KZT', signed=False)
    >>> quantity("19\u2019000").number, quantity("7,5").number, quantity("120 G").number, quantity("low")
    (19000.0, 7.5, 120000000000.0, None)
    """
    text = plain(text)
    tokens = tokens_of(text)
    if power := _power_of_ten(tokens):
        return power
    places = [place for place, token in enumerate(tokens) if token.kind == "numeral"]
    if len(places) != 1 or any(token.kind == "date" for token in tokens):
        return None
    place = places[0]
    value, step = numeral_value(tokens[place].text)
    factor, behind = scale_at(tokens, place + 1)
    before, rest = text[: tokens[place].start].strip(), text[tokens[behind - 1].end :].strip()
    negative = before.endswith("-") or before.startswith("-")
    unit = next(
        filter(None, [unit_in(before), unit_in(rest), *(t for t in (rest, before) if any(map(str.isalnum, t)))]), ""
    )
    return Quantity(
        (-value if negative else value) * factor, step * factor, factor, one_line(unit), signed=before.endswith("+")
    )


def _power_of_ten(tokens: Sequence[Token]) -> Quantity | None:
    """Read "10^9", "2 x 10^{9}" and "-10^9"."""
    words = [token.word for token in tokens if token.word not in "{}"]
    sign = -1.0 if words[:1] == ["-"] else 1.0
    match words[1:] if sign < 0 else words:
        case ["10", "^", *exponent]:
            mantissa = "1"
        case [mantissa, "\u00d7" | "x", "10", "^", *exponent]:
            pass
        case _:
            return None
    power = "".join(exponent)
    if not power.lstrip("+-").isdigit() or not mantissa[:1].isdigit():
        return None
    number = numeral_value(mantissa)[0] * 10.0 ** int(power)
    return Quantity(sign * number, number / 10, 1.0, "")


def plain(text: str) -> str:
    r"""Write the formulas of tick texts as plain text.

    >>> plain(r"$\mathdefault{10^{9}}$"), plain("\u22125")
    ('10^{9}', '-5')
    """
    text = text.replace("\u2212", "-").replace(r"\times", "\u00d7").replace(r"\%", "%").replace("$\\mathdefault{", "${")
    text = re.sub(r"\\mathdefault\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", text)
    if text.startswith("$") and text.endswith("$") and len(text) > 1:
        text = text[1:-1].removeprefix("{").removesuffix("}") if text.startswith("${") else text[1:-1]
    return one_line(text)


def scale_and_unit_at(tokens: Sequence[Token], place: int) -> int:
    """Return the token behind the scale and the unit that stand at a token, if any do."""
    place = scale_at(tokens, place)[1]
    while place < len(tokens) and any(role in found.roles for found in meanings(tokens, place) for role in _OF_UNITS):
        place += 1
    return place


def says_percent(unit: str) -> bool:
    """Return whether the words of an axis count in percent or shares."""
    return "%" in unit or any(
        word in ("percent", "cent", "share", "shares", "pct") for word in spoken(tokens_of(unit)).split()
    )
