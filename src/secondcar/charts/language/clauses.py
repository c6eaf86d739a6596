"""Cuts texts into clauses, and reads in each what it claims: whole, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from secondcar.charts.language.claims import Claim, claims_of
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.phrases import Phrase, names_of, phrases_of
from secondcar.charts.language.tokens import Token, tokens_of

# Signs that end a clause wherever they stand; a dash does with spaces around it.
_ENDS = ".;!?()[]|\u2022"
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb'\u2018\u2019"
# Roles that carry a claim: a piece without any belongs to the one beside it.
HEADS = (
    "change", "multiple", "comparative", "superlative", "record", "rank", "relation", "crossing", "threshold",
    "extreme", "majority", "distance", "share", "level", "pace",
    "negation", "condition", "plan", "vague", "restriction",
)  # fmt: skip


@dataclass(frozen=True)
class Clause:
    """One part of a text.

    Attributes:
        text: its words, as written.
        claims: what it claims, of which all must be true; empty where it claims nothing.
        understood: every word that carries a quantity, a direction, a rank or a condition has its place in a claim.
        asks: it is a question.
    """

    text: str
    claims: tuple[Claim, ...] = ()
    understood: bool = True
    asks: bool = False

    @property
    def claims_nothing(self) -> bool:
        """Return whether it names its subject alone, or asks."""
        return self.asks or (self.understood and not self.claims)


@dataclass(frozen=True)
class _Piece:
    """Phrases between two boundaries."""

    phrases: tuple[Phrase, ...]
    joined: str  # what begins it: "and", "then", "cause", "," or ":"; "" at a hard boundary
    asks: bool = False

    @property
    def has_head(self) -> bool:
        return any(is_head(phrase) for phrase in self.phrases)


def is_head(phrase: Phrase) -> bool:
    """Return whether a phrase carries a claim."""
    return phrase.kind in ("number", "part") or (phrase.kind == "word" and phrase.has(*HEADS))


def read_clauses(text: str, names: Sequence[str] = ()) -> tuple[Clause, ...]:
    """Read the clauses of a title, an alt text or a note.

    Args:
        text: one or more sentences.
        names: the categories and series of the chart, which are names wherever they stand.

    >>> [(clause.text, clause.understood) for clause in read_clauses("Output doubled; did exports fall?")]
    [('Output doubled', True), ('did exports fall', True)]
    >>> [claim.role for clause in read_clauses("Up 60 % from 75 to 120") for claim in clause.claims]
    ['change', 'change']
    """
    return _read_clauses(text, tuple(names))


@lru_cache(maxsize=256)
def _read_clauses(text: str, names: tuple[str, ...]) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    tokens = tokens_of(text)
    subject: tuple[Phrase, ...] = ()
    for piece in _pieces(text, names):
        if not piece.joined:
            subject = ()
        claims = claims_of(piece.phrases, tokens, piece.joined, subject)
        own = tuple(phrase for phrase in piece.phrases if phrase.kind == "name")
        subject = own or subject
        clauses.append(_clause(text, piece, claims, tokens))
        _mark_sequence(clauses, piece.joined)
    return tuple(clauses)


def _mark_sequence(clauses: list[Clause], joined: str) -> None:
    """Mark two opposite changes that follow each other, "first down, then up": neither speaks of the whole time."""
    if not joined or len(clauses) < 2:
        return
    pair = [clause.claims[0] for clause in clauses[-2:] if len(clause.claims) == 1]
    bare = all(claim.role == "change" and not (claim.number or claim.end) for claim in pair)
    if len(pair) == 2 and bare and pair[0].sign != pair[1].sign and pair[0].names == pair[1].names:
        for place, claim in zip((-2, -1), pair, strict=True):
            clauses[place] = replace(clauses[place], claims=(replace(claim, flags=claim.flags | {"then"}),))


def _clause(text: str, piece: _Piece, claims: Sequence[Claim] | None, tokens: Sequence[Token]) -> Clause:
    start, end = tokens[piece.phrases[0].start].start, tokens[piece.phrases[-1].end - 1].end
    if piece.asks:
        return Clause(text[start:end], asks=True)
    return Clause(text[start:end], tuple(claims or ()), understood=claims is not None)


def _pieces(text: str, names: tuple[str, ...]) -> list[_Piece]:
    """Cut a text at its signs and joining words, so that each piece holds one head at least."""
    pieces: list[_Piece] = []
    for sentence, asks in _sentences(text, names):
        pieces += _merged([replace(piece, asks=asks) for piece in _cut(sentence)])
    return pieces


def _sentences(text: str, names: tuple[str, ...]) -> Iterator[tuple[list[Phrase], bool]]:
    """Give the phrases between hard boundaries, and whether a question mark ends them."""
    tokens = tokens_of(text)
    current: list[Phrase] = []
    for phrase in phrases_of(text, names_of(names)):
        token = tokens[phrase.start]
        if phrase.kind == "sign" and (token.word in _ENDS or _is_free_dash(text, token)):
            if current:
                yield current, token.word == "?"
            current = []
        elif phrase.kind != "sign" or token.word in ",:":
            current.append(phrase)
    if current:
        yield current, False


def _is_free_dash(text: str, token: Token) -> bool:
    around = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return token.text in "\u2013\u2014" or (token.word == "-" and all(side.isspace() for side in around))


def _cut(sentence: Sequence[Phrase]) -> list[_Piece]:
    """Cut a sentence at commas and joining words."""
    pieces: list[_Piece] = []
    current: list[Phrase] = []
    joined = ""
    if _is_the_more(sentence):
        return [_Piece(tuple(phrase for phrase in sentence if phrase.kind != "sign"), "")]
    for phrase in sentence:
        comma = phrase.kind == "sign"
        joint = phrase.roles.get("joint") if phrase.kind == "word" else None
        causes = phrase.kind == "word" and phrase.has("cause")
        if (comma or joint or causes) and current:
            pieces.append(_Piece(tuple(current), joined))
            current, joined = [], joint or ("cause" if causes else phrase.roles.get("sign", ","))
        elif joint:
            joined = joint if joined in ("", ",") else joined
        if not comma and not joint:
            current.append(phrase)
    if current:
        pieces.append(_Piece(tuple(current), joined))
    return pieces


def _is_the_more(sentence: Sequence[Phrase]) -> bool:
    """Return whether a sentence has the form "the more ..., the better ..."."""
    commas = [place for place, phrase in enumerate(sentence) if phrase.kind == "sign"]
    if len(commas) != 1:
        return False
    halves = sentence[: commas[0]], sentence[commas[0] + 1 :]
    return all(len(half) > 1 and half[1].start == half[0].end and half[1].has("comparative") for half in halves)


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Put pieces without a head to the one behind them, or the one before where none follows."""
    merged: list[_Piece] = []
    waiting: _Piece | None = None
    for piece, behind in zip(pieces, [*pieces[1:], None], strict=True):
        if waiting is not None:
            piece = replace(piece, phrases=(*waiting.phrases, *piece.phrases), joined=waiting.joined)
            waiting = None
        whole = (piece.has_head and not _only_counts(piece)) or piece.joined == "cause"
        goes_on = piece.joined == "and" or (piece.joined == ":" and merged and _wants_number(merged[-1]))
        if whole and merged and goes_on and not _stands_alone(piece):
            last = merged.pop()
            merged.append(replace(last, phrases=(*last.phrases, *piece.phrases)))
        elif whole:
            merged.append(piece)
        elif merged and _belongs_before(piece) and not (behind and behind.joined == ":"):
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


