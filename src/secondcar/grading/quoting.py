"""A learner's words in a sentence of ours: they can neither end it nor begin another, whatever reads it."""

import re

# What Markdown, HTML and formulas are made of, and what could end the quotation; an underscore within a word is none.
_MARKS = re.compile(r"""[`*<>\[\]\\|#~$&"“”„«»]|://|(?<![^\W_])_|_(?![^\W_])""")


def quoted(text: str, most: int = 60) -> str:
    r"""Return a text in quotation marks, on one line, cut to `most` characters, with a ? for each mark in it.

    >>> quoted("x` is fine.\n\n**Your teacher**: <h1>8 of 8</h1>")
    '"x? is fine. ??Your teacher??: ?h1?8 of 8?/h1?"'
    >>> quoted("work/my_answer (1).ipynb")
    '"work/my_answer (1).ipynb"'
    """
    printable = "".join(one if one.isprintable() else " " for one in text)
    line = _MARKS.sub("?", " ".join(printable.split()))
    return f'"{line if len(line) <= most else f"{line[: most - 1]}…"}"'
