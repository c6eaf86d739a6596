"""The line that says where the numbers of a chart come from, and whether it names somebody."""

from collections.abc import Sequence
from itertools import takewhile

from secondcar.charts.language.lexicon import meanings, words_for
from secondcar.charts.language.periods import period_in
from secondcar.charts.language.say import one_line
from secondcar.charts.language.tokens import Token, spoken, tokens_of

# Behind these the name of a source begins without a colon: "Data from AKAB", "via Kazinform".
_NAMES_FOLLOW = {"from", "via", "to", "on"}
_BREAKS = "()[];.,|-"
# Endings of web addresses, so that "stat.gov.kz" is told from "e.g." and "bn.KZT".
_DOMAINS = {
    "kz",
    "com",
    "org",
    "net",
    "gov",
    "edu",
    "int",
    "eu",
    "info",
    "ru",
    "uk",
    "de",
    "fr",
    "us",
    "io",
    "uz",
    "kg",
}


def source_in(text: str) -> str:
    """Return the line, or the part of a line, that names the source; "" if none does.

    >>> source_in("year\\nSource: World Bank"), source_in("2018 (Figures: AKAB)"), source_in("stat.gov.kz, 2018")
    ('Source: World Bank', 'Figures: AKAB', 'stat.gov.kz, 2018')
    >>> source_in("month\\nSources: World Bank, 2018;\\nAKAB")
    'Sources: World Bank, 2018;\\nAKAB'
    """
    lines = [line for line in text.splitlines() if line.strip()]
    for colon in (True, False):  # "calculated from rates" opens a source only where no line says "Source:"
        for place, line in enumerate(lines):
            if _opens(tokens_of(line), colon) or (not colon and _is_address(tokens_of(line))):
                return "\n".join(map(one_line, _whole(lines[place:])))
    for line in lines:
        tokens = tokens_of(line)
        for place, token in enumerate(tokens[:-1]):
            if token.word in _BREAKS and _opens(tokens[place + 1 :], colon=True):
                part = line[tokens[place + 1].start :]
                return one_line(part.partition(")")[0] if token.word == "(" else part)
    return next((one_line(line) for line in lines if _is_dated_name(line)), "")


def _whole(lines: Sequence[str]) -> Sequence[str]:
    """Return the first of some lines, with those that it goes on in."""
    unfinished = takewhile(lambda line: line.rstrip().endswith((",", ";", "/", "&", " and")), lines)
    return lines[: len(list(unfinished)) + 1]


def _opens(tokens: Sequence[Token], colon: bool = False) -> bool:
    """Return whether words begin as the line of a source does: "Source:", "Data from", "Compiled from"."""
    tokens = list(tokens)
    while tokens and tokens[0].kind == "sign":
        tokens.pop(0)
    for words in sorted(words_for("source", "opens"), key=len, reverse=True):
        length = words.count(" ") + 1
        if spoken(tokens[:length]) == words:
            behind = tokens[length].word if length < len(tokens) else ""
            dashed = behind in (":", "-", "=") or ((words == "sources" or words == "source") and not colon)
            return dashed or (not colon and words.split()[-1] in _NAMES_FOLLOW and bool(behind))
    return False


def _is_address(tokens: Sequence[Token]) -> bool:
    """Return whether a web address stands in a line, "stat.gov.kz"."""
    words = [token.word for token in tokens]
    if words[:1] in (["http"], ["https"], ["www"]):
        return True
    return any(
        dot == "." and end in _DOMAINS and host.isalnum() and tokens[place].end == tokens[place + 2].start - 1
        for place, (host, dot, end) in enumerate(zip(words, words[1:], words[2:], strict=False))
    )


def _is_dated_name(line: str) -> bool:
    """Return whether a line is a name with a date or a slash: "Kazinform, 21 May 2018", "AKAB / own calculation"."""
    tokens = tokens_of(line)
    names = [token for token in tokens if token.kind == "word" and token.is_name]
    if not names or names[0] is not tokens[0] or len(tokens) > 12:
        return False
    if any(t.word == "/" for t in tokens) and any(t.word in ("own", "calculation", "calculations") for t in tokens):
        return True
    comma = next((place for place, token in enumerate(tokens) if token.word == ","), None)
    if comma is None or comma > 4:
        return False
    if any(
        (token.kind == "word" and not token.is_name) or next(meanings(tokens, place), None)
        for place, token in enumerate(tokens[:comma])
    ):
        return False  # "Cars made, January 2018"
    period = period_in(tokens, comma + 1)
    return period is not None and period[1] == len(tokens) and (period[0].months or 0) < 2


def without_source(text: str) -> str:
    """Leave out the lines that name the source: they name no unit."""
    lines, left = text.splitlines(), []
    while lines:
        opens = _opens(tokens_of(lines[0]))
        left += [] if opens else lines[:1]
        lines = lines[len(_whole(lines)) if opens else 1 :]
    return "\n".join(left)


def names_a_source(line: str) -> bool:
    """Return whether a source line names somebody whom a reader can ask or look up.

    >>> names_a_source("Source: Kazinform, 21 September 2018"), names_a_source("Source: the internet")
    (True, False)
    """
    nobody = set(words_for("source", "nobody")) | set(words_for("source", "opens"))
    tokens = tokens_of(line)
    place, left = 0, []
    while place < len(tokens):
        if period := period_in(tokens, place):
            place = period[1]
            continue
        left.append(tokens[place])
        place += 1
    words = [token.word for token in left if token.kind == "word"]
    return _is_address(tokens) or any(len(word) > 1 and word not in nobody for word in words)
