"""Words of a clause that the grammar does not know, and whether they may change what is claimed."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondcar.charts.language.lexicon import is_filler, role_of, words_for
from secondcar.charts.language.phrases import ARTICLES, Phrase, is_head
from secondcar.charts.language.tokens import Token

# Words of these roles count or limit something: where none of them has its place in a number, a part is not read.
_OF_QUANTITIES = ("hedge", "count", "fraction", "ordinal", "scale", "number-sign", "times", "multiple")
# Words that join to a claim where, of what or for what it holds.
_OF_WHAT = ("in", "of", "at", "on", "with", "over", "from", "every", "out-of")


def unknown_words(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words and signs of a clause that have no role in it."""
    counted = any(phrase.has("superlative", "rank") or phrase.roles.get("course") == "row" for phrase in phrases)
    return tuple(
        word
        for phrase in phrases
        if phrase.kind == "unknown"
        and not ((word := tokens[phrase.start].word) and counted and role_of(word, "ordinal"))
        and not _names_unit(phrase, tokens)
    )


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
    counts = any(role_of(word, role) for role in _OF_QUANTITIES) and not role_of(word, "span")
    return any(map(str.isdigit, word)) or counts


@dataclass(frozen=True)
class Unknown:
    """The words of a clause that neither the lexicon nor a name of the chart accounts for.

    Attributes:
        strange: those that may change what is claimed.
        said_of: those that can only say what is counted, by whom, where or for what.
        nouns: those that can only name the subject.
    """

    strange: tuple[str, ...] = ()
    said_of: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


NONE_UNKNOWN = Unknown()


def strange_words(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Unknown:
    """Sort the unknown words of a clause: all but those that can only be nouns may change what it claims.

    Apart from them come those that say what is counted, by whom, where or for what, "51 tonnes of wheat", "longest for
    an appointment": a chart that bears out the rest bears these out, too, but it may speak of others where it does not.

    Before what claims something a word is a noun where another or a verb follows it, where it opens the clause, or
    behind "in" or "of"; and so is what a superlative ranks: "museum visitors fell", "tractors soared", "cars made in
    Asia fell", "the cheapest bread". In "output edges up" and "output stuck at 25 %" it may be a verb of its own.
    """
    row = [phrase for phrase in phrases if _neutral(phrase, tokens) not in ("word", "deed")]
    first = next((place for place, phrase in enumerate(row) if is_head(phrase)), len(row))
    strange: list[str] = []
    said_of: list[str] = []
    nouns: list[str] = []
    for place, phrase in enumerate(row):
        named = place and row[place - 1].has("superlative")  # "the cheapest bread"
        word = tokens[phrase.start].word
        if phrase.kind != "unknown" or _neutral(phrase, tokens) or role_of(word, "joint"):
            continue
        if place and row[place - 1].has("everyone"):
            continue  # "every club", "all the other clubs": the labels of the chart, by what they are
        if named or (place < first and _is_noun(phrase, row[place + 1 :], tokens, opens=place == 0)):
            nouns.append(word)
            continue
        told = not carries_quantity(word) and _only_says_of(row, place, first, tokens, said_of)
        (said_of if told else strange).append(word)
    return Unknown(tuple(strange), tuple(said_of), tuple(nouns))


def _only_says_of(
    row: Sequence[Phrase], place: int, first: int, tokens: Sequence[Token], said_of: Sequence[str]
) -> bool:
    """Return whether an unknown word says what is counted, where, or what somebody does who is counted."""
    phrase, before = row[place], row[place - 1] if place else None
    if tokens[phrase.start].kind != "word" or (phrase.start and tokens[phrase.start].is_name and place > first):
        return False  # "doubled in Astana" speaks of a place that the chart does not name
    if place < first:  # "Aid collects twice as much", but "output edges up"
        behind = row[place + 1]
        return behind.kind in ("number", "part") or behind.has("comparative", "superlative", "rank", "everyone")
    if before is None or before.kind in ("number", "part") or before.has("share") or phrase.link in _OF_WHAT:
        return before is not None
    counts = not any(other.number and other.number.kind in ("fraction", "percent") for other in row[:place])
    noun = tokens[before.start].word in said_of or _neutral(before, tokens) == "noun"
    joined = before.kind == "unknown" and noun and before.end == phrase.start
    return counts and joined  # of "four in five trains late" the last word is what is claimed


def _is_noun(phrase: Phrase, behind: Sequence[Phrase], tokens: Sequence[Token], opens: bool) -> bool:
    follows = behind[0] if behind else None
    if follows is None or follows.kind == "unknown" or phrase.link in ("in", "of") or _is_verb(follows, tokens):
        return True
    if is_filler(tokens[phrase.end].word) and tokens[phrase.end].word not in ARTICLES:
        return True  # "farmers brought in 16 million tonnes"
    if not opens or follows.kind != "word":
        return False
    named = len(behind) > 1 and behind[1].kind in ("name", "when", "unknown")
    return is_head(follows) or named or follows.roles.get("link") == "of"


def _is_verb(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a head is a verb, "rose", "doubled": the word before it is none, then."""
    verb = phrase.has("change", "multiple", "crossing", "relation", "extreme") and phrase.kind == "word"
    word = tokens[phrase.start].word
    return (verb or bool(phrase.number and phrase.number.kind == "multiple")) and (
        word.endswith(("ed", "s")) or word in words_for("neutral", "past")
    )


def _neutral(phrase: Phrase, tokens: Sequence[Token]) -> str | None:
    return role_of(tokens[phrase.start].word, "neutral") if phrase.kind == "unknown" else None
