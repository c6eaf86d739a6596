"""How practice shows a question, a worked solution and a sentence: HTML for the notebook, and its plain-text twin."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from secondcar.checks.note import as_html, as_text, hint_as_html, with_emphasis, without_emphasis
from secondcar.checks.numbers import is_percent
from secondcar.checks.verdict import Verdict
from secondcar.practice.question import Question

INVENTED = "The town, its people and all numbers are invented."

_HOW = {
    "number": ("practice(answer=...)", "Put your number or your calculation in place of the dots."),
    "range": ("practice(answer=(..., ...))", "Put the low end and the high end in place of the dots."),
    "choice": ('practice(answer="...")', "Put your choice in place of the dots, and leave the quotes."),
}
_BOX = "color: inherit; padding: 0.5em 0.9em; margin: 0.3em 0; max-width: 46em; line-height: 1.5; border-radius: 0.2em"


@dataclass(frozen=True)
class Shown:
    """The same in HTML and in plain text."""

    html: str
    text: str


def together(parts: Sequence[Shown]) -> Shown:
    """Return several parts as one."""
    return Shown("".join(part.html for part in parts), "\n".join(part.text for part in parts))


def question(asked: Question, topic: str, seed: int) -> Shown:
    """Return a question, how to answer it and how to see it again."""
    call, how = _HOW[asked.kind]
    if is_percent(asked.unit):
        how += " Write 25 for 25 %."
    again = f'practice("{topic}", seed={seed})'
    heading = f"Practice: {topic.replace('-', ' ')}"
    small = 'style="margin: 0.2em 0 0 0; font-size: 0.9em"'
    return Shown(
        f'<div role="note" aria-label="Practice question" style="border-left: 0.4em solid #2f86b8; {_BOX}">'
        f'<p style="margin: 0"><strong>{heading}.</strong></p>'
        f'<blockquote style="margin: 0.5em 0 0.5em 1em; font-size: 1.1em; color: inherit; border: 0; padding: 0">'
        f"{html.escape(asked.claim)}</blockquote>"
        f'<p style="margin: 0 0 0.5em 0">{with_emphasis(asked.ask)}</p>'
        f'<p style="margin: 0">Answer with <code>{html.escape(call)}</code>. {how}</p>'
        f"<p {small}>{INVENTED} The same question again: <code>{html.escape(again)}</code></p></div>",
        f"[{heading}]\n{asked.claim}\n{without_emphasis(asked.ask)}\nAnswer with {call}. {how}\n"
        f"{INVENTED} The same question again: {again}",
    )


def verdict(name: str, found: Verdict) -> Shown:
    """Return what the check says of an answer."""
    return Shown(as_html(name, found), as_text(name, found))


def solution(asked: Question) -> Shown:
    """Return the way to the answer, step by step."""
    items = "".join(f"<li>{with_emphasis(step)}</li>" for step in asked.steps)
    numbered = "\n".join(f"{number}. {without_emphasis(step)}" for number, step in enumerate(asked.steps, start=1))
    return Shown(
        f'<div role="note" aria-label="Worked solution" style="border-left: 0.4em dotted #2e8b57; {_BOX}">'
        f'<p style="margin: 0"><strong>Step by step.</strong></p><ol style="margin: 0.2em 0 0.2em 0">{items}</ol>'
        f'<p style="margin: 0">The answer: <strong>{html.escape(asked.result)}</strong>.</p></div>',
        f"[Step by step]\n{numbered}\nThe answer: {asked.result}.",
    )


def sentence(heading: str, text: str) -> Shown:
    """Return a sentence of its own."""
    return Shown(hint_as_html("practice", heading, text), f"[{heading}] {without_emphasis(text)}")
