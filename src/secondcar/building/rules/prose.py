"""Every quantity that a learner or a teacher reads is filled in by the build: no text types a figure.

Bare numerals are allowed for years, dates and times, units of the course, "100 %", ids, and quoted words.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from secondcar.building.answers import texts_of
from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import Course, Unit
from secondcar.checks.exercise import Written

_ALLOWED = [
    r"\{\{.*?\}\}",  # filled in by the build
    r"```[\s\S]*?```|`[^`\n]*`",  # code
    r"^[ ]{0,3}>.*$",  # a quotation
    r"\]\([^)\s]*\)|<https?://[^>\s]*>",  # where a link goes
    r'"(?:[^"\n]|\n(?!\s*\n))*"|“[^”]*”',  # quoted words
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"\b\d{4}-\d\d(?:-\d\d)?\b",
    r"\b(?:19|20)\d\d\b",  # a year
    r"\b\d+(?: to \d+)? (?:second|minute|hour)s?\b",
    r"\bunits? \d\d(?:(?:, | and | to )\d\d)*\b",
    r"\b100 ?%",  # the base of every percentage
    r"\b[A-Z]\d+\b",  # the id of a fact, a source, a misconception
    r"^\s*\d+\.(?=\s)",  # the place in a numbered list
]
_ALLOWED_PROSE = re.compile("|".join(f"(?:{pattern})" for pattern in _ALLOWED), re.MULTILINE | re.IGNORECASE)
_NUMERAL = re.compile(r"[\d½⅓⅔¼¾](?:[\d.,]*\d)?")
_FIX = 'Write a reference, such as {{ claim("...") }}, or the number in a word'
# A file whose figures are invented says so by its name.
INVENTED = "invented-"


def bare_numerals(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, numeral) for each numeral that prose may not hold.

    >>> list(bare_numerals("In 2018 it made\\n19,000 of them."))
    [(1, '19,000')]
    """
    # Blanks in place of what is allowed: the lines stay where they are.
    rest = _ALLOWED_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return ((rest.count("\n", 0, found.start()), found[0]) for found in _NUMERAL.finditer(rest))


def in_unit(unit: Unit) -> Faults:
    """Yield the figures that the notebook's prose, the answers' texts and the other files of a unit type."""
    for cell in unit.cells:
        if cell.kind == "markdown":
            for line, numeral in bare_numerals(cell.source):
                yield Fault(unit.script, cell.line_of(line), f"the text types the figure {numeral}", _FIX)
    for name, written in unit.answers.sound.items():
        for path, text in texts_of(written):
            for _, numeral in bare_numerals(_without_options(text, written)):
                yield _in_answers(unit, name, path, numeral)
    for file in unit.other_files():
        yield from _in_file(file, f"course/{unit.name}/{file.relative_to(unit.folder).as_posix()}")


def in_pages(course: Course) -> Faults:
    """Yield the figures that the glossary and the teacher's guide type."""
    for name, text in course.pages():
        for line, numeral in bare_numerals(text):
            yield Fault(f"course/{name}", line + 1, f"the text types the figure {numeral}", _FIX)


def _in_answers(unit: Unit, name: str, path: tuple[object, ...], numeral: str) -> Fault:
    what = f"exercise {name}: `{path[0]}` types the figure {numeral}"
    return Fault(unit.answers.name, unit.answers.line(name, *path), what, _FIX)


def _without_options(text: str, written: Written) -> str:
    """A choice may repeat what can be chosen."""
    for option in sorted(written.get("options", []), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(option)}(?![\w%]|\.\d)", "", text)
    return text


def _in_file(path: Path, where: str) -> Faults:
    for line, numeral in bare_numerals(text_to_prove(path)):
        what = f"the file types the figure {numeral}"
        yield Fault(where, line + 1, what, f"{_FIX}, or name a file of invented figures {INVENTED}{path.name}")


def text_to_prove(path: Path) -> str:
    """Return the text of a file; nothing of one that is not text, or whose name says that its figures are invented."""
    if path.name.startswith(INVENTED):
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
