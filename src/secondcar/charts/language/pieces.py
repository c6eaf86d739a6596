"""Cuts a text into pieces that each claim one thing: at its signs and its joining words."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from secondcar.charts.language.periods import When
from secondcar.charts.language.phrases import Names, Phrase, is_head, phrases_of
from secondcar.charts.language.tokens import Token, tokens_of

# Signs that end a clause wherever they stand; a dash does with spaces around it.
_ENDS = ".;!?()[]|\u2022"
_OPENING = ("in", "at", "on", "after", "since", "before", "until", "over")
_EXTREMES = ("superlative", "extreme", "record", "majority")
QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


@dataclass(frozen=True)
class Piece:
    """Phrases between two boundaries."""

    phrases: tuple[Phrase, ...]
    joined: str  # what begins it: "and", "then", "cause", "," or ":"; "" at any other hard boundary
    asks: bool = False

    @property
    def has_head(self) -> bool:
        return any(is_head(phrase) for phrase in self.phrases)


def pieces_of(text: str, names: Names) -> list[Piece]:
    """Cut a text at its signs and joining words, so that each piece holds one head at least."""
    pieces: list[Piece] = []
    for sentence, ends in _sentences(text, names):
        cut = [replace(piece, asks=ends == "?") for piece in _cut(sentence)]
        pieces += _merged(cut)
    return _answered(pieces)


def _answered(pieces: Sequence[Piece]) -> list[Piece]:
    """Put a question and the name or the time that answers it together: "Who leads? Ostia"."""
    told: list[Piece] = []
    for piece in pieces:
        answers = any(phrase.kind in ("name", "when") for phrase in piece.phrases) and not _stands_alone(piece)
        asked = told[-1] if told and told[-1].asks else None
        if asked and asked.has_head and answers and not any(p.kind in ("name", "number") for p in asked.phrases):
            told[-1] = Piece((*asked.phrases, *piece.phrases), asked.joined)
        else:
            told.append(piece)
    return told


def _sentences(text: str, names: Names) -> Iterator[tuple[list[Phrase], str]]:
    """Give the phrases between hard boundaries, and the signs behind them."""
    tokens = tokens_of(text)
    current: list[Phrase] = []
    quoted = False
    for phrase in _without_insertions(list(phrases_of(text, names)), tokens):
        token = tokens[phrase.start]
        quoted ^= token.text in QUOTES
        if quoted and is_head(phrase):  # words that are quoted are spoken of
            phrase = replace(phrase, kind="word", roles={"restriction": "quoted"}, number=None)
        if phrase.kind == "sign" and (token.word in _ENDS or _is_free_dash(text, token)):
            if current:
                yield current, token.word
            current = []
        elif phrase.kind != "sign" or token.word in ",:":
            current.append(phrase)
        elif not _is_silent(token):
            current.append(replace(phrase, kind="unknown"))
    if current:
        yield current, ""


def _without_insertions(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Leave out brackets around what claims nothing of its own: "2013 (made): 37,000", "Almaty (135)"."""
    skipped: Sequence[int] = ()
    for place, phrase in enumerate(phrases):
        word = tokens[phrase.start].word
        if word in "([" and phrase.kind == "sign":
            ends = (end for end in range(place, len(phrases)) if tokens[phrases[end].start].word in ")]")
            closing = next(ends, None)
            inside = phrases[place + 1 : closing]
            if closing is not None and not any(other.kind == "word" and is_head(other) for other in inside):
                silent = not any(other.kind in ("name", "when", "number", "part") for other in inside)
                skipped = range(place, closing + 1) if silent else (place, closing)
        if place not in skipped:
            yield phrase


def _is_silent(token: Token) -> bool:
    """Return whether a sign says nothing: a quotation mark, an apostrophe, a hyphen."""
    return unicodedata.category(token.text) in ("Pi", "Pf", "Ps", "Pe", "Pd") or token.text in "\"'\u2019&*\u2020"


def _is_free_dash(text: str, token: Token) -> bool:
    around = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return token.text in "\u2013\u2014" or (token.word == "-" and all(side.isspace() for side in around))


