"""Words of a clause that the grammar does not know, and whether they may change what is claimed."""

from collections.abc import Sequence

from secondcar.charts.language.lexicon import role_of, words_for
from secondcar.charts.language.phrases import Phrase, is_head
from secondcar.charts.language.tokens import Token

# Words of these roles count or limit something: where none of them has its place in a number, a part is not read.
_OF_QUANTITIES = ("hedge", "count", "fraction", "ordinal", "scale", "number-sign", "times", "multiple")


def unknown_words(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words and signs of a clause that have no role in it."""
    counted = any(phrase.has("superlative", "rank") or phrase.roles.get("course") == "row" for phrase in phrases)
    return tuple(
        word
        for phrase in phrases
        if phrase.kind == "unknown"
        and not ((word := tokens[phrase.start].word) and counted and role_of(word, "ordinal"))
    )


def carries_quantity(word: str) -> bool:
    """Return whether a word that has no place in a claim would count or limit something.

    >>> carries_quantity("percent"), carries_quantity("7"), carries_quantity("plant")
    (True, True, False)
    """
    return any(map(str.isdigit, word)) or any(role_of(word, role) for role in _OF_QUANTITIES)


def strange_words(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the unknown words that may change what a clause claims: all but those that can only be nouns.

    Before what claims something a word is a noun where another or a verb follows it, where it opens the clause, or
    behind "in" or "of"; and so is what a superlative ranks: "museum visitors fell", "tractors soared", "cars made in
    Asia fell", "the cheapest bread". In "output edges up" and "output stuck at 25 %" it may be a verb of its own.
    """
    row = [phrase for phrase in phrases if _neutral(phrase, tokens) != "word"]
    first = next((place for place, phrase in enumerate(row) if is_head(phrase)), len(row))
    return tuple(
        tokens[phrase.start].word
        for place, phrase in enumerate(row)
        if phrase.kind == "unknown"
        and not _neutral(phrase, tokens)
        and not (place and row[place - 1].has("superlative"))
        and not (place < first and _is_noun(phrase, row[place + 1 :], tokens, opens=place == 0))
    )


def _is_noun(phrase: Phrase, behind: Sequence[Phrase], tokens: Sequence[Token], opens: bool) -> bool:
    follows = behind[0] if behind else None
    if follows is None or follows.kind == "unknown" or phrase.link in ("in", "of") or _is_verb(follows, tokens):
        return True
    if not opens or follows.kind != "word":
        return False
    named = len(behind) > 1 and behind[1].kind in ("name", "when", "unknown")
    return is_head(follows) or named or follows.roles.get("link") == "of"


def _is_verb(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Return whether a head is a verb, "rose", "doubled": the word before it is none, then."""
    verb = phrase.has("change", "multiple", "crossing", "relation") and phrase.kind == "word"
    word = tokens[phrase.start].word
    return (verb or bool(phrase.number and phrase.number.kind == "multiple")) and (
        word.endswith(("ed", "s")) or word in words_for("neutral", "past")
    )


def _neutral(phrase: Phrase, tokens: Sequence[Token]) -> str | None:
    return role_of(tokens[phrase.start].word, "neutral") if phrase.kind == "unknown" else None
