"""Everybody can read the notebooks and the guide: headings in order, alt texts, table headers, links that say where."""

from tests.support.paths import ROOT
import itertools
import re
from html.parser import HTMLParser

import nbformat
import pytest
from tests.support.course_files import UNITS, notebook
from markdown_it import MarkdownIt
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from secondcar.building.teaching import GUIDE

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
VAGUE_LINKS = {"here", "click here", "this", "link", "this link", "this page", "read more", "more"}
# What tools write where an author wrote nothing.
EMPTY_ALTS = {"", "image", "no description has been provided for this image"}


class Page(HTMLParser):
    """Collects a page's headings, and what keeps somebody from reading it."""

    def __init__(self, html: str):
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.problems: list[str] = []
        self._text = ""
        self._has_header: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "img" and is_empty_alt(dict(attrs).get("alt")):
            self.problems.append("image without alt text")
        if tag == "table":
            self._has_header.append(False)
        if tag == "th" and self._has_header:
            self._has_header[-1] = True
        if tag == "a" or re.fullmatch("h[1-6]", tag):
            self._text = ""

    def handle_data(self, data):
        self._text += data

    def handle_endtag(self, tag):
        text = self._text.strip()
        if tag == "table" and not self._has_header.pop():
            self.problems.append("table without header cells")
        if tag == "a" and text.casefold() in VAGUE_LINKS:
            self.problems.append(f'link that does not say where it goes: "{text}"')
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), text))


def is_empty_alt(alt: str | None) -> bool:
    return (alt or "").strip().casefold() in EMPTY_ALTS


def barriers(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what in a notebook keeps somebody from reading it, each with its cell."""
    found, headings = [], []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            page = Page(MARKDOWN.render(cell.source))
            headings += [(cell.id, *heading) for heading in page.headings]
            problems = page.problems
        else:
            problems = [problem for output in cell.get("outputs", []) for problem in output_barriers(output)]
        found += [f"{cell.id}: {problem}" for problem in problems]
    return found + heading_barriers(headings)


def output_barriers(output: nbformat.NotebookNode) -> list[str]:
    data = output.get("data", {})
    problems = [
        "image without alt text"
        for kind in data
        if kind.startswith("image/") and is_empty_alt(output.metadata.get(kind, {}).get("alt"))
    ]
    return problems + Page(data.get("text/html", "")).problems


def heading_barriers(headings: list[tuple[str, int, str]]) -> list[str]:
    found = [f"{cell}: empty heading" for cell, _, text in headings if not text]
    firsts = [cell for cell, level, _ in headings if level == 1]
    if not headings or headings[0][1] != 1:
        found.append("the first heading is not of level 1")
    found += [f"{cell}: a second heading of level 1" for cell in firsts[1:]]
    for (_, before, _), (cell, level, text) in itertools.pairwise(headings):
        if level > before + 1:
            found.append(f'{cell}: "{text}" is of level {level} right after level {before}')
    return found


@pytest.mark.parametrize("folder", ["source", "release"])
@pytest.mark.parametrize("unit", UNITS)
def test_a_notebook_has_no_barrier(unit, folder):
    assert barriers(notebook(folder, unit)) == []


def test_the_teachers_guide_has_no_barrier():
    text = (ROOT / "source" / GUIDE).read_text(encoding="utf-8")
    assert barriers(new_notebook(cells=[new_markdown_cell(text)])) == []


def picture(**metadata):
    return new_code_cell("", outputs=[new_output("display_data", {"image/png": "iVBO"}, metadata=metadata)])


def html_output(html):
    return new_code_cell("", outputs=[new_output("display_data", {"text/html": html})])


TITLE = new_markdown_cell("# Title")


@pytest.mark.parametrize(
    ("cells", "barrier"),
    [
        ([new_markdown_cell("## Part")], "not of level 1"),
        ([new_markdown_cell("No heading")], "not of level 1"),
        ([TITLE, new_markdown_cell("# Another title")], "a second heading of level 1"),
        ([TITLE, new_markdown_cell("### Part of a part")], "level 3 right after level 1"),
        ([TITLE, new_markdown_cell("##\n\ntext")], "empty heading"),
        ([TITLE, new_markdown_cell("![](chart.png)")], "image without alt text"),
        ([TITLE, new_markdown_cell('<img src="chart.png">')], "image without alt text"),
        ([TITLE, new_markdown_cell("Look [here](https://example.org).")], "does not say where it goes"),
        ([TITLE, new_markdown_cell("<table><tr><td>1</td></tr></table>")], "table without header cells"),
        ([TITLE, html_output("<table><tr><td>1</td></tr></table>")], "table without header cells"),
        ([TITLE, picture()], "image without alt text"),
        ([TITLE, picture(**{"image/png": {"alt": " "}})], "image without alt text"),
    ],
)
def test_a_barrier_is_found(cells, barrier):
    (found,) = barriers(new_notebook(cells=cells))
    assert barrier in found


def test_a_good_notebook_has_no_barrier():
    cells = [
        TITLE,
        new_markdown_cell("## Part\n\n### Part of a part\n\n![Bars: 100 and 250](a.png) [the source](b.html)"),
        new_markdown_cell("## Another part\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
        picture(**{"image/png": {"alt": "Bars: 100 and 250."}}),
        html_output("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"),
    ]
    assert barriers(new_notebook(cells=cells)) == []
