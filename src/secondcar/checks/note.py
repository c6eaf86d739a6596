"""The short note under a check: HTML for JupyterLab, in any theme, and its plain-text twin."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from secondcar.checks.verdict import UNIT_SLIP, Verdict
from secondcar.note_format import CANNOT_READ, CHECKED_LATER, NOT_ATTEMPTED, RIGHT
from secondcar.unbroken import unbroken


@dataclass(frozen=True)
class NoteLook:
    """How one kind of note looks: a sign, a heading, and an edge of some colour and style.

    Each colour has a contrast of 3:1 or more with both a white and a near-black page, and none carries meaning alone.
    """

    sign: str
    heading: str
    colour: str
    edge: str = "solid"


LOOKS = {
    RIGHT: NoteLook("✓", "Right", "#2e8b57"),
    "partly": NoteLook("◐", "Partly right", "#2f86b8"),
    "mistake": NoteLook("?", "Not yet: one way this happens", "#b8741a"),
    UNIT_SLIP: NoteLook("⇅", "Not yet: check the size", "#8f63c7"),
    "wrong": NoteLook("✗", "Not yet", "#d0494d"),
    CANNOT_READ: NoteLook("!", "I cannot read this answer", "#1d8a8a", "double"),
    NOT_ATTEMPTED: NoteLook("…", "Not attempted yet", "#7d7d7d", "dashed"),
    CHECKED_LATER: NoteLook("→", "Checked at grading", "#2f86b8", "dashed"),
}


# What is right except for lines that no machine could judge; a teacher sees in the note that a person has to read them.
RIGHT_AS_FAR_AS_JUDGED = replace(LOOKS[RIGHT], sign="✓?", heading="Right as far as a machine can tell", edge="dotted")

# How each line of a checklist is marked: a sign for the eye, and the same in words.
LINE_LOOKS = {
    "right": ("✓", "yes"),
    "wrong": ("✗", "not yet"),
    "not-judged": ("?", "not judged"),
    "doubted": ("?", "look again"),
}


def look_of(verdict: Verdict) -> NoteLook:
    """Choose the look: each state, and each way of being wrong, has its own sign and words."""
    if verdict.state == RIGHT and any(line.asks for line in verdict.lines):
        return RIGHT_AS_FAR_AS_JUDGED
    if verdict.state in (RIGHT, CANNOT_READ, NOT_ATTEMPTED, CHECKED_LATER):
        return LOOKS[verdict.state]
    if verdict.share > 0:
        return LOOKS["partly"]
    if verdict.mistake is None:
        return LOOKS["wrong"]
    return LOOKS[UNIT_SLIP if verdict.mistake.startswith(UNIT_SLIP) else "mistake"]


def as_text(name: str, verdict: Verdict) -> str:
    """Return the note in plain text.

    >>> print(as_text("units-2017-by", Verdict("right", "Well done.", given="Read as 7,600.")))
    [✓ Right] units-2017-by: Well done.
    Read as 7,600.
    """
    look = look_of(verdict)
    lines = [f"[{look.sign} {look.heading}] {name}"]
    if verdict.message != f"{look.heading}.":
        lines[0] += f": {without_emphasis(verdict.message)}"
    if verdict.given:
        lines.append(verdict.given)
    for line in verdict.lines:
        sign, word = LINE_LOOKS[line.state]
        sentence = f" - {line.sentence}" if line.sentence else ""
        lines.append(without_emphasis(f"{sign} {word}: {line.text}{sentence}"))
    if verdict.picture_text:
        lines.append(verdict.picture_text)
    return "\n".join(lines)


def as_html(name: str, verdict: Verdict) -> str:
    """Return the note as HTML; it takes text colour and font from the page, so it fits light and dark themes."""
    look = look_of(verdict)
    heading = f'<strong><span aria-hidden="true">{look.sign} </span>{look.heading}.</strong>'
    message = "" if verdict.message == f"{look.heading}." else f" {with_emphasis(verdict.message)}"
    given = f"{html.escape(verdict.given)} " if verdict.given else ""
    edge = f"border-left: 0.4em {look.edge} {look.colour}"
    return (
        f'<div role="note" aria-label="Check of {html.escape(name)}" style="{edge}; '
        "background: rgba(128, 128, 128, 0.1); color: inherit; padding: 0.5em 0.9em; margin: 0.3em 0; "
        'max-width: 46em; line-height: 1.5; border-radius: 0.2em">'
        f'<p style="margin: 0">{heading}{message}</p>'
        f'<p style="margin: 0.2em 0 0 0; font-size: 0.9em">{given}<code>{html.escape(name)}</code></p>'
        f"{_checklist(verdict)}{verdict.picture}</div>"
    )


def _checklist(verdict: Verdict) -> str:
    """Return the lines of a checklist as a list, in their order."""
    if not verdict.lines:
        return ""
    items = []
    for line in verdict.lines:
        sign, word = LINE_LOOKS[line.state]
        sentence = f"<br>{with_emphasis(line.sentence)}" if line.sentence else ""
        items.append(
            f'<li><span aria-hidden="true">{sign} </span><strong>{word}:</strong> {with_emphasis(line.text)}'
            f"{sentence}</li>"
        )
    return f'<ul style="list-style: none; margin: 0.3em 0 0 0; padding: 0">{"".join(items)}</ul>'


def hint_as_html(name: str, heading: str, text: str) -> str:
    """Return a hint as HTML, in the manner of a note."""
    return (
        f'<div role="note" aria-label="Hint for {html.escape(name)}" style="border-left: 0.4em dotted #2f86b8; '
        'color: inherit; padding: 0.5em 0.9em; margin: 0.3em 0; max-width: 46em; line-height: 1.5">'
        f'<p style="margin: 0"><strong>{html.escape(heading)}.</strong> {with_emphasis(text)}</p></div>'
    )


def solution_as_html(name: str, heading: str, lines: Sequence[str]) -> str:
    """Return a worked solution as HTML: a list of steps; a line with line breaks is code below its first line."""
    items = []
    for line in lines:
        first, _, code = line.partition("\n")
        block = f'<pre style="margin: 0.3em 0">{html.escape(code)}</pre>' if code else ""
        items.append(f"<li>{with_emphasis(first)}{block}</li>")
    return (
        f'<div role="note" aria-label="Solution of {html.escape(name)}" style="border-left: 0.4em dotted #2f86b8; '
        'color: inherit; padding: 0.5em 0.9em; margin: 0.3em 0; max-width: 46em; line-height: 1.5">'
        f'<p style="margin: 0"><strong>{html.escape(heading)}.</strong> <code>{html.escape(name)}</code></p>'
        f'<ul style="list-style: none; margin: 0.3em 0 0 0; padding: 0">{"".join(items)}</ul></div>'
    )


_EMPHASIS = re.compile(r"\*(\w[^*]*)\*")
_CODE = re.compile(r"`([^`]+)`")


def with_emphasis(text: str) -> str:
    """Return a message as HTML.

    >>> with_emphasis("Read *by* as `to`.")
    'Read <em>by</em> as <code>to</code>.'
    """
    return _CODE.sub(r"<code>\1</code>", _EMPHASIS.sub(r"<em>\1</em>", html.escape(unbroken(text))))


def without_emphasis(text: str) -> str:
    """Return a message as plain text.

    >>> without_emphasis("Read *by* as *to*.")
    'Read by as to.'
    """
    return _EMPHASIS.sub(r"\1", text)
