"""Numbers, factors and units in the words of a chart: "120 bn", "Investment, billion KZT"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from secondcar.charts.language.number_words import COUNT_WORDS, CURRENCIES, FACTOR_LETTERS, FACTOR_WORDS

_UNITS = {
    "percentage points": r"percentage[- ]points?|p\.p\.|pp",
    "%": r"%|per ?cent|percentage",
    **CURRENCIES,
    "index": r"index|=\s?100",
    "times": r"times",
    "count": r"count",
    "°C": r"°\s?C|degrees?|celsius",
    "place": r"places?|ranks?|grades?|marks?|scores?",
    "density": r"(?:probability )?density|probability|frequency|proportion",
}
_COUNTED = (
    r"vehicles|cars|buses|trucks|lorries|units|people|persons|inhabitants|workers|jobs|households|claims|items|pieces"
    r"|trips|sales|loaves|shops|days|weeks|months|years|hours|minutes|seconds|km/h|km²|km|m²|square metres|hectares"
    r"|kWh|MWh|MW|kW|mm|cm|kilometres|metres|kg|tonnes|tons"
    r"|litres|points|shares?"
)
_KNOWN_UNIT = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(f"(?P<unit{index}>{pattern})" for index, pattern in enumerate(_UNITS.values()))
    + rf"|(?P<counted>{_COUNTED}))(?![^\W\d_])",
    re.IGNORECASE,
)
_CURRENCY_WORDS = {
    code: re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE) for code, words in CURRENCIES.items()
}
_NUMBER = r"\d{1,3}(?:[,\s'\u2019]\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|\d*\.?\d+(?:e[+-]?\d+)?"
# Word by word, so that "per million people" and "over 1 billion" name no factor.
_FACTOR_WORD = re.compile(rf"\b({'|'.join(FACTOR_WORDS)})s?\b", re.IGNORECASE)
# "per million people" is a rate, "over two billion" is a statement: neither says what the numbers of an axis count.
_NOT_BEFORE_FACTOR = re.compile(rf"(?:\d|\b(?:per|a|half|several|many|{'|'.join(COUNT_WORDS)}))\s*$", re.IGNORECASE)
_FACTOR_LETTER = re.compile(
    rf"(?:{'|'.join(CURRENCIES.values())})\s?([kKmMbBT])\b|\b([kKmMBT])\s?(?:{'|'.join(CURRENCIES)})\b"
)
_FACTOR_NUMBER = re.compile(r"(?<!per )(?:'000\b|\b000s\b|\(000\)|(?:\bin |[\u00d7x] ?|\()1[, ]?000s?\b)")
_FACTOR_POWER = re.compile(r"(?:10\^\{?|1e)(\d+)\}?")
_PERIOD = re.compile(r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_SOURCE = re.compile(r"^\W*(?:sources?|data|data from|based on)\b\s*(?::|\u2013|\u2014|-|from\b|\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number with its factor and unit, as a text states it."""

    number: float  # scaled out: 120e9 for "120 bn"
    rounding: float  # what one more in the last written digit would add
    factor: float  # 1e9 for "120 bn"
    unit: str


def one_line(text: str) -> str:
    """Labels are often broken into lines to fit; what is said about them must not be.

    >>> one_line("of the citizens\\n  of a country")
    'of the citizens of a country'
    """
    return " ".join(text.split())


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


@lru_cache(maxsize=1024)  # ticks and labels are asked for many times
def quantity(text: str) -> Quantity | None:
    """Read the quantity a tick or a bar label states, or None where the text holds no number or several.

    >>> quantity("120 bn KZT")
    Quantity(number=120000000000.0, rounding=1000000000.0, factor=1000000000.0, unit='KZT')
    >>> quantity("19,000").number, quantity("low")
    (19000.0, None)
    """
    text = plain(text)
    power = re.fullmatch(rf"(-?)(?:({_NUMBER})\s*\u00d7\s*)?10\^\{{?([+-]?\d+)\}}?", text, re.IGNORECASE)
    if power:
        number = float(power[2] or 1) * 10.0 ** int(power[3])
        return Quantity(-number if power[1] else number, number / 10, 1.0, "")
    found = re.fullmatch(rf"([^\d.]*?)([+-]?)\s*({_NUMBER})\s*(\D*)", text, re.IGNORECASE)
    if not found:
        return None
    before, sign, digits, after = found.groups()
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    digits = re.sub(r"[,\s'\u2019]", "", digits)
    mantissa, _, exponent = digits.lower().partition("e")
    step = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    factor, rest = _suffix(after)
    negative = sign == "-" or before.strip().startswith("-")
    value = float(digits) * factor
    unit = unit_in(before) or unit_in(rest) or next((one_line(t) for t in (rest, before) if re.search(r"\w", t)), "")
    return Quantity(-value if negative else value, step * factor, factor, unit)


