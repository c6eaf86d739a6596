"""Reads in each clause of a text what it claims: whole, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile, zip_longest

from secondcar.charts.language.claims import Claim
from secondcar.charts.language.contexts import lacks_base, shared_by, with_context
from secondcar.charts.language.frames import itinerary_in, readings_in
from secondcar.charts.language.ideas import mentions
from secondcar.charts.language.lexicon import is_filler, role_of, words_for
from secondcar.charts.language.periods import When
from secondcar.charts.language.phrases import (
    ARTICLES,
    RELATING,
    TELLING,
    Names,
    Phrase,
    names_of,
    phrases_of,
    stem,
)
from secondcar.charts.language.pieces import QUOTES, Piece, pieces_of
from secondcar.charts.language.roles import Item, counts_things, is_joined, items_of, noun_behind, without_counts
from secondcar.charts.language.tokens import Token, tokens_of

# A clause that can be split in more ways than these is not understood any better.
_MOST_READINGS = 8
# Words of these roles count or limit something: where none of them has its place in a number, a part is not read.
_OF_QUANTITIES = ("hedge", "count", "fraction", "ordinal", "scale", "number-sign", "times", "multiple")


# Behind these stands where, when or for whom something is so.
_PLACING = ("in", "at", "on", "among", "after", "before", "over")


@dataclass(frozen=True)
class Clause:
    """One part of a text.

    Attributes:
        text: its words, as written.
        readings: the ways to understand it, each with claims of which all must be true; empty where it claims nothing.
        also: the same at the time of the clause before, which it may speak of as well.
        understood: every word that carries a quantity, a direction, a rank or a condition has its place in a claim.
        words: those that play no part in a claim, in small letters.
        qualities: what its adjectives measure: "price" of "cheaper".
        asks: it is a question or a condition.
        tells: a word in it says how something is, or how much.
        opens: nothing before it names anything, so that it need not speak of that.
        named, dated: it has a name or a time of its own.
        subject: a name of its own is what it speaks of: "China 91", but not "35 clear of China".
        plain: one word in it tells at most, so that nothing else can be meant: not "the decline eases to 0.3".
        heads: it stands before a colon, and names neither a name, a time nor a number: "Curtain down".
        counted: what it counts, where it does nothing else: "readings" of "two readings".
        where: the words that say where or when, and name nothing of the chart: "midsummer" of "worst in midsummer".
        counts: it compares numbers of things, "the most empty houses", of which shares and rates say nothing.
        alone: it is a sentence of its own, so that no other clause says when it holds.
        items: what each of its words says, where nothing in it is left over that would count or limit something.
        tokens: of the whole text, to which the items point.
    """

    text: str
    readings: tuple[tuple[Claim, ...], ...] = ()
    also: tuple[tuple[Claim, ...], ...] = ()
    understood: bool = True
    words: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    asks: bool = False
    tells: bool = True
    counted: tuple[str, ...] = ()
    counts: bool = False
    where: tuple[str, ...] = ()
    plain: bool = True
    heads: bool = False
    opens: bool = True
    named: bool = False
    subject: bool = False
    dated: bool = False
    alone: bool = True
    items: tuple[Item, ...] = ()
    tokens: Sequence[Token] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return what it claims by the most natural reading."""
        return self.readings[0] if self.readings else ()

    @property
    def claims_nothing(self) -> bool:
        """Return whether it names its subject alone, or asks."""
        return self.asks or not self.tells or (self.understood and not self.claims)


def read_clauses(
    text: str, names: Sequence[str] = (), common: Sequence[str] = (), units: Sequence[str] = ()
) -> tuple[Clause, ...]:
    """Read the clauses of a title, an alt text or a note.

    Args:
        text: one or more sentences.
        names: the categories and series of the chart, which are names wherever they stand.
        common: words that name none of them, as those of the axes.
        units: of the axes, in which an amount may be told.

    >>> [(clause.text, clause.understood) for clause in read_clauses("Output doubled; did exports fall?")]
    [('Output doubled', True), ('did exports fall', True)]
    >>> [claim.role for clause in read_clauses("Up 60 % from 75 to 120") for claim in clause.claims]
    ['change', 'change']
    """
    return _read_clauses(text, names_of(tuple(names), tuple(common), tuple(units)))


