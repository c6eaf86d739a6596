"""No message of an exercise says one thing twice."""

import itertools
import re

from secondcar.building.answers import texts_of
from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import Unit

# Two statements say the same if one has at least this share of its words in the other.
_SHARE = 0.7
_FEWEST_WORDS = 3
_MESSAGES = ("hints", "mistakes", "right")


def in_unit(unit: Unit) -> Faults:
    """Yield the messages in which one sentence repeats another."""
    for name, written in unit.answers.sound.items():
        for path, text in texts_of(written):
            if path[0] in _MESSAGES and said_twice(text):
                what = f'exercise {name}: `{path[0]}` says "{said_twice(text)}" twice'
                yield Fault(unit.answers.name, unit.answers.line(name, *path), what, "Take one of the two out")


def said_twice(text: str) -> str:
    """Return the first part of a text that an earlier one has said already, or "". A question may repeat words.

    >>> said_twice("So many were sold: a count of another text. That is a count of another text. What is asked?")
    'That is a count of another text.'
    >>> said_twice("This is larger than the old number. Should the new number be larger than the old one?")
    ''
    """
    parts = [part for part in re.split(r"(?<=[.:;?!])\s+", text) if not part.endswith("?")]
    for one, other in itertools.combinations(parts, 2):
        words, others = (set(re.findall(r"[a-z]{3,}", part.lower())) for part in (one, other))
        fewest = min(len(words), len(others))
        if fewest >= _FEWEST_WORDS and len(words & others) >= _SHARE * fewest:
            return other
    return ""