def _cut(sentence: Sequence[Phrase]) -> list[Piece]:
    """Cut a sentence at commas and joining words."""
    pieces: list[Piece] = []
    current: list[Phrase] = []
    joined = ""
    if _is_the_more(sentence):
        return [Piece(tuple(phrase for phrase in sentence if phrase.kind != "sign"), "")]
    for place, phrase in enumerate(sentence):
        comma = phrase.kind == "sign"
        joint = phrase.roles.get("joint") if phrase.kind == "word" else None
        causes = phrase.kind == "word" and phrase.has("cause")
        if joint == "but" and any({"all", "steady"} & {*other.roles.values()} for other in current):
            joint, phrase = None, replace(phrase, roles={"except": "except"})  # "all cities but Almaty"
        if phrase.roles.get("link") == "as" and _claims_of_its_own(current, sentence[place + 1 :]):
            joint = "but"  # "takes the lead as the League slides", "overtakes Corby as the largest"
        if joint == "and" and any(other.link == "between" for other in current[-2:]):
            joint, phrase = None, replace(phrase, kind="unknown", roles={})  # "the gap between births and deaths"
        if joint == "and" and _lists_names(sentence, place):
            joint = None  # "the share of girls and boys"
        if (comma or joint or causes) and current:
            pieces.append(Piece(tuple(current), joined))
            current, joined = [], joint or ("cause" if causes else phrase.roles.get("sign", ","))
        elif joint:
            joined = joint if joined in ("", ",", "and") else joined  # "and then"
        if not comma and not joint:
            current.append(phrase)
    if current:
        pieces.append(Piece(tuple(current), joined))
    return pieces


def _lists_names(sentence: Sequence[Phrase], place: int) -> bool:
    """Return whether a joining word stands between two names, of which the second does not begin a clause."""
    behind = list(takewhile(lambda phrase: phrase.kind != "sign", sentence[place + 1 :]))
    told = [phrase for phrase in behind if phrase.kind != "unknown"]
    alone = not any(is_head(phrase) for phrase in told[1:2])
    return place > 0 and sentence[place - 1].kind == "name" and bool(told) and told[0].kind == "name" and alone


def _claims_of_its_own(before: Sequence[Phrase], behind: Sequence[Phrase]) -> bool:
    """Return whether words on both sides of "as" claim something, and neither is as much as the other."""
    equal = any(phrase.roles.get("comparative") == "equal" or phrase.has("level") or phrase.number for phrase in before)
    rest = list(takewhile(lambda phrase: phrase.kind != "sign", behind))
    verbs = ("change", "multiple", "superlative", "rank", "crossing", "relation")
    return not equal and all(any(phrase.has(*verbs) for phrase in side) for side in (before, rest))