@lru_cache(maxsize=256)
def _read_clauses(text: str, names: Names) -> tuple[Clause, ...]:
    clauses: list[Clause] = []
    tokens = tokens_of(text)
    subject: tuple[Phrase, ...] = ()
    when: tuple[When, ...] = ()
    pieces = pieces_of(text, names)
    for place, piece in enumerate(pieces):
        if not piece.joined:
            subject = ()
        readings = readings_of(piece.phrases, tokens, piece.joined, subject)
        if readings and clauses and piece.joined in ("and", ",", ":"):
            readings = _going_on(readings, piece, tokens, clauses[-1])
        seasonal = any(role_of(token.word, "season") for token in tokens)  # of which half of the world, nobody knows
        seasonal |= any(_begins_with_event(phrase, tokens) for phrase in piece.phrases)
        if readings and (seasonal or _opens_with_time(piece, tokens)):
            readings = [loosely(claims) for claims in readings]
        own = tuple(phrase for phrase in piece.phrases if phrase.kind in ("name", "when"))
        spoken_of = {named for claims in readings or () for claim in claims for named in claim.names}
        own = tuple(phrase for phrase in own if phrase.when or not spoken_of or phrase.names in spoken_of)
        subject = own or subject
        named = any(phrase.kind in ("name", "when", "number", "part") for phrase in piece.phrases)
        heads = not named and pieces[place + 1 : place + 2] and pieces[place + 1].joined == ":"
        opens = not any(clause.named or clause.dated or not clause.claims_nothing for clause in clauses)
        clause = _clause(text, piece, readings, tokens, names.common)
        times = tuple(phrase.when for phrase in piece.phrases if phrase.when and phrase.when.period)
        when, also = (times, ()) if times else (when if piece.joined else (), clause.readings)
        also = tuple(_at_times(when, claims) for claims in also) if when else ()
        alone = not piece.joined and not any(behind.joined for behind in pieces[place + 1 : place + 2])
        clauses.append(replace(clause, heads=bool(heads), opens=opens, also=also, alone=alone, tokens=tokens))
        _mark_sequence(clauses, piece.joined)
    return tuple(clauses)


def _going_on(
    readings: Sequence[Sequence[Claim]], piece: Piece, tokens: Sequence[Token], before: Clause
) -> list[Sequence[Claim]] | None:
    """Take "The gap is widest in Alm and narrowest in Dorn" to speak of the gap twice."""
    claims = readings[0]
    ends = all("ends" in claim.flags for claim in claims) and any(claim.of for claim in before.claims)
    told = ends or (
        {claim.role for claim in claims} == {"level"}
        and (
            piece.phrases[0].roles.get("link") == "at"
            or all(claim.number and claim.number.kind == "points" for claim in claims)
        )
    )
    if how_much := _how_much(claims, before):
        return [*readings, how_much]
    if not (told or _goes_on(piece.phrases, tokens)):
        return list(readings)
    of = next((claim.of for claim in before.claims), "")
    changed = any(claim.role == "change" for claim in before.claims)
    if changed and all(claim.role == "rank" and claim.flags & {"high", "low"} for claim in claims):
        return None  # "down in all towns, most of all in Alm": the change or the value, nobody knows
    return [[replace(claim, of=claim.of or of) for claim in each] for each in readings]


def _how_much(claims: Sequence[Claim], before: Clause) -> list[Claim]:
    """Take "Alm sees the smallest rise, at 150" to give the rise: the number of the change before it."""
    moved = next((claim for claim in before.claims if claim.role == "step" and not claim.of), None)
    if moved is None or len(claims) != 1 or claims[0].role != "level":
        return []
    names, when = claims[0].names or moved.names, claims[0].when or moved.when
    return [replace(claims[0], role="change", sign=moved.sign, names=names, when=when, base_when=moved.base_when)]


def _at_times(when: Sequence[When], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, when=(*when, *claim.when)) for claim in claims)