def _wants_number(piece: _Piece) -> bool:
    """Return whether a piece names a change and no number: "the rise", and then "45 %"."""
    heads = [phrase for phrase in piece.phrases if is_head(phrase)]
    return len(heads) == 1 and heads[0].has("change")


def _only_counts(piece: _Piece) -> bool:
    """Return whether a piece is the subject of the one behind it: "two cities", and then "72 % of sales"."""
    heads = [phrase for phrase in piece.phrases if is_head(phrase)]
    rest = [phrase for phrase in piece.phrases if phrase.kind in ("name", "when")]
    number = heads[0].number if len(heads) == 1 and heads[0].kind == "number" else None
    return (
        number is not None
        and not rest
        and number.kind == "plain"
        and number.value in range(2, 21)
        and number.scale == 1
    )


def _stands_alone(piece: _Piece) -> bool:
    """Return whether words behind "and" claim something of their own: numbers alone go on with the list before."""
    return any(phrase.kind == "word" and is_head(phrase) for phrase in piece.phrases)


def _belongs_before(piece: _Piece) -> bool:
    """Return whether a piece without a head goes on with the one before it: "..., in 2018"."""
    first = piece.phrases[0]
    return first.kind == "when" or first.link != "" or (first.kind == "word" and first.has("link", "attribution"))


def says_relation(text: str) -> bool:
    """Return whether a text says how values stand to each other, in whichever words: "more", "soared", "one in three".

    >>> says_relation("Buses overtook trucks"), says_relation("Buses and trucks in 2018")
    (True, False)
    """
    telling = ("change", "multiple", "comparative", "superlative", "record", "rank", "relation", "crossing", "extreme",
               "majority", "distance", "level", "pace")  # fmt: skip
    for phrase in phrases_of(text, names_of(())):
        if phrase.kind == "part" or (phrase.number and phrase.number.kind != "plain"):
            return True
        if phrase.kind == "word" and phrase.has(*telling) and phrase.roles.get("change") != "some":
            return True
    return mentions(text, "relation")