def _suffix(text: str) -> tuple[float, str]:
    """Split "bn KZT" behind a number into its factor and what is left."""
    word = re.match(rf"\s*({'|'.join(FACTOR_WORDS)})s?\b", text, re.IGNORECASE)
    if word:
        return FACTOR_WORDS[word[1].lower()], text[word.end() :]
    letter = re.match(r"\s*([kKMmBbGT])(?=$|\s|[A-Z]{3}\b|[₸$€₽£])", text)
    if letter:
        return FACTOR_LETTERS[letter[1]], text[letter.end() :]
    return 1.0, text


def factor_in(text: str) -> float:
    """Return the factor a label or a title names, 1 if it names none.

    >>> factor_in("Investment, billion KZT"), factor_in("Cars per million people")
    (1000000000.0, 1.0)
    """
    if not text:
        return 1.0
    text = plain(without_source(text))
    for word in _FACTOR_WORD.finditer(text):
        if not _NOT_BEFORE_FACTOR.search(text[: word.start()]):
            return FACTOR_WORDS[word[1].lower()]
    if letter := _FACTOR_LETTER.search(text):
        return FACTOR_LETTERS[letter[1] or letter[2]]
    if _FACTOR_NUMBER.search(text):
        return 1e3
    if power := _FACTOR_POWER.search(text):
        return 10.0 ** int(power[1])
    return 1.0


def unit_in(text: str) -> str:
    """Return the unit a label names: what stands in brackets, behind the last comma, or anywhere; "" if none does.

    >>> unit_in("Share of vehicles (%)"), unit_in("Investment, billion tenge"), unit_in("Output")
    ('%', 'KZT', '')
    """
    if not text:
        return ""
    text = plain(without_source(text))
    bracketed = re.findall(r"[(\[]([^)\]]+)[)\]]", text)
    for part in [*reversed(bracketed), text.rpartition(",")[2], text]:
        if unit := _known_unit(part):
            return unit
    for part in reversed(bracketed):
        stated = one_line(_FACTOR_WORD.sub("", part)).removeprefix("in ").removeprefix("of ")
        if stated and not _PERIOD.search(stated) and factor_in(f"({part})") == 1.0:
            return stated
    counted = re.search(
        rf"(?:\bnumber of|\bcount of|\b(?:{'|'.join(FACTOR_WORDS)})s?(?: of)?)\s+([^\W\d]+)", text, re.IGNORECASE
    )
    if counted:
        return counted[1].lower()
    rate = re.match(r"([^\W\d]+) (?:per|a|an|each) [^\W\d]+", text)
    return rate[0].lower() if rate else ""


def currencies_in(text: str) -> set[str]:
    """Return the codes of the currencies that a text names.

    >>> currencies_in("24,500 US dollars")
    {'USD'}
    """
    return {code for code, words in _CURRENCY_WORDS.items() if words.search(text)}


def unit_in_title(title: str) -> str:
    """Return the unit a title states in brackets or behind "in"; what it merely speaks of is no unit.

    >>> unit_in_title("Value of cars made, in billion tenge"), unit_in_title("Cars made in Kazakhstan")
    ('KZT', '')
    """
    title = plain(title)
    parts = [*re.findall(r"[(\[]([^)\]]+)[)\]]", title), *title.split(",")[1:], *re.split(r"\bin\b", title)[1:]]
    for part in parts:
        stated = _FACTOR_WORD.sub("", part).strip().removeprefix("in ").strip().removeprefix("of ").strip()
        first = " ".join(stated.split()[:1])
        if unit := _known_unit(first):
            return unit
    return ""


def _known_unit(text: str) -> str:
    """Return the first unit of the lists that a text names."""
    found = _KNOWN_UNIT.search(text)
    if not found:
        return ""
    if found.lastgroup == "counted":
        return found[0].lower()
    return list(_UNITS)[int(found.lastgroup.removeprefix("unit"))]


_SOURCE_WITHIN = re.compile(r"(?:[(\[;.,|\u2013\u2014]|\s-)\s*(sources?\s*:\s*[^)\]]+)", re.IGNORECASE)


def source_in(text: str) -> str:
    """Return the line, or the part of a line, that names the source; "" if none does.

    >>> source_in("year\\nSource: World Bank")
    'Source: World Bank'
    """
    whole = (one_line(line) for line in text.splitlines() if _SOURCE.match(line))
    within = (one_line(found[1]) for found in _SOURCE_WITHIN.finditer(text))
    return next(whole, "") or next(within, "")


def without_source(text: str) -> str:
    """Leave out the lines that name the source: they name no unit."""
    return "\n".join(line for line in text.splitlines() if not _SOURCE.match(line))