def _is_the_more(sentence: Sequence[Phrase]) -> bool:
    """Return whether a sentence has the form "the more ..., the better ..."."""
    commas = [place for place, phrase in enumerate(sentence) if phrase.kind == "sign"]
    if len(commas) != 1:
        return False
    halves = sentence[: commas[0]], sentence[commas[0] + 1 :]
    return all(len(half) > 1 and half[1].start == half[0].end and half[1].has("comparative") for half in halves)


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Put pieces without a head to the one behind them, or the one before where none follows."""
    merged: list[Piece] = []
    waiting: Piece | None = None
    for place, piece in enumerate(pieces):
        if waiting is not None:
            before = _announced(waiting, piece) if piece.joined == ":" else waiting.phrases
            piece = replace(piece, phrases=(*before, *piece.phrases), joined=waiting.joined)
            waiting = None
        whole = (piece.has_head and not _only_counts(piece)) or piece.joined == "cause"
        whole = whole and not (_says_when(piece) and place + 1 < len(pieces) and pieces[place + 1].joined == ",")
        goes_on = piece.joined == "and" or (piece.joined == ":" and merged and _tells_how_much(merged[-1], piece))
        if whole and merged and goes_on and not _stands_alone(piece):
            last = merged.pop()
            merged.append(replace(last, phrases=(*last.phrases, *piece.phrases)))
        elif whole:
            merged.append(piece)
        elif merged and _belongs_before(piece) and not _heads_a_list(pieces[place + 1 :]):
            last = merged.pop()
            merged.append(replace(last, phrases=(*last.phrases, *piece.phrases)))
        else:
            waiting = piece
    if waiting is not None and merged:
        last = merged.pop()
        merged.append(replace(last, phrases=(*last.phrases, *waiting.phrases)))
    elif waiting is not None:
        merged.append(waiting)
    return merged


def _heads_a_list(behind: Sequence[Piece]) -> bool:
    """Return whether a colon follows before anything is claimed: "..., 2018, by the plan: 5,000"."""
    for piece in behind:
        if piece.joined == ":" or piece.has_head:
            return piece.joined == ":"
    return False


def _announced(heading: Piece, piece: Piece) -> tuple[Phrase, ...]:
    """Return what words before a colon say of those behind it: "Coffee, January to August: 4 in 2017"."""
    named = any(phrase.kind == "name" for phrase in piece.phrases)
    dated = any(phrase.when and phrase.when.period for phrase in piece.phrases)
    return tuple(
        phrase
        for phrase in heading.phrases
        if phrase.kind == "unknown"
        or (phrase.kind == "name" and not named)
        or (phrase.when and phrase.when.kind in ("at", "range") and not (dated and _has_year(phrase.when)))
    )


def _has_year(when: When) -> bool:
    return when.period is not None and when.period.year is not None


def _tells_how_much(before: Piece, piece: Piece) -> bool:
    """Return whether a piece is the number of the change that the one before names: "the rise", and then "45 %"."""
    heads = [phrase for phrase in before.phrases if is_head(phrase)]
    own = any(phrase.kind in ("name", "when") for phrase in piece.phrases)  # "rising: 75 in 2017" begins a list
    return len(heads) == 1 and heads[0].has("change") and not own


def _only_counts(piece: Piece) -> bool:
    """Return whether a piece is the subject of the one behind it: "two cities", and then "72 % of sales"."""
    heads = [phrase for phrase in piece.phrases if is_head(phrase)]
    rest = [phrase for phrase in piece.phrases if phrase.kind in ("name", "when")]
    number = heads[0].number if heads and all(phrase.kind == "number" for phrase in heads) else None
    if len(heads) > 1 and not (len(heads) == 2 and heads[1].link == "of"):
        return False  # but "in three of the twelve towns"
    return (
        number is not None
        and not rest
        and number.kind == "plain"
        and number.value in range(2, 21)
        and number.scale == 1
    )


def _says_when(piece: Piece) -> bool:
    """Return whether a piece only opens the one behind it: "even in its coldest month", "a week after the crest"."""
    heads = [phrase for phrase in piece.phrases if is_head(phrase)]
    linked = any(phrase.roles.get("link") in _OPENING for phrase in piece.phrases[:2])
    counted = linked and all(phrase.kind == "part" or _counts(phrase) for phrase in heads)
    valued = linked and bool(heads) and all(phrase.number and phrase.link == "at" for phrase in heads)
    counted = counted or (
        valued and not any(phrase.kind == "name" for phrase in piece.phrases)
    )  # "at 1,050 a month, ..."
    return piece.joined == "" and linked and (counted or all(phrase.has(*_EXTREMES, "level") for phrase in heads))


def _counts(phrase: Phrase) -> bool:
    """Return whether a number may count things: "at 34 of 120 schools", "in half of the towns"."""
    number = phrase.number
    if number is None or number.hedge or number.currency or number.scale > 1:
        return False
    return number.kind == "fraction" or (number.kind == "plain" and number.value in range(1, 200))


def _stands_alone(piece: Piece) -> bool:
    """Return whether words behind "and" claim something of their own: numbers alone go on with the list before."""
    return any(phrase.kind == "word" and is_head(phrase) for phrase in piece.phrases)


def _belongs_before(piece: Piece) -> bool:
    """Return whether a piece without a head goes on with the one before it: "..., in 2018"."""
    first = piece.phrases[0]
    return first.kind == "when" or first.link != "" or (first.kind == "word" and first.has("link", "attribution"))
