"""Return whether a text says something, in whichever words: "calculated", "planned", "at least"."""

from secondcar.charts.language.lexicon import words_for
from secondcar.charts.language.tokens import spoken, tokens_of


def mentions(text: str, idea: str) -> bool:
    """Return whether a text says something that a chart must say, in one of the words for it.

    Args:
        text: a title, a label, a note, an alt text, or several joined.
        idea: a key of `[idea]` in lexicon.toml, as "calculated"; any other words must stand as they are, whatever
            their case.

    >>> mentions("Source: Kazinform; own calculation", "calculated"), mentions("Output, by 150 %", "by 150 %")
    (True, True)
    >>> mentions("Source: Kazinform", "calculated")
    False
    """
    said = f" {spoken(tokens_of(text))} "
    words = words_for("idea", idea) or (spoken(tokens_of(idea)),)
    return any(f" {word} " in said for word in words)
