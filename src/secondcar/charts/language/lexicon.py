"""The lexicon: what each word or phrase may mean, read from lexicon.toml when this module is imported.

So a process that forks notebooks, and has imported it, has read it once for all of them.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from secondcar.charts.language.tokens import Token, spoken, tokens_of

# role -> value, as {"change": "up"}; a word of several meanings has several roles.
Roles = dict[str, str]


@dataclass(frozen=True)
class Found:
    """A word or phrase of the lexicon in a text."""

    roles: Roles
    length: int  # in tokens


def _phrases(words: str) -> list[str]:
    written = (form for phrase in words.split(",") if phrase.strip() for form in _forms(phrase.strip()))
    return [spoken(tokens_of(phrase)) for phrase in written]


def _forms(phrase: str) -> list[str]:
    """Return the forms of a regular verb that a tilde marks: "tick~ up", "drop~p", "carry~"; irregular ones are listed.

    >>> _forms("drop~p"), _forms("tick~ up")
    (['drop', 'drops', 'dropped', 'dropping'], ['tick up', 'ticks up', 'ticked up', 'ticking up'])
    """
    verb, marked, rest = phrase.partition("~")
    if not (verb and marked):
        return [phrase]
    twice, space, behind = rest.partition(" ")
    consonant = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    if consonant:
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        hisses = verb.endswith(("s", "x", "z", "ch", "sh", "o"))
        third, past = verb + ("es" if hisses else "s"), f"{(verb + twice).removesuffix('e')}ed"
    short = verb + twice
    going = f"{short[:-1] if short.endswith('e') and not short.endswith('ee') else short}ing"
    return [form + space + behind for form in (verb, third, past, going)]


@cache
def words_for(role: str, value: str) -> tuple[str, ...]:
    """Return the words that have a role, as `words_for("idea", "calculated")`."""
    return tuple(_phrases(_TABLES[role].get(value, "")))


def values_of(role: str) -> tuple[str, ...]:
    """Return the values that a role may have, in the order of the lexicon."""
    return tuple(_TABLES[role])


def meanings(tokens: Sequence[Token], start: int) -> Iterator[Found]:
    """Give what the words from a token on may mean, the longest phrase first; hyphens between words are passed over."""
    phrases = _ENTRIES.get(tokens[start].word, {})
    if not phrases:
        return
    longest = max(phrase.count(" ") for phrase in phrases) + 1
    spelled, ends = "", {}
    for end in range(start, len(tokens)):
        if tokens[end].word != "-" or end == start:
            spelled = f"{spelled} {tokens[end].word}".strip()
            ends[spelled] = end + 1 - start
        if spelled.count(" ") >= longest:
            break
    for spelled in reversed(ends):
        if spelled in phrases:
            yield Found(phrases[spelled], ends[spelled])


def is_filler(word: str) -> bool:
    """Return whether a word adds nothing to what a clause claims: "the", "took", "visited"; nouns are none."""
    return role_of(word, "neutral") in ("word", "deed")


def role_of(word: str, role: str) -> str | None:
    """Return the value of a word or phrase in a role, None if it has not that role.

    >>> role_of("august", "month"), role_of("cars", "month")
    ('8', None)
    """
    return _ENTRIES.get(word.partition(" ")[0], {}).get(word, {}).get(role)


def size_ratio(unit: str, other: str) -> float | None:
    """Return how many of the second unit one of the first is, None where they measure different things or are no units.

    >>> size_ratio("metres", "cm"), size_ratio("hours", "minutes"), size_ratio("metres", "minutes")
    (100.0, 60.0, None)
    """
    sizes = [(role_of(word, "size") or "").split() for word in (unit, other)]
    if not all(sizes) or sizes[0][0] != sizes[1][0]:
        return None
    return round(float(sizes[0][1]) / float(sizes[1][1]), 9)


def _by_first_word(tables: dict[str, dict[str, str]]) -> dict[str, dict[str, Roles]]:
    """Return the phrases of the lexicon with their roles, by their first word."""
    entries: dict[str, dict[str, Roles]] = {}
    for role, table in tables.items():
        for value, words in table.items():
            for phrase in _phrases(words):
                first = phrase.partition(" ")[0]
                entries.setdefault(first, {}).setdefault(phrase, {})[role] = value
    return entries


_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    files("secondcar.charts.language").joinpath("lexicon.toml").read_text("utf-8")
)
_ENTRIES = _by_first_word(_TABLES)