def loosely(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims that may be borne out, and are never denied."""
    return [replace(claim, flags=claim.flags | {"loose"}) for claim in claims]


def _opens_with_time(piece: Piece, tokens: Sequence[Token]) -> bool:
    """Return whether a sentence opens with "after" and more than a time: "after the flood of 2017 sales rose"."""
    start = piece.phrases[0].start
    opens = start == 1 or (start > 1 and tokens[start - 2].kind == "sign")
    return piece.joined == "then" and opens and piece.phrases[0].kind != "when"


def _begins_with_event(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a time is told by what happened then, "since its February high": on which day, nobody knows."""
    word = tokens[phrase.end - 1].word
    event = any(role_of(word, role) for role in ("extremum", "extreme", "change"))
    return phrase.when is not None and phrase.when.kind == "since" and event


def _goes_on(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> bool:
    """Return whether a clause begins with what it claims, and has no subject of its own."""
    first = next((phrase for phrase in phrases if not is_filler(tokens[phrase.start].word)), None)
    return first is not None and first.kind == "word" and first.has(*TELLING)


def _mark_sequence(clauses: list[Clause], joined: str) -> None:
    """Mark two opposite changes that follow each other, "first down, then up": neither speaks of the whole time."""
    if not joined or len(clauses) < 2:
        return
    pair = [clause.claims[0] for clause in clauses[-2:] if len(clause.claims) == 1]
    whole = {"steady", "all", "row"}
    bare = all(claim.role == "change" and not (claim.number or claim.end or claim.flags & whole) for claim in pair)
    if len(pair) == 2 and bare and pair[0].sign != pair[1].sign and pair[0].names == pair[1].names:
        for place, claim in zip((-2, -1), pair, strict=True):
            order = {"then", "first"} if place == -2 else {"then"}
            clauses[place] = replace(clauses[place], readings=((replace(claim, flags=claim.flags | order),),))


def _clause(
    text: str,
    piece: Piece,
    readings: Sequence[Sequence[Claim]] | None,
    tokens: Sequence[Token],
    common: frozenset[str],
) -> Clause:
    start, end = tokens[piece.phrases[0].start].start, tokens[piece.phrases[-1].end - 1].end
    if end < len(text) and text[end] in QUOTES and sum(map(text[start:end].count, QUOTES)) % 2:
        end += 1
    if piece.asks or any(phrase.roles.get("condition") == "if" for phrase in piece.phrases):
        return Clause(text[start:end], asks=True)
    kinds = {phrase.kind for phrase in piece.phrases}
    if _describes_drawing(piece.phrases, tokens, common):
        return Clause(text[start:end], tells=False, named="name" in kinds, dated="when" in kinds)
    words = _unknown_words(piece.phrases, tokens)
    settles = all(mentions(text[start:end], idea) for idea in ("plan-noun", "outcome"))  # "reached its plan"
    says = settles or _says_something(piece.phrases, tokens)
    claims = [claim for each in readings or () for claim in each]
    understood = readings is not None and not any(map(carries_quantity, words)) and not (says and not claims)
    # "The more lessons, the better the marks" speaks of two axes in any words.
    related = any(claim.role == "relation" for claim in claims)
    heads = [phrase for phrase in piece.phrases if phrase.number or phrase.has(*TELLING)]
    counted = [noun for phrase in heads if counts_things(phrase) and (noun := noun_behind(phrase, tokens))]
    return Clause(
        text[start:end],
        tuple(tuple(each) for each in readings or () if each),
        understood=understood,
        words=tuple(_strange(piece.phrases, tokens)),
        where=tuple(_placing(piece.phrases, tokens)),
        qualities=tuple(
            phrase.roles["quality"] for phrase in piece.phrases if phrase.has("quality") and not phrase.has("pace")
        ),
        tells=bool(heads or claims) or says or piece.joined == "cause",
        plain=sum(phrase.has("change", "multiple") or _says_times(phrase) for phrase in piece.phrases) < 2,
        named="name" in kinds,
        subject=any(phrase.names in claim.names for claim in claims for phrase in piece.phrases if phrase.names),
        dated="when" in kinds,
        counted=tuple(counted) if len(counted) == len(heads) else (),
        counts=any(_compares_counts(phrase, tokens, common) for phrase in heads)
        and not (related or mentions(text[start:end], "relative")),
        items=() if any(map(carries_quantity, words)) else tuple(items_of(piece.phrases, tokens) or ()),
    )


def _says_times(phrase: Phrase) -> bool:
    return phrase.number is not None and phrase.number.kind == "times"


def _says_something(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> bool:
    """Return whether a clause has a verb of its own: "the promise was kept", and not "cars that were made"."""
    words = [token.word for token in tokens[phrases[0].start : phrases[-1].end]]
    own = takewhile(lambda word: word not in words_for("idea", "relative-word"), words)
    return any(word in words_for("idea", "finite") for word in own)


def _describes_drawing(phrases: Sequence[Phrase], tokens: Sequence[Token], common: frozenset[str]) -> bool:
    """Return whether a clause says what is drawn, and counts it at most: "Two lines show the rents in five towns"."""
    opening = [token.word for token in tokens[phrases[0].start : phrases[0].start + 6]]
    drawn = any(word in words_for("idea", "drawing") and stem(word) not in common for word in opening)
    heads = [phrase for phrase in phrases if phrase.kind == "part" or phrase.has(*RELATING)]
    counts = all(_counts_drawn(phrase, tokens) for phrase in phrases if phrase.number)
    return drawn and not heads and counts


def _counts_drawn(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    number = phrase.number
    plain = number is not None and number.kind == "plain" and number.scale == 1 and number.value in range(1, 101)
    placed = phrase.link in ("from", "to", "at") and role_of(noun_behind(phrase, tokens), "size")
    follows = phrase.link == "from" and phrase.end < len(tokens) and role_of(tokens[phrase.end].word, "link") == "to"
    return bool(placed or follows) or (
        plain and phrase.link not in ("from", "to", "by") and bool(noun_behind(phrase, tokens))
    )


def _unknown_words(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words and signs of a clause that have no role in it."""
    counted = any(phrase.has("superlative", "rank") or phrase.roles.get("course") == "row" for phrase in phrases)
    return tuple(
        word
        for phrase in phrases
        if phrase.kind == "unknown"
        and not ((word := tokens[phrase.start].word) and counted and role_of(word, "ordinal"))
        and not _names_unit(phrase, tokens)
    )


def _strange(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Iterator[str]:
    """Give the words of a clause that play no part in it, without those that go on with a name: "Tram tickets"."""
    attached = -1
    for phrase, behind in zip_longest(phrases, phrases[1:]):
        word = tokens[phrase.end - 1].word
        unknown = phrase.kind == "unknown" and not _names_unit(phrase, tokens)
        acts = behind is not None and behind.has("superlative") and tokens[behind.end - 1].word in ("most", "least")
        goes_on = phrase.start == attached and not role_of(word, "measure") and not acts  # "Alm swings the most"
        if (unknown and not goes_on) or (phrase.kind == "word" and not phrase.roles):
            yield word
        follows = goes_on and role_of(word, "neutral")  # "City line passengers"
        attached = phrase.end if phrase.kind == "name" or follows else -1


def _placing(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Iterator[str]:
    """Give the unknown words right behind "in", "at" and the like, with or without an article."""
    link = ""
    for phrase in phrases:
        link = phrase.link or (link if tokens[phrase.start - 1].word in ARTICLES else "")
        word = tokens[phrase.start].word
        link = "" if any(token.word == "for" for token in tokens[max(0, phrase.start - 2) : phrase.start]) else link
        if phrase.kind == "unknown" and link in _PLACING and word not in ARTICLES and not role_of(word, "ordinal"):
            yield word


def _names_unit(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a scale only says in what something is counted: "output in billion tenge"."""
    behind = tokens[phrase.end].word if phrase.end < len(tokens) else ""
    scale = role_of(tokens[phrase.start].word, "scale")
    return scale is not None and phrase.link == "in" and role_of(behind, "currency") is not None


def carries_quantity(word: str) -> bool:
    """Return whether a word that has no place in a claim would count or limit something.

    >>> carries_quantity("percent"), carries_quantity("7"), carries_quantity("plant")
    (True, True, False)
    """
    counts = any(role_of(word, role) not in (None, "exactly") for role in _OF_QUANTITIES) and not role_of(word, "span")
    return any(map(str.isdigit, word)) or counts


def _compares_counts(phrase: Phrase, tokens: Sequence[Token], common: frozenset[str]) -> bool:
    """Return whether a word compares how many or how large things are: "more cars", "the largest city"."""
    words = [token.word for token in tokens[phrase.start : phrase.end + 1]]
    ranking = phrase.has("comparative", "superlative")
    if ranking and any(word in words for word in words_for("idea", "sizing")):
        return True
    counting = any(word in words for word in words_for("idea", "counting"))
    words_behind = (token.word for token in tokens[phrase.end : phrase.end + 2])
    behind = list(takewhile(lambda word: not role_of(word, "link"), words_behind))
    if len(behind) == 2 and stem(behind[0]) == behind[0] and stem(behind[0]) not in common:
        return False  # "the most punctual trains", but "the most vacant flats" where the axis counts those
    things = [word for word in behind if stem(word) != word and not role_of(word, "measured-plural")]
    return ranking and counting and bool(things) and not (phrase.link and words[0] == "most")


def readings_of(
    phrases: Sequence[Phrase], tokens: Sequence[Token], joined: str, subject: Sequence[Phrase]
) -> list[Sequence[Claim]] | None:
    """Give the ways to read what a clause claims.

    Args:
        phrases: those of the clause.
        tokens: of the whole text.
        joined: the kind of word that joins it to the clause before.
        subject: the names of the clause before, which a clause without names of its own speaks of.

    Returns:
        The claims of each way; none where it only names something; None where something in it is not understood.
    """
    if joined == "cause" or (joined and _is_rate(tokens, phrases[0].start)):
        return None
    items = items_of(phrases, tokens)
    if items is None:
        return None
    core = [item for item in items if item.kind not in ("name", "when", "flag")]
    if not core:
        return []
    found = [
        claims
        for told, rest in without_counts(items, core, tokens)
        for claims in _told(told, rest, phrases, tokens, joined, subject)
    ]
    return found or None


def _is_rate(tokens: Sequence[Token], start: int) -> bool:
    """Return whether the clause before is the one side of a ratio: "for every euro spent at A, B takes six"."""
    before = [token.word for token in tokens[max(0, start - 9) : start]]
    return any(pair in (("for", "every"), ("for", "each")) for pair in pairwise(before))


def _told(
    items: Sequence[Item],
    core: Sequence[Item],
    phrases: Sequence[Phrase],
    tokens: Sequence[Token],
    joined: str,
    subject: Sequence[Phrase],
) -> Iterator[Sequence[Claim]]:
    told: list[Sequence[Claim]] = [itinerary] if (itinerary := itinerary_in(items)) else []
    told = told or (list(readings_in(core)) if is_joined(core) else []) or _split(core)
    # "The hundred thousand, year by year" speaks of a number, and does not claim it.
    numbers = [item.phrase for item in core if item.phrase.number]
    spoken_of = any(phrase.start and tokens[phrase.start - 1].word == "the" for phrase in numbers)
    loose = spoken_of or any(phrase.has("loose") for phrase in phrases)
    shared = shared_by(items, phrases, tokens, joined, subject)
    for claims in told:
        if not lacks_base(items, phrases, tokens, shared, any(claim.number for claim in claims)):
            yield with_context(loosely(claims) if loose else claims, shared, items)


def _split(core: Sequence[Item]) -> list[Sequence[Claim]]:
    """Read the words of a clause as several claims behind each other, which may be borne out, and never denied."""
    found: list[Sequence[Claim]] = []
    for place in range(1, len(core)):
        for first in readings_in(core[:place]):
            rests = [*readings_in(core[place:]), *_split(core[place:])]
            found += [loosely([*first, *rest]) for rest in rests if first and rest]
    return found[:_MOST_READINGS]


def says_relation(text: str) -> bool:
    """Return whether a text says how values stand to each other, in whichever words: "more", "soared", "one in three".

    >>> says_relation("Buses overtook trucks"), says_relation("Buses and trucks in 2018")
    (True, False)
    """
    for phrase in phrases_of(text, names_of(())):
        if phrase.kind == "part" or (phrase.number and phrase.number.kind != "plain"):
            return True
        if phrase.kind == "word" and phrase.has(*RELATING) and phrase.roles.get("change") != "some":
            return True
    return mentions(text, "relation")
