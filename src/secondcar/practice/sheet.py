"""Questions on paper: one page of questions, and one of answers, that any browser prints."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondcar.checks.note import with_emphasis
from secondcar.checks.values import describe_number, in_unit
from secondcar.errors import CourseError
from secondcar.files import write_whole
from secondcar.practice.draw import Draw
from secondcar.practice.drawing import draw_question
from secondcar.practice.forms import TOPICS
from secondcar.practice.question import Question
from secondcar.practice.showing import INVENTED

_LARGEST_SEED = 99_999
# More than anybody prints, and fewer than there are.
_MOST = 200
_STYLE = """
body { font: 12pt/1.5 Georgia, serif; max-width: 44em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.4em; } li { margin-bottom: 1.4em; break-inside: avoid; } ol ol li { margin-bottom: 0; }
blockquote { margin: 0 0 0.4em 0; font-size: 1.05em; } p { margin: 0 0 0.4em 0; }
.line { border-bottom: 1px solid; height: 2.2em; } .small { font-size: 0.8em; } dt { font-weight: bold; }
@media print { body { margin: 0; } }
"""


@dataclass(frozen=True)
class SheetItem:
    """A question of a sheet with the topic and the seed that draw it."""

    topic: str
    seed: int
    question: Question


def write_sheet(folder: Path, number: int, seed: int) -> list[Path]:
    """Write the questions of a sheet and, apart, their answers, and return both files.

    Raises:
        CourseError: it would be too long; a file of that name is there and holds something else, or cannot be written.
    """
    if number > _MOST:
        raise CourseError(f"A sheet holds up to {_MOST} questions: write another one with another --seed.")
    items = list(_items(number, seed))
    pages = {
        folder / f"practice-{number}-seed-{seed}-questions.html": _questions(items, seed),
        folder / f"practice-{number}-seed-{seed}-answers.html": _answers(items, seed),
    }
    for path, page in pages.items():
        if path.exists() and path.read_bytes() != page.encode():
            raise CourseError(
                f"{path} is there already and holds something else: move it away, or choose another seed."
            )
    for path, page in pages.items():
        write_whole(path, page)
    return list(pages)


def _items(number: int, seed: int) -> Iterator[SheetItem]:
    """Yield different questions, the topics in turn."""
    draw, topics = Draw(f"sheet {seed}"), list(TOPICS)
    drawn: set[str] = set()
    while len(drawn) < number:
        item = topics[len(drawn) % len(topics)], draw.between(1, _LARGEST_SEED)
        question = draw_question(*item)
        if question.claim not in drawn:
            drawn.add(question.claim)
            yield SheetItem(*item, question)


def _questions(items: list[SheetItem], seed: int) -> str:
    body = "".join(
        f"<li><blockquote>{html.escape(item.question.claim)}</blockquote>"
        f'<p>{with_emphasis(item.question.ask)}</p><div class="line"></div></li>'
        for item in items
    )
    return _page(f"Practice, sheet {seed}", f"<ol>{body}</ol><p class='small'>{INVENTED}</p>")


def _answers(items: list[SheetItem], seed: int) -> str:
    return _page(f"Practice, sheet {seed}: answers", f"<ol>{''.join(map(_answer, items))}</ol>")


def _answer(item: SheetItem) -> str:
    question = item.question
    steps = "".join(f"<li>{with_emphasis(step)}</li>" for step in question.steps)
    wrong = "".join(
        f"<dt>{html.escape(_value(mistake.value, question.unit))}</dt><dd>{with_emphasis(mistake.means)}</dd>"
        for mistake in question.exercise.mistakes
    )
    return (
        f"<li><p><strong>{html.escape(question.result)}</strong></p><ol>{steps}</ol>"
        f"<p>Answers that go wrong:</p><dl>{wrong}</dl>"
        f'<p class="small">practice("{item.topic}", seed={item.seed})</p></li>'
    )


def _value(value: Any, unit: str) -> str:
    """Return a wrong answer in words."""
    if isinstance(value, str):
        return f'"{value}"'
    *low, last = value if isinstance(value, list) else [value]
    return " to ".join([*map(describe_number, low), in_unit(last, unit)])


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta '
        f'charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1>\n{body}\n</body></html>\n"
    )
