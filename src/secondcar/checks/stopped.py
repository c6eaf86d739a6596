"""Cells that stopped with an error: the names that they should have set hold what they held before, or nothing."""

import keyword
import os
import re
import sys
from collections.abc import Callable
from typing import Any, Protocol

_NO_KEYWORD = rf"(?!(?:{'|'.join(keyword.kwlist)})\b)"
# Two words behind one another, neither of them Python's own.
_WORDS = rf"^\s*(?:return\s|.*=\s*)?{_NO_KEYWORD}[^\W\d]\w*\s+{_NO_KEYWORD}[^\W\d]"
# What a beginner types and Python cannot read -> what to do. Each is looked for in the line where Python stopped.
_TYPED = [
    (
        r"[\u2018\u2019\u201c\u201d\u00ab\u00bb]",
        "The quotes are curly ones. Python takes straight ones: \"...\" or '...'.",
    ),
    (r"\d\s*%\s*\)?\s*(?:#.*)?$", "A number stands without its percent sign."),
    (r"\d\s+\d", "A number stands without spaces: 1500 and not 1 500."),
    (r"\d\s*[x\u00d7]\s*\d", "Times is written as a star: 2 * 3."),
    (r"\d\s*[:\u00f7]\s*\d", "Divided by is written as a slash: 6 / 3."),
    (rf"\d\s*{_NO_KEYWORD}[^\W\d_]", "A number stands without words and units."),
    (_WORDS, 'Words stand in quotes: "...".'),
    (r"\d,\d", "A number stands without commas, and with a point before its decimals: 1500 and 2.5."),
    (r"[\u2013\u2014\u2212]\s*\d", "The minus is a long dash. Python takes the short one: -."),
]

# A kind of error that Python stops with -> what to look for; the first that fits the error.
_ADVICE: list[tuple[type[BaseException], str, str]] = [
    (IndentationError, "", "The lines of a function begin with four spaces, all alike."),
    (
        SyntaxError,
        "never closed|unmatched|does not match|incomplete input",
        "Each bracket that opens needs one that closes.",
    ),
    (
        NameError,
        "",
        "A word stands in quotes. A name is written as in the cell that gives it, and that cell runs first.",
    ),
    (TypeError, "'str'|\"str\"|must be str", "A number in quotes is a text: take the quotes away."),
    (TypeError, "not callable", "A star is missing where two things are multiplied, or a name holds a number."),
    (
        TypeError,
        "'(?:tuple|list|dict)'",
        "Python calculates with one number after the other: take each out by its place, as in ends[0].",
    ),
    (ValueError, "same length", "A comma inside a number begins a new one: 19000, and not 19,000."),
    (ValueError, "convert string", "Take commas, spaces and signs out of a text before it becomes a number."),
    (KeyError, "", "There is no column or row of this name: look at how it is spelled, capital letters too."),
    (IndexError, "", "Counting begins with 0, so the last place is one less than how many there are."),
    (ZeroDivisionError, "", "What you divide by is zero."),
]


class Outcome(Protocol):
    """What IPython tells of a cell that has run."""

    info: Any
    success: bool
    error_before_exec: BaseException | None
    error_in_exec: BaseException | None


# What is called after each cell, also where no IPython runs it.
_watchers: list[Callable[[Outcome], None]] = []
# Name -> why the cell that was to set it stopped, in one sentence.
_stopped: dict[str, str] = {}


def note(outcome: Outcome) -> None:
    """Remember which names a cell should have set, if it stopped, and forget them if it did not."""
    source = outcome.info.raw_cell
    error = outcome.error_before_exec or outcome.error_in_exec
    for name in names_set(source):
        if error is None:
            _stopped.pop(name, None)
        else:
            _stopped[name] = describe(error, source)


def reason(name: str) -> str | None:
    """Return why the last cell that should have set a name stopped, or None."""
    return _stopped.get(name)


def names_set(source: str) -> set[str]:
    """Return the names that a cell gives a value at its outermost level, also where Python cannot read it.

    >>> sorted(names_set("cars = 24 x 7\\ndef twice(n):\\n    m = n"))
    ['cars', 'twice']
    """
    assigned = re.findall(r"^([^\W\d]\w*)\s*=(?!=)", source, re.MULTILINE)
    return {*assigned, *re.findall(r"^def\s+([^\W\d]\w*)", source, re.MULTILINE)}


def describe(error: BaseException, source: str) -> str:
    """Return why a cell that should have set a name stopped, and what to do."""
    return f"The cell that sets it stopped with {cause(error, source)} Mend that cell and run it again."


def cause(error: BaseException, source: str) -> str:
    """Return what Python said when a cell stopped, and a sentence on it where the reason is plain to see."""
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    what = f"{type(error).__name__}: {said[:120]}" if said else type(error).__name__
    return f"{what.rstrip('.')}.{f' {advice}' if (advice := _advice(error, said, source)) else ''}"


def _advice(error: BaseException, said: str, source: str) -> str:
    """Return what to do about an error, or ""."""
    if isinstance(error, SyntaxError) and not isinstance(error, IndentationError):
        line = (error.text or "").strip() or next(iter(source.splitlines()), "")
        for pattern, text in _TYPED:
            if re.search(pattern, line):
                return text
    return next((text for kind, pattern, text in _ADVICE if isinstance(error, kind) and re.search(pattern, said)), "")


def watch(after_cell: Callable[[Outcome], None]) -> None:
    """Register a function to be called after each cell. While nbgrader runs, nobody is there to be told."""
    _watchers.append(after_cell)
    loaded = sys.modules.get("IPython")  # where it is not loaded, there is no cell to watch
    shell = loaded.get_ipython() if loaded else None
    if shell is not None and not os.environ.get("NBGRADER_EXECUTION"):
        shell.events.register("post_run_cell", after_cell)


def cell_has_run(outcome: Outcome) -> None:
    """Tell all watchers of a cell that something other than IPython has run."""
    for after_cell in _watchers:
        after_cell(outcome)
