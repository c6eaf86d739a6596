"""Everybody can read notebooks and pages: headings in order, alt texts, table headers, links that name their target."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import pairwise

import nbformat
from markdown_it import MarkdownIt

from secondcar.building.errors import Fault, Faults
from secondcar.building.sources import Course, Unit

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_VAGUE_LINKS = {"here", "click here", "this", "link", "this link", "this page", "read more", "more"}
# What tools write where an author wrote nothing.
_EMPTY_ALTS = {"", "image", "no description has been provided for this image"}

# What keeps somebody from reading a text, and what to do about it.
Barrier = tuple[str, str]
Heading = tuple[int, str]
_NO_ALT = ("an image has no alt text", "Say in its alt text what it shows")


class _Page(HTMLParser):
    """Collects a page's headings, and what keeps somebody from reading it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self.barriers: list[Barrier] = []
        self._text = ""
        self._has_header: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" and _is_empty_alt(dict(attrs).get("alt")):
            self.barriers.append(_NO_ALT)
        if tag == "table":
            self._has_header.append(False)
        if tag == "th" and self._has_header:
            self._has_header[-1] = True
        if tag == "a" or re.fullmatch("h[1-6]", tag):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        text = self._text.strip()
        if tag == "table" and self._has_header and not self._has_header.pop():
            self.barriers.append(("a table has no header cells", "Give its columns names"))
        if tag == "a" and text.casefold() in _VAGUE_LINKS:
            what = f'the link "{text}" does not say where it goes'
            self.barriers.append((what, "Name in it what the reader finds there"))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), text))


def _is_empty_alt(alt: str | None) -> bool:
    return (alt or "").strip().casefold() in _EMPTY_ALTS


def in_unit(unit: Unit) -> Faults:
    """Yield what keeps somebody from reading a unit's prose."""
    cells = [(cell.line_of(0), cell.source) for cell in unit.cells if cell.kind == "markdown"]
    return (Fault(unit.script, line, *barrier) for line, barrier in prose_barriers(cells))


def in_pages(course: Course) -> Faults:
    """Yield what keeps somebody from reading the glossary or the guide."""
    for name, text in course.pages():
        for line, barrier in prose_barriers([(1, text)]):
            yield Fault(f"course/{name}", line, *barrier)


def prose_barriers(texts: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Barrier]]:
    """Yield (line, barrier) for texts in Markdown that follow each other.

    Args:
        texts: each with the line on which it begins.
    """
    headings: list[tuple[int, Heading]] = []
    for start, text in texts:
        for token in _MARKDOWN.parse(text):
            if token.type == "heading_open" and token.map:
                page = _Page(_MARKDOWN.render(text.splitlines()[token.map[0]]))
                headings += [(start + token.map[0], heading) for heading in page.headings[:1]]
        for barrier in _Page(_MARKDOWN.render(text)).barriers:
            yield start, barrier
    yield from heading_barriers(headings, texts[0][0] if texts else 1)


def heading_barriers(headings: Sequence[tuple[int, Heading]], start: int) -> Iterator[tuple[int, Barrier]]:
    """Yield (line, barrier) for headings with their lines; `start` is the line on which the text begins."""
    if not headings or headings[0][1][0] != 1:
        line = headings[0][0] if headings else start
        yield line, ("the first heading is not of level 1", "Begin with a title, as in `# Title`")
    for line, (level, text) in headings:
        if not text:
            yield line, ("a heading is empty", "Write it, or take it out")
        if level == 1 and (line, (level, text)) != headings[0]:
            yield line, (f'"{text}" is a second heading of level 1', "Give it level 2, as in `## Part`")
    for (_, (before, _)), (line, (level, text)) in pairwise(headings):
        if level > before + 1:
            yield (
                line,
                (f'"{text}" is a heading of level {level} right after one of level {before}', "Leave out no level"),
            )


def output_barriers(output: nbformat.NotebookNode) -> Iterator[Barrier]:
    """Yield what keeps somebody from reading a cell's output."""
    data = output.get("data", {})
    for kind in data:
        if kind.startswith("image/") and _is_empty_alt(output.metadata.get(kind, {}).get("alt")):
            yield _NO_ALT
    yield from _Page(data.get("text/html", "")).barriers
