"""Clauses: the parts of a text that claim something each, read whole or said not to be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """One part of a text that claims one thing.

    Attributes:
        text: its words, as written.
        understood: every word that carries a quantity, a direction, a rank or a condition has its place in a claim.
    """

    text: str
    understood: bool


def read_clauses(text: str, names: Iterable[str] = ()) -> tuple[Clause, ...]:
    """Read the clauses of a title, an alt text or a note.

    Args:
        text: one or more sentences.
        names: the categories and series of the chart, which are names wherever they stand.

    >>> [clause.text for clause in read_clauses("Output doubled; exports fell.")]
    ['Output doubled', 'exports fell']
    """
    parts = re.split(r"[;:]\s|(?<=[.!?])\s", text)
    return tuple(Clause(part.strip().rstrip("."), understood=False) for part in parts if part.strip())
