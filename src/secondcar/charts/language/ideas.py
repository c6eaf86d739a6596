"""Whether a text says something, in whichever words: "calculated", "planned", "at least"."""

import re

from secondcar.charts.language.lexicon import lexicon


def mentions(text: str, idea: str) -> bool:
    """Return whether a text says something that a chart must say, in one of the words for it.

    Args:
        text: a title, a label, a note, an alt text, or several joined.
        idea: a key of `[ideas]` in lexicon.toml, as "calculated"; any other words must stand as they are, whatever
            their case.

    >>> mentions("Source: Kazinform; own calculation", "calculated"), mentions("Output, by 150 %", "by 150 %")
    (True, True)
    >>> mentions("Source: Kazinform", "calculated")
    False
    """
    words = lexicon()["ideas"].get(idea, [idea])
    text = " ".join(text.casefold().split())
    return any(re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text) for word in words)
